//! Dates of HTTP headers → milliseconds since the epoch, in the three formats that RFC 9110 wants read, and ISO 8601,
//! because the vendor documents only "the date and time". Which time it is now is handed in.

const MONTHS: [(&str, i64); 12] = [
    ("jan", 31),
    ("feb", 28),
    ("mar", 31),
    ("apr", 30),
    ("may", 31),
    ("jun", 30),
    ("jul", 31),
    ("aug", 31),
    ("sep", 30),
    ("oct", 31),
    ("nov", 30),
    ("dec", 31),
];

/// Weekdays, whole or in three letters, and the names of UTC. `T` stands between date and time in ISO 8601.
const OTHER_WORDS: [&str; 18] = [
    "sun",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sunday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "gmt",
    "utc",
    "z",
    "t",
];

const MILLISECONDS_PER_YEAR: i64 = 31_556_952_000;

/// How long to wait until a date; 0 where it has passed.
pub(super) fn milliseconds_until(date: &str, now: i64) -> Option<u32> {
    let wait = parse(date, Some(now))?.saturating_sub(now).max(0);
    Some(u32::try_from(wait).unwrap_or(u32::MAX))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994` or
/// `1994-11-06T08:49:37Z`. Without a `now`, a year of two digits is not read. Whether the weekday is right is not
/// looked at.
pub(super) fn parse(text: &str, now: Option<i64>) -> Option<i64> {
    let mut numbers = Vec::new();
    let mut named = None;
    let mut universal = false;
    for run in text.as_bytes().chunk_by(|left, right| class(*left) == class(*right)) {
        match class(*run.first()?) {
            Class::Digit => numbers.push(to_number(run)?),
            Class::Letter => {
                let word = run.to_ascii_lowercase();
                match MONTHS.iter().position(|(name, _)| name.as_bytes() == word) {
                    Some(month) => named = Some((month, numbers.len())),
                    None => {
                        OTHER_WORDS.iter().find(|other| other.as_bytes() == word)?;
                        universal |= matches!(word.as_slice(), b"gmt" | b"utc" | b"z");
                    }
                }
            }
            Class::Separator => {}
            Class::Other => return None,
        }
    }
    let (year, month, day, time) = match (named, numbers.as_slice()) {
        (Some((month, 1)), [day, year, time @ ..]) => (*year, month, *day, time),
        (Some((month, 0)), [day, time @ .., year]) => (*year, month, *day, time),
        (None, [year, month, day, time @ ..]) if universal => {
            // A fraction of a second is dropped.
            (*year, usize::try_from(*month).ok()?.checked_sub(1)?, *day, time.get(..3)?)
        }
        _ => return None,
    };
    let [hour, minute, second] = time else { return None };
    // 60 is a leap second.
    if *hour > 23 || *minute > 59 || *second > 60 {
        return None;
    }
    let days = days_since_epoch(whole_year(year, now)?, month, day)?;
    Some((((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000)
}

#[derive(PartialEq)]
enum Class {
    Digit,
    Letter,
    Separator,
    Other,
}

const fn class(byte: u8) -> Class {
    match byte {
        b'0'..=b'9' => Class::Digit,
        b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
        b' ' | b',' | b':' | b'-' | b'.' => Class::Separator,
        _ => Class::Other,
    }
}

/// At most nine digits, as many as a fraction of a second has.
fn to_number(digits: &[u8]) -> Option<i64> {
    if digits.len() > 9 {
        return None;
    }
    Some(digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
}

/// Of a year of two digits, the one that is at most 50 years ahead.
fn whole_year(year: i64, now: Option<i64>) -> Option<i64> {
    if year >= 100 {
        return (year <= 9_999).then_some(year);
    }
    let this_year = 1970 + now?.div_euclid(MILLISECONDS_PER_YEAR);
    let year = this_year.div_euclid(100) * 100 + year;
    Some(match year - this_year {
        51.. => year - 100,
        // The century has just begun or is about to end.
        ..-49 => year + 100,
        _ => year,
    })
}

fn days_since_epoch(year: i64, month: usize, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let leap_day = |month: usize| i64::from(is_leap && month == 1);
    let (_, length) = MONTHS.get(month)?;
    if !(1..=length + leap_day(month)).contains(&day) {
        return None;
    }
    let mut days = days_before(year) - days_before(1970) + day - 1;
    for (earlier, (_, length)) in MONTHS.iter().enumerate().take(month) {
        days += length + leap_day(earlier);
    }
    Some(days)
}

/// Days from the year 0 to the beginning of a year; the year 0 is a leap year.
const fn days_before(year: i64) -> i64 {
    365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::nql::{DAY, Timestamp};

    const EXAMPLE: i64 = 784_111_777_000;
    const NOW: i64 = 1_795_000_000_000;

    #[test]
    fn a_date_is_read_in_every_format() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "sun, 6 nov 1994 08:49:37 utc",
            "06 Nov 1994 08:49:37 GMT",
            "1994-11-06T08:49:37Z",
            "1994-11-06 08:49:37 UTC",
            "1994-11-06T08:49:37.250Z",
        ] {
            assert_eq!(parse(text, Some(NOW)), Some(EXAMPLE), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_of_another_zone_is_not_guessed() {
        for text in [
            "",
            "120",
            "3.5",
            "soon",
            "Sun, 06 Nov 1994",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 08:49:37 EST",
            "Sun, 06 Nov 1994 08:49:37 +0100",
            "1994-11-06T08:49:37",
            "1994-11-06T08:49:37+01:00",
            "1994-11-06T08:49:37-01:00",
            "1994-13-06T08:49:37Z",
            "1994-00-06T08:49:37Z",
            "Sun, 31 Nov 1994 08:49:37 GMT",
            "Sun, 29 Feb 1900 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:60:00 GMT",
            "Sun, 06 Nov 12345 08:49:37 GMT",
            "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
            "Nov Nov 6 08:49:37 1994 1994",
            "Sün, 06 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(parse(text, Some(NOW)), None, "{text}");
        }
    }

    #[test]
    fn a_year_of_two_digits_is_at_most_fifty_years_ahead() {
        let year = |text: &str, now: &str| {
            let now = Timestamp::parse(now).unwrap().0;
            let time = parse(&format!("Sunday, 06-Nov-{text} 08:49:37 GMT"), Some(now)).unwrap();
            Timestamp(time).to_string().split_once('-').unwrap().0.to_owned()
        };
        for (text, now, expected) in [
            ("26", "2026-06-01T00:00:00Z", "2026"),
            ("76", "2026-06-01T00:00:00Z", "2076"),
            ("77", "2026-06-01T00:00:00Z", "1977"),
            ("00", "2099-06-01T00:00:00Z", "2100"),
            ("99", "2101-06-01T00:00:00Z", "2099"),
        ] {
            assert_eq!(year(text, now), expected, "{text} seen from {now}");
        }
        assert_eq!(parse("Sunday, 06-Nov-94 08:49:37 GMT", None), None);
    }

    #[test]
    fn a_wait_is_never_negative_and_never_too_long_for_its_type() {
        assert_eq!(milliseconds_until("Sun, 06 Nov 1994 08:49:37 GMT", EXAMPLE - 1_500), Some(1_500));
        assert_eq!(milliseconds_until("Sun, 06 Nov 1994 08:49:37 GMT", NOW), Some(0));
        assert_eq!(milliseconds_until("Sun, 06 Nov 9999 08:49:37 GMT", NOW), Some(u32::MAX));
        assert_eq!(milliseconds_until("Sun, 06 Nov 9999 08:49:37 GMT", i64::MIN), Some(u32::MAX));
    }

    proptest! {
        #[test]
        fn every_second_is_read_back_in_every_format(second in -2_000_000_000_i64..250_000_000_000) {
            let time = Timestamp(second * 1_000);
            let iso = time.to_string();
            let (date, clock) = iso.trim_end_matches('Z').split_once('T').unwrap();
            let [year, month, day] = date.split('-').collect::<Vec<_>>()[..] else { panic!("{date}") };
            let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
                [month.parse::<usize>().unwrap() - 1];
            let (_, two_digits) = year.split_at(2);
            for text in [
                format!("Wed, {day} {name} {year} {clock} GMT"),
                format!("Wednesday, {day}-{name}-{two_digits} {clock} GMT"),
                format!("Wed {name} {:2} {clock} {year}", day.parse::<u8>().unwrap()),
                iso.clone(),
            ] {
                // Seen from the day before, the year of two digits is that of the date.
                prop_assert_eq!(parse(&text, Some(time.0 - DAY)), Some(time.0), "{}", text);
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[A-Za-z0-9 ,:.+-]{0,40}|.{0,20}", now in any::<i64>()) {
            let _ = parse(&text, Some(now));
            let _ = milliseconds_until(&text, now);
        }
    }
}
