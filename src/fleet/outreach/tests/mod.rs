//! Who is told what: cases, laws, and clocks that change. Here is what they share.

mod cases;
mod clocks;
mod held;
mod large;
mod laws;

use super::*;
use crate::json::{Json, Read};

/// Wednesday, noon in UTC.
pub(super) const NOON: &str = "2026-11-18T12:00:00Z";

pub(super) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(super) fn read<T: Read>(text: &str) -> T {
    T::read(Json::parse(text.as_bytes()).unwrap_or_else(|| panic!("{text}"))).unwrap_or_else(|error| panic!("{error}"))
}

/// A match of the playbook `slow-pc`.
pub(super) fn found(upn: &str, device: &str, rules: &str) -> GivenMatch {
    let list: Vec<String> = rules.split_whitespace().map(|rule| format!("\"{rule}\"")).collect();
    read(&format!(
        r#"{{"employees":[{{"upn":"{upn}"}}],"device":{{"name":"{device}"}},"playbook":"slow-pc","rules":[{}]}}"#,
        list.join(",")
    ))
}

pub(super) fn told(upn: &str, rules: &str, at: &str) -> OutreachRecord {
    let list: Vec<String> = rules.split_whitespace().map(|rule| format!("\"{rule}\"")).collect();
    read(&format!(
        r#"{{"key":"{upn}{at}","employee":{{"upn":"{upn}"}},"at":"{at}","about":[{{"playbook":"slow-pc","rules":[{}]}}]}}"#,
        list.join(",")
    ))
}

/// Everything that a plan stands on.
pub(super) struct Case {
    pub matches: Vec<GivenMatch>,
    pub sent: Vec<OutreachRecord>,
    pub limits: &'static str,
    pub zones: &'static str,
    pub now: Timestamp,
}

/// What comes of it, all of it.
pub(super) struct Whole {
    pub send: Vec<PlannedOutreach>,
    pub held: Vec<HeldMatches>,
    pub next_at: Option<Timestamp>,
    pub forget: Vec<String>,
}

pub(super) const NEVER_QUIET: &str = r#"{"quietHours":false,"quietDays":[]}"#;

impl Case {
    pub fn of(matches: Vec<GivenMatch>) -> Self {
        Self { matches, sent: vec![], limits: NEVER_QUIET, zones: "[]", now: at(NOON) }
    }

    pub fn limits(self, limits: &'static str) -> Self {
        Self { limits, ..self }
    }

    pub fn sent(self, sent: Vec<OutreachRecord>) -> Self {
        Self { sent, ..self }
    }

    pub fn now(self, now: &str) -> Self {
        Self { now: at(now), ..self }
    }

    pub fn settings(&self) -> OutreachSettings {
        let (now, limits, zones) = (self.now, self.limits, self.zones);
        read(&format!(r#"{{"now":"{now}","limits":{limits},"zones":{zones}}}"#))
    }

    pub fn outreach(&self) -> Outreach {
        let mut outreach = Outreach::default();
        for one in &self.matches {
            outreach.add(copy(one));
        }
        for record in &self.sent {
            outreach.add_sent(record.clone()).unwrap();
        }
        outreach
    }

    pub fn plan(&self) -> Whole {
        whole(&mut self.outreach(), self.settings())
    }

    pub fn error(&self) -> String {
        self.outreach().plan(self.settings()).err().unwrap().to_string()
    }
}

pub(super) fn whole(outreach: &mut Outreach, settings: OutreachSettings) -> Whole {
    let OutreachDecisions { send, next_at, forget } = outreach.plan(settings).unwrap();
    let mut held = Vec::new();
    loop {
        let piece = outreach.held(2);
        if piece.is_empty() {
            return Whole { send, held, next_at, forget };
        }
        held.extend(piece);
    }
}

impl Whole {
    /// `reason until` of what is held, in order.
    pub fn reasons(&self) -> Vec<String> {
        let word = |held: &HeldMatches| match held.until {
            Some(until) => format!("{} {until}", held.reason.word()),
            None => held.reason.word().to_owned(),
        };
        self.held.iter().map(word).collect()
    }

    /// Who is told, in order.
    pub fn names(&self) -> Vec<&str> {
        self.send.iter().map(|one| one.employee.upn.as_deref().unwrap_or("?")).collect()
    }
}

pub(super) fn copy(given: &GivenMatch) -> GivenMatch {
    use crate::json::Write;
    GivenMatch::read(given.write()).unwrap()
}
