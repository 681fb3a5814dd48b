//! The tenant's data as the tables that NQL queries: which tables there are, their rows, and their fields' values.
//! A file per object knows its fields. Events are computed when they are asked for, from what was true at their time.

mod devices;
mod events;
mod executions;
mod users;

use nexthink_chatbot::nql::{Tables, TimeRange, Timestamp, Value};

use crate::collection::{self, RETENTION};
use crate::fleet::{Device, Employee, Fleet, Package};
use crate::remote_actions::{Executions, RemoteAction};

/// The tenant's data at one time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub fleet: &'a Fleet,
    pub executions: &'a Executions,
    pub now: Timestamp,
}

/// A row of any table, by positions and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    Device(usize),
    User(usize),
    Session {
        device: usize,
        at: Timestamp,
    },
    Performance {
        device: usize,
        at: Timestamp,
    },
    Package {
        device: usize,
        position: usize,
    },
    /// An execution that the API triggered.
    Triggered(usize),
    /// A run of a scheduled data collection.
    Collected {
        device: usize,
        action: usize,
        at: Timestamp,
    },
}

/// Reads a field of an object.
type Of<T> = fn(&T) -> Value;

/// Reads a field of an object at a time.
type At<T> = fn(&T, Timestamp) -> Value;

/// An object's fields by their qualified names.
type Fields<Read> = &'static [(&'static str, Read)];

/// A field: how to read it from the object that a row is or belongs to.
#[derive(Clone, Copy)]
pub(crate) enum Field {
    Device(At<Device>),
    User(Of<Employee>),
    Package(Of<Package>),
    /// Of a session nothing but its time is known.
    Session(Of<Timestamp>),
    Performance(At<Device>),
    Execution(fn(&executions::ExecutionRow<'_>) -> Value),
    /// What an action's latest execution on the device gave.
    Latest {
        action: usize,
        part: executions::LatestPart,
    },
}

/// The tables that queries can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    Devices,
    Users,
    Sessions,
    Performance,
    Packages,
    Executions,
}

impl Table {
    fn of(name: &str) -> Option<Self> {
        let names = [
            ("devices", Self::Devices),
            ("device.devices", Self::Devices),
            ("users", Self::Users),
            ("user.users", Self::Users),
            ("session.events", Self::Sessions),
            ("device_performance.events", Self::Performance),
            ("package.installed_packages", Self::Packages),
            ("remote_action.executions", Self::Executions),
        ];
        names.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, table)| table)
    }
}

impl View<'_> {
    /// The rows that belong to one device.
    fn rows_of(&self, table: Table, position: usize, range: TimeRange, rows: &mut Vec<Row>) {
        let Some(device) = self.fleet.devices.get(position) else { return };
        match table {
            Table::Devices => rows.extend((device.last_seen(self.now) >= range.from).then_some(Row::Device(position))),
            Table::Users => {}
            Table::Sessions => {
                rows.extend(events::sessions(device, range, self.now).map(|at| Row::Session { device: position, at }));
            }
            Table::Performance => rows.extend(
                events::measurements(device, range, self.now).map(|at| Row::Performance { device: position, at }),
            ),
            Table::Packages => {
                let count = device.facts().map_or(0, |facts| facts.packages.len());
                rows.extend((0..count).map(|package| Row::Package { device: position, position: package }));
            }
            Table::Executions => {
                for (action, _) in RemoteAction::all() {
                    let runs = collection::runs(device, action, self.now).into_iter().filter(|at| range.contains(*at));
                    rows.extend(runs.map(|at| Row::Collected { device: position, action, at }));
                }
                let triggered = self.executions.of_device(position).iter().copied();
                rows.extend(triggered.map(Row::Triggered).filter(|row| self.changed_within(*row, range)));
            }
        }
    }

    fn changed_within(&self, row: Row, range: TimeRange) -> bool {
        match row {
            Row::Triggered(position) => {
                self.executions.list.get(position).is_some_and(|one| range.contains(one.changed_at))
            }
            _ => true,
        }
    }

    fn device_of(&self, row: Row) -> Option<usize> {
        match row {
            Row::Device(device)
            | Row::Session { device, .. }
            | Row::Performance { device, .. }
            | Row::Package { device, .. }
            | Row::Collected { device, .. } => Some(device),
            Row::Triggered(position) => self.executions.list.get(position).map(|one| one.device),
            Row::User(_) => None,
        }
    }

    fn read(&self, row: Row, field: &Field) -> Option<Value> {
        let device = || self.fleet.devices.get(self.device_of(row)?);
        Some(match (field, row) {
            (Field::Device(read), _) => read(device()?, self.now),
            (Field::User(read), Row::User(position)) => read(self.fleet.employees.get(position)?),
            (Field::User(read), _) => read(self.fleet.employees.get(device()?.owner)?),
            (Field::Package(read), Row::Package { position, .. }) => read(device()?.facts()?.packages.get(position)?),
            (Field::Session(read), Row::Session { at, .. }) => read(&at),
            (Field::Performance(read), Row::Performance { at, .. }) => read(device()?, at),
            (Field::Execution(read), _) => read(&self.execution(row)?),
            (Field::Latest { action, part }, _) => self.latest(self.device_of(row)?, *action, *part)?,
            _ => return None,
        })
    }
}

