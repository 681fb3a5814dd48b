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
                let end = end(now, period.unit);
                // What happens at this very moment counts, also when the clock strikes.
                TimeRange { from: end.plus(-period.milliseconds()), to: end.max(now.plus(1)) }
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
                let end = end(now, period.unit).plus(-period.milliseconds());
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

/// The end of the day, of the hour or of the quarter that a time is in. When the clock strikes, that hour has ended,
/// while a day that has begun is in its whole length today.
const fn end(time: Timestamp, unit: PeriodUnit) -> Timestamp {
    match unit {
        PeriodUnit::Second | PeriodUnit::Minute => floor(time.plus(15 * MINUTE - 1), 15 * MINUTE),
        PeriodUnit::Hour => floor(time.plus(HOUR - 1), HOUR),
        PeriodUnit::Day => floor(time, DAY).plus(DAY),
    }
}

/// The last multiple of a step up to a time.
pub(super) const fn floor(time: Timestamp, step: i64) -> Timestamp {
    time.plus(-time.0.rem_euclid(step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nql::parse_query;

    fn time_range(selection: &str, now: Timestamp) -> TimeRange {
        parse_query(&format!("web.errors {selection}")).unwrap().source.time.unwrap().time_range(now)
    }

    fn range(selection: &str, now: &str) -> String {
        let TimeRange { from, to } = time_range(selection, Timestamp::parse(now).unwrap());
        format!("{from} {to}").replace(":00Z", "").replace("2021-", "")
    }

    #[test]
    fn the_vendors_table_holds() {
        // Page "NQL time selection", the table of a user and an instance in one time zone.
        for (selection, expected) in [
            ("during past 15min", "11-11T05:15 11-11T05:30"),
            ("during past 2h", "11-11T04:00 11-11T06:00"),
            ("during past 24h", "11-10T06:00 11-11T06:00"),
            ("from 2021-11-11 00:00:00 to 2021-11-11 12:00:00", "11-11T00:00 11-11T12:00"),
            ("during past 1d", "11-11T00:00 11-12T00:00"),
            ("on Nov 10, 2021", "11-10T00:00 11-11T00:00"),
        ] {
            assert_eq!(range(selection, "2021-11-11T05:26:15Z"), expected, "{selection}");
        }
    }

    #[test]
    fn days_are_whole_days_wherever_they_are_named() {
        for (selection, expected) in [
            ("past 7d", "11-05T00:00 11-12T00:00"),
            ("from 1d ago to 1d ago", "11-10T00:00 11-11T00:00"),
            ("from 21d ago to 13d ago", "10-21T00:00 10-30T00:00"),
            ("from Nov 1 to Nov 7", "11-01T00:00 11-08T00:00"),
            ("from 2021-11-01 to 2021-11-07 10:00", "11-01T00:00 11-07T10:00"),
            ("from 3h ago to 1h ago", "11-11T03:00 11-11T05:00"),
            ("on Nov 12", "2020-11-12T00:00 2020-11-13T00:00"),
        ] {
            assert_eq!(range(selection, "2021-11-11T05:26:15Z"), expected, "{selection}");
        }
    }

    #[test]
    fn when_the_clock_strikes_the_past_ends_with_this_moment() {
        assert_eq!(range("past 1h", "2021-11-11T05:00:00Z"), "11-11T04:00 11-11T05:00:00.001Z");
        assert_eq!(range("past 1d", "2021-11-11T00:00:00Z"), "11-11T00:00 11-12T00:00");
    }

    #[test]
    fn a_clock_at_the_end_of_time_gives_a_range_at_the_end_of_time() {
        for selection in
            ["past 1s", "past 100000d", "from 100000d ago to 1min ago", "from Jan 1 to 1s ago", "on Dec 31"]
        {
            for now in [i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX] {
                let TimeRange { from, to } = time_range(selection, Timestamp(now));
                assert!(from <= to && to.since(from) <= 100_002 * DAY, "{selection} at {now}: {from:?} to {to:?}");
                assert_eq!(from.0 < 0, now < 0, "{selection} at {now}");
            }
        }
    }
}
