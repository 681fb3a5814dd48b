//! Rows of a CSV file for a directory.

use super::columns::{COLUMNS, UID, bind};
use super::reading::{Rows, said};
use crate::api::nql::table::Table;
use crate::api::problem::NexthinkError;
use crate::csv::{Error, Problem, Reader, Record, Visit};
use crate::fleet::scan::sink::{Csv, Sink};
use crate::fleet::scan::without_line;

/// The rows of one file.
pub(super) struct CsvRows {
    reader: Reader,
    /// Where the columns are, once the header has come.
    places: Option<Vec<Option<usize>>>,
}

impl Csv<Rows> for CsvRows {
    fn new(limit: usize) -> Self {
        Self { reader: Reader::new(limit).skipping(), places: None }
    }

    fn feed(&mut self, chunk: &[u8], rows: &mut Rows, columns: &mut Vec<Box<str>>) -> Result<(), NexthinkError> {
        let Self { reader, places } = self;
        visiting(|visit| reader.feed(chunk, visit), places, rows, columns)
    }

    fn finish(&mut self, rows: &mut Rows, columns: &mut Vec<Box<str>>) -> Result<(), NexthinkError> {
        let Self { reader, places } = self;
        visiting(|visit| reader.finish(visit), places, rows, columns)
    }
}

/// Reads records; what is wrong with one in our words ends the reading by an error in those of the reader.
fn visiting(
    read: impl FnOnce(Visit<'_>) -> Result<(), Error>,
    places: &mut Option<Vec<Option<usize>>>,
    rows: &mut Rows,
    columns: &mut Vec<Box<str>>,
) -> Result<(), NexthinkError> {
    let mut failure = None;
    let outcome = read(&mut |record| {
        let result = match places {
            Some(places) => row(&record, places, rows),
            None => header(&record, rows, columns).map(|bound| *places = Some(bound)),
        };
        result.map_err(|error| {
            failure = Some(error);
            Error { problem: Problem::NotUtf8, line: record.line() }
        })
    });
    match (outcome, failure) {
        (_, Some(error)) => Err(error),
        (Err(error), None) => rows.malformed(error.line, &without_line(&error)),
        (Ok(()), None) => Ok(()),
    }
}

fn header(
    record: &Record<'_>,
    rows: &mut Rows,
    columns: &mut Vec<Box<str>>,
) -> Result<Vec<Option<usize>>, NexthinkError> {
    let names: Vec<Box<str>> = match record.check().and_then(|()| record.texts()) {
        Ok(texts) => texts.map(Into::into).collect(),
        Err(error) => {
            // Strict or not: without a header no row can be read.
            let _ = rows.malformed(error.line, &without_line(&error));
            return Err(rows.wrong_file());
        }
    };
    let borrowed: Vec<&str> = names.iter().map(|name| &**name).collect();
    let places = bind(&borrowed)?;
    if places.get(UID).is_none_or(Option::is_none) {
        return Err(rows.wrong_file());
    }
    rows.returned(&places);
    *columns = Table::of_columns(names).columns;
    Ok(places)
}

fn row(record: &Record<'_>, places: &[Option<usize>], rows: &mut Rows) -> Result<(), NexthinkError> {
    if let Err(error) = record.check().and_then(|()| record.check_text()) {
        return rows.malformed(error.line, &without_line(&error));
    }
    let mut cells = [""; COLUMNS];
    for (cell, place) in cells.iter_mut().zip(places) {
        let text = place.and_then(|place| record.cell(place)).unwrap_or_default();
        *cell = std::str::from_utf8(text).map_or("", said);
    }
    rows.add(&cells).or_else(|problem| rows.malformed(record.line(), problem))
}
