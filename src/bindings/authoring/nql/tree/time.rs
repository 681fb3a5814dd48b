//! Time selections: `during past 7d`, `from Jun 1 to 2d ago`, `on 2024-02-08`, `by 30s`.

use super::super::shape::{object, variants};
use crate::json::words;
use crate::nql::tree::{Date, Moment, Period, PeriodUnit, Range, TimeOfDay, TimeSelection};

variants! {
    /// The time that rows are taken from. `resolution` is what stands after `by`.
    pub enum NqlTime {
        /// `during past 7d`
        Past = "past" { period: NqlPeriod, resolution: Option<NqlPeriod> },
        /// `from … to …`
        Between = "between" { from: NqlMoment, to: NqlMoment, resolution: Option<NqlPeriod> },
        /// `on 2024-02-08`: the whole day.
        On = "on" { date: NqlDate, resolution: Option<NqlPeriod> },
    }
}

variants! {
    /// An end of a stretch of time.
    pub enum NqlMoment {
        /// `21d ago`
        Ago = "ago" { period: NqlPeriod },
        /// `2023-02-01`, `Jun 15, 2023, 16:15`
        Date = "date" { date: NqlDate },
    }
}

object! {
    /// A length of time.
    pub struct NqlPeriod {
        /// How many of the unit.
        count: u32,
        /// The unit.
        unit: NqlPeriodUnit,
        /// How long it is.
        milliseconds: f64,
    }
}

words! {
    /// The unit of a period.
    pub enum NqlPeriodUnit {
        /// Seconds.
        Second = "s",
        /// Minutes.
        Minute = "min",
        /// Hours.
        Hour = "h",
        /// Days.
        Day = "d",
    }
}

object! {
    /// A date.
    pub struct NqlDate {
        /// Without one it is the last such day that has begun.
        year: Option<u16>,
        /// From 1 to 12.
        month: u16,
        /// From 1 to 31.
        day: u16,
        /// Without one the whole day is meant.
        time: Option<NqlTimeOfDay>,
    }
}

object! {
    /// A time of the day.
    pub struct NqlTimeOfDay {
        /// From 0 to 23.
        hour: u16,
        /// From 0 to 59.
        minute: u16,
        /// From 0 to 59.
        second: u16,
    }
}

impl NqlTime {
    pub(super) fn of(selection: TimeSelection) -> Self {
        let resolution = selection.resolution.map(NqlPeriod::of);
        match selection.range {
            Range::Past(period) => Self::Past { period: NqlPeriod::of(period), resolution },
            Range::Between(from, to) => Self::Between { from: NqlMoment::of(from), to: NqlMoment::of(to), resolution },
            Range::On(date) => Self::On { date: NqlDate::of(date), resolution },
        }
    }
}

impl NqlMoment {
    fn of(moment: Moment) -> Self {
        match moment {
            Moment::Ago(period) => Self::Ago { period: NqlPeriod::of(period) },
            Moment::At(date) => Self::Date { date: NqlDate::of(date) },
        }
    }
}

impl NqlPeriod {
    pub(super) fn of(period: Period) -> Self {
        let unit = match period.unit {
            PeriodUnit::Second => NqlPeriodUnit::Second,
            PeriodUnit::Minute => NqlPeriodUnit::Minute,
            PeriodUnit::Hour => NqlPeriodUnit::Hour,
            PeriodUnit::Day => NqlPeriodUnit::Day,
        };
        Self { count: period.count, unit, milliseconds: exact(period.milliseconds()) }
    }
}

impl NqlDate {
    pub(super) fn of(date: Date) -> Self {
        let Date { year, month, day, time } = date;
        Self { year, month: month.into(), day: day.into(), time: time.map(NqlTimeOfDay::of) }
    }
}

impl NqlTimeOfDay {
    fn of(time: TimeOfDay) -> Self {
        Self { hour: time.hour.into(), minute: time.minute.into(), second: time.second.into() }
    }
}

/// Milliseconds as a number of JavaScript's.
#[expect(clippy::cast_precision_loss, reason = "a period is at most 100,000 days")]
pub(super) fn exact(milliseconds: i64) -> f64 {
    milliseconds as f64
}
