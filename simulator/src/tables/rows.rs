//! The rows of each table: all of a fleet, those of one object, and those that happened just now.

use std::collections::BTreeSet;

use nexthink_chatbot::nql::{TimeRange, Timestamp};

use super::executions::has_ended;
use super::{Row, Table, View};
use crate::collection;
use crate::fleet::{Application, Binary, Failure, FailureKind, Package};
use crate::remote_actions::RemoteAction;

impl Table {
    /// Whether this is the table of such failures.
    fn tells(self, failure: Failure) -> bool {
        match failure.kind {
            FailureKind::SystemCrash => self == Self::SystemCrashes,
            FailureKind::HardReset => self == Self::HardResets,
        }
    }
}

impl Table {
    /// Whether this is a table of an action's executions.
    fn tells_of(self, action: usize) -> bool {
        self == Self::Executions || self == Self::ExecutionsOf(action)
    }
}

impl View<'_> {
    /// The part of a range that has happened and is kept. Without a range: all that is kept; of objects, all.
    pub(super) fn kept(&self, table: Table, range: Option<TimeRange>) -> TimeRange {
        let first = table.kept_for().map_or(Timestamp(i64::MIN), |kept| self.now.plus(-kept));
        let end = self.now.plus(1);
        range.map_or(TimeRange { from: first, to: end }, |range| TimeRange {
            from: range.from.max(first),
            to: range.to.min(end),
        })
    }

    /// The rows of a table, objects in the order of the fleet and events by their device.
    pub(super) fn all_rows(&self, table: Table, range: TimeRange) -> Vec<Row> {
        let mut rows = Vec::new();
        match table {
            Table::Users => {
                let was_active = |device: &usize| {
                    self.fleet.devices.get(*device).is_some_and(|device| device.was_active(range, self.now))
                };
                let users = self.fleet.employees.iter().enumerate();
                let users = users.filter(|(_, employee)| employee.device_positions.iter().any(was_active));
                rows.extend(users.map(|(position, _)| Row::User(position)));
            }
            Table::Packages => self.packages(range, &mut rows),
            // The catalogue is that of a fleet at work: used on every day.
            Table::Applications if range.from < range.to => {
                rows.extend((0..Application::count()).map(Row::Application));
            }
            Table::Binaries if range.from < range.to => rows.extend((0..Binary::count()).map(Row::Binary)),
            _ => {
                for device in 0..self.fleet.devices.len() {
                    self.rows_of(table, device, range, &mut rows);
                }
            }
        }
        rows
    }

    /// Each package once.
    fn packages(&self, range: TimeRange, rows: &mut Vec<Row>) {
        let mut known: BTreeSet<(&str, &str)> = BTreeSet::new();
        let devices = self.fleet.devices.iter().enumerate();
        for (device, one) in devices.filter(|(_, device)| device.was_active(range, self.now)) {
            let packages = one.facts_at(self.now).map(|facts| facts.packages.as_slice()).unwrap_or_default();
            for (position, package) in packages.iter().enumerate() {
                if known.insert((&package.name, &package.version)) {
                    rows.push(Row::Package { device, position });
                }
            }
        }
    }

    /// The rows of a table that belong to an object.
    pub(super) fn rows_with(&self, table: Table, object: Row, range: TimeRange, rows: &mut Vec<Row>) {
        match object {
            Row::User(position) => {
                let employee = self.fleet.employees.get(position);
                for device in employee.map(|one| one.device_positions.as_slice()).unwrap_or_default() {
                    self.rows_of(table, *device, range, rows);
                }
            }
            Row::Binary(binary) => self.rows_of_binaries(table, &|one| one == binary, range, rows),
            Row::Application(application) => {
                let belongs =
                    |binary: usize| Binary::at(binary).is_some_and(|binary| binary.application == application);
                self.rows_of_binaries(table, &belongs, range, rows);
            }
            Row::Package { .. } => {
                if let (Table::InstalledPackages, Some(package)) = (table, self.package(object)) {
                    let all = self.all_rows(table, range).into_iter();
                    rows.extend(all.filter(|row| self.package(*row).is_some_and(|one| one.is_same(package))));
                }
            }
            object => {
                if let Some(device) = self.device_of(object) {
                    self.rows_of(table, device, range, rows);
                }
            }
        }
    }

    /// Of binaries there are crashes and executions; of the devices they run on, nothing.
    fn rows_of_binaries(&self, table: Table, wanted: &dyn Fn(usize) -> bool, range: TimeRange, rows: &mut Vec<Row>) {
        for (device, one) in self.fleet.devices.iter().enumerate() {
            match table {
                Table::Crashes => {
                    let crashes = one.crashes(range).filter(|crash| wanted(crash.binary));
                    rows.extend(crashes.map(|crash| Row::Crash { device, crash }));
                }
                Table::Usage => {
                    let usage = one.usage(range).filter(|usage| wanted(usage.binary));
                    rows.extend(usage.map(|usage| Row::Usage { device, usage }));
                }
                _ => return,
            }
        }
    }

    /// The rows that belong to one device.
    fn rows_of(&self, table: Table, device: usize, range: TimeRange, rows: &mut Vec<Row>) {
        let Some(one) = self.fleet.devices.get(device) else { return };
        match table {
            Table::Devices => rows.extend(one.was_active(range, self.now).then_some(Row::Device(device))),
            Table::InstalledPackages if one.was_active(range, self.now) => {
                let count = one.facts_at(self.now).map_or(0, |facts| facts.packages.len());
                rows.extend((0..count).map(|position| Row::Installed { device, position }));
            }
            Table::Sessions => rows.extend(one.sessions(range).map(|part| Row::Session { device, part })),
            Table::Logins => {
                rows.extend(one.logins(range, self.now).into_iter().map(|login| Row::Login { device, login }));
            }
            Table::Performance => rows.extend(one.measurements(range).map(|at| Row::Performance { device, at })),
            Table::Boots => rows.extend(one.boots(range, self.now).into_iter().map(|boot| Row::Boot { device, boot })),
            Table::SystemCrashes | Table::HardResets => {
                let failures = one.failures(range, self.now).into_iter().filter(|failure| table.tells(*failure));
                rows.extend(failures.map(|failure| Row::Failure { device, failure }));
            }
            Table::Crashes => rows.extend(one.crashes(range).map(|crash| Row::Crash { device, crash })),
            Table::Usage => rows.extend(one.usage(range).map(|usage| Row::Usage { device, usage })),
            Table::Executions | Table::ExecutionsOf(_) => {
                for (action, _) in RemoteAction::all().filter(|(action, _)| table.tells_of(*action)) {
                    // The newest run comes first from there, and last here.
                    let runs = collection::runs(one, action, self.now).into_iter().rev();
                    let runs = runs.filter(|at| range.contains(*at));
                    rows.extend(runs.map(|at| Row::Collected { device, action, at }));
                }
                let triggered = self.executions.of_device(device).iter().copied().map(Row::Triggered);
                let triggered = triggered.filter(|row| self.time_of(*row).is_some_and(|time| range.contains(time)));
                rows.extend(triggered.filter(|row| self.action_of(*row).is_some_and(|one| table.tells_of(one))));
            }
            Table::InstalledPackages | Table::Users | Table::Packages | Table::Applications | Table::Binaries => {}
        }
    }

    /// The package that a row is or belongs to.
    pub(super) fn package(&self, row: Row) -> Option<&Package> {
        let (Row::Installed { device, position } | Row::Package { device, position }) = row else { return None };
        self.fleet.devices.get(device)?.facts_at(self.now)?.packages.get(position)
    }

    /// The events of a table that came to be known in a range, each of them once however time is cut into ranges:
    /// executions when they
    /// have ended, failures when the device is back, sessions when they begin.
    pub(crate) fn new_events(&self, table: Table, range: TimeRange) -> Vec<Row> {
        match table {
            Table::Executions => {
                let mut rows = Vec::new();
                for (device, one) in self.fleet.devices.iter().enumerate() {
                    for (action, _) in RemoteAction::all() {
                        let runs = collection::runs_within(one, action, range);
                        rows.extend(runs.map(|at| Row::Collected { device, action, at }));
                    }
                }
                let ended = self.executions.list.iter().enumerate().filter(|(_, one)| has_ended(one.status));
                let ended = ended.filter(|(_, one)| range.contains(one.changed_at));
                rows.extend(ended.map(|(position, _)| Row::Triggered(position)));
                rows
            }
            Table::SystemCrashes | Table::HardResets => {
                let mut rows = Vec::new();
                for (device, one) in self.fleet.devices.iter().enumerate() {
                    let failures = one.failures_known_in(range, self.now).filter(|failure| table.tells(*failure));
                    rows.extend(failures.map(|failure| Row::Failure { device, failure }));
                }
                rows
            }
            Table::Sessions => {
                let mut rows = self.all_rows(table, range);
                rows.retain(|row| match row {
                    Row::Session { part, .. } => self.device(*row).is_some_and(|device| device.session_begins(*part)),
                    _ => false,
                });
                rows
            }
            table => self.all_rows(table, range),
        }
    }
}

