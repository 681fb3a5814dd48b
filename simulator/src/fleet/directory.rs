//! Who and what is found by which name, without looking at everyone: names ignore case.

use std::collections::BTreeMap;

use super::device::Device;
use super::employee::Employee;

/// Positions in the fleet by names in lower case.
#[derive(Debug, Clone, Default)]
pub(super) struct Directory {
    by_collector_uid: Names,
    by_device_name: Names,
    by_username: Names,
    by_upn: Names,
    by_email: Names,
}

type Names = BTreeMap<Box<str>, u32>;

impl Directory {
    pub fn new(employees: &[Employee], devices: &[Device]) -> Self {
        Self {
            by_collector_uid: names(devices.iter().map(|device| device.collector_uid.as_str())),
            by_device_name: names(devices.iter().map(|device| device.name.as_str())),
            by_username: names(employees.iter().map(|employee| employee.username.as_str())),
            by_upn: names(employees.iter().map(|employee| employee.upn.as_str())),
            by_email: names(employees.iter().map(|employee| employee.email.as_str())),
        }
    }

    /// IDs are not names: their case counts.
    pub fn device_by_collector_uid(&self, uid: &str) -> Option<usize> {
        position(&self.by_collector_uid, uid)
    }

    pub fn device_by_name(&self, name: &str) -> Option<usize> {
        found(&self.by_device_name, name)
    }

    /// By username, UPN or e-mail address.
    pub fn employee(&self, name: &str) -> Option<usize> {
        [&self.by_username, &self.by_upn, &self.by_email].into_iter().find_map(|names| found(names, name))
    }
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> Names {
    (0..).zip(names).map(|(position, name)| (name.to_lowercase().into(), position)).collect()
}

fn found(names: &Names, name: &str) -> Option<usize> {
    position(names, &name.to_lowercase())
}

fn position(names: &Names, name: &str) -> Option<usize> {
    names.get(name).and_then(|position| usize::try_from(*position).ok())
}
