//! Where commas, quotes and line feeds are, 64 bytes at a time: as a record has few of them, a reader that goes from one
//! to the next leaves the other bytes alone. Sixteen bytes are looked at in one go in a module that is built for it; else
//! eight as one number, without instructions of any one processor.

/// How many bytes are looked at in one go.
pub(super) const BLOCK: usize = 64;

/// The highest bit of each byte.
pub(super) const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

#[cfg(not(target_feature = "simd128"))]
const ONES: u64 = 0x0101_0101_0101_0101;
#[cfg(not(target_feature = "simd128"))]
const LOW_BITS: u64 = 0x7f * ONES;

/// Bit n tells whether byte n is a comma, a quote or a line feed.
#[cfg(target_feature = "simd128")]
#[inline]
pub(super) fn marks(block: &[u8; BLOCK]) -> u64 {
    use core::arch::wasm32::{u8x16, u8x16_bitmask, u8x16_eq, u8x16_splat, v128_or};

    let mut marks = 0;
    for sixteen in block.as_chunks::<16>().0 {
        // One instruction: the compiler sees that they lie side by side.
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *sixteen;
        let bytes = u8x16(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
        let is = |byte| u8x16_eq(bytes, u8x16_splat(byte));
        let found = u8x16_bitmask(v128_or(is(b','), v128_or(is(b'"'), is(b'\n'))));
        marks = (marks >> 16) | u64::from(found) << 48;
    }
    marks
}

/// Whether all bytes are ASCII.
#[inline]
pub(super) fn is_ascii(block: &[u8; BLOCK]) -> bool {
    let words = block.as_chunks::<8>().0;
    words.iter().fold(0, |seen, word| seen | u64::from_le_bytes(*word)) & HIGH_BITS == 0
}

/// Bit n tells whether byte n is a comma, a quote or a line feed.
#[cfg(not(target_feature = "simd128"))]
#[inline]
pub(super) fn marks(block: &[u8; BLOCK]) -> u64 {
    let mut marks = 0;
    for word in block.as_chunks::<8>().0 {
        let word = u64::from_le_bytes(*word);
        let others = differs(word, b',') & differs(word, b'"') & differs(word, b'\n');
        let found = (!others & HIGH_BITS) >> 7;
        // Bit 8n of the product's factor becomes bit 56 + n of the product: the eight answers side by side.
        let byte = found.wrapping_mul(0x0102_0408_1020_4080) & (0xff << 56);
        marks = (marks >> 8) | byte;
    }
    marks
}

/// The high bit of each byte tells whether it differs from this one; the other bits mean nothing. No byte's sum runs
/// over into the next, so that each answer is its own.
#[cfg(not(target_feature = "simd128"))]
#[inline]
const fn differs(word: u64, byte: u8) -> u64 {
    let difference = word ^ (byte as u64 * ONES);
    ((difference & LOW_BITS) + LOW_BITS) | difference
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one_by_one(block: &[u8; BLOCK]) -> u64 {
        let found = block.iter().enumerate().filter(|(_, byte)| matches!(byte, b',' | b'"' | b'\n'));
        found.fold(0, |marks, (position, _)| marks | 1 << position)
    }

    #[test]
    fn every_byte_is_told_from_its_neighbours_at_every_position() {
        for byte in 0..=u8::MAX {
            for neighbour in [0, b'!', b'"', b'#', b',', b'-', b'\n', 0x80, b',' | 0x80, 0xff] {
                for position in 0..BLOCK {
                    let mut block = [neighbour; BLOCK];
                    block[position] = byte;
                    assert_eq!(marks(&block), one_by_one(&block), "{byte} among {neighbour} at {position}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn marks_are_those_found_one_by_one(block in prop::array::uniform32(any::<[u8; 2]>())) {
            let mut bytes = [0; BLOCK];
            bytes.copy_from_slice(block.as_flattened());
            prop_assert_eq!(marks(&bytes), one_by_one(&bytes));
            prop_assert_eq!(is_ascii(&bytes), bytes.is_ascii());
        }
    }
}
