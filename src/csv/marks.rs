//! Where commas, line feeds and quotes are, 64 bytes at a time: as a record has few of them, a reader that goes from one
//! to the next leaves the other bytes alone. Sixteen bytes are looked at in one go in a module that is built for it; else
//! eight as one number, without instructions of any one processor.

/// How many bytes are looked at in one go.
pub(super) const BLOCK: usize = 64;

/// The highest bit of each byte.
#[cfg(not(target_feature = "simd128"))]
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

#[cfg(not(target_feature = "simd128"))]
const ONES: u64 = 0x0101_0101_0101_0101;
#[cfg(not(target_feature = "simd128"))]
const LOW_BITS: u64 = 0x7f * ONES;

/// The block that begins at a place of a text; of the last one the end is zeros, for which there is room in `last`.
#[inline]
pub(super) fn block_at<'b>(text: &'b [u8], start: usize, last: &'b mut [u8; BLOCK]) -> Option<&'b [u8; BLOCK]> {
    let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
    rest.first_chunk().or_else(|| {
        last.iter_mut().zip(rest).for_each(|(byte, value)| *byte = *value);
        Some(last)
    })
}

/// What a block holds.
pub(super) struct Sight {
    /// Bit n tells whether byte n is a comma or a line feed.
    pub breaks: u64,
    /// Which of them are line feeds.
    pub line_feeds: u64,
    pub has_quotes: bool,
    pub is_ascii: bool,
}

#[cfg(target_feature = "simd128")]
#[inline(always)]
pub(super) fn look(block: &[u8; BLOCK]) -> Sight {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_splat, v128_any_true, v128_or};

    let (mut breaks, mut line_feeds, mut quotes, mut all) = (0, 0, u8x16_splat(0), u8x16_splat(0));
    for sixteen in block.as_chunks::<16>().0 {
        let bytes = vector(sixteen);
        let ends = equals(bytes, b'\n');
        breaks = (breaks >> 16) | u64::from(u8x16_bitmask(v128_or(equals(bytes, b','), ends))) << 48;
        line_feeds = (line_feeds >> 16) | u64::from(u8x16_bitmask(ends)) << 48;
        quotes = v128_or(quotes, equals(bytes, b'"'));
        all = v128_or(all, bytes);
    }
    Sight { breaks, line_feeds, has_quotes: v128_any_true(quotes), is_ascii: u8x16_bitmask(all) == 0 }
}

/// Bit n tells whether byte n is a quote.
#[cfg(target_feature = "simd128")]
#[inline]
pub(super) fn quotes(block: &[u8; BLOCK]) -> u64 {
    let found = |sixteen| u64::from(core::arch::wasm32::u8x16_bitmask(equals(vector(sixteen), b'"')));
    block.as_chunks::<16>().0.iter().fold(0, |quotes, sixteen| (quotes >> 16) | found(sixteen) << 48)
}

/// One instruction: the compiler sees that they lie side by side.
#[cfg(target_feature = "simd128")]
#[inline(always)]
const fn vector(sixteen: &[u8; 16]) -> core::arch::wasm32::v128 {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *sixteen;
    core::arch::wasm32::u8x16(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)
}

#[cfg(target_feature = "simd128")]
#[inline(always)]
fn equals(bytes: core::arch::wasm32::v128, byte: u8) -> core::arch::wasm32::v128 {
    core::arch::wasm32::u8x16_eq(bytes, core::arch::wasm32::u8x16_splat(byte))
}

#[cfg(not(target_feature = "simd128"))]
#[inline]
pub(super) fn look(block: &[u8; BLOCK]) -> Sight {
    let (mut breaks, mut line_feeds, mut others, mut all) = (0, 0, HIGH_BITS, 0);
    for word in block.as_chunks::<8>().0 {
        let word = u64::from_le_bytes(*word);
        let others_than_ends = differs(word, b'\n');
        breaks = (breaks >> 8) | side_by_side(!(differs(word, b',') & others_than_ends));
        line_feeds = (line_feeds >> 8) | side_by_side(!others_than_ends);
        others &= differs(word, b'"');
        all |= word;
    }
    Sight { breaks, line_feeds, has_quotes: others & HIGH_BITS != HIGH_BITS, is_ascii: all & HIGH_BITS == 0 }
}

/// Bit n tells whether byte n is a quote.
#[cfg(not(target_feature = "simd128"))]
#[inline]
pub(super) fn quotes(block: &[u8; BLOCK]) -> u64 {
    let words = block.as_chunks::<8>().0.iter().map(|word| u64::from_le_bytes(*word));
    words.fold(0, |quotes, word| (quotes >> 8) | side_by_side(!differs(word, b'"')))
}

/// The high bits of the bytes, as the uppermost byte.
#[cfg(not(target_feature = "simd128"))]
#[inline]
const fn side_by_side(found: u64) -> u64 {
    // Bit 8n of the product's factor becomes bit 56 + n of the product.
    ((found & HIGH_BITS) >> 7).wrapping_mul(0x0102_0408_1020_4080) & (0xff << 56)
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

    fn check(block: &[u8; BLOCK], what: &str) {
        let places = |is: fn(&u8) -> bool| (0..BLOCK).fold(0, |all, place| all | u64::from(is(&block[place])) << place);
        let Sight { breaks, line_feeds, has_quotes, is_ascii } = look(block);
        assert_eq!(line_feeds, places(|byte| *byte == b'\n'), "{what}");
        assert_eq!(breaks, places(|byte| matches!(byte, b',' | b'\n')), "{what}");
        assert_eq!(quotes(block), places(|byte| *byte == b'"'), "{what}");
        assert_eq!((has_quotes, is_ascii), (block.contains(&b'"'), block.is_ascii()), "{what}");
    }

    #[test]
    fn every_byte_is_told_from_its_neighbours_at_every_position() {
        for byte in 0..=u8::MAX {
            for neighbour in [0, b'!', b'"', b'#', b',', b'-', b'\n', 0x80, b',' | 0x80, 0xff] {
                for position in 0..BLOCK {
                    let mut block = [neighbour; BLOCK];
                    block[position] = byte;
                    check(&block, &format!("{byte} among {neighbour} at {position}"));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn marks_are_those_found_one_by_one(block in prop::array::uniform32(any::<[u8; 2]>())) {
            let mut bytes = [0; BLOCK];
            bytes.copy_from_slice(block.as_flattened());
            check(&bytes, "any bytes");
        }
    }
}
