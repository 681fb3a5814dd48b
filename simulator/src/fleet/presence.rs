//! When a device was connected. An offline device reports nothing, and what it is asked to do waits.

use nexthink_chatbot::nql::{MINUTE, TimeRange, Timestamp};

/// How often a connected device reports: its `last_seen` is at most this old.
const REPORTS_EVERY: i64 = 5 * MINUTE;

/// The times at which a device went on or off line, oldest first; before the first it was online.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Presence(Vec<(Timestamp, bool)>);

impl Presence {
    /// A device that was switched off then, and has not come back.
    pub fn gone_since(time: Timestamp) -> Self {
        Self(vec![(time, false)])
    }

    /// From `time` on it is online, or not.
    pub fn change(&mut self, time: Timestamp, online: bool) {
        if self.online_at(time) != online {
            self.0.push((time, online));
        }
    }

    /// Whether it was online then.
    pub fn online_at(&self, time: Timestamp) -> bool {
        self.0.iter().rev().find(|(since, _)| *since <= time).is_none_or(|(_, online)| *online)
    }

    /// The parts of a range in which it was online, oldest first.
    pub fn online_within(&self, range: TimeRange) -> impl Iterator<Item = TimeRange> + '_ {
        let begins = std::iter::once((Timestamp(i64::MIN), true)).chain(self.0.iter().copied());
        let ends = self.0.iter().map(|(time, _)| *time).chain([Timestamp(i64::MAX)]);
        let online = begins.zip(ends).filter(|((_, online), _)| *online);
        online
            .map(move |((from, _), to)| TimeRange { from: from.max(range.from), to: to.min(range.to) })
            .filter(|part| part.from < part.to)
    }

    /// The times at which it came back.
    pub fn returns(&self) -> impl Iterator<Item = Timestamp> + '_ {
        self.0.iter().filter(|(_, online)| *online).map(|(time, _)| *time)
    }

    /// The last moment up to `time` at which it was online.
    pub fn last_online(&self, time: Timestamp) -> Timestamp {
        if self.online_at(time) {
            return time;
        }
        // Only the newest change counts: two in a row never say the same.
        self.0.iter().rev().find(|(since, _)| *since <= time).map_or(time, |(since, _)| since.plus(-1))
    }

    /// When the tenant last heard of it; `rhythm` keeps the devices from reporting all at once.
    pub fn last_seen(&self, now: Timestamp, rhythm: i64) -> Timestamp {
        let last = self.last_online(now);
        let since_report = (last.0 - rhythm).rem_euclid(REPORTS_EVERY);
        let connected = self.0.iter().rev().find(|(since, online)| *online && *since <= last);
        last.plus(-since_report).max(connected.map_or(Timestamp(i64::MIN), |(since, _)| *since))
    }
}

#[cfg(test)]
mod tests {
    use nexthink_chatbot::nql::HOUR;

    use super::*;

    #[test]
    fn an_online_device_was_seen_within_the_last_minutes() {
        let presence = Presence::default();
        for minute in 0..20 {
            let now = Timestamp(1_000 * HOUR + minute * MINUTE);
            let age = now.since(presence.last_seen(now, 123_456));
            assert!((0..REPORTS_EVERY).contains(&age), "{age}");
        }
    }

    #[test]
    fn an_offline_device_stays_where_it_was_until_it_comes_back() {
        let mut presence = Presence::gone_since(Timestamp(10 * HOUR));
        let seen = presence.last_seen(Timestamp(50 * HOUR), 0);
        assert!(seen < Timestamp(10 * HOUR) && seen > Timestamp(9 * HOUR));
        assert!(!presence.online_at(Timestamp(10 * HOUR)));
        presence.change(Timestamp(60 * HOUR + 1), true);
        assert_eq!(presence.last_seen(Timestamp(60 * HOUR + 2), 0), Timestamp(60 * HOUR + 1));
        assert!(!presence.online_at(Timestamp(59 * HOUR)));
        assert!(presence.online_at(Timestamp(9 * HOUR)));
    }

    #[test]
    fn a_range_is_cut_to_the_times_online() {
        let mut presence = Presence::gone_since(Timestamp(10));
        presence.change(Timestamp(20), true);
        presence.change(Timestamp(30), false);
        let parts = |from, to| {
            let range = TimeRange { from: Timestamp(from), to: Timestamp(to) };
            presence.online_within(range).map(|part| (part.from.0, part.to.0)).collect::<Vec<_>>()
        };
        assert_eq!(parts(5, 25), [(5, 10), (20, 25)]);
        assert_eq!(parts(12, 18), []);
        assert_eq!(parts(20, 40), [(20, 30)]);
        assert_eq!(presence.returns().collect::<Vec<_>>(), [Timestamp(20)]);
    }
}
