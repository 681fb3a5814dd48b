//! Four numbers, one after the other: for processors without instructions for sixteen bytes.

use super::{Text, point_in};
use crate::json::plain_number_in;

/// The place of the point, the same for all four.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    point: usize,
}

impl Form {
    pub const fn of(point: usize) -> Self {
        Self { point }
    }

    /// The numbers of four texts that have this form.
    pub fn read(&self, texts: [Text; 4]) -> Option<[f64; 4]> {
        let mut numbers = [0.0; 4];
        for (number, text) in numbers.iter_mut().zip(texts) {
            point_in(text).filter(|point| *point == self.point)?;
            *number = plain_number_in(text.1, text.0)?;
        }
        Some(numbers)
    }
}
