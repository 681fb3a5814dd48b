//! What holds of any text: it is read or refused, never with a panic; every place lies within it; what is read can be
//! copied, compared, asked for its columns and executed, and gives a cell for every column.

use nexthink_chatbot::nql::tree::{Grouping, Source, Statement, Step};
use nexthink_chatbot::nql::{
    Condition, Expression, MAXIMUM_CHARACTERS, Mistake, Name, Query, Span, SyntaxErrors, Timestamp, execute, format,
    parse_condition, parse_query,
};

use super::tables::{HostileTables, parameter};

/// How far a text came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    /// It was refused as it is written.
    Refused,
    /// It was read, and there was something that cannot be executed.
    Read,
    /// It gave rows.
    Executed,
}

/// Reads a text as a query and as a condition, and executes what it is.
pub fn hold_for(text: &str, now: Timestamp) -> Reached {
    match parse_query(text) {
        Ok(query) => query_holds(text, &query, now),
        Err(mistakes) => {
            mistakes_hold(text, &mistakes);
            match parse_condition(text) {
                Ok(condition) => query_holds(text, &devices_where(condition), now),
                Err(mistakes) => {
                    mistakes_hold(text, &mistakes);
                    Reached::Refused
                }
            }
        }
    }
}

/// What holds of a text that was read.
fn query_holds(text: &str, query: &Query, now: Timestamp) -> Reached {
    spans_of(query, &mut |span| span_holds(text, span));
    assert!(query.clone() == *query, "a copy differs: {text:?}");
    assert!(query.parameters().iter().all(|name| !name.text.is_empty()));
    query.columns().iter().for_each(|column| span_holds(text, column.span));
    query.check().iter().for_each(|found| span_holds(text, found.span));
    canonical_text_holds(text, query);
    match execute(query, &HostileTables, &parameter, now) {
        Ok(answer) => {
            for row in &answer.rows {
                assert_eq!(row.len(), answer.columns.len(), "cells and columns of {text:?}");
            }
            Reached::Executed
        }
        Err(mistake) => {
            mistake_holds(text, &mistake);
            Reached::Read
        }
    }
}

/// The canonical text says the same, unless it is longer than what is read.
fn canonical_text_holds(text: &str, query: &Query) {
    let canonical = format(query);
    if canonical.chars().count() > MAXIMUM_CHARACTERS {
        return;
    }
    match parse_query(&canonical) {
        Ok(again) => assert!(again == *query && format(&again) == canonical, "{text:?} is not {canonical:?}"),
        Err(mistakes) => panic!("{mistakes} in the canonical text {canonical:?} of {text:?}"),
    }
}

fn mistakes_hold(text: &str, mistakes: &SyntaxErrors) {
    assert!(!mistakes.is_empty(), "refused without a mistake: {text:?}");
    assert!(mistakes.is_sorted_by_key(|mistake| mistake.span.start), "{mistakes} in {text:?}");
    mistakes.iter().for_each(|mistake| mistake_holds(text, mistake));
}

fn mistake_holds(text: &str, mistake: &Mistake) {
    assert!(!mistake.message.is_empty(), "a mistake that says nothing: {text:?}");
    span_holds(text, mistake.span);
}

fn span_holds(text: &str, span: Span) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?} is no place in {text:?}");
}

/// A rule's condition becomes a query with the same condition: its names are found and it is evaluated.
fn devices_where(condition: Condition) -> Query {
    let table = Name { text: "devices".into(), span: Span::default() };
    let step = Step { statement: Statement::Where(condition), span: Span::default() };
    Query { source: Source { table, time: None }, steps: vec![step], comments: Vec::new() }
}

fn spans_of(query: &Query, visit: &mut impl FnMut(Span)) {
    visit(query.source.table.span);
    for step in &query.steps {
        visit(step.span);
        match &step.statement {
            Statement::Where(condition) => condition_spans(condition, visit),
            Statement::With(source) | Statement::Include(source) => visit(source.table.span),
            Statement::Compute(computations) => computations.iter().for_each(|one| visit(one.alias.span)),
            Statement::Summarize(computations, groupings) => {
                computations.iter().for_each(|one| visit(one.alias.span));
                for grouping in groupings {
                    if let Grouping::Field(name) = grouping {
                        visit(name.span);
                    }
                }
            }
            Statement::List(_) | Statement::Sort(_) | Statement::Limit(_) => {}
        }
        step.statement.expressions(&mut |expression| match expression {
            Expression::Word(name) | Expression::Field(name) | Expression::Parameter(name) => visit(name.span),
            Expression::Call(call) => visit(call.function.span),
            Expression::Literal(_) | Expression::Array(_) | Expression::Arithmetic(..) => {}
        });
    }
}

fn condition_spans(condition: &Condition, visit: &mut impl FnMut(Span)) {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| condition_spans(part, visit)),
        part => visit(part.sides().map(|sides| sides.span).unwrap_or_default()),
    }
}
