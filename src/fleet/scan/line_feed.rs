//! Where line feeds are, eight bytes at a time.

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;
const LOW: u64 = 0x7f * EACH;

/// The highest bit of each byte that is a line feed.
#[inline(always)]
const fn found(word: u64) -> u64 {
    let difference = word ^ (EACH * b'\n' as u64);
    !(((difference & LOW) + LOW) | difference) & HIGH
}

/// Where the first one is, from a place on.
pub(super) fn next(text: &[u8], from: usize) -> Option<usize> {
    let mut place = from;
    while let Some(word) = text.get(place..).and_then(<[u8]>::first_chunk::<8>) {
        let found = found(u64::from_le_bytes(*word));
        if found != 0 {
            return Some(place + (found.trailing_zeros() / 8) as usize);
        }
        place += 8;
    }
    let rest = text.get(place..).unwrap_or_default();
    rest.iter().position(|byte| *byte == b'\n').map(|end| place + end)
}

/// How many there are.
pub(super) fn count(text: &[u8]) -> u64 {
    let (words, rest) = text.as_chunks::<8>();
    let in_words: u32 = words.iter().map(|word| found(u64::from_le_bytes(*word)).count_ones()).sum();
    u64::from(in_words) + rest.iter().filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn they_are_those_found_one_by_one(
            text in prop::collection::vec(prop_oneof![Just(b'\n'), Just(b'\n' | 0x80), 8_u8..13, any::<u8>()], 0..40),
            from in 0_usize..50,
        ) {
            let one_by_one = (from..text.len()).find(|place| text[*place] == b'\n');
            prop_assert_eq!(next(&text, from), one_by_one);
            prop_assert_eq!(count(&text), text.iter().filter(|byte| **byte == b'\n').count() as u64);
        }
    }
}
