//! What a webhook announces: the run that it is about, as the tenant's own tables have it now, and whether it was announced
//! before. What the webhook itself claims is not believed.

use sha2::{Digest, Sha256};

use super::follow_up::progress;
use super::ledger;
use super::run::Run;
use crate::api::problem::NexthinkError;
use crate::base64::encode_url;
use crate::client::{Client, Host};
use crate::json::{Json, record};
use crate::nql::DAY;

/// What events are called in the store.
const NAME: &str = "webhook";

/// How long an event is known. What comes again comes within minutes.
#[expect(clippy::cast_possible_truncation, reason = "a day is far below 2^32 milliseconds")]
const KEPT_MS: u32 = DAY as u32;

record! {
    strict
    /// An event of which a webhook has told.
    #[derive(Debug, Clone)]
    pub struct Announcement {
        /// What it is about.
        pub kind: String,
        /// Which event it is.
        pub id: String,
        /// What the payload says: `requestId` and `externalReference` are looked at.
        pub data: Json,
        /// Runs of the host's own keeping, one of which it may be about.
        pub runs: Vec<Run>,
    }
}

record! {
    lenient
    /// What came of it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Announced {
        /// The run, as the tenant tells of it now.
        pub run: Option<Run>,
        /// Whether it was announced before.
        pub duplicate: bool,
    }
}

/// Asks for the truth first and notes the event afterwards: where the tenant cannot be asked, the webhook may be sent again.
///
/// # Errors
/// What the store or the query fails with.
pub async fn announced<H: Host>(client: &Client<H>, told: Announcement) -> Result<Announced, NexthinkError> {
    let event = Json::List(vec![told.kind.as_str().into(), told.id.as_str().into()]).to_text();
    let run = match run_of(client, told).await? {
        Some(run) => Some(progress(client, run).await?),
        None => None,
    };
    // Foreign text makes no key.
    let key = encode_url(&Sha256::digest(event.as_bytes()));
    let is_new = client.store(NAME, &key, None, "1", KEPT_MS).await?;
    Ok(Announced { run, duplicate: !is_new })
}

/// The run: one of the host's, or the ledger's, whose ID is the end of every reference that is sent. It is the one only if
/// all that the webhook names of it agrees.
async fn run_of<H: Host>(client: &Client<H>, told: Announcement) -> Result<Option<Run>, NexthinkError> {
    let Announcement { kind, data, runs, .. } = told;
    let named = |name: &str| data.get(name).and_then(Json::as_text).filter(|text| !text.is_empty());
    let (request_id, reference) = (named("requestId"), named("externalReference"));
    if kind != "remote-action" || request_id.is_none() && reference.is_none() {
        return Ok(None);
    }
    let is_it = |run: &Run| {
        let agrees = |told: Option<&str>, known: Option<&str>| match (told, known) {
            (Some(told), Some(known)) => Some(told.eq_ignore_ascii_case(known)),
            _ => None,
        };
        let both = [agrees(request_id, run.request_id.as_deref()), agrees(reference, Some(&run.reference))];
        both.contains(&Some(true)) && !both.contains(&Some(false))
    };
    if let Some(run) = runs.into_iter().find(is_it) {
        return Ok(Some(run));
    }
    let id = reference.and_then(|reference| reference.rsplit('#').next()).unwrap_or_default();
    // What cannot be an ID is not asked for.
    if id.is_empty() || id.len() > 64 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Ok(None);
    }
    Ok(ledger::find(client, id).await?.map(|entered| entered.entry.run).filter(is_it))
}
