//! A whole export through a playbook: chunks of bytes in, the rows that match and counts out. No file is held: what is
//! kept is the beginning of a record that a chunk's end cuts, and the rows that match since they were last taken.
//!
//! What a file is, is told by its beginning (`file`, `head`): CSV (`csv`), JSON lines (`lines`), or a list of rows, in an
//! object or not (`list`). `record` is one row of JSON. All of them hand rows to a `sink`: here to `found`, which judges,
//! counts and writes.

mod by_column;
mod csv;
pub(super) mod file;
mod found;
mod head;
mod line_feed;
mod lines;
mod list;
#[cfg(test)]
mod properties;
mod reading;
mod record;
pub(super) mod sink;
mod summary;
#[cfg(test)]
mod tests;
pub(super) use self::csv::said as without_line;
use file::File;
use found::Found;
pub(super) use summary::Malformed;
pub use summary::{MalformedRow, ScanCounts};

use std::sync::Arc;

use crate::api::problem::NexthinkError;
use crate::nql::Timestamp;
use crate::playbook::Playbook;
use crate::playbook::verdicts::RowJudge;

/// The most bytes of one record. A device's row has a thousandth of it.
pub const USUAL_LIMIT: usize = 1024 * 1024;

/// How to scan.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Whether every row goes out, and not only those that match.
    pub all: bool,
    /// Whether a row that cannot be read ends the scan.
    pub strict: bool,
    /// The time of the evaluation; without it every age is unknown.
    pub now: Option<Timestamp>,
    /// The most bytes of one record: what is longer is malformed.
    pub limit: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { all: false, strict: false, now: None, limit: USUAL_LIMIT }
    }
}

/// One file on its way through a playbook.
pub struct Scan {
    found: Found,
    file: File<Found>,
}

impl Scan {
    /// A scan that has read nothing.
    pub fn new(playbook: Arc<Playbook>, settings: Settings) -> Self {
        Self { found: Found::new(RowJudge::new(playbook), settings), file: File::new(settings.limit) }
    }

    /// Reads a chunk. After an error every call gives the same error; the rows
    /// before it can be taken.
    ///
    /// # Errors
    /// `invalid` for a file that is not one of rows with columns of the playbook, `malformed` for a row that cannot be
    /// read where the settings are strict.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), NexthinkError> {
        self.file.feed(chunk, &mut self.found)
    }

    /// The file has ended.
    ///
    /// # Errors
    /// Those of `feed`.
    pub fn finish(&mut self) -> Result<(), NexthinkError> {
        self.file.finish(&mut self.found)
    }

    /// The rows that wait, as the JSON text of a list: for each row the positions of the rules that match, or `null` where
    /// the playbook is not for its platform, and the row: an object, or a list of cells in the order of `columns`.
    pub fn take(&mut self) -> String {
        self.found.take()
    }

    /// The names of the columns, where rows are lists of cells. They are known when the first row is.
    pub fn columns(&self) -> &[Box<str>] {
        self.file.columns()
    }

    /// How many rows wait to be taken.
    pub const fn waiting(&self) -> usize {
        self.found.batch
    }

    /// How many rows were read.
    pub const fn rows(&self) -> usize {
        self.found.rows()
    }

    /// How many rows matched.
    pub const fn matches(&self) -> usize {
        self.found.matches()
    }

    /// All that was counted.
    pub fn counts(&self) -> ScanCounts {
        self.found.counts()
    }
}
