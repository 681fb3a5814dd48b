//! What a run waits for, as data: the words for it are the conversation's.

use super::run::{Run, RunState};
use crate::json::{record, words};
use crate::nql::Timestamp;

record! {
    lenient
    /// What a run waits for, and for how long that can be.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Waiting {
        /// For whom or what.
        pub r#for: WaitingFor,
        /// Since when, as far as anybody has looked.
        pub since: Timestamp,
        /// How long the script usually takes, where it is running or is to run at once.
        pub expected_seconds: Option<u32>,
        /// Until when that can be; absent where the script is running.
        pub until: Option<Timestamp>,
    }
}

words! {
    /// What a run can wait for.
    pub enum WaitingFor {
        /// The tenant has taken the request and has not said more.
        Tenant = "tenant",
        /// The device: it is offline, or has not fetched the script yet.
        Device = "device",
        /// The script: it is running.
        Script = "script",
        /// Certainty: the answer to the request was lost, and the tenant is asked whether it has taken it.
        Certainty = "certainty",
    }
}

impl Waiting {
    /// What a run waits for that has just come where it stands; none where it has ended.
    pub(super) fn of(run: &Run, now: Timestamp) -> Option<Self> {
        let (r#for, is_quick) = match run.state {
            _ if run.ended_at.is_some() => return None,
            RunState::Waiting => (WaitingFor::Device, false),
            RunState::Running => (WaitingFor::Script, true),
            RunState::Accepted => (WaitingFor::Tenant, true),
            _ => (WaitingFor::Certainty, false),
        };
        Some(Self {
            r#for,
            since: now,
            expected_seconds: run.expected_seconds.filter(|_| is_quick),
            until: (r#for != WaitingFor::Script).then_some(run.expires_at),
        })
    }
}
