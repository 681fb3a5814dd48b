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

/// What headers say of a signature.
pub(super) struct Signed<'a> {
    pub id: &'a str,
    timestamp: &'a str,
    codes: Vec<[u8; 32]>,
}

impl<'a> Signed<'a> {
    /// Reads the headers; nothing where no body can have been signed so, or not just now.
    pub fn read(headers: &'a Map<String>, now: Timestamp) -> Option<Self> {
        let (id, timestamp) = (headers.get(ID)?, headers.get(TIMESTAMP)?);
        let seconds = i64::try_from(whole_number(timestamp)?).ok()?;
        let distance_ms = now.since(Timestamp(seconds.saturating_mul(SECOND)));
        let code = |one: &str| decode_standard(one.strip_prefix("v1,")?)?.try_into().ok();
        let codes: Vec<_> = headers.get(SIGNATURE)?.split(' ').filter_map(code).take(MOST).collect();
        let may_be = (-TOLERANCE_MS..=TOLERANCE_MS).contains(&distance_ms) && !id.is_empty() && !codes.is_empty();
        may_be.then_some(Self { id, timestamp, codes })
    }

    /// Whether any of the secrets has signed this body. It is gone through once for each, however many codes were sent.
    pub fn is_by_one_of(&self, secrets: &[Vec<u8>], body: &[u8]) -> bool {
        let mut is_right = false;
        for secret in secrets {
            let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { continue };
            for part in [self.id.as_bytes(), b".", self.timestamp.as_bytes(), b".", body] {
                mac.update(part);
            }
            for code in &self.codes {
                is_right |= mac.clone().verify_slice(code).is_ok();
            }
        }
        is_right
    }
}
