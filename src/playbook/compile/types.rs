//! Comparisons whose sides can never be compared, whatever the row: they would be unknown for every device.

use super::columns::short;
use super::condition::folded;
use crate::json::parse_number;
use crate::nql::{Comparison, Formula, Predicate, Sides, Value, nearest};
use crate::playbook::compiled::{FactColumn, FactKind};
use crate::playbook::mistake::Mistake;

/// Writes down the comparisons of a condition that can never be told.
pub(super) fn check(condition: &Predicate<usize>, columns: &[FactColumn], pointer: &str, mistakes: &mut Vec<Mistake>) {
    if let Predicate::And(parts) | Predicate::Or(parts) = condition {
        for part in parts {
            check(part, columns, pointer, mistakes);
        }
        return;
    }
    let Some(sides) = condition.sides() else { return };
    let found = operands(&sides.left, columns).or_else(|| operands(&sides.right, columns)).or_else(|| {
        let (left, right) = (Side::of(&sides.left, columns), Side::of(&sides.right, columns));
        match condition {
            Predicate::Compare(_, Comparison::Equal | Comparison::NotEqual) => {
                left.never_equals(&right).or_else(|| right.never_equals(&left))
            }
            Predicate::Compare(..) => left.has_no_order(&right).or_else(|| right.has_no_order(&left)),
            Predicate::In(..) => left.never_one_of(sides),
            _ => left.never_contains(&right),
        }
    });
    if let Some((message, help)) = found {
        mistakes.push(Mistake::new(pointer, message).help(help).at(sides.span));
    }
}

