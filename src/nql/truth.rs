//! Three-valued logic, as in NQL and SQL: what is not known is neither true nor false.

use std::ops::Not;

/// The outcome of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It does not hold.
    False,
    /// It cannot be told.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// False as soon as one is false, else unknown as soon as one is unknown.
    pub fn all(parts: impl Iterator<Item = Self>) -> Self {
        parts.fold(Self::True, Self::and)
    }

    /// True as soon as one is true, else unknown as soon as one is unknown.
    pub fn any(parts: impl Iterator<Item = Self>) -> Self {
        parts.fold(Self::False, Self::or)
    }

    /// Both hold: the lesser of the two, in the order false, unknown, true.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if (self as u8) < (other as u8) { self } else { other }
    }

    /// One of them holds: the greater of the two.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if (self as u8) > (other as u8) { self } else { other }
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    #[test]
    fn the_truth_tables_are_those_of_sql() {
        for (left, right, and, or) in [
            (True, True, True, True),
            (True, Unknown, Unknown, True),
            (True, False, False, True),
            (Unknown, Unknown, Unknown, Unknown),
            (Unknown, False, False, Unknown),
            (False, False, False, False),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                assert_eq!(left.and(right), and, "{left:?} and {right:?}");
                assert_eq!(left.or(right), or, "{left:?} or {right:?}");
                assert_eq!(!(left.and(right)), (!left).or(!right), "De Morgan of {left:?}, {right:?}");
            }
        }
    }

    #[test]
    fn nothing_at_all_holds_and_nothing_of_nothing_does() {
        assert_eq!(Truth::all(std::iter::empty()), True);
        assert_eq!(Truth::any(std::iter::empty()), False);
    }
}
