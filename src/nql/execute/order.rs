//! What comes first when values are sorted: numbers, times and versions by size, text by its letters without case.

use std::cmp::Ordering;

use crate::nql::tree::Order;
use crate::nql::truth::Truth;
use crate::nql::value::{Comparison, Value, lower_case_text};

/// The order of two values in a direction. What has no value comes last in both.
pub(super) fn by(left: &Value, right: &Value, order: Order) -> Ordering {
    let ascending = compare(left, right);
    match order {
        Order::Descending if !left.is_null() && !right.is_null() => ascending.reverse(),
        _ => ascending,
    }
}

/// Smallest first, what has no value last, and what has no order as it was.
pub(super) fn compare(left: &Value, right: &Value) -> Ordering {
    match (left.is_null(), right.is_null()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) if left.compare(Comparison::Less, right) == Truth::True => Ordering::Less,
        (false, false) if left.compare(Comparison::Greater, right) == Truth::True => Ordering::Greater,
        (false, false) => match (left, right) {
            (Value::Text(left), Value::Text(right)) => lower_case_text(left).cmp(lower_case_text(right)),
            (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
            _ => Ordering::Equal,
        },
    }
}
