//! Which columns the rules of a playbook read.

use super::number_test::NumberTest;
use crate::nql::Truth;
use crate::playbook::compiled::{Playbook, Rule};

/// For each column of a playbook, whether a rule reads it.
pub(super) struct Needs(Vec<bool>);

impl Needs {
    /// What is read for verdicts.
    pub fn of(playbook: &Playbook) -> Self {
        Self::of_rules(playbook, &mut playbook.rules.iter())
    }

    fn of_rules(playbook: &Playbook, rules: &mut dyn Iterator<Item = &Rule>) -> Self {
        let mut needs = Self(vec![false; playbook.columns.len()]);
        for rule in rules {
            for when in rule.when.iter().chain(&rule.unless) {
                when.condition.truth_of(&mut |part| {
                    if let Some(sides) = part.sides() {
                        sides.left.fields(&mut |column| needs.add(Some(*column)));
                        sides.right.fields(&mut |column| needs.add(Some(*column)));
                    }
                    Truth::Unknown
                });
            }
            for freshness in &rule.freshness {
                needs.add(freshness.time);
                needs.add(playbook.columns.get(freshness.column).and_then(|fact| fact.time));
            }
        }
        needs.with_statuses(playbook)
    }

    /// Of which columns a rule reads nothing but the number.
    pub fn numbers_alone(playbook: &Playbook, tests: &[Option<NumberTest>]) -> Self {
        let mut numbers = Self(vec![false; playbook.columns.len()]);
        for column in tests.iter().flatten().flat_map(NumberTest::columns) {
            numbers.add(Some(column));
        }
        let others = playbook.rules.iter().zip(tests).filter(|(_, test)| test.is_none());
        let mut others = Self::of_rules(playbook, &mut others.map(|(rule, _)| rule));
        // The status of one column is text, whoever compares it with a number.
        for status in playbook.columns.iter().map(|fact| fact.status) {
            others.add(status);
        }
        for (column, (number, fact)) in numbers.0.iter_mut().zip(&playbook.columns).enumerate() {
            *number = *number && !others.has(column) && !fact.list && fact.status.is_none();
        }
        numbers
    }

    fn with_statuses(mut self, playbook: &Playbook) -> Self {
        for (column, fact) in playbook.columns.iter().enumerate() {
            if self.has(column) {
                self.add(fact.status);
            }
        }
        self
    }

    pub fn has(&self, column: usize) -> bool {
        self.0.get(column).is_some_and(|is_read| *is_read)
    }

    fn add(&mut self, column: Option<usize>) {
        if let Some(is_read) = column.and_then(|column| self.0.get_mut(column)) {
            *is_read = true;
        }
    }
}
