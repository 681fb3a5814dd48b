//! What becomes of a workflow that was triggered: it is requested, works, waits where it waits for an event, acts, and
//! ends. The clock belongs to the tenant, which asks when the next step is due and lets time advance to it.

use std::collections::BTreeMap;

use nexthink_chatbot::nql::{DAY, MINUTE, SECOND, Timestamp};

use super::definition::{Acts, Outcome, Parameters, Workflow};
use crate::agenda::Agenda;
use crate::fleet::Fleet;

/// How long after a request the work begins.
const STARTS_AFTER: i64 = 2 * SECOND;

/// How long what a workflow does on a device waits for an offline one.
const DEVICE_EXPIRY: i64 = DAY;

/// How far an execution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WorkflowStatus {
    Requested,
    InProgress,
    WaitingForEvent,
    Success,
    Failure,
    Expired,
}

impl WorkflowStatus {
    /// The word of the enumeration in NQL. `failure` is published, the others follow its style.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::InProgress => "in_progress",
            Self::WaitingForEvent => "waiting_for_event",
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Expired => "expired",
        }
    }

    /// Whether nothing more will become of it.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Success | Self::Failure | Self::Expired)
    }
}

/// What one execution is for, by positions in the fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Target {
    pub device: Option<usize>,
    pub user: Option<usize>,
}

/// A request that was accepted.
#[derive(Debug, Clone)]
pub(crate) struct WorkflowTrigger {
    /// The workflow, by its position in the catalogue.
    pub workflow: usize,
    pub request_id: String,
    pub parameters: Parameters,
    pub requested_at: Timestamp,
}

/// One object's part of a request: a row of `workflow.executions`.
#[derive(Debug, Clone)]
pub(crate) struct WorkflowExecution {
    /// The workflow, by its position in the catalogue.
    pub workflow: usize,
    pub request_id: String,
    pub execution_id: String,
    pub target: Target,
    pub requested_at: Timestamp,
    /// When the status last changed.
    pub changed_at: Timestamp,
    pub status: WorkflowStatus,
    pub status_details: Option<String>,
    pub outcome: Option<Outcome>,
    parameters: Parameters,
    /// Whether the event for which it waits has come.
    event_came: bool,
    /// When it is given up, while it waits for an event or for its device.
    expires_at: Option<Timestamp>,
}

impl WorkflowExecution {
    /// How it was started: `api` is the only way to start one here.
    pub const TRIGGER_METHOD: &'static str = "api";
}

/// Why an event could not reach an execution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TriggerMistake {
    NoSuchExecution,
    NotWaiting,
    /// What the event says is not what the workflow waits for.
    Parameters(String),
}

/// All that was triggered, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct WorkflowExecutions {
    list: Vec<WorkflowExecution>,
    agenda: Agenda,
    by_id: BTreeMap<String, usize>,
    by_device: BTreeMap<usize, Vec<usize>>,
    by_user: BTreeMap<usize, Vec<usize>>,
}

impl WorkflowExecutions {
    /// The executions, oldest first.
    pub fn list(&self) -> &[WorkflowExecution] {
        &self.list
    }

    /// The positions of those on a device, oldest first.
    pub fn of_device(&self, device: usize) -> &[usize] {
        self.by_device.get(&device).map(Vec::as_slice).unwrap_or_default()
    }

    /// The positions of those for an employee, oldest first.
    pub fn of_user(&self, user: usize) -> &[usize] {
        self.by_user.get(&user).map(Vec::as_slice).unwrap_or_default()
    }

    /// Accepts a request, with an execution ID for each target.
    pub fn accept(&mut self, trigger: &WorkflowTrigger, targets: impl IntoIterator<Item = (String, Target)>) {
        for (execution_id, target) in targets {
            let position = self.list.len();
            self.by_id.insert(execution_id.clone(), position);
            if let Some(device) = target.device {
                self.by_device.entry(device).or_default().push(position);
            }
            if let Some(user) = target.user {
                self.by_user.entry(user).or_default().push(position);
            }
            self.list.push(WorkflowExecution {
                workflow: trigger.workflow,
                request_id: trigger.request_id.clone(),
                execution_id,
                target,
                requested_at: trigger.requested_at,
                changed_at: trigger.requested_at,
                status: WorkflowStatus::Requested,
                status_details: None,
                outcome: None,
                parameters: trigger.parameters.clone(),
                event_came: false,
                expires_at: None,
            });
            self.agenda.plan(position, trigger.requested_at.plus(STARTS_AFTER));
        }
    }

