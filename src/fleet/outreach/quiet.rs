//! Hours and days in which nobody is to be disturbed, by the clock on an employee's wall.

use super::zone::{Zone, hours_and_minutes};
use crate::json::{Json, Place, Read, Write, push_digits, words};
use crate::nql::{DAY, HOUR, MINUTE, Timestamp};

words! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

/// A minute of the day: `HH:MM` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "string"))]
pub struct TimeOfDay(i64);

impl TimeOfDay {
    pub(super) const fn hours(hours: i64) -> Self {
        Self(hours * HOUR)
    }
}

impl Read for TimeOfDay {
    fn read_at(json: Json, place: &mut Place) -> Self {
        json.as_text().and_then(|text| hours_and_minutes(text, 23)).map_or_else(
            || {
                place.expected("a time of day from `00:00` to `23:59`");
                Self(0)
            },
            Self,
        )
    }
}

impl Write for TimeOfDay {
    fn write(&self) -> Json {
        let mut text = String::new();
        push_digits((self.0 / HOUR).unsigned_abs(), 2, &mut text);
        text.push(':');
        push_digits((self.0 % HOUR / MINUTE).unsigned_abs(), 2, &mut text);
        Json::Text(text.into())
    }
}

/// Quiet days and hours together.
#[derive(Debug, Clone)]
pub(super) struct DaysAndHours {
    /// By weekday, Monday first.
    days: [bool; 7],
    hours: Option<(TimeOfDay, TimeOfDay)>,
}

impl DaysAndHours {
    pub fn new(quiet_days: &[Weekday], hours: Option<(TimeOfDay, TimeOfDay)>) -> Self {
        const ALL: [Weekday; 7] = [
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
            Weekday::Saturday,
            Weekday::Sunday,
        ];
        Self { days: ALL.map(|day| quiet_days.contains(&day)), hours }
    }

    /// Whether there is no day left to tell anybody anything.
    pub fn is_always(&self) -> bool {
        self.days.iter().all(|quiet| *quiet)
    }

    /// Whether nobody is ever held back.
    pub fn is_never(&self) -> bool {
        self.hours.is_none() && !self.days.iter().any(|quiet| *quiet)
    }

    /// The first moment, from this one on, that is not quiet. Each stretch of one offset is looked at for itself: an end of the
    /// quiet hours that the clock jumps over is where it lands, and one that comes twice is kept each time.
    pub fn free_from(&self, zone: &Zone, time: Timestamp) -> Timestamp {
        let mut from = time;
        for (offset, until) in zone.stretches(time) {
            let free = self.free_by_the_wall(from.0.saturating_add(offset)).saturating_sub(offset);
            match until {
                Some(until) if free >= until.0 => from = until,
                _ => return Timestamp(free),
            }
        }
        from
    }

    /// The same by a clock that never changes.
    fn free_by_the_wall(&self, time: i64) -> i64 {
        let mut time = time;
        // Within a week and a day everything has come by once.
        for _ in 0..24 {
            let (day, of_day) = (time.div_euclid(DAY), time.rem_euclid(DAY));
            // 1970-01-01 was a Thursday.
            let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or_default();
            let ends = if self.days.get(weekday) == Some(&true) { Some(DAY) } else { self.end_of_hours(of_day) };
            match ends {
                Some(end) => time = day * DAY + end,
                None => return time,
            }
        }
        time
    }

    /// When the quiet hours end that this time of day lies in, counted from the same midnight.
    fn end_of_hours(&self, of_day: i64) -> Option<i64> {
        let (TimeOfDay(from), TimeOfDay(to)) = self.hours?;
        let over_midnight = from > to;
        match of_day {
            _ if over_midnight && of_day >= from => Some(DAY + to),
            _ if over_midnight => (of_day < to).then_some(to),
            _ => (from..to).contains(&of_day).then_some(to),
        }
    }
}
