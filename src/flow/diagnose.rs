//! Step 3: what is wrong with a device, and what would help.

use super::collection_times::{self, CollectionTimes};
use super::device::Device;
use super::identify::execute_query;
use super::proof::prove_diagnosis;
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

/// What a diagnosis need not find out itself.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The language of its texts; the client's where it is not given.
    pub locale: Option<String>,
    /// When data was collected. Without it the tenant is asked, which is a second query.
    pub collection_times: Option<CollectionTimes>,
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
    diagnose_given(client, library, playbook_id, device, Given::default()).await
}

/// The same with what is known already.
///
/// # Errors
/// As `diagnose`.
pub async fn diagnose_given<H: Host>(
    client: &Client<H>,
    library: &Library,
    playbook_id: &str,
    device: &Device,
    given: Given,
) -> Result<Diagnosis, NexthinkError> {
    let playbook = library.get(playbook_id)?;
    device.check()?;
    let settings = client.settings();
    let locale = given.locale.as_deref().unwrap_or(&settings.locale);
    let mut diagnosis = Diagnosis {
        playbook: PlaybookReference {
            id: playbook.id.clone(),
            version: playbook.version.clone(),
            title: localized(&playbook.title, locale).cloned().unwrap_or_default(),
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
        collection_times_of(client, playbook, device, given.collection_times),
    )
    .await;
    let table = table?;
    diagnosis.diagnosed_at = client.host().now();
    diagnosis.ages_known = collected.are_known();
    let facts = row_of(&table, device)
        .and_then(|row| playbook.facts(&table, row, collected.times()))
        .ok_or_else(|| no_row(playbook))?;
    let circumstances = Circumstances {
        locale,
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

/// An error means that the tenant does not tell, or that the call is over, which the other query notices, too.
pub(super) async fn collection_times_of<H: Host>(
    client: &Client<H>,
    playbook: &Playbook,
    device: &Device,
    given: Option<CollectionTimes>,
) -> CollectionTimes {
    match given {
        Some(given) => given,
        None => collection_times::ask(client, playbook, device).await.unwrap_or_default(),
    }
}

fn proven(settings: &Settings, mut diagnosis: Diagnosis) -> Diagnosis {
    diagnosis.proof = prove_diagnosis(settings, &diagnosis.write());
    diagnosis
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
