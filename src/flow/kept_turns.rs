//! Turns that were given already: a platform that repeats a reply gets the same turn again. A convenience, not a guard:
//! what must not happen twice is guarded by the ledger.

use sha2::{Digest, Sha256};

use super::canonical::canonical;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::base64::encode_url;
use crate::client::{Client, Host};
use crate::json::Json;
use crate::nql::MINUTE;

/// What turns are called in the store.
const NAME: &str = "turn";

/// How long a turn is remembered. Platforms repeat within seconds, people within minutes.
#[expect(clippy::cast_possible_truncation, reason = "ten minutes are far below 2^32 milliseconds")]
const KEPT_MS: u32 = 10 * MINUTE as u32;

/// The turn that was given to a reply to the state with this seal; none where nobody knows, or the store fails.
///
/// # Errors
/// `aborted`.
pub async fn find_turn<H: Host>(client: &Client<H>, seal: &str, reply: &Json) -> Result<Option<Json>, NexthinkError> {
    match client.stored_recently(NAME, &key(seal, reply)).await {
        Ok(text) => Ok(text.and_then(|text| Json::parse(text.as_bytes()))),
        Err(error) if error.kind == ErrorKind::Aborted => Err(error),
        Err(_) => Ok(None),
    }
}

/// Keeps a turn for those who give the same reply again, and gives the one that was kept first. Where the store fails,
/// that is this one.
pub async fn keep_turn<H: Host>(client: &Client<H>, seal: &str, reply: &Json, turn: Json) -> Json {
    let key = key(seal, reply);
    match client.store_recent(NAME, &key, &turn.to_text(), KEPT_MS).await {
        Ok(false) => find_turn(client, seal, reply).await.ok().flatten().unwrap_or(turn),
        Ok(true) | Err(_) => turn,
    }
}

/// Nobody but who has the state knows its seal, and a store learns nothing by a hash of it.
fn key(seal: &str, reply: &Json) -> String {
    let text = canonical(&Json::List(vec![seal.into(), reply.clone()]));
    encode_url(&Sha256::digest(text.as_bytes()))
}
