//! How the rows of an answer are written: the names of their cells in order, and which of the playbook's columns each is.

use std::borrow::Cow;

use super::RowJudge;
use crate::json::Parser;

/// The names of an answer's cells, bound to a playbook's columns once.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// In order.
    pub cells: Vec<Cell>,
    /// Their names as v1 writes them, without white space.
    pub headers: Box<[u8]>,
    /// Where each of the playbook's columns is among them.
    pub places: Vec<Option<usize>>,
}

/// A cell of every row.
#[derive(Debug)]
pub(crate) struct Cell {
    /// Its name as it stands in the text, in its quotes.
    pub name: Box<[u8]>,
    /// The same with all that comes before its value in a row of v2 without white space.
    pub lead: Box<[u8]>,
    /// Whether a rule reads it.
    pub is_read: bool,
    /// The one of the playbook's columns that it is; none where it is several.
    pub column: Option<usize>,
}

/// More are left to the table, which refuses them.
const MOST_CELLS: usize = 1_000;

impl Layout {
    /// The one that an answer has if the tenant's query is the playbook's.
    pub(super) fn expected(judge: &RowJudge) -> Self {
        let mut names = Vec::new();
        for column in &judge.playbook().columns {
            names.push([b"\"", column.name.as_bytes(), b"\""].concat());
        }
        let names: Vec<&[u8]> = names.iter().map(Vec::as_slice).collect();
        Self::of(&names, judge).unwrap_or_default()
    }

    /// The layout of these names. `None` where one comes twice, or there are too many.
    pub(super) fn of(names: &[&[u8]], judge: &RowJudge) -> Option<Self> {
        let columns = read_names(names)?;
        let places = judge.playbook().places(&columns);
        Some(Self::bound(names, places, |column| judge.reads(column)))
    }

    /// The layout of these names, where the playbook's columns are at these places among them.
    pub fn bound(names: &[&[u8]], places: Vec<Option<usize>>, is_needed: impl Fn(usize) -> bool) -> Self {
        let columns = |place| (0..).zip(&places).filter(move |(_, at)| **at == Some(place)).map(|(column, _)| column);
        let mut cells = Vec::with_capacity(names.len());
        let mut headers = vec![b'['];
        for (place, name) in names.iter().enumerate() {
            let (mark, comma): (&[u8], &[u8]) = if place == 0 { (b"{", b"") } else { (b",", b",") };
            headers.extend_from_slice(comma);
            headers.extend_from_slice(name);
            let lead = [mark, name, b":"].concat().into();
            let is_read = columns(place).any(&is_needed);
            let column = columns(place).next().filter(|_| columns(place).nth(1).is_none());
            cells.push(Cell { name: (*name).into(), lead, is_read, column });
        }
        headers.push(b']');
        Self { cells, headers: headers.into(), places }
    }
}

/// Names as JSON writes them. `None` where one comes twice, or there are too many.
pub(crate) fn read_names(names: &[&[u8]]) -> Option<Vec<Box<str>>> {
    let mut columns: Vec<Box<str>> = Vec::with_capacity(names.len());
    for name in names {
        let name: Cow<'_, str> = Parser::whole(name, Parser::string).ok()?;
        if columns.len() == MOST_CELLS || columns.iter().any(|column| **column == *name) {
            return None;
        }
        columns.push(name.into());
    }
    Some(columns)
}
