//! How old facts may be: what is older than a rule allows, or of unknown age, is unknown to that rule.

use std::borrow::Cow;

use super::compiled::{Freshness, Rule};
use super::facts::{Fact, MissingReason};
use crate::nql::{Operand, Timestamp};

impl Rule {
    /// The facts as this rule may see them at a time.
    pub(super) fn facts_in_time<'a>(&self, facts: &'a [Fact], now: Option<Timestamp>) -> Cow<'a, [Fact]> {
        if self.freshness.is_empty() {
            return Cow::Borrowed(facts);
        }
        let mut seen = facts.to_vec();
        for freshness in &self.freshness {
            let time = freshness.time_of(facts);
            let Some(fact) = seen.get_mut(freshness.column) else { continue };
            fact.collected_at = time;
            // Why there is no value says more than how old it is not.
            if fact.value.is_ok()
                && let Some(reason) = freshness.hides(time, now)
            {
                fact.value = Err(reason);
            }
        }
        Cow::Owned(seen)
    }
}

impl Freshness {
    fn time_of(&self, facts: &[Fact]) -> Option<Timestamp> {
        let Some(column) = self.time else { return facts.get(self.column)?.collected_at };
        time_in(&facts.get(column)?.value.as_ref().ok()?.into())
    }

    /// Why the rule must not see a fact of this time.
    pub(super) fn hides(&self, time: Option<Timestamp>, now: Option<Timestamp>) -> Option<MissingReason> {
        match time.zip(now).map(|(time, now)| now.since(time)) {
            None => Some(MissingReason::AgeUnknown),
            Some(age) if !self.allows(age) => Some(MissingReason::Stale),
            Some(_) => None,
        }
    }

    /// A time that is still to come is that of a clock which is ahead: the fact is as fresh as can be.
    #[expect(clippy::cast_precision_loss, reason = "an age is far below 2^53 milliseconds")]
    fn allows(&self, age: i64) -> bool {
        age as f64 <= self.max_age_ms
    }
}

/// The time that a fact tells.
pub(super) fn time_in(value: &Operand<'_>) -> Option<Timestamp> {
    match value {
        Operand::Time(time) => Some(*time),
        Operand::Text(text) => Timestamp::parse(text),
        _ => None,
    }
}
