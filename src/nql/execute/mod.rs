//! A query over tables → rows, with NQL's own rules: `where` after `with` or `include` filters events until the
//! `compute`, and objects after it; `with` keeps objects that have events, `include` keeps all and leaves null.
//!
//! | file | what |
//! | --- | --- |
//! | `time_range` | a time selection → from when to when |
//! | `origin` | names and functions → where a value comes from |
//! | `join` | `with` and `include`: the events of each object |
//! | `summarize` | groups and stretches of time |
//! | `aggregate` | many values → one |
//! | `order` | what comes first |

mod aggregate;
mod join;
mod order;
mod origin;
mod summarize;
mod time_range;

use super::columns::{Column, ColumnKind, ends_with_name};
use super::syntax_error::SyntaxError;
use super::tables::Tables;
use super::timestamp::Timestamp;
use super::tree::{Condition, Expression, Name, Query, SortKey, Statement};
use super::truth::Truth;
use super::value::Value;
use join::Join;
use origin::{Origin, RowScope};

/// What a query gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The columns, as the API names them.
    pub columns: Vec<Column>,
    /// The rows, each with a value for every column.
    pub rows: Vec<Vec<Value>>,
}

impl Answer {
    /// The position of the column that is called so, by its full or short name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| ends_with_name(&column.name, name))
    }
}

/// Executes a query over tables, at a time. Days begin at midnight UTC, the zone of the tenant.
///
/// # Errors
/// A table, field or function that does not exist, a statement in the wrong place.
pub fn execute<T: Tables>(
    query: &Query,
    tables: &T,
    parameter: &dyn Fn(&str) -> Value,
    now: Timestamp,
) -> Result<Answer, SyntaxError> {
    let table = &query.source.table;
    let root = tables.table(&table.text).ok_or_else(|| unknown_table(table))?;
    let range = query.source.time.map(|selection| selection.time_range(now));
    let records = tables.rows(root, range).into_iter().map(|row| Record { row: Some(row), values: Vec::new() });
    let mut execution = Execution {
        context: Context { tables, parameter, now },
        query,
        root,
        records: records.collect(),
        names: Vec::new(),
        joined: None,
        summarized: false,
    };
    for statement in query.statements() {
        execution.apply(statement)?;
    }
    execution.end_join();
    execution.answer()
}

/// What stays the same while a query is executed.
struct Context<'a, T: Tables> {
    tables: &'a T,
    parameter: &'a dyn Fn(&str) -> Value,
    now: Timestamp,
}

impl<T: Tables> Clone for Context<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Tables> Copy for Context<'_, T> {}

/// One row of what the query has so far.
struct Record<R> {
    /// The row of the table that the query starts from; none after `summarize`.
    row: Option<R>,
    /// A value for each of `Execution::names`.
    values: Vec<Value>,
}

struct Execution<'q, T: Tables> {
    context: Context<'q, T>,
    query: &'q Query,
    root: T::Table,
    records: Vec<Record<T::Row>>,
    /// What was computed so far, or what `summarize` left.
    names: Vec<String>,
    joined: Option<Join<'q, T>>,
    summarized: bool,
}

impl<'q, T: Tables> Execution<'q, T> {
    fn apply(&mut self, statement: &'q Statement) -> Result<(), SyntaxError> {
        match statement {
            Statement::Where(condition) => self.filter(condition)?,
            Statement::With(source) => self.join(source, false)?,
            Statement::Include(source) => self.join(source, true)?,
            Statement::Compute(computations) => self.compute(computations)?,
            Statement::Summarize(computations, groupings) => {
                self.end_join();
                self.summarize(computations, groupings)?;
            }
            Statement::List(_) => self.end_join(),
            Statement::Sort(keys) => self.sort(keys)?,
            Statement::Limit(rows) => {
                self.end_join();
                self.records.truncate(*rows);
            }
        }
        Ok(())
    }

    fn filter(&mut self, condition: &'q Condition) -> Result<(), SyntaxError> {
        let predicate = condition.bind(self)?;
        if let Some(join) = &mut self.joined {
            join.filter(predicate, self.root, self.context.tables);
            return Ok(());
        }
        let context = self.context;
        self.records.retain(|record| predicate.truth(&RowScope::of_record(context, record)) == Truth::True);
        Ok(())
    }

