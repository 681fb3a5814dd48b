//! What a remote action is: how it is configured, what its script takes and gives, and on what it runs.

use std::collections::BTreeMap;

use nexthink_chatbot::nql::{DAY, HOUR, Timestamp, Value};
use serde::{Deserialize, Serialize};

use super::declared::Declared;
use crate::fleet::{Facts, Platform};

/// The values that a script gives, in the order of `RemoteAction::outputs`.
pub(crate) type Outputs = Vec<Value>;

/// The names and the types of what a script of this tenant gives, in order.
pub(crate) type Gives = &'static [(&'static str, OutputType)];

/// What a script is given, by the names of its inputs.
pub(crate) type Inputs = BTreeMap<String, String>;

/// One remote action.
#[derive(Debug, Clone)]
pub(crate) struct RemoteAction {
    /// The NQL ID.
    pub id: String,
    pub name: String,
    pub description: String,
    /// The platforms that it has a script for.
    pub platforms: Vec<Platform>,
    pub inputs: Vec<Input>,
    pub outputs: Vec<Output>,
    /// Who may start it.
    pub triggers: Triggers,
    /// How the API tells of it.
    pub origin: Origin,
    pub kind: Kind,
}

/// An input of a script.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Input {
    /// The name; it is also the ID.
    pub id: String,
    #[serde(default)]
    pub description: String,
    /// The values that are offered.
    #[serde(default)]
    pub options: Vec<String>,
    /// Whether any other value is accepted.
    #[serde(default = "yes")]
    pub allow_custom_value: bool,
}

const fn yes() -> bool {
    true
}

impl Input {
    /// Whether the value may be sent.
    pub fn accepts(&self, value: &str) -> bool {
        self.allow_custom_value || self.options.iter().any(|option| option == value)
    }
}

/// An output of a script.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Output {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: OutputType,
}

/// The types of outputs that a script can have, by the words of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum OutputType {
    String,
    Bool,
    UInt32,
    Float,
    /// Bytes.
    Size,
    Ratio,
    BitRate,
    DateTime,
    Duration,
    StringList,
}

/// Who may start an action besides its schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Triggers {
    pub api: bool,
    pub manual: bool,
    pub workflow: bool,
}

/// Where an action comes from decides how much the API says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// From the Library, in this version: all that is documented is told.
    Library(&'static str),
    /// Written by an administrator who left out what may be left out. Real tenants then omit fields, or send `null`,
    /// although the document requires them.
    Custom,
}

/// What it is for.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// Reads something on a schedule.
    DataCollection {
        collection: Collection,
        /// What the script reads; where there is none, it reports what a test set and nothing else.
        read: Option<Read>,
    },
    /// Runs when it is triggered.
    Remediation { seconds: i64, script: Script },
}

/// When data is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Collection {
    /// None: the schedule is off, as if it had never been on.
    pub schedule: Option<Schedule>,
    /// When the schedule was switched off; what ran before stays.
    pub until: Option<Timestamp>,
}

/// The script of a data collection of this tenant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Read {
    pub outputs: Gives,
    /// None where there is nothing to read.
    pub read: fn(&Facts) -> Option<Outputs>,
}

/// What a remediation does.
#[derive(Debug, Clone)]
pub(crate) enum Script {
    /// One of this tenant: gives these outputs, or the error text with which the script ends.
    BuiltIn { outputs: Gives, run: fn(&mut Facts, &Inputs) -> Result<Outputs, String> },
    /// What its definition says.
    Declared(Declared),
}

/// How often data is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Schedule {
    Hourly,
    Daily,
    Weekly,
}

impl Schedule {
    pub const fn period(self) -> i64 {
        match self {
            Self::Hourly => HOUR,
            Self::Daily => DAY,
            Self::Weekly => 7 * DAY,
        }
    }
}

impl RemoteAction {
    /// Whether the API may trigger it.
    pub const fn has_api_trigger(&self) -> bool {
        self.triggers.api
    }

    /// `data_collection` or `remediation`, as NQL calls it.
    pub const fn purpose(&self) -> &'static str {
        match self.kind {
            Kind::DataCollection { .. } => "data_collection",
            Kind::Remediation { .. } => "remediation",
        }
    }

    /// Whether there is a script for the platform.
    pub fn has_script_for(&self, platform: Platform) -> bool {
        self.platforms.contains(&platform)
    }

    /// When it collects; none where it repairs.
    pub const fn collection(&self) -> Option<Collection> {
        match self.kind {
            Kind::DataCollection { collection, .. } => Some(collection),
            Kind::Remediation { .. } => None,
        }
    }

    /// What the script would report where these facts hold; none where there is nothing to read. What a test set
    /// counts more than what the script reads.
    pub fn read(&self, facts: &Facts) -> Option<Outputs> {
        let Kind::DataCollection { read, .. } = &self.kind else { return None };
        match (facts.outputs.get(&self.id), read) {
            (Some(told), _) => {
                let told = told.as_ref()?;
                Some(self.named(|name| told.get(name).cloned()))
            }
            (None, Some(Read { outputs, read })) => Some(self.ordered(outputs, &read(facts)?)),
            (None, None) => None,
        }
    }

    /// What a script gave, in the order of this action's outputs; null for those that it does not give.
    pub fn ordered(&self, gives: Gives, given: &[Value]) -> Outputs {
        self.named(|name| given.get(gives.iter().position(|(known, _)| *known == name)?).cloned())
    }

    /// A value for each output by its name; null where there is none.
    pub fn named(&self, value: impl Fn(&str) -> Option<Value>) -> Outputs {
        self.outputs.iter().map(|output| value(&output.name).unwrap_or_default()).collect()
    }

    /// The input of this name.
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.id == name)
    }

    /// The position of the output of this name; names ignore case.
    pub fn output(&self, name: &str) -> Option<usize> {
        self.outputs.iter().position(|output| output.name.eq_ignore_ascii_case(name))
    }

    /// What a script that fails leaves in every output.
    pub fn no_outputs(&self) -> Outputs {
        vec!["-".into(); self.outputs.len()]
    }
}
