//! Numbers that look random and are the same for the same seed, on every runtime (SplitMix64, Steele and others, 2014).

use std::fmt::Write;

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// The stream of a seed. `stream` keeps the uses apart: a device more in the fleet changes no request ID.
    pub fn new(seed: u64, stream: &str) -> Self {
        let mut random = Self(seed);
        for byte in stream.bytes() {
            random.0 = random.next() ^ u64::from(byte);
        }
        random
    }

    /// The stream of what some numbers name together: no text is read, so that one can be had for every event.
    pub fn of(parts: [u64; 3]) -> Self {
        let mut random = Self(0);
        for part in parts {
            random.0 = random.next() ^ part;
        }
        random
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A number from `first` to `last`, both included.
    pub fn between(&mut self, first: u64, last: u64) -> u64 {
        first + self.below(last.saturating_sub(first) + 1)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// From 0 up to, not including, 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are what an f64 holds exactly")]
    pub fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of the items.
    pub fn pick<T: Copy + Default>(&mut self, items: &[T]) -> T {
        let position = self.below(items.len() as u64);
        items.get(usize::try_from(position).unwrap_or_default()).copied().unwrap_or_default()
    }

    pub fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let random = self.next().to_le_bytes();
            for (byte, random) in chunk.iter_mut().zip(random) {
                *byte = random;
            }
        }
    }

    /// So many bytes in lower-case hexadecimal.
    pub fn hexadecimal(&mut self, bytes: usize) -> String {
        let mut buffer = vec![0; bytes];
        self.fill(&mut buffer);
        buffer.iter().fold(String::with_capacity(bytes * 2), |mut text, byte| {
            // Writing into a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// A version 4 UUID.
    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        let high = (high & !0xF000) | 0x4000;
        let low = (low & !(0b11 << 62)) | (0b10 << 62);
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xFFFF,
            high & 0xFFFF,
            low >> 48,
            low & 0xFFFF_FFFF_FFFF
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        // The reference implementation's first numbers for the seed 1234567.
        let mut random = Random(1_234_567);
        let numbers: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(numbers, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn streams_of_one_seed_differ() {
        assert_ne!(Random::new(1, "fleet").next(), Random::new(1, "requests").next());
        assert_ne!(Random::new(1, "fleet").next(), Random::new(2, "fleet").next());
    }

    #[test]
    fn streams_of_numbers_differ_in_every_place() {
        let first = |parts| Random::of(parts).next();
        let all = [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [0, 1, 1]].map(first);
        let distinct: std::collections::BTreeSet<u64> = all.into_iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn a_uuid_has_its_version_and_variant() {
        let mut random = Random::new(1, "uuid");
        for _ in 0..100 {
            let uuid = random.uuid();
            assert_eq!(uuid.len(), 36);
            let letters: Vec<char> = uuid.chars().collect();
            assert!(letters[14] == '4' && "89ab".contains(letters[19]), "{uuid}");
        }
    }
}
