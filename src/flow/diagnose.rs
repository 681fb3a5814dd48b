//! Step 3: what is wrong with a device, and what would help.

use super::device::Device;
use super::identify::{execute_query, execute_saved};
use super::proof::prove_diagnosis;
use super::saved_query::SavedQuery;
use crate::api::nql::table::Table;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::{Client, Host, Settings, join};
use crate::json::{Json, Map, Write, record};
use crate::nql::{Timestamp, same_column};
use crate::playbook::{Circumstances, Evaluation, Finding, Library, Playbook, Recommendation, localized};

record! {
    lenient
    /// What a playbook says of a device, at a time.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Diagnosis {
        /// Which playbook.
        pub playbook: PlaybookReference,
        /// Which device.
        pub device: Device,
        /// The value of every column of the diagnosis query; null where it is not known.
        pub facts: Map<Json>,
        /// What each rule says, in the playbook's order.
        pub findings: Vec<Finding>,
        /// What to do, best first.
        pub recommendations: Vec<Recommendation>,
        /// Whether the playbook applies to the device's platform; if not, there are no findings.
        pub applicable: bool,
        /// Whether the tenant told when data was collected. If not, ages are unknown.
        pub ages_known: bool,
        /// When.
        pub diagnosed_at: Timestamp,
        /// Proves that `diagnose` made it. `propose` wants it, and the rest of the diagnosis unchanged.
        pub proof: Option<String>,
    }
}

record! {
    lenient
    /// A playbook by its name and version.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct PlaybookReference {
        /// Its name in code.
        pub id: String,
        /// Its version.
        pub version: String,
        /// Its name for people.
        pub title: String,
    }
}

/// Diagnoses a device by a playbook. Only the row with the device's Collector UID counts: the query selects by name,
/// and names repeat.
///
/// # Errors
/// `not-found` for an unknown playbook, or where the query returns no row for this device.
pub async fn diagnose<H: Host>(
    client: &Client<H>,
    library: &Library,
    playbook_id: &str,
    device: &Device,
) -> Result<Diagnosis, NexthinkError> {
    let playbook = library.get(playbook_id)?;
    device.check()?;
    let settings = client.settings();
    let mut diagnosis = Diagnosis {
        playbook: PlaybookReference {
            id: playbook.id.clone(),
            version: playbook.version.clone(),
            title: localized(&playbook.title, &settings.locale).cloned().unwrap_or_default(),
        },
        device: device.clone(),
        facts: Map::default(),
        findings: Vec::new(),
        recommendations: Vec::new(),
        applicable: false,
        ages_known: false,
        diagnosed_at: client.host().now(),
        proof: None,
    };
    if !playbook.applies_to(device.platform.as_deref()) {
        return Ok(proven(settings, diagnosis));
    }
    let query_id = settings.query_id(&playbook.id, &playbook.query_id);
    let (table, collected) = join(
        execute_query(client, query_id, "device_name", &device.name, &playbook.id),
        collection_times(client, playbook, device),
    )
    .await;
    let table = table?;
    diagnosis.diagnosed_at = client.host().now();
    diagnosis.ages_known = collected.is_some();
    let facts = row_of(&table, device)
        .and_then(|row| playbook.facts(&table, row, &collected.unwrap_or_default()))
        .ok_or_else(|| no_row(playbook))?;
    let circumstances = Circumstances {
        locale: &settings.locale,
        now: Some(diagnosis.diagnosed_at),
        remote_action_id: &|action| settings.remote_action_id(&action.name, &action.remote_action_id),
    };
    let Evaluation { applicable, findings, recommendations } = playbook.evaluate(&facts, &circumstances);
    diagnosis.applicable = applicable;
    diagnosis.findings = findings;
    diagnosis.recommendations = recommendations;
    diagnosis.facts = playbook.values(&facts);
    Ok(proven(settings, diagnosis))
}

fn proven(settings: &Settings, mut diagnosis: Diagnosis) -> Diagnosis {
    diagnosis.proof = prove_diagnosis(settings, &diagnosis.write());
    diagnosis
}

/// When each data collection last succeeded; `None` where the tenant does not tell: then ages are unknown, and that
/// alone is no reason to leave the employee without a diagnosis.
async fn collection_times<H: Host>(
    client: &Client<H>,
    playbook: &Playbook,
    device: &Device,
) -> Option<Vec<(Box<str>, Timestamp)>> {
    if playbook.data_collection.is_empty() {
        return Some(Vec::new());
    }
    let table = execute_saved(client, SavedQuery::DataCollectionTimes, &device.collector_uid).await.ok()?;
    let column = |name: &str| table.position(|returned| same_column(name, returned));
    let (Some(id), Some(time)) = (column("remote_action.nql_id"), column("remote_action.execution.time")) else {
        // Without a row there are no columns either (v2): the query answered, and nothing was collected.
        return table.rows.is_empty().then(Vec::new);
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
    Some(times)
}

fn row_of(table: &Table, device: &Device) -> Option<usize> {
    let column = table.position(|returned| same_column("device.collector.uid", returned))?;
    let is_device = |cell: Option<&Json>| {
        cell.and_then(Json::as_text).is_some_and(|uid| uid.eq_ignore_ascii_case(&device.collector_uid))
    };
    table.rows.iter().position(|row| is_device(row.get(column)))
}

fn no_row(playbook: &Playbook) -> NexthinkError {
    let message = format!("the diagnosis query of `{}` returns no row for this device", playbook.id);
    NexthinkError::new(ErrorKind::NotFound, message)
        .hint("check that the query lists `collector.uid` and that the device has been seen within the query's time")
}
