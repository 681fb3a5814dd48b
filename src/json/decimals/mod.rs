//! Numbers that have as many decimals each, as those of a column mostly have: where the place of the point is known
//! before, four are read at a time. Whatever else a text is, is left to `plain_number`; of what is read here, it says the
//! same.

#[cfg(target_feature = "simd128")]
mod lanes;
#[cfg(not(target_feature = "simd128"))]
mod one_by_one;

#[cfg(target_feature = "simd128")]
use lanes::Form;
#[cfg(not(target_feature = "simd128"))]
use one_by_one::Form;

/// How many characters a text has, and the eight that end where it ends: if it has fewer, those before it are none of its
/// own.
type Text = (usize, [u8; 8]);

/// How many decimals numbers have, where that is known by one of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decimals {
    form: Form,
}

impl Decimals {
    /// Those that a number has; `None` where it has no point, or no digit before it or behind it.
    pub fn of(text: Text) -> Option<Self> {
        point_in(text).map(|point| Self { form: Form::of(point) })
    }

    /// The numbers of four texts, if each has these decimals, at most eight characters, and no sign.
    #[inline(always)]
    pub fn read(&self, texts: [Text; 4]) -> Option<[f64; 4]> {
        self.form.read(texts)
    }
}

/// The place of the point among the eight, from 1 to 6, with a digit before it and one behind it.
fn point_in((length, eight): Text) -> Option<usize> {
    let point = eight.iter().rposition(|byte| *byte == b'.')?;
    ((1..7).contains(&point) && point + length > 8).then_some(point)
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
            assert_eq!(point_in(text(number)), point, "{number}");
        }
        for other in ["", "7", "12", ".5", "5.", ".", "12345678"] {
            assert!(Decimals::of(text(other)).is_none(), "{other}");
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
