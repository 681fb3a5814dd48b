//! What the store knows of webhooks: the run that one names, and whether it came before.

use super::ledger;
use super::run::Run;
use crate::api::problem::NexthinkError;
use crate::client::{Client, Host};
use crate::nql::{DAY, Timestamp};

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

/// Notes that an event was announced. Gives whether it was not within a day.
///
/// # Errors
/// What the store fails with.
pub async fn note_event<H: Host>(client: &Client<H>, id: &str) -> Result<bool, NexthinkError> {
    let now = client.host().now();
    let text = now.to_string();
    if client.store(NAME, id, None, &text, KEPT_MS).await? {
        return Ok(true);
    }
    // What a store was given it keeps for its time at least, and memory for much longer. One from far ahead is of a clock
    // that was wrong.
    let noted = client.stored(NAME, id).await?.unwrap_or_default();
    let is_over = Timestamp::parse(&noted).is_some_and(|at| !(-DAY..DAY).contains(&now.since(at)));
    Ok(is_over && client.store(NAME, id, Some(&noted), &text, KEPT_MS).await?)
}
