//! One row after the other, as rules see it, and what they say of it.

use super::plan::Plan;
use super::{MATCH, NO_MATCH, Occasion, RECOMMENDED, UNKNOWN};
use crate::json::Token;
use crate::nql::{Operand, Scope, Timestamp, Truth};
use crate::playbook::compiled::{Freshness, Playbook, Rule};
use crate::playbook::evaluate::parameter_text;
use crate::playbook::facts::MissingReason;
use crate::playbook::freshness::time_in;
use crate::playbook::judge::{Sight, judge};
use crate::playbook::reading::Row;

/// The rows of one answer.
pub(super) struct Rows<'p, 'a> {
    pub playbook: &'p Playbook,
    plans: &'p [Plan],
    /// The cells of the row.
    pub cells: Vec<Token<'a>>,
    occasion: Occasion<'p>,
    verdicts: &'p mut Vec<u8>,
}

impl<'p> Rows<'p, '_> {
    pub fn new(playbook: &'p Playbook, plans: &'p [Plan], occasion: Occasion<'p>, verdicts: &'p mut Vec<u8>) -> Self {
        Self { playbook, plans, cells: Vec::new(), occasion, verdicts }
    }

    /// Adds the verdicts on the row that `cells` holds.
    pub fn judge(&mut self, places: &[Option<usize>]) {
        if self.verdicts.is_empty() {
            self.verdicts.reserve_exact(self.plans.len());
        }
        let row = Row { cells: &self.cells, places };
        judge_row(self.playbook, self.plans, row, self.occasion, self.verdicts);
    }
}

/// Adds the verdicts on a row.
#[inline]
pub(super) fn judge_row(
    playbook: &Playbook,
    plans: &[Plan],
    row: Row<'_, '_>,
    occasion: Occasion<'_>,
    verdicts: &mut Vec<u8>,
) {
    for (rule, plan) in playbook.rules.iter().zip(plans) {
        let view = View { playbook, rule, row, occasion };
        let truth = match &plan.numbers {
            Some(test) => test.truth(playbook, row),
            None => rule.truth(&mut |_, _, part| judge(part, &view, &playbook.columns).truth),
        };
        verdicts.push(match truth {
            Truth::False => NO_MATCH,
            Truth::Unknown => UNKNOWN,
            Truth::True if occasion.recommends && (plan.always_recommends || view.recommends()) => MATCH | RECOMMENDED,
            Truth::True => MATCH,
        });
    }
}

/// Tells the columns that keep a rule from telling: of each part that is unknown those without a value, else all, as the
/// findings of `evaluate` have them under `missing`. A column may be told more than once.
pub(super) fn tell_unknown(
    playbook: &Playbook,
    rule: &Rule,
    row: Row<'_, '_>,
    occasion: Occasion<'_>,
    tell: &mut dyn FnMut(usize),
) {
    let view = View { playbook, rule, row, occasion };
    rule.truth(&mut |_, _, part| {
        let truth = judge(part, &view, &playbook.columns).truth;
        if let (Truth::Unknown, Some(sides)) = (truth, part.sides()) {
            let mut lacking = false;
            for only_lacking in [true, false] {
                let mut visit = |column: &usize| {
                    if !only_lacking || view.value(*column).is_err() {
                        lacking = true;
                        tell(*column);
                    }
                };
                sides.left.fields(&mut visit);
                sides.right.fields(&mut visit);
                if lacking {
                    break;
                }
            }
        }
        truth
    });
}

/// The row as one rule may see it.
struct View<'v, 'a> {
    playbook: &'v Playbook,
    rule: &'v Rule,
    row: Row<'v, 'a>,
    occasion: Occasion<'v>,
}

impl Scope<usize> for View<'_, '_> {
    fn field(&self, column: &usize) -> Operand<'_> {
        self.value(*column).unwrap_or_default()
    }
}

impl Sight for View<'_, '_> {
    fn hides(&self, column: usize) -> bool {
        self.value(column).is_err_and(MissingReason::hides_a_value)
    }
}

impl View<'_, '_> {
    fn value(&self, column: usize) -> Result<Operand<'_>, MissingReason> {
        let value = self.playbook.reading(column, self.row)?;
        for freshness in &self.rule.freshness {
            if freshness.column == column
                && let Some(reason) = freshness.hides(self.time_of(freshness), self.occasion.now)
            {
                return Err(reason);
            }
        }
        Ok(value)
    }

    fn time_of(&self, freshness: &Freshness) -> Option<Timestamp> {
        match freshness.time {
            Some(column) => time_in(&self.playbook.reading(column, self.row).ok()?),
            None => self.playbook.collected_at(freshness.column, self.row, self.occasion.collected),
        }
    }

    /// Whether what the rule recommends can be done.
    fn recommends(&self) -> bool {
        let Some(action) = self.rule.remote_action.and_then(|position| self.playbook.remote_actions.get(position))
        else {
            return false;
        };
        action.parameters.iter().all(|(_, parameter)| {
            let mut known = parameter.columns.iter().filter_map(|column| self.value(*column).ok());
            parameter.text.is_some() || known.next().is_some_and(|value| parameter_text(&value.into_value()).is_some())
        })
    }
}
