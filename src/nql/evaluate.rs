//! Conditions and expressions → truth and values, for one row. What a name stands for is the scope's affair.

use std::borrow::Cow;

use super::tree::{Call, Condition, Expression, Operator, Test};
use super::truth::Truth;
use super::value::{Comparison, Value};

/// What the names, parameters and functions of an expression stand for.
pub trait Scope<N> {
    /// The value of a column; null where nothing is known.
    fn field(&self, name: &N) -> Cow<'_, Value>;

    /// The value of `$name`; null where it was not given.
    fn parameter(&self, _name: &str) -> Value {
        Value::Null
    }

    /// The value of a function; only aggregations over events have functions.
    fn call(&self, _call: &Call<N>) -> Value {
        Value::Null
    }
}

impl<N> Condition<N> {
    /// Whether the condition holds.
    pub fn truth(&self, scope: &impl Scope<N>) -> Truth {
        self.truth_of(&mut |part| part.part_truth(scope))
    }

    /// Joins what `part_truth` says of the smallest parts, each of which is asked once, in the order of the text:
    /// an explanation needs them all, also after the outcome is settled.
    pub fn truth_of(&self, part_truth: &mut impl FnMut(&Self) -> Truth) -> Truth {
        match self {
            Self::And(parts) => Truth::all(parts.iter().map(|part| part.truth_of(part_truth))),
            Self::Or(parts) => Truth::any(parts.iter().map(|part| part.truth_of(part_truth))),
            part => part_truth(part),
        }
    }

    /// The two sides of a smallest part; none of `and` and `or`.
    pub fn sides(&self) -> Option<&Test<N>> {
        match self {
            Self::Compare(test, _) | Self::In(test, _) | Self::Contains(test, _) => Some(test),
            Self::And(_) | Self::Or(_) => None,
        }
    }

    /// Whether a smallest part holds.
    pub fn part_truth(&self, scope: &impl Scope<N>) -> Truth {
        match self {
            Self::Compare(test, comparison) => match null_test(test, *comparison) {
                Some((operand, expected)) => (operand.value(scope).is_null() == expected).into(),
                None => test.left.value(scope).compare(*comparison, &test.right.value(scope)),
            },
            Self::In(test, negated) => {
                let left = test.left.value(scope);
                let right = test.right.value(scope);
                let truth = match right.as_ref() {
                    _ if left.is_null() => Truth::Unknown,
                    Value::List(values) => Truth::any(values.iter().map(|value| left.equals(value))),
                    _ => Truth::Unknown,
                };
                if *negated { !truth } else { truth }
            }
            Self::Contains(test, negated) => {
                let truth = test.left.value(scope).contains(&test.right.value(scope));
                if *negated { !truth } else { truth }
            }
            Self::And(_) | Self::Or(_) => self.truth(scope),
        }
    }
}

/// `x == null` and `x != null` ask whether there is a value, and are never unknown.
fn null_test<N>(test: &Test<N>, comparison: Comparison) -> Option<(&Expression<N>, bool)> {
    let expected = match comparison {
        Comparison::Equal => true,
        Comparison::NotEqual => false,
        _ => return None,
    };
    match (&test.left, &test.right) {
        (operand, Expression::Literal(Value::Null)) | (Expression::Literal(Value::Null), operand) => {
            Some((operand, expected))
        }
        _ => None,
    }
}

impl<N> Expression<N> {
    /// The value for one row. Arithmetic with what is unknown is unknown.
    pub fn value<'a>(&'a self, scope: &'a impl Scope<N>) -> Cow<'a, Value> {
        match self {
            Self::Literal(value) => Cow::Borrowed(value),
            Self::Enumeration(word) => Cow::Owned(Value::Text(word.clone())),
            Self::Array(elements) => {
                Cow::Owned(Value::List(elements.iter().map(|element| element.value(scope).into_owned()).collect()))
            }
            Self::Field(name) => scope.field(name),
            Self::Parameter(name) => Cow::Owned(scope.parameter(name)),
            Self::Call(call) => Cow::Owned(scope.call(call)),
            Self::Arithmetic(operator, sides) => {
                let (left, right) = (sides.0.value(scope).as_number(), sides.1.value(scope).as_number());
                let result = match (left, right) {
                    (Some(left), Some(right)) => operator.apply(left, right),
                    _ => None,
                };
                Cow::Owned(result.map_or(Value::Null, Value::Number))
            }
        }
    }

    /// Calls `visit` with every column that the expression reads.
    pub fn fields<'a>(&'a self, visit: &mut impl FnMut(&'a N)) {
        match self {
            Self::Field(name) => visit(name),
            Self::Array(elements) => elements.iter().for_each(|element| element.fields(visit)),
            Self::Call(call) => {
                if let Some(target) = &call.target {
                    target.fields(visit);
                }
            }
            Self::Arithmetic(_, sides) => {
                sides.0.fields(visit);
                sides.1.fields(visit);
            }
            Self::Literal(_) | Self::Enumeration(_) | Self::Parameter(_) => {}
        }
    }
}

