//! Proofs of origin: that `identify` returned a device for an employee, and `diagnose` a diagnosis. Both leave the
//! core as plain values and come back from wherever the host kept them; `propose` takes none that was altered.

use super::canonical::{canonical, without};
use super::device::Device;
use super::employee::{Employee, IdentifiedBy};
use super::seal::{Keys, Purpose};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::Settings;
use crate::json::{Json, Write};
use crate::nql::{DAY, Timestamp};

/// How long a proof holds. The queries that find an employee's devices look back as far.
const HOLDS_MS: i64 = 7 * DAY;
/// How far ahead the clock may have been that made it: a proof of years to come would hold for as long.
const AHEAD_MS: i64 = DAY;

const IDENTIFY_AGAIN: &str = "take the device as `identify` returned it for an identifier of this employee; where the host itself vouches for it, give `trustCaller: true`";
const DIAGNOSE_AGAIN: &str = "pass the diagnosis unchanged, as `diagnose` returned it, or diagnose again";

/// Proves of devices that they were found by an identifier. A name proves nothing, and without a key nothing is
/// proven; then nothing can be proposed either.
pub(super) fn prove_devices(settings: &Settings, devices: &mut [Device], identifier: &str, now: Timestamp) {
    let Ok(keys) = Keys::of(settings) else { return };
    for device in devices {
        device.identified_at = Some(now);
        if device.identified_by != Some(IdentifiedBy::DeviceName) {
            device.proof = Some(keys.sign(Purpose::Device, &device_text(device, identifier)));
        }
    }
}

/// Refuses a device that `identify` did not return, within the last week, for one of the employee's identifiers.
///
/// # Errors
/// `consent`.
pub(super) fn check_device(
    keys: &Keys,
    device: &Device,
    employee: &Employee,
    now: Timestamp,
) -> Result<(), NexthinkError> {
    let identifier = device.identified_by.and_then(|kind| employee.identifier(kind));
    let proven = match (identifier, &device.proof) {
        (Some(identifier), Some(proof)) => keys.verify(Purpose::Device, &device_text(device, identifier), proof),
        _ => false,
    };
    if !proven {
        let message = "this device is not one that `identify` returned for this employee, or it was altered";
        return Err(NexthinkError::new(ErrorKind::Consent, message).hint(IDENTIFY_AGAIN));
    }
    if !holds(device.identified_at, now) {
        let message = "this device was identified more than 7 days ago, or by a clock that is ahead";
        return Err(NexthinkError::new(ErrorKind::Consent, message).hint(IDENTIFY_AGAIN));
    }
    Ok(())
}

/// The proof of a diagnosis; none where there is no key.
pub(super) fn prove_diagnosis(settings: &Settings, diagnosis: &Json) -> Option<String> {
    Keys::of(settings).ok().map(|keys| keys.sign(Purpose::Diagnosis, &canonical(diagnosis)))
}

/// Takes a diagnosis apart from its proof, and refuses one that `diagnose` did not make, or not within the last week.
///
/// # Errors
/// `consent`.
pub(super) fn check_diagnosis(keys: &Keys, diagnosis: Json, now: Timestamp) -> Result<Json, NexthinkError> {
    let refused = |message: &'static str| NexthinkError::new(ErrorKind::Consent, message).hint(DIAGNOSE_AGAIN);
    let (diagnosis, proof) = without(diagnosis, "proof");
    let proof = proof.as_ref().and_then(Json::as_text).unwrap_or_default();
    if !keys.verify(Purpose::Diagnosis, &canonical(&diagnosis), proof) {
        return Err(refused("this diagnosis was altered, or not made by `diagnose` of a client with the same key"));
    }
    let diagnosed_at = diagnosis.get("diagnosedAt").and_then(Json::as_text).and_then(Timestamp::parse);
    if !holds(diagnosed_at, now) {
        return Err(refused("this diagnosis is more than 7 days old, or by a clock that is ahead"));
    }
    Ok(diagnosis)
}

fn holds(since: Option<Timestamp>, now: Timestamp) -> bool {
    since.is_some_and(|then| (-AHEAD_MS..=HOLDS_MS).contains(&now.since(then)))
}

/// What is signed of a device: all of it, and by what it was found. NQL finds names in any case, so it does not count.
fn device_text(device: &Device, identifier: &str) -> String {
    let (device, _) = without(device.write(), "proof");
    canonical(&Json::List(vec![identifier.to_ascii_lowercase().as_str().into(), device]))
}
