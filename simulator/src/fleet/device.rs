//! A device: what it is, when it was online, and its facts over time.

use nexthink_chatbot::nql::{TimeRange, Timestamp};
use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::presence::Presence;

/// The platforms of the fleet, as NQL calls them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Platform {
    Windows,
    #[serde(rename = "macOS")]
    MacOs,
}

impl Platform {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Windows => "Windows",
            Self::MacOs => "macOS",
        }
    }
}

/// What a device is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hardware {
    /// `laptop` or `desktop`.
    pub kind: &'static str,
    pub manufacturer: &'static str,
    pub model: &'static str,
    /// Bytes.
    pub memory: f64,
    /// Bytes of the system drive; more than any free space on it.
    pub drive: f64,
    pub logical_processors: u8,
}

#[derive(Debug, Clone)]
pub(crate) struct Device {
    /// `device.collector.uid`: what remote actions are sent to.
    pub collector_uid: String,
    /// `device.uid`: another ID, which remote actions do not accept.
    pub uid: String,
    pub name: String,
    pub platform: Platform,
    pub operating_system: &'static str,
    pub hardware: Hardware,
    pub entity: &'static str,
    /// The employee who uses it, by position in the fleet.
    pub owner: usize,
    pub presence: Presence,
    /// When the tenant first heard of it: nothing happened on it before.
    pub first_seen: Timestamp,
    /// A number from 0 on, of the device alone: when in the hour and day it does what it does regularly.
    pub rhythm: i64,
    /// What is true since when, oldest first; the first holds for all time before, too.
    history: Vec<(Timestamp, Facts)>,
}

/// What a device is made from.
pub(super) struct Making {
    pub name: String,
    pub platform: Platform,
    pub operating_system: &'static str,
    pub hardware: Hardware,
    pub entity: &'static str,
    pub owner: usize,
    pub presence: Presence,
    pub first_seen: Timestamp,
    pub facts: Facts,
}

impl Device {
    pub(super) fn new(making: Making, collector_uid: String, uid: String, rhythm: i64) -> Self {
        Self {
            collector_uid,
            uid,
            name: making.name,
            platform: making.platform,
            operating_system: making.operating_system,
            hardware: making.hardware,
            entity: making.entity,
            owner: making.owner,
            presence: making.presence,
            first_seen: making.first_seen,
            rhythm,
            history: vec![(Timestamp(i64::MIN), making.facts)],
        }
    }

    /// What was true then.
    pub fn facts_at(&self, time: Timestamp) -> Option<&Facts> {
        self.history.iter().rev().find(|(since, _)| *since <= time).map(|(_, facts)| facts)
    }

    /// What is true since the last change.
    pub fn facts(&self) -> Option<&Facts> {
        self.history.last().map(|(_, facts)| facts)
    }

    /// From `time` on something else is true; what was reported before stays as it was.
    pub fn change(&mut self, time: Timestamp, facts: Facts) {
        self.history.push((time, facts));
    }

    /// As if this had always been true: what a test sets is seen at once, as data collected long ago.
    pub fn rewrite(&mut self, facts: Facts) {
        // What is known to have booted was there.
        self.first_seen = facts.last_full_boot.map_or(self.first_seen, |booted| self.first_seen.min(booted));
        self.history = vec![(Timestamp(i64::MIN), facts)];
    }

    /// An action is written anew or deleted: see `Facts::keep_outputs`.
    pub fn keep_outputs(&mut self, id: &str, outputs: Option<&[&str]>) {
        for (_, facts) in &mut self.history {
            facts.keep_outputs(id, outputs);
        }
    }

    pub fn last_seen(&self, now: Timestamp) -> Timestamp {
        self.presence.last_seen(now, self.rhythm)
    }

    /// Whether the tenant heard of it in a range, as far as that is past.
    pub fn was_active(&self, range: TimeRange, now: Timestamp) -> bool {
        let last = range.to.plus(-1).min(now);
        last >= self.first_seen && self.last_seen(last) >= range.from
    }
}
