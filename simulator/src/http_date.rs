//! Points in time as HTTP headers have them: `Wed, 18 Nov 2026 09:00:00 GMT`. Which time it is belongs to the tenant.

use nexthink_chatbot::nql::{DAY, SECOND, Timestamp};

const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The second in which the time lies.
pub(crate) fn http_date(time: Timestamp) -> String {
    let second = Timestamp(time.0.div_euclid(SECOND) * SECOND);
    let iso = second.to_string();
    let (date, clock) = iso.trim_end_matches('Z').split_once('T').unwrap_or_default();
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month = month.and_then(|month| month.parse::<usize>().ok()).unwrap_or_default();
    let month = MONTHS.get(month.wrapping_sub(1)).unwrap_or(&"");
    // 1970-01-01 was a Thursday.
    let weekday = usize::try_from(second.0.div_euclid(DAY).rem_euclid(7)).unwrap_or_default();
    let weekday = WEEKDAYS.get(weekday).unwrap_or(&"");
    format!("{weekday}, {} {month} {} {clock} GMT", day.unwrap_or_default(), year.unwrap_or_default())
}

/// The first whole second that is not before the time: a client that waits until then has waited long enough.
pub(crate) fn http_date_not_before(time: Timestamp) -> String {
    http_date(time.plus(SECOND - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_http_has_it() {
        for (iso, expected) in [
            ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ("2000-02-29T23:59:59Z", "Tue, 29 Feb 2000 23:59:59 GMT"),
            ("2026-11-18T09:00:00Z", "Wed, 18 Nov 2026 09:00:00 GMT"),
            ("2027-12-31T12:00:00Z", "Fri, 31 Dec 2027 12:00:00 GMT"),
            ("1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
        ] {
            assert_eq!(http_date(Timestamp::parse(iso).unwrap()), expected);
        }
    }

    #[test]
    fn a_fraction_is_dropped_or_counts_as_a_whole_second() {
        let time = Timestamp(1_000_000_000_250);
        assert_eq!(http_date(time), "Sun, 09 Sep 2001 01:46:40 GMT");
        assert_eq!(http_date_not_before(time), "Sun, 09 Sep 2001 01:46:41 GMT");
        assert_eq!(http_date_not_before(Timestamp(1_000_000_000_000)), "Sun, 09 Sep 2001 01:46:40 GMT");
    }
}
