//! The plan itself: which employees are told something now, and until when the others are held.

use std::cmp::Ordering;
use std::ops::Range;

use super::groups::{Group, Groups};
use super::history::{History, OutreachRecord, Told};
use super::hour::Hour;
use super::key::{draw, key_of};
use super::matches::Matches;
use super::occasion::Occasion;
use super::opt_outs::OptOuts;
use super::order::in_order;
use super::outcome::{HeldReason, Plan, PlannedOutreach};
use super::topic::{OutreachTopic, subjects_in};
use super::waiting::{Holding, Waiting};
use crate::nql::Timestamp;

/// An employee who may be told something now.
struct Candidate {
    /// The position of their group.
    person: u32,
    /// Where those of their matches are that they were not told of.
    matches: Range<usize>,
    severity: f64,
    /// How many rules they will be told of.
    rules: usize,
    last: Option<Timestamp>,
    lot: u64,
}

/// What is known before it is known how full the hour will be. One list of all instead of one for each employee: memory that
/// grows by hundreds of thousands of small pieces is what takes long.
struct Draft {
    candidates: Vec<Candidate>,
    /// The matches of candidates.
    new: Vec<u32>,
    held: Vec<Holding>,
    /// The positions of records after which messages are named that are still to go out.
    needed: Vec<u32>,
}

pub(super) struct Planner<'a> {
    pub occasion: &'a Occasion,
    pub matches: &'a Matches,
    pub groups: &'a Groups,
    pub history: &'a History,
    pub opted_out: &'a OptOuts,
}

