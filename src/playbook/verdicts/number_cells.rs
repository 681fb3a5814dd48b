//! Rows of which rules read nothing but numbers, straight from their text to their verdicts. What is not written as most
//! rows are is left to who reads any row.

use super::FlatRules;
use super::layout::{Cell, Layout};
use crate::json::Parser;
use crate::playbook::compiled::{FactColumn, FactKind, Playbook};

/// The numbers of a row.
pub(super) struct NumberCells<'p> {
    rules: &'p FlatRules,
    columns: &'p [FactColumn],
    /// For each of the playbook's columns; not a number where none is known.
    numbers: Vec<f64>,
}

impl<'p> NumberCells<'p> {
    pub fn new(rules: &'p FlatRules, playbook: &'p Playbook) -> Self {
        Self { rules, columns: &playbook.columns, numbers: vec![f64::NAN; playbook.columns.len()] }
    }

    /// Adds the verdicts on a row, a list of cells or an object, and goes on behind it; false where it is not written as it
    /// is expected, and nothing has been done.
    #[inline(never)]
    pub fn judge(&mut self, parser: &mut Parser<'_>, layout: &Layout, is_list: bool, verdicts: &mut Vec<u8>) -> bool {
        let mut at = *parser;
        if self.read(&mut at, &layout.cells, is_list).is_none() {
            // Another layout may not have all of these columns.
            self.numbers.fill(f64::NAN);
            return false;
        }
        *parser = at;
        self.rules.judge(&self.numbers, verdicts);
        true
    }

    #[inline(always)]
    fn read(&mut self, parser: &mut Parser<'_>, cells: &[Cell], is_list: bool) -> Option<()> {
        // The first cell brings the bracket before it.
        if cells.is_empty() {
            return None;
        }
        // A copy that is never lent stays in registers.
        let mut at = *parser;
        at.enter().ok()?;
        let mut mark: &[u8] = b"[";
        for cell in cells {
            if !at.skip(if is_list { mark } else { &cell.lead }) {
                return None;
            }
            mark = b",";
            if !cell.is_read {
                if !at.usual_text() && !at.usual_null() {
                    let mut slow = at;
                    slow.pass().ok()?;
                    at = slow;
                }
                continue;
            }
            let column = cell.column?;
            let found = match at.usual_number() {
                Some(number) => number,
                None => {
                    let fact = self.columns.get(column)?;
                    if at.usual_null() {
                        // Counting nothing gives null.
                        if fact.kind == FactKind::Count { 0.0 } else { f64::NAN }
                    } else {
                        let mut slow = at;
                        let number = fact.number_in(slow.token().ok()?);
                        at = slow;
                        number.unwrap_or(f64::NAN)
                    }
                }
            };
            *self.numbers.get_mut(column)? = found;
        }
        if !at.skip(if is_list { b"]" } else { b"}" }) {
            return None;
        }
        at.leave();
        *parser = at;
        Some(())
    }
}
