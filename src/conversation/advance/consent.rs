//! The employee's yes, and what is done upon it. Nothing is triggered but by the answer to the present question of the
//! present proposal, which the state remembers by the question's number until the answer to the trigger is there.

use super::messages::*;
use super::talk::{Progress, Talk, object};
use super::{advice, diagnosis, progress, question, trouble};
use crate::api::problem::{ErrorKind, SideEffect};
use crate::conversation::state::{Offer, Phase};
use crate::conversation::{CallError, OnBudget, Said};
use crate::flow::Run;
use crate::json::{Json, Read};
use crate::nql::SECOND;
use crate::playbook::Risk;

/// A proposal is renewed so long before it expires: the request takes its time, too.
const BEFORE_EXPIRY_MS: i64 = 10 * SECOND;

/// The employee has said yes to the present question.
pub(super) fn agreed(mut talk: Talk<'_>) -> Progress {
    let Some(offer) = talk.state.offer.as_ref().filter(|offer| is_valid(offer, &talk)) else { return renew(talk) };
    if offer.risk == Risk::Disruptive && talk.state.phase == Phase::Consent {
        return Ok(talk.question(Phase::Confirm));
    }
    let question = talk.state.question;
    if let Some(offer) = &mut talk.state.offer {
        offer.agreed = Some(question);
    }
    talk.state.failures = 0;
    remediate(talk)
}

/// The employee, who has said yes before, wants it tried once more.
pub(super) fn agreed_again(mut talk: Talk<'_>) -> Progress {
    let has_agreed = talk.state.offer.as_ref().is_some_and(|offer| offer.agreed.is_some());
    if !has_agreed {
        return renew(talk);
    }
    // A second confirmation, where there was one to give, was given.
    talk.state.phase = Phase::Remediate;
    agreed(talk)
}

/// Triggers what was agreed to. Asked again with the same token, the ledger triggers nothing anew.
pub(super) fn remediate(mut talk: Talk<'_>) -> Progress {
    let question = talk.state.question;
    let offer = talk.state.offer.as_mut().filter(|offer| offer.agreed == Some(question));
    let Some((token, risk)) = offer.and_then(|offer| {
        // From here on it may be on its way.
        offer.is_unsent = None;
        Some((offer.token.clone()?, offer.risk))
    }) else {
        return renew(talk);
    };
    talk.state.phase = Phase::Remediate;
    let confirmed = risk == Risk::Disruptive;
    Ok(talk.ask("remediate", object(&[("token", &token), ("confirmed", &confirmed)]), OnBudget::Leave))
}

/// It was triggered, now or before.
pub(super) fn remediated(mut talk: Talk<'_>, output: Json) -> Progress {
    let Ok(run) = Run::read(output) else { return Ok(trouble::settings(talk)) };
    talk.state.offer = None;
    talk.state.failures = 0;
    talk.state.phase = Phase::Progress;
    progress::learned(talk, run, None)
}

/// There was no time left to send it: the next turn does.
pub(super) fn not_begun(mut talk: Talk<'_>) -> Progress {
    if let Some(offer) = &mut talk.state.offer {
        offer.is_unsent = Some(true);
    }
    Ok(trouble::unanswered(talk))
}

/// It was not.
pub(super) fn not_remediated(mut talk: Talk<'_>, error: &CallError) -> Progress {
    // Whose the device is may have been asked of the tenant.
    talk.spend();
    let title = talk.state.offer.as_ref().map(|offer| offer.title.clone()).unwrap_or_default();
    let device = question::device_name(&talk.state).to_owned();
    match (error.kind, error.retry_after_ms) {
        // Nobody knows: the ledger does, and is asked with the same token.
        _ if error.side_effect != SideEffect::None => Ok(trouble::unanswered(talk)),
        (ErrorKind::Consent, _) => renew(talk),
        (ErrorKind::Refused, Some(wait_ms)) => {
            talk.say(Said::new(NOT_NOW).text("title", title).text("device", device).at_most("duration", wait_ms));
            Ok(talk.question(Phase::NotNow))
        }
        (ErrorKind::Refused, None) => {
            talk.say(Said::new(NOT_ALLOWED).text("title", title));
            advice::declined(talk)
        }
        _ => {
            talk.say(Said::new(NOT_SENT).text("title", title));
            Ok(talk.question(Phase::NotNow))
        }
    }
}

/// The proposal has expired: what it stands on may have changed, so the device is diagnosed afresh, and the employee is
/// asked again.
fn renew(mut talk: Talk<'_>) -> Progress {
    if let Some(offer) = &mut talk.state.offer {
        (offer.token, offer.expires_at, offer.agreed, offer.is_unsent) = (None, None, None, None);
        let said = Said::new(CONSENT_RENEWED).text("device", question::device_name(&talk.state));
        talk.say(said);
    }
    diagnosis::begin(talk)
}

fn is_valid(offer: &Offer, talk: &Talk<'_>) -> bool {
    let is_young = |expires_at: crate::nql::Timestamp| expires_at.since(talk.now()) > BEFORE_EXPIRY_MS;
    offer.token.is_some() && offer.expires_at.is_some_and(is_young)
}
