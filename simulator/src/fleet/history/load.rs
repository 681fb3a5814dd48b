//! How busy a device was: one measurement an hour of its processor, its memory and its system drive.

use nexthink_chatbot::nql::{DAY, HOUR, MINUTE, TimeRange, Timestamp};

use super::days::is_working_day;
use crate::fleet::chance::Chance;
use crate::fleet::device::Device;

/// What was measured. Ratios are in thousandths, because whole numbers are the same on every runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Load {
    /// Of all logical processors together.
    pub processor: i64,
    pub memory: i64,
    /// Milliseconds with a busy processor.
    pub busy_processor: i64,
    /// Milliseconds in which memory was short.
    pub short_memory: i64,
    /// Processes that waited for the processor.
    pub queue: i64,
}

impl Device {
    /// The times of the measurements in a range: one an hour while the device is connected.
    pub fn measurements(&self, range: TimeRange) -> impl Iterator<Item = Timestamp> + '_ {
        let range = self.known(range);
        let first = range.from.plus((self.rhythm - range.from.0).rem_euclid(HOUR));
        std::iter::successors(Some(first), |at| Some(at.plus(HOUR)))
            .take_while(move |at| *at < range.to)
            .filter(|at| self.presence.online_at(*at))
    }

    /// What the measurement of an hour found. A device whose start is slow has more to do all day.
    pub fn load(&self, at: Timestamp) -> Load {
        let mut chance = self.chance(Chance::Load, at.0);
        let day = at.0.div_euclid(DAY);
        let works = is_working_day(day) && self.at_work(day).contains(at);
        let applications = self
            .facts_at(at)
            .and_then(|facts| facts.high_impact_applications.as_ref())
            .map_or(0, |applications| i64::try_from(applications.len()).unwrap_or_default());
        let (least, most) = if works { (80, 350) } else { (10, 60) };
        let processor = chance.between(least, most).cast_signed() + (120 * applications).min(400);
        let memory = (if works { 450 } else { 300 }) + chance.below(200).cast_signed() + (60 * applications).min(240);
        Load {
            processor,
            memory,
            busy_processor: (processor - 300).max(0) * MINUTE / 25,
            short_memory: (memory - 800).max(0) * MINUTE / 10,
            queue: (processor - 200).max(0) / 100,
        }
    }
}
