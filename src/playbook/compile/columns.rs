//! The columns of a playbook's query, and the names by which rules call them.

use crate::api::remote_actions::same_remote_action;
use crate::nql::{Column, ColumnKind, Span, ends_with_name, nearest};
use crate::playbook::compiled::{FactColumn, FactKind};
use crate::playbook::mistake::{Mistake, element};
use crate::playbook::model::DataCollection;

/// What names are looked up in.
pub(super) struct Columns {
    /// The columns, in the order of the query.
    pub all: Vec<FactColumn>,
    /// Whether these are the query's. If it cannot be read, no name is blamed for it.
    pub known: bool,
}

impl Columns {
    pub fn new(columns: &[Column], known: bool, collections: &[DataCollection]) -> Self {
        let position = |is_it: &dyn Fn(&ColumnKind) -> bool| columns.iter().position(|column| is_it(&column.kind));
        let fact = |column: &Column| {
            let (kind, id, past) = match &column.kind {
                ColumnKind::Field => (FactKind::Field, None, None),
                ColumnKind::RemoteActionOutput(id) => (FactKind::Output, Some(id), None),
                ColumnKind::RemoteActionStatus(id) => (FactKind::Status, Some(id), None),
                ColumnKind::RemoteActionTime(id) => (FactKind::Time, Some(id), None),
                ColumnKind::Count => (FactKind::Count, None, None),
                ColumnKind::Computed { past } => (FactKind::Computed, None, *past),
                ColumnKind::Bucket => (FactKind::Computed, None, None),
            };
            let same = |other: &str| id.is_some_and(|id| same_remote_action(other, id));
            let status = |kind: &ColumnKind| matches!(kind, ColumnKind::RemoteActionStatus(other) if same(other));
            let time = |kind: &ColumnKind| matches!(kind, ColumnKind::RemoteActionTime(other) if same(other));
            FactColumn {
                name: column.name.clone(),
                kind,
                list: false,
                past_ms: past.map(in_milliseconds),
                status: if kind == FactKind::Output { position(&status) } else { None },
                time: if kind == FactKind::Time { None } else { position(&time) },
                collected_by: collections.iter().position(|collection| same(&collection.remote_action_id)),
            }
        };
        let mut all = Vec::with_capacity(columns.len());
        for column in columns {
            all.push(fact(column));
        }
        Self { all, known }
    }

    /// Marks the columns that hold a list.
    pub fn mark_lists(&mut self, lists: &[String], mistakes: &mut Vec<Mistake>) {
        for (position, name) in lists.iter().enumerate() {
            let column = self.resolve(name, None, &element("/lists", position), mistakes);
            let Some(fact) = column.and_then(|column| self.all.get_mut(column)) else { continue };
            match fact.kind {
                FactKind::Count | FactKind::Status | FactKind::Time => {
                    let message = format!("`{}` holds one value, and no list", short(&fact.name));
                    mistakes.push(Mistake::new(&element("/lists", position), message).help("leave it out"));
                }
                FactKind::Field | FactKind::Output | FactKind::Computed => fact.list = true,
            }
        }
    }

    /// The one column that a name means: short, qualified or an alias.
    pub fn resolve(&self, name: &str, span: Option<Span>, pointer: &str, mistakes: &mut Vec<Mistake>) -> Option<usize> {
        let mut found = self.all.iter().enumerate().filter(|(_, fact)| ends_with_name(&fact.name, name));
        let mistake = match (found.next(), found.next()) {
            (Some((position, _)), None) => return Some(position),
            (Some((_, one)), Some((_, other))) => {
                let message = format!("`{name}` means more than one column of the query");
                let mistake = Mistake::new(pointer, message);
                match one.name == other.name {
                    true => mistake.help("the query lists it twice: leave one of them out there"),
                    false => mistake.help(format!("write which one: `{}` or `{}`", one.name, other.name)),
                }
            }
            (None, _) if !self.known => return None,
            (None, _) => self.no_such(name, pointer),
        };
        mistakes.push(Mistake { span, ..mistake });
        None
    }

    fn no_such(&self, name: &str, pointer: &str) -> Mistake {
        // A slip is in the part that was written: `boot.day` is compared with the last two segments of each name.
        let segments = name.split('.').count();
        let end_of = |full: &'_ str| full.rmatch_indices('.').nth(segments - 1).map_or(0, |(dot, _)| dot + 1);
        let ends = self.all.iter().map(|fact| fact.name.get(end_of(&fact.name)..).unwrap_or_default());
        let near = nearest(name, ends).or_else(|| nearest(name, self.all.iter().map(|fact| &*fact.name)));
        let mut otherwise = String::from("the query's columns are");
        for (position, fact) in self.all.iter().enumerate() {
            otherwise.push_str(if position > 0 { ", `" } else { " `" });
            otherwise.push_str(&fact.name);
            otherwise.push('`');
        }
        Mistake::new(pointer, format!("the query has no column `{name}`")).meant(near, otherwise)
    }
}

/// What is left of a column's name where the place says the rest: `IsOnline`, `boot.days_since_last_full_boot`.
pub(super) fn short(name: &str) -> &str {
    let after = |marker: &str| name.split_once(marker).map(|(_, rest)| rest);
    after(".execution.outputs.").or_else(|| name.strip_prefix("device.")).unwrap_or(name)
}

#[expect(clippy::cast_precision_loss, reason = "a period is far below 2^53 milliseconds")]
pub(super) fn in_milliseconds(period: i64) -> f64 {
    period as f64
}
