//! What a run waits for, as data: the words for it are the conversation's.

use super::run::{Run, RunState};
use crate::json::{record, words};
use crate::nql::{SECOND, Timestamp};

record! {
    lenient
    /// What a run waits for, and for how long that can be.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Waiting {
        /// For whom or what.
        pub r#for: WaitingFor,
        /// Since when, as far as anybody has looked.
        pub since: Timestamp,
        /// How much longer it usually takes, where the script is running or is to run at once; 0 where it takes longer
        /// than usual.
        pub seconds_left: Option<u32>,
        /// Until when the tenant waits for the device.
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

impl Run {
    /// Writes down what the run waits for now; nothing where it has ended.
    pub(super) fn waits(&mut self, now: Timestamp) {
        self.waiting = if self.ended_at.is_some() { None } else { Some(self.waiting_at(now)) };
    }

    fn waiting_at(&self, now: Timestamp) -> Waiting {
        let (r#for, is_quick) = match self.state {
            RunState::Waiting => (WaitingFor::Device, false),
            RunState::Running => (WaitingFor::Script, true),
            RunState::Accepted => (WaitingFor::Tenant, true),
            _ => (WaitingFor::Certainty, false),
        };
        let before = self.waiting.as_ref().filter(|before| before.r#for == r#for);
        let since = before.map_or(now, |before| before.since);
        let passed = u32::try_from(now.since(since) / SECOND).unwrap_or_default();
        Waiting {
            r#for,
            since,
            seconds_left: self.expected_seconds.map(|expected| expected.saturating_sub(passed)).filter(|_| is_quick),
            until: (r#for != WaitingFor::Script).then_some(self.expires_at),
        }
    }
}
