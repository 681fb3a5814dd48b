//! Names of messages, and lots among employees.

use sha2::{Digest, Sha256};

use crate::base64::encode_url;
use crate::nql::Timestamp;

/// The name of the message to an employee that follows on the one of `last`. A digest, because queues limit how long names are
/// and of which letters. It hides nobody from those who can guess an address: there is no secret in it.
pub(super) fn key_of(identity: &str, last: Option<Timestamp>) -> String {
    let last = last.map(|at| at.to_string()).unwrap_or_default();
    let digest = Sha256::digest(["outreach\n", identity, "\n", &last].concat());
    encode_url(digest.get(..18).unwrap_or_default())
}

/// A number that has nothing to do with the order of names (FNV-1a).
pub(super) fn draw(identity: &str) -> u64 {
    identity.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
