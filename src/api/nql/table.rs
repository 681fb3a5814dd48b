//! The rows of an answer, the same whether v1 (`headers` and arrays) or v2 (objects) brought them.

use std::borrow::Cow;

use crate::json::{Json, NotJson, Parser};

/// An answer's columns and rows. Every row has a cell for every column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The columns' names as the tenant returns them.
    pub columns: Vec<Box<str>>,
    /// The rows.
    pub rows: Vec<Vec<Json>>,
}

impl Table {
    /// The position of the column that `is_it` picks.
    pub fn position(&self, is_it: impl Fn(&str) -> bool) -> Option<usize> {
        self.columns.iter().position(|column| is_it(column))
    }

    /// Joins the rows of an answer with the headers of a v1 answer; a v2 answer names its cells itself.
    /// `None` where a row does not fit the headers.
    pub(super) fn assemble(headers: Option<Vec<Box<str>>>, data: Vec<Row<'_>>) -> Option<Self> {
        let mut table = Self { columns: headers.unwrap_or_default(), rows: Vec::with_capacity(data.len()) };
        for row in data {
            let cells = match row {
                Row::Cells(cells) if cells.len() == table.columns.len() => cells,
                Row::Cells(_) => return None,
                Row::Named(pairs) => table.place(pairs),
            };
            table.rows.push(cells);
        }
        let width = table.columns.len();
        // A column that a later row brought first is null in the earlier ones.
        table.rows.iter_mut().for_each(|cells| cells.resize(width, Json::Null));
        Some(table)
    }

    fn place(&mut self, pairs: Vec<(Cow<'_, str>, Json)>) -> Vec<Json> {
        let mut cells = vec![Json::Null; self.columns.len()];
        for (expected, (name, cell)) in pairs.into_iter().enumerate() {
            let same = |column: &str| column == name;
            // Objects of one answer have their names in one order, so the first look nearly always finds it.
            let position = match self.columns.get(expected).is_some_and(|column| same(column)) {
                true => Some(expected),
                false => self.columns.iter().position(|column| same(column)),
            };
            match position.and_then(|position| cells.get_mut(position)) {
                Some(place) => *place = cell,
                None => {
                    self.columns.push(name.into());
                    cells.push(cell);
                }
            }
        }
        cells
    }
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
