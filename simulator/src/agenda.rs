//! What falls due when, for whatever has a life cycle: at most one time for each item, known by its position.

use std::collections::{BTreeMap, BTreeSet};

use nexthink_chatbot::nql::Timestamp;

#[derive(Debug, Clone, Default)]
pub(crate) struct Agenda {
    by_time: BTreeSet<(Timestamp, usize)>,
    by_item: BTreeMap<usize, Timestamp>,
}

impl Agenda {
    /// The item is due at this time, and no longer at another.
    pub fn plan(&mut self, item: usize, at: Timestamp) {
        self.strike(item);
        self.by_item.insert(item, at);
        self.by_time.insert((at, item));
    }

    /// The item is not due any more.
    pub fn strike(&mut self, item: usize) {
        if let Some(at) = self.by_item.remove(&item) {
            self.by_time.remove(&(at, item));
        }
    }

    /// When the next item is due.
    pub fn next(&self) -> Option<Timestamp> {
        self.by_time.first().map(|(at, _)| *at)
    }

    /// Takes the next item that is due up to `time`.
    pub fn take(&mut self, time: Timestamp) -> Option<usize> {
        let item = self.by_time.first().filter(|(at, _)| *at <= time).map(|(_, item)| *item)?;
        self.strike(item);
        Some(item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_in_the_order_of_their_times_and_each_once() {
        let mut agenda = Agenda::default();
        agenda.plan(7, Timestamp(30));
        agenda.plan(8, Timestamp(20));
        agenda.plan(7, Timestamp(10));
        agenda.plan(9, Timestamp(15));
        agenda.strike(9);
        assert_eq!(agenda.next(), Some(Timestamp(10)));
        assert_eq!((agenda.take(Timestamp(9)), agenda.take(Timestamp(99))), (None, Some(7)));
        assert_eq!((agenda.take(Timestamp(99)), agenda.take(Timestamp(99))), (Some(8), None));
    }
}
