//! Where a conversation stands, as a value that any process can go on with. It is kept small: a platform carries it in
//! a card. No diagnosis is in it and nothing of a run that the ledger can give back.

mod tried;

pub use tried::Tried;
use tried::bare;

use crate::api::problem::{ErrorKind, NexthinkError};
use crate::flow::{Device, Employee, Proposal, Run};
use crate::json::{Json, Write, record, words};
use crate::nql::Timestamp;
use crate::playbook::Risk;

/// The version of the state's form that this package writes.
const VERSION: u32 = 1;

/// How many bytes of JSON a state may be: with its seal, it stays below 4 KB.
const LARGEST: usize = 3_950;

record! {
    lenient
    /// The state between two turns. Versioned: the next version of the package reads it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct State {
        /// The version of its form.
        pub version: u32,
        /// What is going on.
        pub phase: Phase,
        /// The number of the present question: its choices carry it.
        pub question: u32,
        /// Who is there.
        pub employee: Employee,
        /// The host's own ticket or case.
        pub reference: Option<String>,
        /// What the employee says is wrong.
        pub symptoms: Option<String>,
        /// The playbooks among which they are asked to choose.
        pub candidates: Option<Vec<String>>,
        /// The playbook.
        pub playbook: Option<String>,
        /// How far it is found out which device it is about.
        pub choosing: Option<Choosing>,
        /// The device.
        pub device: Option<Device>,
        /// When data was collected from it, as `collectionTimes` has told.
        pub collected: Option<Json>,
        /// When that was asked for.
        pub collected_at: Option<Timestamp>,
        /// How often that was asked for since the last question to the employee; absent for never.
        pub collections: Option<u32>,
        /// Whether the findings have been told.
        pub explained: bool,
        /// The rules whose recommendation the employee does not want, or has followed without success.
        pub declined: Vec<String>,
        /// What is recommended at present.
        pub offer: Option<Offer>,
        /// What was triggered, the last one at the end.
        pub runs: Vec<Tried>,
        /// Whether the employee has been told that the last run waits for the device.
        pub told_to_wait: bool,
        /// How many calls in a row came to nothing.
        pub failures: u32,
        /// What is tried again after a failure.
        pub again: Option<Phase>,
    }
}

words! {
    /// What is going on.
    pub enum Phase {
        /// The employee is asked what is wrong.
        Symptom = "symptom",
        /// Their devices are looked up.
        Identify = "identify",
        /// There are none.
        NoDevice = "no-device",
        /// They are asked which device it is about.
        Device = "device",
        /// The device is diagnosed.
        Diagnose = "diagnose",
        /// They are given advice.
        Advice = "advice",
        /// They are asked to agree.
        Consent = "consent",
        /// They are asked a second time: it interrupts their work.
        Confirm = "confirm",
        /// The remote action is triggered.
        Remediate = "remediate",
        /// The remote action cannot be triggered now.
        NotNow = "not-now",
        /// The remote action is under way.
        Progress = "progress",
        /// It is looked at whether it has changed anything.
        Verify = "verify",
        /// They are asked whether it helped.
        Helped = "helped",
        /// They are asked whether the service desk is to go on.
        HandOver = "hand-over",
        /// What the service desk is to know is gathered.
        HandingOver = "handing-over",
        /// A call has failed.
        Trouble = "trouble",
        /// It helped.
        Solved = "solved",
        /// The service desk goes on.
        Escalated = "escalated",
        /// The employee has ended it.
        Ended = "ended",
    }
}

record! {
    lenient
    /// How far it is found out which device it is about.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Choosing {
        /// Which of the employee's identifiers is tried.
        pub identifier: u32,
        /// Whether the employee wants another device than the one before.
        pub switching: bool,
        /// The devices that are offered.
        pub devices: Vec<Device>,
        /// How many come before those.
        pub passed: u32,
        /// How many there are in all.
        pub total: u32,
    }
}

record! {
    lenient
    /// A recommendation that the employee is asked about.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Offer {
        /// The rule that recommends it.
        pub rule: String,
        /// The remote action's name, or the advice.
        pub title: String,
        /// Why.
        pub reason: Option<String>,
        /// What it does.
        pub description: Option<String>,
        /// Whether the employee's work is interrupted.
        pub risk: Risk,
        /// How long it usually takes.
        pub expected_seconds: Option<u32>,
        /// What `remediate` takes; absent for advice, and where it has to be proposed anew.
        pub token: Option<String>,
        /// Until when the employee can agree.
        pub expires_at: Option<Timestamp>,
        /// To which question they have said yes: the number of the present one, as long as it is being triggered.
        pub agreed: Option<u32>,
        /// Whether it is known that nothing was sent upon their yes yet.
        pub is_unsent: Option<bool>,
    }
}