#[cfg(test)]
mod tests {
    use nexthink_chatbot::nql::{DAY, HOUR, MINUTE, Tables};

    use super::*;
    use crate::fleet::Fleet;
    use crate::remote_actions::Executions;

    const NOW: Timestamp = Timestamp(20_775 * DAY + 9 * HOUR);

    const EVENTS: [Table; 8] = [
        Table::Sessions,
        Table::Logins,
        Table::Performance,
        Table::Boots,
        Table::SystemCrashes,
        Table::HardResets,
        Table::Crashes,
        Table::Usage,
    ];

    fn with_view(check: impl Fn(&View<'_>)) {
        let fleet = Fleet::new(120, 3, NOW);
        check(&View { fleet: &fleet, executions: &Executions::default(), now: NOW });
    }

    fn range(from: i64, to: i64) -> Option<TimeRange> {
        Some(TimeRange { from: NOW.plus(from), to: NOW.plus(to) })
    }

    #[test]
    fn every_event_is_within_the_range_and_those_of_a_device_are_in_order() {
        with_view(|view| {
            for table in EVENTS.into_iter().chain([Table::Executions]) {
                for (from, to) in [(-9 * DAY, -5 * DAY), (-30 * HOUR, 1), (-HOUR, 1), (-15 * MINUTE, -5 * MINUTE)] {
                    let wanted = range(from, to);
                    let rows = view.rows(table, wanted);
                    let keys: Vec<_> =
                        rows.iter().map(|row| (view.device_of(*row).unwrap(), view.time_of(*row).unwrap())).collect();
                    assert!(keys.iter().all(|(_, at)| wanted.unwrap().contains(*at)), "{table:?} {from}");
                    // Of one hour many a binary is told, and of each action a few runs.
                    assert!(
                        table == Table::Usage || table == Table::Executions || keys.is_sorted(),
                        "{table:?} {from}"
                    );
                }
                assert_eq!(view.rows(table, range(DAY, 2 * DAY)), [], "{table:?} has not happened");
            }
        });
    }

    #[test]
    fn two_ranges_side_by_side_give_what_one_gives_that_spans_them() {
        with_view(|view| {
            let (from, middle, to) = (-6 * DAY, -3 * DAY - 7 * HOUR - 11, -5 * HOUR);
            for table in EVENTS {
                let whole = view.rows(table, range(from, to));
                let mut parts = view.rows(table, range(from, middle));
                parts.extend(view.rows(table, range(middle, to)));
                if matches!(table, Table::Sessions | Table::Usage) {
                    // What lasts is cut in two; its length is not changed by that.
                    let length = |rows: &[Row]| -> i64 { rows.iter().map(|row| lasted(*row)).sum() };
                    assert_eq!(length(&whole), length(&parts), "{table:?}");
                    assert!(parts.len() > whole.len());
                } else {
                    assert_eq!(whole.len(), parts.len(), "{table:?}");
                    assert!(whole.iter().all(|row| parts.contains(row)), "{table:?}");
                }
            }
        });
    }

    fn lasted(row: Row) -> i64 {
        match row {
            Row::Session { part, .. } => part.to.since(part.from),
            Row::Usage { usage, .. } => usage.part.to.since(usage.part.from),
            _ => 0,
        }
    }

    #[test]
    fn the_events_of_all_objects_are_the_events_of_the_table() {
        with_view(|view| {
            for table in EVENTS {
                let all = view.rows(table, range(-7 * DAY, 1)).len();
                let of = |objects: Table| {
                    let mut events = Vec::new();
                    for object in view.rows(objects, None) {
                        view.events(table, object, range(-7 * DAY, 1), &mut events);
                    }
                    events.len()
                };
                assert_eq!((of(Table::Devices), of(Table::Users)), (all, all), "{table:?}");
                if matches!(table, Table::Crashes | Table::Usage) {
                    assert_eq!((of(Table::Binaries), of(Table::Applications)), (all, all), "{table:?}");
                }
            }
        });
    }

    #[test]
    fn objects_are_those_that_were_seen_in_the_range() {
        with_view(|view| {
            let names = |table: Table, from: i64, to: i64| -> Vec<&str> {
                let rows = view.rows(table, range(from, to)).into_iter();
                rows.filter_map(|row| view.device(row)).map(|device| device.name.as_str()).collect()
            };
            let now = names(Table::Devices, -HOUR, 1);
            let week = names(Table::Devices, -7 * DAY, 1);
            assert!(now.len() < week.len() && week.len() < view.rows(Table::Devices, None).len());
            assert!(now.contains(&"QROUX-LT") && !now.contains(&"QROUX-DT") && week.contains(&"QROUX-DT"));
            // The Mac was there before it went away, and the new device was not.
            let before = names(Table::Devices, -6 * DAY, -5 * DAY);
            assert!(before.contains(&"QROUX-MAC") && !before.contains(&"OHADDAD-LT"));
            assert!(!names(Table::Devices, -2 * DAY, -DAY).contains(&"QROUX-MAC"));
            assert!(!names(Table::InstalledPackages, -2 * DAY, -DAY).contains(&"QROUX-MAC"));
            let users = |from, to| view.rows(Table::Users, range(from, to)).len();
            assert!(users(-HOUR, 1) < users(-7 * DAY, 1) && users(-7 * DAY, 1) <= users(-40 * DAY, 1));
            for table in [Table::Packages, Table::Binaries, Table::Applications] {
                assert!(!view.rows(table, range(-DAY, 1)).is_empty());
                assert_eq!(view.rows(table, range(DAY, 2 * DAY)), []);
            }
        });
    }
}
