//! What can be wrong with a device: each trouble is one change to the facts of a healthy one.

use std::borrow::Cow;

use nexthink_chatbot::nql::{DAY, Timestamp};

use super::facts::Facts;
use super::packages::{OUTDATED_OFFICE, OUTDATED_OFFICE_PROFESSIONAL};

/// One thing that is wrong with a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    OutlookOffline,
    CrashedPlugins,
    LongUptime,
    OutdatedOffice,
    /// An Office that only the slow-PC query's wildcards find.
    OutdatedOfficeProfessional,
    /// What OneDrive's script reports.
    OneDrive(&'static str),
    DiskFull,
    StartupLoad,
    SlowGroupPolicy,
    /// Only of a device that has a battery.
    WornBattery,
    NeverCollected,
    FreeSpaceNotMeasured,
    OutlookCollectionFails,
    RemediationFails,
}

pub(super) const ONEDRIVE_NOT_RUNNING: &str = "OneDrive is installed but not running";
pub(super) const ONEDRIVE_NOT_INSTALLED: &str = "OneDrive is not installed";
pub(super) const ONEDRIVE_NO_VARIABLE: &str = "OneDrive environment variable does not exist";
pub(super) const ONEDRIVE_NO_FOLDER: &str = "OneDrive folder is not present";

impl Trouble {
    /// Does it to the device.
    pub fn befall(self, facts: &mut Facts, now: Timestamp) {
        match self {
            Self::OutlookOffline => facts.outlook_online = Some(false),
            Self::CrashedPlugins => {
                facts.crashed_plugins = Some(vec!["Zoom Outlook Plugin".into(), "Salesforce Inbox".into()]);
            }
            Self::LongUptime => facts.last_full_boot = Some(now.plus(-23 * DAY)),
            Self::OutdatedOffice => facts.packages.push(OUTDATED_OFFICE),
            Self::OutdatedOfficeProfessional => facts.packages.push(OUTDATED_OFFICE_PROFESSIONAL),
            Self::OneDrive(status) => facts.onedrive_status = Some(Cow::Borrowed(status)),
            Self::DiskFull => facts.free_space = Some(2_147_483_648.0),
            Self::StartupLoad => {
                let applications = ["Spotify", "Skype", "Adobe Creative Cloud"];
                facts.high_impact_applications = Some(applications.map(Cow::Borrowed).to_vec());
            }
            Self::SlowGroupPolicy => {
                facts.gpo_applied = Some(19.0);
                facts.gpo_discovery = Some(7.0);
            }
            Self::WornBattery => facts.battery_health = Some(0.31),
            Self::NeverCollected => {
                let packages = std::mem::take(&mut facts.packages);
                *facts = Facts { packages, ..Facts::unknown() };
            }
            Self::FreeSpaceNotMeasured => facts.free_space = None,
            Self::OutlookCollectionFails => {
                facts.outlook_online = Some(false);
                facts.failing_collections.insert("get_outlook_online_windows".into());
            }
            Self::RemediationFails => {
                facts.remediation_failure = Some(Cow::Borrowed(
                    "[Environment error] Access to the path is denied. Version: 5.1.0.0. Line 212: Remove-Item",
                ));
            }
        }
    }

    /// What is wrong, to be followed by "on" and the device.
    pub const fn words(self) -> &'static str {
        match self {
            Self::OutlookOffline => "Outlook is working offline",
            Self::CrashedPlugins => "two Outlook plugins keep crashing",
            Self::LongUptime => "the last restart was 23 days ago",
            Self::OutdatedOffice => "Microsoft Office 2013 is still installed",
            Self::OutdatedOfficeProfessional => "Microsoft Office Professional Plus 2013 is still installed",
            Self::OneDrive(status) => status,
            Self::DiskFull => "the system drive is nearly full",
            Self::StartupLoad => "three applications slow down the start",
            Self::SlowGroupPolicy => "group policies delay the sign-in",
            Self::WornBattery => "the battery holds a third of what it did when it was new",
            Self::NeverCollected => "no data has ever been collected",
            Self::FreeSpaceNotMeasured => "the free space was never measured",
            Self::OutlookCollectionFails => "the collection of Outlook's state fails",
            Self::RemediationFails => "every remediation script fails",
        }
    }

    /// The rules that find it.
    pub const fn rules(self) -> &'static [&'static str] {
        match self {
            Self::OutlookOffline => &["outlook/offline"],
            Self::CrashedPlugins => &["outlook/crashed-plugins"],
            Self::LongUptime => &["outlook/long-uptime", "slow-pc/long-uptime"],
            Self::OutdatedOffice => &["outlook/outdated-office", "slow-pc/outdated-office"],
            Self::OutdatedOfficeProfessional => &["slow-pc/outdated-office"],
            Self::OneDrive(_) => &["onedrive/broken-onedrive"],
            Self::DiskFull => &["slow-pc/disk-full", "disk/disk-full"],
            Self::StartupLoad => &["slow-pc/startup-load", "disk/startup-load"],
            Self::SlowGroupPolicy => &["slow-pc/slow-group-policy"],
            Self::WornBattery => &["disk/worn-battery"],
            Self::NeverCollected
            | Self::FreeSpaceNotMeasured
            | Self::OutlookCollectionFails
            | Self::RemediationFails => &[],
        }
    }
}
