//! What becomes of a remote action that was triggered: it waits for its device, runs, and ends.
//! The clock belongs to the tenant, which asks when the next step is due and lets time advance to it.

use std::collections::BTreeMap;
use std::rc::Rc;

use nexthink_chatbot::nql::{SECOND, Timestamp};

use super::catalogue::Catalogue;
use super::definition::{Inputs, Kind, Outputs, RemoteAction, Script};
use crate::agenda::Agenda;
use crate::collection::FAILED_COLLECTION;
use crate::fleet::{Device, Fleet};

/// How far an execution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    WaitingOnDevice,
    InProgress,
    Success,
    Failure,
    Expired,
    NoScript,
    /// An administrator stopped it before it began.
    Cancelled,
}

impl Status {
    /// The word of the enumeration in NQL. `success` and `failure` are published, the others follow their style.
    pub const fn word(self) -> &'static str {
        match self {
            Self::WaitingOnDevice => "waiting_on_device",
            Self::InProgress => "in_progress",
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Expired => "expired",
            Self::NoScript => "no_script",
            Self::Cancelled => "cancelled",
        }
    }

    const fn is_final(self) -> bool {
        !matches!(self, Self::WaitingOnDevice | Self::InProgress)
    }
}

/// A request that was accepted, for one or more devices.
#[derive(Debug, Clone)]
pub(crate) struct Trigger {
    pub request_id: String,
    /// The action, by its position in the catalogue.
    pub action: usize,
    /// The action as it was when the request was accepted: so it runs, whatever is made of it since.
    pub definition: Rc<RemoteAction>,
    pub params: Inputs,
    pub requested_at: Timestamp,
    pub expires_at: Timestamp,
    pub external_source: Option<String>,
    pub external_reference: Option<String>,
    pub reason: Option<String>,
}

/// One device's part of a trigger.
#[derive(Debug, Clone)]
pub(crate) struct Execution {
    /// The trigger, by its position in `Executions::triggers`.
    pub trigger: usize,
    pub device: usize,
    pub status: Status,
    pub status_details: Option<String>,
    pub outputs: Option<Outputs>,
    /// When the status last changed.
    pub changed_at: Timestamp,
    /// How long the device takes to fetch it.
    fetch_delay: i64,
}

/// All that was triggered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Executions {
    pub triggers: Vec<Trigger>,
    pub list: Vec<Execution>,
    agenda: Agenda,
    by_device: BTreeMap<usize, Vec<usize>>,
}

impl Executions {
    /// Accepts a trigger for devices; `fetch_delay` says how long each takes to fetch it.
    pub fn accept(&mut self, trigger: Trigger, devices: &[usize], fleet: &Fleet, mut fetch_delay: impl FnMut() -> i64) {
        let now = trigger.requested_at;
        let position = self.triggers.len();
        let expires_at = trigger.expires_at;
        self.triggers.push(trigger);
        for &device in devices {
            let fetch_delay = fetch_delay();
            let online = fleet.devices.get(device).is_some_and(|device| device.presence.online_at(now));
            let execution = self.list.len();
            self.list.push(Execution {
                trigger: position,
                device,
                status: Status::WaitingOnDevice,
                status_details: None,
                outputs: None,
                changed_at: now,
                fetch_delay,
            });
            self.by_device.entry(device).or_default().push(execution);
            self.agenda.plan(execution, if online { now.plus(fetch_delay) } else { expires_at });
        }
    }

