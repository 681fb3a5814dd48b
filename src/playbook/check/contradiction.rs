//! Comparisons that no value fulfils together: each pair of one column is looked at, which finds every contradiction
//! between ranges. What cannot be judged is taken to be possible.

use super::reach::opposite;
use crate::nql::{Comparison, Formula, Predicate, Span, Truth, Value};
use crate::playbook::compiled::{FactColumn, FactKind};

/// What is asked of a value: a column's, or one that is computed.
#[derive(Clone)]
pub(super) struct Test<'a> {
    subject: &'a Formula<usize>,
    demand: Demand<'a>,
    span: Span,
}

#[derive(Clone)]
enum Demand<'a> {
    /// One of these; null among them is no value.
    OneOf(Vec<&'a Value>),
    /// A value, and none of these.
    NoneOf(Vec<&'a Value>),
    /// Less or greater than this.
    Order(Comparison, &'a Value),
    /// Holds this.
    Contains(&'a Value),
    /// Does not hold this.
    Lacks(&'a Value),
    /// Compares something else: with another column, say.
    Other,
    /// Compares constants in a way that never holds.
    Never,
}

/// What cannot hold: one comparison, or two together.
pub(super) enum Contradiction {
    Alone(Span),
    Pair(Span, Span),
}

impl<'a> Test<'a> {
    /// The test of a smallest part of a condition, or of its opposite; none of `and` and `or`.
    pub fn of(part: &'a Predicate<usize>, is_opposite: bool) -> Option<Self> {
        let sides = part.sides()?;
        let (subject, constant, turned) = match (&sides.left, &sides.right) {
            (Formula::Constant(_), Formula::Constant(_)) => (&sides.left, None, false),
            (subject, Formula::Constant(constant)) => (subject, Some(constant), false),
            (Formula::Constant(constant), subject) => (subject, Some(constant), true),
            (subject, _) => (subject, None, false),
        };
        let demand = match (part, constant) {
            (_, None) if matches!(subject, Formula::Constant(_)) => Demand::Never,
            (_, None) => Demand::Other,
            (Predicate::Compare(_, comparison), Some(value)) => {
                let comparison = if is_opposite { opposite(*comparison) } else { *comparison };
                match comparison {
                    Comparison::Equal => Demand::OneOf(vec![value]),
                    Comparison::NotEqual => Demand::NoneOf(vec![value]),
                    comparison => Demand::Order(if turned { mirrored(comparison) } else { comparison }, value),
                }
            }
            (Predicate::In(_, negated), Some(Value::List(values))) => match *negated != is_opposite {
                true => Demand::NoneOf(values.iter().collect()),
                false => Demand::OneOf(values.iter().collect()),
            },
            (Predicate::Contains(_, negated), Some(value)) if !turned => match *negated != is_opposite {
                true => Demand::Lacks(value),
                false => Demand::Contains(value),
            },
            _ => Demand::Other,
        };
        Some(Self { subject, demand, span: sides.span })
    }

    fn is_impossible(&self, columns: &[FactColumn]) -> bool {
        let is_count = matches!(self.subject, Formula::Field(column)
            if columns.get(*column).is_some_and(|column| column.kind == FactKind::Count));
        match &self.demand {
            Demand::Never => true,
            // A count is never negative.
            Demand::Order(comparison, value) if is_count => {
                let zero = Value::Number(0.0);
                matches!(comparison, Comparison::Less | Comparison::LessOrEqual)
                    && zero.compare(*comparison, value) == Truth::False
            }
            Demand::OneOf(values) if is_count => {
                let negative = |value: &&Value| value.as_number().is_some_and(|number| number < 0.0);
                !values.is_empty() && values.iter().all(negative)
            }
            _ => false,
        }
    }
}

/// The first tests that cannot hold together.
pub(super) fn contradiction(tests: &[Test<'_>], columns: &[FactColumn]) -> Option<Contradiction> {
    if let Some(test) = tests.iter().find(|test| test.is_impossible(columns)) {
        return Some(Contradiction::Alone(test.span));
    }
    for (position, second) in tests.iter().enumerate() {
        let excluded = |first: &&Test<'_>| {
            first.subject == second.subject
                && (first.demand.excludes(&second.demand) || second.demand.excludes(&first.demand))
        };
        if let Some(first) = tests.iter().take(position).find(excluded) {
            return Some(Contradiction::Pair(first.span, second.span));
        }
    }
    tests.iter().find_map(|test| exhausted(test, tests))
}

/// The last of the tests that together refuse every one of a test's values.
fn exhausted(test: &Test<'_>, tests: &[Test<'_>]) -> Option<Contradiction> {
    let Demand::OneOf(values) = &test.demand else { return None };
    let mut last = test.span;
    for value in values {
        last = tests.iter().find(|other| other.subject == test.subject && other.demand.never_takes(value))?.span;
    }
    Some(Contradiction::Pair(test.span, last))
}

impl Demand<'_> {
    /// Whether what this asks for is excluded by the other.
    fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::OneOf(values), other) => values.iter().all(|value| other.never_takes(value)),
            (
                Self::Order(Comparison::Greater | Comparison::GreaterOrEqual, _),
                Self::Order(Comparison::Greater | Comparison::GreaterOrEqual, _),
            )
            | (
                Self::Order(Comparison::Less | Comparison::LessOrEqual, _),
                Self::Order(Comparison::Less | Comparison::LessOrEqual, _),
            ) => false,
            (Self::Order(one, from), Self::Order(other, to)) => {
                let both = [one, other];
                let inclusive =
                    both.iter().all(|order| matches!(order, Comparison::GreaterOrEqual | Comparison::LessOrEqual));
                let is_upper = matches!(one, Comparison::Less | Comparison::LessOrEqual);
                let (least, most) = if is_upper { (to, from) } else { (from, to) };
                let holds = if inclusive { Comparison::LessOrEqual } else { Comparison::Less };
                least.compare(holds, most) == Truth::False && !may_be_versions(least, holds, most)
            }
            (Self::Contains(one), Self::Lacks(other)) => one == other,
            _ => false,
        }
    }

    /// Whether everything that equals a value is refused for certain.
    fn never_takes(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Other | Self::Never, _) => false,
            (Self::OneOf(allowed), Value::Null) => !allowed.iter().any(|allowed| allowed.is_null()),
            (_, Value::Null) => true,
            (Self::OneOf(allowed), value) => !allowed.iter().any(|allowed| may_be_equal(value, allowed)),
            (Self::NoneOf(refused), value) if is_vague(value) => refused.contains(&value),
            // The number 3 equals the text "3.0", which differs from the text "3".
            (Self::NoneOf(refused), Value::Number(_)) => refused.contains(&value),
            (Self::NoneOf(refused), value) => refused.iter().any(|refused| value.equals(refused) == Truth::True),
            (_, value) if is_vague(value) => false,
            (Self::Order(comparison, bound), Value::Number(_)) => value.compare(*comparison, bound) == Truth::False,
            (Self::Order(comparison, bound), value) => value.compare(*comparison, bound) != Truth::True,
            // What equals them may be a text.
            (Self::Contains(_) | Self::Lacks(_), Value::Number(_) | Value::Boolean(_)) => false,
            (Self::Contains(part), value) => value.contains(part) != Truth::True,
            (Self::Lacks(part), value) => value.contains(part) != Truth::False,
        }
    }
}

