//! Which columns the rules of a playbook read.

use crate::nql::Truth;
use crate::playbook::compiled::Playbook;

/// For each column of a playbook, whether a rule reads it.
pub(super) struct Needs(Vec<bool>);

impl Needs {
    pub fn of(playbook: &Playbook) -> Self {
        let mut needs = Self(vec![false; playbook.columns.len()]);
        for rule in &playbook.rules {
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
            let action = rule.remote_action.and_then(|position| playbook.remote_actions.get(position));
            for (_, parameter) in action.iter().flat_map(|action| action.parameters.iter()) {
                for column in &parameter.columns {
                    needs.add(Some(*column));
                }
            }
        }
        for (column, fact) in playbook.columns.iter().enumerate() {
            if needs.has(column) {
                needs.add(fact.status);
            }
        }
        needs
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