impl Operator {
    /// The result; none where it is no finite number, such as a division by zero.
    pub fn apply(self, left: f64, right: f64) -> Option<f64> {
        let result = match self {
            Self::Add => left + right,
            Self::Subtract => left - right,
            Self::Multiply => left * right,
            Self::Divide => left / right,
            Self::Power => power(left, right)?,
        };
        result.is_finite().then_some(result)
    }
}

/// Whole and half exponents up to 1,024: the general power would add 2 KB to the module.
fn power(base: f64, exponent: f64) -> Option<f64> {
    let steps = exponent.abs() * 2.0;
    if steps.fract() != 0.0 || steps > 2_048.0 {
        return None;
    }
    let mut result = if steps % 2.0 == 1.0 { base.sqrt() } else { 1.0 };
    let mut left = (steps / 2.0).floor();
    while left > 0.0 {
        result *= base;
        left -= 1.0;
    }
    Some(if exponent < 0.0 { 1.0 / result } else { result })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::nql::tree::Name;
    use crate::nql::{Truth, parse_condition};

    struct Row(BTreeMap<&'static str, Value>);

    impl Scope<Name> for Row {
        fn field(&self, name: &Name) -> Cow<'_, Value> {
            self.0.get(&*name.text).map_or(Cow::Owned(Value::Null), Cow::Borrowed)
        }
    }

    fn truth(condition: &str) -> Truth {
        let row = Row(BTreeMap::from([
            ("five", Value::Number(5.0)),
            ("ten", Value::from("10")),
            ("platform", Value::from("Windows")),
            ("plugins", Value::List(vec!["Zoom".into()])),
            ("empty", Value::List(vec![])),
        ]));
        parse_condition(condition).unwrap().truth(&row)
    }

    #[test]
    fn conditions_hold_fail_or_are_unknown() {
        for (condition, expected) in [
            ("five <= 6", Truth::True),
            ("five > 6", Truth::False),
            ("gone <= 6", Truth::Unknown),
            ("five + ten > 10", Truth::True),
            ("five + gone > 10", Truth::Unknown),
            ("five * 2 + 1 == 11", Truth::True),
            ("2 ^ 3 == 8 and (five - 1) / 2 = 2", Truth::True),
            ("five / 0 > 1", Truth::Unknown),
            ("4 ^ 0.5 == 2 and 2 ^ -1 == 0.5 and 2 ^ 0 == 1", Truth::True),
            ("2 ^ 0.3 > 1", Truth::Unknown),
            ("-five < 0", Truth::True),
            ("platform == windows", Truth::True),
            ("platform != Windows", Truth::False),
            ("platform in [macOS, \"Win*\"]", Truth::True),
            ("platform !in [macOS]", Truth::True),
            ("gone in [macOS]", Truth::Unknown),
            ("gone !in [macOS]", Truth::Unknown),
            ("plugins contains \"zoom\"", Truth::True),
            ("plugins !contains \"Teams\"", Truth::True),
            ("plugins != []", Truth::True),
            ("empty != []", Truth::False),
            ("gone == null", Truth::True),
            ("five != null", Truth::True),
            ("gone > 1 and five > 6", Truth::False),
            ("gone > 1 or five > 4", Truth::True),
            ("gone > 1 or five > 6", Truth::Unknown),
            ("(gone > 1 or five > 4) and ten == 10", Truth::True),
        ] {
            assert_eq!(truth(condition), expected, "{condition}");
        }
    }

    #[test]
    fn every_part_is_asked_once_and_in_order() {
        let condition = parse_condition("a > 1 and (b == 2 or c in [3])").unwrap();
        let mut asked = Vec::new();
        condition.truth_of(&mut |part| {
            part.sides().unwrap().left.fields(&mut |name| asked.push(name.text.to_string()));
            Truth::False
        });
        assert_eq!(asked, ["a", "b", "c"]);
    }

    #[test]
    fn mistakes_are_placed_and_explained() {
        for (text, message, start) in [
            ("five", "this is a value, not a condition", 0),
            ("(a > 1) + 2 > 3", "this is a condition, not a value", 0),
            ("a > 1 and", "expected a value or a name, found the end", 9),
            ("a ! 5", "expected `in` or `contains`, found a number", 4),
            ("a in 5", "expected `[`, found a number", 5),
            (
                "a > 5parsec",
                "expected a unit (`ms`, `s`, `min`, `h`, `d`, `B`, `KB`, `MB`, `GB`, `TB`), found `parsec`",
                4,
            ),
            ("a == 1 b", "expected the end, found `b`", 7),
        ] {
            let error = parse_condition(text).unwrap_err();
            assert_eq!((error.message.as_str(), error.span.start), (message, start), "{text}");
        }
    }

    #[test]
    fn hostile_nesting_is_an_error_and_not_a_stack_overflow() {
        for text in ["(".repeat(10_000), "a == ".to_owned() + &"[".repeat(10_000), "-".repeat(10_000)] {
            assert!(parse_condition(&text).unwrap_err().message.contains("nested more than 64 deep"));
        }
    }
}
