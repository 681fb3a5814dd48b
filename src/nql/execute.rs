//! A query over tables → rows, with NQL's own rules: `where` after `with` or `include` filters events until the
//! `compute`, and objects after it; `with` keeps objects that have events, `include` keeps all and leaves null.
//! Where the tables live is the affair of whoever implements `Tables`.

use std::borrow::Cow;

use super::aggregate::aggregate;
use super::columns::{Column, ends_with_name};
use super::evaluate::Scope;
use super::syntax_error::SyntaxError;
use super::tables::{Tables, TimeRange};
use super::timestamp::Timestamp;
use super::tree::{Call, Computation, Condition, Expression, Name, Order, Query, Source, Span, Statement};
use super::truth::Truth;
use super::value::{Comparison, Value, lower_case_text};

/// What a query gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The columns, as the API names them.
    pub columns: Vec<Column>,
    /// The rows, each with a value for every column.
    pub rows: Vec<Vec<Value>>,
}

/// Executes a query over tables, at a time.
///
/// # Errors
/// A table or field that does not exist, a statement in the wrong place.
pub fn execute<T: Tables>(
    query: &Query,
    tables: &T,
    parameter: &dyn Fn(&str) -> Value,
    now: Timestamp,
) -> Result<Answer, SyntaxError> {
    let root = tables.table(&query.source.table.text).ok_or_else(|| unknown_table(&query.source.table))?;
    let rows = tables.rows(root, range(&query.source, now));
    let objects = rows.into_iter().map(|row| Object { row, computed: Vec::new() }).collect();
    let mut execution = Execution {
        tables,
        parameter,
        now,
        table: &query.source.table,
        root,
        objects,
        aliases: Vec::new(),
        joined: None,
    };
    for statement in &query.statements {
        execution.apply(statement)?;
    }
    execution.end_join();
    execution.answer(query)
}

struct Object<R> {
    row: R,
    /// A value for each alias, in the order of `Execution::aliases`.
    computed: Vec<Value>,
}

/// A `with` or `include` whose events have not been computed yet.
struct Join<'q, T: Tables> {
    table: &'q Name,
    found: T::Table,
    /// The events of each object, in the order of `Execution::objects`.
    events: Vec<Vec<T::Row>>,
    keeps_all: bool,
}

struct Execution<'q, T: Tables> {
    tables: &'q T,
    parameter: &'q dyn Fn(&str) -> Value,
    now: Timestamp,
    table: &'q Name,
    root: T::Table,
    objects: Vec<Object<T::Row>>,
    aliases: Vec<&'q Name>,
    joined: Option<Join<'q, T>>,
}

/// Where a name's value comes from.
enum Origin<F> {
    Event(F),
    Object(F),
    Alias(usize),
}

struct RowScope<'a, T: Tables> {
    tables: &'a T,
    parameter: &'a dyn Fn(&str) -> Value,
    object: &'a Object<T::Row>,
    event: Option<T::Row>,
    /// All events of the object, for functions.
    events: &'a [T::Row],
}

impl<'q, T: Tables> Execution<'q, T> {
    fn apply(&mut self, statement: &'q Statement) -> Result<(), SyntaxError> {
        match statement {
            Statement::Where(condition) => self.filter(condition),
            Statement::With(source) => self.join(source, false),
            Statement::Include(source) => self.join(source, true),
            Statement::Compute(computations) => self.compute(computations),
            Statement::List(_) => {
                self.end_join();
                Ok(())
            }
            Statement::Sort(name, order) => self.sort(name, *order),
            Statement::Limit(rows) => {
                self.end_join();
                self.objects.truncate(*rows);
                Ok(())
            }
        }
    }

    fn filter(&mut self, condition: &Condition<Name>) -> Result<(), SyntaxError> {
        let bound = condition.bind(&mut |name| self.resolve(name))?;
        let (tables, parameter) = (self.tables, self.parameter);
        let holds = |object: &Object<T::Row>, event: Option<T::Row>| {
            bound.truth(&RowScope { tables, parameter, object, event, events: &[] }) == Truth::True
        };
        match &mut self.joined {
            Some(join) => {
                for (object, events) in self.objects.iter().zip(&mut join.events) {
                    events.retain(|event| holds(object, Some(*event)));
                }
            }
            None => self.objects.retain(|object| holds(object, None)),
        }
        Ok(())
    }

    fn join(&mut self, source: &'q Source, keeps_all: bool) -> Result<(), SyntaxError> {
        self.end_join();
        let found = self.tables.table(&source.table.text).ok_or_else(|| unknown_table(&source.table))?;
        let range = range(source, self.now);
        let events_of = |object: &Object<T::Row>| {
            let mut events = Vec::new();
            self.tables.events(found, object.row, range, &mut events);
            events
        };
        let events = self.objects.iter().map(events_of).collect();
        self.joined = Some(Join { table: &source.table, found, events, keeps_all });
        Ok(())
    }

    /// Drops the objects that a `with` found no events for.
    fn end_join(&mut self) {
        if let Some(join) = self.joined.take().filter(|join| !join.keeps_all) {
            let mut has_events = join.events.iter().map(|events| !events.is_empty());
            self.objects.retain(|_| has_events.next().unwrap_or(false));
        }
    }

