//! A row of the diagnosis query → facts: each column's value for the device, or why there is none.
//! Here it is settled what `-`, `[]`, `null` and a failed script mean; what follows from it is `evaluate`.

use super::compiled::{FactColumn, FactKind, Playbook};
use crate::api::nql::table::Table;
use crate::api::remote_actions::same_remote_action;
use crate::json::{Json, Map, words};
use crate::nql::{Timestamp, Value, same_column};

words! {
    /// Why a value is not known.
    pub enum MissingReason {
        /// The tenant's query does not return the column.
        NotReturned = "not-returned",
        /// No value was ever collected, or none is known.
        NotCollected = "not-collected",
        /// The script that collects it failed.
        Failed = "failed",
        /// The script ran and had nothing to report.
        NoValue = "no-value",
        /// There is a value, but not one that the condition can compare.
        Unreadable = "unreadable",
        /// The value is older than the rule allows.
        Stale = "stale",
        /// The rule allows an age, and how old the value is cannot be told.
        AgeUnknown = "age-unknown",
    }
}

impl MissingReason {
    /// Whether there may be a value all the same: that it is null would then be a guess.
    pub(super) const fn hides_a_value(self) -> bool {
        matches!(self, Self::NotReturned | Self::Failed | Self::Stale | Self::AgeUnknown)
    }
}

/// One column's value for a device.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The value, or why there is none.
    pub value: Result<Value, MissingReason>,
    /// When the value was collected, where that is known.
    pub collected_at: Option<Timestamp>,
}

/// When a data-collection remote action last succeeded on the device: its NQL ID and the time.
pub type CollectionTimes = [(Box<str>, Timestamp)];

impl Playbook {
    /// The facts of one row, in the order of the playbook's columns. `None`: there is no such row.
    pub fn facts(&self, table: &Table, row: usize, collected: &CollectionTimes) -> Option<Vec<Fact>> {
        let cells = table.rows.get(row)?;
        let cell = |fact: &FactColumn| {
            let position = table.position(|column| same_column(&fact.name, column))?;
            cells.get(position)
        };
        let succeeded = |status: usize| {
            self.columns.get(status).and_then(cell).map(|cell| match cell.as_text() {
                Some(status) if status.eq_ignore_ascii_case("success") => Ok(()),
                Some(_) => Err(MissingReason::Failed),
                None => Err(MissingReason::NotCollected),
            })
        };
        let fact = |fact: &FactColumn| {
            let listed = fact.time.and_then(|time| self.columns.get(time)).and_then(cell);
            let listed = listed.and_then(Json::as_text).and_then(Timestamp::parse);
            let collected_at = listed.or_else(|| {
                let collection = self.collected_by(fact)?;
                let same = |id: &str| same_remote_action(id, &collection.remote_action_id);
                collected.iter().find(|(id, _)| same(id)).map(|(_, time)| *time)
            });
            let value = match (cell(fact), fact.status.and_then(succeeded)) {
                (None, _) => Err(MissingReason::NotReturned),
                (Some(_), Some(Err(reason))) => Err(reason),
                (Some(cell), _) => read(cell, fact),
            };
            Fact { value, collected_at }
        };
        let mut facts = Vec::new();
        for column in &self.columns {
            facts.push(fact(column));
        }
        Some(facts)
    }

    /// The facts' values by column; null where a value is not known.
    pub fn values(&self, facts: &[Fact]) -> Map<Json> {
        let value = |fact: &Fact| fact.value.as_ref().map_or(Json::Null, to_json);
        let mut values = Map::default();
        for (column, fact) in self.columns.iter().zip(facts) {
            values.0.push((column.name.clone(), value(fact)));
        }
        values
    }
}

fn read(cell: &Json, fact: &FactColumn) -> Result<Value, MissingReason> {
    if fact.list {
        return read_list(cell);
    }
    match cell {
        // Without an event, `count()` after `include` has nothing to count: that is zero, and known.
        Json::Null if fact.kind == FactKind::Count => Ok(Value::Number(0.0)),
        Json::Null => Err(MissingReason::NotCollected),
        Json::Text(text) if matches!(text.trim(), "" | "-") => Err(MissingReason::NoValue),
        cell => Ok(to_value(cell)),
    }
}

/// `[]`, `["-"]` and `"-"` are the known empty list; a list may come as an array or as its JSON text.
fn read_list(cell: &Json) -> Result<Value, MissingReason> {
    let elements = match cell {
        Json::Null => return Err(MissingReason::NotCollected),
        Json::List(elements) => elements.clone(),
        Json::Text(text) => match Json::parse(text.as_bytes()) {
            Some(Json::List(elements)) => elements,
            _ if text.trim().is_empty() => return Err(MissingReason::NoValue),
            _ => vec![cell.clone()],
        },
        other => vec![other.clone()],
    };
    let blank = |cell: &Json| cell.as_text().is_some_and(|text| matches!(text.trim(), "" | "-"));
    let mut values = Vec::new();
    for element in &elements {
        if !blank(element) {
            values.push(to_value(element));
        }
    }
    Ok(Value::List(values))
}

pub(super) fn to_value(cell: &Json) -> Value {
    match cell {
        Json::Null => Value::Null,
        Json::Boolean(value) => Value::Boolean(*value),
        Json::Number(number) => Value::Number(*number),
        Json::Text(text) => Value::Text(text.clone()),
        Json::List(cells) => Value::List(cells.iter().map(to_value).collect()),
        // No NQL type is an object; its text can at least be shown.
        Json::Object(_) => Value::Text(cell.to_text().into()),
    }
}

/// A value as it goes out to JavaScript and into a proposal.
pub(super) fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(value) => Json::Boolean(*value),
        Value::Number(number) => Json::Number(*number),
        Value::Text(text) => Json::Text(text.clone()),
        Value::Time(time) => Json::Text(time.to_string().into()),
        Value::List(values) => Json::List(values.iter().map(to_json).collect()),
    }
}
