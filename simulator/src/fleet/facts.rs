//! The state of a device at one time: what is true on it, whether or not anything has collected it yet.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use nexthink_chatbot::nql::{DAY, Timestamp};

use super::device::Platform;
use super::packages::{self, Package};
use crate::remote_actions::NamedValues;

/// Text that is the program's own in nearly all devices.
pub(crate) type Text = Cow<'static, str>;

/// What is true on a device. Where a fact is `None`, the tenant never learns it: never collected, never measured.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Facts {
    /// Bytes free on the system drive.
    pub free_space: Option<f64>,
    pub last_full_boot: Option<Timestamp>,
    pub outlook_online: Option<bool>,
    pub crashed_plugins: Option<Vec<Text>>,
    pub onedrive_status: Option<Text>,
    /// The applications that slow down the start, by name.
    pub high_impact_applications: Option<Vec<Text>>,
    /// Seconds that group policies take to apply.
    pub gpo_applied: Option<f64>,
    /// Seconds to find the domain controller.
    pub gpo_discovery: Option<f64>,
    /// What is left of the battery's capacity, from 0 to 1.
    pub battery_health: Option<f64>,
    pub packages: Vec<Package>,
    /// What data collections report because a test or a remediation says so, whatever their scripts would read, by
    /// NQL ID. `None`: nothing was ever collected.
    pub outputs: BTreeMap<String, Option<NamedValues>>,
    /// The data-collection actions that fail on this device, by NQL ID.
    pub failing_collections: BTreeSet<Text>,
    /// The data-collection actions that never ran on this device, by NQL ID.
    pub missing_collections: BTreeSet<Text>,
    /// The error with which every remediation script ends on this device.
    pub remediation_failure: Option<Text>,
}

/// What OneDrive's script says of one that works.
pub(crate) const ONEDRIVE_WORKS: &str = "OneDrive is installed and running";

impl Facts {
    /// A device with which nothing is wrong.
    pub fn healthy(platform: Platform, free_space: f64, last_full_boot: Timestamp) -> Self {
        let windows = platform == Platform::Windows;
        Self {
            free_space: Some(free_space),
            last_full_boot: Some(last_full_boot),
            // The data-collection scripts are for Windows: from a Mac these facts never come.
            outlook_online: windows.then_some(true),
            crashed_plugins: windows.then(Vec::new),
            onedrive_status: windows.then_some(Cow::Borrowed(ONEDRIVE_WORKS)),
            high_impact_applications: windows.then(Vec::new),
            gpo_applied: windows.then_some(2.0),
            gpo_discovery: windows.then_some(1.0),
            battery_health: windows.then_some(0.94),
            packages: packages::standard(platform),
            outputs: BTreeMap::new(),
            failing_collections: BTreeSet::new(),
            missing_collections: BTreeSet::new(),
            remediation_failure: None,
        }
    }
    /// A device of which nothing has ever been measured.
    pub fn unknown() -> Self {
        Self {
            free_space: None,
            last_full_boot: None,
            outlook_online: None,
            crashed_plugins: None,
            onedrive_status: None,
            high_impact_applications: None,
            gpo_applied: None,
            gpo_discovery: None,
            battery_health: None,
            packages: Vec::new(),
            outputs: BTreeMap::new(),
            failing_collections: BTreeSet::new(),
            missing_collections: BTreeSet::new(),
            remediation_failure: None,
        }
    }

    /// Keeps of what an action reports only these outputs; nothing at all where the action collects no more.
    pub fn keep_outputs(&mut self, id: &str, outputs: Option<&[&str]>) {
        match outputs {
            Some(outputs) => {
                if let Some(Some(told)) = self.outputs.get_mut(id) {
                    told.retain(|name, _| outputs.contains(&name.as_str()));
                }
            }
            None => {
                self.outputs.remove(id);
                self.failing_collections.remove(id);
                self.missing_collections.remove(id);
            }
        }
    }

    /// Whole days, as NQL counts them.
    pub fn days_since_last_full_boot(&self, now: Timestamp) -> Option<i64> {
        self.last_full_boot.map(|booted| now.since(booted).max(0) / DAY)
    }
}
