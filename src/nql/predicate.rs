//! Conditions whose names are resolved, for one row: what a playbook is compiled to and what a query's `where` becomes.
//! `F` says which column is meant; what it stands for is the scope's affair.

use super::operand::Operand;
use super::tree::{Negated, Operator, Span};
use super::truth::Truth;
use super::value::{Comparison, Value};

/// What is true, false or unknown of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate<F> {
    /// `left <comparison> right`
    Compare(Sides<F>, Comparison),
    /// Whether left is one of the values on the right; negated: none of them.
    In(Sides<F>, Negated),
    /// Whether left holds what is on the right; negated: does not.
    Contains(Sides<F>, Negated),
    /// All of them hold.
    And(Vec<Predicate<F>>),
    /// One of them holds.
    Or(Vec<Predicate<F>>),
}

/// The two sides of a predicate's smallest part, and where it stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Sides<F> {
    /// What stands before the operator.
    pub left: Formula<F>,
    /// What stands after the operator.
    pub right: Formula<F>,
    /// Where it stands.
    pub span: Span,
}

/// What has a value for a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula<F> {
    /// The same for every row; sizes are in bytes, durations in seconds.
    Constant(Value),
    /// A column.
    Field(F),
    /// Two operands and an operator between them.
    Arithmetic(Operator, Box<(Formula<F>, Formula<F>)>),
}

/// A row, as predicates see it.
pub trait Scope<F> {
    /// The value of a column; null where nothing is known.
    fn field(&self, field: &F) -> Operand<'_>;

    /// The same as a number.
    fn number(&self, field: &F) -> Option<f64> {
        self.field(field).as_number()
    }
}

impl<F> Predicate<F> {
    /// Whether it holds.
    pub fn truth(&self, scope: &impl Scope<F>) -> Truth {
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
    pub fn sides(&self) -> Option<&Sides<F>> {
        match self {
            Self::Compare(sides, _) | Self::In(sides, _) | Self::Contains(sides, _) => Some(sides),
            Self::And(_) | Self::Or(_) => None,
        }
    }

    /// Whether a smallest part can say something other than unknown where a column is null.
    pub fn tells_of_null(&self) -> bool {
        match self {
            Self::Compare(sides, comparison) => null_test(sides, *comparison).is_some(),
            Self::In(sides, _) | Self::Contains(sides, _) => match &sides.right {
                Formula::Constant(Value::List(values)) => values.iter().any(Value::is_null),
                right => !matches!(right, Formula::Constant(_)),
            },
            Self::And(_) | Self::Or(_) => true,
        }
    }

    /// Whether a smallest part holds.
    pub fn part_truth(&self, scope: &impl Scope<F>) -> Truth {
        match self {
            Self::Compare(sides, comparison) => match (&sides.right, null_test(sides, *comparison)) {
                (_, Some((operand, expected))) => (operand.value(scope).is_null() == expected).into(),
                // What is compared with a number is compared as a number, or not at all.
                (Formula::Constant(Value::Number(right)), None) => {
                    sides.left.number(scope).map_or(Truth::Unknown, |left| comparison.of_numbers(left, *right))
                }
                _ => sides.left.value(scope).compare(*comparison, &sides.right.value(scope)),
            },
            Self::In(sides, negated) => {
                let truth = is_one_of(&sides.left.value(scope), &sides.right.value(scope));
                if *negated { !truth } else { truth }
            }
            Self::Contains(sides, negated) => {
                let truth = sides.left.value(scope).contains(&sides.right.value(scope));
                if *negated { !truth } else { truth }
            }
            Self::And(_) | Self::Or(_) => self.truth(scope),
        }
    }
}

/// `x == null` and `x != null` ask whether there is a value, and are never unknown.
fn null_test<F>(sides: &Sides<F>, comparison: Comparison) -> Option<(&Formula<F>, bool)> {
    let expected = match comparison {
        Comparison::Equal => true,
        Comparison::NotEqual => false,
        _ => return None,
    };
    match (&sides.left, &sides.right) {
        (operand, Formula::Constant(Value::Null)) | (Formula::Constant(Value::Null), operand) => {
            Some((operand, expected))
        }
        _ => None,
    }
}

/// A list that names `null` takes what has no value: that is known then, and not unknown.
fn is_one_of(value: &Operand<'_>, values: &Operand<'_>) -> Truth {
    let Operand::List(values) = values else { return Truth::Unknown };
    let lists_null = values.iter().any(Value::is_null);
    if value.is_null() {
        return if lists_null { Truth::True } else { Truth::Unknown };
    }
    Truth::any(values.iter().filter(|one| !one.is_null()).map(|one| value.equals(&one.into())))
}

impl<F> Formula<F> {
    /// The value for one row. Arithmetic with what is unknown is unknown.
    pub fn value<'a>(&'a self, scope: &'a impl Scope<F>) -> Operand<'a> {
        match self {
            Self::Constant(value) => value.into(),
            Self::Field(field) => scope.field(field),
            Self::Arithmetic(..) => self.number(scope).map_or(Operand::Null, Operand::Number),
        }
    }