impl Phase {
    /// Whether there is something to do that no answer of the employee's is needed for.
    pub const fn is_work(self) -> bool {
        matches!(
            self,
            Self::Identify | Self::Diagnose | Self::Remediate | Self::Progress | Self::Verify | Self::HandingOver
        )
    }

    /// Whether the conversation is over.
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Solved | Self::Escalated | Self::Ended)
    }
}

impl State {
    /// A conversation of which nothing is known but who is there.
    pub fn new(employee: Employee, reference: Option<String>) -> Self {
        Self {
            version: VERSION,
            phase: Phase::Symptom,
            question: 0,
            employee,
            reference,
            symptoms: None,
            candidates: None,
            playbook: None,
            choosing: None,
            device: None,
            collected: None,
            collected_at: None,
            collections: None,
            explained: false,
            declined: Vec::new(),
            offer: None,
            runs: Vec::new(),
            told_to_wait: false,
            failures: 0,
            again: None,
        }
    }

    /// # Errors
    /// `invalid` for the state of a later version than this package knows.
    pub fn check(&self) -> Result<(), NexthinkError> {
        if self.version == VERSION {
            return Ok(());
        }
        Err(NexthinkError::new(
            ErrorKind::Invalid,
            "the `state` of the conversation is of a form that is not known here",
        )
        .hint("go on with the version of this package that has made it, or a later one, or start anew"))
    }

    /// Leaves out what would make it too large, the least needed first. What was left out is asked for again when it is
    /// needed: when data was collected, and the rest of the device with its proof.
    pub(super) fn shrink(&mut self) {
        let steps: [fn(&mut Self); 9] = [
            |state| state.collected = None,
            |state| state.runs.iter_mut().filter(|run| run.ended_at.is_some()).for_each(Tried::slim),
            |state| state.device = state.device.take().map(|device| bare(device.collector_uid, device.name)),
            |state| state.symptoms = state.symptoms.take().map(|symptoms| bounded(&symptoms, 120)),
            |state| {
                if let Some(offer) = &mut state.offer {
                    offer.description = None;
                    offer.reason = offer.reason.take().map(|reason| bounded(&reason, 80));
                }
            },
            |state| state.forget_runs(2),
            |state| state.forget_runs(1),
            |state| state.declined.truncate(20),
            |state| state.choosing().devices.truncate(1),
        ];
        for step in steps {
            if self.write().to_text().len() <= LARGEST {
                return;
            }
            step(self);
        }
    }

    /// Forgets all but the last few runs, and not that their rules were tried.
    fn forget_runs(&mut self, kept: usize) {
        let too_many = self.runs.len().saturating_sub(kept);
        let forgotten = self.runs.drain(..too_many).filter_map(|run| run.rule);
        self.declined.extend(forgotten);
    }

    /// How far it is found out which device it is about.
    pub(super) fn choosing(&mut self) -> &mut Choosing {
        self.choosing.get_or_insert_default()
    }

    /// The devices that are offered.
    pub(super) fn offered(&self) -> &[Device] {
        self.choosing.as_ref().map(|choosing| choosing.devices.as_slice()).unwrap_or_default()
    }

    /// The run that is under way.
    pub fn under_way(&self) -> Option<&Tried> {
        self.runs.last().filter(|run| run.ended_at.is_none())
    }

    /// The runs, as far as they are known here.
    pub fn runs(&self) -> Vec<Run> {
        self.runs.iter().map(|run| run.run(self)).collect()
    }

    /// The last run.
    pub fn last_run(&self) -> Option<Run> {
        self.runs.last().map(|run| run.run(self))
    }

    /// Keeps a run; of those before it, only what a report needs.
    pub fn keep(&mut self, run: Run) {
        let kept = Tried::of(run);
        match self.runs.iter_mut().find(|known| known.id == kept.id) {
            Some(known) => *known = kept,
            None => {
                for known in &mut self.runs {
                    known.slim();
                }
                self.told_to_wait = false;
                self.runs.push(kept);
            }
        }
    }
}

impl Offer {
    /// Takes over what is proposed.
    pub fn proposed(&mut self, proposal: Proposal) {
        self.title = proposal.title;
        self.risk = proposal.risk;
        self.expected_seconds = proposal.expected_seconds;
        self.token = Some(proposal.token);
        self.expires_at = Some(proposal.expires_at);
        (self.agreed, self.is_unsent) = (None, None);
    }
}

/// The beginning of a text, with `…` where it is longer than so many bytes.
pub(super) fn bounded(text: &str, bytes: usize) -> String {
    if text.len() <= bytes {
        return text.to_owned();
    }
    let end = (0..=bytes.saturating_sub(3)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let mut beginning = text.get(..end).unwrap_or_default().trim_end().to_owned();
    beginning.push('…');
    beginning
}
