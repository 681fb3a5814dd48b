//! `remote_action.executions`, the triggered and the scheduled ones, and the columns
//! `remote_action.<nql id>.execution.…` that hold what an action's latest execution on a device gave.

use nexthink_chatbot::nql::{Timestamp, Value};

use super::fields::{Field, Fields, named, optional, text};
use super::{Row, View};
use crate::collection;
use crate::json::{TimeStyle, cell};
use crate::remote_actions::{Outputs, RemoteAction, Status, Trigger, find, outputs_text};

/// An execution, whatever started it.
pub(crate) struct ExecutionRow<'a> {
    action: &'static RemoteAction,
    /// What the API sent; none where the schedule started it.
    trigger: Option<&'a Trigger>,
    status: Status,
    status_details: Option<String>,
    outputs: Option<Outputs>,
    requested_at: Timestamp,
    time: Timestamp,
}

impl ExecutionRow<'_> {
    /// The output at a position, where there is one.
    pub fn output(&self, position: usize) -> Option<Value> {
        self.outputs.as_ref()?.get(position).cloned()
    }
}

/// A part of an action's latest execution on a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LatestPart {
    /// The output at this position.
    Output(usize),
    Status,
    StatusDetails,
    Time,
}

const EXECUTION: Fields<fn(&ExecutionRow<'_>) -> Value> = &[
    ("remote_action.name", |row| text(row.action.name)),
    ("remote_action.nql_id", |row| text(row.action.id)),
    ("remote_action.execution.request_id", |row| optional(row.trigger.map(|trigger| &trigger.request_id))),
    ("remote_action.execution.request_time", |row| Value::Time(row.requested_at)),
    ("remote_action.execution.time", |row| Value::Time(row.time)),
    ("remote_action.execution.status", |row| text(row.status.word())),
    ("remote_action.execution.status_details", |row| optional(row.status_details.as_ref())),
    ("remote_action.execution.outputs", |row| {
        row.outputs.as_ref().map_or(Value::Null, |outputs| text(&outputs_text(row.action, outputs)))
    }),
    ("remote_action.execution.inputs", inputs),
    ("remote_action.execution.purpose", |row| text(row.action.purpose())),
    ("remote_action.execution.trigger_method", |row| text(if row.trigger.is_some() { "api" } else { "schedule" })),
    ("remote_action.execution.number_of_executions", |_| Value::Number(1.0)),
    ("remote_action.execution.external_reference", |row| {
        optional(row.trigger.and_then(|trigger| trigger.external_reference.as_ref()))
    }),
    ("remote_action.execution.external_source", |row| {
        optional(row.trigger.and_then(|trigger| trigger.external_source.as_ref()))
    }),
    ("remote_action.execution.reason", |row| optional(row.trigger.and_then(|trigger| trigger.reason.as_ref()))),
];

pub(super) fn execution_field(name: &str) -> Option<Field> {
    named(EXECUTION, name).map(Field::Execution)
}

/// An output of the one action that a table is of.
pub(super) fn output(action: usize, name: &str) -> Option<Field> {
    let name = name.to_ascii_lowercase();
    let output = name.strip_prefix("remote_action.execution.outputs.")?;
    let outputs = RemoteAction::at(action)?.outputs;
    outputs.iter().position(|known| known.eq_ignore_ascii_case(output)).map(Field::Output)
}

/// Whether nothing more will become of it.
pub(super) const fn has_ended(status: Status) -> bool {
    !matches!(status, Status::WaitingOnDevice | Status::InProgress)
}

/// `remote_action.<nql id>.execution.status` and the like; the ID with or without `#`.
pub(super) fn latest_field(name: &str) -> Option<Field> {
    let name = name.to_ascii_lowercase();
    let (id, part) = name.strip_prefix("remote_action.")?.split_once(".execution.")?;
    let action = find(id)?;
    let part = match part {
        "status" => LatestPart::Status,
        "status_details" => LatestPart::StatusDetails,
        "time" => LatestPart::Time,
        part => {
            let output = part.strip_prefix("outputs.")?;
            let outputs = RemoteAction::at(action)?.outputs;
            LatestPart::Output(outputs.iter().position(|known| known.eq_ignore_ascii_case(output))?)
        }
    };
    Some(Field::Latest { action, part })
}

impl View<'_> {
    /// The action that an execution is of, by its position in the catalogue.
    pub(super) fn action_of(&self, row: Row) -> Option<usize> {
        match row {
            Row::Triggered(position) => {
                let one = self.executions.list.get(position)?;
                self.executions.triggers.get(one.trigger).map(|trigger| trigger.action)
            }
            Row::Collected { action, .. } => Some(action),
            _ => None,
        }
    }

    pub(super) fn execution(&self, row: Row) -> Option<ExecutionRow<'_>> {
        match row {
            Row::Triggered(position) => {
                let one = self.executions.list.get(position)?;
                let trigger = self.executions.triggers.get(one.trigger)?;
                Some(ExecutionRow {
                    action: RemoteAction::at(trigger.action)?,
                    trigger: Some(trigger),
                    status: one.status,
                    status_details: one.status_details.clone(),
                    outputs: one.outputs.clone(),
                    requested_at: trigger.requested_at,
                    time: one.changed_at,
                })
            }
            Row::Collected { device, action, at } => {
                let report = collection::report(self.fleet.devices.get(device)?, action, at)?;
                Some(ExecutionRow {
                    action: RemoteAction::at(action)?,
                    trigger: None,
                    status: report.status,
                    status_details: report.status_details.map(str::to_owned),
                    outputs: Some(report.outputs),
                    requested_at: at,
                    time: at,
                })
            }
            _ => None,
        }
    }

    /// A part of what an action's latest execution on a device gave, whatever started it.
    pub(super) fn latest(&self, device: usize, action: usize, part: LatestPart) -> Option<Value> {
        if let Some((time, report)) = collection::latest(self.fleet.devices.get(device)?, action, self.now) {
            let details = report.status_details.map(str::to_owned);
            return part.of(time, report.status, details, Some(&report.outputs));
        }
        let one = self.executions.latest(action, device)?;
        part.of(one.changed_at, one.status, one.status_details.clone(), one.outputs.as_ref())
    }
}

impl LatestPart {
    fn of(self, time: Timestamp, status: Status, details: Option<String>, outputs: Option<&Outputs>) -> Option<Value> {
        match self {
            Self::Output(position) => outputs?.get(position).cloned(),
            Self::Status => Some(text(status.word())),
            Self::StatusDetails => details.as_deref().map(text),
            Self::Time => Some(Value::Time(time)),
        }
    }
}

/// The JSON text of what was sent; nothing where nothing was.
fn inputs(row: &ExecutionRow<'_>) -> Value {
    let Some(trigger) = row.trigger.filter(|trigger| !trigger.params.is_empty()) else { return Value::Null };
    let pairs = trigger.params.iter().map(|(name, value)| (name.clone(), cell(&text(value), TimeStyle::Utc)));
    text(&serde_json::Value::Object(pairs.collect()).to_string())
}
