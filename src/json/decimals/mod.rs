//! Numbers that have as many decimals each, as those of a column mostly have: where the place of the point is known
//! before, four are read at a time. Whatever else a text is, is left to `plain_number`; of what is read here, it says the
//! same.

#[cfg(target_feature = "simd128")]
mod lanes;

#[cfg(target_feature = "simd128")]
use lanes::read_four;

/// How many characters a text has, and the eight that end where it ends: if it has fewer, those before it are none of its
/// own.
type Text = (usize, [u8; 8]);

/// How many decimals numbers have, where that is known by one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimals {
    /// The place of the point among eight characters, from 1 to 6.
    point: usize,
}

impl Decimals {
    /// Those that a number has; `None` where it has no point, or no digit before it or behind it.
    pub fn of((length, eight): Text) -> Option<Self> {
        let point = eight.iter().rposition(|byte| *byte == b'.')?;
        let is_inside = (1..7).contains(&point) && point + length > 8;
        is_inside.then_some(Self { point })
    }

    /// The numbers of four texts, if each has these decimals, at most eight characters, and no sign.
    #[inline(always)]
    pub fn read(self, texts: [Text; 4]) -> Option<[f64; 4]> {
        read_four(self.point, texts)
    }
}

#[cfg(not(target_feature = "simd128"))]
fn read_four(point: usize, texts: [Text; 4]) -> Option<[f64; 4]> {
    let mut numbers = [0.0; 4];
    for (number, (length, eight)) in numbers.iter_mut().zip(texts) {
        Decimals::of((length, eight)).filter(|decimals| decimals.point == point)?;
        *number = super::plain_number_in(eight, length)?;
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Text {
        let mut eight = [b'9'; 8];
        eight[8 - text.len()..].copy_from_slice(text.as_bytes());
        (text.len(), eight)
    }

    #[test]
    fn decimals_are_those_of_a_number_with_digits_on_both_sides_of_its_point() {
        for (number, point) in [("1.5", Some(6)), ("0.123456", Some(1)), ("123456.7", Some(6)), ("12.34", Some(5))] {
            assert_eq!(Decimals::of(text(number)).map(|decimals| decimals.point), point, "{number}");
        }
        for other in ["", "7", "12", ".5", "5.", ".", "12345678"] {
            assert_eq!(Decimals::of(text(other)), None, "{other}");
        }
    }

    #[test]
    fn four_numbers_are_read_where_all_have_as_many_decimals() {
        let read = |four: [&str; 4]| Decimals::of(text("0.25"))?.read(four.map(text));
        assert_eq!(read(["0.25", "10.75", "0.00", "12345.50"]), Some([0.25, 10.75, 0.0, 12_345.5]));
        for other in ["", "-", "1", "25", "1.5", "1.250", "00.25", "-1.25", ".25", "1..5", "1.x5", "1e.2"] {
            assert_eq!(read(["0.25", "1.25", other, "2.25"]), None, "{other}");
        }
    }
}
