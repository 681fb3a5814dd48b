//! An employee as somebody names them: by one identifier or several, in any case of letters.

use crate::flow::{Employee, IdentifiedBy};

/// The kinds of identifiers, the strongest first: of two mentions the first kind that both have decides whether they are of
/// one employee. A security identifier is one account for ever; names of accounts repeat from machine to machine.
const KINDS: [IdentifiedBy; 4] = [IdentifiedBy::Sid, IdentifiedBy::Upn, IdentifiedBy::Email, IdentifiedBy::Username];

/// How many kinds there are.
pub(super) const RANKS: usize = KINDS.len();

const BETWEEN: char = '\u{1f}';

/// The identifiers of an employee as they were written, in one text: half a million are held at once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mention(Box<str>);

impl Mention {
    /// None where nobody is named: an export writes `-` for nothing, and what holds control characters is no identifier.
    pub fn of(employee: &Employee) -> Option<Self> {
        let mut text = String::new();
        let mut names_somebody = false;
        for (rank, kind) in KINDS.into_iter().enumerate() {
            if rank > 0 {
                text.push(BETWEEN);
            }
            let identifier = employee.identifier(kind).map(str::trim).unwrap_or_default();
            if !matches!(identifier, "" | "-") && !identifier.chars().any(char::is_control) {
                text.push_str(identifier);
                names_somebody = true;
            }
        }
        names_somebody.then(|| Self(text.into()))
    }

    /// The identifiers with their ranks, the strongest first.
    pub fn identifiers(&self) -> impl Iterator<Item = (usize, &str)> {
        self.0.split(BETWEEN).enumerate().filter(|(_, text)| !text.is_empty())
    }

    /// The same without case, as Nexthink finds employees.
    pub fn folded(&self) -> impl Iterator<Item = (usize, String)> {
        self.identifiers().map(|(rank, text)| (rank, text.to_ascii_lowercase()))
    }
}

/// All identifiers of one employee, of several mentions.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    folded: [Vec<String>; RANKS],
    /// As they were written.
    written: [Option<Box<str>>; RANKS],
}

impl Identifiers {
    pub fn add(&mut self, mention: &Mention) {
        for ((rank, text), (_, folded)) in mention.identifiers().zip(mention.folded()) {
            if let Some(known) = self.folded.get_mut(rank)
                && !known.contains(&folded)
            {
                known.push(folded);
            }
            // Of several spellings the first in order, whichever came first.
            if let Some(written) = self.written.get_mut(rank)
                && written.as_deref().is_none_or(|known| text < known)
            {
                *written = Some(text.into());
            }
        }
    }

    /// All of them without case, with their ranks.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        self.folded.iter().enumerate().flat_map(|(rank, texts)| texts.iter().map(move |text| (rank, text.as_str())))
    }

    /// Whether a mention is of this employee.
    pub fn are_of(&self, mention: &Mention) -> bool {
        let decisive = mention.folded().find(|(rank, _)| self.folded.get(*rank).is_some_and(|known| !known.is_empty()));
        decisive.is_some_and(|(rank, text)| self.folded.get(rank).is_some_and(|known| known.contains(&text)))
    }

    /// The employee, as they were written.
    pub fn employee(&self) -> Employee {
        let [sid, upn, email, username] = self.written.each_ref().map(|text| text.as_deref().map(str::to_owned));
        Employee { username, upn, email, sid }
    }
}
