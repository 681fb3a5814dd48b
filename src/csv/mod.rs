//! CSV as Nexthink exports it: chunks of bytes, cut anywhere, → records of borrowed cells.
//! What the cells mean is left to others.
//!
//! It is RFC 4180 as spreadsheets write it. The first record is the header. A comma separates cells; a cell that begins
//! with a quote ends with one, and in between commas and line breaks are text and two quotes are one. A line feed or the
//! file's end ends a record, with or without a carriage return before it; any other carriage return is text, as to look
//! for it would slow down every file for the sake of none of Nexthink's. A byte order mark at the beginning and empty
//! lines are skipped, in a table of one column too. A quote in the middle of a cell is text. Cells are text as written:
//! not trimmed, not typed; names of columns that repeat are kept.

mod error;
mod json_rows;
mod marks;
mod plain;
mod reader;
mod record;
#[cfg(test)]
mod tests;
mod visit;

pub use error::{Error, Problem};
pub use json_rows::{JsonRows, NameColumns};
pub use plain::PlainRows;
pub use reader::{Reader, USUAL_LIMIT};
pub use record::{MAXIMUM_CELLS, Record};
pub use visit::{Visit, Visitor};
