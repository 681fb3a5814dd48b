//! A column of a CSV file that a rule reads, and which number a cell of it is.

use crate::json::{plain_number, plain_number_in};
use crate::playbook::FactKind;

/// A column of the file that a rule reads.
pub(super) struct Reading {
    /// Its position in the file.
    pub cell: usize,
    pub is_number: bool,
    number_if_empty: f64,
    /// What cells of one character say, and an empty one, by the last character: that of an empty cell is the comma before
    /// it. Looked up, as nobody can foresee which it is.
    of_one: [Option<f64>; 14],
}

impl Reading {
    pub fn new(cell: usize, is_number: bool, kind: Option<FactKind>) -> Self {
        // Counting nothing gives zero.
        let number_if_empty = if kind == Some(FactKind::Count) { 0.0 } else { f64::NAN };
        let mut of_one = [None; 14];
        for (number, character) in of_one.iter_mut().zip(b','..) {
            *number = match character {
                b',' => Some(number_if_empty),
                _ => number_in(&[character], number_if_empty),
            };
        }
        Self { cell, is_number, number_if_empty, of_one }
    }

    /// The number that a cell is, not a number where it tells none; `None` where it may be one to others.
    pub fn number(&self, cell: &[u8]) -> Option<f64> {
        number_in(cell, self.number_if_empty)
    }

    /// The same for a cell of one character, or of none behind a comma; of any other, nothing.
    #[inline(always)]
    pub fn number_of_one(&self, (length, last): (usize, u8)) -> Option<f64> {
        if length > 1 { None } else { *self.of_one.get(usize::from(last.wrapping_sub(b',')))? }
    }

    /// The same for a cell of so many characters, of which the last eight are known; of fewer, with those before it.
    #[inline(always)]
    pub fn number_of(&self, (length, eight): (usize, [u8; 8])) -> Option<f64> {
        match (length, eight) {
            (0, _) => Some(self.number_if_empty),
            (1, [.., b'-']) => Some(f64::NAN),
            _ => plain_number_in(eight, length),
        }
    }
}

fn number_in(cell: &[u8], if_empty: f64) -> Option<f64> {
    match cell {
        b"" => Some(if_empty),
        b"-" => Some(f64::NAN),
        cell => plain_number(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_the_same_by_its_last_characters() {
        for kind in [FactKind::Count, FactKind::Computed] {
            let reading = Reading::new(0, true, Some(kind));
            let last_eight = |before: &str, cell: &str| {
                let text = format!("1234567{before}{cell}");
                (cell.len(), *text.as_bytes().last_chunk::<8>().unwrap())
            };
            let same = |one: Option<f64>, other: Option<f64>| one.map(f64::to_bits) == other.map(f64::to_bits);
            for before in [",", "\n"] {
                let of_one = (0..=127_u8).filter(|character| !b",\n\r\"".contains(character));
                let cells = of_one.map(|character| char::from(character).to_string());
                for cell in cells.chain(["", "10", "--", "0.5", "-1", "007", "1234567"].map(str::to_owned)) {
                    let quick = reading.number_of(last_eight(before, &cell));
                    let is_left = cell.starts_with('-') && cell.len() > 1;
                    let expected = if is_left { None } else { reading.number(cell.as_bytes()) };
                    assert!(same(quick, expected), "{kind:?} {before:?} {cell:?}: {quick:?}");
                }
            }
        }
    }
}
