//! What a workflow is: what it is for, how it may be started, and what it does.

use std::collections::BTreeMap;

use crate::fleet::Facts;
use crate::random::Random;

/// The values that a workflow or an event is given, by name.
pub(crate) type Parameters = BTreeMap<String, String>;

/// One workflow.
#[derive(Debug)]
pub(crate) struct Workflow {
    /// The NQL ID, without `#`.
    pub id: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    pub active: bool,
    pub dependency: Dependency,
    pub triggers: Triggers,
    pub parameters: &'static [Parameter],
    /// When it was last changed.
    pub last_update_time: &'static str,
    /// How long it works before it waits, or before it ends where it waits for nothing.
    pub seconds: i64,
    /// The event outside for which it waits.
    pub waits: Option<Wait>,
    pub acts: Acts,
}

/// What a workflow is executed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dependency {
    User,
    Device,
    UserAndDevice,
    None,
}

impl Dependency {
    /// The words of the API.
    pub const ALL: [(&'static str, Self); 4] = [
        ("USER", Self::User),
        ("DEVICE", Self::Device),
        ("USER_AND_DEVICE", Self::UserAndDevice),
        ("NONE", Self::None),
    ];

    pub const fn has_device(self) -> bool {
        matches!(self, Self::Device | Self::UserAndDevice)
    }

    pub const fn has_user(self) -> bool {
        matches!(self, Self::User | Self::UserAndDevice)
    }
}

/// How a workflow may be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Triggers {
    pub api: bool,
    pub manual: bool,
    /// By hand for several objects at once.
    pub manual_multiple: bool,
    pub scheduler: bool,
}

/// A parameter of a workflow.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub id: &'static str,
    /// The values that are offered.
    pub options: &'static [&'static str],
    /// Whether any other value is accepted.
    pub allow_custom_value: bool,
}

impl Parameter {
    /// Whether the value may be sent.
    pub fn accepts(&self, value: &str) -> bool {
        self.allow_custom_value || self.options.contains(&value)
    }
}

/// An event outside for which a workflow waits.
#[derive(Debug)]
pub(crate) struct Wait {
    /// What the event must say.
    pub parameters: &'static [&'static str],
    /// How long it waits before it is given up.
    pub minutes: i64,
}

/// What a workflow does when nothing keeps it waiting.
#[derive(Debug)]
pub(crate) enum Acts {
    /// Something outside the devices.
    Elsewhere(fn(&Parameters) -> Outcome),
    /// Something on the device. Gives the outcome, or the error with which a script ends.
    OnDevice(fn(&mut Facts, &Parameters) -> Result<Outcome, String>),
}

/// What a workflow that succeeded has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// One word.
    pub word: &'static str,
    pub details: String,
}

impl Workflow {
    /// The UUID: from the ID alone, so that it is the same in every tenant.
    pub fn uuid(&self) -> String {
        Random::new(0, self.id).uuid()
    }

    /// The parameter of this name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.id == name)
    }
}
