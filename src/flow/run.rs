//! A run: what became of one triggered remote action, as a plain value that any process can go on with.

use super::audit::AuditHead;
use super::certainty::Certainty;
use super::device::Device;
use super::diagnose::PlaybookReference;
use super::employee::Employee;
use super::proposal::{Consent, Evidence};
use super::waiting::Waiting;
use crate::api::remote_actions::execute::IF_UNKNOWN;
use crate::json::{Json, record, words};
use crate::nql::{MINUTE, Timestamp};
use crate::playbook::{ConditionPart, MissingFact, Supplier, Verdict};

/// How long after its expiry an execution may still appear.
pub(super) const GRACE_MS: i64 = 15 * MINUTE;

record! {
    lenient
    /// What became of a remote action. Holds no secret.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Run {
        /// The proposal's ID.
        pub id: String,
        /// Where it stands.
        pub state: RunState,
        /// The tenant's ID for the request, once it was accepted.
        pub request_id: Option<String>,
        /// The external reference that was sent with it: the host's own and the proposal's ID.
        pub reference: String,
        /// Who agreed to it.
        pub employee: Employee,
        /// On which device.
        pub device: Device,
        /// The NQL ID of the remote action.
        pub remote_action_id: String,
        /// The remote action's name.
        pub title: String,
        /// The playbook that recommended it.
        pub playbook: Option<PlaybookReference>,
        /// The rule that recommended it.
        pub rule: Option<String>,
        /// What it stood on.
        pub evidence: Evidence,
        /// When it was triggered.
        pub started_at: Timestamp,
        /// When its end was seen.
        pub ended_at: Option<Timestamp>,
        /// When the tenant gives up on a device that stays offline.
        pub expires_at: Timestamp,
        /// How long it usually takes.
        pub expected_seconds: Option<u32>,
        /// The tenant's own words on the status, where it has some.
        pub status_details: Option<String>,
        /// The script's outputs; only of a run that succeeded.
        #[cfg_attr(test, ts(optional, type = "Record<string, JsonValue>"))]
        pub outputs: Option<Json>,
        /// The tenant took the request.
        pub accepted: Certainty,
        /// The script ran to its end.
        pub ran: Certainty,
        /// The finding that it was to mend is gone.
        pub changed: Certainty,
        /// The employee says that it helped.
        pub solved: Certainty,
        /// What the last `verify` saw.
        #[cfg_attr(test, ts(optional, type = "Verification"))]
        pub verification: Option<Json>,
        /// What it waits for, and for how long that can be; absent where it has ended.
        pub waiting: Option<Waiting>,
        /// How far its audit has got, where there is one.
        pub audit: Option<AuditHead>,
    }
}

words! {
    /// Where a run stands. It never goes backwards; `unknown` with `endedAt` is an end.
    pub enum RunState {
        /// It is being sent.
        Pending = "pending",
        /// Nobody knows whether it was accepted, or how it ended.
        Unknown = "unknown",
        /// The tenant has taken the request.
        Accepted = "accepted",
        /// The device has not fetched it yet.
        Waiting = "waiting",
        /// The script is running.
        Running = "running",
        /// The script ended and reports success.
        Succeeded = "succeeded",
        /// The script ended and reports failure, or could not start.
        Failed = "failed",
        /// The device did not come online in time.
        Expired = "expired",
        /// Someone cancelled it.
        Cancelled = "cancelled",
    }
}

record! {
    lenient
    /// A second look at the finding that a run was to mend.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Verification {
        /// When.
        pub verified_at: Timestamp,
        /// What the rule says now; of data as old as it may be.
        pub verdict: Verdict,
        /// The parts of its condition.
        pub because: Vec<ConditionPart>,
        /// The facts that are not known.
        pub missing: Vec<MissingFact>,
        /// The data collections that have to run again before anything can be said.
        pub awaits: Vec<Supplier>,
    }
}

impl RunState {
    /// Whether nothing more will happen.
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Expired | Self::Cancelled)
    }
}

