//! Time zones as the host tells them: a zone's offsets from UTC in the time to come, or an offset that never changes. What a
//! name stands for, the core does not know: the host has the rules of all zones, and they are large.

use crate::json::record;
use crate::nql::{HOUR, MINUTE, Timestamp};

record! {
    strict
    /// A time zone by its name.
    #[derive(Debug, Clone)]
    pub struct GivenZone {
        /// An IANA name, or an offset such as `+09:00`.
        pub name: String,
        /// Pairs: from which time on (milliseconds since 1970), and how far the clock is ahead of UTC then (milliseconds). None
        /// where the host does not know the name.
        pub offsets: Option<Vec<f64>>,
    }
}

/// The offsets of a zone, each from some time on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Zone(Vec<(i64, i64)>);

impl Zone {
    /// None for a name that nobody knows.
    pub fn of(given: &GivenZone) -> Option<Self> {
        if let Some(fixed) = fixed_offset(&given.name) {
            return Some(Self(vec![(i64::MIN, fixed)]));
        }
        let mut offsets: Vec<(i64, i64)> = Vec::new();
        for pair in given.offsets.as_ref()?.chunks_exact(2) {
            if let [from, offset] = pair {
                offsets.push((whole(*from), whole(*offset)));
            }
        }
        offsets.sort_unstable();
        (!offsets.is_empty()).then_some(Self(offsets))
    }

    /// Universal time.
    pub fn utc() -> Self {
        Self(vec![(i64::MIN, 0)])
    }

    /// The offsets from this time on, each with the time at which it ends; the last one never does.
    pub fn stretches(&self, time: Timestamp) -> impl Iterator<Item = (i64, Option<Timestamp>)> {
        let Self(offsets) = self;
        let first = offsets.partition_point(|(from, _)| *from <= time.0).saturating_sub(1);
        let ends = offsets.iter().skip(first + 1).map(|(from, _)| Some(Timestamp(*from)));
        offsets.iter().skip(first).map(|(_, offset)| *offset).zip(ends.chain([None]))
    }
}

/// `UTC`, `Z`, `+09:00`, `-03:30` in milliseconds.
fn fixed_offset(name: &str) -> Option<i64> {
    if matches!(name, "UTC" | "Z") {
        return Some(0);
    }
    let sign = match name.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    Some(sign * hours_and_minutes(name.get(1..)?, 14)?)
}

/// `HH:MM` in milliseconds.
pub(super) fn hours_and_minutes(text: &str, most_hours: i64) -> Option<i64> {
    let number = |text: &str, most: i64| {
        let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number: &i64| is_number && *number <= most)
    };
    let (hours, minutes) = text.split_once(':')?;
    Some(number(hours, most_hours)? * HOUR + number(minutes, 59)? * MINUTE)
}

#[expect(clippy::cast_possible_truncation, reason = "saturates; times end far below 2^53")]
fn whole(number: f64) -> i64 {
    number as i64
}