    /// The value for one row as a number.
    fn number(&self, scope: &impl Scope<F>) -> Option<f64> {
        match self {
            Self::Constant(value) => value.as_number(),
            Self::Field(field) => scope.number(field),
            Self::Arithmetic(operator, sides) => operator.apply(sides.0.number(scope)?, sides.1.number(scope)?),
        }
    }

    /// Calls `visit` with every column that it reads.
    pub fn fields<'a>(&'a self, visit: &mut impl FnMut(&'a F)) {
        match self {
            Self::Field(field) => visit(field),
            Self::Arithmetic(_, sides) => {
                sides.0.fields(visit);
                sides.1.fields(visit);
            }
            Self::Constant(_) => {}
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
    use crate::nql::tree::{Call, Name};
    use crate::nql::{Resolver, parse_condition};

    /// The names of conditions stay names, looked up in a row.
    struct Names;

    impl Resolver for Names {
        type Field = Name;
        type Error = String;

        fn field(&mut self, name: &Name) -> Result<Name, String> {
            Ok(name.clone())
        }

        fn call(&mut self, call: &Call) -> Result<Formula<Name>, String> {
            Err(format!("there is no function {}", call.function.text))
        }

        fn parameter(&mut self, name: &Name) -> Result<Value, String> {
            Ok(Value::Text(name.text.clone()))
        }
    }

    struct Row(BTreeMap<&'static str, Value>);

    impl Scope<Name> for Row {
        fn field(&self, name: &Name) -> Operand<'_> {
            self.0.get(&*name.text).map_or(Operand::Null, Operand::from)
        }
    }

    fn truth(condition: &str) -> Truth {
        let row = Row(BTreeMap::from([
            ("five", Value::Number(5.0)),
            ("ten", Value::from("10")),
            ("platform", Value::from("Windows")),
            ("version", Value::from("16.10.1")),
            ("day", Value::Number(86_400.0)),
            ("plugins", Value::List(vec!["Zoom".into()])),
            ("empty", Value::List(vec![])),
        ]));
        parse_condition(condition).unwrap().bind(&mut Names).unwrap().truth(&row)
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
            ("day == 1d and day == 24h and day > 1439min and day < 86400001ms", Truth::True),
            ("five < 1KB and five == 5B", Truth::True),
            ("platform == windows", Truth::True),
            ("platform == $windows", Truth::True),
            ("platform != Windows", Truth::False),
            ("platform in [macOS, \"Win*\"]", Truth::True),
            ("platform in [$macOS, $windows]", Truth::True),
            ("platform !in [macOS]", Truth::True),
            ("gone in [macOS]", Truth::Unknown),
            ("gone !in [macOS]", Truth::Unknown),
            ("gone in [macOS, null]", Truth::True),
            ("gone !in [macOS, null]", Truth::False),
            ("platform !in [macOS, null]", Truth::True),
            ("version == v16.10.1 and version >= v16.9 and version < v107", Truth::True),
            ("version == v16.10.1.0", Truth::True),
            ("version != v16.10", Truth::True),
            ("plugins contains \"zoom\"", Truth::True),
            ("plugins contains \"*oo*\"", Truth::True),
            ("plugins !contains \"Teams\"", Truth::True),
            ("platform contains \"dow\"", Truth::True),
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
        let condition = parse_condition("a > 1 and (b == 2 or c in [3])").unwrap().bind(&mut Names).unwrap();
        let mut asked = Vec::new();
        condition.truth_of(&mut |part| {
            part.sides().unwrap().left.fields(&mut |name| asked.push(name.text.to_string()));
            Truth::False
        });
        assert_eq!(asked, ["a", "b", "c"]);
    }
}
