//! The matches that are held, as many as a company has: in one list, and put together when they are taken out.

use super::order::in_order;
use super::outcome::HeldReason;
use crate::nql::Timestamp;

/// A match that is held.
#[derive(Debug)]
pub(super) struct Holding {
    pub person: Option<u32>,
    pub reason: HeldReason,
    pub until: Option<Timestamp>,
    pub one: u32,
}

/// Matches of one employee that are held for one reason until one time.
#[derive(Debug)]
pub(super) struct HeldTogether {
    pub person: Option<u32>,
    pub reason: HeldReason,
    pub until: Option<Timestamp>,
    pub matches: Vec<u32>,
}

/// All that is held. What can go out first is taken out first.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    all: Vec<Holding>,
    /// The positions of those that were not taken out are behind `taken`.
    order: Vec<u32>,
    taken: usize,
}

impl Waiting {
    pub fn of(all: Vec<Holding>) -> Self {
        let at = |place: u32| {
            all.get(place as usize).map(|held| (held.until.is_none(), held.until, held.person, held.reason))
        };
        let order = in_order(all.len(), &mut |one, other| at(one).cmp(&at(other)));
        Self { all, order, taken: 0 }
    }

    /// When the first can go out.
    pub fn next_at(&self) -> Option<Timestamp> {
        self.all.iter().filter_map(|held| held.until).min()
    }
}

impl Iterator for Waiting {
    type Item = HeldTogether;

    fn next(&mut self) -> Option<HeldTogether> {
        let mut rest = self.order.get(self.taken..)?.iter().filter_map(|place| self.all.get(*place as usize));
        let &Holding { person, reason, until, one } = rest.next()?;
        let mut matches = vec![one];
        let same = rest.take_while(|held| (held.person, held.reason, held.until) == (person, reason, until));
        matches.extend(same.map(|held| held.one));
        self.taken += matches.len();
        Some(HeldTogether { person, reason, until, matches })
    }
}
