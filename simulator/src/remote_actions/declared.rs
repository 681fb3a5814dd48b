//! What a test declares: what data collections report of a device, and what a remediation makes true.

use std::collections::BTreeMap;

use nexthink_chatbot::nql::{Timestamp, Value};
use serde_json::Value as Json;

use super::catalogue::Catalogue;
use super::definition::{Output, OutputType, Outputs, RemoteAction};
use crate::fleet::{Changes, Facts};

/// Values by the names of outputs.
pub(crate) type NamedValues = BTreeMap<String, Value>;

/// Values as JSON has them, by the names of outputs.
pub(crate) type NamedJson = BTreeMap<String, Json>;

/// What a remediation does that a test wrote.
#[derive(Debug, Clone, Default)]
pub(crate) struct Declared {
    /// What data collections report when it has succeeded, by their IDs.
    pub sets: BTreeMap<String, NamedValues>,
    /// What it gives itself.
    pub outputs: NamedValues,
    /// The error text with which it ends, always.
    pub fails: Option<String>,
}

impl Declared {
    /// Does it. Of a device that an action collects nothing from, there is nothing to become true.
    pub fn run(&self, action: &RemoteAction, facts: &mut Facts, actions: &Catalogue) -> Result<Outputs, String> {
        if let Some(details) = &self.fails {
            return Err(details.clone());
        }
        for (id, values) in &self.sets {
            let Some(collection) = actions.get(id) else { continue };
            let Some(reported) = collection.read(facts) else { continue };
            let names = collection.outputs.iter().map(|output| output.name.clone());
            let mut told: NamedValues = names.zip(reported).collect();
            // The collection may have lost an output since this was declared.
            for (name, value) in values {
                if let Some(output) = told.get_mut(name) {
                    output.clone_from(value);
                }
            }
            facts.outputs.insert(collection.id.clone(), Some(told));
        }
        Ok(action.named(|name| self.outputs.get(name).cloned()))
    }
}

impl Catalogue {
    /// Puts the actions' own IDs in the place of those that a test wrote, and says which action or output there is not.
    pub fn resolve(&self, changes: &mut Changes) -> Result<(), String> {
        for ids in [&mut changes.failing_collections, &mut changes.missing_collections].into_iter().flatten() {
            for id in ids {
                id.clone_from(&self.data_collection(id)?.id);
            }
        }
        for (id, values) in std::mem::take(&mut changes.outputs) {
            let action = self.data_collection(&id)?;
            let values = values.map(|values| values_of(action, values)).transpose();
            let values = values.map_err(|mistake| format!("`outputs.{id}`: {mistake}"))?;
            changes.told.insert(action.id.clone(), values);
        }
        Ok(())
    }

    /// The data collection of this ID.
    pub fn data_collection(&self, id: &str) -> Result<&RemoteAction, String> {
        match self.get(id) {
            Some(action) if action.collection().is_some() => Ok(action),
            Some(_) => Err(format!("the remote action `{id}` collects no data")),
            None => Err(format!("there is no remote action `{id}`")),
        }
    }
}

/// The values of an action's outputs, by the names that the outputs have.
pub(super) fn values_of(action: &RemoteAction, values: NamedJson) -> Result<NamedValues, String> {
    let values = values.into_iter().map(|(name, json)| {
        let Some(output) = action.output(&name).and_then(|position| action.outputs.get(position)) else {
            let known: Vec<&str> = action.outputs.iter().map(|output| output.name.as_str()).collect();
            let known =
                if known.is_empty() { "it has none".to_owned() } else { format!("it has {}", known.join(", ")) };
            return Err(format!("the remote action has no output `{name}`; {known}"));
        };
        let value =
            value_of(output, json).ok_or_else(|| format!("the value of `{name}` is none that an output has"))?;
        Ok((output.name.clone(), value))
    });
    values.collect()
}

/// Text, a number, a truth value, a list of those, or nothing. The type is not insisted on: real scripts write `-`, and
/// numbers as text.
fn value_of(output: &Output, json: Json) -> Option<Value> {
    Some(match json {
        Json::Null => Value::Null,
        Json::Bool(boolean) => Value::Boolean(boolean),
        Json::Number(number) => Value::Number(number.as_f64()?),
        Json::String(text) => {
            let time = if output.kind == OutputType::DateTime { Timestamp::parse(&text) } else { None };
            time.map_or_else(|| text.as_str().into(), Value::Time)
        }
        Json::Array(elements) => {
            let element = |json: Json| value_of(output, json).filter(|value| !matches!(value, Value::List(_)));
            Value::List(elements.into_iter().map(element).collect::<Option<_>>()?)
        }
        Json::Object(_) => return None,
    })
}
