//! The events of a table as they come to be known: what a webhook sees of them.

use nexthink_chatbot::nql::TimeRange;

use super::executions::has_ended;
use super::{Row, Table, View};
use crate::collection;

impl View<'_> {
    /// The events of a table that came to be known in a range, each of them once however time is cut into ranges:
    /// executions and responses when they have ended, failures when the device is back, sessions when they begin.
    pub(crate) fn new_events(&self, table: Table, range: TimeRange) -> Vec<Row> {
        match table {
            Table::Executions => {
                let mut rows = Vec::new();
                for (device, one) in self.fleet.devices.iter().enumerate() {
                    for (action, definition) in self.actions.all() {
                        let runs = collection::runs_within(one, (action, definition), range);
                        rows.extend(runs.map(|at| Row::Collected { device, action, at }));
                    }
                }
                let ended = self.executions.list.iter().enumerate().filter(|(_, one)| has_ended(one.status));
                let ended = ended.filter(|(_, one)| range.contains(one.changed_at));
                rows.extend(ended.map(|(position, _)| Row::Triggered(position)));
                rows
            }
            Table::WorkflowExecutions | Table::WorkflowExecutionsOf(_) => {
                let mut rows = self.all_rows(table, range);
                rows.retain(|row| match row {
                    Row::WorkflowExecution(position) => {
                        self.workflows.list().get(*position).is_some_and(|one| one.status.is_final())
                    }
                    _ => false,
                });
                rows
            }
            Table::Responses | Table::ResponsesOf(_) => {
                let mut rows = self.all_rows(table, range);
                rows.retain(|row| self.response(*row).is_some_and(|one| one.state.is_final()));
                rows
            }
            Table::SystemCrashes | Table::HardResets => {
                let mut rows = Vec::new();
                for (device, one) in self.fleet.devices.iter().enumerate() {
                    let failures = one.failures_known_in(range, self.now).filter(|failure| table.tells(*failure));
                    rows.extend(failures.map(|failure| Row::Failure { device, failure }));
                }
                rows
            }
            Table::Sessions => {
                let mut rows = self.all_rows(table, range);
                rows.retain(|row| match row {
                    Row::Session { part, .. } => self.device(*row).is_some_and(|device| device.session_begins(*part)),
                    _ => false,
                });
                rows
            }
            // Other tables of events, also those to come: when they happened.
            table => self.all_rows(table, range),
        }
    }
}
