//! A time selection and the present time → from when to when. Days are whole days and end with the last one, hours end
//! with the hour that has begun, minutes with its quarter: the vendor's table on the page "NQL time selection".

use crate::nql::tables::TimeRange;
use crate::nql::timestamp::{DAY, HOUR, MINUTE, Timestamp, civil_from_days};
use crate::nql::tree::{Date, Moment, Period, PeriodUnit, Range, TimeSelection};

impl TimeSelection {
    /// The times that it selects, at a time.
    pub(super) fn time_range(self, now: Timestamp) -> TimeRange {
        match self.range {
            Range::Past(period) => {
                let to = after(now, step(period.unit));
                TimeRange { from: to.plus(-period.milliseconds()), to }
            }
            Range::Between(from, to) => TimeRange { from: from.resolve(now).from, to: to.resolve(now).end },
            Range::On(date) => {
                let day = Moment::At(date).resolve(now);
                TimeRange { from: day.from, to: day.end }
            }
        }
    }
}

/// The time that a moment names: a day without a time is the whole day, any other is a point.
struct Named {
    from: Timestamp,
    end: Timestamp,
}

impl Moment {
    fn resolve(self, now: Timestamp) -> Named {
        match self {
            Self::Ago(Period { count, unit: PeriodUnit::Day }) => {
                let from = floor(now, DAY).plus(-i64::from(count) * DAY);
                Named { from, end: from.plus(DAY) }
            }
            Self::Ago(period) => {
                let end = after(now, step(period.unit)).plus(-period.milliseconds());
                Named { from: end, end }
            }
            Self::At(date) => {
                let from = date.resolve(now);
                Named { from, end: from.plus(if date.time.is_none() { DAY } else { 0 }) }
            }
        }
    }
}

impl Date {
    /// Without a year it is the last such day that has begun.
    fn resolve(&self, now: Timestamp) -> Timestamp {
        if let Some(year) = self.year {
            return self.start(i64::from(year));
        }
        let (year, _, _) = civil_from_days(now.0.div_euclid(DAY));
        let this_year = self.start(year);
        if this_year <= now { this_year } else { self.start(year - 1) }
    }
}

/// How finely a unit tells times apart.
const fn step(unit: PeriodUnit) -> i64 {
    match unit {
        PeriodUnit::Second | PeriodUnit::Minute => 15 * MINUTE,
        PeriodUnit::Hour => HOUR,
        PeriodUnit::Day => DAY,
    }
}

/// The last multiple of a step up to a time.
pub(super) const fn floor(time: Timestamp, step: i64) -> Timestamp {
    time.plus(-time.0.rem_euclid(step))
}

/// The first multiple of a step after a time.
const fn after(time: Timestamp, step: i64) -> Timestamp {
    floor(time, step).plus(step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nql::parse_query;

    fn range(query: &str, now: i64) -> TimeRange {
        parse_query(query).unwrap().source.time.unwrap().time_range(Timestamp(now))
    }

    #[test]
    fn a_clock_at_the_end_of_time_gives_a_range_at_the_end_of_time() {
        for selection in
            ["past 1s", "past 100000d", "from 100000d ago to 1min ago", "from Jan 1 to 1s ago", "on Dec 31"]
        {
            for now in [i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX] {
                let TimeRange { from, to } = range(&format!("devices {selection}"), now);
                assert!(from <= to && to.since(from) <= 100_002 * DAY, "{selection} at {now}: {from:?} to {to:?}");
                assert_eq!(from.0 < 0, now < 0, "{selection} at {now}");
            }
        }
    }
}
