//! Constants that are recognised by their shape alone: dates, times of the day, versions, IP addresses. Each function
//! gives how many bytes belong to it, or none where the text begins with something else.

use super::is_word;
use crate::nql::timestamp::days_in_month;
use crate::nql::tree::{Date, TimeOfDay};

/// `2024-07-15`, with `10:15` or `10:15:00` after a space or a `T`. The date is none where the calendar has no such day.
pub(super) fn date(text: &str) -> Option<(Option<Date>, usize)> {
    let mut cursor = Cursor { text, position: 0 };
    let year = cursor.digits(4, 4)?;
    cursor.symbol(b'-')?;
    let month = cursor.digits(2, 2)?;
    cursor.symbol(b'-')?;
    let day = cursor.digits(2, 2)?;
    let mut length = cursor.position;
    let after = text.get(length..)?;
    let blank = after.len() - after.trim_start_matches([' ', '\t']).len();
    let blank = if blank == 0 { usize::from(after.starts_with('T')) } else { blank };
    let time = text.get(length + blank..).filter(|_| blank > 0).and_then(time);
    if let Some((_, time_length)) = time {
        length += blank + time_length;
    }
    if text.get(length..)?.starts_with(is_word) {
        return None;
    }
    let exists =
        (1..=12).contains(&month) && (1..=days_in_month(i64::from(year), i64::from(month))).contains(&i64::from(day));
    let date = Date {
        year: Some(year),
        month: u8::try_from(month).unwrap_or_default(),
        day: u8::try_from(day).unwrap_or_default(),
        time: time.map(|(time, _)| time),
    };
    Some((exists.then_some(date), length))
}

/// `16:15`, `16:15:00`
pub(super) fn time(text: &str) -> Option<(TimeOfDay, usize)> {
    let mut cursor = Cursor { text, position: 0 };
    let hour = cursor.digits(1, 2).filter(|hour| *hour < 24)?;
    cursor.symbol(b':')?;
    let minute = cursor.digits(2, 2).filter(|minute| *minute < 60)?;
    let second = match cursor.symbol(b':') {
        Some(()) => cursor.digits(2, 2).filter(|second| *second < 60)?,
        None => 0,
    };
    let small = |number: u16| u8::try_from(number).unwrap_or_default();
    let time = TimeOfDay { hour: small(hour), minute: small(minute), second: small(second) };
    cursor.ends_here().then_some((time, cursor.position))
}

/// `v12.212`, `V107`
pub(super) fn version(text: &str) -> Option<usize> {
    let digits = text.strip_prefix(['v', 'V'])?;
    let length = 1 + digits.find(|next: char| !next.is_ascii_digit() && next != '.').unwrap_or(digits.len());
    let version = text.get(..length)?;
    let parts = version.get(1..)?;
    let whole = !parts.split('.').any(str::is_empty) && !text.get(length..)?.starts_with(is_word);
    whole.then_some(length)
}

/// No address is longer, not even one of version 6 that ends with one of version 4.
const LONGEST_ADDRESS: usize = 45;

/// `123.123.0.0`, `123.123.0.0/24`, `f164:b28c:84a5:9dd3::/32`. Looks no further than an address can reach: it is asked
/// at every token, and with thousands of dots the whole rest would be read at each.
pub(super) fn address(text: &str) -> Option<usize> {
    let belongs = |next: &u8| next.is_ascii_hexdigit() || matches!(next, b'.' | b':');
    let length = text.bytes().take(LONGEST_ADDRESS + 1).take_while(belongs).count();
    let bare = text.get(..length).filter(|_| length <= LONGEST_ADDRESS)?;
    let is_v4 = || {
        let mut parts = bare.split('.');
        bare.split('.').count() == 4 && parts.all(|part| part.parse::<u8>().is_ok())
    };
    let is_v6 = || bare.matches(':').count() >= 2 && bare.parse::<std::net::Ipv6Addr>().is_ok();
    if !is_v4() && !is_v6() {
        return None;
    }
    let mask = text.get(length..)?.strip_prefix('/').map_or(0, |mask| {
        let digits = mask.find(|next: char| !next.is_ascii_digit()).unwrap_or(mask.len());
        if digits == 0 { 0 } else { digits + 1 }
    });
    (!text.get(length + mask..)?.starts_with(is_word)).then_some(length + mask)
}

struct Cursor<'a> {
    text: &'a str,
    position: usize,
}

impl Cursor<'_> {
    /// A number of so many digits; none where more follow.
    fn digits(&mut self, least: usize, most: usize) -> Option<u16> {
        let rest = self.text.get(self.position..)?;
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(least..=most).contains(&length) {
            return None;
        }
        self.position += length;
        rest.get(..length)?.parse().ok()
    }

    fn symbol(&mut self, symbol: u8) -> Option<()> {
        (self.text.as_bytes().get(self.position) == Some(&symbol)).then(|| self.position += 1)
    }

    fn ends_here(&self) -> bool {
        self.text.get(self.position..).is_none_or(|rest| !rest.starts_with(|next: char| is_word(next) || next == ':'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_versions_times_and_numbers() {
        for (text, length) in [
            ("123.123.0.0", Some(11)),
            ("123.123.0.0/24 x", Some(14)),
            ("f164:b28c:84a5:9dd3:ef21:8c9d:d3ef:218c", Some(39)),
            ("f164:b28c:84a5:9dd3::/32", Some(24)),
            ("::1]", Some(3)),
            ("1.2.3", None),
            ("1.2.3.4.5", None),
            ("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", Some(45)),
            ("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.2555", None),
            ("256.1.1.1", None),
            ("10:15:00", None),
            ("dead", None),
            ("a.b.c.d", None),
        ] {
            assert_eq!(address(text), length, "{text}");
        }
    }

    #[test]
    fn a_date_is_ten_characters_and_a_day_of_the_calendar() {
        assert_eq!(date("2024-02-29|").map(|(date, length)| (date.is_some(), length)), Some((true, 10)));
        assert_eq!(date("2023-02-29").map(|(date, length)| (date.is_some(), length)), Some((false, 10)));
        assert_eq!(date("2023-02-01 | limit").map(|(_, length)| length), Some(10));
        assert_eq!(date("2023-02-01 23:45:00 to").map(|(_, length)| length), Some(19));
        for text in ["2023-2-1", "20230-02-01", "2023-02-011", "2023-02-01x", "2023 - 02 - 01"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn versions_begin_with_a_v_and_hold_numbers() {
        for (text, length) in
            [("v12.212", Some(7)), ("V107)", Some(4)), ("v1.", None), ("v1_x", None), ("version", None)]
        {
            assert_eq!(version(text), length, "{text}");
        }
    }
}
