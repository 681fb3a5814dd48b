//! The plan itself: which employees are told something now, and until when the others are held.

use std::cmp::Ordering;

use super::groups::{Group, Groups};
use super::history::{History, OutreachRecord, Told};
use super::hour::Hour;
use super::key::{draw, key_of};
use super::matches::Matches;
use super::occasion::Occasion;
use super::opt_outs::OptOuts;
use super::order::in_order;
use super::outcome::{Held, HeldReason, Plan, PlannedOutreach};
use super::topic::{OutreachTopic, subjects_in};
use crate::nql::Timestamp;

/// An employee who may be told something now.
struct Candidate<'a> {
    /// The position of their group.
    person: u32,
    identity: &'a str,
    /// Their matches that they were not told of.
    matches: Vec<u32>,
    severity: f64,
    /// How many rules they will be told of.
    rules: usize,
    last: Option<Timestamp>,
}

pub(super) struct Planner<'a> {
    pub occasion: &'a Occasion,
    pub matches: &'a Matches,
    pub groups: &'a Groups,
    pub history: &'a History,
    pub opted_out: &'a OptOuts,
}

/// A match that is held, before it is known how full the hour will be.
struct Holding {
    person: Option<u32>,
    reason: HeldReason,
    until: Option<Timestamp>,
    one: u32,
}

impl Planner<'_> {
    pub fn plan(&self) -> Plan {
        let nobody = self.groups.nobody.iter();
        let mut held: Vec<Holding> =
            nobody.map(|(reason, one)| Holding { person: None, reason: *reason, until: None, one: *one }).collect();
        let (mut candidates, mut needed) = (Vec::new(), Vec::new());
        for (person, position) in (0..).zip(0..self.groups.len()) {
            if let Some(group) = self.groups.get(position) {
                candidates.extend(self.candidate(person, &group, &mut held, &mut needed));
            }
        }
        let order = in_order(candidates.len(), &mut |one, other| {
            let candidate = |place: u32| candidates.get(place as usize);
            match (candidate(one), candidate(other)) {
                (Some(one), Some(other)) => one.urgency(other),
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
        for candidate in waiting.iter().filter_map(|place| candidates.get(*place as usize)) {
            let turn = self.free_from(candidate.person, hour.next_turn(self.occasion.now));
            let (person, until) = (Some(candidate.person), Some(turn));
            let reason = HeldReason::HourlyLimit;
            held.extend(candidate.matches.iter().map(|one| Holding { person, reason, until, one: *one }));
        }
        let now_told = now_told.iter().filter_map(|place| candidates.get(*place as usize));
        let send = now_told.map(|candidate| self.message(candidate)).collect();
        let held = grouped(&held);
        let next_at = held.iter().filter_map(|held| held.until).min();
        Plan { send, held, next_at, forget: self.history.forgotten(&self.occasion.limits, self.occasion.now, &needed) }
    }

    /// What an employee may be told now, if anything; the rest is held.
    fn candidate<'a>(
        &self,
        person: u32,
        group: &Group<'a>,
        held: &mut Vec<Holding>,
        needed: &mut Vec<u32>,
    ) -> Option<Candidate<'a>> {
        let Occasion { now, ref limits, .. } = *self.occasion;
        let Group { identity, matches } = *group;
        let mut hold = |matches: &[u32], reason, until| {
            held.extend(matches.iter().map(|one| Holding { person: Some(person), reason, until, one: *one }));
        };
        let identifiers = self.matches.identifiers(matches);
        if self.opted_out.hold(&identifiers) {
            hold(matches, HeldReason::OptedOut, None);
            return None;
        }
        let told = self.history.of(&identifiers);
        // A message to them may have gone out already, and its record have been lost: until it comes again it keeps its name.
        needed.extend(told.place());
        if self.occasion.zone(person).is_none() {
            hold(matches, HeldReason::UnknownTimeZone, None);
            return None;
        }
        let mut about = Vec::new();
        let (mut new, mut repeated) = (Vec::new(), Vec::new());
        for one in matches {
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
            return None;
        }
        let free = self.free_from(person, now);
        let reason = match capped {
            Some(until) => Some((HeldReason::EmployeeLimit, until)),
            None => (free > now).then_some((HeldReason::QuietHours, free)),
        };
        if let Some((reason, until)) = reason {
            hold(&new, reason, Some(until));
            return None;
        }
        let severity = new.first().and_then(|one| self.matches.get(*one)).map_or(0.0, |worst| worst.severity);
        let rules = about.iter().map(|topic| topic.rules.len().max(1)).sum();
        Some(Candidate { person, identity, matches: new, severity, rules, last: told.last() })
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

    fn message(&self, candidate: &Candidate<'_>) -> PlannedOutreach {
        let matches = candidate.matches.clone();
        let identifiers = self.matches.identifiers(&matches);
        let told = self.history.of(&identifiers);
        let mut about = Vec::new();
        for one in &matches {
            self.repeated(*one, &told, &mut about);
        }
        let (key, employee) = (key_of(candidate.identity, candidate.last), identifiers.employee());
        let playbook = about.first().map(|topic| topic.playbook.clone()).unwrap_or_default();
        let at = self.occasion.now;
        let record = OutreachRecord { key: key.clone(), employee: employee.clone(), about: about.clone(), at };
        let devices = self.matches.devices(&matches);
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
}

impl Candidate<'_> {
    /// The worst first; then who has more; then who has waited longest; and then by lot, or names would decide.
    fn urgency(&self, other: &Self) -> Ordering {
        (other.severity.total_cmp(&self.severity))
            .then_with(|| other.rules.cmp(&self.rules))
            .then_with(|| self.last.cmp(&other.last))
            .then_with(|| draw(self.identity).cmp(&draw(other.identity)))
            .then_with(|| self.identity.cmp(other.identity))
    }
}

/// One entry for each employee, reason and time; what can go out first comes first.
fn grouped(held: &[Holding]) -> Vec<Held> {
    let at =
        |place: u32| held.get(place as usize).map(|held| (held.until.is_none(), held.until, held.person, held.reason));
    let mut groups: Vec<Held> = Vec::new();
    for place in in_order(held.len(), &mut |one, other| at(one).cmp(&at(other))) {
        let Some(&Holding { person, reason, until, one }) = held.get(place as usize) else { continue };
        match groups.last_mut() {
            Some(last) if (last.person, last.reason, last.until) == (person, reason, until) => last.matches.push(one),
            _ => groups.push(Held { reason, until, person, matches: vec![one] }),
        }
    }
    groups
}
