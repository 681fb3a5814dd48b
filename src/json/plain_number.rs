//! Numbers as nearly all files have them, a few digits with or without a point, read in a fraction of the time that any
//! number takes. Whatever else a text is, is left to `parse_number`; of what is read here, it says the same.

use super::number::POWERS;

/// The number that a whole text is, of at most fifteen digits with or without a sign and a point, as nearly all numbers of a file
/// are; `None` for any other text, a number or not.
#[inline]
pub(crate) fn plain_number(text: &[u8]) -> Option<f64> {
    let (negative, digits) = match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, text),
    };
    // Fifteen digits and a point.
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    let (mut mantissa, mut point) = (0_u64, None);
    for (place, byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            mantissa = mantissa * 10 + u64::from(digit);
        } else if *byte == b'.' && point.is_none() && place > 0 {
            point = Some(place);
        } else {
            return None;
        }
    }
    let whole = point.unwrap_or(digits.len());
    let decimals = digits.len() - whole - usize::from(point.is_some());
    let has_idle_zero = whole > 1 && digits.first() == Some(&b'0');
    if has_idle_zero || (point.is_some() && decimals == 0) || (point.is_none() && digits.len() > 15) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "below 10^15")]
    let number = mantissa as f64 / POWERS.get(decimals)?;
    Some(if negative { -number } else { number })
}

/// The same for a text of at most eight bytes that ends where these end; `None` too for what begins with a sign. All
/// digits are taken at once: one by one, it takes a guess each time whether another comes.
#[inline(always)]
pub(crate) fn plain_number_in(eight: [u8; 8], length: usize) -> Option<f64> {
    // Digits become their values. The first character is the lowest byte.
    let word = u64::from_le_bytes(eight) ^ (EACH * u64::from(b'0'));
    // A single digit is what most cells have.
    if length == 1 {
        let [.., digit] = word.to_le_bytes();
        return if digit < 10 { Some(f64::from(digit)) } else { None };
    }
    if length == 0 || length > 8 {
        return None;
    }
    // What comes before the text becomes zeros.
    let start = 64 - 8 * length;
    let word = word & (u64::MAX << start);
    let begins_with_zero = (word >> start) & 0xff == 0;
    // No byte's sum runs over into the next.
    let others = (((word & !HIGH) + EACH * 0x76) | word) & HIGH;
    if others == 0 {
        return if begins_with_zero { None } else { Some(joined(word)) };
    }
    let point = (others.trailing_zeros() & !7) as usize;
    let is_other = others & (others - 1) != 0 || (word >> point) & 0xff != u64::from(b'.' ^ b'0');
    let has_idle_zero = begins_with_zero && point != start + 8;
    if is_other || has_idle_zero || point == start || point == 56 {
        return None;
    }
    // The digits before the point move up to take its place.
    let before = (1_u64 << point) - 1;
    let digits = (word & !(before << 8 | 0xff)) | (word & before) << 8;
    Some(joined(digits) / POWERS.get(7 - point / 8)?)
}

/// How many of the eight bytes of a word, from the first on, are digits and points.
#[inline(always)]
pub(super) const fn plain_length(word: u64) -> u32 {
    let word = word ^ (EACH * b'0' as u64);
    let others = ((word & !HIGH) + EACH * 0x76) | word;
    let points = word ^ (EACH * (b'.' ^ b'0') as u64);
    let no_points = ((points & !HIGH) + !HIGH) | points;
    (others & no_points & HIGH).trailing_zeros() / 8
}

pub(super) const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = EACH * 0x80;

/// The number of eight digits: neighbours are joined, to pairs, to fours, to all eight.
#[inline(always)]
#[expect(clippy::cast_precision_loss, reason = "below 10^8")]
const fn joined(digits: u64) -> f64 {
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let fours = (pairs & 0xff_0000_00ff).wrapping_mul(0xf_4240_0000_0064);
    let others = (pairs >> 16 & 0xff_0000_00ff).wrapping_mul(0x2710_0000_0001);
    (fours.wrapping_add(others) >> 32) as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the quick ways say, where they say anything, is what `parse_number` says.
    fn check_plain(text: &str) -> bool {
        let expected = crate::json::parse_number(text);
        let plain = plain_number(text.as_bytes());
        let mut quick = None;
        if let Some(before) = 8_usize.checked_sub(text.len()) {
            for noise in [b'9', b'.', b'-', b',', b'"', 0xff] {
                let mut eight = [noise; 8];
                eight[before..].copy_from_slice(text.as_bytes());
                quick = plain_number_in(eight, text.len());
                assert!(quick.is_none() || quick == plain, "{text}");
            }
        }
        assert!(plain.is_none() || plain == expected, "{text}");
        plain.is_some() && (quick.is_some() || text.len() > 8 || text.starts_with('-'))
    }

    #[test]
    fn plain_numbers_are_read_quickly_and_all_others_left() {
        for text in [
            "0",
            "7",
            "12",
            "0.5",
            "120.25",
            "1234567",
            "12345678",
            "0.000001",
            "1234567.",
            "12.3456",
            "-3",
            "-0.25",
            "999999999999999",
            "99999999999999.9",
        ] {
            assert_eq!(check_plain(text), !text.ends_with('.'), "{text}");
        }
        for text in [
            "",
            "-",
            ".",
            "..",
            "1.",
            ".5",
            "1..2",
            "1.2.3",
            "007",
            "00",
            "00.5",
            "-01",
            "1e3",
            " 1",
            "1 ",
            "+1",
            "n/a",
            "--1",
            "1-",
            "1,5",
            "9999999999999999",
            "é",
        ] {
            assert!(!check_plain(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn plain_numbers_are_those_of_the_grammar(text in "-?[0-9]{0,9}[.]?[0-9]{0,9}|[0-9.+e/:-]{0,9}") {
            let is_plain = check_plain(&text);
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            let is_number = crate::json::parse_number(&text).is_some();
            let is_simple = !text.contains(['+', 'e']) && digits <= 15;
            prop_assert_eq!(is_plain, is_number && is_simple);
        }
    }
}
