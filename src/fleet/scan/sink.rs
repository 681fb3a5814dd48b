//! What the readers of all shapes hand rows to: a scan, which judges them, or a directory, which keeps them.

use crate::api::problem::NexthinkError;
use crate::playbook::Row;

/// Takes the rows of a file.
pub(in crate::fleet) trait Sink: Sized {
    /// How it reads rows of CSV.
    type Csv: Csv<Self>;

    /// Where each column that it knows is among these names.
    ///
    /// # Errors
    /// `invalid` where a name is not one column.
    fn bind(&self, names: &[&str]) -> Result<Vec<Option<usize>>, NexthinkError>;

    /// Whether it reads a column at all.
    fn reads(&self, column: usize) -> bool;

    /// Whether it asks for a device's platform besides.
    fn asks_platform(&self) -> bool {
        false
    }

    /// Notes which columns rows have, once for all that have the same.
    fn returned(&mut self, places: &[Option<usize>]);

    /// Takes a row: the cells that are read, its platform where that was asked for, and its text. The error is why it is
    /// none; then nothing has been counted, and the row may come again.
    fn row(&mut self, row: Row<'_, '_>, platform: Option<&str>, text: &[u8]) -> Result<(), &'static str>;

    /// Notes a row that cannot be read.
    ///
    /// # Errors
    /// `malformed`, where none is passed over.
    fn malformed(&mut self, line: u64, problem: &str) -> Result<(), NexthinkError>;

    /// Whether rows have shown by now that this is the wrong file.
    ///
    /// # Errors
    /// `invalid`, where they have.
    fn require_columns(&self, is_end: bool) -> Result<(), NexthinkError>;
}

/// The rows of a CSV file.
pub(in crate::fleet) trait Csv<S> {
    /// `limit` is the most bytes of a record.
    fn new(limit: usize) -> Self;

    /// Reads a chunk. The header gives `columns`.
    ///
    /// # Errors
    /// `invalid` for a header that is none, and what the sink ends with.
    fn feed(&mut self, chunk: &[u8], sink: &mut S, columns: &mut Vec<Box<str>>) -> Result<(), NexthinkError>;

    /// The file has ended.
    ///
    /// # Errors
    /// Those of `feed`.
    fn finish(&mut self, sink: &mut S, columns: &mut Vec<Box<str>>) -> Result<(), NexthinkError>;
}
