//! A JSON value as a text to sign: the same whoever stored the value in between, in whatever order and notation.

use crate::json::{Json, push_digits, write_string};

/// What remains of a fraction's 52 bits. Reading a number can be off by a unit of the last place, and a person who
/// reads 5.1 GB cares for less.
const FORGOTTEN_BITS: u32 = 20;

/// The text: properties by name; whole numbers to the last digit, other numbers to nine.
pub(super) fn canonical(json: &Json) -> String {
    let mut text = String::new();
    push(json, &mut text);
    text
}

/// An object without one of its properties, and that property.
pub(super) fn without(object: Json, name: &str) -> (Json, Option<Json>) {
    match object {
        Json::Object(mut fields) => {
            let position = fields.iter().position(|(field, _)| **field == *name);
            let taken = position.map(|position| fields.remove(position).1);
            (Json::Object(fields), taken)
        }
        other => (other, None),
    }
}

fn push(json: &Json, text: &mut String) {
    match json {
        Json::Null => text.push('0'),
        Json::Boolean(value) => text.push(if *value { '+' } else { '-' }),
        Json::Number(number) => push_number(*number, text),
        Json::Text(value) => write_string(value, text),
        Json::List(values) => {
            text.push('[');
            for value in values {
                push(value, text);
                text.push(',');
            }
            text.push(']');
        }
        Json::Object(fields) => {
            // Few fields: the library's sort is kilobytes in the module.
            let mut sorted: Vec<&(Box<str>, Json)> = Vec::new();
            for field in fields {
                let position = sorted.partition_point(|(name, _)| *name <= field.0);
                sorted.insert(position, field);
            }
            text.push('{');
            for (name, value) in sorted {
                write_string(name, text);
                push(value, text);
                text.push(',');
            }
            text.push('}');
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number below 2^53")]
fn push_number(number: f64, text: &mut String) {
    let size = number.abs();
    if size < 9_007_199_254_740_992.0 && size.fract() == 0.0 {
        text.push(if number < 0.0 { 'm' } else { 'n' });
        return push_digits(size as u64, 1, text);
    }
    text.push('f');
    push_digits((number.to_bits() + (1 << (FORGOTTEN_BITS - 1))) >> FORGOTTEN_BITS, 1, text);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> String {
        canonical(&Json::parse(text.as_bytes()).unwrap())
    }

    #[test]
    fn the_order_of_properties_and_the_notation_of_numbers_do_not_count() {
        assert_eq!(of(r#"{"a":1,"b":[2.50,null]}"#), of(r#" {"b":[25e-1,null],"a":1.0}"#));
        assert_eq!(of("0.00012345678901234567"), of("1.2345678901234568e-4"));
        assert_eq!(of("-0"), of("0"));
    }

    #[test]
    fn everything_else_counts() {
        let texts = [
            r#"{"a":1}"#,
            r#"{"a":2}"#,
            r#"{"a":-1}"#,
            r#"{"a":"1"}"#,
            r#"{"a":null}"#,
            r#"{"a":[]}"#,
            r#"{"a":{}}"#,
            r#"{"a":true}"#,
            r#"{"a":false}"#,
            "{}",
            r#"{"b":1}"#,
            r#"{"a":1,"b":null}"#,
            r#"{"a":[1]}"#,
            "[]",
            "0",
            "null",
            "5.06",
            "5.0600001",
            "86400001",
            "86400002",
            "[[],[]]",
            "[[[]]]",
            r#"["a","b"]"#,
            r#"["a,b"]"#,
        ];
        for (position, text) in texts.iter().enumerate() {
            for other in texts.iter().skip(position + 1) {
                assert_ne!(of(text), of(other), "{text} and {other}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_measurement_survives_its_way_through_text(number in -1e6_f64..1e6, small in 0_u32..9) {
            let number = number / 10_f64.powi(small.try_into().unwrap());
            let there_and_back: f64 = number.to_string().parse().unwrap();
            prop_assert_eq!(of(&number.to_string()), canonical(&Json::Number(there_and_back)));
        }
    }
}
