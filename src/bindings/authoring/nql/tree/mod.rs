//! The syntax tree as JavaScript gets it: `nql::tree` with places that JavaScript counts, and what can be told of a
//! query without a tenant: its parameters and columns.

pub mod column;
pub mod condition;
pub mod expression;
pub mod statement;
pub mod time;

use column::NqlColumn;
use condition::NqlCondition;
use expression::NqlExpression;
use statement::NqlStatement;
use time::{NqlDate, NqlPeriod, NqlTime};

use super::shape::object;
use crate::bindings::authoring::places::Places;
use crate::nql::{self, Query};

object! {
    /// A whole query: a table, a time selection, and statements in order. All places are indexes of the text, as
    /// `text.slice(start, end)` takes them.
    pub struct NqlQuery {
        /// The table that it starts from.
        table: NqlName,
        /// Which rows of it, by their time.
        time: Option<NqlTime>,
        /// What is done with the rows, in order.
        statements: Vec<NqlStatement>,
        /// What stands in comments.
        comments: Vec<NqlComment>,
        /// The parameters that it uses, without their `$`, each once.
        parameters: Vec<String>,
        /// The columns that its answer will have.
        columns: Vec<NqlColumn>,
        /// Whether the tenant adds columns of its own choice before these, because the query lists none and does not
        /// summarize.
        has_default_columns: bool,
    }
}

object! {
    /// A dotted name as it was written.
    pub struct NqlName {
        /// The name with its dots.
        name: Box<str>,
        /// Where it begins.
        start: usize,
        /// The index after its end.
        end: usize,
    }
}

object! {
    /// A comment.
    pub struct NqlComment {
        /// What stands in it, without the marks around it.
        text: Box<str>,
        /// Where it begins.
        start: usize,
        /// The index after its end.
        end: usize,
    }
}

impl NqlQuery {
    pub(super) fn of(query: &Query, places: &Places<'_>) -> Self {
        Self {
            table: NqlName::of(&query.source.table, places),
            time: query.source.time.map(NqlTime::of),
            statements: query.steps.iter().map(|step| NqlStatement::of(step, places)).collect(),
            comments: query.comments.iter().map(|comment| NqlComment::of(comment, places)).collect(),
            parameters: query.parameters().iter().map(|name| name.text.to_string()).collect(),
            columns: column::columns(query, places),
            has_default_columns: query.has_default_columns(),
        }
    }
}

impl NqlName {
    fn of(name: &nql::Name, places: &Places<'_>) -> Self {
        let (start, end) = places.of(name.span);
        Self { name: name.text.clone(), start, end }
    }
}

impl NqlComment {
    fn of(comment: &nql::tree::Comment, places: &Places<'_>) -> Self {
        let (start, end) = places.of(comment.span);
        Self { text: comment.text.clone(), start, end }
    }
}
