//! Plain rows of numbers, many at a time and column by column: nearly all of them match no rule, and are done with here.
//! What is called often is not inlined: runtimes compile it and what calls it in less time than both as one.

use super::found::Found;
use super::reading::Reading;
use crate::csv::PlainRows;
use crate::json::Decimals;
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
    #[inline(never)]
    pub fn judge(&mut self, rows: &PlainRows<'_>, reads: &[Reading], rules: &FlatRules) -> u64 {
        let mut left = 0;
        for (reading, column) in reads.iter().zip(&mut self.columns) {
            left |= read(rows, reading, column);
        }
        (left | rules.matching(&self.columns)) & first(rows.count())
    }

    /// Counts those of the first rows that were not left.
    #[inline(never)]
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
fn read(rows: &PlainRows<'_>, reading: &Reading, column: &mut NumberColumn) -> u64 {
    let first = rows.last_eights(reading.cell).next().flatten();
    match first.and_then(Decimals::of) {
        Some(decimals) => read_fours(rows, reading, &decimals, column),
        None => read_short(rows, reading, column),
    }
}

/// The same where numbers have as many decimals as the first.
#[inline(never)]
fn read_fours(rows: &PlainRows<'_>, reading: &Reading, decimals: &Decimals, column: &mut NumberColumn) -> u64 {
    let (mut left, mut rest) = (0, *rows);
    column.unknown = 0;
    for (numbers, done) in column.numbers.as_chunks_mut::<4>().0.iter_mut().zip((0..).step_by(4)) {
        if let Some(found) = rest.four_last_eights(reading.cell).and_then(|four| decimals.read(four)) {
            *numbers = found;
        } else {
            let (others, unknown) = read_each(&rest, reading, numbers);
            left |= others << done;
            column.unknown |= unknown << done;
        }
        if !rest.pass_over(4) {
            break;
        }
    }
    left
}

/// The same where cells have one character or none, as those of counts mostly have; from the first other one on, each by
/// itself.
#[inline(never)]
fn read_short(rows: &PlainRows<'_>, reading: &Reading, column: &mut NumberColumn) -> u64 {
    let mut done = 0;
    column.unknown = 0;
    for (cell, number) in rows.last_bytes(reading.cell).zip(&mut column.numbers) {
        let Some(found) = cell.and_then(|cell| reading.number_of_one(cell)) else { break };
        *number = found;
        column.unknown |= u64::from(found.is_nan()) << done;
        done += 1;
    }
    let mut rest = *rows;
    let Some(numbers) = column.numbers.get_mut(done..).filter(|_| rest.pass_over(done)) else { return 0 };
    let (left, unknown) = read_each(&rest, reading, numbers);
    column.unknown |= unknown << done;
    left << done
}

/// Reads so many numbers of a column; a bit for each cell that has something else, and for each that tells no number.
#[inline(never)]
fn read_each(rows: &PlainRows<'_>, reading: &Reading, numbers: &mut [f64]) -> (u64, u64) {
    let (mut left, mut unknown) = (0, 0);
    for ((cell, number), row) in rows.last_eights(reading.cell).zip(numbers).zip(0..) {
        let found = cell.and_then(|cell| reading.number_of(cell));
        *number = found.unwrap_or(f64::NAN);
        left |= u64::from(found.is_none()) << row;
        unknown |= u64::from(number.is_nan()) << row;
    }
    (left, unknown)
}