    fn sort(&mut self, keys: &[SortKey]) -> Result<(), SyntaxError> {
        self.end_join();
        let mut formulas = Vec::new();
        for key in keys {
            formulas.push((key.expression.bind(self)?, key.order));
        }
        let context = self.context;
        let mut keyed = Vec::with_capacity(self.records.len());
        for record in std::mem::take(&mut self.records) {
            let scope = RowScope::of_record(context, &record);
            let values: Vec<Value> = formulas.iter().map(|(formula, _)| formula.value(&scope).into_value()).collect();
            keyed.push((values, record));
        }
        keyed.sort_by(|(left, _), (right, _)| {
            let sides = left.iter().zip(right).zip(&formulas);
            let orders = sides.map(|((left, right), (_, order))| order::by(left, right, *order));
            orders.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
        });
        self.records = keyed.into_iter().map(|(_, record)| record).collect();
        Ok(())
    }

    fn answer(mut self) -> Result<Answer, SyntaxError> {
        let (columns, expressions) = self.answer_columns();
        let mut formulas = Vec::new();
        for expression in &expressions {
            formulas.push(expression.bind(&mut self)?);
        }
        let mut rows = Vec::with_capacity(self.records.len());
        for record in &self.records {
            let scope = RowScope::of_record(self.context, record);
            rows.push(formulas.iter().map(|formula| formula.value(&scope).into_value()).collect());
        }
        Ok(Answer { columns, rows })
    }

    /// The columns, and what stands for each: what is listed, else what the tenant chooses and then what was computed.
    fn answer_columns(&self) -> (Vec<Column>, Vec<Expression>) {
        let field = |name: &str, span| Expression::Field(Name { text: name.into(), span });
        let columns = self.query.columns();
        let listed = self.query.statements().rev().find_map(|statement| match statement {
            Statement::List(expressions) => Some(expressions.clone()),
            _ => None,
        });
        if let Some(expressions) = listed {
            return (columns, expressions);
        }
        let mut all = Vec::new();
        if self.query.has_default_columns() {
            let span = self.query.source.table.span;
            let names = self.context.tables.default_columns(self.root);
            all.extend(names.iter().map(|name| Column { name: (*name).into(), kind: ColumnKind::Field, span }));
        }
        all.extend(columns);
        let expressions = all.iter().map(|column| field(&column.name, column.span)).collect();
        (all, expressions)
    }

    /// An alias first, then a field of the joined events, then one of the object.
    fn resolve(&self, name: &Name) -> Result<Origin<T>, SyntaxError> {
        let table = &self.query.source.table;
        let qualified = table.qualify(name);
        let made = |known: &String| name.is(known) || (self.summarized && qualified.eq_ignore_ascii_case(known));
        if let Some(position) = self.names.iter().position(made) {
            return Ok(Origin::Made(position));
        }
        if self.summarized {
            let message = format!("`{}` is not among what `summarize` leaves: {}", name.text, self.names.join(", "));
            return Err(SyntaxError::new(name.span, message));
        }
        let tables = self.context.tables;
        let joined = self.joined.as_ref();
        if let Some(field) = joined.and_then(|join| tables.field(join.table, &join.name.qualify(name))) {
            return Ok(Origin::Event(field));
        }
        let found = tables.field(self.root, &qualified).map(Origin::Object).or_else(|| self.of_linked_object(name));
        found.ok_or_else(|| {
            let place = joined.map_or(String::new(), |join| format!(" and `{}`", join.name.text));
            SyntaxError::new(name.span, format!("`{}`{place} has no field `{}`", table.text, name.text))
        })
    }

    /// `hardware.type` in a table of events is that of their device (vendor page "NQL as()"): a name of several parts
    /// may leave out the object, where only one of the objects that the rows belong to has such a field.
    fn of_linked_object(&self, name: &Name) -> Option<Origin<T>> {
        if name.segments().count() < 2 {
            return None;
        }
        let tables = self.context.tables;
        let joined = self.joined.as_ref();
        let mut found = OBJECTS.iter().filter_map(|object| {
            let qualified = format!("{object}.{}", name.text);
            let event = joined.and_then(|join| tables.field(join.table, &qualified)).map(Origin::Event);
            event.or_else(|| tables.field(self.root, &qualified).map(Origin::Object))
        });
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }
}

/// What events belong to.
const OBJECTS: [&str; 5] = ["device", "user", "application", "binary", "package"];

fn unknown_table(table: &Name) -> SyntaxError {
    SyntaxError::new(table.span, format!("there is no table `{}`", table.text))
}
