//! What can be wrong with a file, and in which line; never what a cell says.

use std::fmt;

use crate::json::push_digits;

/// Something is wrong with a file or with one of its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub problem: Problem,
    /// The line of the file, from 1, in which the record begins; of an unclosed quote, that in which it opens.
    pub line: u64,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// The record has fewer or more cells than the header.
    CellCount {
        /// How many cells the record has.
        cells: usize,
        /// How many cells the header has.
        columns: usize,
    },
    /// Between the closing quote of a cell and the next comma or line break there is text.
    TextAfterQuote,
    /// A quote opens and the file ends before it closes.
    UnclosedQuote,
    /// The record has more bytes than the reader takes.
    TooLong {
        /// The most bytes that a record may have.
        limit: usize,
    },
    /// The record has more cells than any reader takes.
    TooManyCells,
    /// Text was asked for, and the record is not UTF-8.
    NotUtf8,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::from("line ");
        push_digits(self.line, 1, &mut text);
        match self.problem {
            Problem::CellCount { cells, columns } => {
                text.push_str(" has ");
                push_count(cells, " cell", &mut text);
                text.push_str(", the header has ");
                push_count(columns, " column", &mut text);
            }
            Problem::TextAfterQuote => text.push_str(" has text after the closing quote of a cell"),
            Problem::UnclosedQuote => text.push_str(" opens a quote that never closes"),
            Problem::TooLong { limit } => {
                text.push_str(" begins a record of more than ");
                push_count(limit, " byte", &mut text);
            }
            Problem::TooManyCells => {
                text.push_str(" begins a record of more than ");
                push_count(super::MAXIMUM_CELLS, " cell", &mut text);
            }
            Problem::NotUtf8 => text.push_str(" begins a record that is not UTF-8"),
        }
        formatter.write_str(&text)
    }
}

impl std::error::Error for Error {}

fn push_count(count: usize, noun: &str, text: &mut String) {
    push_digits(count as u64, 1, text);
    text.push_str(noun);
    if count != 1 {
        text.push('s');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_in_one_sentence_what_is_wrong_and_in_which_line() {
        for (problem, text) in [
            (Problem::CellCount { cells: 1, columns: 12 }, "line 7 has 1 cell, the header has 12 columns"),
            (Problem::CellCount { cells: 2, columns: 1 }, "line 7 has 2 cells, the header has 1 column"),
            (Problem::TextAfterQuote, "line 7 has text after the closing quote of a cell"),
            (Problem::UnclosedQuote, "line 7 opens a quote that never closes"),
            (Problem::TooLong { limit: 64 }, "line 7 begins a record of more than 64 bytes"),
            (Problem::TooManyCells, "line 7 begins a record of more than 4096 cells"),
            (Problem::NotUtf8, "line 7 begins a record that is not UTF-8"),
        ] {
            assert_eq!(Error { problem, line: 7 }.to_string(), text);
        }
    }
}
