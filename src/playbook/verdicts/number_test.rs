//! A rule that is one comparison of numbers, as most are: what is settled about it before any row is seen, so that a row's part
//! is short.

use crate::nql::{Comparison, Formula, Operator, Predicate, Truth, Value};
use crate::playbook::compiled::{Playbook, Rule};
use crate::playbook::reading::Row;

/// `column <comparison> number`, or `column <operator> column <comparison> number`.
pub(super) struct NumberTest {
    pub left: usize,
    pub with: Option<(Operator, usize)>,
    pub comparison: Comparison,
    pub right: f64,
}

impl NumberTest {
    /// `None` where a rule is more than that.
    pub fn of(rule: &Rule) -> Option<Self> {
        if rule.unless.is_some() || !rule.freshness.is_empty() {
            return None;
        }
        let Predicate::Compare(sides, comparison) = &rule.when.as_ref()?.condition else { return None };
        let Formula::Constant(Value::Number(right)) = &sides.right else { return None };
        let (left, with) = match &sides.left {
            Formula::Field(column) => (*column, None),
            Formula::Arithmetic(operator, operands) => match &**operands {
                (Formula::Field(left), Formula::Field(right)) => (*left, Some((*operator, *right))),
                _ => return None,
            },
            Formula::Constant(_) => return None,
        };
        Some(Self { left, with, comparison: *comparison, right: *right })
    }

    /// The columns that it reads.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        [Some(self.left), self.with.map(|(_, column)| column)].into_iter().flatten()
    }

    #[inline]
    pub fn truth(&self, playbook: &Playbook, row: Row<'_, '_>) -> Truth {
        self.left(playbook, row).map_or(Truth::Unknown, |left| self.comparison.of_numbers(left, self.right))
    }

    fn left(&self, playbook: &Playbook, row: Row<'_, '_>) -> Option<f64> {
        let left = playbook.number(self.left, row)?;
        match self.with {
            None => Some(left),
            Some((operator, column)) => operator.apply(left, playbook.number(column, row)?),
        }
    }
}
