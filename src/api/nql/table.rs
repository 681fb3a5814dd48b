//! The rows of an answer, the same whether v1 (`headers` and arrays) or v2 (objects) brought them.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// An answer's columns and rows. Every row has a cell for every column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The columns' names as the tenant returns them.
    pub columns: Vec<Box<str>>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell, as JSON has it.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
#[serde(untagged)]
pub enum Cell {
    /// No value.
    #[default]
    Null,
    /// True or false.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// Text: also times, enumerations, and the JSON text of a script's outputs.
    Text(Box<str>),
    /// An array.
    List(Vec<Cell>),
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
        table.rows.iter_mut().for_each(|cells| cells.resize(width, Cell::Null));
        Some(table)
    }

    fn place(&mut self, pairs: Vec<(Cow<'_, str>, Cell)>) -> Vec<Cell> {
        let mut cells = vec![Cell::Null; self.columns.len()];
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

impl Cell {
    /// The cell as text, where it is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A row as v1 or v2 writes it.
pub(super) enum Row<'a> {
    Cells(Vec<Cell>),
    Named(Vec<(Cow<'a, str>, Cell)>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Row<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RowVisitor)
    }
}

struct RowVisitor;

impl<'de> Visitor<'de> for RowVisitor {
    type Value = Row<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a row")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut cells = Vec::new();
        while let Some(cell) = sequence.next_element()? {
            cells.push(cell);
        }
        Ok(Row::Cells(cells))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some((Key(name), cell)) = map.next_entry()? {
            pairs.push((name, cell));
        }
        Ok(Row::Named(pairs))
    }
}

#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a cell")
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Cell, E> {
        Ok(Cell::Boolean(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "NQL numbers are f64")]
    fn visit_i64<E>(self, value: i64) -> Result<Cell, E> {
        Ok(Cell::Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "NQL numbers are f64")]
    fn visit_u64<E>(self, value: u64) -> Result<Cell, E> {
        Ok(Cell::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Cell, E> {
        Ok(Cell::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Cell, E> {
        Ok(Cell::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Cell, A::Error> {
        let mut cells = Vec::new();
        while let Some(cell) = sequence.next_element()? {
            cells.push(cell);
        }
        Ok(Cell::List(cells))
    }

    /// No NQL type is an object; one is kept as its JSON text, as `outputs` is, so that nothing is lost.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cell, A::Error> {
        let mut text = String::from("{");
        while let Some((Key(name), cell)) = map.next_entry::<Key<'_>, Cell>()? {
            let name = serde_json::to_string(&name).map_err(serde::de::Error::custom)?;
            let value = serde_json::to_string(&cell).map_err(serde::de::Error::custom)?;
            text.push_str(if text.len() > 1 { "," } else { "" });
            text.push_str(&format!("{name}:{value}"));
        }
        text.push('}');
        Ok(Cell::Text(text.into()))
    }
}
