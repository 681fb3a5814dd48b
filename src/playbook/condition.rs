//! A rule's condition over positions of the playbook's columns, and its JSON: lists for conditions, objects for what
//! is computed, everything else a constant.

use super::compiled::{FactColumn, FactKind};
use super::facts::{to_json, to_value};
use crate::json::{Json, Place, Read, Write, record, write_fields};
use crate::nql::{Comparison, Formula, Operator, Predicate, Sides, Span, Value};

record! {
    lenient
    /// A rule's condition and the NQL that it was read from.
    #[derive(Debug, Clone, PartialEq)]
    #[cfg_attr(test, ts(rename = "CompiledCondition"))]
    pub struct When {
        /// The NQL, for explanations.
        pub text: String,
        /// The condition.
        #[cfg_attr(test, ts(type = "JsonValue"))]
        pub condition: Predicate<usize>,
    }
}

/// Whether a part of a condition asks if a data collection succeeded. Where it did not, nothing is known, rather than
/// the contrary: `IsOnline == "No" and status == success` must not call Outlook healthy because a script failed.
pub(super) fn is_guard(part: &Predicate<usize>, columns: &[FactColumn]) -> bool {
    let Predicate::Compare(test, Comparison::Equal) = part else { return false };
    let (Formula::Field(column), Formula::Constant(Value::Text(word))) = (&test.left, &test.right) else {
        return false;
    };
    word.eq_ignore_ascii_case("success") && columns.get(*column).is_some_and(|column| column.kind == FactKind::Status)
}

impl Write for Predicate<usize> {
    fn write(&self) -> Json {
        let test = |operator: &str, test: &Sides<usize>| {
            Json::List(vec![
                operator.into(),
                test.left.write(),
                test.right.write(),
                test.span.start.write(),
                test.span.end.write(),
            ])
        };
        match self {
            Self::Compare(sides, comparison) => test(name_of(&Comparison::SYMBOLS, comparison), sides),
            Self::In(sides, negated) => test(if *negated { "!in" } else { "in" }, sides),
            Self::Contains(sides, negated) => test(if *negated { "!contains" } else { "contains" }, sides),
            Self::And(parts) => join("and", parts),
            Self::Or(parts) => join("or", parts),
        }
    }
}

fn join(word: &str, parts: &[Predicate<usize>]) -> Json {
    let mut list = vec![word.into()];
    for part in parts {
        list.push(part.write());
    }
    Json::List(list)
}

impl Read for Predicate<usize> {
    fn read_at(json: Json, place: &mut Place) -> Self {
        let mut values = match json {
            Json::List(values) => values.into_iter(),
            _ => Vec::new().into_iter(),
        };
        let operator = values.next().unwrap_or_default();
        let operator = operator.as_text().unwrap_or_default();
        if matches!(operator, "and" | "or") {
            let mut parts = Vec::new();
            for part in values {
                parts.push(Self::read_at(part, place));
            }
            return if operator == "and" { Self::And(parts) } else { Self::Or(parts) };
        }
        let mut next = || values.next().unwrap_or_default();
        let (left, right) = (Formula::read_at(next(), place), Formula::read_at(next(), place));
        let span = Span { start: usize::read_at(next(), place), end: usize::read_at(next(), place) };
        let test = Sides { left, right, span };
        match operator {
            "in" | "!in" => Self::In(test, operator.starts_with('!')),
            "contains" | "!contains" => Self::Contains(test, operator.starts_with('!')),
            _ => {
                let comparison = named(&Comparison::SYMBOLS, operator);
                if comparison.is_none() {
                    place.expected("a compiled condition");
                }
                Self::Compare(test, comparison.unwrap_or(Comparison::Equal))
            }
        }
    }
}

impl Write for Formula<usize> {
    fn write(&self) -> Json {
        match self {
            Self::Constant(value) => to_json(value),
            Self::Field(column) => write_fields(&["column"], &[column]),
            Self::Arithmetic(operator, sides) => write_fields(
                &["operator", "left", "right"],
                &[&name_of(&Operator::SYMBOLS, operator), &sides.0, &sides.1],
            ),
        }
    }
}

impl Read for Formula<usize> {
    fn read_at(json: Json, place: &mut Place) -> Self {
        if let Some(column) = json.get("column") {
            return Self::Field(usize::read_at(column.clone(), place));
        }
        let Some(operator) = json.get("operator") else { return Self::Constant(to_value(&json)) };
        let operator = named(&Operator::SYMBOLS, operator.as_text().unwrap_or_default()).unwrap_or(Operator::Add);
        let mut side = |name: &str| Self::read_at(json.get(name).cloned().unwrap_or_default(), place);
        Self::Arithmetic(operator, Box::new((side("left"), side("right"))))
    }
}

fn name_of<T: PartialEq>(names: &[(&'static str, T)], value: &T) -> &'static str {
    names.iter().find(|(_, known)| known == value).map_or("", |(name, _)| name)
}

fn named<T: Copy>(names: &[(&str, T)], name: &str) -> Option<T> {
    names.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}
