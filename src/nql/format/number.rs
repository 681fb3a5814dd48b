//! Numbers as NQL writes them: in decimals, without an exponent. In whole numbers of our own, because the standard
//! library's tables and methods for fractions are an eighth of the language module.

use crate::json::parse_number;

/// As many digits are read; see `parse_number`.
const MOST_DIGITS: usize = 19;

/// Writes a finite number in the fewest digits that are read back as the same number.
pub(super) fn push(text: &mut String, number: f64) {
    if number < 0.0 {
        text.push('-');
    }
    let exact = Decimal::of(number.abs());
    let mut written = String::new();
    for most in 1..=MOST_DIGITS {
        written = exact.rounded(most).to_text();
        if parse_number(&written) == Some(number.abs()) {
            break;
        }
    }
    text.push_str(&written);
}

/// Its digits, the lowest first, and how many of them are decimals; below zero: how many zeros follow.
#[derive(Clone)]
struct Decimal {
    digits: Vec<u8>,
    decimals: isize,
}

impl Decimal {
    /// Every number has an end in decimals, too: half of it needs one more, a five.
    fn of(number: f64) -> Self {
        let bits = number.to_bits();
        let (biased, fraction) = ((bits >> 52) & 0x7ff, bits & ((1 << 52) - 1));
        let mut mantissa = if biased == 0 { fraction } else { fraction | (1 << 52) };
        let mut power = isize::try_from(biased.max(1)).unwrap_or_default() - 1075;
        while power < 0 && mantissa.is_multiple_of(2) {
            mantissa /= 2;
            power += 1;
        }
        let mut exact = Self { digits: Vec::new(), decimals: (-power).max(0) };
        while mantissa > 0 {
            exact.digits.push((mantissa % 10) as u8);
            mantissa /= 10;
        }
        for _ in 0..power.unsigned_abs() {
            exact.multiply(if power < 0 { 5 } else { 2 });
        }
        exact
    }

    fn multiply(&mut self, factor: u8) {
        let mut carry = 0;
        for digit in &mut self.digits {
            let product = *digit * factor + carry;
            (*digit, carry) = (product % 10, product / 10);
        }
        if carry > 0 {
            self.digits.push(carry);
        }
    }

    /// Its highest digits, at most so many.
    fn rounded(&self, most: usize) -> Self {
        let mut rounded = self.clone();
        let cut = self.digits.len().saturating_sub(most);
        let highest_cut = rounded.digits.drain(..cut).next_back();
        rounded.decimals -= cut.cast_signed();
        if highest_cut.is_some_and(|digit| digit >= 5) {
            rounded.increase();
        }
        while rounded.decimals > 0 && rounded.digits.first() == Some(&0) {
            rounded.digits.remove(0);
            rounded.decimals -= 1;
        }
        rounded
    }

    /// Adds one to its lowest digit.
    fn increase(&mut self) {
        for digit in &mut self.digits {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.push(1);
    }

    fn to_text(&self) -> String {
        let mut text = String::new();
        let highest = self.digits.len().cast_signed() - self.decimals;
        // The places from the highest on: 1 is that of the ones, 0 that of the tenths.
        for place in (1 - self.decimals.max(0)..=highest.max(1)).rev() {
            if place == 0 {
                text.push('.');
            }
            let position = usize::try_from(place - 1 + self.decimals).ok();
            let digit = position.and_then(|position| self.digits.get(position)).copied().unwrap_or(0);
            text.push(char::from(b'0' + digit));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(number: f64) -> String {
        let mut text = String::new();
        push(&mut text, number);
        text
    }

    #[test]
    fn numbers_are_written_in_the_fewest_digits_and_without_an_exponent() {
        for number in [
            0.0,
            1.0,
            -67.0,
            0.5,
            0.1,
            -12.75,
            0.000_001,
            999.999,
            123_456_789.25,
            0.300_000_000_000_000_04,
            17_179_869_184.0,
            9_007_199_254_740_993.0,
            1e21,
            1e22,
            123e30,
            f64::MIN_POSITIVE,
            5e-324,
        ] {
            assert_eq!(written(number), number.to_string());
        }
    }

    proptest! {
        #[test]
        fn what_people_write_is_written_again(digits in 0_u64..1_000_000_000_000_000, decimals in 0_i32..16) {
            let number = digits as f64 / 10_f64.powi(decimals);
            prop_assert_eq!(written(number), number.to_string());
        }

        #[test]
        fn any_number_of_some_size_is_read_back(number in prop_oneof![-1.0..1.0, -1e6..1e6, -1e19..1e19]) {
            prop_assert_eq!(parse_number(&written(number)), Some(number));
        }

        #[test]
        fn any_number_at_all_is_read_back_with_hardly_a_change(number in any::<f64>().prop_filter("finite", |number| number.is_normal())) {
            let again = parse_number(&written(number)).unwrap_or(f64::MAX);
            prop_assert!((again - number).abs() <= number.abs() * 1e-13, "{number:e} became {again:e}");
        }
    }
}
