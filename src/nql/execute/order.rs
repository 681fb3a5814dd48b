//! What comes first when values are sorted: numbers, times and versions by size, text by its letters without case.
//! Sorting needs a total order, which comparing as a condition does not give: in pairs, `9` comes before `10`, `10`
//! before `1a` and `1a` before `9`.

use std::cmp::Ordering;

use crate::nql::timestamp::Timestamp;
use crate::nql::tree::Order;
use crate::nql::value::{Value, compare_versions, lower_case_text, major_version};

/// The order of two values in a direction. What has no value comes last in both.
pub(super) fn by(left: &Value, right: &Value, order: Order) -> Ordering {
    let ascending = compare(left, right);
    match order {
        Order::Descending if !left.is_null() && !right.is_null() => ascending.reverse(),
        _ => ascending,
    }
}

/// Smallest first, kind by kind, what has no value last, and lists as they were. A number stands before the versions
/// of the same major version: `15.0.1`, `16.1`, `16.0.1`.
pub(super) fn compare(left: &Value, right: &Value) -> Ordering {
    match (Rank::of(left), Rank::of(right)) {
        (Rank::Number(left), Rank::Number(right)) => left.total_cmp(&right),
        (Rank::Version(left, _), Rank::Number(right)) => left.total_cmp(&right.floor()).then(Ordering::Greater),
        (Rank::Number(left), Rank::Version(right, _)) => left.floor().total_cmp(&right).then(Ordering::Less),
        (Rank::Version(_, left), Rank::Version(_, right)) => compare_versions(left, right).unwrap_or(Ordering::Equal),
        (Rank::Boolean(left), Rank::Boolean(right)) => left.cmp(&right),
        (Rank::Time(left), Rank::Time(right)) => left.cmp(&right),
        (Rank::Text(left), Rank::Text(right)) => lower_case_text(left).cmp(lower_case_text(right)),
        (left, right) => left.kind().cmp(&right.kind()),
    }
}

/// What a value is when it is sorted.
enum Rank<'a> {
    Number(f64),
    /// With its major version.
    Version(f64, &'a str),
    Boolean(bool),
    Time(Timestamp),
    Text(&'a str),
    List,
    Null,
}

impl<'a> Rank<'a> {
    fn of(value: &'a Value) -> Self {
        // Minus zero is no less than zero.
        let number = value.as_number().map(|number| Self::Number(number + 0.0));
        number.unwrap_or_else(|| match value {
            Value::Text(text) => major_version(text).map_or(Self::Text(text), |major| Self::Version(major, text)),
            Value::Boolean(value) => Self::Boolean(*value),
            Value::Time(time) => Self::Time(*time),
            Value::List(_) => Self::List,
            Value::Null | Value::Number(_) => Self::Null,
        })
    }

    /// Which kind comes first.
    fn kind(&self) -> u8 {
        match self {
            Self::Number(_) | Self::Version(..) => 0,
            Self::Boolean(_) => 1,
            Self::Time(_) => 2,
            Self::Text(_) => 3,
            Self::List => 4,
            Self::Null => 5,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Vec<Value> {
        let texts = [
            "9",
            "10",
            "1a",
            "1.9",
            "1.10",
            "1.9.0",
            "1.10.0",
            "v1.9",
            "v2",
            "16.0.x",
            "99999999999999999999.1.1", //
            "",
            "-",
            "true",
            "Alpha",
            "alpha",
            "1e308",
            "-0.5",
        ];
        let numbers = [0.0, -0.0, 1.0, -1.0, 9.5, f64::MAX, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, -f64::NAN];
        let times = [i64::MIN, 0, i64::MAX];
        let mut values: Vec<Value> = texts.into_iter().map(Value::from).collect();
        values.extend(numbers.map(Value::Number));
        values.extend(times.map(|time| Value::Time(Timestamp(time))));
        values.extend([Value::Boolean(true), Value::Boolean(false), Value::List(vec![]), Value::Null]);
        values
    }

    #[test]
    fn no_three_values_run_in_a_circle() {
        let values = values();
        for left in &values {
            for middle in &values {
                let order = compare(left, middle);
                assert_eq!(order, compare(middle, left).reverse(), "{left:?} {middle:?}");
                for right in &values {
                    let then = compare(middle, right);
                    if order.is_le() && then.is_le() {
                        let expected = order.then(then);
                        assert_eq!(compare(left, right), expected, "{left:?} {middle:?} {right:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn numbers_and_versions_come_by_size_and_text_by_its_letters() {
        for order in [
            ["-1", "9", "9.5", "10"],
            ["15.0.1", "16.1", "16.0.1", "16.0.10"],
            ["v1.9", "v1.10", "v2", "10"],
            ["10", "1a", "alpha", "Beta"],
        ] {
            assert!(order.is_sorted_by(|left, right| compare(&(*left).into(), &(*right).into()).is_lt()), "{order:?}");
        }
        assert_eq!(compare(&"7.5".into(), &Value::Number(7.5)), Ordering::Equal);
    }

    #[test]
    fn what_has_no_value_comes_last_in_both_directions() {
        for order in [Order::Ascending, Order::Descending] {
            for value in values().into_iter().filter(|value| !value.is_null()) {
                assert_eq!(by(&value, &Value::Null, order), Ordering::Less, "{value:?}");
                assert_eq!(by(&Value::Null, &value, order), Ordering::Greater, "{value:?}");
            }
        }
    }
}
