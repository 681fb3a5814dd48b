//! An employee's devices as a directory of the host's knows them: asked before the tenant, and believed for a while.
//! Whoever supplies the directory is trusted as the store is: its devices are proven as if the tenant had told them.

use super::clocks::CLOCKS_DIFFER_MS;
use super::device::{Device, DeviceSource};
use super::employee::IdentifiedBy;
use super::proof::prove_devices;
use crate::api::problem::NexthinkError;
use crate::client::{Client, Host};
use crate::json::{Json, Read, record};
use crate::nql::Timestamp;

/// How long the directory may take, in milliseconds. It is there to be faster than the tenant.
const TIMEOUT_MS: u32 = 2_000;

record! {
    lenient
    /// What the host's directory answers.
    struct Answer {
        /// Of when its data is.
        as_of: Option<Timestamp>,
        devices: Vec<Device>,
    }
}

/// The devices that the directory has, where its data is young enough and they are all that a device needs to be. None:
/// the tenant has to be asked.
///
/// # Errors
/// `invalid` for an answer that is none; `aborted` where the caller has ended the call.
pub(super) async fn devices_of_directory<H: Host>(
    client: &Client<H>,
    identified_by: IdentifiedBy,
    value: &str,
) -> Result<Option<Vec<Device>>, NexthinkError> {
    let settings = client.settings();
    if !settings.has_directory {
        return Ok(None);
    }
    let identity = Json::Object(vec![(identified_by.word().into(), value.into())]).to_text();
    let Some(answer) = client.host().directory(&identity, TIMEOUT_MS).await? else { return Ok(None) };
    let answer = Json::parse(answer.as_bytes()).map(Answer::read);
    let Some(Ok(Answer { as_of, mut devices })) = answer else {
        return Err(NexthinkError::invalid("the `directory` gave no list of devices, or no time in `asOf`")
            .hint("give what `createDirectory` made, or let `lookup` answer with devices as that does"));
    };
    let now = client.host().now();
    // Without a time nobody knows how old it is. Single devices may be older than what was added last.
    let as_of = as_of.map(|time| devices.iter().filter_map(|device| device.identified_at).fold(time, Timestamp::min));
    let Some(as_of) =
        as_of.filter(|time| (-CLOCKS_DIFFER_MS..=settings.directory_max_age_ms).contains(&now.since(*time)))
    else {
        return Ok(None);
    };
    if devices.is_empty() || devices.iter().any(|device| device.check().is_err()) {
        return Ok(None);
    }
    for device in &mut devices {
        device.identified_by = Some(identified_by);
        device.source = Some(DeviceSource::Directory);
        device.proof = None;
    }
    prove_devices(settings, &mut devices, value, as_of);
    Ok(Some(devices))
}
