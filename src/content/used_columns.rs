//! Which columns of a playbook decide something: those that a condition reads.

use crate::nql::{Formula, Predicate};
use crate::playbook::Playbook;

/// For each column of the playbook, whether a condition reads it.
pub(super) fn used_columns(playbook: &Playbook) -> Vec<bool> {
    let mut used = vec![false; playbook.columns.len()];
    for rule in &playbook.rules {
        if let Some(when) = &rule.when {
            note_predicate(&when.condition, &mut used);
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
        Formula::Field(column) => {
            if let Some(column) = used.get_mut(*column) {
                *column = true;
            }
        }
        Formula::Arithmetic(_, sides) => {
            note_formula(&sides.0, used);
            note_formula(&sides.1, used);
        }
    }
}
