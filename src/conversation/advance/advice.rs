//! One recommendation at a time, in the playbook's order: what was declined or tried is passed over.

use super::diagnosis::{self, Recommended, Seen};
use super::messages::*;
use super::talk::{Progress, Talk, object};
use super::{device, trouble};
use crate::api::problem::ErrorKind;
use crate::conversation::state::{Offer, Phase, State, bounded};
use crate::conversation::{CallError, OnBudget, Said};
use crate::flow::Proposal;
use crate::json::{Json, Read};
use crate::playbook::RecommendationKind;

/// How long a text of a playbook is at most in the state, in bytes.
const LONGEST_TEXT: usize = 240;

/// Recommends what comes next; the diagnosis is carried.
pub(super) fn recommend(mut talk: Talk<'_>, seen: &Seen) -> Progress {
    let Some(next) = seen.recommendations.iter().find(|next| !is_done_with(&talk.state, &next.rule)) else {
        return Ok(talk.question(Phase::HandOver));
    };
    talk.state.offer = Some(offer(seen, next));
    if next.kind == RecommendationKind::Advice {
        return Ok(talk.question(Phase::Advice));
    }
    // As it will have to be asked again, should nobody answer.
    talk.state.phase = Phase::Diagnose;
    let diagnosis = talk.carried.clone().unwrap_or_default();
    let subject = object(&[("diagnosis", &diagnosis), ("rule", &next.rule)]);
    let options = object(&[("employee", &talk.state.employee), ("reference", &talk.state.reference)]);
    Ok(talk.ask("propose", object(&[("subject", &subject), ("options", &options)]), OnBudget::End))
}

/// What is proposed is put to the employee.
pub(super) fn proposed(mut talk: Talk<'_>, output: Json) -> Progress {
    match (Proposal::read(output), &mut talk.state.offer) {
        (Ok(proposal), Some(offer)) => offer.proposed(proposal),
        _ => return Ok(trouble::settings(talk)),
    }
    Ok(talk.question(Phase::Consent))
}

/// It cannot be proposed.
pub(super) fn not_proposed(mut talk: Talk<'_>, error: &CallError) -> Progress {
    let offer = talk.state.offer.take();
    match (error.kind, offer, talk.carried.clone().map(Seen::read)) {
        // A guard rail: on with the next.
        (ErrorKind::Refused, Some(offer), Some(Ok(seen))) => {
            talk.say(Said::new(NOT_ALLOWED).text("title", &offer.title));
            decline(&mut talk.state, offer.rule);
            recommend(talk, &seen)
        }
        // The proof of whose device it is was too old.
        (ErrorKind::Consent, _, _) if talk.state.failures < trouble::FAILURES => {
            talk.state.failures += 1;
            device::again(talk)
        }
        _ => Ok(trouble::failed(talk, error)),
    }
}

/// The employee does not want it: on with the next, by a fresh diagnosis.
pub(super) fn declined(mut talk: Talk<'_>) -> Progress {
    if let Some(offer) = talk.state.offer.take() {
        decline(&mut talk.state, offer.rule);
    }
    next(talk)
}

/// On with what comes next.
pub(super) fn next(mut talk: Talk<'_>) -> Progress {
    talk.tell(NEXT_TRY);
    talk.state.offer = None;
    diagnosis::begin(talk)
}

/// Does not recommend a rule's recommendation again.
pub(super) fn decline(state: &mut State, rule: String) {
    if !state.declined.contains(&rule) {
        state.declined.push(rule);
    }
}

/// Whether a rule's recommendation was declined, or tried on this device.
fn is_done_with(state: &State, rule: &str) -> bool {
    let device = state.device.as_ref().map(|device| &device.collector_uid);
    let is_tried = state.runs.iter().any(|run| run.rule.as_deref() == Some(rule) && Some(&run.collector_uid) == device);
    is_tried || state.declined.iter().any(|declined| declined == rule)
}

fn offer(seen: &Seen, recommended: &Recommended) -> Offer {
    let finding = seen.findings.iter().find(|finding| finding.rule == recommended.rule);
    let short = |text: &String| bounded(text, LONGEST_TEXT);
    Offer {
        rule: recommended.rule.clone(),
        title: short(&recommended.title),
        reason: finding.and_then(|finding| finding.reason.as_ref()).map(short),
        description: recommended.description.as_ref().map(short),
        risk: recommended.risk,
        expected_seconds: recommended.expected_seconds,
        token: None,
        expires_at: None,
        agreed: None,
        is_unsent: None,
    }
}
