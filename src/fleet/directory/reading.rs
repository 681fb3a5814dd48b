//! An export on its way into a directory: chunks of bytes in, a directory and what was read out.

use std::borrow::Cow;

use super::builder::Builder;
use super::columns::{COLUMNS, UID, bind};
use super::csv::CsvRows;
use super::{Directory, damaged};
use crate::api::problem::NexthinkError;
use crate::fleet::scan::file::File;
use crate::fleet::scan::sink::Sink;
use crate::fleet::scan::{Malformed, MalformedRow, USUAL_LIMIT};
use crate::json::{Json, Token, record};
use crate::nql::Timestamp;
use crate::playbook::Row;

/// A file of rows without the Collector UID is the wrong one; so much is known after these.
const ROWS_UNTIL_KNOWN: usize = 1_000;

/// How to read.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadingSettings {
    /// Whether a row that cannot be read ends the reading.
    pub strict: bool,
    /// Of when the data is, where the caller knows.
    pub as_of: Option<Timestamp>,
    /// The time, where the caller does not know of when the data is: it is no younger.
    pub now: Option<Timestamp>,
}

record! {
    lenient
    /// What was read of an export for a directory.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct DirectorySummary {
        /// The rows that were read, without the malformed ones.
        pub rows: usize,
        /// The columns that a directory can use and no row had: devices are not described by them, or not found.
        pub not_returned: Vec<String>,
        /// How many rows could not be read, or have no Collector UID.
        pub malformed: usize,
        /// The first of them, a hundred at most.
        pub malformed_rows: Vec<MalformedRow>,
    }
}

/// One export on its way into a directory.
pub struct DirectoryReading {
    rows: Rows,
    file: File<Rows>,
    as_of: Option<Timestamp>,
    /// Whether an older directory was taken over.
    has_base: bool,
}

/// The rows that were read.
pub(super) struct Rows {
    pub builder: Builder,
    rows: usize,
    malformed: Malformed,
}

impl DirectoryReading {
    /// One that has read nothing.
    pub fn new(settings: ReadingSettings) -> Self {
        let builder = Builder::at(settings.now);
        let rows = Rows { builder, rows: 0, malformed: Malformed::new(settings.strict) };
        Self { rows, file: File::new(USUAL_LIMIT), as_of: settings.as_of, has_base: false }
    }

    /// Reads a chunk. After an error every call gives the same error.
    ///
    /// # Errors
    /// `invalid` for a file that is not one of rows with Collector UIDs, `malformed` for a row that cannot be read where
    /// the settings are strict.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), NexthinkError> {
        self.file.feed(chunk, &mut self.rows)
    }

    /// The export has ended.
    ///
    /// # Errors
    /// Those of `feed`.
    pub fn finish(&mut self) -> Result<(), NexthinkError> {
        self.file.finish(&mut self.rows)
    }

    /// Takes over the devices of an older directory that the export does not speak of, after its end.
    ///
    /// # Errors
    /// `malformed` for one that does not fit together.
    pub fn absorb(&mut self, base: &Directory) -> Result<(), NexthinkError> {
        // Before: the devices that are taken over tell nothing of the export.
        let untold = if self.rows.rows == 0 { base.as_of() } else { self.rows.builder.newest() };
        let rows_as_of = self.as_of.or(untold);
        // Of when something is that nobody knows cannot be compared.
        self.as_of = base.as_of().and(rows_as_of);
        self.has_base = true;
        self.rows.builder.absorb(base, self.as_of).ok_or_else(damaged)
    }

    #[cfg(test)]
    pub(super) fn owners_held(&self) -> usize {
        self.rows.builder.owners_held()
    }

    /// How many rows were read.
    pub const fn rows(&self) -> usize {
        self.rows.rows
    }

    /// What was read.
    pub fn summary(&self) -> DirectorySummary {
        DirectorySummary {
            rows: self.rows.rows,
            not_returned: self.rows.builder.columns.absent(),
            malformed: self.rows.malformed.count,
            malformed_rows: self.rows.malformed.rows.clone(),
        }
    }

    /// The directory. Of when its data is: as the caller said; else when the last of its devices was seen, as the export
    /// is no older than that. What was taken over from another directory is older, each device by its own age.
    pub fn directory(self) -> Directory {
        let newest = self.rows.builder.newest();
        let as_of = self.as_of.or(if self.has_base { None } else { newest });
        self.rows.builder.finish(as_of)
    }
}

impl Rows {
    /// Takes the texts of a row, by the positions of the columns.
    pub fn add(&mut self, cells: &[&str]) -> Result<(), &'static str> {
        self.builder.add(cells)?;
        self.rows += 1;
        Ok(())
    }

    /// What is said of a file without Collector UIDs.
    pub fn wrong_file(&self) -> NexthinkError {
        let mut message = String::from("the file has no column `device.collector.uid`");
        if let Some(MalformedRow { line, problem }) = self.malformed.rows.first() {
            message.push_str("; line ");
            crate::json::push_digits(*line as u64, 1, &mut message);
            message.push(' ');
            message.push_str(problem);
        }
        NexthinkError::invalid(message).hint(
            "pass an export of employees and their devices, in UTF-8, with a header or with names: `npx nexthink-chatbot content` has its query",
        )
    }
}

/// What a cell says: nothing where it is empty or `-`, as exports write what is not known.
pub(super) fn said(cell: &str) -> &str {
    if matches!(cell.trim(), "" | "-") { "" } else { cell }
}

/// The text of a cell of JSON. Names that are nothing but digits come as numbers where something has read them on the way;
/// a number that is not exact is none.
fn text_of(cell: Token<'_>) -> Option<Cow<'_, str>> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match cell {
        Token::Number(number) if number.fract() == 0.0 && number.abs() < EXACT => {
            Some(Cow::Owned(Json::Number(number).to_text()))
        }
        _ => cell.text(),
    }
}

impl Sink for Rows {
    type Csv = CsvRows;

    fn bind(&self, names: &[&str]) -> Result<Vec<Option<usize>>, NexthinkError> {
        bind(names)
    }

    fn reads(&self, _column: usize) -> bool {
        true
    }

    fn returned(&mut self, places: &[Option<usize>]) {
        self.builder.columns.add(places);
    }

    fn row(&mut self, row: Row<'_, '_>, _platform: Option<&str>, _text: &[u8]) -> Result<(), &'static str> {
        let mut texts = [const { None }; COLUMNS];
        for (text, place) in texts.iter_mut().zip(row.places) {
            *text = place.and_then(|place| row.cells.get(place).copied().and_then(text_of));
        }
        self.add(&texts.each_ref().map(|text| text.as_deref().map_or("", said)))
    }

    fn malformed(&mut self, line: u64, problem: &str) -> Result<(), NexthinkError> {
        self.malformed.note(line, problem)
    }

    fn require_columns(&self, is_end: bool) -> Result<(), NexthinkError> {
        let is_known = is_end || self.malformed.count >= ROWS_UNTIL_KNOWN;
        let is_wrong = self.rows == 0 && self.malformed.count > 0 && !self.builder.columns.has(UID);
        if is_known && is_wrong { Err(self.wrong_file()) } else { Ok(()) }
    }
}
