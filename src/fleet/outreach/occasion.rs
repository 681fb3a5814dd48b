//! When and under which limits it is planned, and what time it is for whom.

use super::limits::{Limits, OutreachLimits, refused};
use super::zone::{GivenZone, Zone};
use crate::api::problem::NexthinkError;
use crate::json::record;
use crate::nql::Timestamp;

record! {
    strict
    /// When and how it is planned.
    pub struct OutreachSettings {
        /// The time.
        pub now: Timestamp,
        /// The limits.
        pub limits: Option<OutreachLimits>,
        /// All zones that are named.
        pub zones: Vec<GivenZone>,
        /// For each of the employees that `employees` gives the position of their zone; none where the default counts.
        pub zone_of: Vec<Option<u32>>,
        /// Whether the host knows no zones by name.
        pub lacks_names: bool,
        /// Whether zones come for single employees, so that there need be no default.
        pub has_zones_of: bool,
    }
}

impl OutreachSettings {
    /// # Errors
    /// `invalid`, naming the limit that is none.
    pub(super) fn check(self) -> Result<Occasion, NexthinkError> {
        let limits = Limits::of(self.limits.unwrap_or_default())?;
        let zones: Vec<Option<Zone>> = self.zones.iter().map(Zone::of).collect();
        if self.lacks_names && zones.iter().any(Option::is_none) {
            return Err(NexthinkError::invalid(
                "this JavaScript runtime has no `Intl`, which knows time zones by their names",
            )
            .hint("give offsets from UTC, such as `+09:00`"));
        }
        let default = limits.time_zone.as_ref().and_then(|name| self.zones.iter().position(|zone| zone.name == *name));
        let default_zone = default.and_then(|place| zones.get(place).cloned().flatten());
        if limits.time_zone.is_some() && default_zone.is_none() {
            return Err(refused("timeZone", "is no time zone that this JavaScript runtime knows")
                .hint("give an IANA name, such as `Europe/Zurich`, or an offset, such as `+09:00`"));
        }
        if limits.quiet.is_never() {
            let (zone_of, default_zone) = (Vec::new(), Some(Zone::utc()));
            return Ok(Occasion { now: self.now, limits, zones, zone_of, default_zone });
        }
        if default_zone.is_none() && !self.has_zones_of {
            return Err(refused("timeZone", "is missing: quiet hours and days go by the employee's clock")
                .hint("give an IANA name such as `Europe/Zurich`, or `quietHours: false` and `quietDays: []`"));
        }
        Ok(Occasion { now: self.now, limits, zones, zone_of: self.zone_of, default_zone })
    }
}

/// What decides about all.
pub(super) struct Occasion {
    pub now: Timestamp,
    pub limits: Limits,
    zones: Vec<Option<Zone>>,
    /// The position of each employee's zone; without one the default counts.
    zone_of: Vec<Option<u32>>,
    default_zone: Option<Zone>,
}

impl Occasion {
    /// What goes for an employee; none where it is not known.
    pub fn zone(&self, person: u32) -> Option<&Zone> {
        match self.zone_of.get(person as usize).copied().flatten() {
            Some(zone) => self.zones.get(zone as usize)?.as_ref(),
            None => self.default_zone.as_ref(),
        }
    }
}
