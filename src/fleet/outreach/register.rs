//! Mentions of employees, to be found by all that identifies one. What many others share (local accounts of one name) costs
//! nothing: only those are looked at that are found.

use std::collections::BTreeMap;

use super::mention::{Identifiers, RANKS, folded_in, identifiers_in};
use super::order::sort;

/// Mentions under numbers, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Register {
    count: u32,
    /// Of mentions by the same kinds of identifiers, in one place: which kind decides is the same for all of them. For each
    /// kind and identifier the last of its entries.
    by_kinds: [[BTreeMap<Box<str>, u32>; RANKS]; 1 << RANKS],
    /// A mention, and the entry before of the same identifier.
    entries: Vec<(u32, Option<u32>)>,
}

impl Register {
    pub fn add(&mut self, mention: &str) {
        let place = self.count;
        self.count = place.saturating_add(1);
        let kinds = identifiers_in(mention).fold(0_usize, |kinds, (rank, _)| kinds | (1 << rank));
        let Some(by_kind) = self.by_kinds.get_mut(kinds) else { return };
        for (rank, text) in folded_in(mention) {
            if let Some(by_identifier) = by_kind.get_mut(rank) {
                let entry = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
                let before = by_identifier.insert(text, entry);
                self.entries.push((place, before));
            }
        }
    }

    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// The numbers of the mentions of an employee, in order: of a mention and an employee the strongest kind of identifier
    /// that both have decides.
    pub fn of(&self, employee: &Identifiers) -> Vec<u32> {
        let mut found = Vec::new();
        if self.count == 0 {
            return found;
        }
        for by_kind in &self.by_kinds {
            let mut both = by_kind.iter().zip(employee.by_kind());
            let decisive = both.find(|(known, identifiers)| !known.is_empty() && !identifiers.is_empty());
            let Some((known, identifiers)) = decisive else { continue };
            for text in identifiers {
                let mut next = known.get(text).copied();
                while let Some(&(place, before)) = next.and_then(|entry| self.entries.get(entry as usize)) {
                    found.push(place);
                    next = before;
                }
            }
        }
        sort(&mut found, &mut |one, other| one.cmp(&other));
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::mention::mention_of;
    use super::*;
    use crate::flow::Employee;

    type Given = (u8, u8, u8, u8);

    fn given() -> impl Strategy<Value = Given> {
        (0..3_u8, 0..3_u8, 0..3_u8, 1..3_u8)
    }

    fn mention((sid, upn, email, username): Given) -> Box<str> {
        let text = |number: u8| (number > 0).then(|| format!("É{number}"));
        let employee = Employee { username: text(username), upn: text(upn), email: text(email), sid: text(sid) };
        mention_of(&employee).unwrap()
    }

    proptest! {
        #[test]
        fn the_strongest_kind_that_both_have_decides(
            kept in prop::collection::vec(given(), 0..30),
            asked in prop::collection::vec(given(), 1..4),
        ) {
            let mut register = Register::default();
            kept.iter().for_each(|one| register.add(&mention(*one)));
            let mut employee = Identifiers::default();
            asked.iter().for_each(|one| employee.add(&mention(*one)));
            let is_theirs = |kept: &Given| {
                let asked_of = |kind: fn(&Given) -> u8| asked.iter().map(kind).filter(|one| *one > 0).collect::<Vec<_>>();
                let kinds: [fn(&Given) -> u8; RANKS] = [|one| one.0, |one| one.1, |one| one.2, |one| one.3];
                let decisive = kinds.into_iter().find(|kind| kind(kept) > 0 && !asked_of(*kind).is_empty());
                decisive.is_some_and(|kind| asked_of(kind).contains(&kind(kept)))
            };
            let expected: Vec<u32> = (0..).zip(&kept).filter(|(_, one)| is_theirs(one)).map(|(place, _)| place).collect();
            prop_assert_eq!(register.of(&employee), expected);
            prop_assert_eq!(register.len(), kept.len());
        }
    }
}
