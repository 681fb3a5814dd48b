//! What a playbook says of rows that come one by one. How a text is read is its reader's.

use std::sync::Arc;

use super::UNKNOWN;
use super::flat::FlatRules;
use super::needs::Needs;
use super::number_test::NumberTest;
use super::sight::{judge_row, tell_unknown};
use crate::api::problem::NexthinkError;
use crate::nql::Timestamp;
use crate::playbook::compiled::Playbook;
use crate::playbook::reading::Row;

/// A playbook made ready for rows.
pub(crate) struct RowJudge {
    playbook: Arc<Playbook>,
    /// Of each rule, where it is one.
    tests: Vec<Option<NumberTest>>,
    needs: Needs,
    numbers: Needs,
}

impl RowJudge {
    pub fn new(playbook: Arc<Playbook>) -> Self {
        let tests: Vec<_> = playbook.rules.iter().map(NumberTest::of).collect();
        let (needs, numbers) = (Needs::of(&playbook), Needs::numbers_alone(&playbook, &tests));
        Self { playbook, tests, needs, numbers }
    }

    pub const fn playbook(&self) -> &Arc<Playbook> {
        &self.playbook
    }

    /// Whether a rule reads a column of the playbook.
    pub fn reads(&self, column: usize) -> bool {
        self.needs.has(column)
    }

    /// Whether rules read only a number from it: then one that stands there as text can be handed in as the number.
    pub fn reads_number(&self, column: usize) -> bool {
        self.numbers.has(column)
    }

    /// Where each of the playbook's columns is among the names of a file or of a row: short, qualified, in any case.
    ///
    /// # Errors
    /// `invalid` where a name is not one column, or a column is there twice.
    pub fn bind(&self, names: &[&str]) -> Result<Vec<Option<usize>>, NexthinkError> {
        self.playbook.bind(names, "").map_err(|mistake| {
            let error = NexthinkError::invalid(mistake.message);
            match mistake.help {
                Some(help) => error.hint(help),
                None => error,
            }
        })
    }

    /// All rules as comparisons of numbers, where they are no more than that: `place` tells where a column's number will be.
    pub fn flat(&self, place: &dyn Fn(usize) -> usize) -> Option<FlatRules> {
        let reads_more =
            (0..self.playbook.columns.len()).any(|column| self.reads(column) && !self.reads_number(column));
        if reads_more { None } else { FlatRules::of(&self.tests, place) }
    }

    /// Adds the verdicts on a row: a byte for every rule.
    #[inline]
    pub fn judge(&self, row: Row<'_, '_>, now: Option<Timestamp>, verdicts: &mut Vec<u8>) {
        judge_row(&self.playbook, &self.tests, row, now, verdicts);
    }

    /// Tells the columns that keep rules from telling, given the verdicts on the row. One may be told more than once.
    pub fn tell_unknown(&self, row: Row<'_, '_>, now: Option<Timestamp>, verdicts: &[u8], tell: &mut dyn FnMut(usize)) {
        for (rule, verdict) in self.playbook.rules.iter().zip(verdicts) {
            if *verdict == UNKNOWN {
                tell_unknown(&self.playbook, rule, row, now, tell);
            }
        }
    }
}
