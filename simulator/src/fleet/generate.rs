//! A seed → employees and devices: first the scenarios, then as many others as there is room for.

use std::collections::BTreeMap;

use nexthink_chatbot::nql::{DAY, HOUR, Timestamp};

use super::chance::Chance;
use super::device::{Device, Hardware, Making, Platform};
use super::employee::Employee;
use super::facts::Facts;
use super::names::{DESKTOP, DOMAIN, ENTITIES, FIRST_NAMES, LAPTOPS, LAST_NAMES, MAC, MAC_SYSTEM, WINDOWS_SYSTEMS};
use super::presence::Presence;
use super::scenarios::{Kind, Plan, SCENARIOS, Scenario};
use super::trouble::{ONEDRIVE_NOT_RUNNING, Trouble};
use crate::random::Random;

/// What goes wrong on devices nobody made by hand, each on so many of a hundred.
const TROUBLES: [(Trouble, u64); 10] = [
    (Trouble::OutlookOffline, 3),
    (Trouble::CrashedPlugins, 4),
    (Trouble::LongUptime, 12),
    (Trouble::OutdatedOffice, 3),
    (Trouble::OutdatedOfficeProfessional, 3),
    (Trouble::OneDrive(ONEDRIVE_NOT_RUNNING), 4),
    (Trouble::DiskFull, 6),
    (Trouble::StartupLoad, 8),
    (Trouble::SlowGroupPolicy, 5),
    (Trouble::WornBattery, 4),
];

/// A device from which nothing was ever collected was installed an hour or two ago.
const AGE_OF_A_NEW_DEVICE: i64 = HOUR;

/// The employees and the devices; at least those of the scenarios.
pub(super) fn generate(devices: usize, seed: u64, now: Timestamp) -> (Vec<Employee>, Vec<Device>) {
    let mut company = Company {
        random: Random::new(seed, "fleet"),
        now,
        employees: Vec::new(),
        devices: Vec::with_capacity(devices),
        accounts: BTreeMap::new(),
        domain_sid: String::new(),
    };
    let mut part = || company.random.between(100_000_000, 4_294_967_295);
    company.domain_sid = format!("S-1-5-21-{}-{}-{}", part(), part(), part());
    for scenario in &SCENARIOS {
        company.hire_for(scenario);
    }
    while company.devices.len() < devices {
        let room = devices - company.devices.len();
        company.hire_anyone(room);
    }
    (company.employees, company.devices)
}

struct Company {
    random: Random,
    now: Timestamp,
    employees: Vec<Employee>,
    devices: Vec<Device>,
    /// How many have an account that begins with this name.
    accounts: BTreeMap<String, usize>,
    domain_sid: String,
}

impl Company {
    fn hire_for(&mut self, scenario: &Scenario) {
        let owner = self.hire(scenario.first_name, scenario.last_name);
        let username = self.employees.get(owner).map(|employee| employee.username.to_uppercase()).unwrap_or_default();
        let mut troubles = Vec::new();
        for plan in scenario.devices {
            let name = format!("{username}-{}", plan.kind.suffix());
            self.supply(owner, name.clone(), plan);
            troubles.extend(plan.troubles.iter().map(|trouble| (name.clone(), *trouble)));
        }
        self.describe(owner, &troubles, scenario.words, scenario.further_rules);
        if let Some(employee) = self.employees.get_mut(owner) {
            employee.is_scenario = true;
        }
    }

    fn hire_anyone(&mut self, room: usize) {
        let (first_name, last_name) = (self.random.pick(&FIRST_NAMES), self.random.pick(&LAST_NAMES));
        let owner = self.hire(first_name, last_name);
        let count = match self.random.below(100) {
            0..70 => 1,
            70..92 => 2,
            _ => 3,
        };
        let mut troubles = Vec::new();
        for position in 0..count.min(room) {
            let kind = match self.random.below(100) {
                0..70 => Kind::Laptop,
                70..88 => Kind::Desktop,
                _ => Kind::Mac,
            };
            // The first device is the one in use; the others were used some time ago.
            let away_for = (position > 0 || self.random.percent(10)).then(|| self.hours(1, 20 * 24));
            let found: Vec<Trouble> = match kind.platform() {
                Platform::Windows => {
                    let befalls = |(one, percent): &&(Trouble, u64)| {
                        self.random.percent(*percent) && (kind == Kind::Laptop || *one != Trouble::WornBattery)
                    };
                    TROUBLES.iter().filter(befalls).map(|(one, _)| *one).collect()
                }
                Platform::MacOs => Vec::new(),
            };
            let name = format!("{}-{:06}", kind.suffix(), self.devices.len() + 1);
            troubles.extend(found.iter().map(|trouble| (name.clone(), *trouble)));
            self.supply_with(owner, name, kind, away_for, &found);
        }
        self.describe(owner, &troubles, None, &[]);
    }

