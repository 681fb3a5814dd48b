//! Fields: by which names each table knows them, and how they are read from the object that a row is or belongs to.
//! Each object's own file lists its fields.

use nexthink_chatbot::nql::{TimeRange, Timestamp, Value};

use super::{Row, Table, View, boots, crashes, devices, executions, performance, sessions, software, usage, users};
use crate::fleet::{Application, Binary, Boot, Crash, Device, Employee, Failure, Login, Package, Usage};

/// Reads a field of an object.
pub(super) type Of<T> = fn(&T) -> Value;

/// Reads a field of an object at a time.
pub(super) type At<T> = fn(&T, Timestamp) -> Value;

/// Reads a field of what happened on a device.
pub(super) type On<T> = fn(&Device, T) -> Value;

/// An object's fields by their qualified names.
pub(super) type Fields<Read> = &'static [(&'static str, Read)];

/// A field of one table.
#[derive(Clone, Copy)]
pub(crate) enum Field {
    Device(At<Device>),
    User(fn(&View<'_>, &Employee) -> Value),
    Package(Of<Package>),
    Application(Of<Application>),
    Binary(Of<Binary>),
    Session(On<TimeRange>),
    Login(On<Login>),
    Performance(At<Device>),
    Boot(On<Boot>),
    Failure(On<Failure>),
    Crash(On<Crash>),
    Usage(On<Usage>),
    Execution(fn(&executions::ExecutionRow<'_>) -> Value),
    /// The output at this position of an execution.
    Output(usize),
    /// What an action's latest execution on the device gave.
    Latest {
        action: usize,
        part: executions::LatestPart,
    },
    /// Which object of a kind it is: its position, which takes no allocation to compare.
    Number(Object),
}

/// The objects that are told apart by their position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Object {
    Device,
    User,
    Application,
    Binary,
}

impl Field {
    /// Whether rows of a table of events have it as their own.
    const fn is_of_an_event(&self) -> bool {
        matches!(
            self,
            Self::Session(_)
                | Self::Login(_)
                | Self::Performance(_)
                | Self::Boot(_)
                | Self::Failure(_)
                | Self::Crash(_)
                | Self::Usage(_)
        )
    }
}

impl Table {
    /// A field by its qualified name. Published queries also write `hardware.type` for a device's field where the
    /// table is one of events, `event.duration` for a field of its own, and `context.location` for the place.
    pub(super) fn field(self, name: &str) -> Option<Field> {
        self.known_field(name).or_else(|| {
            let name = self.as_all_call_it(name);
            let rest = without_start(&name, self.row_name()).unwrap_or(&name);
            // `free_memory.avg` is a field too: of what one row has, its only value.
            if let Some((metric, "avg" | "sum" | "min" | "max")) = rest.rsplit_once('.') {
                return self.field(&format!("{}.{metric}", self.row_name())).filter(Field::is_of_an_event);
            }
            let row = self.row_name().rsplit('.').next().unwrap_or_default();
            if let Some(own) = without_start(rest, row) {
                return self.known_field(&format!("{}.{own}", self.row_name()));
            }
            let rest = without_start(rest, "context").unwrap_or(rest);
            // Only groups of fields: `name` alone could mean anything's name.
            let linked = |object: &str| self.known_field(&format!("{object}.{rest}"));
            rest.contains('.').then(|| linked("device").or_else(|| linked("user")))?
        })
    }

    /// The name of an execution's field without the one action that its table is of.
    fn as_all_call_it(self, name: &str) -> String {
        let Self::ExecutionsOf(action) = self else { return name.to_owned() };
        let rest = executions::without_action(action, name).map(|rest| format!("{}.{rest}", self.row_name()));
        rest.unwrap_or_else(|| name.to_owned())
    }

    fn known_field(self, name: &str) -> Option<Field> {
        let of_device = || devices::device_field(name).or_else(|| executions::latest_field(name));
        let of_user = || users::user_field(name);
        let of_software = || software::binary_field(name).or_else(|| software::application_field(name));
        match self {
            Self::Devices => of_device(),
            Self::Users => of_user(),
            Self::Packages => software::package_field(name),
            Self::Applications => software::application_field(name),
            Self::Binaries => of_software(),
            Self::InstalledPackages => software::package_field(name).or_else(of_device),
            Self::Sessions => sessions::session_field(name).or_else(of_user).or_else(of_device),
            Self::Logins => sessions::login_field(name).or_else(of_user).or_else(of_device),
            Self::Performance => performance::performance_field(name).or_else(of_device),
            Self::Boots => boots::boot_field(name).or_else(of_device),
            Self::SystemCrashes => boots::system_crash_field(name).or_else(of_device),
            Self::HardResets => boots::hard_reset_field(name).or_else(of_device),
            Self::Crashes => crashes::crash_field(name).or_else(of_software).or_else(of_device).or_else(of_user),
            Self::Usage => usage::usage_field(name).or_else(of_software).or_else(of_device).or_else(of_user),
            Self::Executions => executions::execution_field(name).or_else(of_device),
            Self::ExecutionsOf(action) => executions::field_of(action, name).or_else(of_device),
        }
    }

    /// Whether its rows have fields of such an object.
    fn has(self, object: Object) -> bool {
        self.known_field(match object {
            Object::Device => "device.name",
            Object::User => "user.name",
            Object::Application => "application.name",
            Object::Binary => "binary.name",
        })
        .is_some()
    }

    /// What tells one object from another among a table's rows.
    pub(super) fn identity(self, object: &str) -> Option<Field> {
        let number = |object| self.has(object).then_some(Field::Number(object));
        match object.to_ascii_lowercase().as_str() {
            "device" => number(Object::Device),
            "user" => number(Object::User),
            "application" => number(Object::Application),
            "binary" => number(Object::Binary),
            "package" => self.known_field("package.uid"),
            "remote_action" => self.known_field("remote_action.nql_id"),
            _ => None,
        }
    }

    /// The field that says when a row happened; none of objects.
    pub(super) fn time(self) -> Option<Field> {
        let name = match self {
            Self::Sessions | Self::Performance | Self::Usage => "start_time",
            _ => "time",
        };
        self.kept_for()?;
        self.known_field(&format!("{}.{name}", self.row_name()))
    }
}

impl View<'_> {
    pub(super) fn read(&self, row: Row, field: &Field) -> Option<Value> {
        let device = || self.device(row);
        Some(match (field, row) {
            (Field::Device(read), _) => read(device()?, self.now),
            (Field::User(read), _) => read(self, self.fleet.employees.get(self.user_of(row)?)?),
            (Field::Package(read), _) => read(self.package(row)?),
            (Field::Application(read), Row::Application(position)) => read(Application::at(position)?),
            (Field::Application(read), _) => read(Application::at(Binary::at(row.binary()?)?.application)?),
            (Field::Binary(read), _) => read(Binary::at(row.binary()?)?),
            (Field::Session(read), Row::Session { part, .. }) => read(device()?, part),
            (Field::Login(read), Row::Login { login, .. }) => read(device()?, login),
            (Field::Performance(read), Row::Performance { at, .. }) => read(device()?, at),
            (Field::Boot(read), Row::Boot { boot, .. }) => read(device()?, boot),
            (Field::Failure(read), Row::Failure { failure, .. }) => read(device()?, failure),
            (Field::Crash(read), Row::Crash { crash, .. }) => read(device()?, crash),
            (Field::Usage(read), Row::Usage { usage, .. }) => read(device()?, usage),
            (Field::Execution(read), _) => read(&self.execution(row)?),
            (Field::Output(position), _) => self.execution(row)?.output(*position)?,
            (Field::Latest { action, part }, _) => self.latest(self.device_of(row)?, *action, *part)?,
            (Field::Number(object), _) => position(self.position(row, *object)?),
            _ => return None,
        })
    }

    fn position(&self, row: Row, object: Object) -> Option<usize> {
        match (object, row) {
            (Object::Device, _) => self.device_of(row),
            (Object::User, _) => self.user_of(row),
            (Object::Application, Row::Application(position)) => Some(position),
            (Object::Application, _) => Some(Binary::at(row.binary()?)?.application),
            (Object::Binary, _) => row.binary(),
        }
    }
}

/// One of a table's fields by its qualified name; names ignore case.
pub(super) fn named<Read: Copy>(fields: Fields<Read>, name: &str) -> Option<Read> {
    fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, field)| *field)
}

/// What follows a name and a dot.
fn without_start<'a>(name: &'a str, start: &str) -> Option<&'a str> {
    let (head, rest) = name.split_at_checked(start.len())?;
    if head.eq_ignore_ascii_case(start) { rest.strip_prefix('.') } else { None }
}

pub(super) fn text(text: &str) -> Value {
    Value::from(text)
}

pub(super) fn number(number: i64) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "bytes, milliseconds and counts: far below 2^53")]
    Value::Number(number as f64)
}

/// How long a range is, in milliseconds.
pub(super) fn length(range: TimeRange) -> Value {
    number(range.to.since(range.from))
}

fn position(position: usize) -> Value {
    i64::try_from(position).map_or(Value::Null, number)
}
