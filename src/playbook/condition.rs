//! A rule's condition over positions of the playbook's columns, and how it is packed: each part behind its operator, a
//! column, a calculation and a constant each behind a sign.

use super::compiled::{FactColumn, FactKind};
use super::packed::{Packed, Packing, pack_text, packed};
use crate::nql::{Comparison, Formula, Operator, Predicate, Sides, Span, Timestamp, Value};

packed! {
    /// A rule's condition and the NQL that it was read from.
    #[derive(Debug, Clone, PartialEq)]
    pub struct When {
        /// The NQL, for explanations.
        pub text: String,
        /// The condition.
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

impl Packed for Predicate<usize> {
    fn pack(&self, text: &mut String) {
        let (operator, test) = match self {
            Self::Compare(test, comparison) => (name_of(&Comparison::SYMBOLS, comparison), test),
            Self::In(test, negated) => (if *negated { "!in" } else { "in" }, test),
            Self::Contains(test, negated) => (if *negated { "!contains" } else { "contains" }, test),
            Self::And(parts) => return pack_parts("and", parts, text),
            Self::Or(parts) => return pack_parts("or", parts, text),
        };
        pack_text(operator, text);
        test.left.pack(text);
        test.right.pack(text);
        test.span.start.pack(text);
        test.span.end.pack(text);
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        let operator = packing.text();
        match operator {
            "and" => return Self::And(Packed::unpack(packing)),
            "or" => return Self::Or(Packed::unpack(packing)),
            _ => {}
        }
        let (left, right) = Packed::unpack(packing);
        let (start, end) = Packed::unpack(packing);
        let test = Sides { left, right, span: Span { start, end } };
        match operator {
            "in" | "!in" => Self::In(test, operator.starts_with('!')),
            "contains" | "!contains" => Self::Contains(test, operator.starts_with('!')),
            _ => Self::Compare(test, named(&Comparison::SYMBOLS, operator, Comparison::Equal, packing)),
        }
    }
}

fn pack_parts(word: &str, parts: &Vec<Predicate<usize>>, text: &mut String) {
    pack_text(word, text);
    parts.pack(text);
}

impl Packed for Formula<usize> {
    fn pack(&self, text: &mut String) {
        match self {
            Self::Field(column) => {
                text.push('@');
                column.pack(text);
            }
            Self::Arithmetic(operator, sides) => {
                text.push('*');
                pack_text(name_of(&Operator::SYMBOLS, operator), text);
                (**sides).pack(text);
            }
            Self::Constant(value) => value.pack(text),
        }
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        match packing.sign() {
            b'@' => Self::Field(Packed::unpack(packing)),
            b'*' => {
                let operator = packing.text();
                let operator = named(&Operator::SYMBOLS, operator, Operator::Add, packing);
                Self::Arithmetic(operator, Box::new(Packed::unpack(packing)))
            }
            sign => Self::Constant(value(sign, packing)),
        }
    }
}

impl Packed for Value {
    fn pack(&self, text: &mut String) {
        match self {
            Self::Null => text.push('0'),
            Self::Boolean(value) => value.pack(text),
            Self::Number(number) => {
                text.push('#');
                number.pack(text);
            }
            Self::Text(value) => {
                text.push('"');
                pack_text(value, text);
            }
            #[expect(clippy::cast_precision_loss, reason = "exact for longer than NQL has dates")]
            Self::Time(Timestamp(milliseconds)) => {
                text.push('T');
                (*milliseconds as f64).pack(text);
            }
            Self::List(values) => {
                text.push('[');
                values.pack(text);
            }
        }
    }

    fn unpack(packing: &mut Packing<'_>) -> Self {
        let sign = packing.sign();
        value(sign, packing)
    }
}

/// A value behind its sign.
fn value(sign: u8, packing: &mut Packing<'_>) -> Value {
    match sign {
        b'0' => Value::Null,
        b'+' | b'-' => Value::Boolean(sign == b'+'),
        b'#' => Value::Number(Packed::unpack(packing)),
        b'"' => Value::Text(packing.text().into()),
        #[expect(clippy::cast_possible_truncation, reason = "it was whole")]
        b'T' => Value::Time(Timestamp(f64::unpack(packing) as i64)),
        b'[' => Value::List(Packed::unpack(packing)),
        _ => packing.damaged(Value::Null),
    }
}

fn name_of<T: PartialEq>(names: &[(&'static str, T)], value: &T) -> &'static str {
    names.iter().find(|(_, known)| known == value).map_or("", |(name, _)| name)
}

/// What a name stands for; for a name that nothing has, something.
fn named<T: Copy>(names: &[(&str, T)], name: &str, something: T, packing: &mut Packing<'_>) -> T {
    let found = names.iter().find(|(known, _)| *known == name);
    found.map_or_else(|| packing.damaged(something), |(_, value)| *value)
}
