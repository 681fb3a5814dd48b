//! Many values → one. What is null does not count; where nothing is left, the result is null.

use super::order::compare;
use crate::nql::value::Value;

/// A function over the values of many rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Aggregation {
    Sum,
    Average,
    Minimum,
    Maximum,
    /// The value of the latest row.
    Last,
    /// The smallest value that so many of a hundred do not exceed (nearest rank: the vendor names no method).
    Percentile(f64),
}

impl Aggregation {
    /// The function of a name in NQL.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "sum" => Self::Sum,
            "avg" => Self::Average,
            "min" => Self::Minimum,
            "max" => Self::Maximum,
            "last" => Self::Last,
            name => {
                let digits = name.strip_prefix('p').filter(|digits| digits.len() == 2)?;
                Self::Percentile(f64::from(digits.parse::<u8>().ok()?))
            }
        })
    }

    /// The result; the values come oldest first.
    pub fn apply(self, values: impl Iterator<Item = Value>) -> Value {
        let mut known: Vec<Value> = values.filter(|value| !value.is_null()).collect();
        if known.is_empty() {
            return Value::Null;
        }
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^53 rows")]
        let count = known.len() as f64;
        let numbers = || known.iter().filter_map(Value::as_number);
        match self {
            Self::Sum => Value::Number(numbers().sum()),
            Self::Average => Value::Number(numbers().sum::<f64>() / count),
            Self::Minimum => known.into_iter().min_by(compare).unwrap_or_default(),
            Self::Maximum => known.into_iter().max_by(compare).unwrap_or_default(),
            Self::Last => known.pop().unwrap_or_default(),
            Self::Percentile(percent) => {
                known.sort_by(compare);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position in the list")]
                let rank = (percent / 100.0 * count).ceil().max(1.0) as usize;
                known.into_iter().nth(rank - 1).unwrap_or_default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(values: &[f64]) -> impl Iterator<Item = Value> {
        values.iter().copied().map(Value::Number)
    }

    #[test]
    fn functions_leave_out_what_is_null() {
        let values = || [Value::Number(2.0), Value::Null, Value::Number(4.0)].into_iter();
        for (function, expected) in
            [("sum", 6.0), ("AVG", 3.0), ("min", 2.0), ("max", 4.0), ("last", 4.0), ("p95", 4.0)]
        {
            assert_eq!(Aggregation::of(function).unwrap().apply(values()), Value::Number(expected), "{function}");
        }
    }

    #[test]
    fn nothing_gives_null_and_not_zero() {
        for function in ["sum", "avg", "min", "max", "last", "p05"] {
            assert_eq!(Aggregation::of(function).unwrap().apply([Value::Null].into_iter()), Value::Null, "{function}");
        }
    }

    #[test]
    fn a_percentile_is_one_of_the_values() {
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        for (function, expected) in [("p05", 5.0), ("p50", 50.0), ("p95", 95.0), ("p99", 99.0)] {
            assert_eq!(Aggregation::of(function).unwrap().apply(numbers(&hundred)), Value::Number(expected));
        }
        assert_eq!(Aggregation::of("p05").unwrap().apply(numbers(&[7.0])), Value::Number(7.0));
        assert_eq!(Aggregation::of("p5"), None);
        assert_eq!(Aggregation::of("median"), None);
    }

    #[test]
    fn text_and_times_have_a_smallest_and_a_largest() {
        let words = || ["beta", "Alpha", "gamma"].into_iter().map(Value::from);
        assert_eq!(Aggregation::Minimum.apply(words()), Value::from("Alpha"));
        assert_eq!(Aggregation::Maximum.apply(words()), Value::from("gamma"));
    }
}