/// What is wrong and what to do.
type Found = Option<(String, &'static str)>;

/// One side of a comparison: what every row has there.
enum Side<'a> {
    /// A column that may hold anything but a list.
    Any(&'a str),
    /// A column that holds a list.
    List(&'a str),
    /// A column that holds how an execution ended.
    Status(&'a str),
    /// A column that holds when an execution took place.
    Time(&'a str),
    /// A column that holds a count.
    Count(&'a str),
    /// What arithmetic gives.
    Number,
    /// A constant.
    Constant(&'a Value),
}

const COMPARE_LISTS: &str = "compare it with a list, as in `!= []`, or ask for an element with `contains`";
const DECLARE_LIST: &str = "name the column in `lists`";
const NO_DATES: &str = "say how old a fact may be with `freshness`";

/// Those of which the spelling is known. A tenant has more.
const STATUSES: [&str; 2] = ["success", "failure"];

fn not_compared(time: &str) -> Found {
    Some((format!("`{time}` is a time, which cannot be compared"), NO_DATES))
}

impl<'a> Side<'a> {
    fn of(formula: &'a Formula<usize>, columns: &'a [FactColumn]) -> Self {
        match formula {
            Formula::Constant(value) => Self::Constant(value),
            Formula::Arithmetic(..) => Self::Number,
            Formula::Field(column) => {
                let Some(fact) = columns.get(*column) else { return Self::Constant(&Value::Null) };
                let name = short(&fact.name);
                match fact.kind {
                    _ if fact.list => Self::List(name),
                    FactKind::Count => Self::Count(name),
                    FactKind::Status => Self::Status(name),
                    FactKind::Time => Self::Time(name),
                    _ => Self::Any(name),
                }
            }
        }
    }

    /// Why it never equals the other side, nor differs from it.
    fn never_equals(&self, other: &Self) -> Found {
        match (self, other) {
            (_, Side::Constant(Value::Time(_))) => {
                Some(("a date cannot be compared with what a row holds".into(), NO_DATES))
            }
            (Side::Count(name), Side::Constant(Value::Null)) => {
                Some((format!("`{name}` is a count, and never null"), "compare it with 0"))
            }
            (Side::List(_) | Side::Any(_) | Side::Time(_), Side::Constant(Value::Null)) => None,
            (Side::Time(name), _) => not_compared(name),
            (Side::List(_), Side::List(_) | Side::Any(_) | Side::Constant(Value::List(_))) => None,
            (Side::List(name), _) => {
                Some((format!("`{name}` is a list and is compared with what is none"), COMPARE_LISTS))
            }
            (Side::Any(name), Side::Constant(Value::List(_))) => {
                Some((format!("`{name}` is compared with a list and is not said to be one"), DECLARE_LIST))
            }
            (Side::Count(_) | Side::Number | Side::Status(_), Side::Constant(Value::List(_) | Value::Boolean(_))) => {
                Some((
                    format!("{} is compared with what is none", self.described()),
                    "compare it with one value of its kind",
                ))
            }
            (Side::Count(_) | Side::Number, Side::Constant(Value::Text(text))) if parse_number(text).is_none() => {
                Some((format!("{} is compared with a text", self.described()), "compare it with a number"))
            }
            (Side::Status(_), Side::Constant(Value::Text(word)))
                if !STATUSES.contains(&&*word.to_ascii_lowercase())
                    && nearest(word, STATUSES.iter().copied()).is_some() =>
            {
                Some((format!("`{word}` is no status"), "did you mean `success` or `failure`?"))
            }
            (Side::Status(name), Side::Count(_) | Side::Number | Side::Constant(Value::Number(_))) => Some((
                format!("`{name}` is a word and is compared with a number"),
                "compare it with a word, as in `== success`",
            )),
            _ => None,
        }
    }

    /// Why it is never less or greater than the other side.
    fn has_no_order(&self, other: &Self) -> Found {
        let no_order = |what: String, help| Some((format!("{what} has no order"), help));
        match (self, other) {
            (Side::List(name), _) => no_order(format!("`{name}` is a list, which"), COMPARE_LISTS),
            (Side::Status(name), _) => no_order(format!("`{name}` is a word, which"), "compare it with `==` or `!=`"),
            (Side::Time(name), _) => not_compared(name),
            (Side::Constant(value), _) => match value {
                Value::Null => {
                    Some(("nothing is less or greater than null".into(), "`== null` asks whether there is no value"))
                }
                Value::List(_) => no_order("a list".into(), COMPARE_LISTS),
                Value::Boolean(_) => no_order("`true` or `false`".into(), "compare it with `==` or `!=`"),
                Value::Time(_) => Some(("a date cannot be compared with what a row holds".into(), NO_DATES)),
                Value::Number(_) => None,
                Value::Text(text) if parse_number(text).is_some() => None,
                Value::Text(text) if !is_version(text) => no_order(
                    "a text that is neither a number nor a version".into(),
                    "compare it with `==` or `!=`, or write a number",
                ),
                Value::Text(_) => match other {
                    Side::Count(_) | Side::Number => {
                        Some((format!("{} is compared with a version", other.described()), "compare it with a number"))
                    }
                    _ => None,
                },
            },
            _ => None,
        }
    }

    /// Why it is never one of the values of a list, nor none of them.
    fn never_one_of(&self, sides: &Sides<usize>) -> Found {
        if let Side::List(name) = self {
            return Some((
                format!("`{name}` is a list, and no element of another"),
                "ask for one element at a time with `contains`",
            ));
        }
        match &sides.right {
            Formula::Constant(Value::List(values)) if values.is_empty() => {
                Some(("nothing is one of no values".into(), "write the values between the brackets"))
            }
            Formula::Constant(Value::List(values)) => {
                values.iter().find_map(|value| self.never_equals(&Side::Constant(value)))
            }
            _ => None,
        }
    }

    /// Why it never contains the other side, nor lacks it.
    fn never_contains(&self, other: &Self) -> Found {
        match (self, other) {
            (Side::Count(_) | Side::Number, _) => {
                Some((format!("{} contains nothing", self.described()), "compare it with `==`, `<` or `>`"))
            }
            (_, Side::Constant(Value::List(_) | Value::Null)) => {
                Some(("`contains` asks for one value".into(), "join several with `or`"))
            }
            (Side::Any(name), Side::Constant(Value::Number(_) | Value::Boolean(_))) => {
                Some((format!("`{name}` is not said to be a list, and a text contains only text"), DECLARE_LIST))
            }
            _ => None,
        }
    }

    fn described(&self) -> String {
        match self {
            Side::Count(name) => format!("`{name}` is a count and"),
            Side::Status(name) => format!("`{name}` is a word and"),
            _ => "a number".into(),
        }
    }
}

/// Arithmetic with what is no number.
fn operands(formula: &Formula<usize>, columns: &[FactColumn]) -> Found {
    let Formula::Arithmetic(operator, sides) = formula else { return None };
    if let (Formula::Constant(one), Formula::Constant(other)) = (folded(sides.0.clone()), folded(sides.1.clone()))
        && let Some((one, other)) = one.as_number().zip(other.as_number())
        && operator.apply(one, other).is_none()
    {
        return Some(("this calculation has no result".into(), "look for a division by zero"));
    }
    [&sides.0, &sides.1].into_iter().find_map(|side| match Side::of(side, columns) {
        Side::Number => operands(side, columns),
        Side::List(name) | Side::Status(name) => {
            Some((format!("`{name}` is no number and cannot be calculated with"), "calculate with numbers only"))
        }
        Side::Constant(value) if value.as_number().is_none() => {
            Some(("this calculates with what is no number".into(), "calculate with numbers only"))
        }
        _ => None,
    })
}

/// Whether a text is ordered as versions are: numbers between dots.
fn is_version(text: &str) -> bool {
    Value::from(text).compare(Comparison::LessOrEqual, &Value::from(text)) == crate::nql::Truth::True
}
