//! Which branches of a playbook's conditions have been reached: each part can hold, not hold, or be unknown.

use super::report::{BranchCoverage, ConditionBranch};
use crate::nql::Truth;
use crate::playbook::compiled::Playbook;
use crate::playbook::condition::{When, is_guard};
use crate::playbook::finding::{Clause, Evaluation, Verdict};

/// The outcomes of the parts of each rule, in the order in which a finding gives them.
pub(super) struct Branches {
    rules: Vec<Vec<Part>>,
}

struct Part {
    clause: Clause,
    condition: String,
    /// The outcomes that it can have, and whether each was reached.
    outcomes: Vec<(Verdict, bool)>,
}

impl Branches {
    pub fn new(playbook: &Playbook) -> Self {
        let mut rules = Vec::with_capacity(playbook.rules.len());
        for rule in &playbook.rules {
            let mut parts = Vec::new();
            for (clause, when) in [(Clause::When, &rule.when), (Clause::Unless, &rule.unless)] {
                if let Some(when) = when {
                    add_parts(playbook, clause, when, &mut parts);
                }
            }
            rules.push(parts);
        }
        Self { rules }
    }

    /// Notes what an evaluation has reached.
    pub fn note(&mut self, evaluation: &Evaluation) {
        for (parts, finding) in self.rules.iter_mut().zip(&evaluation.findings) {
            for (part, shown) in parts.iter_mut().zip(&finding.because) {
                for (verdict, reached) in &mut part.outcomes {
                    *reached |= *verdict == shown.verdict;
                }
            }
        }
    }

    pub fn coverage(self, playbook: &Playbook) -> BranchCoverage {
        let mut coverage = BranchCoverage { total: 0, reached: 0, missed: Vec::new() };
        for (parts, rule) in self.rules.into_iter().zip(&playbook.rules) {
            for part in parts {
                for (verdict, reached) in part.outcomes {
                    coverage.total += 1;
                    coverage.reached += usize::from(reached);
                    if !reached {
                        let (rule, condition) = (rule.id.clone(), part.condition.clone());
                        coverage.missed.push(ConditionBranch { rule, clause: part.clause, condition, verdict });
                    }
                }
            }
        }
        coverage
    }
}

fn add_parts(playbook: &Playbook, clause: Clause, when: &When, parts: &mut Vec<Part>) {
    when.condition.truth_of(&mut |part| {
        if let Some(sides) = part.sides() {
            let condition = when.text.get(sides.span.start..sides.span.end).unwrap_or_default().to_owned();
            let mut outcomes = vec![(Verdict::Match, false), (Verdict::NoMatch, false), (Verdict::Unknown, false)];
            // Whether a collection succeeded is never answered by no: then nothing is known.
            if is_guard(part, &playbook.columns) {
                outcomes.retain(|(verdict, _)| *verdict != Verdict::NoMatch);
            }
            parts.push(Part { clause, condition, outcomes });
        }
        Truth::Unknown
    });
}
