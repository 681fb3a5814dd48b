//! Rows of a CSV file: the header's names are bound once, and of a row only the cells are looked at that a rule reads.

use super::by_column::ByColumn;
use super::found::Found;
use super::reading::Reading;
use super::record::PLATFORM;
use super::sink::{Csv, Sink};
use crate::api::nql::table::Table;
use crate::api::problem::NexthinkError;
use crate::csv::{Error, PlainRows, Problem, Reader, Record, Visitor};
use crate::json::{Token, plain_number, write_string};
use crate::nql::same_column;
use crate::playbook::Row;
use crate::playbook::verdicts::FlatRules;

/// The rows of one file.
pub(super) struct CsvRows {
    reader: Reader,
    bound: Bound,
}

/// The playbook's columns in the file.
#[derive(Default)]
struct Bound {
    has_header: bool,
    reads: Vec<Reading>,
    /// Where each of the playbook's columns is among the cells that are handed on.
    places: Vec<Option<usize>>,
    platform: Option<usize>,
    /// Kept for its room.
    cells: Vec<Token<'static>>,
    /// All rules, where they only compare numbers.
    flat: Option<FlatRules>,
    /// One for each of `reads`, and one that is none.
    numbers: Vec<f64>,
    by_column: ByColumn,
}

impl Csv<Found> for CsvRows {
    fn new(limit: usize) -> Self {
        Self { reader: Reader::new(limit).skipping(), bound: Bound::default() }
    }

    fn feed(&mut self, chunk: &[u8], found: &mut Found, columns: &mut Vec<Box<str>>) -> Result<(), NexthinkError> {
        let mut rows = Rows { bound: &mut self.bound, found, columns, failure: None };
        let outcome = self.reader.feed_to(&mut rows, chunk);
        rows.end(outcome)
    }

    fn finish(&mut self, found: &mut Found, columns: &mut Vec<Box<str>>) -> Result<(), NexthinkError> {
        let mut rows = Rows { bound: &mut self.bound, found, columns, failure: None };
        let outcome = self.reader.finish(&mut |record| rows.record(record));
        rows.end(outcome)
    }
}

/// What the reader hands rows to. What is wrong with one in our words ends the reading by an error in those of the reader.
struct Rows<'r> {
    bound: &'r mut Bound,
    found: &'r mut Found,
    columns: &'r mut Vec<Box<str>>,
    failure: Option<NexthinkError>,
}

impl Visitor for Rows<'_> {
    fn record(&mut self, record: Record<'_>) -> Result<(), Error> {
        let Self { bound, found, columns, failure } = self;
        let result = if !bound.has_header {
            bound.header(&record, found, columns)
        } else if bound.number_row(&record, found) {
            Ok(())
        } else {
            bound.row(&record, found)
        };
        result.map_err(|error| {
            *failure = Some(error);
            Error { problem: Problem::NotUtf8, line: record.line() }
        })
    }

    fn rows(&mut self, rows: PlainRows<'_>) -> Result<(), Error> {
        let Some(mut left) = self.bound.by_column(&rows, self.found) else {
            return rows.records().try_for_each(|record| self.record(record));
        };
        let (all, mut done) = (left, rows.count());
        let mut result = Ok(());
        while left != 0 && result.is_ok() {
            let row = left.trailing_zeros() as usize;
            left &= left - 1;
            if let Some(record) = rows.record(row) {
                result = self.record(record);
            }
            if result.is_err() {
                done = row;
            }
        }
        if let Some(flat) = &self.bound.flat {
            self.bound.by_column.count(done, all, flat, self.found);
        }
        result
    }
}

impl Rows<'_> {
    fn end(self, outcome: Result<(), Error>) -> Result<(), NexthinkError> {
        match (outcome, self.failure) {
            (_, Some(error)) => Err(error),
            (Err(error), None) => self.found.malformed(error.line, &said(&error)),
            (Ok(()), None) => Ok(()),
        }
    }
}

impl Bound {
    #[inline(never)]
    fn header(
        &mut self,
        record: &Record<'_>,
        found: &mut Found,
        columns: &mut Vec<Box<str>>,
    ) -> Result<(), NexthinkError> {
        let checked = record.check().and_then(|()| record.texts());
        let names: Vec<Box<str>> = match checked {
            Ok(texts) => texts.map(Into::into).collect(),
            Err(error) => {
                // Strict or not: without a header no row can be read.
                let _ = found.malformed(error.line, &said(&error));
                return Err(found.wrong_file());
            }
        };
        let borrowed: Vec<&str> = names.iter().map(|name| &**name).collect();
        let places = found.judge.bind(&borrowed)?;
        if !(0..).zip(&places).any(|(column, place)| place.is_some() && found.judge.reads(column)) {
            return Err(found.wrong_file());
        }
        found.returned(&places);
        for (column, place) in places.iter().enumerate() {
            let read = place.filter(|_| found.judge.reads(column));
            self.places.push(read.map(|_| self.reads.len()));
            if let Some(cell) = read {
                let is_number = found.judge.reads_number(column);
                let kind = found.judge.playbook().columns.get(column).map(|fact| fact.kind);
                self.reads.push(Reading::new(cell, is_number, kind));
            }
        }
        self.numbers = vec![f64::NAN; self.reads.len() + 1];
        self.by_column = ByColumn::new(self.reads.len());
        let place = |column: usize| self.places.get(column).copied().flatten().unwrap_or(self.reads.len());
        self.flat = found.judge.flat(&place);
        if !found.judge.playbook().platforms.is_empty() {
            self.platform = names.iter().position(|name| same_column(PLATFORM, name));
        }
        self.has_header = true;
        *columns = Table::of_columns(names).columns;
        Ok(())
    }

