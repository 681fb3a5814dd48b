//! Which device it is about.

use super::messages::*;
use super::talk::{Progress, Talk, object};
use super::{diagnosis, reply, trouble};
use crate::api::problem::ErrorKind;
use crate::conversation::state::{Choosing, Phase};
use crate::conversation::{CallError, Said};
use crate::flow::{Device, Employee};
use crate::json::{Json, Read};

/// How many devices are offered at a time.
const OFFERED: usize = 3;

/// Looks the devices up, from the first identifier of the employee.
pub(super) fn again(mut talk: Talk<'_>) -> Progress {
    let switching = talk.state.choosing().switching;
    talk.state.choosing = Some(Choosing { switching, ..Choosing::default() });
    identify(talk)
}

/// Looks the devices up by the identifier whose turn it is.
pub(super) fn identify(mut talk: Talk<'_>) -> Progress {
    talk.state.phase = Phase::Identify;
    let tried = talk.state.choosing().identifier as usize;
    let identifier = identifiers(&talk.state.employee).nth(tried);
    let Some(input) = identifier.map(|(kind, identifier)| object(&[(kind, &identifier.to_owned())])) else {
        talk.tell(NO_DEVICE);
        talk.state.choosing().switching = false;
        return Ok(talk.question(Phase::NoDevice));
    };
    Ok(talk.query("identify", input))
}

/// The employee's devices, or none.
pub(super) fn identified(mut talk: Talk<'_>, output: Json) -> Progress {
    let Ok(devices) = Vec::<Device>::read(output) else { return Ok(trouble::settings(talk)) };
    if devices.is_empty() {
        return next_identifier(talk);
    }
    talk.state.failures = 0;
    // The device is known; only the proof of whose it is was too old.
    if let Some(known) = &talk.state.device
        && let Some(device) = devices.iter().find(|device| device.collector_uid == known.collector_uid)
    {
        talk.state.device = Some(device.clone());
        return diagnosis::begin(talk);
    }
    let mut found = devices.iter();
    if let (Some(only), None) = (found.next(), found.next()) {
        let said = if talk.state.choosing().switching { ONLY_DEVICE } else { LOOKING_AT };
        talk.say(Said::new(said).text("device", &only.name));
        return selected(talk, only.clone());
    }
    if talk.state.choosing().passed as usize >= devices.len() {
        talk.tell(NO_MORE_DEVICES);
        talk.state.choosing().passed = 0;
    }
    let choosing = talk.state.choosing();
    choosing.total = u32::try_from(devices.len()).unwrap_or(u32::MAX);
    choosing.devices = devices.into_iter().skip(choosing.passed as usize).take(OFFERED).collect();
    Ok(talk.question(Phase::Device))
}

/// The lookup failed. A tenant may lack the query for one kind of identifier and have that for another.
pub(super) fn not_identified(mut talk: Talk<'_>, error: &CallError) -> Progress {
    let tried = talk.state.choosing().identifier as usize;
    let has_next = identifiers(&talk.state.employee).nth(tried + 1).is_some();
    match error.kind {
        ErrorKind::NotFound | ErrorKind::Invalid if has_next => next_identifier(talk),
        _ => Ok(trouble::failed(talk, error)),
    }
}

fn next_identifier(mut talk: Talk<'_>) -> Progress {
    let choosing = talk.state.choosing();
    choosing.identifier = choosing.identifier.saturating_add(1);
    identify(talk)
}

/// The employee has chosen one of those offered.
pub(super) fn chosen(mut talk: Talk<'_>, position: usize) -> Progress {
    let Some(device) = talk.state.offered().get(position).cloned() else {
        talk.tell(UNKNOWN_CHOICE);
        return Ok(talk.question_again());
    };
    talk.say(Said::new(LOOKING_AT).text("device", &device.name));
    selected(talk, device)
}

fn selected(mut talk: Talk<'_>, device: Device) -> Progress {
    talk.state.device = Some(device);
    talk.state.choosing = None;
    talk.state.collected = None;
    talk.state.collected_at = None;
    talk.state.collections = None;
    talk.state.explained = false;
    talk.state.declined = Vec::new();
    talk.state.offer = None;
    diagnosis::begin(talk)
}

/// It is about another device: the next ones, where they are being offered already.
pub(super) fn another(mut talk: Talk<'_>) -> Progress {
    if talk.state.playbook.is_none() {
        talk.tell(NOT_POSSIBLE_NOW);
        return Ok(talk.question_again());
    }
    if talk.state.phase == Phase::Device {
        let shown = u32::try_from(talk.state.offered().len()).unwrap_or_default();
        let choosing = talk.state.choosing();
        choosing.passed = choosing.passed.saturating_add(shown);
        return identify(talk);
    }
    if let Some(title) = reply::under_way(&talk.state) {
        let said = Said::new(UNDER_WAY).text("title", title);
        talk.say(said);
    }
    talk.state.device = None;
    talk.state.offer = None;
    talk.state.again = None;
    talk.state.choosing().switching = true;
    again(talk)
}

/// What the employee is known by, in the order in which it is tried.
fn identifiers(employee: &Employee) -> impl Iterator<Item = (&'static str, &str)> {
    [("username", &employee.username), ("upn", &employee.upn), ("email", &employee.email), ("sid", &employee.sid)]
        .into_iter()
        .filter_map(|(kind, identifier)| Some((kind, identifier.as_deref().filter(|text| !text.is_empty())?)))
}
