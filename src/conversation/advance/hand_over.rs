//! The service desk goes on: what was said, found and tried is gathered, so that the employee need not tell it again.

use super::messages::*;
use super::talk::{Progress, Talk, object};
use super::{diagnosis, reply};
use crate::conversation::state::Phase;
use crate::conversation::{OnBudget, Said};
use crate::flow::{Device, Escalation};
use crate::json::{Json, Read, Write};

/// Gathers it: the runs as the ledger knows them, a fresh diagnosis, and all of it as one. Whatever of it cannot be had
/// keeps nobody from the service desk.
pub(super) fn begin(mut talk: Talk<'_>) -> Progress {
    if let Some(title) = reply::under_way(&talk.state) {
        let said = Said::new(UNDER_WAY).text("title", title);
        talk.say(said);
    }
    talk.state.phase = Phase::HandingOver;
    again(talk)
}

/// The same where nobody has answered before.
pub(super) fn again(talk: Talk<'_>) -> Progress {
    let runs = talk.state.runs();
    if runs.is_empty() {
        return recalled(talk, None);
    }
    Ok(talk.ask("recall", object(&[("runs", &runs)]), OnBudget::End))
}

/// The runs in full, or as they are known here.
pub(super) fn recalled(mut talk: Talk<'_>, output: Option<Json>) -> Progress {
    let runs = output.filter(|output| matches!(output, Json::List(_)));
    talk.carried = Some(runs.unwrap_or_else(|| talk.state.runs().write()));
    let is_whole = |device: &Device| device.identified_by.is_some();
    let is_known = talk.state.explained && talk.state.device.as_ref().is_some_and(is_whole);
    let (Some(playbook), Some(device), true) = (&talk.state.playbook, &talk.state.device, is_known && talk.may_query())
    else {
        return diagnosed(talk, None);
    };
    let input = diagnosis::input(&talk, playbook, device);
    Ok(talk.query("diagnose", input))
}

/// With a diagnosis, or without.
pub(super) fn diagnosed(talk: Talk<'_>, output: Option<Json>) -> Progress {
    let runs = talk.carried.clone().unwrap_or_default();
    let symptoms = symptoms(&talk);
    let is_empty = matches!(&runs, Json::List(runs) if runs.is_empty());
    if is_empty && output.is_none() && symptoms.is_none() {
        return gathered(talk, None);
    }
    let options = object(&[
        ("format", &"json".to_owned()),
        ("employee", &talk.state.employee),
        ("symptoms", &symptoms),
        ("diagnoses", &output.into_iter().collect::<Vec<_>>()),
    ]);
    Ok(talk.ask("escalation", object(&[("runs", &runs), ("options", &options)]), OnBudget::End))
}

/// All of it, or what is known here.
pub(super) fn gathered(mut talk: Talk<'_>, output: Option<Json>) -> Progress {
    let escalation = output.and_then(|output| Escalation::read(output).ok());
    let mut escalation = escalation.unwrap_or_else(|| Escalation {
        employee: Some(talk.state.employee.clone()),
        symptoms: symptoms(&talk),
        devices: Vec::new(),
        findings: Vec::new(),
        tried: Vec::new(),
        advice: Vec::new(),
        references: Vec::new(),
    });
    if let (true, Some(device)) = (escalation.devices.is_empty(), &talk.state.device) {
        // A ticket is read by many; with a proof they could have the device repaired.
        escalation.devices.push(Device { proof: None, ..device.clone() });
    }
    talk.escalation = Some(escalation);
    talk.tell(ESCALATED);
    Ok(talk.over(Phase::Escalated))
}

/// The employee's own words; else the name of their trouble.
fn symptoms(talk: &Talk<'_>) -> Option<String> {
    let playbook = || {
        let playbook = talk.setting.playbook(talk.state.playbook.as_ref()?)?;
        Some(playbook.title(&talk.setting.locale).to_owned())
    };
    talk.state.symptoms.clone().filter(|symptoms| !symptoms.is_empty()).or_else(playbook)
}
