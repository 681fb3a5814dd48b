//! Which columns of a playbook decide something: those that a condition reads, and the times by which facts are too old.

use crate::nql::{Formula, Predicate};
use crate::playbook::Playbook;

/// For each column of the playbook, whether a rule decides by it.
pub(super) fn used_columns(playbook: &Playbook) -> Vec<bool> {
    let mut used = vec![false; playbook.columns.len()];
    for rule in &playbook.rules {
        for clause in rule.when.iter().chain(&rule.unless) {
            note_predicate(&clause.condition, &mut used);
        }
        for freshness in &rule.freshness {
            note(freshness.time, &mut used);
        }
    }
    used
}

fn note_predicate(predicate: &Predicate<usize>, used: &mut [bool]) {
    match predicate {
        Predicate::And(parts) | Predicate::Or(parts) => parts.iter().for_each(|part| note_predicate(part, used)),
        part => {
            if let Some(sides) = part.sides() {
                note_formula(&sides.left, used);
                note_formula(&sides.right, used);
            }
        }
    }
}

fn note_formula(formula: &Formula<usize>, used: &mut [bool]) {
    match formula {
        Formula::Constant(_) => {}
        Formula::Field(column) => note(Some(*column), used),
        Formula::Arithmetic(_, sides) => {
            note_formula(&sides.0, used);
            note_formula(&sides.1, used);
        }
    }
}

fn note(column: Option<usize>, used: &mut [bool]) {
    if let Some(used) = column.and_then(|column| used.get_mut(column)) {
        *used = true;
    }
}
