//! Whether records of the audit are as they were written, and all there.

use super::record::{AuditEvent, has_hash};
use crate::api::problem::NexthinkError;
use crate::flow::canonical::without;
use crate::flow::seal::Keys;
use crate::json::{Json, record};

record! {
    lenient
    /// What can be said of records of the audit.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct AuditVerdict {
        /// Every record is as it was written and follows the one before of its chain. Of a chain that is all gone
        /// nothing can be said.
        pub ok: bool,
        /// And every chain has its end: nothing was cut off, and nothing can follow. False for no records at all.
        pub complete: bool,
        /// The position of the first record that is not what should stand there.
        pub first_broken: Option<usize>,
    }
}

/// How far the chain of one proposal has been followed.
struct Chain {
    id: Box<str>,
    last: Box<str>,
    ended: bool,
}

/// Looks at records in the order in which they were told; those of several chains may be mixed. `secrets` are the
/// client's consent keys, or else its client secret: each record must be of one of them.
///
/// # Errors
/// `invalid` without a key.
pub fn verify_audit(records: &[Json], secrets: &[Vec<u8>]) -> Result<AuditVerdict, NexthinkError> {
    if secrets.is_empty() || secrets.iter().any(Vec::is_empty) {
        return Err(NexthinkError::invalid("`verifyAudit` has no key")
            .hint("pass the `consentKey` of the client that wrote the records, or its client secret"));
    }
    let mut chains: Vec<Chain> = Vec::new();
    for (position, record) in records.iter().enumerate() {
        if follow(&mut chains, record, secrets).is_none() {
            return Ok(AuditVerdict { ok: false, complete: false, first_broken: Some(position) });
        }
    }
    let complete = !chains.is_empty() && chains.iter().all(|chain| chain.ended);
    Ok(AuditVerdict { ok: true, complete, first_broken: None })
}

/// Takes one record as the next of its chain; none where it is not.
fn follow(chains: &mut Vec<Chain>, record: &Json, secrets: &[Vec<u8>]) -> Option<()> {
    let (unhashed, hash) = without(record.clone(), "hash");
    let hash = hash.as_ref().and_then(Json::as_text)?;
    let (instance, region) = unhashed.get("tenant")?.as_text()?.rsplit_once('.')?;
    if !has_hash(&Keys::of_audit(secrets, instance, region), &unhashed, hash) {
        return None;
    }
    let id = unhashed.get("id")?.as_text()?;
    let previous = unhashed.get("previous").and_then(Json::as_text);
    let ended = unhashed.get("event")?.as_text() == Some(AuditEvent::Ended.word());
    match chains.iter_mut().find(|chain| *chain.id == *id) {
        Some(chain) if !chain.ended && previous == Some(&*chain.last) => {
            chain.last = hash.into();
            chain.ended = ended;
        }
        None if previous.is_none() => {
            chains.push(Chain { id: id.into(), last: hash.into(), ended });
        }
        _ => return None,
    }
    Some(())
}
