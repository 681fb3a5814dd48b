//! The rows of an answer, the same whether v1 (`headers` and arrays) or v2 (objects) brought them.

use std::borrow::Cow;

use crate::json::{Json, NotJson, Parser, push_digits};

/// An answer's columns and rows. Every row has a cell for every column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The columns' names as the tenant returns them.
    pub columns: Vec<Box<str>>,
    /// The rows.
    pub rows: Vec<Vec<Json>>,
}

/// The most columns that an answer may have. A query's text has room for fewer; in more, looking for a name would take
/// longer than anyone waits.
pub(super) const MOST_COLUMNS: usize = 1_000;

impl Table {
    /// The position of the column that `is_it` picks.
    pub fn position(&self, is_it: impl Fn(&str) -> bool) -> Option<usize> {
        self.columns.iter().position(|column| is_it(column))
    }

    /// Joins the rows of an answer with the headers of a v1 answer; a v2 answer names its cells itself.
    /// `None` where a row does not fit the headers, or there are too many columns.
    pub(super) fn assemble(headers: Option<Vec<Box<str>>>, data: Vec<Row<'_>>) -> Option<Self> {
        let headers = headers.unwrap_or_default();
        if headers.len() > MOST_COLUMNS {
            return None;
        }
        let mut table = Self::of_columns(headers);
        table.rows.reserve(data.len());
        for row in data {
            let cells = match row {
                Row::Cells(cells) if cells.len() == table.columns.len() => cells,
                Row::Cells(_) => return None,
                Row::Named(pairs) if pairs.len().max(table.columns.len()) <= MOST_COLUMNS => table.place(pairs),
                Row::Named(_) => return None,
            };
            table.rows.push(cells);
        }
        let width = table.columns.len();
        // A column that a later row brought first is null in the earlier ones.
        table.rows.iter_mut().for_each(|cells| cells.resize(width, Json::Null));
        Some(table)
    }

    /// A table without rows. A name that comes a second time is called `name (2)`: what is made of a row has room for
    /// one value of a name.
    pub(crate) fn of_columns(names: Vec<Box<str>>) -> Self {
        let mut table = Self::default();
        for name in names {
            let numbered = table.columns.iter().filter(|column| is_numbered(column, &name)).count();
            if let Err(column) = table.free(&name, numbered, |_| true) {
                table.columns.push(column);
            }
        }
        table
    }

    fn place(&mut self, pairs: Vec<(Cow<'_, str>, Json)>) -> Vec<Json> {
        let mut cells = vec![None; self.columns.len()];
        for (expected, (name, cell)) in pairs.into_iter().enumerate() {
            let is_taken = |position: usize| cells.get(position).is_some_and(Option::is_some);
            // Objects of one answer have their names in one order, so the first look nearly always finds it.
            let position = match self.columns.get(expected).is_some_and(|column| **column == *name) {
                true if !is_taken(expected) => Ok(expected),
                _ => self.free(&name, 0, is_taken),
            };
            let position = position.unwrap_or_else(|column| {
                self.columns.push(column);
                cells.push(None);
                cells.len() - 1
            });
            if let Some(place) = cells.get_mut(position) {
                *place = Some(cell);
            }
        }
        let mut row = Vec::with_capacity(cells.len());
        for cell in cells {
            row.push(cell.unwrap_or_default());
        }
        row
    }

    /// Where a cell of this name goes: a column that is not taken, or the name of a new one. The first so many numbers
    /// are known to be taken.
    fn free(&self, name: &str, taken: usize, is_taken: impl Fn(usize) -> bool) -> Result<usize, Box<str>> {
        let (mut column, mut number) = (String::from(name), taken as u64 + 1);
        loop {
            match self.position(|known| known == column) {
                None => return Err(column.into()),
                Some(position) if !is_taken(position) => return Ok(position),
                Some(_) => {}
            }
            number += 1;
            column.truncate(name.len());
            column.push_str(" (");
            push_digits(number, 1, &mut column);
            column.push(')');
        }
    }
}

/// Whether a column is `name (2)`, or has another number.
fn is_numbered(column: &str, name: &str) -> bool {
    let number = column.strip_prefix(name).and_then(|rest| rest.strip_prefix(" (")?.strip_suffix(')'));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A row as v1 or v2 writes it.
pub(super) enum Row<'a> {
    Cells(Vec<Json>),
    Named(Vec<(Cow<'a, str>, Json)>),
}

impl<'a> Row<'a> {
    pub(super) fn read(parser: &mut Parser<'a>) -> Result<Self, NotJson> {
        if parser.peek() == Some(b'[') {
            let mut cells = Vec::new();
            parser.list(|parser| {
                cells.push(parser.value()?);
                Ok(())
            })?;
            return Ok(Self::Cells(cells));
        }
        let mut pairs = Vec::new();
        parser.object(|parser, name| {
            pairs.push((name, parser.value()?));
            Ok(())
        })?;
        Ok(Self::Named(pairs))
    }
}
