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
#[inline]
pub(crate) fn plain_number_in(eight: [u8; 8], length: usize) -> Option<f64> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const ZEROS: u64 = EACH * b'0' as u64;
    const HIGH: u64 = EACH * 0x80;
    // A single digit is what most cells have.
    if length == 1 {
        let [.., last] = eight;
        let digit = last.wrapping_sub(b'0');
        return if digit < 10 { Some(f64::from(digit)) } else { None };
    }
    if length == 0 || length > 8 {
        return None;
    }
    // The first character is the lowest byte; what comes before the text becomes zeros.
    let own = u64::MAX << (8 * (8 - length));
    let word = (u64::from_le_bytes(eight) & own) | (ZEROS & !own);
    let other = word ^ (EACH * b'.' as u64);
    let points = !(((other & !HIGH) + (!HIGH & (EACH * 0x7f))) | other) & HIGH;
    let point = points.trailing_zeros() / 8;
    let (digits, decimals) = if points == 0 {
        (word, 0)
    } else {
        // The digits before the point move up to take its place.
        let before = (1_u64 << (8 * point)) - 1;
        let after = !(before << 8 | 0xff);
        ((word & after) | (word & before) << 8 | u64::from(b'0'), 7 - point as usize)
    };
    let is_all_digits = (digits.wrapping_add(EACH * 0x46) | digits.wrapping_sub(ZEROS)) & HIGH == 0;
    let whole = length - decimals - usize::from(points != 0);
    let has_idle_zero = whole > 1 && eight.get(8 - length) == Some(&b'0');
    if !is_all_digits || has_idle_zero || whole == 0 || (points != 0 && decimals == 0) {
        return None;
    }
    // Neighbours are joined: to pairs, to fours, to all eight.
    let pairs = (digits - ZEROS).wrapping_mul(10).wrapping_add((digits - ZEROS) >> 8);
    let fours = (pairs & 0xff_0000_00ff).wrapping_mul(0xf_4240_0000_0064);
    let others = (pairs >> 16 & 0xff_0000_00ff).wrapping_mul(0x2710_0000_0001);
    #[expect(clippy::cast_precision_loss, reason = "below 10^8")]
    let mantissa = (fours.wrapping_add(others) >> 32) as f64;
    Some(if decimals == 0 { mantissa } else { mantissa / POWERS.get(decimals)? })
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
