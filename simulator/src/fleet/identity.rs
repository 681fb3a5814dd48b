//! Finds devices and employees by whatever names them. Names need not be unique: of several, the one seen last counts.

use std::collections::BTreeMap;

use nexthink_chatbot::nql::Timestamp;

use super::{Device, Employee, Fleet};

/// What is known of an object: identifiers by their names (`collectorUid`, `uid`, `name`, `sid`, `upn`). All must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Identity(Vec<(&'static str, String)>);

impl Identity {
    pub fn of(key: &'static str, value: &str) -> Self {
        let mut identity = Self::default();
        identity.add(key, value);
        identity
    }

    /// One identifier more; all ignore case.
    pub fn add(&mut self, key: &'static str, value: &str) {
        self.0.push((key, value.to_lowercase()));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The identifiers of an object, lower case.
type Identifiers = [(&'static str, String); 3];

fn of_device(device: &Device) -> Identifiers {
    [("collectorUid", &device.collector_uid), ("uid", &device.uid), ("name", &device.name)]
        .map(|(key, value)| (key, value.to_lowercase()))
}

fn of_employee(employee: &Employee) -> Identifiers {
    [("sid", &employee.sid), ("uid", &employee.uid), ("upn", &employee.upn)]
        .map(|(key, value)| (key, value.to_lowercase()))
}

/// The identifiers of all devices or of all employees at one time, to find many of them at once.
pub(crate) struct Finder {
    objects: Vec<Identifiers>,
    last_seen: Vec<Option<Timestamp>>,
    by_identifier: BTreeMap<(&'static str, String), Vec<usize>>,
}

impl Finder {
    pub fn of_devices(fleet: &Fleet, now: Timestamp) -> Self {
        let last_seen = fleet.devices.iter().map(|device| Some(device.last_seen(now)));
        Self::new(fleet.devices.iter().map(of_device).collect(), last_seen.collect())
    }

    pub fn of_employees(fleet: &Fleet, now: Timestamp) -> Self {
        let last_seen = fleet.employees.iter().map(|employee| {
            let devices = employee.device_positions.iter().filter_map(|device| fleet.devices.get(*device));
            devices.map(|device| device.last_seen(now)).max()
        });
        Self::new(fleet.employees.iter().map(of_employee).collect(), last_seen.collect())
    }

    fn new(objects: Vec<Identifiers>, last_seen: Vec<Option<Timestamp>>) -> Self {
        let mut by_identifier: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (position, identifiers) in objects.iter().enumerate() {
            for identifier in identifiers {
                by_identifier.entry(identifier.clone()).or_default().push(position);
            }
        }
        Self { objects, last_seen, by_identifier }
    }

    /// The position of the object in the fleet.
    pub fn find(&self, identity: &Identity) -> Option<usize> {
        let candidates = self.by_identifier.get(identity.0.first()?)?.iter().copied();
        let fits = |position: &usize| {
            let known = self.objects.get(*position);
            known.is_some_and(|known| identity.0.iter().all(|identifier| known.contains(identifier)))
        };
        candidates.filter(fits).max_by_key(|position| self.last_seen.get(*position).copied().flatten())
    }

    /// The positions of the objects; else the position in the list of the first identity that none has.
    pub fn find_all(&self, identities: &[Identity]) -> Result<Vec<usize>, usize> {
        identities.iter().enumerate().map(|(position, identity)| self.find(identity).ok_or(position)).collect()
    }
}

#[cfg(test)]
mod tests {
    use nexthink_chatbot::nql::{DAY, HOUR};

    use super::*;

    const NOW: Timestamp = Timestamp(20_000 * DAY);

    #[test]
    fn of_several_devices_of_one_name_the_one_seen_last_is_found() {
        let mut fleet = Fleet::new(0, 1, NOW);
        for device in 0..3 {
            fleet.devices[device].name = "TWIN".into();
            fleet.devices[device].presence.change(NOW.plus(-10 * HOUR), false);
        }
        fleet.devices[1].presence.change(NOW.plus(-HOUR), true);
        let twin = Identity::of("name", "twin");
        let finder = Finder::of_devices(&fleet, NOW);
        assert_eq!(finder.find(&twin), Some(1));
        let mut exactly = twin;
        exactly.add("collectorUid", &fleet.devices[2].collector_uid);
        assert_eq!(finder.find(&exactly), Some(2));
    }

    #[test]
    fn identifiers_that_contradict_each_other_name_nobody() {
        let fleet = Fleet::new(0, 1, NOW);
        let (first, second) = (&fleet.employees[0], &fleet.employees[1]);
        let mut mixed = Identity::of("upn", &first.upn);
        let finder = Finder::of_employees(&fleet, NOW);
        assert_eq!(finder.find(&mixed), Some(0));
        mixed.add("sid", &second.sid);
        assert_eq!(finder.find_all(&[Identity::of("uid", &first.uid), mixed]), Err(1));
    }
}
