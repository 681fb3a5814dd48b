//! A condition's text → a condition over the playbook's columns: flat, with its constants computed.

use std::convert::Infallible;

use super::columns::Columns;
use super::types;
use crate::nql::tree::Call;
use crate::nql::{Formula, Name, Predicate, Resolver, Span, Truth, Value, parse_condition};
use crate::playbook::compiled::FactColumn;
use crate::playbook::condition::When;
use crate::playbook::mistake::Mistake;

const EXAMPLE: &str = "compare a column with a value, as in `free_space <= 6 and status == success`";

/// Compiles a condition; `None` where something is wrong with it, which is then among the mistakes.
pub(super) fn compile(text: &str, columns: &Columns, pointer: &str, mistakes: &mut Vec<Mistake>) -> Option<When> {
    let tree = match parse_condition(text) {
        Ok(tree) => tree,
        Err(wrong) => {
            mistakes.append(&mut Mistake::syntax(pointer, &wrong, EXAMPLE));
            return None;
        }
    };
    let before = mistakes.len();
    let Ok(bound) = tree.bind(&mut RuleNames { columns, pointer, mistakes });
    if mistakes.len() > before || !columns.known {
        return None;
    }
    types::check(&bound, &columns.all, pointer, mistakes);
    let condition = simplified(with_empty_lists(bound, &columns.all));
    (mistakes.len() == before).then(|| When { condition, text: text.into() })
}

/// The names of a rule's condition are columns of the query. What is wrong is written down, so that all of it is found.
struct RuleNames<'a> {
    columns: &'a Columns,
    /// The place of the condition in the file.
    pointer: &'a str,
    mistakes: &'a mut Vec<Mistake>,
}

impl RuleNames<'_> {
    fn refuse(&mut self, span: Span, message: &str, help: &str) {
        self.mistakes.push(Mistake::new(self.pointer, message).help(help).at(span));
    }
}

impl Resolver for RuleNames<'_> {
    type Field = usize;
    type Error = Infallible;

    fn field(&mut self, name: &Name) -> Result<usize, Infallible> {
        Ok(self.columns.resolve(&name.text, Some(name.span), self.pointer, self.mistakes).unwrap_or_default())
    }

    fn call(&mut self, call: &Call) -> Result<Formula<usize>, Infallible> {
        let help = "`compute` it in the query, and compare the new column here";
        self.refuse(call.function.span, "a rule judges one row: it has no functions", help);
        Ok(Formula::Constant(Value::Null))
    }

    fn parameter(&mut self, name: &Name) -> Result<Value, Infallible> {
        self.refuse(name.span, "a rule has no parameters", "write the value itself");
        Ok(Value::Null)
    }
}

/// Written into a condition, `["-"]` is the empty list too, as it is in a list column: else `!= ["-"]` held always.
fn with_empty_lists(condition: Predicate<usize>, columns: &[FactColumn]) -> Predicate<usize> {
    let all = |parts: Vec<Predicate<usize>>| parts.into_iter().map(|part| with_empty_lists(part, columns)).collect();
    match condition {
        Predicate::Compare(mut test, comparison) => {
            let is_list = |side: &Formula<usize>| match side {
                Formula::Field(column) => columns.get(*column).is_some_and(|column| column.list),
                _ => false,
            };
            let (left_is_list, right_is_list) = (is_list(&test.left), is_list(&test.right));
            for (side, beside_list) in [(&mut test.left, right_is_list), (&mut test.right, left_is_list)] {
                if let (Formula::Constant(Value::List(values)), true) = (side, beside_list) {
                    values.retain(|value| !matches!(value.as_text(), Some("" | "-")));
                }
            }
            Predicate::Compare(test, comparison)
        }
        Predicate::And(parts) => Predicate::And(all(parts)),
        Predicate::Or(parts) => Predicate::Or(all(parts)),
        other => other,
    }
}

/// The same condition without brackets that change nothing, and with its constants computed. What always holds becomes
/// an `and` of nothing, what never holds an `or` of nothing; nothing else is left out, for the explanation shows it.
pub(super) fn simplified(condition: Predicate<usize>) -> Predicate<usize> {
    match condition {
        Predicate::And(parts) => match flat(parts, true) {
            Ok(one) => one,
            Err(several) => Predicate::And(several),
        },
        Predicate::Or(parts) => match flat(parts, false) {
            Ok(one) => one,
            Err(several) => Predicate::Or(several),
        },
        Predicate::Compare(mut test, comparison) => {
            test.left = folded(test.left);
            test.right = folded(test.right);
            settled(Predicate::Compare(test, comparison))
        }
        Predicate::In(mut test, negated) => {
            test.left = folded(test.left);
            settled(Predicate::In(test, negated))
        }
        Predicate::Contains(mut test, negated) => {
            test.left = folded(test.left);
            test.right = folded(test.right);
            settled(Predicate::Contains(test, negated))
        }
    }
}

/// The parts of an `and` (or of an `or`) with those of the parts of the same kind among them; the only one if it is one.
fn flat(parts: Vec<Predicate<usize>>, and: bool) -> Result<Predicate<usize>, Vec<Predicate<usize>>> {
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        match (simplified(part), and) {
            (Predicate::And(mut inner), true) | (Predicate::Or(mut inner), false) => all.append(&mut inner),
            (part, _) => all.push(part),
        }
    }
    match (all.pop(), all.is_empty()) {
        (Some(only), true) => Ok(only),
        (last, _) => {
            all.extend(last);
            Err(all)
        }
    }
}

pub(super) fn folded(formula: Formula<usize>) -> Formula<usize> {
    let Formula::Arithmetic(operator, sides) = formula else { return formula };
    let (left, right) = (folded(sides.0), folded(sides.1));
    let result = match (&left, &right) {
        (Formula::Constant(one), Formula::Constant(other)) => one.as_number().zip(other.as_number()),
        _ => None,
    };
    // Without a result it stays as it is: in the place of a null, `==` would ask whether there is a value.
    match result.and_then(|(one, other)| operator.apply(one, other)) {
        Some(result) => Formula::Constant(Value::Number(result)),
        None => Formula::Arithmetic(operator, Box::new((left, right))),
    }
}

/// A comparison of constants, as what it comes to. One that cannot be told stays, for it has no shorter form.
fn settled(part: Predicate<usize>) -> Predicate<usize> {
    let constant = |side: &Formula<usize>| matches!(side, Formula::Constant(_));
    let both = part.sides().is_some_and(|sides| constant(&sides.left) && constant(&sides.right));
    match if both { part.part_truth(&NoRow) } else { Truth::Unknown } {
        Truth::True => Predicate::And(Vec::new()),
        Truth::False => Predicate::Or(Vec::new()),
        Truth::Unknown => part,
    }
}

/// Where constants are compared, no column is asked for.
struct NoRow;

impl crate::nql::Scope<usize> for NoRow {
    fn field(&self, _: &usize) -> crate::nql::Operand<'_> {
        crate::nql::Operand::Null
    }
}
