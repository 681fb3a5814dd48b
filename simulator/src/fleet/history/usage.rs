//! What ran on a device: for each day and binary one row, cut to the range that is asked for, as sessions are.

use nexthink_chatbot::nql::{MINUTE, TimeRange};

use super::days::{by_day, is_working_day};
use crate::fleet::chance::Chance;
use crate::fleet::device::Device;
use crate::fleet::software::{self, Binary};

/// A binary's executions in a part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Usage {
    pub part: TimeRange,
    /// The binary, by its position in the catalogue.
    pub binary: usize,
}

impl Device {
    /// What ran in a range.
    pub fn usage(&self, range: TimeRange) -> impl Iterator<Item = Usage> + '_ {
        let parts = self.presence.online_within(self.known(range)).flat_map(by_day);
        parts.flat_map(move |(day, part)| {
            software::of(self.platform)
                .filter(move |(binary, _)| self.used_on(day, *binary) && self.runs(*binary, part.from))
                .map(move |(binary, _)| (binary, if self.is_always_on(binary) { part } else { self.cut(day, part) }))
                .filter(|(_, part)| part.from < part.to)
                .map(|(binary, part)| Usage { part, binary })
        })
    }

    fn is_always_on(&self, binary: usize) -> bool {
        Binary::at(binary).is_some_and(|binary| binary.always_on)
    }

    /// What is not always on runs in working hours, and not every day.
    fn used_on(&self, day: i64, binary: usize) -> bool {
        let wanted = || self.chance(Chance::Usage, day ^ ((binary as i64) << 32)).percent(80);
        self.is_always_on(binary) || (is_working_day(day) && wanted())
    }

    fn cut(&self, day: i64, part: TimeRange) -> TimeRange {
        let work = self.at_work(day);
        TimeRange { from: part.from.max(work.from), to: part.to.min(work.to) }
    }

    /// How long the binary had the processor, in milliseconds.
    pub fn processor_time(&self, usage: Usage) -> i64 {
        usage.part.to.since(usage.part.from) / 1_000 * self.weight(usage, 5, 60)
    }

    /// How much memory it took on the average, in bytes.
    pub fn memory_of(&self, usage: Usage) -> i64 {
        let typical = Binary::at(usage.binary).map_or(0, |binary| binary.memory);
        typical / 100 * self.weight(usage, 70, 140)
    }

    /// How often it froze: at most a few times, more where the system drive is nearly full, and Outlook where
    /// plugins crash it.
    pub fn freezes(&self, usage: Usage) -> i64 {
        let troubled = self.facts_at(usage.part.from).is_some_and(|facts| {
            let full = facts.free_space.is_some_and(|free| free < 5e9);
            let plugins = facts.crashed_plugins.as_ref().is_some_and(|plugins| !plugins.is_empty());
            full || (plugins && Binary::at(usage.binary).is_some_and(|binary| binary.name == "outlook.exe"))
        });
        let has_window = Binary::at(usage.binary).is_some_and(|binary| binary.has_user_interface);
        let minutes = usage.part.to.since(usage.part.from) / MINUTE;
        let per_day = if troubled { self.weight(usage, 1, 5) } else { i64::from(self.weight(usage, 0, 99) < 3) };
        if has_window { per_day * minutes.min(8 * 60) / (8 * 60) } else { 0 }
    }

    /// A number of this binary on this day, the same for every part of the day.
    fn weight(&self, usage: Usage, least: u64, most: u64) -> i64 {
        let day = by_day(usage.part).next().map_or(0, |(day, _)| day);
        let mut chance = self.chance(Chance::Usage, !day ^ ((usage.binary as i64) << 32));
        chance.between(least, most).cast_signed()
    }
}
