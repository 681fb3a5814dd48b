//! How old facts may be: what is older than a rule allows, or of unknown age, is unknown to that rule.

use std::borrow::Cow;

use super::compiled::{Freshness, Rule};
use super::facts::{Fact, MissingReason};
use crate::nql::{Timestamp, Value};

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
            if fact.value.is_ok() {
                let age = time.zip(now).map(|(time, now)| now.since(time));
                match age {
                    None => fact.value = Err(MissingReason::AgeUnknown),
                    Some(age) if !freshness.allows(age) => fact.value = Err(MissingReason::Stale),
                    Some(_) => {}
                }
            }
        }
        Cow::Owned(seen)
    }
}

impl Freshness {
    fn time_of(&self, facts: &[Fact]) -> Option<Timestamp> {
        let Some(column) = self.time else { return facts.get(self.column)?.collected_at };
        match facts.get(column)?.value.as_ref().ok()? {
            Value::Time(time) => Some(*time),
            value => Timestamp::parse(value.as_text()?),
        }
    }

    /// A time that is still to come is that of a clock which is ahead: the fact is as fresh as can be.
    #[expect(clippy::cast_precision_loss, reason = "an age is far below 2^53 milliseconds")]
    fn allows(&self, age: i64) -> bool {
        age as f64 <= self.max_age_ms
    }
}
