//! A value as it is compared: borrowed where it lies, in a literal, a fact or an answer's text, so that judging a row
//! copies nothing. Which columns exist and what `-` means in them is left to the playbook.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::timestamp::Timestamp;
use super::truth::Truth;
use super::value::{Comparison, Value, compare_versions, holds_wildcards, is_version, matches_wildcards};
use crate::json::parse_number;

/// A `Value` that need not own its text or its elements.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Operand<'a> {
    /// Nothing is known: `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, a size in bytes, a duration in seconds.
    Number(f64),
    /// Text, an enumeration's word, a version.
    Text(Cow<'a, str>),
    /// A point in time.
    Time(Timestamp),
    /// An array.
    List(Cow<'a, [Value]>),
}

impl Operand<'_> {
    /// The same, borrowed.
    pub fn borrowed(&self) -> Operand<'_> {
        match self {
            Self::Null => Operand::Null,
            Self::Boolean(value) => Operand::Boolean(*value),
            Self::Number(number) => Operand::Number(*number),
            Self::Text(text) => Operand::Text(Cow::Borrowed(text)),
            Self::Time(time) => Operand::Time(*time),
            Self::List(values) => Operand::List(Cow::Borrowed(values)),
        }
    }

    /// The value, which outlives what it was borrowed from.
    pub fn into_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::Boolean(value),
            Self::Number(number) => Value::Number(number),
            Self::Text(text) => Value::Text(text.into()),
            Self::Time(time) => Value::Time(time),
            Self::List(values) => Value::List(values.into_owned()),
        }
    }

    /// Whether nothing is known.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value as a number: numbers may arrive as text ("7.5"), and compare as numbers all the same.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => parse_number(text),
            _ => None,
        }
    }

    /// `self <comparison> other`. Unknown where a side is null, or where the two cannot be compared,
    /// such as the text "n/a" with a number: a guess would fire a remediation.
    pub fn compare(&self, comparison: Comparison, other: &Self) -> Truth {
        match comparison {
            Comparison::Equal => self.equals(other),
            Comparison::NotEqual => !self.equals(other),
            Comparison::Less => self.ordered(other, Ordering::is_lt),
            Comparison::LessOrEqual => self.ordered(other, Ordering::is_le),
            Comparison::Greater => self.ordered(other, Ordering::is_gt),
            Comparison::GreaterOrEqual => self.ordered(other, Ordering::is_ge),
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
            (Self::List(elements), part) => {
                Truth::any(elements.iter().map(|element| Operand::from(element).equals(part)))
            }
            (Self::Text(text), Self::Text(part)) => holds_wildcards(text, part).into(),
            _ => Truth::Unknown,
        }
    }

    fn ordered(&self, other: &Self, holds: fn(Ordering) -> bool) -> Truth {
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

impl<'a> From<&'a Value> for Operand<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Boolean(value) => Self::Boolean(*value),
            Value::Number(number) => Self::Number(*number),
            Value::Text(text) => Self::Text(Cow::Borrowed(text)),
            Value::Time(time) => Self::Time(*time),
            Value::List(values) => Self::List(Cow::Borrowed(values)),
        }
    }
}

impl From<Value> for Operand<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Boolean(value) => Self::Boolean(value),
            Value::Number(number) => Self::Number(number),
            Value::Text(text) => Self::Text(Cow::Owned(text.into())),
            Value::Time(time) => Self::Time(time),
            Value::List(values) => Self::List(Cow::Owned(values)),
        }
    }
}

fn lists_equal(left: &[Value], right: &[Value]) -> Truth {
    if left.len() != right.len() {
        return Truth::False;
    }
    Truth::all(left.iter().zip(right).map(|(left, right)| Operand::from(left).equals(&Operand::from(right))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Operand<'_> {
        Operand::Text(Cow::Borrowed(text))
    }

    #[test]
    fn text_compares_with_a_number_as_a_number() {
        let six = Operand::Number(6.0);
        assert_eq!(text("5.99").compare(Comparison::LessOrEqual, &six), Truth::True);
        assert_eq!(text("10").compare(Comparison::LessOrEqual, &six), Truth::False);
        assert_eq!(text("1").equals(&Operand::Number(1.0)), Truth::True);
    }

    #[test]
    fn what_cannot_be_compared_is_unknown() {
        let six = Operand::Number(6.0);
        for value in [Operand::Null, text(""), text("-"), text("n/a"), Operand::List(Cow::Borrowed(&[]))] {
            assert_eq!(value.compare(Comparison::LessOrEqual, &six), Truth::Unknown, "{value:?}");
            assert_eq!(value.compare(Comparison::NotEqual, &six), Truth::Unknown, "{value:?}");
        }
    }

    #[test]
    fn versions_compare_by_component() {
        let compare = |left: &str, right: &str| text(left).compare(Comparison::Less, &text(right));
        assert_eq!(compare("16.0.9", "16.0.10"), Truth::True);
        assert_eq!(compare("v12.212", "v12.3"), Truth::False);
        assert_eq!(compare("16.0.x", "16.0.10"), Truth::Unknown);
    }
}
