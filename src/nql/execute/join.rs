//! `with` and `include`: the events of each object, what is computed from them, and which objects stay.

use super::origin::{Origin, RowScope, Rows};
use super::{Execution, unknown_table};
use crate::nql::predicate::Predicate;
use crate::nql::syntax_error::SyntaxError;
use crate::nql::tables::{Tables, TimeRange};
use crate::nql::tree::{self, Computation, Expression, Name, Span};
use crate::nql::truth::Truth;
use crate::nql::value::Value;

/// A `with` or `include` whose events have not been computed yet. Nothing is looked up before it ends.
pub(super) struct Join<'q, T: Tables> {
    pub name: &'q Name,
    pub table: T::Table,
    pub range: Option<TimeRange>,
    /// What must hold of an event.
    filters: Vec<Predicate<Origin<T>>>,
    /// What holds of all events of an object or of none.
    shared_filters: Vec<Predicate<Origin<T>>>,
    pub keeps_all: bool,
}

impl<'q, T: Tables> Execution<'q, T> {
    pub(super) fn join(&mut self, source: &'q tree::Source, keeps_all: bool) -> Result<(), SyntaxError> {
        self.end_join();
        let name = &source.table;
        if self.summarized {
            return Err(SyntaxError::new(name.span, "after `summarize` there are no objects left to join events to"));
        }
        let table = self.context.tables.table(&name.text).ok_or_else(|| unknown_table(name))?;
        let range = source.time.map(|selection| selection.time_range(self.context.now));
        self.joined = Some(Join { name, table, range, filters: Vec::new(), shared_filters: Vec::new(), keeps_all });
        Ok(())
    }

    /// Drops the objects that a `with` finds no events for.
    pub(super) fn end_join(&mut self) {
        let Some(join) = self.joined.take() else { return };
        if join.keeps_all {
            return;
        }
        let context = self.context;
        let mut events = Vec::new();
        self.records.retain(|record| {
            let scope = RowScope::of_record(context, record);
            join.events(&scope, &mut events);
            !events.is_empty()
        });
    }

    pub(super) fn compute(&mut self, computations: &[Computation]) -> Result<(), SyntaxError> {
        if self.joined.is_none() {
            let span = computations.first().map_or_else(Span::default, |first| first.alias.span);
            return Err(SyntaxError::new(span, "`compute` without `with` or `include` before it"));
        }
        let mut formulas = Vec::new();
        for computation in computations {
            formulas.push(computation.expression.bind(self)?);
        }
        let needs_order = computations.iter().any(|computation| uses_last(&computation.expression));
        let Some(join) = self.joined.take() else { return Ok(()) };
        let context = self.context;
        let time = if needs_order { context.tables.time(join.table) } else { None };
        let mut events = Vec::new();
        self.records.retain_mut(|record| {
            let scope = RowScope::of_record(context, record);
            join.events(&scope, &mut events);
            if events.is_empty() && !join.keeps_all {
                return false;
            }
            if let Some(time) = &time {
                events.sort_by(|left, right| {
                    super::order::compare(&context.tables.value(*left, time), &context.tables.value(*right, time))
                });
            }
            let scope = RowScope { rows: Rows::Events(&events), ..scope };
            let values: Vec<Value> = formulas.iter().map(|formula| formula.value(&scope).into_value()).collect();
            record.values.extend(values);
            true
        });
        self.names.extend(computations.iter().map(|computation| computation.alias.text.to_string()));
        Ok(())
    }
}

impl<T: Tables> Join<'_, T> {
    /// From here on this must hold of an event, too.
    pub(super) fn filter(&mut self, filter: Predicate<Origin<T>>, root: T::Table, tables: &T) {
        if filter.is_shared(root, self.table, tables) { &mut self.shared_filters } else { &mut self.filters }
            .push(filter);
    }

    /// The events of one object, as far as the filters let them through.
    fn events(&self, object: &RowScope<'_, T>, events: &mut Vec<T::Row>) {
        events.clear();
        let Some(row) = object.record.row else { return };
        object.context.tables.events(self.table, row, self.range, events);
        let passes = |event: &T::Row, filters: &[Predicate<Origin<T>>]| {
            let scope = RowScope { event: Some(*event), ..RowScope::of_record(object.context, object.record) };
            filters.iter().all(|filter| filter.truth(&scope) == Truth::True)
        };
        if events.first().is_some_and(|event| !passes(event, &self.shared_filters)) {
            events.clear();
        }
        if !self.filters.is_empty() {
            events.retain(|event| passes(event, &self.filters));
        }
    }
}

impl<T: Tables> Predicate<Origin<T>> {
    /// Whether it holds of all events of an object or of none.
    fn is_shared(&self, root: T::Table, table: T::Table, tables: &T) -> bool {
        let mut shared = true;
        self.truth_of(&mut |part| {
            if let Some(sides) = part.sides() {
                for side in [&sides.left, &sides.right] {
                    side.fields(&mut |origin| {
                        shared &= match origin {
                            Origin::Event(field) => tables.is_shared(root, table, field),
                            Origin::Object(_) | Origin::Made(_) => true,
                            _ => false,
                        };
                    });
                }
            }
            Truth::Unknown
        });
        shared
    }
}

fn uses_last(expression: &Expression) -> bool {
    let mut found = false;
    expression.expressions(&mut |part| {
        if let Expression::Call(call) = part {
            found |= call.function.is("last");
        }
    });
    found
}
