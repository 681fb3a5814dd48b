//! What is settled about a rule before any row is seen, so that a row's part is short.

use crate::nql::{Comparison, Formula, Operator, Predicate, Truth, Value};
use crate::playbook::compiled::{Playbook, Rule};
use crate::playbook::reading::Row;

/// How a rule is judged.
pub(super) struct Plan {
    /// Its condition, where that is one comparison of numbers. Most are.
    pub numbers: Option<NumberTest>,
    /// Whether what it recommends can be done for every row, because nothing of it is taken from the row.
    pub always_recommends: bool,
}

/// `column <comparison> number`, or `column <operator> column <comparison> number`.
pub(super) struct NumberTest {
    pub left: usize,
    pub with: Option<(Operator, usize)>,
    pub comparison: Comparison,
    pub right: f64,
}

impl Plan {
    pub fn of(rule: &Rule, playbook: &Playbook) -> Self {
        let action = rule.remote_action.and_then(|position| playbook.remote_actions.get(position));
        let always_recommends = match action {
            Some(action) => action.parameters.iter().all(|(_, parameter)| parameter.text.is_some()),
            None => rule.remote_action.is_none() && rule.advice.iter().next().is_some(),
        };
        Self { numbers: NumberTest::of(rule), always_recommends }
    }
}

impl NumberTest {
    fn of(rule: &Rule) -> Option<Self> {
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
