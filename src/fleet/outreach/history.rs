//! What employees were told already.

use super::limits::Limits;
use super::mention::{Identifiers, mention_of};
use super::order::in_order;
use super::register::Register;
use super::topic::{OutreachTopic, Subject};
use crate::api::problem::NexthinkError;
use crate::flow::Employee;
use crate::json::record;
use crate::nql::{HOUR, Timestamp};

record! {
    lenient
    /// That an employee was told something: what to keep of a message that has gone out, and to give to the next plan.
    #[derive(Debug, Clone, PartialEq)]
    pub struct OutreachRecord {
        /// The name of the message, as the plan gave it.
        pub key: String,
        /// Who was told.
        pub employee: Employee,
        /// About what.
        pub about: Vec<OutreachTopic>,
        /// When.
        pub at: Timestamp,
    }
}

/// All that was told.
#[derive(Debug, Default)]
pub(super) struct History {
    /// In order of time, once they have settled.
    records: Vec<OutreachRecord>,
    register: Register,
}

impl History {
    /// # Errors
    /// `invalid` for a record of nobody.
    pub fn add(&mut self, record: OutreachRecord) -> Result<(), NexthinkError> {
        if mention_of(&record.employee).is_none() {
            let message = "a record in `sent` names nobody";
            return Err(NexthinkError::invalid(message).hint("keep the `record` of a message as the plan gave it"));
        }
        self.records.push(record);
        Ok(())
    }

    /// After the last record.
    pub fn settle(&mut self) {
        if self.register.len() == self.records.len() {
            return;
        }
        let mut records: Vec<Option<OutreachRecord>> =
            std::mem::take(&mut self.records).into_iter().map(Some).collect();
        let record = |place: u32| records.get(place as usize).and_then(Option::as_ref);
        let told = |place: u32| record(place).map(|record| (record.at, record.key.as_str()));
        let order = in_order(records.len(), &mut |one, other| told(one).cmp(&told(other)));
        self.register = Register::default();
        for place in order {
            let Some(record) = records.get_mut(place as usize).and_then(Option::take) else { continue };
            if let Some(mention) = mention_of(&record.employee) {
                self.register.add(&mention);
                self.records.push(record);
            }
        }
    }

    /// What an employee was told.
    pub fn of(&self, employee: &Identifiers) -> Told<'_> {
        Told { history: self, places: self.register.of(employee) }
    }

    /// When messages went out within the hour before now, in order.
    pub fn last_hour(&self, now: Timestamp) -> Vec<i64> {
        self.records.iter().map(|record| record.at.0).filter(|at| *at > now.0 - HOUR).collect()
    }

    /// The keys of records that hold nothing back any more, the oldest first; not of those after which
    /// messages are named.
    pub fn forgotten(&self, limits: &Limits, now: Timestamp, needed: &[u32]) -> Vec<String> {
        let mut is_needed = vec![false; self.records.len()];
        for place in needed {
            if let Some(is_needed) = is_needed.get_mut(*place as usize) {
                *is_needed = true;
            }
        }
        let records = self.records.iter().zip(is_needed);
        let old = records.filter(|(record, is_needed)| !is_needed && !limits.counts(record.at, now));
        old.map(|(record, _)| record.key.clone()).collect()
    }
}

/// What one employee was told, the oldest first.
pub(super) struct Told<'a> {
    history: &'a History,
    places: Vec<u32>,
}

impl Told<'_> {
    fn records(&self) -> impl DoubleEndedIterator<Item = &OutreachRecord> {
        self.places.iter().filter_map(|place| self.history.records.get(*place as usize))
    }

    /// The position of the record after which the next message is named.
    pub fn place(&self) -> Option<u32> {
        self.places.last().copied()
    }

    /// When they were last told anything.
    pub fn last(&self) -> Option<Timestamp> {
        self.records().next_back().map(|record| record.at)
    }

    /// Until when the cap per employee holds them back; `extra` are messages of now.
    pub fn capped_until(&self, limits: &Limits, now: Timestamp, extra: Option<Timestamp>) -> Option<Timestamp> {
        let mut times: Vec<i64> = self.records().map(|record| record.at.0).collect();
        if let Some(extra) = extra {
            times.insert(times.partition_point(|at| *at <= extra.0), extra.0);
        }
        let within = times.partition_point(|at| *at <= now.0 - limits.employee_ms);
        let place = times.len().checked_sub(limits.per_employee).filter(|place| *place >= within)?;
        times.get(place).map(|at| Timestamp(at.saturating_add(limits.employee_ms)))
    }

    /// Until when a subject may not be told again.
    pub fn repeated_until(&self, subject: Subject<'_>, limits: &Limits, now: Timestamp) -> Option<Timestamp> {
        let last = self.records().rev().find(|record| record.about.iter().any(|topic| topic.tells(subject)))?;
        Some(last.at.plus(limits.repeat_ms)).filter(|until| *until > now)
    }
}
