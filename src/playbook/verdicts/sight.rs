//! A row as rules see it, and what they say of it.

use super::number_test::NumberTest;
use super::{MATCH, NO_MATCH, UNKNOWN};
use crate::nql::{Operand, Scope, Timestamp, Truth};
use crate::playbook::compiled::{Freshness, Playbook, Rule};
use crate::playbook::facts::MissingReason;
use crate::playbook::freshness::time_in;
use crate::playbook::judge::{Sight, judge};
use crate::playbook::reading::Row;

/// Adds the verdicts on a row.
#[inline]
pub(super) fn judge_row(
    playbook: &Playbook,
    tests: &[Option<NumberTest>],
    row: Row<'_, '_>,
    now: Option<Timestamp>,
    verdicts: &mut Vec<u8>,
) {
    for (rule, test) in playbook.rules.iter().zip(tests) {
        let view = View { playbook, rule, row, now };
        let truth = match test {
            Some(test) => test.truth(playbook, row),
            None => rule.truth(&mut |_, _, part| judge(part, &view, &playbook.columns).truth),
        };
        verdicts.push(match truth {
            Truth::False => NO_MATCH,
            Truth::Unknown => UNKNOWN,
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
    now: Option<Timestamp>,
    tell: &mut dyn FnMut(usize),
) {
    let view = View { playbook, rule, row, now };
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
    now: Option<Timestamp>,
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
                && let Some(reason) = freshness.hides(self.time_of(freshness), self.now)
            {
                return Err(reason);
            }
        }
        Ok(value)
    }

    fn time_of(&self, freshness: &Freshness) -> Option<Timestamp> {
        match freshness.time {
            Some(column) => time_in(&self.playbook.reading(column, self.row).ok()?),
            None => self.playbook.collected_at(freshness.column, self.row, &[]),
        }
    }
}
