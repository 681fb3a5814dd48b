//! One row after the other, as rules see it, and what they say of it.

use super::needs::{Need, Needs};
use super::{MATCH, NO_MATCH, Occasion, RECOMMENDED, UNKNOWN};
use crate::json::Token;
use crate::nql::{Operand, Scope, Timestamp, Truth};
use crate::playbook::compiled::{Freshness, Playbook, Rule};
use crate::playbook::evaluate::parameter_text;
use crate::playbook::facts::MissingReason;
use crate::playbook::freshness::time_in;
use crate::playbook::judge::{Sight, judge};
use crate::playbook::reading::Row;

/// What is known of a column: none where it has not been looked for.
type Known<'a> = Option<Result<Operand<'a>, MissingReason>>;

/// The rows of one answer. What one row leaves behind the next one uses again.
pub(super) struct Rows<'p, 'a> {
    pub playbook: &'p Playbook,
    pub needs: &'p Needs,
    /// The cells of the row.
    pub cells: Vec<Token<'a>>,
    known: Vec<Known<'a>>,
    occasion: Occasion<'p>,
    verdicts: &'p mut Vec<u8>,
}

impl<'p, 'a> Rows<'p, 'a> {
    pub fn new(playbook: &'p Playbook, needs: &'p Needs, occasion: Occasion<'p>, verdicts: &'p mut Vec<u8>) -> Self {
        Self { playbook, needs, cells: Vec::new(), known: Vec::new(), occasion, verdicts }
    }

    /// Adds the verdicts on the row that `cells` holds.
    pub fn judge(&mut self, places: &[Option<usize>]) {
        let row = Row { cells: &self.cells, places };
        self.known.clear();
        self.known.reserve(self.playbook.columns.len());
        for column in 0..self.playbook.columns.len() {
            let is_always_read = self.needs.get(column) == Need::Always;
            self.known.push(is_always_read.then(|| self.playbook.reading(column, row)));
        }
        self.verdicts.reserve(self.playbook.rules.len());
        for rule in &self.playbook.rules {
            let view = View { playbook: self.playbook, rule, row, known: &self.known, occasion: self.occasion };
            self.verdicts.push(match rule.truth(&mut |_, _, part| judge(part, &view, &self.playbook.columns).truth) {
                Truth::False => NO_MATCH,
                Truth::Unknown => UNKNOWN,
                Truth::True if view.recommends() => MATCH | RECOMMENDED,
                Truth::True => MATCH,
            });
        }
    }
}

/// The row as one rule may see it.
struct View<'v, 'a> {
    playbook: &'v Playbook,
    rule: &'v Rule,
    row: Row<'v, 'a>,
    known: &'v [Known<'a>],
    occasion: Occasion<'v>,
}

impl Scope<usize> for View<'_, '_> {
    fn field(&self, column: &usize) -> Operand<'_> {
        self.value(*column).unwrap_or_default()
    }

    fn number(&self, column: &usize) -> Option<f64> {
        match self.known.get(*column) {
            Some(Some(known)) if self.rule.freshness.is_empty() => known.as_ref().ok()?.as_number(),
            _ => self.value(*column).ok()?.as_number(),
        }
    }
}

impl Sight for View<'_, '_> {
    fn hides(&self, column: usize) -> bool {
        self.value(column).is_err_and(MissingReason::hides_a_value)
    }
}

impl View<'_, '_> {
    fn value(&self, column: usize) -> Result<Operand<'_>, MissingReason> {
        let value = match self.known.get(column) {
            Some(Some(known)) => known.as_ref().map(Operand::borrowed).map_err(|reason| *reason),
            _ => self.playbook.reading(column, self.row),
        }?;
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
        let Some(position) = self.rule.remote_action else { return self.rule.advice.iter().next().is_some() };
        let Some(action) = self.playbook.remote_actions.get(position) else { return false };
        action.parameters.iter().all(|(_, parameter)| {
            let mut known = parameter.columns.iter().filter_map(|column| self.value(*column).ok());
            parameter.text.is_some() || known.next().is_some_and(|value| parameter_text(&value.into_value()).is_some())
        })
    }
}
