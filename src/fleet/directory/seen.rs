//! When a device was last seen, in eight bytes: a time in UTC, one without a zone as exports write it, or any text.

use crate::nql::{SECOND, Timestamp};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// Nobody knows.
    Unknown,
    /// In milliseconds since 1970.
    Utc(i64),
    /// `2026-01-31 08:00:00`, in seconds as if it were UTC.
    Local(i64),
    /// Any other text, by where it is.
    Text(u32),
}

impl Seen {
    /// Reads a time; `keep` keeps what is none.
    pub fn of(text: &str, keep: impl FnOnce(&str) -> u32) -> Self {
        if text.is_empty() {
            return Self::Unknown;
        }
        if let Some(time) = Timestamp::parse(text) {
            return Self::Utc(time.0);
        }
        match Timestamp::parse_local(text) {
            Some((time, "")) if local(time) == text => Self::Local(time.0 / SECOND),
            _ => Self::Text(keep(text)),
        }
    }

    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        let number = i64::from_le_bytes(bytes);
        match number & 3 {
            1 => Self::Utc(number >> 2),
            2 => Self::Local(number >> 2),
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place, written as such")]
            3 => Self::Text((number >> 2) as u32),
            _ => Self::Unknown,
        }
    }

    pub fn to_bytes(self) -> [u8; 8] {
        match self {
            Self::Unknown => 0,
            Self::Utc(time) => time << 2 | 1,
            Self::Local(time) => time << 2 | 2,
            Self::Text(at) => i64::from(at) << 2 | 3,
        }
        .to_le_bytes()
    }

    /// The larger, the later; what is no time comes after all times.
    pub const fn order(self) -> i64 {
        match self {
            Self::Unknown => i64::MIN,
            Self::Text(_) => i64::MIN + 1,
            Self::Utc(time) => time,
            Self::Local(time) => time.saturating_mul(SECOND),
        }
    }

    /// The time as text; `kept` gives what was kept. `None` where that has gone.
    pub fn text<'a>(self, kept: impl FnOnce(u32) -> Option<&'a str>) -> Option<Option<String>> {
        Some(match self {
            Self::Unknown => None,
            Self::Utc(time) => Some(Timestamp(time).to_string()),
            Self::Local(time) => Some(local(Timestamp(time.saturating_mul(SECOND)))),
            Self::Text(at) => Some(kept(at)?.to_owned()),
        })
    }
}

fn local(time: Timestamp) -> String {
    let text = time.to_string().replace('T', " ");
    text.strip_suffix('Z').map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_comes_back_as_it_was_written_but_in_utc_where_it_has_a_zone() {
        for (text, expected) in [
            ("2026-01-31T08:00:00Z", Seen::Utc(1_769_846_400_000)),
            ("2026-01-31 09:00:00.250+01:00", Seen::Utc(1_769_846_400_250)),
            ("2026-01-31 08:00:00", Seen::Local(1_769_846_400)),
            ("2026-01-31T08:00:00", Seen::Text(7)),
            ("2026-01-31 08:00:00.5", Seen::Text(7)),
            ("1969-12-31 23:59:59", Seen::Local(-1)),
            ("yesterday", Seen::Text(7)),
            ("", Seen::Unknown),
        ] {
            let seen = Seen::of(text, |_| 7);
            assert_eq!(seen, expected, "{text}");
            assert_eq!(Seen::from_bytes(seen.to_bytes()), seen, "{text}");
            let back = seen.text(|_| Some(text)).unwrap().unwrap_or_default();
            assert!(back == text || Timestamp::parse(text).is_some_and(|time| time.to_string() == back), "{back}");
        }
    }
}