    /// Judges rows many at a time, where that can be done, and tells which are left.
    fn by_column(&mut self, rows: &PlainRows<'_>, found: &Found) -> Option<u64> {
        let flat = self.flat.as_ref()?;
        if !found.wants_matches() || !rows.are_text() {
            return None;
        }
        let mut left = self.by_column.judge(rows, &self.reads, flat);
        if let Some(column) = self.platform {
            let playbook = found.judge.playbook();
            // Neighbours mostly have the same.
            let mut before = (&b""[..], true);
            for (cell, row) in rows.cells(column).zip(0..) {
                if cell != before.0 {
                    before = (cell, playbook.applies_to(platform_in(cell)));
                }
                left |= u64::from(!before.1) << row;
            }
        }
        Some(left)
    }

    /// Reads a row whose rules only compare numbers; false where it is no such row.
    fn number_row(&mut self, record: &Record<'_>, found: &mut Found) -> bool {
        let Some(flat) = &self.flat else { return false };
        let is_sound = record.check().is_ok() && record.check_text().is_ok();
        if !is_sound || !read_numbers(record, &self.reads, &mut self.numbers) {
            return false;
        }
        if let Some(platform) = self.platform
            && !found.judge.playbook().applies_to(record.cell(platform).and_then(platform_in))
        {
            return false;
        }
        if found.judge_numbers(flat, &self.numbers) {
            write(record, found);
        }
        true
    }

    #[inline(never)]
    fn row(&mut self, record: &Record<'_>, found: &mut Found) -> Result<(), NexthinkError> {
        let sound = record.check().and_then(|()| record.check_text());
        if let Err(error) = sound {
            return found.malformed(error.line, &said(&error));
        }
        // The same room, for cells of another lifetime.
        let mut cells: Vec<Token<'_>> = std::mem::take(&mut self.cells).into_iter().map(|_| Token::Null).collect();
        for reading in &self.reads {
            let cell = record.cell(reading.cell).unwrap_or_default();
            cells.push(token(cell, reading.is_number));
        }
        let platform = self.platform.and_then(|cell| record.cell(cell)).and_then(platform_in);
        if found.judge(Row { cells: &cells, places: &self.places }, platform) {
            write(record, found);
        }
        cells.clear();
        self.cells = cells.into_iter().map(|_| Token::Null).collect();
        Ok(())
    }
}

/// The platform that a cell tells.
fn platform_in(cell: &[u8]) -> Option<&str> {
    let platform = std::str::from_utf8(cell).ok()?;
    if matches!(platform.trim(), "" | "-") { None } else { Some(platform) }
}

/// Reads the numbers of a row; false where a cell has something else that may be one to others.
#[inline]
fn read_numbers(record: &Record<'_>, reads: &[Reading], numbers: &mut [f64]) -> bool {
    for (reading, number) in reads.iter().zip(numbers) {
        let Some(found) = record.cell(reading.cell).and_then(|cell| reading.number(cell)) else { return false };
        *number = found;
    }
    true
}

/// An empty cell is a null, as in JSON; any other is text, unless nobody asks for more than its number.
#[inline]
fn token(cell: &[u8], is_number: bool) -> Token<'_> {
    if cell.is_empty() {
        return Token::Null;
    }
    if is_number && let Some(number) = plain_number(cell) {
        return Token::Number(number);
    }
    Token::Text(std::str::from_utf8(cell).unwrap_or_default())
}

/// Writes the cells as they go out to JavaScript.
#[cold]
fn write(record: &Record<'_>, found: &mut Found) {
    let Ok(texts) = record.texts() else { return };
    found.write(|json| {
        let mut before = '[';
        for text in texts {
            json.push(before);
            before = ',';
            if text.is_empty() {
                json.push_str("null");
            } else {
                write_string(text, json);
            }
        }
        json.push(']');
    });
}

/// What is wrong, without the line, which is told beside it.
pub(in crate::fleet) fn said(error: &Error) -> String {
    let text = error.to_string();
    text.split_once(' ').and_then(|(_, rest)| rest.split_once(' ')).map_or(text.clone(), |(_, rest)| rest.to_owned())
}
