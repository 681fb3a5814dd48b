//! What employees were told already, and who wants to be told nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::limits::Limits;
use super::mention::{Identifiers, Mention};
use super::topic::{OutreachTopic, Subject};
use crate::api::problem::NexthinkError;
use crate::flow::Employee;
use crate::json::{Json, Place, Read, record};
use crate::nql::{HOUR, Timestamp};

record! {
    lenient
    /// That an employee was told something: what to keep of a message that has gone out, and to give to the next plan.
    #[derive(Debug, Clone, PartialEq)]
    pub struct OutreachRecord {
        /// The name of the message: the same in every plan until its record is kept.
        pub key: String,
        /// Who was told.
        pub employee: Employee,
        /// About what.
        pub about: Vec<OutreachTopic>,
        /// When.
        pub at: Timestamp,
    }
}

/// Who asked not to be told anything: an employee, or any one of an employee's identifiers.
pub struct OptedOut(Result<Employee, String>);

impl Read for OptedOut {
    fn read_at(json: Json, place: &mut Place) -> Self {
        match json {
            Json::Text(text) => Self(Err(text.into())),
            Json::Object(_) => Self(Ok(Employee::read_at(json, place))),
            _ => {
                place.expected("an employee, or a text that identifies one");
                Self(Err(String::new()))
            }
        }
    }
}

/// Mentions of employees, to be found by all that identifies one.
#[derive(Debug, Default)]
struct Register {
    mentions: Vec<Mention>,
    by_identifier: BTreeMap<String, Vec<u32>>,
}

impl Register {
    fn add(&mut self, mention: Mention) {
        let place = u32::try_from(self.mentions.len()).unwrap_or(u32::MAX);
        for (_, text) in mention.folded() {
            self.by_identifier.entry(text).or_default().push(place);
        }
        self.mentions.push(mention);
    }

    /// The positions of the mentions of an employee, in order.
    fn of(&self, employee: &Identifiers) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        if self.mentions.is_empty() {
            return found;
        }
        for (_, text) in employee.iter() {
            found.extend(self.by_identifier.get(text).into_iter().flatten().copied());
        }
        found.retain(|place| self.mentions.get(*place as usize).is_some_and(|mention| employee.are_of(mention)));
        found
    }
}

/// All who want to be told nothing.
#[derive(Debug, Default)]
pub(super) struct OptOuts {
    register: Register,
    texts: BTreeSet<String>,
}

impl OptOuts {
    /// # Errors
    /// `invalid` for one that names nobody: their wish would be passed over without a word.
    pub fn add(&mut self, one: OptedOut) -> Result<(), NexthinkError> {
        let nobody = || {
            NexthinkError::invalid("one of `limits.optedOut` names nobody")
                .hint("pass employees, or one identifier of each")
        };
        match one.0 {
            Ok(employee) => self.register.add(Mention::of(&employee).ok_or_else(nobody)?),
            Err(text) if text.trim().is_empty() => return Err(nobody()),
            Err(text) => {
                self.texts.insert(text.trim().to_ascii_lowercase());
            }
        }
        Ok(())
    }

    pub fn hold(&self, employee: &Identifiers) -> bool {
        let by_text = !self.texts.is_empty() && employee.iter().any(|(_, text)| self.texts.contains(text));
        by_text || !self.register.of(employee).is_empty()
    }
}

/// All that was told.
#[derive(Debug, Default)]
pub(super) struct History {
    register: Register,
    records: Vec<(Box<str>, Timestamp, Vec<OutreachTopic>)>,
}

impl History {
    /// # Errors
    /// `invalid` for a record of nobody.
    pub fn add(&mut self, record: OutreachRecord) -> Result<(), NexthinkError> {
        let Some(mention) = Mention::of(&record.employee) else {
            let message = "a record in `sent` names nobody";
            return Err(NexthinkError::invalid(message).hint("keep the `record` of a message as the plan gave it"));
        };
        self.register.add(mention);
        self.records.push((record.key.into(), record.at, record.about));
        Ok(())
    }

    /// What an employee was told.
    pub fn of(&self, employee: &Identifiers) -> Told<'_> {
        let mut places: Vec<u32> = self.register.of(employee).into_iter().collect();
        let at = |place: &u32| self.records.get(*place as usize).map(|(_, at, _)| *at);
        places.sort_by_key(at);
        Told { history: self, places }
    }

    /// When messages went out within the hour before now, in order.
    pub fn last_hour(&self, now: Timestamp) -> Vec<i64> {
        let mut times: Vec<i64> = self.records.iter().map(|(_, at, _)| at.0).filter(|at| *at > now.0 - HOUR).collect();
        times.sort_unstable();
        times
    }

    /// The keys of records that hold nothing back any more; not of those that name the messages of this plan.
    pub fn forgotten(&self, limits: &Limits, now: Timestamp, needed: &BTreeSet<u32>) -> Vec<String> {
        let records = (0..).zip(&self.records);
        let old = records.filter(|(place, (_, at, _))| !limits.counts(*at, now) && !needed.contains(place));
        old.map(|(_, (key, ..))| key.to_string()).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// What one employee was told, the oldest first.
pub(super) struct Told<'a> {
    history: &'a History,
    pub places: Vec<u32>,
}

impl Told<'_> {
    fn records(&self) -> impl DoubleEndedIterator<Item = (Timestamp, &[OutreachTopic])> {
        let records = self.places.iter().filter_map(|place| self.history.records.get(*place as usize));
        records.map(|(_, at, about)| (*at, about.as_slice()))
    }

    /// When they were last told anything.
    pub fn last(&self) -> Option<Timestamp> {
        self.records().next_back().map(|(at, _)| at)
    }

    /// Until when the cap per employee holds them back; `extra` are messages of now.
    pub fn capped_until(&self, limits: &Limits, now: Timestamp, extra: Option<Timestamp>) -> Option<Timestamp> {
        let mut times: Vec<i64> = self.records().map(|(at, _)| at.0).chain(extra.map(|at| at.0)).collect();
        times.sort_unstable();
        let within = times.partition_point(|at| *at <= now.0 - limits.employee_ms);
        let place = times.len().checked_sub(limits.per_employee).filter(|place| *place >= within)?;
        times.get(place).map(|at| Timestamp(at.saturating_add(limits.employee_ms)))
    }

    /// Until when a subject may not be told again.
    pub fn repeated_until(&self, subject: Subject<'_>, limits: &Limits, now: Timestamp) -> Option<Timestamp> {
        let (at, _) = self.records().rev().find(|(_, about)| about.iter().any(|topic| topic.tells(subject)))?;
        Some(at.plus(limits.repeat_ms)).filter(|until| *until > now)
    }
}
