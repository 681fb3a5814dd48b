//! Sessions and logins of the employee who uses the device. A session is open while the device is connected; it is
//! told in one part for each day, cut to the range that is asked for, as the buckets of a tenant are.

use nexthink_chatbot::nql::{DAY, HOUR, SECOND, TimeRange, Timestamp};

use super::boots::{Boot, BootKind};
use super::days::{by_day, is_working_day};
use crate::fleet::chance::Chance;
use crate::fleet::device::Device;
use crate::fleet::facts::Facts;

/// One login, after the boot that led to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Login {
    pub at: Timestamp,
}

impl Device {
    /// The parts of the sessions in a range, a row for each day.
    pub fn sessions(&self, range: TimeRange) -> impl Iterator<Item = TimeRange> + '_ {
        self.presence.online_within(self.known(range)).flat_map(|part| by_day(part).map(|(_, part)| part))
    }

    /// Whether a session, or its part of a new day, began with this part: else it was only cut there.
    pub fn session_begins(&self, part: TimeRange) -> bool {
        part.from.0.rem_euclid(DAY) == 0 || !self.reports_at(part.from.plus(-1))
    }

    /// How long the employee used keyboard and mouse in a part of a session, in milliseconds.
    pub fn interaction(&self, part: TimeRange) -> i64 {
        let parts = by_day(part).filter(|(day, _)| is_working_day(*day));
        parts.map(|(day, part)| share(&self.at_work(day), part) / 100 * self.diligence(day)).sum()
    }

    /// When the employee works on a day.
    pub(super) fn at_work(&self, day: i64) -> TimeRange {
        let begins = day * DAY + 7 * HOUR + self.rhythm % (2 * HOUR);
        TimeRange { from: Timestamp(begins), to: Timestamp(begins + 8 * HOUR) }
    }

    /// So many of a hundred working minutes are spent at the device.
    fn diligence(&self, day: i64) -> i64 {
        self.chance(Chance::Interaction, day).between(40, 90).cast_signed()
    }

    /// The logins in a range: after each full boot and each fast startup.
    pub fn logins(&self, range: TimeRange, now: Timestamp) -> Vec<Login> {
        const LONGEST_AFTER_BOOT: i64 = 180 * SECOND;
        let boots = TimeRange { from: range.from.plus(-LONGEST_AFTER_BOOT), to: range.to };
        self.boots(boots, now)
            .into_iter()
            .filter(|boot| boot.kind != BootKind::HibernateResume)
            .map(|boot| Login { at: self.login_after(boot) })
            .filter(|login| range.contains(login.at) && self.reports_at(login.at))
            .collect()
    }

    fn login_after(&self, boot: Boot) -> Timestamp {
        let waits = self.chance(Chance::Login, boot.at.0).between(10, 100).cast_signed() * SECOND;
        boot.at.plus(self.boot_duration(boot) + waits)
    }

    /// The milliseconds from a login until the desktop is visible, and until it is ready: group policies delay the
    /// first, applications of the startup menu the second.
    pub fn desktop_delays(&self, login: Login) -> (i64, i64) {
        let mut chance = self.chance(Chance::Login, login.at.0);
        let facts = self.facts_at(login.at);
        let seconds = |read: fn(&Facts) -> Option<f64>| facts.and_then(read).unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, reason = "`as` saturates; minutes at most")]
        let policies = ((seconds(|facts| facts.gpo_applied) + seconds(|facts| facts.gpo_discovery)) * 1_000.0) as i64;
        let applications = facts.and_then(|facts| facts.high_impact_applications.as_ref()).map_or(0, Vec::len);
        let visible = chance.between(4_000, 9_000).cast_signed() + policies;
        let startup = 15 * SECOND * i64::try_from(applications).unwrap_or_default();
        (visible, visible + chance.between(3_000, 8_000).cast_signed() + startup)
    }
}

/// How much of one range lies in another, in milliseconds.
pub(super) fn share(one: &TimeRange, other: TimeRange) -> i64 {
    one.to.min(other.to).since(one.from.max(other.from)).max(0)
}
