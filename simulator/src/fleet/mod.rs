//! Employees and their devices. `generate` makes them, `scenarios` says what is wrong with the first of them,
//! `history` what happened on their devices, `facts_json` is how tests look at a device and change it, and `identity`
//! finds them by what names them.

mod chance;
mod device;
mod directory;
mod employee;
mod facts;
mod facts_json;
mod generate;
mod history;
mod identity;
mod names;
mod packages;
mod places;
mod presence;
mod scenarios;
mod software;
mod trouble;

use nexthink_chatbot::nql::Timestamp;

use crate::enrichment::EnrichedFields;

pub(crate) use chance::Chance;
pub(crate) use device::{Device, Platform};
use directory::Directory;
pub use employee::Employee;
pub(crate) use facts::{Facts, ONEDRIVE_WORKS};
pub(crate) use facts_json::Changes;
pub(crate) use history::{Boot, BootKind, Crash, Failure, FailureKind, Login, Usage};
pub(crate) use identity::{Finder, Identity};
pub(crate) use packages::{CURRENT_OFFICE_VERSION, Package};
pub(crate) use places::Place;
pub(crate) use software::{Application, Binary};

/// All employees and devices; who owns what is a position in the other list.
#[derive(Debug, Clone)]
pub(crate) struct Fleet {
    pub employees: Vec<Employee>,
    pub devices: Vec<Device>,
    /// What other systems have written on them.
    pub enriched: EnrichedFields,
    directory: Directory,
}

impl Fleet {
    /// So many devices, or as many as the scenarios need.
    pub fn new(devices: usize, seed: u64, now: Timestamp) -> Self {
        let (employees, devices) = generate::generate(devices, seed, now);
        let directory = Directory::new(&employees, &devices);
        Self { employees, devices, enriched: EnrichedFields::default(), directory }
    }

    /// The device with this Collector UID.
    pub fn by_collector_uid(&self, uid: &str) -> Option<usize> {
        self.directory.device_by_collector_uid(uid)
    }

    /// The device of this name; names ignore case.
    pub fn by_name(&self, name: &str) -> Option<usize> {
        self.directory.device_by_name(name)
    }

    /// An action is written anew, and reports these outputs; none: it collects no more.
    pub fn keep_outputs(&mut self, id: &str, outputs: Option<&[&str]>) {
        for device in &mut self.devices {
            device.keep_outputs(id, outputs);
        }
    }

    /// The employee of this username, UPN or e-mail address; all ignore case.
    pub fn employee(&self, name: &str) -> Option<&Employee> {
        self.employees.get(self.directory.employee(name)?)
    }
}