impl Run {
    /// The run as it is before anything was sent.
    pub(super) fn pending(consent: Consent, now: Timestamp, expires_in_ms: i64) -> Self {
        let Consent { id, employee, action, reference, audit, .. } = consent;
        Self {
            id,
            state: RunState::Pending,
            request_id: None,
            reference,
            employee,
            device: action.device,
            remote_action_id: action.remote_action_id,
            title: action.title,
            playbook: action.playbook,
            rule: action.evidence.rule.clone(),
            evidence: action.evidence,
            started_at: now,
            ended_at: None,
            expires_at: now.plus(expires_in_ms),
            expected_seconds: action.expected_seconds,
            status_details: None,
            outputs: None,
            accepted: Certainty::Unknown,
            ran: Certainty::Unknown,
            changed: Certainty::Unknown,
            solved: Certainty::Unknown,
            verification: None,
            waiting: None,
            audit,
        }
    }

    /// The time at which it begins, after all that had to be asked before.
    pub(super) fn begin(&mut self, now: Timestamp, expires_in_ms: i64) {
        self.started_at = now;
        self.expires_at = now.plus(expires_in_ms);
        self.waiting = Waiting::of(self, now);
    }

    /// Moves on to a later state; an earlier one is old news.
    pub(super) fn advance(&mut self, state: RunState, now: Timestamp) {
        if self.ended_at.is_some() || state <= self.state {
            return;
        }
        self.state = state;
        if state >= RunState::Accepted {
            self.accepted = Certainty::Yes;
        }
        if state.is_end() {
            self.ended_at = Some(now);
        }
        self.waiting = Waiting::of(self, now);
    }

    /// Gives up: the time is over in which the tenant could still have said how it ended.
    pub(super) fn give_up(&mut self, now: Timestamp) {
        if self.ended_at.is_none() {
            self.state = RunState::Unknown;
            self.ended_at = Some(now);
            // What went wrong does not say what to do about it.
            let wrong = self.status_details.take();
            self.status_details =
                Some(wrong.map_or_else(|| IF_UNKNOWN.into(), |wrong| format!("{wrong}; {IF_UNKNOWN}")));
            self.waiting = None;
        }
    }

    /// Nothing came of it, and nothing will: the tenant refused the request, and the consent has expired.
    pub(super) fn refused(&mut self, now: Timestamp) {
        self.state = RunState::Failed;
        self.ended_at = Some(now);
        self.accepted = Certainty::No;
        self.ran = Certainty::No;
        self.status_details = Some("the tenant refused the request".into());
        self.waiting = None;
    }

    /// Whether its script has run, or may have.
    pub(super) fn may_have_run(&self) -> bool {
        self.ran != Certainty::No
    }

    /// This run, as the ledger has it, with what someone has learned since: the later state, and every fact that either
    /// knows. The first end stays, and so does whose run it is, on what, and by which request.
    pub(super) fn merged(mut self, learned: Self) -> Self {
        let is_later = (learned.rank(), !self.has_ended()) > (self.rank(), false);
        if is_later {
            self.state = learned.state;
            self.ended_at = learned.ended_at;
            self.status_details = learned.status_details;
            self.outputs = learned.outputs;
            self.waiting = learned.waiting;
        }
        self.request_id = self.request_id.or(learned.request_id);
        for (known, other) in [(&mut self.accepted, learned.accepted), (&mut self.ran, learned.ran)] {
            if *known == Certainty::Unknown {
                *known = other;
            }
        }
        // The employee's word is as good as it is young.
        if learned.solved != Certainty::Unknown {
            self.solved = learned.solved;
        }
        if learned.audit.as_ref().map(|head| head.sequence) > self.audit.as_ref().map(|head| head.sequence) {
            self.audit = learned.audit;
        }
        if verified_at(&learned.verification) > verified_at(&self.verification) {
            self.changed = learned.changed;
            self.verification = learned.verification;
        }
        self
    }

    /// How far it is. That it was given up is further than any state but an end of which the tenant tells.
    fn rank(&self) -> (bool, RunState) {
        let is_end = self.state.is_end();
        let given_up = self.state == RunState::Unknown && self.has_ended();
        (given_up || is_end, if is_end { RunState::Succeeded } else { self.state })
    }

    fn has_ended(&self) -> bool {
        self.ended_at.is_some()
    }

    /// The same run with the employee's word on whether it helped.
    #[must_use]
    pub fn solved(mut self, yes: bool) -> Self {
        self.solved = yes.into();
        self
    }
}

fn verified_at(verification: &Option<Json>) -> Option<Timestamp> {
    verification.as_ref()?.get("verifiedAt").and_then(Json::as_text).and_then(Timestamp::parse)
}
