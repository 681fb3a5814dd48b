//! A remote action as tests write and read it: JSON → definition, checked, and back.

use std::collections::{BTreeMap, BTreeSet};

use nexthink_chatbot::nql::Timestamp;
use serde::{Deserialize, Serialize};

use super::built_in;
use super::catalogue::Catalogue;
use super::declared::{Declared, NamedJson, NamedValues, values_of};
use super::definition::{Collection, Input, Kind, Origin, Output, RemoteAction, Schedule, Script, Triggers};
use crate::fleet::Platform;
use crate::json::{TimeStyle, cell};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct DefinitionJson {
    id: String,
    name: String,
    #[serde(default)]
    description: String,
    platforms: Vec<Platform>,
    #[serde(default)]
    inputs: Vec<Input>,
    #[serde(default)]
    outputs: Vec<Output>,
    api_trigger: bool,
    manual_trigger: Option<bool>,
    workflow_trigger: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collects: Option<CollectsJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repairs: Option<RepairsJson>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CollectsJson {
    schedule: Option<Schedule>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RepairsJson {
    seconds: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sets: Option<BTreeMap<String, NamedJson>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outputs: Option<NamedJson>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fails: Option<String>,
}

impl RepairsJson {
    /// Whether it says what the action does, and not only how long it takes.
    const fn declares(&self) -> bool {
        self.sets.is_some() || self.outputs.is_some() || self.fails.is_some()
    }
}

impl DefinitionJson {
    /// The action, in a tenant that has these already. A built-in ID keeps its script where nothing else is declared.
    ///
    /// # Errors
    /// Says what a tenant could not have.
    pub fn read(self, actions: &Catalogue) -> Result<RemoteAction, String> {
        let id = self.id.strip_prefix('#').unwrap_or(&self.id);
        let built_in = built_in::all().into_iter().find(|one| one.id.eq_ignore_ascii_case(id));
        let collects = self.collects.is_some();
        let mut action = RemoteAction {
            // IDs ignore case: one that is there is written as it was.
            id: actions.get(id).map_or_else(|| id.to_owned(), |known| known.id.clone()),
            name: self.name,
            description: self.description,
            platforms: self.platforms,
            inputs: self.inputs,
            outputs: self.outputs,
            triggers: Triggers {
                api: self.api_trigger,
                manual: self.manual_trigger.unwrap_or(!collects),
                workflow: self.workflow_trigger.unwrap_or(true),
            },
            origin: built_in.as_ref().map_or(Origin::Custom, |known| known.origin),
            kind: Kind::Remediation { seconds: 0, script: Script::Declared(Declared::default()) },
        };
        check(&action)?;
        action.kind = match (self.collects, self.repairs) {
            (Some(collects), None) => collects.kind(built_in)?,
            (None, Some(repairs)) => repairs.kind(&action, built_in, actions)?,
            _ => return Err("a remote action has either `collects` or `repairs`".to_owned()),
        };
        Ok(action)
    }

    /// The action as JSON has it.
    pub fn of(action: &RemoteAction) -> Self {
        let (collects, repairs) = match &action.kind {
            Kind::DataCollection { collection: Collection { schedule, until }, .. } => {
                (Some(CollectsJson { schedule: *schedule, until: until.map(|time| time.to_string()) }), None)
            }
            Kind::Remediation { seconds, script } => (None, Some(RepairsJson::of(*seconds, script))),
        };
        Self {
            id: action.id.clone(),
            name: action.name.clone(),
            description: action.description.clone(),
            platforms: action.platforms.clone(),
            inputs: action.inputs.clone(),
            outputs: action.outputs.clone(),
            api_trigger: action.triggers.api,
            manual_trigger: Some(action.triggers.manual),
            workflow_trigger: Some(action.triggers.workflow),
            collects,
            repairs,
        }
    }
}

impl CollectsJson {
    fn kind(self, built_in: Option<RemoteAction>) -> Result<Kind, String> {
        let until = self.until.map(|text| {
            Timestamp::parse(&text).ok_or_else(|| format!("`collects.until` is `{text}`, which is no time in UTC"))
        });
        let read = match built_in.map(|known| known.kind) {
            Some(Kind::DataCollection { read, .. }) => read,
            _ => None,
        };
        let collection = Collection { schedule: self.schedule, until: until.transpose()? };
        Ok(Kind::DataCollection { collection, read })
    }
}

impl RepairsJson {
    fn kind(self, action: &RemoteAction, built_in: Option<RemoteAction>, actions: &Catalogue) -> Result<Kind, String> {
        let seconds = i64::from(self.seconds);
        let of_built_in = match built_in.map(|known| known.kind) {
            Some(Kind::Remediation { script, .. }) if !self.declares() => Some(script),
            _ => None,
        };
        if let Some(script) = of_built_in {
            return Ok(Kind::Remediation { seconds, script });
        }
        let mut declared = Declared { fails: self.fails, ..Declared::default() };
        for (id, values) in self.sets.unwrap_or_default() {
            let said = |mistake| format!("`repairs.sets.{id}`: {mistake}");
            let collection = actions.data_collection(&id).map_err(said)?;
            declared.sets.insert(collection.id.clone(), values_of(collection, values).map_err(said)?);
        }
        let outputs = values_of(action, self.outputs.unwrap_or_default());
        declared.outputs = outputs.map_err(|mistake| format!("`repairs.outputs`: {mistake}"))?;
        Ok(Kind::Remediation { seconds, script: Script::Declared(declared) })
    }

    fn of(seconds: i64, script: &Script) -> Self {
        let json = |values: &NamedValues| -> NamedJson {
            values.iter().map(|(name, value)| (name.clone(), cell(value, TimeStyle::Utc))).collect()
        };
        let seconds = u32::try_from(seconds).unwrap_or_default();
        match script {
            Script::BuiltIn { .. } => Self { seconds, sets: None, outputs: None, fails: None },
            Script::Declared(declared) => Self {
                seconds,
                sets: Some(declared.sets.iter().map(|(id, values)| (id.clone(), json(values))).collect()),
                outputs: Some(json(&declared.outputs)),
                fails: declared.fails.clone(),
            },
        }
    }
}

/// What a tenant would not let an administrator save.
fn check(action: &RemoteAction) -> Result<(), String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if action.id.is_empty() || !action.id.bytes().all(allowed) {
        return Err(format!("`id` is `{}`: an NQL ID has letters, digits and underscores", action.id));
    }
    if action.name.trim().is_empty() {
        return Err("`name` is empty".to_owned());
    }
    if action.platforms.is_empty() {
        return Err("`platforms` is empty: a remote action has a script for `Windows`, `macOS` or both".to_owned());
    }
    if let Some(twice) = repeated(action.inputs.iter().map(|input| input.id.as_str())) {
        return Err(format!("`inputs` has `{twice}` twice"));
    }
    if let Some(twice) = repeated(action.outputs.iter().map(|output| output.name.as_str())) {
        return Err(format!("`outputs` has `{twice}` twice"));
    }
    Ok(())
}

/// The first name that is there a second time; names ignore case.
fn repeated<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut known = BTreeSet::new();
    names.into_iter().find(|name| !known.insert(name.to_ascii_lowercase()))
}
