//! A store in this process's memory, for clients that were given none: it serves one process, and no other knows of it.

use std::cell::{Cell, RefCell};

use super::recent::Recent;
use crate::nql::Timestamp;

/// Below so many entries nothing is forgotten.
const KEPT: usize = 1_024;

/// Texts by their keys.
///
/// What is over its time is forgotten only where there is much of it: an entry that is there for too long says when it
/// was made, and one that a clock's jump had thrown away could not be asked any more.
pub struct Memory {
    /// In the order of the keys.
    entries: RefCell<Vec<Entry>>,
    /// At how many entries those that are over their time are forgotten.
    full_at: Cell<usize>,
    /// What may be forgotten at any time.
    pub recent: Recent,
    /// When the one was lost in whose place this is.
    lost_at: Option<Timestamp>,
}

struct Entry {
    key: String,
    value: String,
    forget_at: Timestamp,
}

impl Default for Memory {
    fn default() -> Self {
        Self { entries: RefCell::default(), full_at: Cell::new(KEPT), recent: Recent::default(), lost_at: None }
    }
}

impl Memory {
    /// One in the place of another, which was lost with its WebAssembly instance.
    pub fn in_place_of_one_lost_at(time: Timestamp) -> Self {
        Self { lost_at: Some(time), ..Self::default() }
    }

    /// Before which time something may have been put that is not there any more.
    pub const fn lost_at(&self) -> Option<Timestamp> {
        self.lost_at
    }

    /// What is there.
    pub fn get(&self, key: &str) -> Option<String> {
        let entries = self.entries.borrow();
        let position = entries.binary_search_by(|entry| entry.key.as_str().cmp(key)).ok()?;
        entries.get(position).map(|entry| entry.value.clone())
    }

    /// Puts a text where there is none, or, with `expected`, where there is that one. Gives whether it was put.
    pub fn put(&self, key: &str, expected: Option<&str>, value: &str, forget_at: Timestamp, now: Timestamp) -> bool {
        self.make_room(now);
        let mut entries = self.entries.borrow_mut();
        let entry = Entry { key: key.to_owned(), value: value.to_owned(), forget_at };
        match (entries.binary_search_by(|entry| entry.key.as_str().cmp(key)), expected) {
            (Err(position), None) => entries.insert(position, entry),
            (Ok(position), Some(expected)) => match entries.get_mut(position) {
                Some(held) if held.value == expected => *held = entry,
                _ => return false,
            },
            _ => return false,
        }
        true
    }

    /// However many stay, the next time is when they are twice as many: a put costs the same on average.
    fn make_room(&self, now: Timestamp) {
        let mut entries = self.entries.borrow_mut();
        if entries.len() < self.full_at.get() {
            return;
        }
        entries.retain(|entry| entry.forget_at > now);
        self.full_at.set(KEPT.max(2 * entries.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000);

    fn put(memory: &Memory, key: &str, expected: Option<&str>, value: &str) -> bool {
        memory.put(key, expected, value, NOW.plus(10), NOW)
    }

    #[test]
    fn a_text_is_put_where_there_is_what_was_expected() {
        let memory = Memory::default();
        assert!(put(&memory, "b", None, "1"));
        assert!(!put(&memory, "b", None, "2"));
        assert!(!put(&memory, "b", Some("2"), "3"));
        assert!(put(&memory, "b", Some("1"), "2"));
        assert!(!put(&memory, "a", Some("1"), "2"));
        assert!(put(&memory, "a", None, "x") && put(&memory, "c", None, "y"));
        let all = ["a", "b", "c", "d"].map(|key| memory.get(key));
        assert_eq!(all.each_ref().map(Option::as_deref), [Some("x"), Some("2"), Some("y"), None]);
    }

    #[test]
    fn what_is_over_its_time_is_forgotten_where_there_is_much_of_it() {
        let memory = Memory::default();
        for number in 0..KEPT {
            let forget_at = NOW.plus(if number < 10 { 100 } else { 10 });
            assert!(memory.put(&number.to_string(), None, "x", forget_at, NOW.plus(20)));
        }
        assert_eq!(memory.entries.borrow().len(), KEPT, "few enough");
        assert!(memory.put("one more", None, "x", NOW.plus(100), NOW.plus(20)));
        assert_eq!(memory.entries.borrow().len(), 11);
        assert!(memory.get("9").is_some() && memory.get("10").is_none());
    }
}
