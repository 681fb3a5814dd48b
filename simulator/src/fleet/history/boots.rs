//! Boots: the full ones lead back from the last, which is a fact; between them Windows starts fast on many mornings,
//! which leaves the last full boot where it was, and a device that comes back has resumed.

use nexthink_chatbot::nql::{DAY, HOUR, MINUTE, SECOND, TimeRange, Timestamp};

use super::days::days;
use crate::fleet::chance::Chance;
use crate::fleet::device::{Device, Platform};

/// One boot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Boot {
    pub at: Timestamp,
    pub kind: BootKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BootKind {
    Full,
    FastStartup,
    HibernateResume,
}

impl BootKind {
    /// The word of the enumeration in NQL.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Full => "full_boot",
            Self::FastStartup => "fast_startup",
            Self::HibernateResume => "hibernate_resume",
        }
    }
}

impl Device {
    /// The boots in a range; `now` says which facts hold.
    pub fn boots(&self, range: TimeRange, now: Timestamp) -> Vec<Boot> {
        let full = self.full_boots(range, now).map(|at| Boot { at, kind: BootKind::Full });
        let fast = self.fast_startups(range).map(|at| Boot { at, kind: BootKind::FastStartup });
        let returns = self.presence.returns().filter(|at| range.contains(*at) && self.reports_at(*at));
        let resumed = returns.map(|at| Boot { at, kind: BootKind::HibernateResume });
        let mut boots: Vec<Boot> = full.chain(fast).chain(resumed).collect();
        boots.sort_by_key(|boot| boot.at);
        boots
    }

    /// The full boots in a range, newest first. The newest of all is the fact, whatever else is true.
    pub(super) fn full_boots(&self, range: TimeRange, now: Timestamp) -> impl Iterator<Item = Timestamp> + '_ {
        let last = self.facts_at(now).and_then(|facts| facts.last_full_boot);
        let earlier = move |(number, at): &(i64, Timestamp)| {
            let gap = self.chance(Chance::Boot, *number).between(DAY.cast_unsigned(), 8 * DAY.cast_unsigned());
            Some((number + 1, whole_second(at.plus(-gap.cast_signed()))))
        };
        std::iter::successors(last.map(|at| (0, at)), earlier)
            .take_while(move |(_, at)| *at >= range.from)
            .filter(move |(number, at)| *at < range.to && (*number == 0 || self.reports_at(*at)))
            .map(|(_, at)| at)
    }

    fn fast_startups(&self, range: TimeRange) -> impl Iterator<Item = Timestamp> + '_ {
        let range = self.known(range);
        let range = match self.platform {
            Platform::Windows => range,
            Platform::MacOs => TimeRange { to: range.from, ..range },
        };
        days(range).filter_map(move |day| {
            let mut chance = self.chance(Chance::FastStartup, day);
            if !chance.percent(50) {
                return None;
            }
            let minutes = chance.below(3 * 60).cast_signed();
            let at = Timestamp(day * DAY + 6 * HOUR + minutes * MINUTE + chance.below(60).cast_signed() * SECOND);
            (range.contains(at) && self.reports_at(at)).then_some(at)
        })
    }

    /// How long a boot took, in milliseconds.
    pub fn boot_duration(&self, boot: Boot) -> i64 {
        let (shortest, longest) = match boot.kind {
            BootKind::Full => (28_000, 75_000),
            BootKind::FastStartup => (8_000, 20_000),
            BootKind::HibernateResume => (4_000, 10_000),
        };
        self.chance(Chance::BootDuration, boot.at.0).between(shortest, longest).cast_signed()
    }
}

/// Boots are told to the second.
fn whole_second(time: Timestamp) -> Timestamp {
    Timestamp(time.0.div_euclid(SECOND) * SECOND)
}
