//! A value of NQL and its comparison: what a cell, a literal and an intermediate result of an expression are.
//! Which columns exist and what `-` means in them is left to the playbook.

use super::timestamp::Timestamp;
use super::truth::Truth;
use crate::json::parse_number;

/// One value. Numbers are `f64` and sizes are bytes, as NQL's own data types are.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing is known: `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, a size in bytes, a duration in seconds.
    Number(f64),
    /// Text, an enumeration's word, a version.
    Text(Box<str>),
    /// A point in time.
    Time(Timestamp),
    /// An array, such as a script's StringList output.
    List(Vec<Value>),
}

/// The order operators of NQL; `=` is read as `==`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// All of them, and how they are written.
    pub const SYMBOLS: [(&'static str, Self); 6] = [
        ("==", Self::Equal),
        ("!=", Self::NotEqual),
        ("<", Self::Less),
        ("<=", Self::LessOrEqual),
        (">", Self::Greater),
        (">=", Self::GreaterOrEqual),
    ];
}

impl Value {
    /// The value as text, where it is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value as a number: numbers may arrive as text ("7.5"), and compare as numbers all the same.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => parse_number(text),
            _ => None,
        }
    }

    /// Whether nothing is known.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// `self <comparison> other`. Unknown where a side is null, or where the two cannot be compared,
    /// such as the text "n/a" with a number: a guess would fire a remediation.
    pub fn compare(&self, comparison: Comparison, other: &Self) -> Truth {
        match comparison {
            Comparison::Equal => self.equals(other),
            Comparison::NotEqual => !self.equals(other),
            Comparison::Less => self.ordered(other, |order| order.is_lt()),
            Comparison::LessOrEqual => self.ordered(other, |order| order.is_le()),
            Comparison::Greater => self.ordered(other, |order| order.is_gt()),
            Comparison::GreaterOrEqual => self.ordered(other, |order| order.is_ge()),
        }
    }

    /// Equality as NQL has it: text ignores case, a text on the right may hold the wildcards `*` and `?`.
    pub fn equals(&self, pattern: &Self) -> Truth {
        match (self, pattern) {
            (Self::Null, _) | (_, Self::Null) => Truth::Unknown,
            (Self::Boolean(left), Self::Boolean(right)) => (left == right).into(),
            (Self::Boolean(left), Self::Text(right)) | (Self::Text(right), Self::Boolean(left)) => {
                right.eq_ignore_ascii_case(if *left { "true" } else { "false" }).into()
            }
            (Self::Text(left), Self::Text(right)) => (matches_wildcards(left, right) || is_version(left, right)).into(),
            (Self::Time(left), Self::Time(right)) => (left == right).into(),
            (Self::List(left), Self::List(right)) => lists_equal(left, right),
            (left, right) => match (left.as_number(), right.as_number()) {
                (Some(left), Some(right)) => (left == right).into(),
                _ => Truth::Unknown,
            },
        }
    }

    /// `self contains part`: an array that has an element equal to it, or a text that holds it.
    pub fn contains(&self, part: &Self) -> Truth {
        match (self, part) {
            (Self::List(elements), part) => Truth::any(elements.iter().map(|element| element.equals(part))),
            (Self::Text(text), Self::Text(part)) => matches_wildcards(text, &format!("*{part}*")).into(),
            _ => Truth::Unknown,
        }
    }

    fn ordered(&self, other: &Self, holds: impl Fn(std::cmp::Ordering) -> bool) -> Truth {
        let order = match (self, other) {
            (Self::Time(left), Self::Time(right)) => Some(left.cmp(right)),
            _ => match (self.as_number(), other.as_number()) {
                (Some(left), Some(right)) => left.partial_cmp(&right),
                _ => match (self, other) {
                    (Self::Text(left), Self::Text(right)) => compare_versions(left, right),
                    _ => None,
                },
            },
        };
        order.map_or(Truth::Unknown, |order| holds(order).into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

fn lists_equal(left: &[Value], right: &[Value]) -> Truth {
    if left.len() != right.len() {
        return Truth::False;
    }
    Truth::all(left.iter().zip(right).map(|(left, right)| left.equals(right)))
}

/// Versions such as `16.0.4266.1001` compare by component; other text has no order.
pub(super) fn compare_versions(left: &str, right: &str) -> Option<std::cmp::Ordering> {
    let mut left = version_components(left)?;
    let mut right = version_components(right)?;
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Some(std::cmp::Ordering::Equal),
            (left, right) => {
                let order = left.unwrap_or(Some(0))?.cmp(&right.unwrap_or(Some(0))?);
                if order.is_ne() {
                    return Some(order);
                }
            }
        }
    }
}

/// Whether a version is the one that a literal such as `v12.212` names.
fn is_version(version: &str, literal: &str) -> bool {
    literal.starts_with(['v', 'V']) && compare_versions(version, literal) == Some(std::cmp::Ordering::Equal)
}

