//! What the store knows of webhooks: the run that one names, and whether it came before.

use super::ledger;
use super::run::Run;
use crate::api::problem::NexthinkError;
use crate::client::{Client, Host};
use crate::nql::DAY;

/// What events are called in the store.
const NAME: &str = "webhook";

/// How long an event is known. What comes again comes within minutes.
#[expect(clippy::cast_possible_truncation, reason = "a day is far below 2^32 milliseconds")]
const KEPT_MS: u32 = DAY as u32;

/// The run of this ID, as the ledger has it.
///
/// # Errors
/// What the store fails with.
pub async fn known_run<H: Host>(client: &Client<H>, id: &str) -> Result<Option<Run>, NexthinkError> {
    Ok(ledger::find(client, id).await?.map(|entered| entered.entry.run))
}

/// Notes that an event was announced. Gives whether it was not before.
///
/// # Errors
/// What the store fails with.
pub async fn note_event<H: Host>(client: &Client<H>, id: &str) -> Result<bool, NexthinkError> {
    client.store(NAME, id, None, "1", KEPT_MS).await
}
