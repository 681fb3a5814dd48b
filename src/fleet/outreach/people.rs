//! Who is who: mentions → employees. One export names people by their accounts and another by their addresses, and each
//! employee is to be told once.

use std::collections::BTreeMap;

use super::mention::{Mention, RANKS};

/// The employees behind mentions.
#[derive(Debug, Default)]
pub(super) struct People {
    /// For each mention the position of its employee.
    pub of_mention: Vec<u32>,
    /// What identifies each employee, without case, in order.
    pub identities: Vec<Box<str>>,
}

/// That a weaker identifier stands for several employees, and so for none of them.
const SEVERAL: u32 = u32::MAX;

impl People {
    /// An employee is the strongest identifier by which a mention names them. A mention with weaker ones only is of the
    /// employee whom other mentions give the same one, if that is exactly one. Nothing depends on the order of mentions.
    pub fn of(mentions: &[Mention]) -> Self {
        let mut own: BTreeMap<String, u32> = BTreeMap::new();
        let mut stands_for: [BTreeMap<String, u32>; RANKS] = Default::default();
        let mut has_strongest = [false; RANKS];
        for mention in mentions {
            if let Some(is_used) = mention.identifiers().next().and_then(|(rank, _)| has_strongest.get_mut(rank)) {
                *is_used = true;
            }
        }
        let mut provisional = vec![SEVERAL; mentions.len()];
        for strongest in 0..RANKS {
            for (mention, place) in mentions.iter().zip(&mut provisional) {
                let mut identifiers = mention.folded();
                let Some((_, text)) = identifiers.next().filter(|(rank, _)| *rank == strongest) else { continue };
                let known = stands_for.get(strongest).and_then(|known| known.get(&text)).filter(|one| **one != SEVERAL);
                let person = match known {
                    Some(person) => *person,
                    None => {
                        let next = u32::try_from(own.len()).unwrap_or(SEVERAL);
                        *own.entry(identity(strongest, &text)).or_insert(next)
                    }
                };
                *place = person;
                for (rank, text) in identifiers {
                    // Nobody will ask for those by which no mention is known alone.
                    if let (Some(true), Some(known)) = (has_strongest.get(rank), stands_for.get_mut(rank)) {
                        known
                            .entry(text)
                            .and_modify(|one| *one = if *one == person { person } else { SEVERAL })
                            .or_insert(person);
                    }
                }
            }
        }
        Self::in_order(own, provisional)
    }

    /// By identity instead of by who came first.
    fn in_order(own: BTreeMap<String, u32>, mut of_mention: Vec<u32>) -> Self {
        let mut position = vec![0; own.len()];
        let mut identities = Vec::with_capacity(own.len());
        for (place, (identity, person)) in (0..).zip(own) {
            if let Some(position) = position.get_mut(person as usize) {
                *position = place;
            }
            identities.push(identity.into());
        }
        for person in &mut of_mention {
            *person = position.get(*person as usize).copied().unwrap_or_default();
        }
        Self { of_mention, identities }
    }
}

/// A rank and a text without case.
fn identity(rank: usize, text: &str) -> String {
    let mut identity = String::new();
    crate::json::push_digits(rank as u64, 1, &mut identity);
    identity.push_str(text);
    identity
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::flow::Employee;

    fn mention(sid: &str, upn: &str, email: &str, username: &str) -> Mention {
        let text = |text: &str| Some(text.to_owned());
        Mention::of(&Employee { username: text(username), upn: text(upn), email: text(email), sid: text(sid) }).unwrap()
    }

    fn of(mentions: &[Mention]) -> Vec<u32> {
        People::of(mentions).of_mention
    }

    #[test]
    fn an_employee_is_one_in_every_spelling_and_by_every_identifier() {
        let one = [
            mention("", "Vera@ACME.com", "", "vera"),
            mention("", "vera@acme.com", "v@acme.com", "-"),
            mention("", "", " V@ACME.COM ", ""),
            mention("", "", "", "VERA"),
            mention("S-1", "VERA@acme.com", "", ""),
        ];
        assert_eq!(of(&one), [0; 5]);
    }

    #[test]
    fn the_strongest_identifier_decides() {
        // Local accounts have the same name on every machine.
        assert_eq!(of(&[mention("S-1", "", "", "admin"), mention("S-2", "", "", "admin")]), [0, 1]);
        // Whose of them a bare name is nobody knows.
        let three = [mention("S-1", "", "", "admin"), mention("S-2", "", "", "admin"), mention("", "", "", "admin")];
        assert_eq!(of(&three), [0, 1, 2]);
        assert_eq!(of(&[mention("S-1", "a@x", "", ""), mention("S-1", "b@x", "", "")]), [0, 0]);
    }

    #[test]
    fn what_names_nobody_is_no_mention() {
        for text in ["", "-", "  ", "\u{1f}", "a\nb"] {
            let employee = Employee { username: Some(text.into()), ..Employee::default() };
            assert_eq!(Mention::of(&employee), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn who_is_who_does_not_depend_on_the_order_of_mentions(
            given in prop::collection::vec((0..4_u8, 0..4_u8, 0..4_u8, 1..4_u8), 1..12),
            seed in any::<u64>(),
        ) {
            let text = |kind: char, number: u8| if number == 0 { String::new() } else { format!("{kind}{number}") };
            let mentions: Vec<Mention> = given
                .iter()
                .map(|(s, u, e, n)| mention(&text('s', *s), &text('u', *u), &text('e', *e), &text('n', *n)))
                .collect();
            let mut order: Vec<usize> = (0..mentions.len()).collect();
            order.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(seed | 1));
            let shuffled: Vec<Mention> = order.iter().map(|at| mentions[*at].clone()).collect();
            let (first, second) = (of(&mentions), of(&shuffled));
            for (place, at) in order.iter().enumerate() {
                prop_assert_eq!(first[*at], second[place]);
            }
        }
    }
}
