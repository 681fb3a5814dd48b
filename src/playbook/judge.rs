//! What a rule says of a row, by its conditions: the same for who explains it (`evaluate`) and for who only wants the
//! verdict (`verdicts`). What a row says of a column is left to `reading`.

use super::compiled::{FactColumn, Rule};
use super::condition::{When, is_guard};
use super::finding::Clause;
use crate::nql::{Predicate, Scope, Truth};

/// A row as a rule may see it.
pub(super) trait Sight: Scope<usize> {
    /// Whether there may be a value that the rule must not see: then not even `== null` can be told.
    fn hides(&self, column: usize) -> bool;
}

/// What a smallest part of a condition says.
pub(super) struct Judgement {
    pub truth: Truth,
    /// It asks if a data collection succeeded, and that did not.
    pub failed: bool,
}

/// Judges a smallest part of a condition.
pub(super) fn judge(part: &Predicate<usize>, sight: &impl Sight, columns: &[FactColumn]) -> Judgement {
    let truth = part.part_truth(sight);
    let failed = truth != Truth::True && is_guard(part, columns);
    let unknown = failed || (truth != Truth::Unknown && part.tells_of_null() && sees_too_little(part, sight));
    Judgement { truth: if unknown { Truth::Unknown } else { truth }, failed }
}

fn sees_too_little(part: &Predicate<usize>, sight: &impl Sight) -> bool {
    let mut hidden = false;
    if let Some(sides) = part.sides() {
        let mut look = |column: &usize| hidden = hidden || sight.hides(*column);
        sides.left.fields(&mut look);
        sides.right.fields(&mut look);
    }
    hidden
}

impl Rule {
    /// Joins what `part` says of the smallest parts of its conditions. Each is asked once, in the order of the text.
    pub(super) fn truth(&self, part: &mut impl FnMut(Clause, &When, &Predicate<usize>) -> Truth) -> Truth {
        let mut clause = |clause, condition: &Option<When>, otherwise| match condition {
            None => otherwise,
            Some(when) => when.condition.truth_of(&mut |smallest| part(clause, when, smallest)),
        };
        clause(Clause::When, &self.when, Truth::True).and(!clause(Clause::Unless, &self.unless, Truth::False))
    }
}