impl Planner<'_> {
    pub fn plan(&self) -> Plan {
        let (everybody, all) = (self.groups.len(), self.matches.all.len());
        let mut draft = Draft {
            candidates: Vec::with_capacity(everybody),
            new: Vec::with_capacity(all),
            held: Vec::with_capacity(all),
            needed: Vec::new(),
        };
        let nobody = self.groups.nobody.iter();
        draft.held.extend(nobody.map(|(reason, one)| Holding {
            person: None,
            reason: *reason,
            until: None,
            one: *one,
        }));
        for (person, position) in (0..).zip(0..everybody) {
            if let Some(group) = self.groups.get(position) {
                self.consider(person, &group, &mut draft);
            }
        }
        let Draft { candidates, new, mut held, needed } = draft;
        let order = in_order(candidates.len(), &mut |one, other| {
            let candidate = |place: u32| candidates.get(place as usize);
            match (candidate(one), candidate(other)) {
                (Some(one), Some(other)) => self.urgency(one, other),
                _ => Ordering::Equal,
            }
        });
        let mut hour = Hour::new(&self.history.last_hour(self.occasion.now), self.occasion.limits.per_hour);
        let (now_told, waiting) = order.split_at(hour.left().min(order.len()));
        now_told.iter().for_each(|_| hour.take(self.occasion.now));
        let full_until = hour.full_until();
        for holding in &mut held {
            holding.until = self.free(holding, full_until);
        }
        let matches = |candidate: &Candidate| new.get(candidate.matches.clone()).unwrap_or_default();
        for candidate in waiting.iter().filter_map(|place| candidates.get(*place as usize)) {
            let turn = self.free_from(candidate.person, hour.next_turn(self.occasion.now));
            let (person, until) = (Some(candidate.person), Some(turn));
            let reason = HeldReason::HourlyLimit;
            held.extend(matches(candidate).iter().map(|one| Holding { person, reason, until, one: *one }));
        }
        let now_told = now_told.iter().filter_map(|place| candidates.get(*place as usize));
        let send = now_told.map(|candidate| self.message(candidate, matches(candidate))).collect();
        let held = Waiting::of(held);
        let next_at = held.next_at();
        Plan { send, held, next_at, forget: self.history.forgotten(&self.occasion.limits, self.occasion.now, &needed) }
    }

    /// What an employee may be told now, if anything; the rest is held.
    fn consider(&self, person: u32, group: &Group<'_>, draft: &mut Draft) {
        let Occasion { now, ref limits, .. } = *self.occasion;
        let mut hold = |matches: &[u32], reason, until| {
            draft.held.extend(matches.iter().map(|one| Holding { person: Some(person), reason, until, one: *one }));
        };
        let identifiers = self.matches.identifiers(group.matches);
        if self.opted_out.hold(&identifiers) {
            return hold(group.matches, HeldReason::OptedOut, None);
        }
        let told = self.history.of(&identifiers);
        // A message to them may have gone out already, and its record have been lost: until it comes again it keeps its name.
        draft.needed.extend(told.place());
        if self.occasion.zone(person).is_none() {
            return hold(group.matches, HeldReason::UnknownTimeZone, None);
        }
        let mut about = Vec::new();
        let (mut new, mut repeated) = (Vec::new(), Vec::new());
        for one in group.matches {
            match self.repeated(*one, &told, &mut about) {
                Some(until) => repeated.push((*one, until)),
                None => new.push(*one),
            }
        }
        let capped = told.capped_until(limits, now, None);
        // What is told now counts for what comes after it.
        let then = told.capped_until(limits, now, Some(now).filter(|_| !new.is_empty() && capped.is_none()));
        for (one, until) in repeated {
            hold(&[one], HeldReason::ToldRecently, Some(until.max(then.unwrap_or(until))));
        }
        if new.is_empty() {
            return;
        }
        let free = self.free_from(person, now);
        let reason = match capped {
            Some(until) => Some((HeldReason::EmployeeLimit, until)),
            None => (free > now).then_some((HeldReason::QuietHours, free)),
        };
        if let Some((reason, until)) = reason {
            return hold(&new, reason, Some(until));
        }
        let severity = new.first().and_then(|one| self.matches.get(*one)).map_or(0.0, |worst| worst.severity);
        let rules = about.iter().map(|topic| topic.rules.len().max(1)).sum();
        let begin = draft.new.len();
        draft.new.append(&mut new);
        let (matches, lot) = (begin..draft.new.len(), draw(group.identity));
        draft.candidates.push(Candidate { person, matches, severity, rules, last: told.last(), lot });
    }

    /// Until when nothing of a match may be told again; where something may, it goes into what the message is about.
    fn repeated(&self, one: u32, told: &Told<'_>, about: &mut Vec<OutreachTopic>) -> Option<Timestamp> {
        let topic = self.matches.topic(self.matches.get(one)?);
        let Occasion { now, ref limits, .. } = *self.occasion;
        let (mut first, mut is_new) = (None, false);
        for subject in subjects_in(topic) {
            match told.repeated_until(subject, limits, now) {
                Some(until) => first = Some(first.map_or(until, |first: Timestamp| first.min(until))),
                None => {
                    is_new = true;
                    OutreachTopic::add(about, subject);
                }
            }
        }
        first.filter(|_| !is_new)
    }

    fn message(&self, candidate: &Candidate, matches: &[u32]) -> PlannedOutreach {
        let identifiers = self.matches.identifiers(matches);
        let told = self.history.of(&identifiers);
        let mut about = Vec::new();
        for one in matches {
            self.repeated(*one, &told, &mut about);
        }
        let (key, employee) = (key_of(self.identity(candidate), candidate.last), identifiers.employee());
        let playbook = about.first().map(|topic| topic.playbook.clone()).unwrap_or_default();
        let at = self.occasion.now;
        let record = OutreachRecord { key: key.clone(), employee: employee.clone(), about: about.clone(), at };
        let (devices, matches) = (self.matches.devices(matches), matches.to_vec());
        PlannedOutreach { key, employee, playbook, about, devices, matches, record }
    }

    /// The first time that is not quiet for an employee.
    fn free_from(&self, person: u32, time: Timestamp) -> Timestamp {
        let zone = self.occasion.zone(person);
        zone.map_or(time, |zone| self.occasion.limits.quiet.free_from(zone, time))
    }

    /// The same for what is held until some time, and not before there is a place in the hour.
    fn free(&self, holding: &Holding, full_until: Option<Timestamp>) -> Option<Timestamp> {
        let until = holding.until?.max(full_until.unwrap_or_default());
        Some(holding.person.map_or(until, |person| self.free_from(person, until)))
    }

    /// The worst first; then who has more; then who has waited longest; and then by lot, or names would decide.
    fn urgency(&self, one: &Candidate, other: &Candidate) -> Ordering {
        (other.severity.total_cmp(&one.severity))
            .then_with(|| other.rules.cmp(&one.rules))
            .then_with(|| one.last.cmp(&other.last))
            .then_with(|| one.lot.cmp(&other.lot))
            .then_with(|| self.identity(one).cmp(self.identity(other)))
    }

    fn identity(&self, candidate: &Candidate) -> &str {
        self.groups.get(candidate.person as usize).map(|group| group.identity).unwrap_or_default()
    }
}
