//! Plain rows of numbers, many at a time and column by column: nearly all of them match no rule, and are done with here.

use super::csv::Reading;
use super::found::Found;
use crate::csv::PlainRows;
use crate::json::plain_number_in;
use crate::playbook::verdicts::{FlatRules, NumberColumn};

/// Room for the numbers of rows.
#[derive(Default)]
pub(super) struct ByColumn {
    /// For each column that is read.
    columns: Vec<NumberColumn>,
}

impl ByColumn {
    pub fn new(reads: usize) -> Self {
        // One more, for what the file lacks.
        Self { columns: vec![NumberColumn::default(); reads + 1] }
    }

    /// Judges rows. Those of which a rule says more than that it does not match or cannot tell are left: a bit for each.
    pub fn judge(&mut self, rows: &PlainRows<'_>, reads: &[Reading], rules: &FlatRules) -> u64 {
        let mut left = 0;
        for (reading, column) in reads.iter().zip(&mut self.columns) {
            left |= read(rows, reading, column);
        }
        (left | rules.matching(&self.columns)) & first(rows.count())
    }

    /// Counts those of the first rows that were not left.
    pub fn count(&self, rows: usize, left: u64, rules: &FlatRules, found: &mut Found) {
        let done = first(rows) & !left;
        found.pass_over(done.count_ones() as usize);
        rules.unknown(&self.columns, &mut |column, unknown| {
            found.unknown(column, (unknown & done).count_ones() as usize);
        });
    }
}

/// The bits of so many rows.
fn first(rows: usize) -> u64 {
    u64::MAX.checked_shr(64_u32.saturating_sub(rows as u32)).unwrap_or(0)
}

/// Reads the numbers of a column; a bit for each cell that has something else.
// Runtimes compile it and what calls it in less time than both as one.
#[inline(never)]
fn read(rows: &PlainRows<'_>, reading: &Reading, column: &mut NumberColumn) -> u64 {
    let (mut left, mut unknown, mut bit) = (0, 0, 1_u64);
    for (cell, number) in rows.last_eights(reading.cell).zip(&mut column.numbers) {
        let found = match cell {
            Some((0, _)) => Some(reading.number_if_empty),
            Some((1, [.., b'-'])) => Some(f64::NAN),
            Some((length, eight)) => plain_number_in(eight, length),
            None => None,
        };
        *number = found.unwrap_or(f64::NAN);
        left |= if found.is_none() { bit } else { 0 };
        unknown |= if number.is_nan() { bit } else { 0 };
        bit = bit.rotate_left(1);
    }
    column.unknown = unknown;
    left
}
