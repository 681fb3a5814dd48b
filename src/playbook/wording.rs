//! Texts for people, by locale, with values in them. Which sentence is said when is up to the caller.

use super::packed::{Packed, Packing};
use crate::json::{Map, push_digits};
use crate::nql::{Span, Value};

/// A text with places for values: `only {free_space} GB are free`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Column(usize),
}

impl Template {
    /// Reads a template; `resolve` gives the position of a name between braces. What is wrong with the braces is added
    /// to `wrong`, with what to do about it.
    pub fn parse(
        text: &str,
        wrong: &mut Vec<(Span, &'static str, &'static str)>,
        resolve: &mut impl FnMut(&str, Span) -> usize,
    ) -> Self {
        let mut pieces = Vec::new();
        let mut written = 0;
        let mut open = None;
        for (position, letter) in text.char_indices() {
            match (letter, open) {
                ('{', None) => open = Some(position),
                ('}', Some(start)) => {
                    let name = text.get(start + 1..position).unwrap_or_default();
                    let span = Span { start: start + 1, end: position };
                    if name.trim().is_empty() {
                        let span = Span { start, end: position + 1 };
                        wrong.push((span, "a place without a name", "write a column's name between the braces"));
                    } else {
                        pieces.push(Piece::Text(text.get(written..start).unwrap_or_default().into()));
                        pieces.push(Piece::Column(resolve(name.trim(), span)));
                    }
                    written = position + 1;
                    open = None;
                }
                ('{', Some(start)) => {
                    wrong.push((Span { start, end: position }, NOT_CLOSED, "write `}` after the column's name"));
                    open = Some(position);
                }
                ('}', None) => {
                    let span = Span { start: position, end: position + 1 };
                    wrong.push((span, "`}` without a `{` before it", "write `{` before the column's name"));
                }
                _ => {}
            }
        }
        if let Some(start) = open {
            wrong.push((Span { start, end: text.len() }, NOT_CLOSED, "write `}` after the column's name"));
        }
        pieces.push(Piece::Text(text.get(written..).unwrap_or_default().into()));
        Self(pieces)
    }

    /// The columns whose values it shows.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Column(column) => Some(*column),
            Piece::Text(_) => None,
        })
    }

    /// The text with its values, as they are written in its language.
    pub fn fill<'a>(&self, locale: &str, value: impl Fn(usize) -> Option<&'a Value>) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Column(column) => {
                    text.push_str(&value(*column).map_or_else(|| "?".into(), |value| readable(value, locale)))
                }
            }
        }
        text
    }
}

const NOT_CLOSED: &str = "`{` is not closed";

impl Packed for Template {
    fn pack(&self, text: &mut String) {
        self.0.pack(text);
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        Self(Packed::unpack(packing))
    }
}

impl Packed for Piece {
    fn pack(&self, text: &mut String) {
        match self {
            Self::Text(piece) => {
                text.push('"');
                piece.pack(text);
            }
            Self::Column(column) => {
                text.push('@');
                column.pack(text);
            }
        }
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        match packing.sign() {
            b'@' => Self::Column(Packed::unpack(packing)),
            b'"' => Self::Text(Packed::unpack(packing)),
            _ => packing.damaged(Self::Column(0)),
        }
    }
}

/// The text for a locale: `de-CH`, else `de`, else English, else any.
pub fn localized<'a, T>(texts: &'a Map<T>, locale: &str) -> Option<&'a T> {
    with_locale(texts, locale).map(|(_, text)| text)
}

/// The same with the locale that the text is in.
pub(super) fn with_locale<'a, T>(texts: &'a Map<T>, locale: &str) -> Option<(&'a str, &'a T)> {
    let found = [locale, language(locale), "en"];
    let found = found.iter().find_map(|wanted| texts.iter().find(|(known, _)| known.eq_ignore_ascii_case(wanted)));
    found.or_else(|| texts.iter().next())
}

fn language(locale: &str) -> &str {
    locale.split(['-', '_']).next().unwrap_or_default()
}

/// Languages that write `2,5`, by CLDR; others write `2.5`.
const DECIMAL_COMMA: &str = "az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk uz vi";

