//! Numbers and texts one after the other: a number in seven bits a byte, the lowest first; a text after its length.

use crate::nql::lower_case_text;

/// The most bytes of one text: Windows, Active Directory and e-mail all end far below.
pub(super) const LONGEST: usize = 1_024;

pub(super) fn push_number(mut number: u32, bytes: &mut Vec<u8>) {
    while number > 0x7f {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

pub(super) fn push_text(text: &str, bytes: &mut Vec<u8>) {
    push_number(u32::try_from(text.len()).unwrap_or(u32::MAX), bytes);
    bytes.extend_from_slice(text.as_bytes());
}

/// Takes a number from the beginning.
pub(super) fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in [0, 7, 14, 21, 28] {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// Takes a text from the beginning.
pub(super) fn take_text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let length = take_number(bytes)? as usize;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    std::str::from_utf8(text).ok().filter(|text| text.len() <= LONGEST)
}

/// A number for letters, the same whatever their case: where to look for them. It is a part of what is kept, so it may
/// never become another.
pub(super) fn hash(letters: impl Iterator<Item = u32>) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for letter in letters {
        hash = (hash ^ letter).wrapping_mul(0x0100_0193);
    }
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

/// The same for a text.
pub(super) fn hash_text(text: &str) -> u32 {
    hash(lower_case_text(text))
}

/// Whether texts differ in the case of letters at most, as a query in NQL sees it. Letters that become others in some
/// languages, as the Turkish İ and ı or the German ß, are only the same as themselves.
pub(super) fn same(left: &str, right: &str) -> bool {
    lower_case_text(left).eq(lower_case_text(right))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_does_not_count_and_letters_do() {
        for (left, right) in [("amartin", "AMartin"), ("müller", "MÜLLER"), ("Łukasz", "łUKASZ"), ("ΝΙΚΗ", "νικη")]
        {
            assert!(same(left, right) && hash_text(left) == hash_text(right), "{left} {right}");
        }
        // Whoever these are, they are not the same person.
        for (left, right) in [
            ("İ", "i"),
            ("İ", "ı"),
            ("I", "ı"),
            ("ß", "ss"),
            ("\u{212a}", "k"),
            ("é", "e"),
            ("é", "e\u{301}"),
            ("", " "),
        ] {
            assert!(!same(left, right), "{left} {right}");
        }
    }

    #[test]
    fn the_numbers_of_letters_never_change() {
        assert_eq!(hash_text(""), 0xab3e_7c0b);
        assert_eq!(hash_text("amartin@acme.com"), 0x9777_e078);
        assert_eq!(hash_text("amartin@acme.com"), hash_text("AMARTIN@ACME.COM"));
    }

    proptest! {
        #[test]
        fn numbers_and_texts_come_back(number in any::<u32>(), text in ".{0,80}") {
            let mut bytes = Vec::new();
            push_text(&text, &mut bytes);
            push_number(number, &mut bytes);
            let mut rest = &*bytes;
            prop_assert_eq!(take_text(&mut rest), Some(&*text));
            prop_assert_eq!(take_number(&mut rest), Some(number));
            prop_assert_eq!(take_number(&mut rest), None);
        }
    }
}
