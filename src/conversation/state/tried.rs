//! A run as the state keeps it: the ledger gives the rest back.

use super::{State, bounded};
use crate::flow::{AuditHead, Certainty, Device, Evidence, PlaybookReference, Run, RunState, Waiting};
use crate::json::{Json, record};
use crate::nql::Timestamp;

record! {
    lenient
    /// A run without what the ledger knows of it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Tried {
        /// As in `Run`, as all that follows.
        pub id: String,
        /// Where it stands.
        pub state: RunState,
        /// The tenant's ID for the request.
        pub request_id: Option<String>,
        /// The device's Collector UID.
        pub collector_uid: String,
        /// The device's name.
        pub device: String,
        /// The NQL ID of the remote action.
        pub remote_action_id: String,
        /// The remote action's name.
        pub title: String,
        /// The playbook that recommended it.
        pub playbook: Option<PlaybookReference>,
        /// The rule that recommended it.
        pub rule: Option<String>,
        /// Why.
        pub reason: Option<String>,
        /// When it was triggered.
        pub started_at: Timestamp,
        /// When its end was seen.
        pub ended_at: Option<Timestamp>,
        /// When the tenant gives up on a device that stays offline.
        pub expires_at: Option<Timestamp>,
        /// How long it usually takes.
        pub expected_seconds: Option<u32>,
        /// The tenant's words on its status.
        pub status_details: Option<String>,
        /// The tenant took the request.
        pub accepted: Certainty,
        /// The script ran to its end.
        pub ran: Certainty,
        /// The finding that it was to mend is gone.
        pub changed: Certainty,
        /// The employee says that it helped.
        pub solved: Certainty,
        /// What it waits for.
        pub waiting: Option<Waiting>,
        /// How far its audit has got.
        pub audit: Option<AuditHead>,
    }
}

impl Tried {
    pub(super) fn of(run: Run) -> Self {
        Self {
            id: run.id,
            state: run.state,
            request_id: run.request_id,
            collector_uid: run.device.collector_uid,
            device: run.device.name,
            remote_action_id: run.remote_action_id,
            title: run.title,
            playbook: run.playbook,
            rule: run.rule,
            reason: Some(bounded(&run.evidence.reason, 160)),
            started_at: run.started_at,
            ended_at: run.ended_at,
            expires_at: Some(run.expires_at),
            expected_seconds: run.expected_seconds,
            status_details: run.status_details.map(|details| bounded(&details, 200)),
            accepted: run.accepted,
            ran: run.ran,
            changed: run.changed,
            solved: run.solved,
            waiting: run.waiting,
            audit: run.audit,
        }
    }

    /// Leaves out what is needed only as long as it is the last one; the ledger knows it.
    pub(super) fn slim(&mut self) {
        (self.request_id, self.waiting, self.audit, self.expected_seconds) = (None, None, None, None);
        (self.reason, self.status_details, self.expires_at, self.playbook) = (None, None, None, None);
    }

    /// The run, as far as it is known here.
    pub(super) fn run(&self, state: &State) -> Run {
        // What `propose` sends as the reference.
        let reference = match state.reference.as_ref().filter(|reference| !reference.is_empty()) {
            Some(reference) => [reference, "#", &self.id].concat(),
            None => self.id.clone(),
        };
        let known = state.device.as_ref().filter(|device| device.collector_uid == self.collector_uid);
        let device = known.cloned().unwrap_or_else(|| bare(self.collector_uid.clone(), self.device.clone()));
        let run = self.clone();
        Run {
            id: run.id,
            state: run.state,
            request_id: run.request_id,
            reference,
            employee: state.employee.clone(),
            device,
            remote_action_id: run.remote_action_id,
            title: run.title,
            playbook: run.playbook,
            evidence: Evidence {
                rule: run.rule.clone(),
                reason: run.reason.unwrap_or_default(),
                because: Json::List(Vec::new()),
            },
            rule: run.rule,
            started_at: run.started_at,
            ended_at: run.ended_at,
            expires_at: run.expires_at.unwrap_or(run.started_at),
            expected_seconds: run.expected_seconds,
            status_details: run.status_details,
            outputs: None,
            accepted: run.accepted,
            ran: run.ran,
            changed: run.changed,
            solved: run.solved,
            verification: None,
            waiting: run.waiting,
            audit: run.audit,
        }
    }
}

/// A device of which no more is known than which one it is.
pub(super) fn bare(collector_uid: String, name: String) -> Device {
    Device {
        collector_uid,
        name,
        platform: None,
        operating_system: None,
        r#type: None,
        manufacturer: None,
        last_seen: None,
        identified_by: None,
        identified_at: None,
        source: None,
        proof: None,
    }
}
