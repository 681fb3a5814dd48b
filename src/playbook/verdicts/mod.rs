//! The text of an answer → what every rule says of every row, without the reasons: for who has many rows, or asks often.
//! What a cell says and what a rule says of it is what `evaluate` says; here is how a text is read in one go.
//!
//! Nothing is made of what no rule reads. Where the rows of an answer are written alike, as nearly all are, nothing is
//! allocated for a row unless it has a list with elements or a text with escapes that a rule reads.

mod flat;
mod layout;
mod needs;
mod number_column;
mod plan;
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

use needs::Needs;
use plan::Plan;
use sight::Rows;

use super::compiled::Playbook;
use super::facts::CollectionTimes;
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
/// Added, if asked for, where what the rule recommends can be done: every input of the script is known.
pub const RECOMMENDED: u8 = 4;

/// A playbook made ready for rows.
pub struct Judge {
    playbook: Arc<Playbook>,
    needs: Needs,
    /// For each rule.
    plans: Vec<Plan>,
    /// How the last answer's rows were written: the next one's usually are, too.
    layout: Layout,
}

/// When rows are judged, for rules that want fresh facts, and for what.
#[derive(Clone, Copy, Default)]
pub struct Occasion<'a> {
    /// The time of the judgement. Without it every age is unknown.
    pub now: Option<Timestamp>,
    /// When each data collection last succeeded, for a single device.
    pub collected: &'a CollectionTimes,
    /// Whether to tell by `RECOMMENDED` what can be done: the inputs of scripts have to be read for it.
    pub recommends: bool,
}

impl Judge {
    /// Makes a playbook ready.
    pub fn new(playbook: Arc<Playbook>) -> Self {
        let needs = Needs::of(&playbook);
        let layout = Layout::expected(&playbook, &needs);
        let mut plans = Vec::with_capacity(playbook.rules.len());
        for rule in &playbook.rules {
            plans.push(Plan::of(rule, &playbook));
        }
        Self { playbook, needs, plans, layout }
    }

    /// The playbook.
    pub const fn playbook(&self) -> &Arc<Playbook> {
        &self.playbook
    }

    /// Adds, for every row, a byte for every rule: `NO_MATCH`, `UNKNOWN` or `MATCH`, and `RECOMMENDED`. Takes the answer
    /// of a query in either shape, or only rows: a list of objects, or one.
    ///
    /// # Errors
    /// `invalid` for any other text; nothing is added then.
    pub fn verdicts(
        &mut self,
        answer: &[u8],
        occasion: Occasion<'_>,
        verdicts: &mut Vec<u8>,
    ) -> Result<(), NexthinkError> {
        let before = verdicts.len();
        let mut rows = Rows::new(&self.playbook, &self.plans, occasion, verdicts);
        if uniform::judge(answer, &mut self.layout, &self.needs, &mut rows).is_ok() {
            return Ok(());
        }
        verdicts.truncate(before);
        let table = rows_in(answer).ok_or_else(unreadable)?;
        let places = self.playbook.places(&table.columns);
        let mut rows = Rows::new(&self.playbook, &self.plans, occasion, verdicts);
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