/// The first component of a version; none where a component is no number.
pub(super) fn major_version(text: &str) -> Option<f64> {
    let mut components = version_components(text)?;
    let major = components.next()??;
    #[expect(clippy::cast_precision_loss, reason = "for sorting: larger versions stay no smaller")]
    components.all(|component| component.is_some()).then_some(major as f64)
}

fn version_components(text: &str) -> Option<impl Iterator<Item = Option<u64>>> {
    let digits = text.strip_prefix(['v', 'V']).unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit()).then(|| digits.split('.').map(|part| part.parse().ok()))
}

/// `*` stands for any text, `?` for one character, and case is ignored.
///
/// Walks both texts once and goes back only to the last `*`: no pattern makes it slow.
pub fn matches_wildcards(text: &str, pattern: &str) -> bool {
    let mut text = text.chars();
    let mut pattern = pattern.chars();
    let mut retry: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let mut rest = pattern.clone();
        match rest.next() {
            Some('*') => {
                retry = Some((text.clone(), rest.clone()));
                pattern = rest;
                continue;
            }
            Some(expected) => {
                let mut ahead = text.clone();
                if ahead.next().is_some_and(|found| expected == '?' || same_letter(found, expected)) {
                    text = ahead;
                    pattern = rest;
                    continue;
                }
            }
            None if text.as_str().is_empty() => return true,
            None => {}
        }
        let Some((mut from, after_star)) = retry else { return false };
        if from.next().is_none() {
            return false;
        }
        text = from.clone();
        pattern = after_star.clone();
        retry = Some((from, after_star));
    }
}

/// Whether two letters differ in their case at most: of the Latin, Greek and Cyrillic alphabets. The standard
/// library's table of all alphabets would add 10 KB to the module.
fn same_letter(left: char, right: char) -> bool {
    left == right || lower_case(left) == lower_case(right)
}

/// A text's letters without their case, for sorting.
pub(super) fn lower_case_text(text: &str) -> impl Iterator<Item = u32> {
    text.chars().map(lower_case)
}

fn lower_case(letter: char) -> u32 {
    let code = u32::from(letter);
    match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ϋ' | 'А'..='Я' => code + 32,
        'Ѐ'..='Џ' => code + 80,
        // In these blocks capital and small letters take turns; in two of them the capital has the odd number.
        'Ĺ'..='ň' | 'Ź'..='ž' => code + code % 2,
        'Ā'..='ķ' | 'Ŋ'..='ŷ' => code | 1,
        'Ÿ' => 0xff,
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64) -> Value {
        Value::Number(value)
    }

    #[test]
    fn wildcards_match_as_documented() {
        for (text, pattern, expected) in [
            ("Microsoft Office 16", "*microsoft office*", true),
            ("dll-host.exe", "dll*.exe", true),
            ("dll-host.exe.bak", "dll*.exe", false),
            ("16.0.4266", "16.*", true),
            ("15.0.4266", "16.*", false),
            ("a", "?", true),
            ("", "?", false),
            ("", "", true),
            ("", "*", true),
            ("abc", "a*b*c", true),
            ("aXbYbZc", "a*bz?", true),
            ("Über", "ÜBER", true),
            ("Żółć Łódź", "żÓŁĆ łÓDŹ", true),
            ("ПРИВЕТ Ёлка", "привет ёЛКА", true),
            ("ΑΘΗΝΑ", "αθηνα", true),
            ("Ÿ", "ÿ", true),
            ("×", "÷", false),
        ] {
            assert_eq!(matches_wildcards(text, pattern), expected, "{text} with {pattern}");
        }
    }

    #[test]
    fn a_hostile_pattern_is_not_slow() {
        assert!(!matches_wildcards(&"a".repeat(20_000), &format!("{}b", "*a".repeat(200))));
    }

    #[test]
    fn text_compares_with_a_number_as_a_number() {
        assert_eq!(Value::from("5.99").compare(Comparison::LessOrEqual, &number(6.0)), Truth::True);
        assert_eq!(Value::from("10").compare(Comparison::LessOrEqual, &number(6.0)), Truth::False);
        assert_eq!(Value::from("1").equals(&number(1.0)), Truth::True);
    }

    #[test]
    fn what_cannot_be_compared_is_unknown() {
        for value in [Value::Null, Value::from(""), Value::from("-"), Value::from("n/a"), Value::List(vec![])] {
            assert_eq!(value.compare(Comparison::LessOrEqual, &number(6.0)), Truth::Unknown, "{value:?}");
            assert_eq!(value.compare(Comparison::NotEqual, &number(6.0)), Truth::Unknown, "{value:?}");
        }
    }

    #[test]
    fn versions_compare_by_component() {
        let compare = |left: &str, right: &str| Value::from(left).compare(Comparison::Less, &Value::from(right));
        assert_eq!(compare("16.0.9", "16.0.10"), Truth::True);
        assert_eq!(compare("v12.212", "v12.3"), Truth::False);
        assert_eq!(compare("16.0.x", "16.0.10"), Truth::Unknown);
    }
}
