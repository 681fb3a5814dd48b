//! The lines of a query.

use super::super::shape::{object, variants};
use super::{NqlCondition, NqlExpression, NqlName, NqlPeriod, NqlTime};
use crate::bindings::authoring::places::Places;
use crate::json::words;
use crate::nql::tree::{Computation, Grouping, Order, SortKey, Statement, Step};

variants! {
    /// One line of a query, from its keyword on.
    pub enum NqlStatement {
        /// Keeps the rows for which the condition holds.
        Where = "where" { condition: NqlCondition, start: usize, end: usize },
        /// Keeps the objects that have such events.
        With = "with" { table: NqlName, time: Option<NqlTime>, start: usize, end: usize },
        /// Keeps all objects, with what their events amount to.
        Include = "include" { table: NqlName, time: Option<NqlTime>, start: usize, end: usize },
        /// Adds columns to each object, from its events.
        Compute = "compute" { computations: Vec<NqlComputation>, start: usize, end: usize },
        /// Makes one row of all rows, or of each group of them.
        Summarize = "summarize" { computations: Vec<NqlComputation>, by: Vec<NqlGrouping>, start: usize, end: usize },
        /// Chooses columns.
        List = "list" { columns: Vec<NqlExpression>, start: usize, end: usize },
        /// Sorts the rows.
        Sort = "sort" { keys: Vec<NqlSortKey>, start: usize, end: usize },
        /// Keeps so many rows.
        Limit = "limit" { rows: usize, start: usize, end: usize },
    }
}

object! {
    /// `alias = expression` of a `compute` or `summarize`.
    pub struct NqlComputation {
        /// The name of the new column.
        alias: NqlName,
        /// What it holds.
        expression: NqlExpression,
    }
}

variants! {
    /// What a `summarize` groups by.
    pub enum NqlGrouping {
        /// Rows with the same value of a column.
        Field = "field" { name: NqlName },
        /// Rows of the same stretch of time.
        Period = "period" { period: NqlPeriod },
    }
}

object! {
    /// What a `sort` compares.
    pub struct NqlSortKey {
        /// Mostly a column.
        expression: NqlExpression,
        /// Which end comes first.
        order: NqlOrder,
    }
}

words! {
    /// The direction of a `sort`.
    pub enum NqlOrder {
        /// Smallest first; also where nothing is said.
        Ascending = "ascending",
        /// Largest first.
        Descending = "descending",
    }
}

impl NqlStatement {
    pub(super) fn of(step: &Step, places: &Places<'_>) -> Self {
        let (start, end) = places.of(step.span);
        let computed =
            |computations: &[Computation]| computations.iter().map(|one| NqlComputation::of(one, places)).collect();
        match &step.statement {
            Statement::Where(condition) => Self::Where { condition: NqlCondition::of(condition, places), start, end },
            Statement::With(source) => {
                let (table, time) = (NqlName::of(&source.table, places), source.time.map(NqlTime::of));
                Self::With { table, time, start, end }
            }
            Statement::Include(source) => {
                let (table, time) = (NqlName::of(&source.table, places), source.time.map(NqlTime::of));
                Self::Include { table, time, start, end }
            }
            Statement::Compute(computations) => Self::Compute { computations: computed(computations), start, end },
            Statement::Summarize(computations, groupings) => {
                let by = groupings.iter().map(|grouping| NqlGrouping::of(grouping, places)).collect();
                Self::Summarize { computations: computed(computations), by, start, end }
            }
            Statement::List(columns) => {
                let columns = columns.iter().map(|column| NqlExpression::of(column, places)).collect();
                Self::List { columns, start, end }
            }
            Statement::Sort(keys) => {
                Self::Sort { keys: keys.iter().map(|key| NqlSortKey::of(key, places)).collect(), start, end }
            }
            Statement::Limit(rows) => Self::Limit { rows: *rows, start, end },
        }
    }
}

impl NqlComputation {
    fn of(computation: &Computation, places: &Places<'_>) -> Self {
        Self {
            alias: NqlName::of(&computation.alias, places),
            expression: NqlExpression::of(&computation.expression, places),
        }
    }
}

impl NqlGrouping {
    fn of(grouping: &Grouping, places: &Places<'_>) -> Self {
        match grouping {
            Grouping::Field(name) => Self::Field { name: NqlName::of(name, places) },
            Grouping::Period(period) => Self::Period { period: NqlPeriod::of(*period) },
        }
    }
}

impl NqlSortKey {
    fn of(key: &SortKey, places: &Places<'_>) -> Self {
        let order = match key.order {
            Order::Ascending => NqlOrder::Ascending,
            Order::Descending => NqlOrder::Descending,
        };
        Self { expression: NqlExpression::of(&key.expression, places), order }
    }
}
