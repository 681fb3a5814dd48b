//! Time as the histories need it: days in UTC, working hours, and what of a range a device can have reported.

use nexthink_chatbot::nql::{DAY, TimeRange, Timestamp};

use crate::fleet::device::Device;

/// The days that a range touches, by their numbers since the epoch.
pub(super) fn days(range: TimeRange) -> std::ops::Range<i64> {
    if range.from >= range.to {
        return 0..0;
    }
    range.from.0.div_euclid(DAY)..(range.to.0 - 1).div_euclid(DAY) + 1
}

/// A range cut at midnight: the day's number and its part.
pub(super) fn by_day(range: TimeRange) -> impl Iterator<Item = (i64, TimeRange)> {
    days(range).map(move |day| {
        let (first, next) = (Timestamp(day * DAY), Timestamp((day + 1) * DAY));
        (day, TimeRange { from: range.from.max(first), to: range.to.min(next) })
    })
}

/// Monday to Friday.
pub(super) const fn is_working_day(day: i64) -> bool {
    // The epoch was a Thursday.
    (day + 3).rem_euclid(7) < 5
}

impl Device {
    /// The part of a range in which the tenant knew the device.
    pub(super) fn known(&self, range: TimeRange) -> TimeRange {
        TimeRange { from: range.from.max(self.first_seen), to: range.to }
    }

    /// Whether the tenant knew the device then and it was connected.
    pub(super) fn reports_at(&self, time: Timestamp) -> bool {
        time >= self.first_seen && self.presence.online_at(time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_cut_at_midnight() {
        let range = TimeRange { from: Timestamp(DAY - 5), to: Timestamp(2 * DAY + 7) };
        let parts: Vec<_> = by_day(range).map(|(day, part)| (day, part.from.0, part.to.0)).collect();
        assert_eq!(parts, [(0, DAY - 5, DAY), (1, DAY, 2 * DAY), (2, 2 * DAY, 2 * DAY + 7)]);
        assert_eq!(by_day(TimeRange { from: Timestamp(9), to: Timestamp(9) }).count(), 0);
    }

    #[test]
    fn a_week_has_five_working_days() {
        // 2026-11-18 was a Wednesday.
        assert!(is_working_day(20_775) && !is_working_day(20_778) && !is_working_day(20_779));
        assert_eq!((20_775..20_782).filter(|day| is_working_day(*day)).count(), 5);
    }
}
