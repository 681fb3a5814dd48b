//! Points in time as NQL and the API write them: milliseconds since the epoch, read from and written as text.
//! The clock itself belongs to the host; time zones other than an explicit offset are not guessed.

use std::fmt;

use crate::json::{Json, Place, Read, Write, push_digits};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z; in JSON its text, ISO 8601 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "string"))]
pub struct Timestamp(pub i64);

/// One second in milliseconds.
pub const SECOND: i64 = 1_000;
/// One minute in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day in milliseconds.
pub const DAY: i64 = 24 * HOUR;

impl Timestamp {
    /// Reads `YYYY-MM-DD`, `T` or a space, `HH:MM:SS`, an optional fraction and a zone (`Z`, `UTC`, `+hh:mm`).
    /// Without a zone the answer is `None`: an age computed from it would be wrong by hours.
    ///
    /// ```
    /// use nexthink_chatbot::nql::Timestamp;
    /// let seen = Timestamp::parse("2023-07-17 17:53:49Z").unwrap();
    /// assert_eq!(seen.to_string(), "2023-07-17T17:53:49Z");
    /// assert_eq!(Timestamp::parse("2023-07-17 17:53:49"), None); // no zone: could be any hour of that day
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (local, rest) = Self::parse_local(text)?;
        let offset = match rest.trim() {
            "Z" | "z" | "UTC" | "GMT" => 0,
            zone => parse_offset(zone)?,
        };
        Some(Self(local.0 - offset))
    }

    /// Reads the date and time and leaves the zone: what `from 2023-02-01 00:00:00` in a query needs.
    /// Gives the time as if it were UTC, and the text that follows it.
    pub fn parse_local(text: &str) -> Option<(Self, &str)> {
        let mut cursor = Cursor(text);
        let year = cursor.digits(4)?;
        cursor.symbol(b"-")?;
        let month = cursor.digits(2)?;
        cursor.symbol(b"-")?;
        let day = cursor.digits(2)?;
        cursor.symbol(b"T ")?;
        let hour = cursor.digits(2)?;
        cursor.symbol(b":")?;
        let minute = cursor.digits(2)?;
        cursor.symbol(b":")?;
        let second = cursor.digits(2)?;
        let milliseconds = cursor.fraction();
        if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let time = hour * HOUR + minute * MINUTE + second * SECOND + milliseconds;
        Some((Self(days_from_civil(year, month, day) * DAY + time), cursor.0))
    }

    /// This time moved by some milliseconds (negative: into the past).
    #[must_use]
    pub const fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// Milliseconds from `earlier` to this time; negative where the clocks disagree.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for Timestamp {
    /// ISO 8601 in UTC, to the second; the fraction only where there is one.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0.div_euclid(DAY));
        let time = self.0.rem_euclid(DAY);
        let mut text = String::new();
        for (number, width, separator) in [
            (year, 4, '-'),
            (month, 2, '-'),
            (day, 2, 'T'),
            (time / HOUR, 2, ':'),
            (time % HOUR / MINUTE, 2, ':'),
            (time % MINUTE / SECOND, 2, '.'),
            (time % SECOND, 3, 'Z'),
        ] {
            push_digits(number.unsigned_abs(), width, &mut text);
            text.push(separator);
        }
        match text.strip_suffix(".000Z") {
            Some(whole) => {
                formatter.write_str(whole)?;
                formatter.write_str("Z")
            }
            None => formatter.write_str(&text),
        }
    }
}

impl Write for Timestamp {
    fn write(&self) -> Json {
        Json::Text(self.to_string().into())
    }
}

impl Read for Timestamp {
    fn read_at(json: Json, place: &mut Place) -> Self {
        json.as_text().and_then(Self::parse).unwrap_or_else(|| {
            place.expected("a time such as 2026-01-31T08:00:00Z");
            Self(0)
        })
    }
}

/// The unread rest of a text.
struct Cursor<'a>(&'a str);

impl Cursor<'_> {
    fn digits(&mut self, count: usize) -> Option<i64> {
        let (head, tail) = self.0.split_at_checked(count)?;
        if !head.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = tail;
        head.parse().ok()
    }

    fn symbol(&mut self, allowed: &[u8]) -> Option<()> {
        let first = *self.0.as_bytes().first()?;
        if !allowed.contains(&first) {
            return None;
        }
        self.0 = self.0.get(1..)?;
        Some(())
    }

    /// `.25` is 250 ms; digits past the third are dropped.
    fn fraction(&mut self) -> i64 {
        let Some(digits) = self.0.strip_prefix('.') else { return 0 };
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let (fraction, rest) = digits.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        let mut milliseconds = 0;
        for position in 0..3 {
            let digit = fraction.as_bytes().get(position).map_or(0, |byte| i64::from(byte - b'0'));
            milliseconds = milliseconds * 10 + digit;
        }
        milliseconds
    }
}

/// `+02:00`, `-0530` or `+01` in milliseconds.
fn parse_offset(zone: &str) -> Option<i64> {
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let mut cursor = Cursor(zone.get(1..)?);
    let hours = cursor.digits(2)?;
    let minutes = match cursor.0 {
        "" => 0,
        rest => {
            cursor.0 = rest.strip_prefix(':').unwrap_or(rest);
            cursor.digits(2)?
        }
    };
    (cursor.0.is_empty() && hours <= 14 && minutes <= 59).then_some(sign * (hours * HOUR + minutes * MINUTE))
}

pub(super) fn days_in_month(year: i64, month: i64) -> i64 {
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days_from_civil(next.0, next.1, 1) - days_from_civil(year, month, 1)
}

/// Days since 1970-01-01 of a proleptic Gregorian date, counted in 400-year eras that begin in March,
/// so that the leap day is the last of its year.
pub(super) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

pub(super) fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
impl schemars::JsonSchema for Timestamp {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_times_are_read_in_every_accepted_shape() {
        let expected = Some(Timestamp(1_689_616_429_000));
        for text in [
            "2023-07-17T17:53:49Z",
            "2023-07-17 17:53:49Z",
            "2023-07-17 17:53:49 UTC",
            "2023-07-17T19:53:49+02:00",
            "2023-07-17T12:23:49-0530",
            "2023-07-17T18:53:49.000+01",
        ] {
            assert_eq!(Timestamp::parse(text), expected, "{text}");
        }
        assert_eq!(Timestamp::parse("1970-01-01T00:00:00.257Z"), Some(Timestamp(257)));
    }

    #[test]
    fn what_is_no_time_or_has_no_zone_is_not_guessed() {
        for text in [
            "",
            "-",
            "2023-07-17",
            "2023-07-17 17:53:49",
            "2023-13-01T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2023-07-17T24:00:00Z",
            "2023-07-17T17:53:49+25:00",
            "2023-07-17T17:53:49Zé",
            "２０２３-07-17T17:53:49Z",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn writing_and_reading_gives_the_same_time(milliseconds in -62_000_000_000_000_i64..253_000_000_000_000) {
            let time = Timestamp(milliseconds);
            prop_assert_eq!(Timestamp::parse(&time.to_string()), Some(time));
        }
    }
}
