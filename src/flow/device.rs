//! A device as the identification query describes it.

use super::employee::IdentifiedBy;
use crate::api::nql::table::Table;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::json::{Json, record, words};
use crate::nql::{Timestamp, same_column};

record! {
    lenient
    /// A device of an employee.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Device {
        /// The key by which remote actions are triggered: `device.collector.uid`.
        pub collector_uid: String,
        /// The device's name. Names repeat after re-imaging.
        pub name: String,
        /// `Windows`, `macOS`, …
        pub platform: Option<String>,
        /// The operating system's full name.
        pub operating_system: Option<String>,
        /// `laptop`, `desktop`, …
        pub r#type: Option<String>,
        /// Who made it.
        pub manufacturer: Option<String>,
        /// When it was last seen: ISO 8601 in UTC, or as the tenant wrote it where that has no zone.
        pub last_seen: Option<String>,
        /// How it was found.
        pub identified_by: Option<IdentifiedBy>,
        /// When it was found; where it comes from a directory, of when what that knows of it is.
        pub identified_at: Option<Timestamp>,
        /// Where it was found, if not by asking the tenant.
        pub source: Option<DeviceSource>,
        /// Proves that it was found so, and by what; absent where it was found by its name. `propose` wants it, and the
        /// rest of the device unchanged.
        pub proof: Option<String>,
    }
}

words! {
    /// Where a device is known from.
    pub enum DeviceSource {
        /// A directory that the client was given: what it says is as old as that.
        Directory = "directory",
    }
}

impl Device {
    /// # Errors
    /// `invalid` where the device cannot be told apart from others or acted upon.
    pub fn check(&self) -> Result<(), NexthinkError> {
        let missing = match (self.collector_uid.is_empty(), self.name.is_empty()) {
            (true, _) => "collectorUid",
            (_, true) => "name",
            _ => return Ok(()),
        };
        Err(NexthinkError::invalid(format!("`device` has no `{missing}`"))
            .hint("pass a device that `identify` returned; its Collector UID is not the `device.uid`"))
    }

    /// The devices of an answer, most recently seen first. A row without a Collector UID is left out: nothing can be
    /// asked about such a device and nothing be done with it.
    pub(super) fn read_all(table: &Table, identified_by: IdentifiedBy) -> Result<Vec<Self>, NexthinkError> {
        let column = |name: &str| table.position(|returned| same_column(name, returned));
        let collector_uid = column("device.collector.uid");
        if collector_uid.is_none() && !table.rows.is_empty() {
            let message = "the identification query does not return `device.collector.uid`";
            return Err(NexthinkError::new(ErrorKind::Malformed, message)
                .hint("add `collector.uid` to the `list` of the saved query"));
        }
        let [name, platform, operating_system, r#type, manufacturer, last_seen] = [
            column("device.name"),
            column("device.operating_system.platform"),
            column("device.operating_system.name"),
            column("device.hardware.type"),
            column("device.hardware.manufacturer"),
            column("device.last_seen"),
        ];
        let mut devices = Vec::new();
        for row in &table.rows {
            let text = |position: Option<usize>| row.get(position?).and_then(Json::as_text).map(str::to_owned);
            let Some(collector_uid) = text(collector_uid).filter(|uid| !uid.is_empty()) else { continue };
            let last_seen = text(last_seen);
            let device = Self {
                collector_uid,
                name: text(name).unwrap_or_default(),
                platform: text(platform),
                operating_system: text(operating_system),
                r#type: text(r#type),
                manufacturer: text(manufacturer),
                last_seen: last_seen.map(|seen| Timestamp::parse(&seen).map_or(seen, |time| time.to_string())),
                identified_by: Some(identified_by),
                identified_at: None,
                source: None,
                proof: None,
            };
            // Both shapes of time sort as text; devices without one come last.
            let position = devices.partition_point(|other: &Self| other.last_seen >= device.last_seen);
            devices.insert(position, device);
        }
        Ok(devices)
    }
}
