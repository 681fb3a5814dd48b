//! Matches by employee: of each the worst first. What concerns no single employee is set apart.

use std::cmp::Ordering;

use super::matches::Matches;
use super::order::sort;
use super::outcome::HeldReason;
use super::people::People;
use super::topic::subjects_in;

/// Matches by employee, in an order that does not depend on theirs.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// What concerns no single employee, and why it is held.
    pub nobody: Vec<(HeldReason, u32)>,
    /// All others, group by group.
    order: Vec<u32>,
    /// Each employee's identity, and where their matches end.
    ends: Vec<(Box<str>, usize)>,
}

/// One employee's matches.
pub(super) struct Group<'a> {
    /// What identifies the employee, without case.
    pub identity: &'a str,
    /// The positions of the matches, the worst first.
    pub matches: &'a [u32],
}

impl Groups {
    /// Of matches that have settled.
    pub fn of(matches: &Matches) -> Self {
        let People { of_mention, mut identities } = People::of(matches.mentions());
        let mut groups = Self::default();
        let person = |mention: &u32| of_mention.get(*mention as usize).copied();
        let whose = |one: u32| matches.get(one).and_then(|given| given.mention.as_ref()).and_then(person);
        for (one, given) in (0..).zip(&matches.all) {
            let whose = whose(one);
            let is_one = !given.is_of_others && given.others.iter().all(|mention| person(mention) == whose);
            match whose {
                _ if subjects_in(matches.topic(given)).next().is_none() => {
                    groups.nobody.push((HeldReason::NoMatch, one))
                }
                None => groups.nobody.push((HeldReason::NoEmployee, one)),
                Some(_) if !is_one => groups.nobody.push((HeldReason::SeveralEmployees, one)),
                Some(_) => groups.order.push(one),
            }
        }
        sort(&mut groups.order, &mut |one, other| {
            whose(one).cmp(&whose(other)).then_with(|| worse(matches, one, other))
        });
        let mut end = 0;
        for group in groups.order.chunk_by(|one, other| whose(*one) == whose(*other)) {
            end += group.len();
            let person = group.first().and_then(|one| whose(*one));
            let identity = person.and_then(|person| identities.get_mut(person as usize)).map(std::mem::take);
            groups.ends.push((identity.unwrap_or_default(), end));
        }
        groups
    }

    /// How many employees there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn get(&self, position: usize) -> Option<Group<'_>> {
        let (identity, end) = self.ends.get(position)?;
        let begin = position.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |(_, end)| *end);
        Some(Group { identity, matches: self.order.get(begin..*end)? })
    }
}

/// By what a match says, never by where it stood.
fn worse(matches: &Matches, one: u32, other: u32) -> Ordering {
    let (Some(one), Some(other)) = (matches.get(one), matches.get(other)) else { return Ordering::Equal };
    (other.severity.total_cmp(&one.severity))
        .then_with(|| matches.topic(one).cmp(matches.topic(other)))
        .then_with(|| one.device_text().cmp(other.device_text()))
}
