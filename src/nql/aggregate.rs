//! The functions of `compute`: the values of an object's events → one value. No event gives null, also for `count`.

use super::truth::Truth;
use super::value::{Comparison, Value};

/// Applies a function by its NQL name to the values of the events; null where there is none, or no such function.
pub(super) fn aggregate(function: &str, values: impl Iterator<Item = Value>) -> Value {
    let known: Vec<Value> = values.filter(|value| !value.is_null()).collect();
    if known.is_empty() {
        return Value::Null;
    }
    let numbers = || known.iter().filter_map(Value::as_number);
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^53 events")]
    let count = known.len() as f64;
    match function {
        "count" => Value::Number(count),
        "sum" => Value::Number(numbers().sum()),
        "avg" => Value::Number(numbers().sum::<f64>() / count),
        "min" => extreme(known, Comparison::Less),
        "max" => extreme(known, Comparison::Greater),
        "last" => known.into_iter().next_back().unwrap_or_default(),
        _ => Value::Null,
    }
}

fn extreme(values: Vec<Value>, better: Comparison) -> Value {
    let choose = |best: Value, next: Value| if next.compare(better, &best) == Truth::True { next } else { best };
    values.into_iter().reduce(choose).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_leave_out_what_is_null() {
        let values = [Value::Number(2.0), Value::Null, Value::Number(4.0)];
        for (function, expected) in
            [("count", 2.0), ("sum", 6.0), ("avg", 3.0), ("min", 2.0), ("max", 4.0), ("last", 4.0)]
        {
            assert_eq!(aggregate(function, values.clone().into_iter()), Value::Number(expected), "{function}");
        }
    }

    #[test]
    fn no_event_gives_null_and_not_zero() {
        assert_eq!(aggregate("count", std::iter::empty()), Value::Null);
        assert_eq!(aggregate("avg", [Value::Null].into_iter()), Value::Null);
    }
}
