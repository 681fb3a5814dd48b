//! Signatures as Standard Webhooks has them (<https://www.standardwebhooks.com>), for gateways that add them:
//!
//! ```text
//! webhook-id: <id>
//! webhook-timestamp: <seconds since 1970>
//! webhook-signature: v1,<base64 of HMAC-SHA-256 over "<id>.<timestamp>.<body>"> v1,<another>
//! ```

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::whole_number;
use crate::base64::decode_standard;
use crate::json::Map;
use crate::nql::{MINUTE, SECOND, Timestamp};

const ID: &str = "webhook-id";
const TIMESTAMP: &str = "webhook-timestamp";
const SIGNATURE: &str = "webhook-signature";

/// How far the time of a signature may be from now: what somebody has recorded is of no use later.
const TOLERANCE_MS: i64 = 5 * MINUTE;

/// While a gateway changes its secret it sends two; no more than so many are looked at.
const MOST: usize = 8;

/// Whether there is one to look at.
pub(super) fn is_there(headers: &Map<String>) -> bool {
    [ID, TIMESTAMP, SIGNATURE].iter().all(|name| headers.get(name).is_some())
}

/// The ID that was signed with any of the secrets.
pub(super) fn signed_id(secrets: &[Vec<u8>], headers: &Map<String>, body: &[u8], now: Timestamp) -> Option<String> {
    let (id, timestamp, signatures) = (headers.get(ID)?, headers.get(TIMESTAMP)?, headers.get(SIGNATURE)?);
    let seconds = i64::try_from(whole_number(timestamp)?).ok()?;
    let distance_ms = now.since(Timestamp(seconds.saturating_mul(SECOND)));
    if !(-TOLERANCE_MS..=TOLERANCE_MS).contains(&distance_ms) || id.is_empty() {
        return None;
    }
    let mut is_right = false;
    for signature in signatures.split(' ').filter_map(|one| one.strip_prefix("v1,")).take(MOST) {
        let signature = decode_standard(signature).unwrap_or_default();
        for secret in secrets {
            let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { continue };
            for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
                mac.update(part);
            }
            is_right |= mac.verify_slice(&signature).is_ok();
        }
    }
    is_right.then(|| id.clone())
}
