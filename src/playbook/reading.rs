//! A cell of a row → what it says. Here it is settled what `-`, `[]`, `null` and a failed script mean, for rows of a
//! table and for rows that still are text; what follows from it is left to `evaluate` and `verdicts`.

use std::borrow::Cow;

use super::compiled::{FactColumn, FactKind, Playbook};
use super::facts::{CollectionTimes, MissingReason, last_success, to_value};
use crate::json::{Json, Parser, Token};
use crate::nql::{Operand, Timestamp, Value, same_column};

/// A row, and where each of the playbook's columns is in it.
#[derive(Clone, Copy)]
pub(crate) struct Row<'r, 'a> {
    pub cells: &'r [Token<'a>],
    pub places: &'r [Option<usize>],
}

impl<'a> Row<'_, 'a> {
    fn cell(&self, column: usize) -> Option<Token<'a>> {
        self.cells.get((*self.places.get(column)?)?).copied()
    }
}

impl Playbook {
    /// Where each of its columns is among those of an answer.
    pub(super) fn places(&self, columns: &[Box<str>]) -> Vec<Option<usize>> {
        let mut places = Vec::with_capacity(self.columns.len());
        for fact in &self.columns {
            places.push(columns.iter().position(|column| same_column(&fact.name, column)));
        }
        places
    }

    /// What a row says of a column, or why it says nothing.
    pub(super) fn reading<'a>(&self, column: usize, row: Row<'_, 'a>) -> Result<Operand<'a>, MissingReason> {
        let (Some(fact), Some(cell)) = (self.columns.get(column), row.cell(column)) else {
            return Err(MissingReason::NotReturned);
        };
        if let Some(status) = fact.status.and_then(|status| row.cell(status)) {
            match status.text() {
                Some(status) if status.eq_ignore_ascii_case("success") => {}
                Some(_) => return Err(MissingReason::Failed),
                None => return Err(MissingReason::NotCollected),
            }
        }
        read(cell, fact)
    }

    /// The same as a number.
    #[inline]
    pub(super) fn number(&self, column: usize, row: Row<'_, '_>) -> Option<f64> {
        match (self.columns.get(column), row.cell(column)) {
            (Some(fact), Some(cell)) if fact.status.is_none() => fact.number_in(cell),
            _ => self.reading(column, row).ok()?.as_number(),
        }
    }

    /// When a column's value was collected, where the row or the saved query of the collections tells.
    pub(super) fn collected_at(
        &self,
        column: usize,
        row: Row<'_, '_>,
        collected: &CollectionTimes,
    ) -> Option<Timestamp> {
        let fact = self.columns.get(column)?;
        let listed = fact.time.and_then(|time| row.cell(time)).and_then(Token::text);
        listed
            .and_then(|time| Timestamp::parse(&time))
            .or_else(|| last_success(collected, &self.collected_by(fact)?.remote_action_id))
    }
}

impl FactColumn {
    /// What a cell says as a number, where no status of an execution has a say in it. One that stands there as a number is
    /// what nearly every row has, and needs no more.
    pub(super) fn number_in(&self, cell: Token<'_>) -> Option<f64> {
        match cell {
            Token::Number(number) if !self.list => Some(number),
            _ => read(cell, self).ok()?.as_number(),
        }
    }
}

fn read<'a>(cell: Token<'a>, fact: &FactColumn) -> Result<Operand<'a>, MissingReason> {
    if fact.list {
        return read_list(cell).map(|values| Operand::List(Cow::Owned(values)));
    }
    match cell {
        // Without an event, `count()` after `include` has nothing to count: that is zero, and known.
        Token::Null if fact.kind == FactKind::Count => Ok(Operand::Number(0.0)),
        Token::Null => Err(MissingReason::NotCollected),
        Token::Number(number) => Ok(Operand::Number(number)),
        cell => match cell.text() {
            Some(text) if is_blank(&text) => Err(MissingReason::NoValue),
            Some(text) => Ok(Operand::Text(text)),
            None => Ok(value_of(cell).into()),
        },
    }
}

/// `[]`, `["-"]` and `"-"` are the known empty list; a list may come as an array or as its JSON text.
fn read_list(cell: Token<'_>) -> Result<Vec<Value>, MissingReason> {
    match cell {
        Token::Null => return Err(MissingReason::NotCollected),
        Token::Tree(Json::List(elements)) => {
            let mut values = Vec::new();
            for element in elements {
                add_element(element.into(), &mut values);
            }
            return Ok(values);
        }
        Token::Nested(text) => {
            if let Some(values) = list_in(text) {
                return Ok(values);
            }
        }
        _ => {}
    }
    if let Some(text) = cell.text() {
        if let Some(values) = list_in(text.as_bytes()) {
            return Ok(values);
        }
        if text.trim().is_empty() {
            return Err(MissingReason::NoValue);
        }
    }
    let mut values = Vec::new();
    add_element(cell, &mut values);
    Ok(values)
}

/// The elements of a list's JSON text; none of any other text. Of an empty list nothing is allocated.
fn list_in(text: &[u8]) -> Option<Vec<Value>> {
    if text.trim_ascii_start().first() != Some(&b'[') {
        return None;
    }
    let mut values = Vec::new();
    let elements = |parser: &mut Parser<'_>| {
        parser.list(|parser| {
            add_element(parser.token()?, &mut values);
            Ok(())
        })
    };
    Parser::whole(text, elements).ok().map(|()| values)
}

fn add_element(element: Token<'_>, values: &mut Vec<Value>) {
    // Nothing, among others, is nothing.
    if matches!(element, Token::Null) {
        return;
    }
    let value = match element.text() {
        Some(text) if is_blank(&text) => return,
        Some(text) => Value::Text(text.into()),
        None => value_of(element),
    };
    values.push(value);
}

fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "-")
}

/// The value of what is no text.
fn value_of(cell: Token<'_>) -> Value {
    match cell {
        Token::Boolean(value) => Value::Boolean(value),
        Token::Number(number) => Value::Number(number),
        Token::Tree(json) => to_value(json),
        Token::Nested(text) => Json::parse(text).as_ref().map_or(Value::Null, to_value),
        Token::Null | Token::Text(_) | Token::Escaped(_) => Value::Null,
    }
}
