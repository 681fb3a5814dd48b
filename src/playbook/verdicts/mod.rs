//! The text of an answer → what every rule says of every row, without the reasons: for who has many rows, or asks often.
//! What a cell says and what a rule says of it is what `evaluate` says; here is how a text is read in one go.
//!
//! Nothing is made of what no rule reads. Where the rows of an answer are written alike, as nearly all are, nothing is
//! allocated for a row unless it has a list with elements or a text with escapes that a rule reads.

mod flat;
mod layout;
mod needs;
mod number_cells;
mod number_column;
mod number_test;
mod sight;
mod streamed;
mod uniform;

#[cfg(test)]
mod tests;

pub(crate) use flat::FlatRules;
pub(crate) use layout::{Layout, read_names};
pub(crate) use number_column::NumberColumn;
pub(crate) use streamed::RowJudge;
pub(crate) use uniform::{names_of, read_list, read_object};

use std::sync::Arc;

use number_cells::NumberCells;
use uniform::Rows;

use super::compiled::Playbook;
use crate::api::nql::execute::rows_in;
use crate::api::problem::NexthinkError;
use crate::json::Token;
use crate::nql::Timestamp;

/// The rule does not match.
pub const NO_MATCH: u8 = 0;
/// It cannot be told.
pub const UNKNOWN: u8 = 1;
/// The rule matches.
pub const MATCH: u8 = 2;

/// A playbook made ready for answers.
pub struct Judge {
    rows: RowJudge,
    /// All rules, where they only compare numbers.
    flat: Option<FlatRules>,
    /// How the last answer's rows were written: the next one's usually are, too.
    layout: Layout,
}

impl Judge {
    /// Makes a playbook ready.
    pub fn new(playbook: Arc<Playbook>) -> Self {
        let rows = RowJudge::new(playbook);
        let (flat, layout) = (rows.flat(&|column| column), Layout::expected(&rows));
        Self { rows, flat, layout }
    }

    /// The playbook.
    pub const fn playbook(&self) -> &Arc<Playbook> {
        self.rows.playbook()
    }

    /// Adds, for every row, a byte for every rule: `NO_MATCH`, `UNKNOWN` or `MATCH`. Takes the answer of a query in either
    /// shape, or only rows: a list of objects, or one. Without a time, by which rules that want fresh facts judge, every age
    /// is unknown.
    ///
    /// # Errors
    /// `invalid` for any other text; nothing is added then.
    pub fn verdicts(
        &mut self,
        answer: &[u8],
        now: Option<Timestamp>,
        verdicts: &mut Vec<u8>,
    ) -> Result<(), NexthinkError> {
        let before = verdicts.len();
        let numbers = self.flat.as_ref().map(|rules| NumberCells::new(rules, self.rows.playbook()));
        let mut rows = Rows { judge: &self.rows, numbers, cells: Vec::new(), now, verdicts };
        if uniform::judge(answer, &mut self.layout, &mut rows).is_ok() {
            return Ok(());
        }
        verdicts.truncate(before);
        let table = rows_in(answer).ok_or_else(unreadable)?;
        let places = self.playbook().places(&table.columns);
        let mut rows = Rows { judge: &self.rows, numbers: None, cells: Vec::new(), now, verdicts };
        for row in &table.rows {
            rows.cells.clear();
            rows.cells.extend(row.iter().map(Token::from));
            rows.judge(&places);
        }
        Ok(())
    }
}

#[inline(never)]
fn unreadable() -> NexthinkError {
    NexthinkError::invalid("these are no rows: neither the answer of a query, nor a list of rows, nor one row")
        .hint("pass the body of an answer of the NQL API as it came, as text or bytes")
}
