//! The NQL of a webhook: which events it is about, and what it takes of them. Only a part of the language is allowed.

use nexthink_chatbot::nql::tree::Statement;
use nexthink_chatbot::nql::{Condition as NqlCondition, Expression, Query, Tables, Value, execute, parse_query};

use super::one_event::OneEvent;
use crate::tables::{Row, Table, View};

/// The tables that a webhook may watch, of those that the tenant has.
const WATCHED: [&str; 9] = [
    "campaign.responses",
    "execution.crashes",
    "device_performance.boots",
    "device_performance.system_crashes",
    "device_performance.hard_resets",
    "remote_action.executions",
    "session.events",
    "session.logins",
    "workflow.executions",
];

/// A query that was checked.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    query: Query,
    pub table: Table,
    /// The names of the listed columns, as the API returns them.
    pub columns: Vec<String>,
}

impl Condition {
    /// Reads the text and checks that a webhook may have it.
    pub fn read(text: &str, view: &View<'_>) -> Result<Self, String> {
        let query = parse_query(text).map_err(|mistake| mistake.to_string())?;
        let source = &query.source.table;
        if !WATCHED.iter().any(|name| source.is(name)) {
            return Err(format!("a webhook cannot watch `{}`; it can watch {}", source.text, WATCHED.join(", ")));
        }
        let table = view.table(&source.text).ok_or_else(|| format!("there is no table `{}`", source.text))?;
        if query.source.time.is_some() {
            return Err("a webhook is about events as they happen: leave the time selection out".to_owned());
        }
        let mut lists = false;
        for statement in query.statements() {
            match statement {
                Statement::Where(condition) => check(condition)?,
                Statement::List(_) => lists = true,
                _ => return Err("only `where` and `list` are allowed in the query of a webhook".to_owned()),
            }
        }
        if !lists {
            return Err("the query of a webhook needs a `list`: what it names can be sent".to_owned());
        }
        // Executed over nothing, it still says which fields do not exist.
        execute(&query, &OneEvent::none(view), &|_| Value::Null, view.now).map_err(|mistake| mistake.to_string())?;
        let columns = query.columns().into_iter().map(|column| column.name).collect();
        Ok(Self { query, table, columns })
    }

    /// The values of the listed columns, where the event is one that is meant.
    pub fn values(&self, view: &View<'_>, row: Row) -> Option<Vec<Value>> {
        let event = OneEvent::new(view, row);
        execute(&self.query, &event, &|_| Value::Null, view.time_known(row)).ok()?.rows.into_iter().next()
    }
}

/// Comparisons, `in`, `contains`, `and` and `or` of fields with constants, and nothing else.
fn check(condition: &NqlCondition) -> Result<(), String> {
    let mut mistake = None;
    condition.expressions(&mut |expression| mistake = mistake.take().or_else(|| mistake_in(expression)));
    mistake.map_or(Ok(()), Err)
}

fn mistake_in(expression: &Expression) -> Option<String> {
    match expression {
        Expression::Literal(_) | Expression::Word(_) | Expression::Field(_) | Expression::Array(_) => None,
        Expression::Parameter(name) => Some(format!("a webhook has no parameters, and `${}` is one", name.text)),
        Expression::Call(call) => Some(format!("the function `{}` is not allowed in a webhook", call.function.text)),
        Expression::Arithmetic(..) => Some("no arithmetic is allowed in a webhook".to_owned()),
    }
}
