//! NQL for JavaScript, without a tenant: parse, check, format.

pub mod check;
mod shape;
#[cfg(test)]
mod tests;
pub mod tree;

use super::answer;
use crate::api::problem::NexthinkError;
use crate::bindings::authoring::places::Places;
use crate::bindings::input::read_fields;
use crate::nql::{self, Query, SyntaxErrors};
use check::NqlCheckOptions;
use tree::NqlQuery;

/// `nql.parse`: the syntax tree of `{ text }`.
pub(super) fn parse(input: &[u8]) -> String {
    answer(read_text("nql.parse", input).and_then(|text| {
        let places = Places::new(&text);
        read_query(&text, &places).map(|query| NqlQuery::of(&query, &places))
    }))
}

/// `nql.format`: the canonical text of `{ text }`.
pub(super) fn format(input: &[u8]) -> String {
    answer(read_text("nql.format", input).and_then(|text| {
        let places = Places::new(&text);
        read_query(&text, &places).map(|query| nql::format(&query))
    }))
}

/// `nql.check`: what is wrong with `{ text, options }`.
pub(super) fn check(input: &[u8]) -> String {
    let fields = read_fields("nql.check", input, |reader| (reader.take("text"), reader.take("options")));
    answer(fields.map(|(text, options): (String, Option<NqlCheckOptions>)| check::check(&text, options)))
}

fn read_text(call: &str, input: &[u8]) -> Result<String, NexthinkError> {
    read_fields(call, input, |reader| reader.take("text"))
}

fn read_query(text: &str, places: &Places<'_>) -> Result<Query, NexthinkError> {
    nql::parse_query(text).map_err(|mistakes| refusal(&mistakes, places))
}

/// One error for all mistakes: it tells the first, and how to see the others.
fn refusal(mistakes: &SyntaxErrors, places: &Places<'_>) -> NexthinkError {
    let Some(first) = mistakes.first() else { return NexthinkError::invalid("this is not NQL") };
    let (line, column) = places.line_and_column(first.span.start);
    let count = match mistakes.len() {
        1 => String::from("a mistake"),
        several => format!("{several} mistakes, the first"),
    };
    let message = format!("the query has {count} at line {line}, column {column}: {}", first.message);
    let help = first.help.as_deref().unwrap_or("correct it");
    let separator = if help.ends_with('?') { "" } else { ";" };
    NexthinkError::invalid(message).hint(format!("{help}{separator} `nql.check` gives every mistake with its place"))
}
