//! A row of the diagnosis query → facts: each column's value for the device, or why there is none. What a cell says is
//! settled in `reading`; what follows from it is `evaluate`.

use super::compiled::Playbook;
use super::reading::Row;
use crate::api::nql::table::Table;
use crate::api::remote_actions::same_remote_action;
use crate::json::{Json, Map, Token, words};
use crate::nql::{Operand, Timestamp, Value};

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

/// When a remote action last succeeded on the device, a data collection or any other: its NQL ID and the time.
pub type CollectionTimes = [(Box<str>, Timestamp)];

/// When this one did, as far as the tenant has told.
pub fn last_success(times: &CollectionTimes, remote_action_id: &str) -> Option<Timestamp> {
    times.iter().find(|(id, _)| same_remote_action(id, remote_action_id)).map(|(_, time)| *time)
}

impl Playbook {
    /// The facts of one row, in the order of the playbook's columns. `None`: there is no such row.
    pub fn facts(&self, table: &Table, row: usize, collected: &CollectionTimes) -> Option<Vec<Fact>> {
        let mut cells: Vec<Token<'_>> = Vec::new();
        for cell in table.rows.get(row)? {
            cells.push(cell.into());
        }
        let places = self.places(&table.columns);
        let row = Row { cells: &cells, places: &places };
        let mut facts = Vec::new();
        for column in 0..self.columns.len() {
            facts.push(Fact {
                value: self.reading(column, row).map(Operand::into_value),
                collected_at: self.collected_at(column, row, collected),
            });
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
