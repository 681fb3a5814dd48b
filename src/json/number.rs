//! Numbers in JSON's notation → `f64` and back, without the tables that the exact algorithms carry.

/// Powers of ten that are exact as `f64`.
pub(super) const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// Below this every whole number is exact as `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads the number at the beginning and tells its length in bytes. Of what is finite and has at most 19 digits and
/// an exponent of at most 19, the nearest `f64`, as JavaScript reads it; else within one unit of the last place.
pub(super) fn read_number(text: &[u8]) -> Option<(f64, usize)> {
    let digit = |position: usize| text.get(position).filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0');
    let negative = text.first() == Some(&b'-');
    let mut position = usize::from(negative);
    let mut decimal = Decimal::default();
    let leading_zero = digit(position)? == 0;
    while let Some(next) = digit(position) {
        decimal.push(next, false);
        position += 1;
        if leading_zero {
            break;
        }
    }
    if leading_zero && digit(position).is_some() {
        return None;
    }
    if text.get(position) == Some(&b'.') {
        position += 1;
        digit(position)?;
        while let Some(next) = digit(position) {
            decimal.push(next, true);
            position += 1;
        }
    }
    if matches!(text.get(position), Some(b'e' | b'E')) {
        position += 1;
        let sign = text.get(position).filter(|byte| matches!(byte, b'+' | b'-'));
        position += usize::from(sign.is_some());
        digit(position)?;
        let mut exponent: i32 = 0;
        while let Some(next) = digit(position) {
            exponent = exponent.saturating_mul(10).saturating_add(next.into());
            position += 1;
        }
        let exponent = if sign == Some(&b'-') { -exponent } else { exponent };
        decimal.exponent = decimal.exponent.saturating_add(exponent);
    }
    let number = decimal.to_f64();
    number.is_finite().then_some((if negative { -number } else { number }, position))
}

/// `mantissa × 10^exponent`.
#[derive(Default)]
struct Decimal {
    mantissa: u64,
    exponent: i32,
}

impl Decimal {
    /// Adds a digit; those beyond the 19th only move the point.
    fn push(&mut self, digit: u8, fraction: bool) {
        let room = self.mantissa < 1_000_000_000_000_000_000;
        if room {
            self.mantissa = self.mantissa * 10 + u64::from(digit);
        }
        match (room, fraction) {
            (true, true) => self.exponent = self.exponent.saturating_sub(1),
            (false, false) => self.exponent = self.exponent.saturating_add(1),
            _ => {}
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "rounds to the nearest, as it should")]
    fn to_f64(&self) -> f64 {
        let mantissa = self.mantissa as f64;
        let distance = self.exponent.unsigned_abs();
        if let Some(power) = usize::try_from(distance).ok().and_then(|distance| POWERS.get(distance)) {
            if mantissa < EXACT {
                // Both sides are exact, so that the one operation rounds to the nearest.
                return if self.exponent < 0 { mantissa / power } else { mantissa * power };
            }
            if distance <= 19 {
                return self.exactly(10_u128.pow(distance));
            }
        }
        let mut number = mantissa;
        let mut left = distance.min(700);
        while left > 0 && number != 0.0 && number.is_finite() {
            let step = left.min(22);
            let power = usize::try_from(step).ok().and_then(|step| POWERS.get(step)).copied().unwrap_or(1.0);
            number = if self.exponent < 0 { number / power } else { number * power };
            left -= step;
        }
        number
    }

    /// The nearest `f64`, by whole numbers of 128 bits.
    #[expect(clippy::cast_precision_loss, reason = "rounds to the nearest, as it should")]
    fn exactly(&self, power: u128) -> f64 {
        let mantissa = u128::from(self.mantissa);
        if self.exponent >= 0 {
            return (mantissa * power) as f64;
        }
        // The quotient has at least 55 bits; what is left over counts as one more, so that a tie is none.
        let shift = mantissa.leading_zeros();
        let (quotient, remainder) = divide(mantissa << shift, power);
        let quotient = quotient | u128::from(remainder != 0);
        quotient as f64 / (1_u128 << shift.min(127)) as f64
    }
}

/// Bit by bit: the library's division of 128 bits is a kilobyte.
fn divide(numerator: u128, divisor: u128) -> (u128, u128) {
    let (mut quotient, mut remainder) = (0, 0);
    for bit in (0..128).rev() {
        remainder = (remainder << 1) | ((numerator >> bit) & 1);
        quotient <<= 1;
        if remainder >= divisor {
            remainder -= divisor;
            quotient |= 1;
        }
    }
    (quotient, remainder)
}