    fn compute(&mut self, computations: &'q [Computation]) -> Result<(), SyntaxError> {
        let Some(join) = &self.joined else {
            let span = computations.first().map_or_else(Span::default, |first| first.alias.span);
            return Err(SyntaxError::new(span, "`compute` without `with` or `include` before it"));
        };
        let mut columns = Vec::new();
        for computation in computations {
            columns.push(computation.expression.bind(&mut |name| self.resolve(name))?);
        }
        let (tables, parameter) = (self.tables, self.parameter);
        for (object, events) in self.objects.iter_mut().zip(&join.events) {
            let scope = RowScope { tables, parameter, object, event: None, events };
            let values: Vec<Value> = columns.iter().map(|column| column.value(&scope).into_owned()).collect();
            object.computed.extend(values);
        }
        self.aliases.extend(computations.iter().map(|computation| &computation.alias));
        self.end_join();
        Ok(())
    }

    fn sort(&mut self, name: &Name, order: Order) -> Result<(), SyntaxError> {
        self.end_join();
        let origin = self.resolve(name)?;
        let mut keyed: Vec<(Value, Object<T::Row>)> =
            std::mem::take(&mut self.objects).into_iter().map(|object| (self.read(&origin, &object), object)).collect();
        keyed.sort_by(|(left, _), (right, _)| {
            let ascending = compare(left, right);
            // Rows without a value come last in both directions.
            match order {
                Order::Descending if !left.is_null() && !right.is_null() => ascending.reverse(),
                _ => ascending,
            }
        });
        self.objects = keyed.into_iter().map(|(_, object)| object).collect();
        Ok(())
    }

    fn answer(self, query: &Query) -> Result<Answer, SyntaxError> {
        let columns = query.columns();
        let mut origins = Vec::new();
        for column in &columns {
            origins.push(self.resolve(&Name { text: column.name.as_str().into(), span: column.span })?);
        }
        let row = |object: &Object<T::Row>| origins.iter().map(|origin| self.read(origin, object)).collect();
        Ok(Answer { rows: self.objects.iter().map(row).collect(), columns })
    }

    /// An alias first, then a field of the joined events, then one of the object.
    fn resolve(&self, name: &Name) -> Result<Origin<T::Field>, SyntaxError> {
        if let Some(position) = self.aliases.iter().position(|alias| alias.is(&name.text)) {
            return Ok(Origin::Alias(position));
        }
        let joined = self.joined.as_ref().and_then(|join| self.tables.field(join.found, &join.table.qualify(name)));
        if let Some(field) = joined {
            return Ok(Origin::Event(field));
        }
        match self.tables.field(self.root, &self.table.qualify(name)) {
            Some(field) => Ok(Origin::Object(field)),
            None => Err(SyntaxError::new(name.span, format!("`{}` has no field `{}`", self.table.text, name.text))),
        }
    }

    fn read(&self, origin: &Origin<T::Field>, object: &Object<T::Row>) -> Value {
        let scope = RowScope { tables: self.tables, parameter: self.parameter, object, event: None, events: &[] };
        scope.field(origin).into_owned()
    }
}

impl<T: Tables> Scope<Origin<T::Field>> for RowScope<'_, T> {
    fn field(&self, origin: &Origin<T::Field>) -> Cow<'_, Value> {
        match origin {
            Origin::Event(field) => Cow::Owned(self.event.map_or(Value::Null, |event| self.tables.value(event, field))),
            Origin::Object(field) => Cow::Owned(self.tables.value(self.object.row, field)),
            Origin::Alias(position) => {
                self.object.computed.get(*position).map_or(Cow::Owned(Value::Null), Cow::Borrowed)
            }
        }
    }

    fn parameter(&self, name: &str) -> Value {
        (self.parameter)(name)
    }

    fn call(&self, call: &Call<Origin<T::Field>>) -> Value {
        let value = |target: &Expression<Origin<T::Field>>, event: &T::Row| {
            let scope = RowScope { event: Some(*event), events: &[], ..*self };
            target.value(&scope).into_owned()
        };
        let values = self.events.iter().map(|event| match &call.target {
            Some(target) => value(target, event),
            None => Value::Boolean(true),
        });
        aggregate(&call.function, values)
    }
}

fn range(source: &Source, now: Timestamp) -> Option<TimeRange> {
    source.time.map(|time| TimeRange { from: now.plus(-time.past), to: now.plus(1) })
}

fn unknown_table(table: &Name) -> SyntaxError {
    SyntaxError::new(table.span, format!("there is no table `{}`", table.text))
}

/// Smallest first, what has no value last, and what has no order as it was.
fn compare(left: &Value, right: &Value) -> std::cmp::Ordering {
    use std::cmp::Ordering::{Equal, Greater, Less};
    match (left.is_null(), right.is_null()) {
        (true, true) => Equal,
        (true, false) => Greater,
        (false, true) => Less,
        (false, false) => match (left, right) {
            (Value::Text(left), Value::Text(right)) => lower_case_text(left).cmp(lower_case_text(right)),
            _ if left.compare(Comparison::Less, right) == Truth::True => Less,
            _ if left.compare(Comparison::Greater, right) == Truth::True => Greater,
            _ => Equal,
        },
    }
}

/// Whether the answer has a column of this name; for callers that look for one by its short name.
impl Answer {
    /// The position of the column that is called so, by its full or short name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| ends_with_name(&column.name, name))
    }
}
