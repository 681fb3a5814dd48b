//! How much is too much: the caps on messages, as the host gives them, checked, with defaults that nobody hates.

use super::quiet::{DaysAndHours, TimeOfDay, Weekday};
use crate::api::problem::NexthinkError;
use crate::json::{Json, Place, Read, Write, record};
use crate::nql::{DAY, Timestamp};

record! {
    strict
    /// When employees may be told something unasked, and how often. Each limit has a default.
    #[derive(Debug, Clone, Default)]
    #[cfg_attr(test, ts(rename = "OutreachLimitValues"))]
    pub struct OutreachLimits {
        /// How many employees are told something within any 60 minutes, from 1: as many as your service desk can bear to hear
        /// from. Default: 200.
        pub per_hour: Option<u32>,
        /// How often one employee is told something. Default: once in 7 days.
        pub per_employee: Option<EmployeeLimit>,
        /// For how many days an employee is not told again what they were told: the same rule of the same playbook, on whichever
        /// device. 0 to 366; 0: no such limit. Default: 30.
        pub repeat_after_days: Option<u32>,
        /// The hours of each day in which nobody is told anything, by the employee's clock; `false`: none. Default: from 18:00 to
        /// 08:00.
        #[cfg_attr(test, ts(type = "QuietHours | false", optional))]
        pub quiet_hours: Option<QuietHoursOrNone>,
        /// The days on which nobody is told anything, from midnight to midnight by the employee's clock. Default: Saturday and
        /// Sunday.
        pub quiet_days: Option<Vec<Weekday>>,
        /// The time zone of employees of whom no other is known: an IANA name, such as `Europe/Zurich`, or an offset from UTC,
        /// such as `+09:00`. Needed for quiet hours and days, unless there is another way to know each employee's.
        pub time_zone: Option<String>,
    }
}

record! {
    strict
    /// How often one employee is told something.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct EmployeeLimit {
        /// So many messages, from 1,
        pub count: u32,
        /// within so many times 24 hours, 1 to 366.
        pub days: u32,
    }
}

record! {
    strict
    /// Hours of a day by the employee's clock, over midnight where they end before they begin.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct QuietHours {
        /// When they begin: `HH:MM`, 00:00 to 23:59.
        pub from: TimeOfDay,
        /// When they end: at this minute employees may be told something.
        pub to: TimeOfDay,
    }
}

/// Quiet hours, or `false` for none.
#[derive(Debug, Clone, Copy)]
pub struct QuietHoursOrNone(Option<QuietHours>);

impl Read for QuietHoursOrNone {
    fn read_at(json: Json, place: &mut Place) -> Self {
        match json {
            Json::Boolean(false) => Self(None),
            Json::Object(_) => Self(Some(QuietHours::read_at(json, place))),
            _ => {
                place.expected("an object with `from` and `to`, or false");
                Self(None)
            }
        }
    }
}

impl Write for QuietHoursOrNone {
    fn write(&self) -> Json {
        self.0.as_ref().map_or(Json::Boolean(false), Write::write)
    }
}

/// The limits with their defaults, in milliseconds.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    pub per_hour: usize,
    pub per_employee: usize,
    pub employee_ms: i64,
    pub repeat_ms: i64,
    pub quiet: DaysAndHours,
    pub time_zone: Option<String>,
}

impl Limits {
    /// # Errors
    /// `invalid`, naming the limit.
    pub fn of(given: OutreachLimits) -> Result<Self, NexthinkError> {
        let per_employee = given.per_employee.unwrap_or(EmployeeLimit { count: 1, days: 7 });
        let per_hour = given.per_hour.unwrap_or(200);
        let repeat_after_days = given.repeat_after_days.unwrap_or(30);
        let hours = match given.quiet_hours {
            Some(QuietHoursOrNone(hours)) => hours,
            None => Some(QuietHours { from: TimeOfDay::hours(18), to: TimeOfDay::hours(8) }),
        };
        for (name, number) in [("perHour", per_hour), ("perEmployee.count", per_employee.count)] {
            if number == 0 {
                return Err(refused(name, "is less than 1"));
            }
        }
        for (name, days, least) in
            [("perEmployee.days", per_employee.days, 1), ("repeatAfterDays", repeat_after_days, 0)]
        {
            if !(least..=MOST_DAYS).contains(&days) {
                return Err(refused(name, if least == 0 { "is not from 0 to 366" } else { "is not from 1 to 366" }));
            }
        }
        if hours.is_some_and(|hours| hours.from == hours.to) {
            return Err(refused("quietHours", "ends when it begins").hint("give `false` where there are none"));
        }
        let days = given.quiet_days.unwrap_or_else(|| vec![Weekday::Saturday, Weekday::Sunday]);
        let quiet = DaysAndHours::new(&days, hours.map(|hours| (hours.from, hours.to)));
        if quiet.is_always() {
            return Err(refused("quietDays", "leaves no day of the week").hint("leave out at least one day"));
        }
        Ok(Self {
            per_hour: usize::try_from(per_hour).unwrap_or(usize::MAX),
            per_employee: usize::try_from(per_employee.count).unwrap_or(usize::MAX),
            employee_ms: i64::from(per_employee.days) * DAY,
            repeat_ms: i64::from(repeat_after_days) * DAY,
            quiet,
            time_zone: given.time_zone,
        })
    }

    /// Whether a record of this time can still hold something back.
    pub fn counts(&self, at: Timestamp, now: Timestamp) -> bool {
        // The cap per hour is shorter than any day.
        now.since(at) < self.employee_ms.max(self.repeat_ms)
    }
}

/// More would be held than any history is kept for.
const MOST_DAYS: u32 = 366;

pub(super) fn refused(limit: &str, why: &str) -> NexthinkError {
    NexthinkError::invalid(["`limits.", limit, "` ", why].concat())
}
