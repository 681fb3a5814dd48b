//! What an employee is known by. Of an identifier most letters are those of many: a domain, the authority of a security
//! identifier. Those are held once.

use super::text::{hash, push_number, push_text};
use crate::nql::lower_case_text;

/// In the order in which an employee has them: username, UPN, e-mail address, SID.
pub(super) const KINDS: usize = 4;

/// Where identifiers of a kind are cut: after the last of these letters, or before it. What is on that side is shared.
const CUTS: [(char, bool); KINDS] = [('\\', true), ('@', false), ('@', false), ('-', true)];

/// A text in its two parts, either of which may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identifier<'a> {
    pub before: &'a str,
    pub after: &'a str,
    /// Which part is shared with others.
    shares_before: bool,
}

impl<'a> Identifier<'a> {
    /// Cuts the text of an identifier.
    pub fn of(kind: usize, text: &'a str) -> Self {
        let (mark, shares_before) = CUTS.get(kind).copied().unwrap_or(('@', false));
        let cut = match text.rfind(mark) {
            Some(at) if shares_before => at + 1,
            Some(at) => at,
            None if shares_before => 0,
            None => text.len(),
        };
        let (before, after) = text.split_at_checked(cut).unwrap_or((text, ""));
        Self { before, after, shares_before }
    }

    /// Puts one together.
    pub fn from_parts(kind: usize, own: &'a str, shared: &'a str) -> Self {
        let shares_before = CUTS.get(kind).is_some_and(|(_, shares_before)| *shares_before);
        let (before, after) = if shares_before { (shared, own) } else { (own, shared) };
        Self { before, after, shares_before }
    }

    /// What it shares with others.
    pub const fn shared(&self) -> &'a str {
        if self.shares_before { self.before } else { self.after }
    }

    /// What is its own.
    pub const fn own(&self) -> &'a str {
        if self.shares_before { self.after } else { self.before }
    }

    /// Its letters without their case.
    pub fn letters(&self) -> impl Iterator<Item = u32> {
        lower_case_text(self.before).chain(lower_case_text(self.after))
    }

    /// Whether it is this text, whatever the case.
    pub fn is(&self, text: &str) -> bool {
        self.letters().eq(lower_case_text(text))
    }

    /// Writes it; `shared` is where the shared part is.
    pub fn push(&self, shared: u32, bytes: &mut Vec<u8>) {
        push_number(shared, bytes);
        push_text(self.own(), bytes);
    }
}

/// All identifiers of an employee; what is not known is not there.
pub(super) type Identifiers<'a> = [Option<Identifier<'a>>; KINDS];

/// A number for all of them together.
pub(super) fn hash_all(identifiers: &Identifiers<'_>) -> u32 {
    let mut all = Vec::with_capacity(KINDS);
    for identifier in identifiers {
        all.push(identifier.as_ref().map_or(0, |identifier| hash(identifier.letters())));
    }
    hash(all.into_iter())
}

/// Whether they are one employee's.
pub(super) fn same_all(left: &Identifiers<'_>, right: &Identifiers<'_>) -> bool {
    left.iter().zip(right).all(|pair| match pair {
        (Some(left), Some(right)) => left.letters().eq(right.letters()),
        (left, right) => left.is_none() && right.is_none(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_cut_where_others_go_on_alike() {
        for (kind, text, shared, own) in [
            (0, "amartin", "", "amartin"),
            (0, "ACME\\amartin", "ACME\\", "amartin"),
            (1, "anna@acme.com", "@acme.com", "anna"),
            (1, "@", "@", ""),
            (2, "\"a@b\"@acme.com", "@acme.com", "\"a@b\""),
            (2, "anna", "", "anna"),
            (3, "S-1-5-21-1-2-3-1104", "S-1-5-21-1-2-3-", "1104"),
            (3, "", "", ""),
        ] {
            let identifier = Identifier::of(kind, text);
            assert_eq!((identifier.shared(), identifier.own()), (shared, own), "{text}");
            assert_eq!(Identifier::from_parts(kind, own, shared), identifier);
            assert!(identifier.is(&text.to_uppercase()) && !identifier.is(&format!("{text}x")));
        }
    }
}