    /// Lets the event come for which an execution of this workflow waits. Gives the request ID.
    pub fn trigger(
        &mut self,
        workflow: usize,
        execution_id: &str,
        parameters: Parameters,
        now: Timestamp,
    ) -> Result<String, TriggerMistake> {
        let position = *self.by_id.get(&execution_id.to_ascii_lowercase()).ok_or(TriggerMistake::NoSuchExecution)?;
        let execution = self.list.get_mut(position).filter(|one| one.workflow == workflow);
        let execution = execution.ok_or(TriggerMistake::NoSuchExecution)?;
        let wait = Workflow::at(workflow).and_then(|workflow| workflow.waits.as_ref());
        let Some(wait) = wait.filter(|_| execution.status == WorkflowStatus::WaitingForEvent) else {
            return Err(TriggerMistake::NotWaiting);
        };
        if let Some(name) = parameters.keys().find(|name| !wait.parameters.contains(&name.as_str())) {
            return Err(TriggerMistake::Parameters(format!("The workflow does not wait for '{name}'")));
        }
        if let Some(name) = wait.parameters.iter().find(|name| !parameters.contains_key(**name)) {
            return Err(TriggerMistake::Parameters(format!("The workflow waits for '{name}'")));
        }
        execution.parameters.extend(parameters);
        execution.event_came = true;
        execution.expires_at = None;
        execution.status = WorkflowStatus::InProgress;
        execution.changed_at = now;
        self.agenda.plan(position, now.plus(STARTS_AFTER));
        Ok(execution.request_id.clone())
    }

    /// When the next step is due.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.agenda.next()
    }

    /// Takes the steps that are due up to `now`.
    pub fn advance(&mut self, fleet: &mut Fleet, now: Timestamp) {
        while let Some(position) = self.agenda.take(now) {
            self.step(position, fleet, now);
        }
    }

    /// The device is back: what waits for it goes on.
    pub fn device_returned(&mut self, device: usize, now: Timestamp) {
        for (position, execution) in self.list.iter().enumerate() {
            let waits = execution.status == WorkflowStatus::InProgress && execution.expires_at.is_some();
            if waits && execution.target.device == Some(device) {
                self.agenda.plan(position, now.plus(STARTS_AFTER));
            }
        }
    }

    fn step(&mut self, position: usize, fleet: &mut Fleet, now: Timestamp) {
        let Some(execution) = self.list.get_mut(position) else { return };
        let Some(workflow) = Workflow::at(execution.workflow) else { return };
        match (execution.status, &workflow.waits) {
            (WorkflowStatus::Requested, _) => {
                execution.enter(WorkflowStatus::InProgress, now);
                self.agenda.plan(position, now.plus(workflow.seconds * SECOND));
            }
            (WorkflowStatus::InProgress, Some(wait)) if !execution.event_came => {
                execution.enter(WorkflowStatus::WaitingForEvent, now);
                self.agenda.plan(position, now.plus(wait.minutes * MINUTE));
            }
            (WorkflowStatus::WaitingForEvent, _) => {
                execution.expire("No event came in time", now);
            }
            (WorkflowStatus::InProgress, _) => {
                if let Some(again_at) = execution.act(workflow, fleet, now) {
                    self.agenda.plan(position, again_at);
                }
            }
            _ => {}
        }
    }
}

impl WorkflowExecution {
    fn enter(&mut self, status: WorkflowStatus, now: Timestamp) {
        self.status = status;
        self.changed_at = now;
    }

    fn expire(&mut self, details: &str, now: Timestamp) {
        self.enter(WorkflowStatus::Expired, now);
        self.status_details = Some(details.to_owned());
    }

    /// Does what the workflow is there for, and ends. Where the device is offline, gives the time until which it
    /// waits.
    fn act(&mut self, workflow: &Workflow, fleet: &mut Fleet, now: Timestamp) -> Option<Timestamp> {
        let ended = match workflow.acts {
            Acts::Elsewhere(run) => Ok(run(&self.parameters)),
            Acts::OnDevice(run) => {
                let device = fleet.devices.get_mut(self.target.device?)?;
                if !device.presence.online_at(now) {
                    let expires_at = *self.expires_at.get_or_insert_with(|| now.plus(DEVICE_EXPIRY));
                    if now < expires_at {
                        return Some(expires_at);
                    }
                    self.expire("The device did not come online in time", now);
                    return None;
                }
                let mut facts = device.facts().cloned()?;
                let ended = match &facts.remediation_failure {
                    Some(details) => Err(details.to_string()),
                    None => run(&mut facts, &self.parameters),
                };
                if ended.is_ok() {
                    device.change(now, facts);
                }
                ended
            }
        };
        match ended {
            Ok(outcome) => {
                self.enter(WorkflowStatus::Success, now);
                self.outcome = Some(outcome);
            }
            Err(details) => {
                self.enter(WorkflowStatus::Failure, now);
                self.status_details = Some(details);
            }
        }
        None
    }
}
