//! Fields: by which names each table knows them, and how they are read from the object that a row is or belongs to.
//! Each object's own file lists its fields.

use nexthink_chatbot::nql::{SECOND, TimeRange, Timestamp, Value};

use super::written::{Written, never_written, written_field};
use super::{Row, Table, View, boots, crashes, devices, executions, performance, responses, sessions, software, usage};
use super::{users, workflow_executions};
use crate::campaigns::CampaignRequest;
use crate::fleet::{Application, Binary, Boot, Crash, Device, Employee, Failure, Login, Package, Usage};
use crate::remote_actions::Catalogue;
use crate::workflows::WorkflowExecution;

/// Reads a field of an object.
pub(super) type Of<T> = fn(&T) -> Value;

/// Reads a field of an object at a time.
pub(super) type At<T> = fn(&T, Timestamp) -> Value;

/// Reads a field of what happened on a device.
pub(super) type On<T> = fn(&Device, T) -> Value;

/// An object's fields by their qualified names.
pub(super) type Fields<Read> = &'static [(&'static str, Read)];

/// A field of one table.
#[derive(Clone)]
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
    /// The output at this position of an execution of this action.
    Output {
        action: usize,
        position: usize,
    },
    /// What an action's latest execution on the device gave.
    Latest {
        action: usize,
        part: executions::LatestPart,
    },
    WorkflowExecution(Of<WorkflowExecution>),
    Response(Of<CampaignRequest>),
    /// The answer to the question of this ID.
    Answer(&'static str),
    /// The campaign's parameter of this name.
    Parameter(&'static str),
    /// What other systems write.
    Written(Written),
    /// What nothing writes: null.
    Nothing,
    /// Which object of a kind it is: its position, as text, which is what the language tells objects apart by.
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
    pub(super) fn field(self, actions: &Catalogue, name: &str) -> Option<Field> {
        let name = self.as_all_call_it(actions, name);
        self.known_field(actions, &name).or_else(|| {
            let rest = without_start(&name, self.row_name()).unwrap_or(&name);
            // `free_memory.avg` is a field too: of what one row has, its only value.
            if let Some((metric, "avg" | "sum" | "min" | "max")) = rest.rsplit_once('.') {
                return self.field(actions, &format!("{}.{metric}", self.row_name())).filter(Field::is_of_an_event);
            }
            let row = self.row_name().rsplit('.').next().unwrap_or_default();
            if let Some(own) = without_start(rest, row) {
                return self.known_field(actions, &format!("{}.{own}", self.row_name()));
            }
            let rest = without_start(rest, "context").unwrap_or(rest);
            // Only groups of fields: `name` alone could mean anything's name.
            let linked = |object: &str| self.known_field(actions, &format!("{object}.{rest}"));
            rest.contains('.').then(|| linked("device").or_else(|| linked("user")))?
        })
    }

    /// The name of a field without the one action, workflow or campaign that its table is of.
    fn as_all_call_it(self, actions: &Catalogue, name: &str) -> String {
        let rest = self.one_id(actions).and_then(|id| {
            let (namespace, row) = self.row_name().split_once('.')?;
            let rest = without_start(name, namespace)?;
            without_start(without_start(rest.strip_prefix('#').unwrap_or(rest), id)?, row)
        });
        rest.map_or_else(|| name.to_owned(), |rest| format!("{}.{rest}", self.row_name()))
    }

    fn known_field(self, actions: &Catalogue, name: &str) -> Option<Field> {
        let written = |object: Object, own: Option<Field>| written_field(object, name, own.as_ref()).or(own);
        let of_device =
            || written(Object::Device, devices::device_field(name)).or_else(|| executions::latest_field(actions, name));
        let of_user = || written(Object::User, users::user_field(name));
        let of_package = || software::package_field(name).or_else(|| never_written("package", name));
        let of_binary = || software::binary_field(name).or_else(|| never_written("binary", name));
        let of_software = || of_binary().or_else(|| software::application_field(name));
        match self {
            Self::Devices => of_device(),
            Self::Users => of_user(),
            Self::Packages => of_package(),
            Self::Applications => software::application_field(name),
            Self::Binaries => of_software(),
            Self::InstalledPackages => of_package().or_else(of_device),
            Self::Sessions => sessions::session_field(name).or_else(of_user).or_else(of_device),
            Self::Logins => sessions::login_field(name).or_else(of_user).or_else(of_device),
            Self::Performance => performance::performance_field(name).or_else(of_device),
            Self::Boots => boots::boot_field(name).or_else(of_device),
            Self::SystemCrashes => boots::system_crash_field(name).or_else(of_device),
            Self::HardResets => boots::hard_reset_field(name).or_else(of_device),
            Self::Crashes => crashes::crash_field(name).or_else(of_software).or_else(of_device).or_else(of_user),
            Self::Usage => usage::usage_field(name).or_else(of_software).or_else(of_device).or_else(of_user),
            Self::Executions => executions::execution_field(name).or_else(of_device),
            Self::ExecutionsOf(action) => executions::execution_field(name)
                .or_else(|| executions::output(actions, action, name))
                .or_else(of_device),
            Self::WorkflowExecutions | Self::WorkflowExecutionsOf(_) => {
                workflow_executions::workflow_field(name).or_else(of_device).or_else(of_user)
            }
            Self::Responses => responses::response_field(name).or_else(of_user),
            Self::ResponsesOf(campaign) => {
                let of_campaign = || responses::campaign_field(campaign, name);
                responses::response_field(name).or_else(of_campaign).or_else(of_user)
            }
        }
    }

    /// Whether its rows have fields of such an object.
    fn has(self, actions: &Catalogue, object: Object) -> bool {
        let name = match object {
            Object::Device => "device.name",
            Object::User => "user.name",
            Object::Application => "application.name",
            Object::Binary => "binary.name",
        };
        self.known_field(actions, name).is_some()
    }

    /// What tells one object from another among a table's rows.
    pub(super) fn identity(self, actions: &Catalogue, object: &str) -> Option<Field> {
        let number = |object| self.has(actions, object).then_some(Field::Number(object));
        match object.to_ascii_lowercase().as_str() {
            "device" => number(Object::Device),
            "user" => number(Object::User),
            "application" => number(Object::Application),
            "binary" => number(Object::Binary),
            "package" => self.known_field(actions, "package.uid"),
            "remote_action" => self.known_field(actions, "remote_action.nql_id"),
            "workflow" => self.known_field(actions, "workflow.nql_id"),
            "campaign" => self.known_field(actions, "campaign.nql_id"),
            _ => None,
        }
    }

    /// The field that says when a row happened; none of objects.
    pub(super) fn time(self, actions: &Catalogue) -> Option<Field> {
        let name = match self {
            Self::Sessions | Self::Performance | Self::Usage => "start_time",
            _ => "time",
        };
        self.kept_for()?;
        self.known_field(actions, &format!("{}.{name}", self.row_name()))
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
            (Field::Output { action, position }, _) => {
                self.execution(row)?.output(self.actions.at(*action)?, *position)?
            }
            (Field::Latest { action, part }, _) => self.latest(self.device_of(row)?, *action, *part)?,
            (Field::WorkflowExecution(read), Row::WorkflowExecution(position)) => {
                read(self.workflows.list().get(position)?)
            }
            (Field::Response(read), _) => read(self.response(row)?),
            (Field::Answer(question), _) => text(self.response(row)?.answers.get(*question)?),
            (Field::Parameter(name), _) => text(self.response(row)?.parameters.get(*name)?),
            (Field::Written(written), _) => self.written(row, written)?,
            (Field::Number(object), _) => text(&self.position(row, *object)?.to_string()),
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
    #[expect(clippy::cast_precision_loss, reason = "bytes and counts: far below 2^53")]
    Value::Number(number as f64)
}

pub(super) fn optional(value: Option<&String>) -> Value {
    value.map_or(Value::Null, |value| text(value))
}

/// A duration, which is in seconds in NQL and may have a fraction.
pub(super) fn seconds(milliseconds: i64) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    Value::Number(milliseconds as f64 / SECOND as f64)
}

/// How long a range is.
pub(super) fn length(range: TimeRange) -> Value {
    seconds(range.to.since(range.from))
}
