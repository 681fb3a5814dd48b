//! Crashes of applications: now and then of any that is installed, and every day of Outlook where plugins crash it.

use nexthink_chatbot::nql::{DAY, HOUR, SECOND, TimeRange, Timestamp};

use super::days::days;
use crate::fleet::chance::Chance;
use crate::fleet::device::Device;
use crate::fleet::software::{self, Binary};
use crate::random::Random;

/// One crash, or a few of the same binary within a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Crash {
    pub at: Timestamp,
    /// The binary, by its position in the catalogue.
    pub binary: usize,
    pub count: u8,
    /// Whether the binary had only just been launched: what a plugin that cannot be loaded does.
    pub on_start: bool,
}

impl Device {
    /// The crashes in a range.
    pub fn crashes(&self, range: TimeRange) -> impl Iterator<Item = Crash> + '_ {
        let range = self.known(range);
        days(range).flat_map(move |day| self.crashes_of(day).filter(move |crash| range.contains(crash.at)))
    }

    fn crashes_of(&self, day: i64) -> impl Iterator<Item = Crash> + '_ {
        let mut chance = self.chance(Chance::Crash, day);
        // Allocates only where something crashes, which is on few days of few devices.
        let mut crashes = Vec::new();
        if chance.percent(2) {
            crashes.extend(self.any_crash(day, &mut chance));
        }
        if self.had_crashed_plugins(day) {
            let outlook = software::find(self.platform, "outlook.exe");
            let times = 2 + chance.below(3);
            crashes.extend(outlook.into_iter().flat_map(|binary| (0..times).map(move |_| binary)).map(|binary| {
                Crash {
                    at: within_the_day(day, &mut chance),
                    binary,
                    count: if chance.percent(20) { 2 } else { 1 },
                    on_start: true,
                }
            }));
        }
        crashes.sort_by_key(|crash| crash.at);
        crashes.into_iter().filter(|crash| {
            self.reports_at(crash.at)
                && self.runs(crash.binary, crash.at)
                && (!crash.on_start || self.has_crashed_plugins(crash.at))
        })
    }

    fn any_crash(&self, day: i64, chance: &mut Random) -> Option<Crash> {
        let binaries = software::of(self.platform);
        let number = chance.below(binaries.clone().count() as u64);
        let (binary, _) = binaries.clone().nth(usize::try_from(number).ok()?)?;
        Some(Crash { at: within_the_day(day, chance), binary, count: 1, on_start: false })
    }

    fn has_crashed_plugins(&self, time: Timestamp) -> bool {
        let plugins = self.facts_at(time).and_then(|facts| facts.crashed_plugins.as_ref());
        plugins.is_some_and(|plugins| !plugins.is_empty())
    }

    /// Whether it had some at either end of the day: between the two a repair may have been.
    fn had_crashed_plugins(&self, day: i64) -> bool {
        self.has_crashed_plugins(Timestamp(day * DAY)) || self.has_crashed_plugins(Timestamp((day + 1) * DAY))
    }

    /// Whether a binary is on the device and works there.
    pub(super) fn runs(&self, binary: usize, time: Timestamp) -> bool {
        Binary::at(binary)
            .filter(|binary| binary.platform == self.platform)
            .zip(self.facts_at(time))
            .is_some_and(|(binary, facts)| binary.runs_with(facts))
    }
}

fn within_the_day(day: i64, chance: &mut Random) -> Timestamp {
    let second = chance.below(10 * 3_600).cast_signed();
    Timestamp(day * DAY + 7 * HOUR + second * SECOND)
}
