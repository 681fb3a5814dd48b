//! A whole export through a playbook: chunks of bytes in, the rows that match and counts out. No file is held: what is
//! kept is the beginning of a record that a chunk's end cuts, and the rows that match since they were last taken.
//!
//! What a file is, is told by its beginning (`head`): CSV (`csv`), JSON lines (`lines`), or a list of rows, in an object
//! or not (`list`). `record` is one row of JSON. All of them hand rows to `found`, which judges, counts and writes.

mod csv;
mod found;
mod head;
mod line_feed;
mod lines;
mod list;
#[cfg(test)]
mod properties;
mod record;
mod summary;
#[cfg(test)]
mod tests;
use found::Found;
use head::{Head, Shape};
pub use summary::{MalformedRow, ScanCounts};

use self::csv::CsvRows;
use self::lines::Lines;
use self::list::List;
use self::record::Records;
use crate::api::nql::table::Table;
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
    limit: usize,
    /// The names of the columns, where rows are lists.
    columns: Vec<Box<str>>,
    input: Input,
    failure: Option<NexthinkError>,
}

enum Input {
    Unknown(Head),
    Csv(Box<CsvRows>),
    Lines(Box<Lines>),
    List(Box<List>),
    /// An object whose list of rows is empty.
    Nothing,
}

impl Scan {
    /// A scan that has read nothing.
    pub fn new(playbook: Playbook, settings: Settings) -> Self {
        Self {
            found: Found::new(RowJudge::new(playbook), settings),
            limit: settings.limit,
            columns: Vec::new(),
            input: Input::Unknown(Head::default()),
            failure: None,
        }
    }

    /// Reads a chunk. After an error every call gives the same error; the rows
    /// before it can be taken.
    ///
    /// # Errors
    /// `invalid` for a file that is not one of rows with columns of the playbook, `malformed` for a row that cannot be
    /// read where the settings are strict.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), NexthinkError> {
        self.unless_failed(|scan| match &mut scan.input {
            Input::Unknown(head) => {
                head.add(chunk);
                scan.recognise(false)
            }
            _ => scan.read(chunk),
        })
    }

    /// The file has ended.
    ///
    /// # Errors
    /// Those of `feed`.
    pub fn finish(&mut self) -> Result<(), NexthinkError> {
        self.unless_failed(|scan| {
            if let Input::Unknown(_) = scan.input {
                scan.recognise(true)?;
            }
            match &mut scan.input {
                Input::Unknown(_) | Input::Nothing => return Ok(()),
                Input::Csv(csv) => csv.finish(&mut scan.found, &mut scan.columns)?,
                Input::Lines(lines) => lines.finish(&mut scan.found)?,
                Input::List(list) => list.finish(&mut scan.found)?,
            }
            scan.found.require_columns(true)
        })
    }

    /// The rows that wait, as the JSON text of a list: for each row the positions of the rules that match, or `null` where
    /// the playbook is not for its platform, and the row: an object, or a list of cells in the order of `columns`.
    pub fn take(&mut self) -> String {
        self.found.take()
    }

    /// The names of the columns, where rows are lists of cells. They are known when the first row is.
    pub fn columns(&self) -> &[Box<str>] {
        &self.columns
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

    fn unless_failed(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<(), NexthinkError>,
    ) -> Result<(), NexthinkError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let result = read(self);
        self.failure = result.as_ref().err().cloned();
        result
    }

    fn read(&mut self, chunk: &[u8]) -> Result<(), NexthinkError> {
        match &mut self.input {
            Input::Unknown(_) | Input::Nothing => return Ok(()),
            // Its columns are known by its header.
            Input::Csv(csv) => return csv.feed(chunk, &mut self.found, &mut self.columns),
            Input::Lines(lines) => lines.feed(chunk, &mut self.found)?,
            Input::List(list) => list.feed(chunk, &mut self.found)?,
        }
        self.found.require_columns(false)
    }

    /// Finds out what the file is, if its beginning tells, and reads the beginning.
    fn recognise(&mut self, is_whole: bool) -> Result<(), NexthinkError> {
        let Input::Unknown(head) = &mut self.input else { return Ok(()) };
        let judge = &self.found.judge;
        let knows = |name: &str| judge.bind(&[name]).is_ok_and(|places| places.iter().any(Option::is_some));
        let Some((shape, start)) = head.recognise(is_whole, self.limit, &knows)? else { return Ok(()) };
        let head = head.take();
        self.input = match shape {
            Shape::Csv => Input::Csv(Box::new(CsvRows::new(self.limit))),
            Shape::Lines => Input::Lines(Box::new(Lines::new(self.limit))),
            Shape::Nothing => Input::Nothing,
            Shape::List { headers } => {
                let records = match headers.as_slice() {
                    [] => Records::default(),
                    names => Records::of_lists(names, &mut self.found)?,
                };
                self.columns = Table::of_columns(headers).columns;
                Input::List(Box::new(List::new(self.limit, head.get(..start).unwrap_or_default(), records)))
            }
        };
        self.read(head.get(start..).unwrap_or_default())
    }
}
