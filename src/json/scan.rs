//! How far a text's plain characters go, eight bytes at a time: most of an answer is names and texts that are passed
//! over, and byte by byte that is most of the work.

/// Where plain text ends that goes on at a place: at a quote, a backslash, a control character, or the end. `seen` gets
/// all bytes on the way, and may get some after it: without a high bit in it, the text is ASCII.
#[inline(always)]
pub(super) fn plain_end(text: &[u8], place: usize, seen: &mut u64) -> usize {
    let mut place = place;
    while let Some(word) = text.get(place..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*word);
        *seen |= word;
        let ends = ends_of(word);
        if ends != 0 {
            return place + (ends.trailing_zeros() / 8) as usize;
        }
        place += 8;
    }
    while let Some(byte) = text.get(place) {
        if matches!(byte, b'"' | b'\\' | 0..=0x1f) {
            break;
        }
        *seen |= u64::from(*byte);
        place += 1;
    }
    place
}

/// Whether what `plain_end` has seen is ASCII.
pub(super) const fn is_ascii(seen: u64) -> bool {
    seen & HIGH == 0
}

/// Whether a text begins with another. The standard library's comparison goes byte by byte in WebAssembly.
pub(crate) fn begins_with(text: &[u8], beginning: &[u8]) -> bool {
    let Some(text) = text.get(..beginning.len()) else { return false };
    let ((left, left_rest), (right, right_rest)) = (text.as_chunks::<8>(), beginning.as_chunks::<8>());
    let same_word = |(left, right): (&[u8; 8], &[u8; 8])| u64::from_le_bytes(*left) == u64::from_le_bytes(*right);
    left.iter().zip(right).all(same_word) && left_rest.iter().zip(right_rest).all(|(left, right)| left == right)
}

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The highest bit of each byte that ends plain text. A borrow may set it in a byte after the first of them, never in
/// one before it.
#[inline(always)]
fn ends_of(word: u64) -> u64 {
    // With the second bit turned, the quote joins the control characters below 0x21, and nothing else does.
    let turned = word ^ (EACH * 0x02);
    let quote_or_control = turned.wrapping_sub(EACH * 0x21) & !turned;
    let slashes = word ^ (EACH * u64::from(b'\\'));
    let slash = slashes.wrapping_sub(EACH) & !slashes;
    (quote_or_control | slash) & HIGH
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// From every place of the text: where it ends, and that nothing that is not ASCII was missed.
    fn check(text: &[u8]) {
        for from in 0..=text.len() {
            let rest = &text[from..];
            let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)).unwrap_or(rest.len());
            let mut seen = 0;
            assert_eq!(plain_end(text, from, &mut seen), from + end, "{text:?} from {from}");
            assert!(rest[..end].is_ascii() || !is_ascii(seen), "{text:?} from {from}");
            assert!(!text.is_ascii() || is_ascii(seen), "{text:?} from {from}");
        }
    }

    #[test]
    fn every_byte_ends_plain_text_at_every_place_or_does_not() {
        for byte in 0..=255 {
            for place in 0..20 {
                for after in [b'"', 0x20, 0x22, 0x80, 0xff] {
                    let mut text = vec![b'x'; 20];
                    text[place] = byte;
                    text[place + 1..].fill(after);
                    check(&text);
                }
            }
        }
    }

    #[test]
    fn a_text_begins_with_its_own_beginnings_and_no_others() {
        let text = b"\"remote_action.get_x.execution.status\":";
        for length in 0..=text.len() {
            assert!(begins_with(text, &text[..length]), "{length}");
            for place in 0..length {
                let mut other = text[..length].to_vec();
                other[place] ^= 0x20;
                assert!(!begins_with(text, &other), "{length} {place}");
            }
        }
        assert!(!begins_with(b"12345678", b"123456789"));
    }

    proptest! {
        #[test]
        fn words_and_bytes_give_the_same(text in prop::collection::vec(any::<u8>(), 0..40)) {
            check(&text);
        }
    }
}