    /// A new employee; those of one name get a number.
    fn hire(&mut self, first_name: &str, last_name: &str) -> usize {
        let base: String = first_name.chars().take(1).chain(last_name.chars()).collect::<String>().to_lowercase();
        let count = self.accounts.entry(base.clone()).or_default();
        *count += 1;
        let number = if *count > 1 { count.to_string() } else { String::new() };
        let position = self.employees.len();
        self.employees.push(Employee {
            username: format!("{base}{number}"),
            upn: format!("{base}{number}@{DOMAIN}"),
            email: format!("{first_name}.{last_name}{number}@{DOMAIN}").to_lowercase(),
            sid: format!("{}-{}", self.domain_sid, 1_101 + position),
            name: format!("{first_name} {last_name}"),
            devices: Vec::new(),
            scenario: String::new(),
            rules: Vec::new(),
            is_scenario: false,
            uid: self.random.uuid(),
            device_positions: Vec::new(),
        });
        position
    }

    fn supply(&mut self, owner: usize, name: String, plan: &Plan) {
        self.supply_with(owner, name, plan.kind, plan.away_for, plan.troubles);
    }

    fn supply_with(&mut self, owner: usize, name: String, kind: Kind, away_for: Option<i64>, troubles: &[Trouble]) {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let free_space = (self.random.between(40, 300) * 1_073_741_824) as f64;
        let mut booted = self.now.plus(-self.hours(2, 6 * 24));
        let gone = away_for.map(|away| self.now.plus(-away));
        // What is switched off does not boot: it did so a few hours before.
        if let Some(gone) = gone.filter(|gone| *gone <= booted) {
            booted = gone.plus(-HOUR - booted.since(gone) % (20 * HOUR));
        }
        let mut facts = Facts::healthy(kind.platform(), free_space, booted);
        if kind == Kind::Desktop {
            facts.battery_health = None;
        }
        for trouble in troubles {
            trouble.befall(&mut facts, self.now);
        }
        let making = Making {
            name: name.clone(),
            platform: kind.platform(),
            operating_system: match kind {
                Kind::Mac => MAC_SYSTEM,
                Kind::Laptop | Kind::Desktop => self.random.pick(&WINDOWS_SYSTEMS),
            },
            hardware: self.hardware(kind),
            entity: self.random.pick(&ENTITIES),
            owner,
            presence: gone.map_or_else(Presence::default, Presence::gone_since),
            first_seen: self.now,
            facts,
        };
        let (collector_uid, uid) = (self.random.uuid(), self.random.uuid());
        // Less than a day and whole, so that every schedule can take its minute from it.
        let rhythm = self.random.below(DAY.unsigned_abs()).cast_signed();
        let position = self.devices.len();
        let mut device = Device::new(making, collector_uid, uid, rhythm);
        let age = if troubles.contains(&Trouble::NeverCollected) {
            AGE_OF_A_NEW_DEVICE
        } else {
            device.chance(Chance::Age, 0).between(45, 1_000).cast_signed() * DAY
        };
        device.first_seen = self.now.plus(-age - rhythm % HOUR);
        self.devices.push(device);
        if let Some(employee) = self.employees.get_mut(owner) {
            employee.devices.push(name);
            employee.device_positions.push(position);
        }
    }

    fn hardware(&mut self, kind: Kind) -> Hardware {
        match kind {
            Kind::Laptop => {
                let position = self.random.below(LAPTOPS.len() as u64);
                LAPTOPS.get(usize::try_from(position).unwrap_or_default()).copied().unwrap_or(DESKTOP)
            }
            Kind::Desktop => DESKTOP,
            Kind::Mac => MAC,
        }
    }

    fn hours(&mut self, first: u64, last: u64) -> i64 {
        self.random.between(first, last).cast_signed() * HOUR
    }

    fn describe(&mut self, owner: usize, troubles: &[(String, Trouble)], words: Option<&str>, further: &[&str]) {
        let Some(employee) = self.employees.get_mut(owner) else { return };
        for rule in troubles.iter().flat_map(|(_, trouble)| trouble.rules()).chain(further) {
            if !employee.rules.iter().any(|known| known == rule) {
                employee.rules.push((*rule).to_owned());
            }
        }
        let told = match words {
            Some(words) => words.to_owned(),
            None if troubles.is_empty() => "nothing is wrong".to_owned(),
            None => {
                let parts = troubles.iter().map(|(device, trouble)| format!("{} on {device}", trouble.words()));
                parts.collect::<Vec<_>>().join("; ")
            }
        };
        employee.scenario = match employee.rules.as_slice() {
            [] => told,
            rules => format!("{told} ({})", rules.join(", ")),
        };
    }
}
