//! When scripts last collected data from a device, as a step of its own: a conversation asks for it once, in a turn before
//! the diagnosis, and keeps it.

use super::device::Device;
use super::identify::execute_saved;
use super::saved_query::SavedQuery;
use crate::api::nql::table::Table;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::{Client, Host};
use crate::json::{Json, Place, Read, Write, record};
use crate::nql::{Timestamp, same_column};
use crate::playbook::{self, Library, Playbook};

/// What a tenant tells of it: the newest time of each data collection; nothing where it does not tell. Then ages are
/// unknown, and that alone is no reason to leave the employee without a diagnosis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CollectionTimes(Option<Vec<(Box<str>, Timestamp)>>);

record! {
    lenient
    /// One of them in JSON.
    struct CollectionTime {
        remote_action_id: String,
        time: Timestamp,
    }
}

impl CollectionTimes {
    /// Whether the tenant tells.
    pub(super) const fn are_known(&self) -> bool {
        self.0.is_some()
    }

    /// The times as facts take them.
    pub(super) fn times(&self) -> &playbook::CollectionTimes {
        self.0.as_deref().unwrap_or_default()
    }

    fn read_table(table: &Table) -> Self {
        let column = |name: &str| table.position(|returned| same_column(name, returned));
        let (Some(id), Some(time)) = (column("remote_action.nql_id"), column("remote_action.execution.time")) else {
            // Without a row there are no columns either (v2): the query answered, and nothing was collected.
            return Self(table.rows.is_empty().then(Vec::new));
        };
        let mut times: Vec<(Box<str>, Timestamp)> = Vec::new();
        for row in &table.rows {
            let text = |position: usize| row.get(position).and_then(Json::as_text);
            let (Some(id), Some(time)) = (text(id), text(time).and_then(Timestamp::parse)) else { continue };
            match times.iter_mut().find(|(known, _)| **known == *id) {
                Some((_, newest)) => *newest = time.max(*newest),
                None => times.push((id.into(), time)),
            }
        }
        Self(Some(times))
    }
}

/// As a list; `null` where the tenant does not tell.
impl Write for CollectionTimes {
    fn write(&self) -> Json {
        let Some(times) = &self.0 else { return Json::Null };
        let mut list = Vec::new();
        for (remote_action_id, time) in times {
            list.push(CollectionTime { remote_action_id: remote_action_id.to_string(), time: *time });
        }
        list.write()
    }
}

impl Read for CollectionTimes {
    fn read_at(json: Json, place: &mut Place) -> Self {
        if json == Json::Null {
            return Self(None);
        }
        let mut times = Vec::new();
        for CollectionTime { remote_action_id, time } in Vec::read_at(json, place) {
            times.push((remote_action_id.into(), time));
        }
        Self(Some(times))
    }
}

/// When the data collections last succeeded on a device: one query, and none for a playbook that needs no collected data.
///
/// # Errors
/// `not-found` for an unknown playbook, `aborted` and `timeout` where the call is over. What else the query fails with
/// means that the tenant does not tell.
pub async fn collection_times<H: Host>(
    client: &Client<H>,
    library: &Library,
    playbook_id: &str,
    device: &Device,
) -> Result<CollectionTimes, NexthinkError> {
    let playbook = library.get(playbook_id)?;
    device.check()?;
    ask(client, playbook, device).await
}

/// The same for a playbook at hand.
pub(super) async fn ask<H: Host>(
    client: &Client<H>,
    playbook: &Playbook,
    device: &Device,
) -> Result<CollectionTimes, NexthinkError> {
    if playbook.data_collection.is_empty() {
        return Ok(CollectionTimes(Some(Vec::new())));
    }
    match execute_saved(client, SavedQuery::DataCollectionTimes, &device.collector_uid).await {
        Ok(table) => Ok(CollectionTimes::read_table(&table)),
        // The tenant was not heard to its end: it may well tell the next time.
        Err(error) if error.kind == ErrorKind::Aborted || client.host().remaining(1) == 0 => Err(error),
        Err(_) => Ok(CollectionTimes(None)),
    }
}
