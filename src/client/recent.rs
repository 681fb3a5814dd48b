//! What this process remembers for some minutes, and could do without: never more than its room holds, the oldest
//! forgotten first.

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::nql::Timestamp;

/// How many bytes of text there is room for: about a thousand turns of conversations.
const ROOM: usize = 4 << 20;

/// Texts by their keys, the oldest first.
#[derive(Default)]
pub struct Recent(RefCell<Kept>);

#[derive(Default)]
struct Kept {
    entries: VecDeque<Entry>,
    bytes: usize,
}

struct Entry {
    key: String,
    value: String,
    forget_at: Timestamp,
}

impl Entry {
    fn bytes(&self) -> usize {
        self.key.len() + self.value.len()
    }
}

impl Recent {
    /// What is there, and not over its time.
    pub fn get(&self, key: &str, now: Timestamp) -> Option<String> {
        let kept = self.0.borrow();
        let found = kept.entries.iter().rev().find(|entry| entry.key == key && entry.forget_at > now)?;
        Some(found.value.clone())
    }

    /// Puts a text where there is none. Gives whether it was put; one that has no room at all was, and is forgotten.
    pub fn put(&self, key: &str, value: &str, forget_at: Timestamp, now: Timestamp) -> bool {
        if self.get(key, now).is_some() {
            return false;
        }
        let mut kept = self.0.borrow_mut();
        let entry = Entry { key: key.to_owned(), value: value.to_owned(), forget_at };
        kept.bytes += entry.bytes();
        kept.entries.push_back(entry);
        while kept.entries.front().is_some_and(|oldest| kept.bytes > ROOM || oldest.forget_at <= now) {
            let forgotten = kept.entries.pop_front();
            kept.bytes -= forgotten.map_or(0, |entry| entry.bytes());
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000);

    fn put(recent: &Recent, key: &str, value: &str) -> bool {
        recent.put(key, value, NOW.plus(10), NOW)
    }

    fn bytes(recent: &Recent) -> (usize, usize) {
        let kept = recent.0.borrow();
        (kept.entries.len(), kept.bytes)
    }

    #[test]
    fn the_first_text_stays_until_its_time_is_over() {
        let recent = Recent::default();
        assert!(put(&recent, "a", "1") && !put(&recent, "a", "2"));
        assert_eq!((recent.get("a", NOW).as_deref(), recent.get("b", NOW)), (Some("1"), None));
        let later = NOW.plus(10);
        assert_eq!(recent.get("a", later), None);
        assert!(recent.put("a", "3", later.plus(10), later));
        assert_eq!((recent.get("a", later).as_deref(), bytes(&recent)), (Some("3"), (1, 2)));
    }

    #[test]
    fn there_is_never_more_than_there_is_room_for() {
        let recent = Recent::default();
        let value = "x".repeat(ROOM / 4);
        for number in 0..100 {
            assert!(put(&recent, &number.to_string(), &value));
            assert!(bytes(&recent).1 <= ROOM);
        }
        assert_eq!(bytes(&recent).0, 3);
        assert!(recent.get("99", NOW).is_some() && recent.get("96", NOW).is_none());
        assert!(put(&recent, "huge", &"x".repeat(2 * ROOM)));
        assert_eq!(bytes(&recent), (0, 0));
    }
}
