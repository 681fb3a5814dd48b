//! Employees and their devices. `generate` makes them, `scenarios` says what is wrong with the first of them,
//! `facts_json` is how tests look at a device and change it, and `identity` finds them by what names them.

mod device;
mod employee;
mod facts;
mod facts_json;
mod generate;
mod identity;
mod names;
mod packages;
mod presence;
mod scenarios;
mod trouble;

use std::collections::BTreeMap;

use nexthink_chatbot::nql::Timestamp;

use crate::enrichment::EnrichedFields;

pub(crate) use device::{Device, Platform};
pub use employee::Employee;
pub(crate) use facts::{Facts, ONEDRIVE_WORKS};
pub(crate) use facts_json::Changes;
pub(crate) use identity::{Finder, Identity};
pub(crate) use packages::{CURRENT_OFFICE_VERSION, Package};

/// All employees and devices; who owns what is a position in the other list.
#[derive(Debug, Clone)]
pub(crate) struct Fleet {
    pub employees: Vec<Employee>,
    pub devices: Vec<Device>,
    /// What other systems have written on them.
    pub enriched: EnrichedFields,
    by_collector_uid: BTreeMap<String, usize>,
    by_name: BTreeMap<String, usize>,
}

impl Fleet {
    /// So many devices, or as many as the scenarios need.
    pub fn new(devices: usize, seed: u64, now: Timestamp) -> Self {
        let (employees, devices) = generate::generate(devices, seed, now);
        let mut by_collector_uid = BTreeMap::new();
        let mut by_name = BTreeMap::new();
        for (position, device) in devices.iter().enumerate() {
            by_collector_uid.insert(device.collector_uid.clone(), position);
            by_name.insert(device.name.to_lowercase(), position);
        }
        Self { employees, devices, enriched: EnrichedFields::default(), by_collector_uid, by_name }
    }

    /// The device with this Collector UID.
    pub fn by_collector_uid(&self, uid: &str) -> Option<usize> {
        self.by_collector_uid.get(uid).copied()
    }

    /// The device of this name; names ignore case.
    pub fn by_name(&self, name: &str) -> Option<usize> {
        self.by_name.get(&name.to_lowercase()).copied()
    }
}
