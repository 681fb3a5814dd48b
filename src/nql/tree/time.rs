//! Time selections as they are written: `during past 7d`, `from Jun 1 to Jun 7`, `on 2024-02-08 by 30s`.

use crate::nql::timestamp::{DAY, HOUR, MINUTE, SECOND};

/// The time that rows are taken from, and how finely their times are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeSelection {
    /// From when to when.
    pub range: Range,
    /// `by 30s`: the resolution of VDI data.
    pub resolution: Option<Period>,
}

/// From when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// `during past 7d`
    Past(Period),
    /// `from … to …`
    Between(Moment, Moment),
    /// `on …`: the whole day.
    On(Date),
}

/// An end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// `21d ago`
    Ago(Period),
    /// `2023-02-01`, `Jun 15, 2023, 16:15`
    At(Date),
}

/// A length of time: `7d`, `45min`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// How many of the unit, from 1 on.
    pub count: u32,
    /// The unit; it also says how times are rounded.
    pub unit: PeriodUnit,
}

impl Period {
    /// How long it is.
    pub fn milliseconds(self) -> i64 {
        i64::from(self.count)
            * match self.unit {
                PeriodUnit::Second => SECOND,
                PeriodUnit::Minute => MINUTE,
                PeriodUnit::Hour => HOUR,
                PeriodUnit::Day => DAY,
            }
    }
}

/// The unit of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum PeriodUnit {
    Second,
    Minute,
    Hour,
    Day,
}

impl PeriodUnit {
    /// How it is written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Second => "s",
            Self::Minute => "min",
            Self::Hour => "h",
            Self::Day => "d",
        }
    }
}

/// A date, with or without its year, and a time of the day where one is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Without one it is the last such day that has begun.
    pub year: Option<u16>,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// Without one the whole day is meant.
    pub time: Option<TimeOfDay>,
}

/// The months by their names, of which the first three letters are enough.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `16:15`, `16:15:00`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOfDay {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

impl TimeOfDay {
    /// Milliseconds since midnight.
    pub fn milliseconds(self) -> i64 {
        i64::from(self.hour) * HOUR + i64::from(self.minute) * MINUTE + i64::from(self.second) * SECOND
    }
}
