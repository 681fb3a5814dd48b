//! Step 4, after the employee's yes: triggers what the consent says, at most once.

use super::ledger::Ledger;
use super::proposal::Consent;
use super::run::{Run, RunState};
use super::seal::{Purpose, open};
use crate::api::problem::{ErrorKind, NexthinkError, SideEffect};
use crate::api::remote_actions::execute::{Input, TriggerInfo};
use crate::client::{Client, Host};
use crate::json::{Json, Read};
use crate::nql::MINUTE;
use crate::playbook::Risk;

/// How long the tenant waits for a device that is offline: the shortest that it allows, and within the time frame of
/// the query that follows the run up.
const EXPIRES_IN_MINUTES: u32 = 60;

/// The vendor's limit for a reason, in characters.
const MAXIMUM_REASON: usize = 500;

/// Triggers the remote action of a consent. Called again with the same token, by whomever, it sends nothing and gives
/// the same run. An answer that was lost makes the run `unknown`; it is not sent again.
///
/// # Errors
/// `consent` for a token that was altered or has expired, or a disruptive action that was not `confirmed`;
/// `refused` by a guard rail; what the tenant refused with, with `sideEffect` "none".
pub async fn remediate<H: Host>(
    client: &Client<H>,
    ledger: &Ledger,
    token: &str,
    confirmed: bool,
) -> Result<Run, NexthinkError> {
    let settings = client.settings();
    let text = open(settings, Purpose::Consent, token)?;
    let consent = Json::parse(text.as_bytes()).and_then(|json| Consent::read(json).ok()).ok_or_else(|| {
        NexthinkError::new(ErrorKind::Consent, "the proposal's token was made by another version of this package")
    })?;
    let now = client.host().now();
    if now > consent.expires_at {
        return Err(NexthinkError::new(ErrorKind::Consent, "the proposal has expired"));
    }
    if consent.action.risk == Risk::Disruptive && !confirmed {
        let message = "this remote action interrupts the employee's work and was not confirmed a second time";
        let hint = "tell the employee what will be interrupted, ask again, and call with `confirmed: true`";
        return Err(NexthinkError::new(ErrorKind::Consent, message).hint(hint));
    }
    settings.check_remote_action(&consent.action.remote_action_id)?;
    let (trigger, forget_at) = (trigger(&consent), consent.expires_at);
    let expires_at = now.plus(i64::from(EXPIRES_IN_MINUTES) * MINUTE);
    let mut run = Run::pending(consent, now, expires_at);
    if let Some(earlier) = ledger.enter(&run, forget_at, now) {
        return Ok(earlier);
    }
    let mut entry = Entry { ledger, run: &run, settled: false };
    let outcome = client.remote_actions_execute(&trigger).await;
    entry.settled = true;
    drop(entry);
    match outcome {
        Ok(accepted) => {
            run.request_id = Some(accepted.request_id);
            run.advance(RunState::Accepted, client.host().now());
        }
        Err(error) if error.side_effect == SideEffect::Unknown => {
            run.status_details = Some(error.message.to_string());
            run.advance(RunState::Unknown, client.host().now());
        }
        Err(error) => {
            ledger.release(&run);
            return Err(error);
        }
    }
    ledger.record(&run);
    Ok(run)
}

/// If the call is dropped in the middle, nobody knows what came of it: the run stays in the ledger, as unknown.
struct Entry<'a> {
    ledger: &'a Ledger,
    run: &'a Run,
    settled: bool,
}

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        if !self.settled {
            let mut run = self.run.clone();
            run.advance(RunState::Unknown, run.started_at);
            self.ledger.record(&run);
        }
    }
}

fn trigger(consent: &Consent) -> Input {
    let action = &consent.action;
    Input {
        remote_action_id: action.remote_action_id.clone(),
        devices: vec![action.device.collector_uid.clone()],
        params: action.params.clone(),
        expires_in_minutes: Some(EXPIRES_IN_MINUTES),
        trigger_info: Some(TriggerInfo {
            external_source: Some("nexthink-chatbot".into()),
            reason: Some(action.evidence.reason.chars().take(MAXIMUM_REASON).collect()),
            external_reference: Some(consent.reference.clone()),
        }),
    }
}
