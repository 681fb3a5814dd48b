//! By what something is found: the numbers of all that have a hash near one another, and where those begin.
//!
//! ```text
//! how many groups | where each begins among the numbers, and the end | numbers
//! ```

use super::arena::Arena;

/// So many numbers are in a group on average: fewer would be found a little sooner and take more room.
const PER_GROUP: usize = 4;

#[derive(Default)]
pub(super) struct Index {
    pub numbers: Arena,
}

impl Index {
    /// Of pairs of a hash and a number.
    pub fn of(pairs: &[(u32, u32)]) -> Self {
        let groups = u32::try_from(pairs.len().div_ceil(PER_GROUP)).unwrap_or(u32::MAX);
        let mut ends = vec![0_u32; groups as usize];
        for (hash, _) in pairs {
            if let Some(end) = ends.get_mut(group_of(*hash, groups)) {
                *end += 1;
            }
        }
        let mut numbers = Arena::default();
        numbers.push_number(groups);
        let mut begin = 0;
        for end in &mut ends {
            numbers.push_number(begin);
            begin += std::mem::replace(end, begin);
        }
        numbers.push_number(begin);
        // `ends` are beginnings now, and become ends again as the groups are filled.
        let mut sorted = vec![0; pairs.len()];
        for (hash, number) in pairs {
            let Some(end) = ends.get_mut(group_of(*hash, groups)) else { continue };
            if let Some(place) = sorted.get_mut(*end as usize) {
                *place = *number;
            }
            *end += 1;
        }
        for number in sorted {
            numbers.push_number(number);
        }
        Self { numbers }
    }

    /// All that may have this hash. `None` where the numbers do not fit together.
    pub fn candidates(&self, hash: u32) -> Option<impl Iterator<Item = Option<u32>>> {
        let groups = self.numbers.number(0)?;
        let (mut from, mut to) = (0, 0);
        if groups > 0 {
            let group = 1 + group_of(hash, groups);
            from = self.numbers.number(group)? as usize;
            to = self.numbers.number(group + 1)? as usize;
        }
        let base = groups as usize + 2;
        // Numbers of a file that was made up may lead anywhere: the first that is not there ends it.
        let all = self.numbers.len() / 4;
        (from <= to && base.checked_add(to)? <= all).then(|| (base + from..base + to).map(|at| self.numbers.number(at)))
    }
}

const fn group_of(hash: u32, groups: u32) -> usize {
    ((hash as u64 * groups as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_number_is_among_the_candidates_of_its_hash(pairs in prop::collection::vec((any::<u32>(), any::<u32>()), 0..300)) {
            let index = Index::of(&pairs);
            for (hash, number) in &pairs {
                prop_assert!(index.candidates(*hash).unwrap().any(|found| found == Some(*number)));
            }
            let all: usize = pairs.iter().map(|(hash, _)| index.candidates(*hash).unwrap().count()).sum();
            prop_assert!(all <= pairs.len() * pairs.len());
        }
    }

    #[test]
    fn an_index_of_nothing_and_one_that_is_none_give_nothing() {
        assert_eq!(Index::of(&[]).candidates(5).unwrap().count(), 0);
        assert!(Index::default().candidates(5).is_none());
        let mut lies = Index::default();
        for number in [1, 0, u32::MAX] {
            lies.numbers.push_number(number);
        }
        assert!(lies.candidates(5).is_none());
    }
}
