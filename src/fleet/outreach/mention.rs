//! An employee as somebody names them: by one identifier or several, in any case of letters.

use crate::flow::{Employee, IdentifiedBy};
use crate::nql::lower_case_text;

/// The kinds of identifiers, the strongest first: of two mentions the first kind that both have decides whether they are of
/// one employee. A security identifier is one account for ever; names of accounts repeat from machine to machine.
const KINDS: [IdentifiedBy; 4] = [IdentifiedBy::Sid, IdentifiedBy::Upn, IdentifiedBy::Email, IdentifiedBy::Username];

/// How many kinds there are.
pub(super) const RANKS: usize = KINDS.len();

/// The rank of names of accounts.
pub(super) const WEAKEST: usize = RANKS - 1;

const BETWEEN: char = '\u{1f}';

/// The identifiers of an employee as they were written, in one text: half a million are held at once. None where nobody is
/// named: an export writes `-` for nothing, and what holds control characters is no identifier.
pub(super) fn mention_of(employee: &Employee) -> Option<Box<str>> {
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
    names_somebody.then(|| text.into())
}

/// The identifiers of a mention with their ranks, the strongest first.
pub(super) fn identifiers_in(mention: &str) -> impl Iterator<Item = (usize, &str)> {
    mention.split(BETWEEN).enumerate().filter(|(_, text)| !text.is_empty())
}

/// The same without case, as rows and directories are looked up: accounts have names in any alphabet.
pub(super) fn folded_in(mention: &str) -> impl Iterator<Item = (usize, Box<str>)> {
    identifiers_in(mention).map(|(rank, text)| {
        // No letter is longer in the other case.
        let mut folded = String::with_capacity(text.len());
        folded.extend(lower_case_text(text).filter_map(char::from_u32));
        (rank, folded.into())
    })
}

/// All identifiers of one employee, of several mentions.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    folded: [Vec<Box<str>>; RANKS],
    /// As they were written.
    written: [Option<Box<str>>; RANKS],
}

impl Identifiers {
    pub fn add(&mut self, mention: &str) {
        for ((rank, text), (_, folded)) in identifiers_in(mention).zip(folded_in(mention)) {
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
        self.folded.iter().enumerate().flat_map(|(rank, texts)| texts.iter().map(move |text| (rank, &**text)))
    }

    /// The same for each kind, the strongest first.
    pub fn by_kind(&self) -> &[Vec<Box<str>>; RANKS] {
        &self.folded
    }

    /// The employee, as they were written.
    pub fn employee(&self) -> Employee {
        let [sid, upn, email, username] = self.written.each_ref().map(|text| text.as_deref().map(str::to_owned));
        Employee { username, upn, email, sid }
    }
}
