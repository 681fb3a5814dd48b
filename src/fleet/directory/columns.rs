//! The columns that a directory is made of, by the names that exports give them.

use crate::api::problem::NexthinkError;
use crate::nql::ends_with_name;

/// How many there are.
pub(super) const COLUMNS: usize = 11;

pub(super) const UID: usize = 0;
pub(super) const NAME: usize = 1;
/// The first of the four that describe a device.
pub(super) const DESCRIPTION: usize = 2;
pub(super) const LAST_SEEN: usize = 6;
/// The first of the four by which employees are known, in the order of their identifiers.
pub(super) const IDENTIFIERS: usize = 7;

/// Their full names, and the shortest that a file may give them. A name alone is a device's, as in a query of devices;
/// `uid` alone is nobody's: it could be the device's other ID, by which nothing can be triggered.
const NAMES: [(&str, &str); COLUMNS] = [
    ("device.collector.uid", "collector.uid"),
    ("device.name", "name"),
    ("device.operating_system.platform", "platform"),
    ("device.operating_system.name", "operating_system.name"),
    ("device.hardware.type", "type"),
    ("device.hardware.manufacturer", "manufacturer"),
    ("device.last_seen", "last_seen"),
    ("user.name", "user.name"),
    ("user.upn", "upn"),
    ("user.ad.email_address", "email_address"),
    ("user.sid", "sid"),
];

/// Which of them a file had, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Columns(pub u32);

impl Columns {
    /// Notes those that have a place.
    pub fn add(&mut self, places: &[Option<usize>]) {
        for (column, place) in places.iter().enumerate() {
            self.0 |= u32::from(place.is_some()) << column;
        }
    }

    pub const fn has(self, column: usize) -> bool {
        self.0 & (1 << column) != 0
    }

    /// The full names of the others.
    pub fn absent(self) -> Vec<String> {
        let absent = NAMES.iter().enumerate().filter(|(column, _)| !self.has(*column));
        absent.map(|(_, (name, _))| (*name).to_owned()).collect()
    }
}

/// Where each column is among these names: short or qualified, in any case.
///
/// # Errors
/// `invalid` where one is there twice.
pub(super) fn bind(names: &[&str]) -> Result<Vec<Option<usize>>, NexthinkError> {
    let mut places = vec![None; COLUMNS];
    for (position, name) in names.iter().enumerate() {
        let known = |(full, shortest): &(&str, &str)| {
            let is_short = ends_with_name(full, name) && ends_with_name(name, shortest);
            is_short || ends_with_name(name, full)
        };
        let Some(column) = NAMES.iter().position(known) else { continue };
        let Some(place) = places.get_mut(column) else { continue };
        if let Some(other) = place.replace(position) {
            let other = names.get(other).copied().unwrap_or_default();
            let mut message = String::new();
            for part in ["`", other, "` and `", name, "` are the same column"] {
                message.push_str(part);
            }
            return Err(NexthinkError::invalid(message).hint("leave one of them out of the export's query"));
        }
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_short_and_by_qualified_names_in_any_case() {
        for (name, column) in [
            ("device.collector.uid", Some(UID)),
            ("collector.uid", Some(UID)),
            ("Device.Collector.UID", Some(UID)),
            ("uid", None),
            ("device.uid", None),
            ("name", Some(NAME)),
            ("device.name", Some(NAME)),
            ("devices.device.name", Some(NAME)),
            ("user.name", Some(7)),
            ("operating_system.name", Some(3)),
            ("device.operating_system.name", Some(3)),
            ("platform", Some(2)),
            ("hardware.type", Some(4)),
            ("type", Some(4)),
            ("manufacturer", Some(5)),
            ("last_seen", Some(LAST_SEEN)),
            ("device.last_seen", Some(LAST_SEEN)),
            ("user.last_seen", None),
            ("upn", Some(8)),
            ("user.upn", Some(8)),
            ("ad.email_address", Some(9)),
            ("email_address", Some(9)),
            ("user.sid", Some(10)),
            ("sid", Some(10)),
            ("username", None),
            ("", None),
        ] {
            let places = bind(&["x", name]).unwrap();
            assert_eq!(places.iter().position(Option::is_some), column, "{name}");
        }
    }

    #[test]
    fn a_column_that_is_there_twice_is_refused() {
        let error = bind(&["name", "user.name", "device.name"]).unwrap_err();
        assert_eq!(&*error.message, "`name` and `device.name` are the same column");
    }
}
