//! The tree: any JSON value, from text, to text, and to JavaScript by serde-wasm-bindgen.

use serde::{Serialize, Serializer};

use super::number::{read_number, write_number};
use super::parse::{NotJson, Parser};
use super::scan::plain_end;

/// Any JSON value. Numbers are `f64`, as in JavaScript and NQL.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "JsonValue", untagged))]
pub enum Json {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number.
    Number(f64),
    /// Text.
    Text(Box<str>),
    /// An array.
    List(Vec<Json>),
    /// An object, in the order of its text.
    #[cfg_attr(test, ts(type = "{ [name: string]: JsonValue }"))]
    Object(Vec<(Box<str>, Json)>),
}

impl Json {
    /// Reads a text in UTF-8; `None` for what is not JSON, or nested more than 128 deep.
    pub fn parse(text: &[u8]) -> Option<Self> {
        Parser::whole(text, Parser::value).ok()
    }

    /// Reads a text that a person wrote.
    ///
    /// # Errors
    /// Where it stops being JSON.
    pub fn parse_file(text: &str) -> Result<Self, NotJson> {
        Parser::whole(text.as_bytes(), Parser::value)
    }

    /// The text, without white space. Numbers of more than 15 digits are rounded in the last ones.
    pub fn to_text(&self) -> String {
        // Room for what most are: growing to it takes longer than writing.
        let mut text = String::with_capacity(256);
        self.write_text(&mut text);
        text
    }

    /// The text of a text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A property of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(field, _)| **field == *name).map(|(_, value)| value),
            _ => None,
        }
    }

    fn write_text(&self, text: &mut String) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
            Self::Number(number) => write_number(*number, text),
            Self::Text(value) => write_string(value, text),
            Self::List(values) => {
                text.push('[');
                for (position, value) in values.iter().enumerate() {
                    text.push_str(if position > 0 { "," } else { "" });
                    value.write_text(text);
                }
                text.push(']');
            }
            Self::Object(fields) => {
                text.push('{');
                for (position, (name, value)) in fields.iter().enumerate() {
                    text.push_str(if position > 0 { "," } else { "" });
                    write_string(name, text);
                    text.push(':');
                    value.write_text(text);
                }
                text.push('}');
            }
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(values) => serializer.collect_seq(values),
            Self::Object(fields) => serializer.collect_map(fields.iter().map(|(name, value)| (name, value))),
        }
    }
}

/// A finite number in JSON's notation, with an optional sign and white space around it; `""`, `-`, `inf` and `0x1`
/// are none.
pub fn parse_number(text: &str) -> Option<f64> {
    let text = text.trim_ascii();
    let digits = text.strip_prefix('+').unwrap_or(text);
    let signs = text.len() - digits.len() + usize::from(digits.starts_with('-'));
    read_number(digits.as_bytes()).filter(|(_, length)| *length == digits.len() && signs < 2).map(|(number, _)| number)
}

/// As a text: to add a letter takes several times as long.
const QUOTE: &str = "\"";

/// Writes a text in JSON's notation. What needs no escape is added in one piece.
pub(crate) fn write_string(value: &str, text: &mut String) {
    text.push_str(QUOTE);
    let mut written = 0;
    loop {
        let position = plain_end(value.as_bytes(), written, &mut 0);
        text.push_str(value.get(written..position).unwrap_or_default());
        let Some(byte) = value.as_bytes().get(position).copied() else { break };
        written = position + 1;
        match byte {
            b'"' => text.push_str("\\\""),
            b'\\' => text.push_str("\\\\"),
            b'\n' => text.push_str("\\n"),
            _ => {
                text.push_str(if byte < 16 { "\\u000" } else { "\\u001" });
                text.push(char::from_digit(u32::from(byte % 16), 16).unwrap_or('0'));
            }
        }
    }
    text.push_str(QUOTE);
}

#[cfg(test)]
impl schemars::JsonSchema for Json {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Json".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        true.into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::Boolean),
            (-1_000_000_i32..1_000_000).prop_map(|number| Json::Number(f64::from(number) / 64.0)),
            any::<String>().prop_map(|text| Json::Text(text.into())),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            let named = (any::<String>().prop_map(Into::into), inner.clone());
            prop_oneof![
                prop::collection::vec(inner, 0..4).prop_map(Json::List),
                prop::collection::vec(named, 0..4).prop_map(Json::Object),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_by_us_and_by_serde_json(json in any_json()) {
            let text = json.to_text();
            prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
            prop_assert_eq!(Json::parse(text.as_bytes()), Some(json));
        }
    }

    #[test]
    fn numbers_in_text_are_told_from_other_text() {
        for (text, number) in
            [(" 7.5 ", Some(7.5)), ("+3", Some(3.0)), ("-0.25", Some(-0.25)), ("1e3", Some(1000.0)), ("0", Some(0.0))]
        {
            assert_eq!(parse_number(text), number, "{text}");
        }
        for text in ["", "-", "inf", "NaN", "0x1", "1 2", "\"3\"", "null", "1e999", "++1", "+-1", "5 GB"] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }
}
