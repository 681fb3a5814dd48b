//! What a remote action is: how it is configured, what its script takes and gives, and on what it runs.

use std::collections::BTreeMap;

use nexthink_chatbot::nql::{DAY, HOUR, Value};

use crate::fleet::{Device, Facts, Platform};

/// The values that a script gives, in the order of `RemoteAction::outputs`.
pub(crate) type Outputs = Vec<Value>;

/// What a script is given, by the names of its inputs.
pub(crate) type Inputs = BTreeMap<String, String>;

/// One remote action.
#[derive(Debug)]
pub(crate) struct RemoteAction {
    /// The NQL ID.
    pub id: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    /// The platforms that it has a script for.
    pub platforms: &'static [Platform],
    pub inputs: &'static [Input],
    /// The names of the script's outputs.
    pub outputs: &'static [&'static str],
    /// The types of the outputs, in the same order.
    pub output_types: &'static [OutputType],
    /// Who may start it.
    pub triggers: Triggers,
    /// How the API tells of it.
    pub origin: Origin,
    pub kind: Kind,
}

/// An input of a script.
#[derive(Debug)]
pub(crate) struct Input {
    /// The name; it is also the ID.
    pub id: &'static str,
    pub description: &'static str,
    /// The values that are offered.
    pub options: &'static [&'static str],
    /// Whether any other value is accepted.
    pub allow_custom_value: bool,
}

impl Input {
    /// Whether the value may be sent.
    pub fn accepts(&self, value: &str) -> bool {
        self.allow_custom_value || self.options.contains(&value)
    }
}

/// The types of outputs that the scripts of this tenant have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutputType {
    String,
    UInt32,
    Float,
    /// Bytes.
    Size,
    Ratio,
    /// Milliseconds.
    Duration,
    StringList,
}

impl OutputType {
    pub const fn name(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::UInt32 => "UInt32",
            Self::Float => "Float",
            Self::Size => "Size",
            Self::Ratio => "Ratio",
            Self::Duration => "Duration",
            Self::StringList => "StringList",
        }
    }
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
#[derive(Debug)]
pub(crate) enum Kind {
    /// Runs by itself on a schedule.
    DataCollection {
        schedule: Schedule,
        /// The types of devices on which there is something to read.
        hardware: &'static [&'static str],
        /// None where there is nothing to read.
        read: fn(&Facts) -> Option<Outputs>,
    },
    /// Runs when it is triggered. Gives outputs, or the error text with which the script ends.
    Remediation { seconds: i64, run: fn(&mut Facts, &Inputs) -> Result<Outputs, String> },
}

/// How often data is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Schedule {
    Hourly,
    Daily,
}

impl Schedule {
    pub const fn period(self) -> i64 {
        match self {
            Self::Hourly => HOUR,
            Self::Daily => DAY,
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

    /// What the script would report of a device on which these facts hold; none where there is nothing to read.
    pub fn read(&self, device: &Device, facts: &Facts) -> Option<Outputs> {
        match self.kind {
            Kind::DataCollection { hardware, read, .. } if hardware.contains(&device.hardware.kind) => read(facts),
            _ => None,
        }
    }

    /// The input of this name.
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.id == name)
    }

    /// What a script that fails leaves in every output.
    pub fn no_outputs(&self) -> Outputs {
        vec!["-".into(); self.outputs.len()]
    }
}
