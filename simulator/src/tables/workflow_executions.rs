//! `workflow.executions` and `workflow.<nql id>.executions`: the triggered workflows, a row for each object.

use nexthink_chatbot::nql::{TimeRange, Value};

use super::fields::{Field, Fields, Of, named, number, optional, text};
use super::{Row, Table, View};
use crate::workflows::{Workflow, WorkflowExecution};

const WORKFLOW_EXECUTION: Fields<Of<WorkflowExecution>> = &[
    ("workflow.name", |row| of_workflow(row, |workflow| text(workflow.name))),
    // Published queries compare it with the ID and its `#`.
    ("workflow.nql_id", |row| of_workflow(row, |workflow| text(&format!("#{}", workflow.id)))),
    ("workflow.execution.request_id", |row| text(&row.request_id)),
    ("workflow.execution.execution_id", |row| text(&row.execution_id)),
    ("workflow.execution.request_time", |row| Value::Time(row.requested_at)),
    ("workflow.execution.time", |row| Value::Time(row.changed_at)),
    ("workflow.execution.status", |row| text(row.status.word())),
    ("workflow.execution.status_details", |row| optional(row.status_details.as_ref())),
    ("workflow.execution.outcome", |row| row.outcome.as_ref().map_or(Value::Null, |outcome| text(outcome.word))),
    ("workflow.execution.outcome_details", |row| optional(row.outcome.as_ref().map(|outcome| &outcome.details))),
    ("workflow.execution.trigger_method", |_| text(WorkflowExecution::TRIGGER_METHOD)),
    ("workflow.execution.number_of_executions", |_| number(1)),
];

pub(super) fn workflow_field(name: &str) -> Option<Field> {
    named(WORKFLOW_EXECUTION, name).map(Field::WorkflowExecution)
}

fn of_workflow(row: &WorkflowExecution, read: impl Fn(&Workflow) -> Value) -> Value {
    Workflow::at(row.workflow).map_or(Value::Null, read)
}

impl View<'_> {
    /// Of the executions at these positions those that belong to the table and the range.
    pub(super) fn triggered_workflows(
        &self,
        table: Table,
        positions: impl Iterator<Item = usize>,
        range: TimeRange,
        rows: &mut Vec<Row>,
    ) {
        let belongs = |position: &usize| {
            self.workflows.list().get(*position).is_some_and(|one| {
                let is_one = matches!(table, Table::WorkflowExecutionsOf(workflow) if workflow == one.workflow);
                (table == Table::WorkflowExecutions || is_one) && range.contains(one.changed_at)
            })
        };
        rows.extend(positions.filter(belongs).map(Row::WorkflowExecution));
    }
}