/// Whether a constant stands for more than one text: a pattern, or a version such as `v3`, which `3.0` is, too.
fn is_vague(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.contains(['*', '?']) || text.starts_with(['v', 'V']))
}

/// Whether one value can equal both.
fn may_be_equal(one: &Value, other: &Value) -> bool {
    let equals = |one: &Value, other: &Value| one.equals(other) == Truth::True;
    match (is_vague(one), is_vague(other), one, other) {
        (true, true, ..) => true,
        (true, false, pattern, Value::Text(_)) => equals(other, pattern),
        (false, true, Value::Text(_), pattern) => equals(one, pattern),
        // The text of a number or a truth value may have the pattern.
        (true, ..) | (_, true, ..) => true,
        _ => equals(one, other) || equals(other, one),
    }
}

/// Whether two bounds leave room for a version: as such, `5.9` comes before `5.10`.
fn may_be_versions(least: &Value, holds: Comparison, most: &Value) -> bool {
    let version = |value: &Value| {
        let text = value.as_text()?;
        Some(Value::from(&*format!("v{}", text.trim_start_matches(['v', 'V']))))
    };
    version(least).zip(version(most)).is_some_and(|(least, most)| least.compare(holds, &most) == Truth::True)
}

/// `5 < x` is `x > 5`.
const fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}
