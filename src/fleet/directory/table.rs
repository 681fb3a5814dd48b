//! What is there already, while a directory is made: numbers by the hash of what they stand for. It holds neither, so it
//! takes twelve bytes for each.

/// A hash, and a number above which one is added so that zero is an empty place.
type Slot = (u32, u32);

#[derive(Default)]
pub(super) struct Table {
    /// As many as a power of two, a third of them empty at least.
    slots: Vec<Slot>,
    used: usize,
}

impl Table {
    /// The number with this hash that is the `same`.
    pub fn find(&self, hash: u32, same: impl Fn(u32) -> bool) -> Option<u32> {
        let mut place = hash as usize;
        for _ in 0..self.slots.len() {
            match *self.slots.get(place & (self.slots.len() - 1))? {
                (_, 0) => return None,
                (known, number) if known == hash && same(number - 1) => return Some(number - 1),
                _ => place += 1,
            }
        }
        None
    }

    /// Adds a number that is not there.
    pub fn insert(&mut self, hash: u32, number: u32) {
        if self.used * 3 >= self.slots.len() * 2 {
            let more = vec![(0, 0); (self.slots.len() * 2).max(64)];
            for (hash, number) in std::mem::replace(&mut self.slots, more) {
                if number != 0 {
                    self.put(hash, number);
                }
            }
        }
        self.used += 1;
        self.put(hash, number.saturating_add(1));
    }

    fn put(&mut self, hash: u32, number: u32) {
        let last = self.slots.len().saturating_sub(1);
        let mut place = hash as usize;
        while let Some(slot) = self.slots.get_mut(place & last) {
            if slot.1 == 0 {
                *slot = (hash, number);
                return;
            }
            place += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_found_by_its_hash_and_no_other_is() {
        let mut table = Table::default();
        assert_eq!(table.find(5, |_| true), None);
        // Hashes that repeat, and that crowd.
        let hash = |number: u32| number / 3 % 500;
        for number in 0..2_000 {
            assert_eq!(table.find(hash(number), |found| found == number), None);
            table.insert(hash(number), number);
        }
        assert!((0..2_000).all(|number| table.find(hash(number), |found| found == number) == Some(number)));
        assert_eq!(table.find(hash(7), |found| found == 2_000), None);
    }
}
