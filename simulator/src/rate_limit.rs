//! How many NQL requests a tenant takes: so many in a second, so many in a day, or as many as come. What is answered
//! to the others belongs to the endpoints.

use std::collections::VecDeque;
use std::num::NonZeroU32;

use nexthink_chatbot::nql::{DAY, SECOND, Timestamp};
use serde::Deserialize;

use crate::fault::RetryAfterForm;

/// The limits of the NQL API; none unless they are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NqlLimits {
    /// Requests within any second.
    pub per_second: Option<NonZeroU32>,
    /// Requests within a day of UTC; with 0 the day's are used up.
    pub per_day: Option<u32>,
    /// How `retry-after` is written where a second's requests are used up. Where a day's are, it is always a date.
    pub retry_after: RetryAfterForm,
}

/// Counts what was let in.
#[derive(Debug, Clone)]
pub(crate) struct NqlLimiter {
    limits: NqlLimits,
    /// When the requests of the last second were let in, the oldest first.
    last_second: VecDeque<Timestamp>,
    /// The day that is being counted, in days since the epoch.
    day: i64,
    today: u32,
}

impl NqlLimiter {
    pub fn new(limits: NqlLimits) -> Self {
        Self { limits, last_second: VecDeque::new(), day: 0, today: 0 }
    }

    /// Lets a request in.
    ///
    /// # Errors
    /// A limit is reached; the value of `retry-after`.
    pub fn admit(&mut self, now: Timestamp) -> Result<(), String> {
        let day = now.0.div_euclid(DAY);
        if day != self.day {
            (self.day, self.today) = (day, 0);
        }
        if self.limits.per_day.is_some_and(|limit| self.today >= limit) {
            let midnight = Timestamp((day + 1) * DAY);
            return Err(RetryAfterForm::Date.write(now, midnight.since(now)));
        }
        if let Some(limit) = self.limits.per_second {
            while self.last_second.front().is_some_and(|admitted| now.since(*admitted) >= SECOND) {
                self.last_second.pop_front();
            }
            if self.last_second.len() as u64 >= u64::from(limit.get()) {
                let wait = self.last_second.front().map_or(SECOND, |oldest| oldest.plus(SECOND).since(now));
                return Err(self.limits.retry_after.write(now, wait));
            }
            self.last_second.push_back(now);
        }
        self.today = self.today.saturating_add(1);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter(per_second: Option<u32>, per_day: Option<u32>, retry_after: RetryAfterForm) -> NqlLimiter {
        NqlLimiter::new(NqlLimits { per_second: per_second.and_then(NonZeroU32::new), per_day, retry_after })
    }

    #[test]
    fn without_limits_everyone_is_let_in() {
        let mut limiter = limiter(None, None, RetryAfterForm::Seconds);
        assert!((0..100_000).all(|_| limiter.admit(Timestamp(0)).is_ok()));
        assert!(limiter.last_second.is_empty());
    }

    #[test]
    fn a_second_is_any_second_and_who_is_refused_does_not_count() {
        let mut limiter = limiter(Some(2), None, RetryAfterForm::Seconds);
        for (at, expected) in [
            (700, Ok(())),
            (900, Ok(())),
            (1_100, Err("1".to_owned())),
            (1_699, Err("1".to_owned())),
            (1_700, Ok(())),
            (1_800, Err("1".to_owned())),
            (1_900, Ok(())),
        ] {
            assert_eq!(limiter.admit(Timestamp(at)), expected, "{at}");
        }
    }

    #[test]
    fn the_date_to_wait_for_is_never_too_early() {
        let mut limiter = limiter(Some(1), None, RetryAfterForm::Date);
        assert_eq!(limiter.admit(Timestamp(500)), Ok(()));
        assert_eq!(limiter.admit(Timestamp(600)), Err("Thu, 01 Jan 1970 00:00:02 GMT".to_owned()));
    }

    #[test]
    fn a_day_ends_at_midnight_in_utc() {
        let mut limiter = limiter(None, Some(2), RetryAfterForm::Seconds);
        let noon = Timestamp(DAY / 2);
        assert!(limiter.admit(noon).is_ok() && limiter.admit(noon).is_ok());
        assert_eq!(limiter.admit(noon), Err("Fri, 02 Jan 1970 00:00:00 GMT".to_owned()));
        assert!(limiter.admit(Timestamp(DAY - 1)).is_err());
        assert!(limiter.admit(Timestamp(DAY)).is_ok());
    }
}
