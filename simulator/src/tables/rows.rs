//! The rows of each table: all of a fleet, and those of one object.

use std::collections::BTreeSet;

use nexthink_chatbot::nql::{TimeRange, Timestamp};

use super::{Row, Table, View};
use crate::collection;
use crate::fleet::{Application, Binary, Failure, FailureKind, Package};

impl Table {
    /// Whether this is the table of such failures.
    pub(super) fn tells(self, failure: Failure) -> bool {
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
            Table::WorkflowExecutions | Table::WorkflowExecutionsOf(_) => {
                self.triggered_workflows(table, 0..self.workflows.list().len(), range, &mut rows);
            }
            Table::Responses | Table::ResponsesOf(_) => {
                self.responses(table, 0..self.campaigns.list().len(), range, &mut rows);
            }
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
            // They know themselves for whom they are.
            Row::User(user) if matches!(table, Table::WorkflowExecutions | Table::WorkflowExecutionsOf(_)) => {
                self.triggered_workflows(table, self.workflows.of_user(user).iter().copied(), range, rows);
            }
            Row::User(user) if matches!(table, Table::Responses | Table::ResponsesOf(_)) => {
                self.responses(table, self.campaigns.of_user(user).iter().copied(), range, rows);
            }
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
                for (action, definition) in self.actions.all().filter(|(action, _)| table.tells_of(*action)) {
                    // The newest run comes first from there, and last here.
                    let runs = collection::runs(one, (action, definition), self.now).into_iter().rev();
                    let runs = runs.filter(|at| range.contains(*at));
                    rows.extend(runs.map(|at| Row::Collected { device, action, at }));
                }
                let triggered = self.executions.of_device(device).iter().copied().map(Row::Triggered);
                let triggered = triggered.filter(|row| self.time_of(*row).is_some_and(|time| range.contains(time)));
                rows.extend(triggered.filter(|row| self.action_of(*row).is_some_and(|one| table.tells_of(one))));
            }
            Table::WorkflowExecutions | Table::WorkflowExecutionsOf(_) => {
                self.triggered_workflows(table, self.workflows.of_device(device).iter().copied(), range, rows);
            }
            Table::InstalledPackages
            | Table::Users
            | Table::Packages
            | Table::Applications
            | Table::Binaries
            | Table::Responses
            | Table::ResponsesOf(_) => {}
        }
    }

    /// The package that a row is or belongs to.
    pub(super) fn package(&self, row: Row) -> Option<&Package> {
        let (Row::Installed { device, position } | Row::Package { device, position }) = row else { return None };
        self.fleet.devices.get(device)?.facts_at(self.now)?.packages.get(position)
    }
}

#[cfg(test)]
mod tests;
