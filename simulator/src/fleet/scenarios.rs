//! The first employees of every tenant: one or more for each rule of each playbook, and for each way in which data can
//! be missing or a remote action can end.

use nexthink_chatbot::nql::{DAY, HOUR};

use super::device::Platform;
use super::trouble::{ONEDRIVE_NO_FOLDER, ONEDRIVE_NO_VARIABLE, ONEDRIVE_NOT_INSTALLED, ONEDRIVE_NOT_RUNNING, Trouble};

/// An employee whose devices are made by hand.
pub(super) struct Scenario {
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub devices: &'static [Plan],
    /// What is wrong; where there is none, the troubles say it.
    pub words: Option<&'static str>,
    /// Rules that apply besides those of the troubles.
    pub further_rules: &'static [&'static str],
}

/// One device of a scenario; it is called after its employee.
pub(super) struct Plan {
    pub kind: Kind,
    pub troubles: &'static [Trouble],
    /// For how long it has been offline; none: it is online.
    pub away_for: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Laptop,
    Desktop,
    Mac,
}

impl Kind {
    /// The end of the device's name: `AMARTIN-LT`.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Laptop => "LT",
            Self::Desktop => "DT",
            Self::Mac => "MAC",
        }
    }

    pub const fn platform(self) -> Platform {
        match self {
            Self::Laptop | Self::Desktop => Platform::Windows,
            Self::Mac => Platform::MacOs,
        }
    }
}

const fn laptop(troubles: &'static [Trouble]) -> Plan {
    Plan { kind: Kind::Laptop, troubles, away_for: None }
}

/// An employee with one laptop, and what is wrong with it.
const fn one(first_name: &'static str, last_name: &'static str, devices: &'static [Plan]) -> Scenario {
    Scenario { first_name, last_name, devices, words: None, further_rules: &[] }
}

/// The same where the troubles do not tell the story.
const fn told(
    first_name: &'static str,
    last_name: &'static str,
    devices: &'static [Plan],
    words: &'static str,
) -> Scenario {
    Scenario { first_name, last_name, devices, words: Some(words), further_rules: &[] }
}

pub(super) const SCENARIOS: [Scenario; 24] = [
    one("Alice", "Martin", &[laptop(&[Trouble::OutlookOffline])]),
    one("Bruno", "Keller", &[laptop(&[Trouble::CrashedPlugins])]),
    one("Chloe", "Dubois", &[laptop(&[Trouble::LongUptime])]),
    one("David", "Novak", &[laptop(&[Trouble::OutdatedOffice])]),
    Scenario {
        further_rules: &["outlook/repair-data-file"],
        ..told("Elena", "Rossi", &[laptop(&[])], "Outlook misbehaves and leaves no trace in the data")
    },
    one("Frank", "Weber", &[laptop(&[Trouble::OneDrive(ONEDRIVE_NOT_RUNNING)])]),
    one("Grace", "Silva", &[laptop(&[Trouble::OneDrive(ONEDRIVE_NOT_INSTALLED)])]),
    one("Henrik", "Larsen", &[laptop(&[Trouble::OneDrive(ONEDRIVE_NO_VARIABLE)])]),
    one("Irina", "Popova", &[laptop(&[Trouble::OneDrive(ONEDRIVE_NO_FOLDER)])]),
    one("James", "Carter", &[laptop(&[Trouble::DiskFull])]),
    one("Katrin", "Huber", &[laptop(&[Trouble::StartupLoad])]),
    one("Liam", "Okafor", &[laptop(&[Trouble::SlowGroupPolicy])]),
    one("Maria", "Costa", &[laptop(&[Trouble::OutdatedOfficeProfessional])]),
    told("Nina", "Berg", &[laptop(&[])], "everything is healthy"),
    told(
        "Omar",
        "Haddad",
        &[laptop(&[Trouble::NeverCollected])],
        "the device is new: nothing was ever collected from it, so nothing is known",
    ),
    told(
        "Paula",
        "Jensen",
        &[laptop(&[Trouble::FreeSpaceNotMeasured])],
        "the PC is slow and its free space was never measured: not known, and no reason for a disk cleanup",
    ),
    told(
        "Quentin",
        "Roux",
        &[
            laptop(&[Trouble::DiskFull, Trouble::StartupLoad]),
            Plan { kind: Kind::Desktop, troubles: &[], away_for: Some(26 * HOUR) },
            Plan { kind: Kind::Mac, troubles: &[], away_for: Some(4 * DAY) },
        ],
        "three devices, of which only the laptop has a problem: its system drive is nearly full and it starts slowly",
    ),
    told(
        "Rosa",
        "Lindqvist",
        &[Plan { kind: Kind::Mac, troubles: &[], away_for: None }],
        "only a Mac, to which no playbook applies",
    ),
    told(
        "Samuel",
        "Tanaka",
        &[Plan { kind: Kind::Laptop, troubles: &[Trouble::DiskFull], away_for: Some(3 * HOUR) }],
        "the system drive is nearly full and the device is offline: a remote action waits",
    ),
    told(
        "Teresa",
        "Moreau",
        &[laptop(&[Trouble::DiskFull, Trouble::RemediationFails])],
        "the system drive is nearly full and every remediation script fails on this device",
    ),
    told(
        "Ulrich",
        "Vogel",
        &[laptop(&[Trouble::OutlookCollectionFails])],
        "Outlook is working offline, but the script that would report it fails: not known",
    ),
    told(
        "Vera",
        "Kowalska",
        &[laptop(&[
            Trouble::LongUptime,
            Trouble::DiskFull,
            Trouble::StartupLoad,
            Trouble::SlowGroupPolicy,
            Trouble::OutdatedOffice,
        ])],
        "everything that makes a PC slow at once",
    ),
    told(
        "Walter",
        "Ziegler",
        &[laptop(&[Trouble::OutlookOffline, Trouble::CrashedPlugins, Trouble::LongUptime, Trouble::OutdatedOffice])],
        "everything that can be wrong with Outlook at once",
    ),
    one("Xenia", "Petrova", &[laptop(&[Trouble::WornBattery])]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use nexthink_chatbot::playbook::BUILT_IN;
    use serde_json::Value;

    use super::*;

    #[test]
    fn every_rule_of_every_playbook_is_named_by_a_scenario_and_no_other() {
        let mut rules = BTreeSet::new();
        for built_in in &BUILT_IN {
            let playbook: Value = serde_json::from_str(built_in.json).unwrap();
            for rule in playbook["rules"].as_array().unwrap() {
                rules.insert(format!("{}/{}", playbook["id"].as_str().unwrap(), rule["id"].as_str().unwrap()));
            }
        }
        let mut named = BTreeSet::new();
        for scenario in SCENARIOS {
            let troubles = scenario.devices.iter().flat_map(|plan| plan.troubles);
            let all = troubles.flat_map(|trouble| trouble.rules()).chain(scenario.further_rules);
            named.extend(all.map(|rule| (*rule).to_owned()));
        }
        assert_eq!(named, rules);
    }

    #[test]
    fn no_two_scenarios_share_an_account() {
        let accounts: BTreeSet<_> = SCENARIOS.iter().map(|one| (one.first_name.as_bytes()[0], one.last_name)).collect();
        assert_eq!(accounts.len(), SCENARIOS.len());
    }
}