/// A value as a person reads it: numbers, also those that came as text, with one decimal at most, lists with commas.
pub fn readable(value: &Value, locale: &str) -> String {
    let number = |number| {
        let text = readable_number(number);
        let has_comma = DECIMAL_COMMA.split(' ').any(|known| known == language(locale));
        if has_comma { text.replace('.', ",") } else { text }
    };
    match value {
        Value::Null => "?".into(),
        Value::Boolean(true) => "true".into(),
        Value::Boolean(false) => "false".into(),
        Value::Number(value) => number(*value),
        Value::Text(text) => value.as_number().map_or_else(|| text.to_string(), number),
        Value::Time(time) => time.to_string(),
        Value::List(values) => joined(values, ", ", |value| readable(value, locale)),
    }
}

/// The values of a list, each as it is `written`, with a separator between them.
pub(super) fn joined(values: &[Value], separator: &str, written: impl Fn(&Value) -> String) -> String {
    let mut text = String::new();
    for (position, value) in values.iter().enumerate() {
        text.push_str(if position > 0 { separator } else { "" });
        text.push_str(&written(value));
    }
    text
}

/// In tenths, by whole numbers: the standard library's printing of fractions would add kilobytes to the module.
#[expect(clippy::cast_possible_truncation, reason = "saturates, and no quantity here is near 2^63")]
pub(crate) fn readable_number(number: f64) -> String {
    let tenths = (number * 10.0).round() as i64;
    let mut text = String::from(if tenths < 0 { "-" } else { "" });
    push_digits(tenths.unsigned_abs() / 10, 1, &mut text);
    if tenths % 10 != 0 {
        text.push('.');
        push_digits(tenths.unsigned_abs() % 10, 1, &mut text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_their_places() {
        let values = [Value::Number(5.06), Value::List(vec!["Zoom".into(), "Webex".into()])];
        let resolve = &mut |name: &str, _| usize::from(name == "plugins");
        let mut wrong = Vec::new();
        let template = Template::parse("{free} GB, { plugins }!", &mut wrong, resolve);
        assert_eq!(template.fill("en", |position| values.get(position)), "5.1 GB, Zoom, Webex!");
        assert_eq!(template.fill("de-AT", |position| values.get(position)), "5,1 GB, Zoom, Webex!");
        assert_eq!(template.fill("en", |_| None), "? GB, ?!");
        assert_eq!(template.columns().collect::<Vec<_>>(), [0, 1]);
        assert!(wrong.is_empty());
    }

    #[test]
    fn braces_that_do_not_fit_are_told_with_their_places() {
        for (text, expected) in [
            ("a {b", (2, 4, "`{` is not closed")),
            ("é {b {c}", (3, 6, "`{` is not closed")),
            ("a} b", (1, 2, "`}` without a `{` before it")),
            ("a { } b", (2, 5, "a place without a name")),
        ] {
            let mut wrong = Vec::new();
            let _ = Template::parse(text, &mut wrong, &mut |_, _| 0);
            let told: Vec<_> = wrong.iter().map(|(span, message, _)| (span.start, span.end, *message)).collect();
            assert_eq!(told, [expected], "{text}");
        }
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        for (number, text) in [(12.0, "12"), (0.04, "0"), (5.95, "6"), (-0.25, "-0.3"), (1e30, "922337203685477580.7")]
        {
            assert_eq!(readable(&Value::Number(number), "ja"), text);
            assert_eq!(readable(&Value::Number(number), "fr"), text.replace('.', ","));
        }
    }

    #[test]
    fn the_nearest_locale_is_taken() {
        let texts = Map(vec![("de".to_owned(), 1), ("en".to_owned(), 2), ("de-AT".to_owned(), 3)]);
        for (locale, expected) in [("de-AT", 3), ("de-at", 3), ("DE", 1), ("de-CH", 1), ("ja", 2), ("", 2)] {
            assert_eq!(localized(&texts, locale), Some(&expected), "{locale}");
        }
        assert_eq!(localized(&Map(vec![("fr".to_owned(), 4)]), "ja"), Some(&4));
        assert_eq!(with_locale(&texts, "de-CH"), Some(("de", &1)));
        assert_eq!(with_locale(&texts, "ja"), Some(("en", &2)));
    }
}
