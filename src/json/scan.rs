//! How far a text's plain characters go, eight bytes at a time: most of an answer is names and texts that are passed
//! over, and byte by byte that is most of the work.

/// The length of what comes before the first quote, backslash or control character, and whether it is ASCII. `None`:
/// there is no such byte.
pub(super) fn plain_length(text: &[u8]) -> Option<(usize, bool)> {
    let (words, rest) = text.as_chunks::<8>();
    let mut length = 0;
    let mut seen = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let ends = ends_of(word);
        if ends != 0 {
            let before = ends.trailing_zeros() & !7;
            let plain = word & !(u64::MAX << before);
            return Some((length + (before / 8) as usize, (seen | plain) & HIGH == 0));
        }
        seen |= word;
        length += 8;
    }
    let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
    let is_ascii = seen & HIGH == 0 && rest.iter().take(end).all(u8::is_ascii);
    Some((length + end, is_ascii))
}

/// Whether a text begins with another. The standard library's comparison goes byte by byte in WebAssembly.
pub(super) fn begins_with(text: &[u8], beginning: &[u8]) -> bool {
    let Some(text) = text.get(..beginning.len()) else { return false };
    let ((left, left_rest), (right, right_rest)) = (text.as_chunks::<8>(), beginning.as_chunks::<8>());
    let same_word = |(left, right): (&[u8; 8], &[u8; 8])| u64::from_le_bytes(*left) == u64::from_le_bytes(*right);
    left.iter().zip(right).all(same_word) && left_rest.iter().zip(right_rest).all(|(left, right)| left == right)
}

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The highest bit of each byte that ends plain text. A borrow may set it in a byte after the first of them, never in
/// one before it.
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

    fn byte_by_byte(text: &[u8]) -> Option<(usize, bool)> {
        let end = text.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
        Some((end, text[..end].is_ascii()))
    }

    #[test]
    fn every_byte_ends_plain_text_at_every_place_or_does_not() {
        for byte in 0..=255 {
            for place in 0..20 {
                for after in [b'"', 0x20, 0x22, 0x80, 0xff] {
                    let mut text = vec![b'x'; 20];
                    text[place] = byte;
                    text[place + 1..].fill(after);
                    assert_eq!(plain_length(&text), byte_by_byte(&text), "{text:?}");
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
            prop_assert_eq!(plain_length(&text), byte_by_byte(&text));
        }
    }
}
