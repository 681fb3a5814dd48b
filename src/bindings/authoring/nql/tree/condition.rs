//! What is true or false.

use super::super::shape::variants;
use super::NqlExpression;
use crate::bindings::authoring::places::Places;
use crate::json::words;
use crate::nql::Comparison;
use crate::nql::tree::Condition;

variants! {
    /// What is true, false or unknown. `negated`: a `!` stands before the operator.
    pub enum NqlCondition {
        /// `left == right` and the other comparisons.
        Compare = "compare" {
            operator: NqlComparison,
            left: NqlExpression,
            right: NqlExpression,
            start: usize,
            end: usize,
        },
        /// `left in [right, …]`
        In = "in" { negated: bool, left: NqlExpression, right: NqlExpression, start: usize, end: usize },
        /// `left contains right`
        Contains = "contains" { negated: bool, left: NqlExpression, right: NqlExpression, start: usize, end: usize },
        /// All of them hold.
        And = "and" { conditions: Vec<NqlCondition> },
        /// One of them holds.
        Or = "or" { conditions: Vec<NqlCondition> },
    }
}

words! {
    /// A comparison. A single `=` is read as `==`.
    pub enum NqlComparison {
        /// The same.
        Equal = "==",
        /// Not the same.
        NotEqual = "!=",
        /// Less.
        Less = "<",
        /// Less or the same.
        LessOrEqual = "<=",
        /// More.
        Greater = ">",
        /// More or the same.
        GreaterOrEqual = ">=",
    }
}

impl NqlCondition {
    pub(super) fn of(condition: &Condition, places: &Places<'_>) -> Self {
        let each = |conditions: &[Condition]| conditions.iter().map(|one| Self::of(one, places)).collect();
        let test = match condition {
            Condition::And(conditions) => return Self::And { conditions: each(conditions) },
            Condition::Or(conditions) => return Self::Or { conditions: each(conditions) },
            Condition::Compare(test, _) | Condition::In(test, _) | Condition::Contains(test, _) => test,
        };
        let (left, right) = (NqlExpression::of(&test.left, places), NqlExpression::of(&test.right, places));
        let (start, end) = places.of(test.span);
        match condition {
            Condition::Compare(_, comparison) => {
                Self::Compare { operator: NqlComparison::of(*comparison), left, right, start, end }
            }
            Condition::In(_, negated) => Self::In { negated: *negated, left, right, start, end },
            _ => Self::Contains { negated: matches!(condition, Condition::Contains(_, true)), left, right, start, end },
        }
    }
}

impl NqlComparison {
    const fn of(comparison: Comparison) -> Self {
        match comparison {
            Comparison::Equal => Self::Equal,
            Comparison::NotEqual => Self::NotEqual,
            Comparison::Less => Self::Less,
            Comparison::LessOrEqual => Self::LessOrEqual,
            Comparison::Greater => Self::Greater,
            Comparison::GreaterOrEqual => Self::GreaterOrEqual,
        }
    }
}
