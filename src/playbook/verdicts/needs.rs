//! Which columns the rules of a playbook read, and what for.

use crate::nql::Truth;
use crate::playbook::compiled::Playbook;

/// For each column of a playbook, what it is read for.
pub(super) struct Needs(Vec<Need>);

/// What a column is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// For nothing.
    Nothing,
    /// For some rows: the input of a recommended script, the status or the time of another column.
    Sometimes,
    /// For every row, by a condition.
    Always,
}

impl Needs {
    pub fn of(playbook: &Playbook) -> Self {
        let mut needs = Self(vec![Need::Nothing; playbook.columns.len()]);
        for rule in &playbook.rules {
            for when in rule.when.iter().chain(&rule.unless) {
                when.condition.truth_of(&mut |part| {
                    if let Some(sides) = part.sides() {
                        sides.left.fields(&mut |column| needs.add(Some(*column), Need::Always));
                        sides.right.fields(&mut |column| needs.add(Some(*column), Need::Always));
                    }
                    Truth::Unknown
                });
            }
            for freshness in &rule.freshness {
                needs.add(freshness.time, Need::Sometimes);
                needs.add(playbook.columns.get(freshness.column).and_then(|fact| fact.time), Need::Sometimes);
            }
            let action = rule.remote_action.and_then(|position| playbook.remote_actions.get(position));
            for (_, parameter) in action.iter().flat_map(|action| action.parameters.iter()) {
                for column in &parameter.columns {
                    needs.add(Some(*column), Need::Sometimes);
                }
            }
        }
        for (column, fact) in playbook.columns.iter().enumerate() {
            if needs.get(column) != Need::Nothing {
                needs.add(fact.status, Need::Sometimes);
            }
        }
        needs
    }

    pub fn get(&self, column: usize) -> Need {
        self.0.get(column).copied().unwrap_or(Need::Nothing)
    }

    fn add(&mut self, column: Option<usize>, need: Need) {
        if let Some(known) = column.and_then(|column| self.0.get_mut(column))
            && *known != Need::Always
        {
            *known = need;
        }
    }
}