/// Writes a finite number in the fewest decimals that are read back as the same number, where 15 digits are enough;
/// else with 17 digits, read back within a few units of the last place. What is not finite is `null`, as in JavaScript.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^63 by the checks before")]
pub(super) fn write_number(number: f64, text: &mut String) {
    if !number.is_finite() {
        return text.push_str("null");
    }
    if number < 0.0 {
        text.push('-');
    }
    let number = number.abs();
    for (decimals, power) in POWERS.iter().enumerate().take(18) {
        let scaled = (number * power).round();
        if scaled >= EXACT {
            break;
        }
        if scaled / power == number {
            return write_decimal(scaled as u64, decimals, text);
        }
    }
    let (mut scaled, mut exponent) = (number, 0_i32);
    while scaled >= 1e17 {
        (scaled, exponent) = (scaled / 10.0, exponent + 1);
    }
    while scaled < 1e16 && exponent > -400 {
        (scaled, exponent) = (scaled * 10.0, exponent - 1);
    }
    let mut digits = scaled.round() as u64;
    while digits > 0 && digits.is_multiple_of(10) {
        (digits, exponent) = (digits / 10, exponent + 1);
    }
    push_digits(digits, 1, text);
    text.push_str(if exponent < 0 { "e-" } else { "e" });
    push_digits(exponent.unsigned_abs().into(), 1, text);
}

/// Adds a whole number with at least so many digits. Every width and type of number that the standard library prints
/// is another piece of the module.
pub(crate) fn push_digits(number: u64, width: usize, text: &mut String) {
    if number >= 10 || width > 1 {
        push_digits(number / 10, width.saturating_sub(1), text);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

fn write_decimal(number: u64, decimals: usize, text: &mut String) {
    let mut digits = String::new();
    push_digits(number, decimals + 1, &mut digits);
    let point = digits.len() - decimals;
    let (whole, fraction) = digits.split_at_checked(point).unwrap_or_default();
    text.push_str(whole);
    if decimals > 0 {
        text.push('.');
        text.push_str(fraction);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<f64> {
        read_number(text.as_bytes()).filter(|(_, length)| *length == text.len()).map(|(number, _)| number)
    }

    fn written(number: f64) -> String {
        let mut text = String::new();
        write_number(number, &mut text);
        text
    }

    #[test]
    fn numbers_are_the_nearest_as_in_javascript() {
        for text in [
            "0",
            "-0.0",
            "0.1",
            "5.95",
            "0.30000000000000004",
            "4.5123456780000001",
            "9007199254740993",
            "1e22",
            "123456789.123456789",
            "1.7976931348623157",
            "18014398509481985",
            "9223372036854775807",
            "0.000123456789012345678",
            "12345678901234567e3",
        ] {
            assert_eq!(read(text), Some(text.parse().unwrap()), "{text}");
        }
        assert_eq!(read("1e-400"), Some(0.0));
        for text in ["", "-", "1e999", "00", "1.", "1e", "1e+", ".1", "0x1", "Infinity"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for (number, text) in [
            (0.0, "0"),
            (3.0, "3"),
            (-0.5, "-0.5"),
            (5.95, "5.95"),
            (17_179_869_184.0, "17179869184"),
            (0.001, "0.001"),
            (1_689_616_429_000.0, "1689616429000"),
            (f64::NAN, "null"),
            (f64::INFINITY, "null"),
        ] {
            assert_eq!(written(number), text);
        }
    }

    proptest! {
        #[test]
        fn the_shortest_text_of_a_number_is_read_as_that_number(number in -1e17..1e17_f64) {
            prop_assert_eq!(read(&number.to_string()), Some(number));
        }

        #[test]
        fn what_has_few_digits_is_written_and_read_unchanged(digits in -999_999_999_999_999_i64..999_999_999_999_999, decimals in 0_usize..10) {
            let number = digits as f64 / POWERS[decimals];
            prop_assert_eq!(read(&written(number)), Some(number));
        }

        #[test]
        fn any_number_is_written_and_read_with_hardly_a_change(number in any::<f64>().prop_filter("finite", |number| number.is_normal())) {
            let again = read(&written(number)).unwrap();
            prop_assert!((again - number).abs() <= number.abs() * 1e-13, "{number:e} became {again:e}");
        }
    }
}