    /// When the next step is due.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.agenda.next()
    }

    /// Takes the steps that are due up to `now`.
    pub fn advance(&mut self, fleet: &mut Fleet, actions: &Catalogue, now: Timestamp) {
        while let Some(execution) = self.agenda.take(now) {
            self.step(execution, fleet, actions, now);
        }
    }

    /// Stops a request: what has not begun on its device never will. Gives how many executions that are; none where
    /// there is no such request.
    pub fn cancel(&mut self, request_id: &str, now: Timestamp) -> Option<usize> {
        let trigger = self.triggers.iter().position(|trigger| trigger.request_id == request_id)?;
        Some(self.cancel_where(|_, one| one.trigger == trigger, now))
    }

    /// The action at this position is deleted: what has not begun on its device never will.
    pub fn cancel_all_of(&mut self, action: usize, now: Timestamp) {
        self.cancel_where(|trigger, _| trigger.action == action, now);
    }

    fn cancel_where(&mut self, is_meant: impl Fn(&Trigger, &Execution) -> bool, now: Timestamp) -> usize {
        let waits = |one: &Execution| {
            let trigger = self.triggers.get(one.trigger);
            one.status == Status::WaitingOnDevice && trigger.is_some_and(|trigger| is_meant(trigger, one))
        };
        let waiting: Vec<usize> =
            self.list.iter().enumerate().filter(|(_, one)| waits(one)).map(|(position, _)| position).collect();
        for execution in &waiting {
            self.agenda.strike(*execution);
            self.end(*execution, now, Ended::plain(Status::Cancelled));
        }
        waiting.len()
    }

    fn step(&mut self, execution: usize, fleet: &mut Fleet, actions: &Catalogue, now: Timestamp) {
        let Some(one) = self.list.get(execution) else { return };
        let Some(trigger) = self.triggers.get(one.trigger) else { return };
        let Some(device) = fleet.devices.get_mut(one.device) else { return };
        let action = &trigger.definition;
        let expires_at = trigger.expires_at;
        match one.status {
            Status::WaitingOnDevice if now >= expires_at => self.end(execution, now, Ended::plain(Status::Expired)),
            Status::WaitingOnDevice if !device.presence.online_at(now) => self.agenda.plan(execution, expires_at),
            Status::WaitingOnDevice if !action.has_script_for(device.platform) => {
                self.end(execution, now, Ended::plain(Status::NoScript));
            }
            Status::WaitingOnDevice => {
                let seconds = match action.kind {
                    Kind::Remediation { seconds, .. } => seconds,
                    Kind::DataCollection { .. } => 0,
                };
                if let Some(one) = self.list.get_mut(execution) {
                    one.status = Status::InProgress;
                    one.changed_at = now;
                }
                self.agenda.plan(execution, now.plus(seconds * SECOND));
            }
            Status::InProgress => {
                let ended = run_script(action, &trigger.params, device, actions, now);
                self.end(execution, now, ended);
            }
            _ => {}
        }
    }

    /// The device is back: what waits for it is fetched.
    pub fn device_returned(&mut self, device: usize, now: Timestamp) {
        for execution in self.by_device.get(&device).cloned().unwrap_or_default() {
            let waits = |one: &&Execution| one.status == Status::WaitingOnDevice;
            if let Some(delay) = self.list.get(execution).filter(waits).map(|one| one.fetch_delay) {
                self.agenda.plan(execution, now.plus(delay));
            }
        }
    }

    /// The last execution of an action on a device that has ended.
    pub fn latest(&self, action: usize, device: usize) -> Option<&Execution> {
        let of_device = self.by_device.get(&device)?.iter().filter_map(|position| self.list.get(*position));
        let of_action =
            |one: &&Execution| self.triggers.get(one.trigger).is_some_and(|trigger| trigger.action == action);
        of_device.filter(|one| one.status.is_final()).filter(of_action).max_by_key(|one| one.changed_at)
    }

    /// The executions on a device, oldest first.
    pub fn of_device(&self, device: usize) -> &[usize] {
        self.by_device.get(&device).map(Vec::as_slice).unwrap_or_default()
    }

    fn end(&mut self, execution: usize, now: Timestamp, ended: Ended) {
        if let Some(one) = self.list.get_mut(execution) {
            one.status = ended.status;
            one.status_details = ended.details;
            one.outputs = ended.outputs;
            one.changed_at = now;
        }
    }
}

/// How an execution ends.
struct Ended {
    status: Status,
    details: Option<String>,
    outputs: Option<Outputs>,
}

impl Ended {
    const fn plain(status: Status) -> Self {
        Self { status, details: None, outputs: None }
    }
}

/// Runs the script. Success changes what is true on the device at once; what was collected stays as it was.
fn run_script(
    action: &RemoteAction,
    params: &Inputs,
    device: &mut Device,
    actions: &Catalogue,
    now: Timestamp,
) -> Ended {
    let Some(mut facts) = device.facts().cloned() else { return Ended::plain(Status::Failure) };
    let result = match (&action.kind, &facts.remediation_failure) {
        (Kind::Remediation { .. }, Some(details)) => Err(details.to_string()),
        (Kind::Remediation { script: Script::BuiltIn { outputs, run }, .. }, None) => {
            run(&mut facts, params).map(|given| action.ordered(outputs, &given))
        }
        (Kind::Remediation { script: Script::Declared(declared), .. }, None) => {
            declared.run(action, &mut facts, actions)
        }
        (Kind::DataCollection { .. }, _) if facts.failing_collections.contains(action.id.as_str()) => {
            Err(FAILED_COLLECTION.to_owned())
        }
        (Kind::DataCollection { .. }, _) => Ok(action.read(&facts).unwrap_or_else(|| action.no_outputs())),
    };
    match result {
        Ok(outputs) => {
            device.change(now, facts);
            Ended { status: Status::Success, details: None, outputs: Some(outputs) }
        }
        Err(details) => Ended { status: Status::Failure, details: Some(details), outputs: Some(action.no_outputs()) },
    }
}
