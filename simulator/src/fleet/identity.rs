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

impl Fleet {
    /// The devices of these identities; else the position of the first identity that no device has.
    pub fn find_devices(&self, identities: &[Identity], now: Timestamp) -> Result<Vec<usize>, usize> {
        find(identities, self.devices.iter().map(of_device), |device| {
            self.devices.get(device).map(|device| device.last_seen(now))
        })
    }

    /// The employees of these identities; else the position of the first identity that no employee has.
    pub fn find_employees(&self, identities: &[Identity], now: Timestamp) -> Result<Vec<usize>, usize> {
        find(identities, self.employees.iter().map(of_employee), |employee| {
            let devices = self.employees.get(employee)?.device_positions.iter();
            devices.filter_map(|device| self.devices.get(*device)).map(|device| device.last_seen(now)).max()
        })
    }
}

fn find(
    identities: &[Identity],
    objects: impl Iterator<Item = Identifiers>,
    last_seen: impl Fn(usize) -> Option<Timestamp>,
) -> Result<Vec<usize>, usize> {
    if identities.is_empty() {
        return Ok(vec![]);
    }
    let objects: Vec<Identifiers> = objects.collect();
    let mut by_identifier: BTreeMap<&(&'static str, String), Vec<usize>> = BTreeMap::new();
    for (position, identifiers) in objects.iter().enumerate() {
        for identifier in identifiers {
            by_identifier.entry(identifier).or_default().push(position);
        }
    }
    let one = |identity: &Identity| {
        let candidates = by_identifier.get(identity.0.first()?)?.iter().copied();
        let fits = |position: &usize| {
            let known = objects.get(*position);
            known.is_some_and(|known| identity.0.iter().all(|identifier| known.contains(identifier)))
        };
        candidates.filter(fits).max_by_key(|position| last_seen(*position))
    };
    identities.iter().enumerate().map(|(position, identity)| one(identity).ok_or(position)).collect()
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
        assert_eq!(fleet.find_devices(std::slice::from_ref(&twin), NOW), Ok(vec![1]));
        let mut exactly = twin;
        exactly.add("collectorUid", &fleet.devices[2].collector_uid);
        assert_eq!(fleet.find_devices(&[exactly], NOW), Ok(vec![2]));
    }

    #[test]
    fn identifiers_that_contradict_each_other_name_nobody() {
        let fleet = Fleet::new(0, 1, NOW);
        let (first, second) = (&fleet.employees[0], &fleet.employees[1]);
        let mut mixed = Identity::of("upn", &first.upn);
        assert_eq!(fleet.find_employees(&[mixed.clone()], NOW), Ok(vec![0]));
        mixed.add("sid", &second.sid);
        assert_eq!(fleet.find_employees(&[Identity::of("uid", &first.uid), mixed], NOW), Err(1));
    }
}
