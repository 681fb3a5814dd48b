//! The columns that a query's answer will have.

use super::super::places::Places;
use super::super::shape::object;
use crate::json::words;
use crate::nql::tree::{Grouping, Statement};
use crate::nql::{Column, ColumnKind, Query, Span};

words! {
    /// What a column holds.
    pub enum NqlColumnKind {
        /// A property of the object.
        Field = "field",
        /// An output of a remote action's latest execution.
        RemoteActionOutput = "remote-action-output",
        /// The status of a remote action's latest execution.
        RemoteActionStatus = "remote-action-status",
        /// The time of a remote action's latest execution.
        RemoteActionTime = "remote-action-time",
        /// A count of events: its null means that there was none.
        Count = "count",
        /// Any other computed value.
        Computed = "computed",
        /// Where a stretch of time begins and ends, and how long it is.
        Bucket = "bucket",
    }
}

object! {
    /// A column of a query's answer.
    pub struct NqlColumn {
        /// The name that the API returns: qualified for a field, the alias for a computed column.
        name: String,
        /// What it holds.
        kind: NqlColumnKind,
        /// The NQL ID of the remote action whose output, status or time it holds.
        remote_action_id: Option<Box<str>>,
        /// How far its events go back, in milliseconds, where they end now.
        past_ms: Option<f64>,
        /// Where the query lists, computes or makes it.
        start: usize,
        /// The index after its end.
        end: usize,
    }
}

pub(super) fn columns(query: &Query, places: &Places<'_>) -> Vec<NqlColumn> {
    query.columns().into_iter().map(|column| NqlColumn::of(column, query, places)).collect()
}

impl NqlColumn {
    fn of(column: Column, query: &Query, places: &Places<'_>) -> Self {
        let mut span = column.span;
        let (mut remote_action_id, mut past_ms) = (None, None);
        let kind = match column.kind {
            ColumnKind::Field => NqlColumnKind::Field,
            ColumnKind::RemoteActionOutput(action) => {
                remote_action_id = Some(action);
                NqlColumnKind::RemoteActionOutput
            }
            ColumnKind::RemoteActionStatus(action) => {
                remote_action_id = Some(action);
                NqlColumnKind::RemoteActionStatus
            }
            ColumnKind::RemoteActionTime(action) => {
                remote_action_id = Some(action);
                NqlColumnKind::RemoteActionTime
            }
            ColumnKind::Count => NqlColumnKind::Count,
            ColumnKind::Computed { past } => {
                past_ms = past.map(super::time::exact);
                NqlColumnKind::Computed
            }
            ColumnKind::Bucket => {
                span = period_of(query);
                NqlColumnKind::Bucket
            }
        };
        let (start, end) = places.of(span);
        Self { name: column.name, kind, remote_action_id, past_ms, start, end }
    }
}

/// The statement that groups by a period: no name in the text stands for these columns.
fn period_of(query: &Query) -> Span {
    let groups = |statement: &Statement| {
        matches!(statement, Statement::Summarize(_, groupings)
            if groupings.iter().any(|grouping| matches!(grouping, Grouping::Period(_))))
    };
    query.steps.iter().rev().find(|step| groups(&step.statement)).map_or_else(Span::default, |step| step.span)
}
