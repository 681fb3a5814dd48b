//! What a record of the audit says, and its hash.

use crate::api::problem::{ErrorKind, NexthinkError};
use crate::flow::canonical::canonical;
use crate::flow::certainty::Certainty;
use crate::flow::diagnose::PlaybookReference;
use crate::flow::employee::Employee;
use crate::flow::proposal::{Action, Evidence};
use crate::flow::run::{Run, RunState};
use crate::flow::seal::{Keys, Purpose};
use crate::json::{Json, Map, record, words};
use crate::nql::Timestamp;
use crate::playbook::Risk;

record! {
    lenient
    /// One decision or action. It holds personal data: the employee's identifiers, the device's name, what was measured
    /// on it, and the script's inputs.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AuditRecord {
        /// The proposal's ID: all records of one chain have the same.
        pub id: String,
        /// Its place in the chain, from 0.
        pub sequence: u32,
        /// When.
        pub at: Timestamp,
        /// The tenant: instance and region.
        pub tenant: String,
        /// What happened.
        pub event: AuditEvent,
        /// Who is repaired, and who agreed.
        pub who: Employee,
        /// What is to be done; absent where it could not be told.
        pub what: Option<AuditedAction>,
        /// Why, in words.
        pub why: Option<String>,
        /// The playbook that recommended it, with its version; absent for the employee's own request.
        pub playbook: Option<PlaybookReference>,
        /// What it stands on.
        pub evidence: Option<Evidence>,
        /// What came of it.
        pub outcome: Option<AuditOutcome>,
        /// The hash of the record before; absent in the first.
        pub previous: Option<String>,
        /// The keyed hash of this record, `previous` included.
        pub hash: String,
    }
}

words! {
    /// What is recorded.
    pub enum AuditEvent {
        /// The employee is asked.
        Proposed = "proposed",
        /// A guard rail, an invalid consent or the tenant forbade it. Nothing happened.
        Refused = "refused",
        /// The second person agreed.
        Approved = "approved",
        /// The second person did not agree.
        Denied = "denied",
        /// The request is about to leave.
        Sent = "sent",
        /// The tenant has taken it.
        Accepted = "accepted",
        /// No answer came: nobody knows whether the tenant has taken it.
        Lost = "lost",
        /// The tenant says something new of the run.
        State = "state",
        /// It was looked at again whether it has changed anything.
        Verified = "verified",
        /// The employee said whether it helped.
        Solved = "solved",
        /// Nothing follows.
        Ended = "ended",
    }
}

record! {
    lenient
    /// A remote action on a device, as the audit names it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AuditedAction {
        /// The device's Collector UID.
        pub collector_uid: String,
        /// The device's name.
        pub device_name: String,
        /// The NQL ID of the remote action.
        pub remote_action_id: String,
        /// The script's inputs; in the first record.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub params: Option<Map<String>>,
        /// Whether the employee's work is interrupted; in the first record.
        pub risk: Option<Risk>,
        /// The external reference that the tenant is given.
        pub reference: Option<String>,
    }
}

record! {
    lenient
    /// What came of it: an error, or where the run stands.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct AuditOutcome {
        /// The kind of the error.
        pub error: Option<ErrorKind>,
        /// The error's message, or the tenant's own words on the status.
        pub message: Option<String>,
        /// Where the run stands.
        pub state: Option<RunState>,
        /// The tenant's ID for the request.
        pub request_id: Option<String>,
        /// The tenant took the request.
        pub accepted: Option<Certainty>,
        /// The script ran to its end.
        pub ran: Option<Certainty>,
        /// The finding is gone.
        pub changed: Option<Certainty>,
        /// The employee says that it helped.
        pub solved: Option<Certainty>,
    }
}

record! {
    lenient
    /// Where a chain has got to. It travels with the consent and the run.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct AuditHead {
        /// The place of the last record.
        pub sequence: u32,
        /// Its hash.
        pub hash: String,
        /// Whether it was the end record.
        pub ended: bool,
    }
}

impl AuditedAction {
    pub(in crate::flow) fn proposed(action: &Action, reference: Option<&str>) -> Self {
        Self {
            collector_uid: action.device.collector_uid.clone(),
            device_name: action.device.name.clone(),
            remote_action_id: action.remote_action_id.clone(),
            params: Some(action.params.clone()),
            risk: Some(action.risk),
            reference: reference.map(str::to_owned),
        }
    }

    pub(super) fn of(run: &Run) -> Self {
        Self {
            collector_uid: run.device.collector_uid.clone(),
            device_name: run.device.name.clone(),
            remote_action_id: run.remote_action_id.clone(),
            params: None,
            risk: None,
            reference: Some(run.reference.clone()),
        }
    }
}

impl AuditOutcome {
    pub(in crate::flow) fn failed(error: &NexthinkError) -> Self {
        Self { error: Some(error.kind), message: Some(error.message.to_string()), ..Self::default() }
    }

    pub(super) fn of(run: &Run) -> Self {
        Self {
            error: None,
            message: run.status_details.clone(),
            state: Some(run.state),
            request_id: run.request_id.clone(),
            accepted: Some(run.accepted),
            ran: Some(run.ran),
            changed: Some(run.changed),
            solved: Some(run.solved),
        }
    }
}

/// The hash of a record that has none yet.
pub(super) fn hash_of(keys: &Keys, record: &Json) -> String {
    keys.sign(Purpose::Audit, &canonical(record))
}

/// Whether a record, without its hash, has this hash.
pub(super) fn has_hash(keys: &Keys, record: &Json, hash: &str) -> bool {
    keys.verify(Purpose::Audit, &canonical(record), hash)
}
