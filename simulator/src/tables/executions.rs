//! `remote_action.executions`, the triggered and the scheduled ones, and the columns
//! `remote_action.<nql id>.execution.…` that hold what an action's latest execution on a device gave.

use nexthink_chatbot::nql::{Timestamp, Value};

use super::fields::{Field, Fields, named, optional, text};
use super::{Row, View};
use crate::collection;
use crate::json::{Ordered, TimeStyle, cell};
use crate::remote_actions::{Catalogue, Outputs, RemoteAction, Status, Trigger};

/// An execution, whatever started it.
pub(crate) struct ExecutionRow<'a> {
    /// As it was when it was triggered.
    action: &'a RemoteAction,
    /// What the API sent; none where the schedule started it.
    trigger: Option<&'a Trigger>,
    status: Status,
    status_details: Option<String>,
    outputs: Option<Outputs>,
    requested_at: Timestamp,
    time: Timestamp,
}

impl ExecutionRow<'_> {
    /// The output at a position of the action as it is now.
    pub fn output(&self, now: &RemoteAction, position: usize) -> Option<Value> {
        output_of(self.action, self.outputs.as_ref()?, now, position)
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
    ("remote_action.name", |row| text(&row.action.name)),
    ("remote_action.nql_id", |row| text(&row.action.id)),
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
pub(super) fn output(actions: &Catalogue, action: usize, name: &str) -> Option<Field> {
    let name = name.to_ascii_lowercase();
    let output = name.strip_prefix("remote_action.execution.outputs.")?;
    actions.at(action)?.output(output).map(|position| Field::Output { action, position })
}

/// What an execution gave in the output that the action has now at a position: an action that was written anew since may
/// have other outputs, in another order.
fn output_of(then: &RemoteAction, given: &Outputs, now: &RemoteAction, position: usize) -> Option<Value> {
    given.get(then.output(&now.outputs.get(position)?.name)?).cloned()
}

/// Outputs as `remote_action.execution.outputs` holds them: the JSON text of one object.
fn outputs_text(action: &RemoteAction, outputs: &Outputs) -> String {
    let names = action.outputs.iter().map(|output| output.name.as_str());
    let pairs = names.zip(outputs).map(|(name, value)| (name, cell(value, TimeStyle::Utc)));
    serde_json::to_string(&Ordered(pairs.collect())).unwrap_or_default()
}

/// Whether nothing more will become of it.
pub(super) const fn has_ended(status: Status) -> bool {
    !matches!(status, Status::WaitingOnDevice | Status::InProgress)
}

/// `remote_action.<nql id>.execution.status` and the like; the ID with or without `#`.
pub(super) fn latest_field(actions: &Catalogue, name: &str) -> Option<Field> {
    let name = name.to_ascii_lowercase();
    let (id, part) = name.strip_prefix("remote_action.")?.split_once(".execution.")?;
    let action = actions.find(id)?;
    let part = match part {
        "status" => LatestPart::Status,
        "status_details" => LatestPart::StatusDetails,
        "time" => LatestPart::Time,
        part => {
            let output = part.strip_prefix("outputs.")?;
            LatestPart::Output(actions.at(action)?.output(output)?)
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
                    action: &trigger.definition,
                    trigger: Some(trigger),
                    status: one.status,
                    status_details: one.status_details.clone(),
                    outputs: one.outputs.clone(),
                    requested_at: trigger.requested_at,
                    time: one.changed_at,
                })
            }
            Row::Collected { device, action, at } => {
                let action = self.actions.at(action)?;
                let report = collection::report(self.fleet.devices.get(device)?, action, at)?;
                Some(ExecutionRow {
                    action,
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
        let definition = self.actions.at(action)?;
        let on = self.fleet.devices.get(device)?;
        let one = self.executions.latest(action, device);
        let collected = collection::latest(on, (action, definition), self.now);
        if let Some((time, report)) = collected.filter(|(time, _)| one.is_none_or(|one| one.changed_at <= *time)) {
            return match part {
                LatestPart::Output(position) => report.outputs.get(position).cloned(),
                LatestPart::Status => Some(text(report.status.word())),
                LatestPart::StatusDetails => report.status_details.map(text),
                LatestPart::Time => Some(Value::Time(time)),
            };
        }
        let one = one?;
        match part {
            LatestPart::Output(position) => {
                let then = &self.executions.triggers.get(one.trigger)?.definition;
                output_of(then, one.outputs.as_ref()?, definition, position)
            }
            LatestPart::Status => Some(text(one.status.word())),
            LatestPart::StatusDetails => one.status_details.as_deref().map(text),
            LatestPart::Time => Some(Value::Time(one.changed_at)),
        }
    }
}

/// The JSON text of what was sent; nothing where nothing was.
fn inputs(row: &ExecutionRow<'_>) -> Value {
    let Some(trigger) = row.trigger.filter(|trigger| !trigger.params.is_empty()) else { return Value::Null };
    let pairs = trigger.params.iter().map(|(name, value)| (name.clone(), cell(&text(value), TimeStyle::Utc)));
    text(&serde_json::Value::Object(pairs.collect()).to_string())
}