impl Tables for View<'_> {
    type Table = Table;
    type Row = Row;
    type Field = Field;

    fn table(&self, name: &str) -> Option<Table> {
        Table::of(name)
    }

    fn rows(&self, table: Table, range: Option<TimeRange>) -> Vec<Row> {
        let mut rows = Vec::new();
        match (table, range) {
            (Table::Users, None) => rows.extend((0..self.fleet.employees.len()).map(Row::User)),
            (Table::Users, Some(range)) => {
                let seen = |device: &usize| {
                    self.fleet.devices.get(*device).is_some_and(|one| one.last_seen(self.now) >= range.from)
                };
                let users = self.fleet.employees.iter().enumerate();
                let users = users.filter(|(_, employee)| employee.device_positions.iter().any(seen));
                rows.extend(users.map(|(position, _)| Row::User(position)));
            }
            _ => {
                let range = self.kept(table, range);
                for device in 0..self.fleet.devices.len() {
                    self.rows_of(table, device, range, &mut rows);
                }
            }
        }
        rows
    }

    fn events(&self, table: Table, object: Row, range: Option<TimeRange>, events: &mut Vec<Row>) {
        let range = self.kept(table, range);
        match object {
            Row::User(position) => {
                for device in
                    self.fleet.employees.get(position).map(|one| one.device_positions.as_slice()).unwrap_or_default()
                {
                    self.rows_of(table, *device, range, events);
                }
            }
            object => {
                if let Some(device) = self.device_of(object) {
                    self.rows_of(table, device, range, events);
                }
            }
        }
    }

    fn field(&self, table: Table, name: &str) -> Option<Field> {
        let of_device = || devices::device_field(name).or_else(|| executions::latest_field(name));
        match table {
            Table::Devices => of_device(),
            Table::Users => users::user_field(name),
            Table::Sessions => events::session_field(name).or_else(|| users::user_field(name)).or_else(of_device),
            Table::Performance => events::performance_field(name).or_else(of_device),
            Table::Packages => devices::package_field(name).or_else(of_device),
            Table::Executions => executions::execution_field(name).or_else(of_device),
        }
    }

    fn identity(&self, table: Table, object: &str) -> Option<Field> {
        let field = match object.to_ascii_lowercase().as_str() {
            "device" => "device.collector.uid",
            "user" => "user.uid",
            _ => return None,
        };
        self.field(table, field)
    }

    fn time(&self, table: Table) -> Option<Field> {
        match table {
            Table::Devices | Table::Users | Table::Packages => None,
            Table::Sessions => events::session_field("session.event.start_time"),
            Table::Performance => events::performance_field("device_performance.event.start_time"),
            Table::Executions => executions::execution_field("remote_action.execution.time"),
        }
    }

    fn is_shared(&self, _: Table, field: &Field) -> bool {
        matches!(field, Field::Device(_) | Field::User(_) | Field::Latest { .. })
    }

    fn default_columns(&self, table: Table) -> &'static [&'static str] {
        match table {
            Table::Devices => &["device.name", "device.operating_system.name", "device.last_seen"],
            Table::Users => &["user.name"],
            Table::Sessions => &["session.event.start_time", "device.name", "user.name"],
            Table::Performance => &["device_performance.event.start_time", "device.name"],
            Table::Packages => &["package.name", "package.version", "device.name"],
            Table::Executions => &["remote_action.execution.time", "remote_action.name", "device.name"],
        }
    }

    fn value(&self, row: Row, field: &Field) -> Value {
        self.read(row, field).unwrap_or_default()
    }
}

impl View<'_> {
    /// Without a time selection, objects are all there are and events all that are kept.
    fn kept(&self, table: Table, range: Option<TimeRange>) -> TimeRange {
        let first = match table {
            Table::Devices | Table::Users | Table::Packages => Timestamp(i64::MIN),
            Table::Sessions | Table::Performance | Table::Executions => self.now.plus(-RETENTION),
        };
        let all = TimeRange { from: first, to: self.now.plus(1) };
        range.map_or(all, |range| TimeRange { from: range.from.max(first), to: range.to })
    }
}

/// One of a table's fields by its qualified name; names ignore case.
fn named<Read: Copy>(fields: Fields<Read>, name: &str) -> Option<Read> {
    fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, field)| *field)
}

fn text(text: &str) -> Value {
    Value::from(text)
}
