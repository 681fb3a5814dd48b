//! Step 4, after the employee's yes: triggers what the consent says, at most once.

use super::approval::approve;
use super::audit::{AuditEvent, note};
use super::clocks::CLOCKS_DIFFER_MS;
use super::device_lock::{self, DeviceLock, LONGEST_COOLDOWN_MS, Wanted};
use super::ledger::{self, Entered, Entry};
use super::proposal::{Consent, hexadecimal};
use super::run::{Run, RunState};
use super::seal::{Purpose, open};
use crate::api::problem::{ErrorKind, NexthinkError, SideEffect};
use crate::api::remote_actions::execute::{Input, TriggerInfo};
use crate::client::{Client, Host};
use crate::json::{Json, Read};
use crate::nql::{MINUTE, Timestamp};
use crate::playbook::Risk;

/// How long the tenant waits for a device that is offline, where the proposal does not say: the shortest that it allows.
const DEFAULT_EXPIRES_IN_MINUTES: u32 = 60;

/// The vendor's limit for a reason, in characters.
const MAXIMUM_REASON: usize = 500;

/// Triggers the remote action of a consent. Called again with the same token, by whomever, it sends nothing and gives
/// the same run. An answer that was lost makes the run `unknown`; it is not sent again.
///
/// # Errors
/// `consent` for a token that was altered or has expired, or a disruptive action that was not `confirmed`; `refused` by
/// a guard rail, by the second person, or where the device is not free; what the store fails with before anything is
/// sent; what the tenant refused with. In all of them `sideEffect` is "none".
pub async fn remediate<H: Host>(client: &Client<H>, token: &str, confirmed: bool) -> Result<Run, NexthinkError> {
    remediate_with_patience(client, token, confirmed, None).await
}

/// The same for a caller who waits for the second person for so many milliseconds. A yes that comes later triggers nothing:
/// the employee has been told so, and may have thought better of it.
///
/// # Errors
/// As `remediate`; `timeout` where the second person has not answered by then.
pub async fn remediate_with_patience<H: Host>(
    client: &Client<H>,
    token: &str,
    confirmed: bool,
    patience_ms: Option<u32>,
) -> Result<Run, NexthinkError> {
    let consent = read(client, token)?;
    client.check_store()?;
    let released = match ledger::find(client, &consent.id).await? {
        Some(entered) if !entered.entry.released => return Ok(entered.entry.run),
        released => released,
    };
    let mut entry = entry(&consent, client.host().now());
    match act(client, &consent, released, &mut entry, Asked { confirmed, patience_ms }).await {
        Ok(run) => Ok(run),
        Err(NotDone { event, error }) => {
            note(client, &mut entry.run, event, Some(&error)).await;
            // Nothing can come of an expired consent any more.
            if client.host().now() > consent.expires_at {
                note(client, &mut entry.run, AuditEvent::Ended, None).await;
            }
            Err(error)
        }
    }
}

/// What a caller has asked for, beside the token.
#[derive(Clone, Copy)]
struct Asked {
    confirmed: bool,
    patience_ms: Option<u32>,
}

/// Why nothing was done, and what the audit calls it.
struct NotDone {
    event: AuditEvent,
    error: NexthinkError,
}

impl From<NexthinkError> for NotDone {
    fn from(error: NexthinkError) -> Self {
        Self { event: AuditEvent::Refused, error }
    }
}

/// Checks all that must hold, enters the run, and sends the request.
async fn act<H: Host>(
    client: &Client<H>,
    consent: &Consent,
    released: Option<Entered>,
    entry: &mut Entry,
    asked: Asked,
) -> Result<Run, NotDone> {
    check(client, consent, asked.confirmed)?;
    let mut random = [0; 8];
    client.host().random(&mut random)?;
    let attempt = hexadecimal(&random);
    entry.attempt.clone_from(&attempt);
    let trigger = trigger(consent);
    #[expect(clippy::cast_possible_truncation, reason = "saturates")]
    let cooldown_ms = (consent.action.cooldown_ms.unwrap_or_default() as i64).clamp(0, LONGEST_COOLDOWN_MS);
    let free = device_lock::admit(client, &Wanted { attempt: &attempt, run: &entry.run, cooldown_ms }).await?;
    let declared = client.declared_remote_action(&trigger.remote_action_id).await?;
    declared.check(&trigger.params)?;
    if client.settings().approve {
        approve(client, consent, asked.patience_ms).await.map_err(|error| match error.kind {
            ErrorKind::Refused => NotDone { event: AuditEvent::Denied, error },
            // Nobody has answered: the caller has gone, or the time is over.
            _ => error.into(),
        })?;
        note(client, &mut entry.run, AuditEvent::Approved, None).await;
    }
    // All of this may have taken a while.
    check_time(consent, client.host().now())?;
    entry.run.begin(client.host().now(), expiry(consent));
    let Some(entered) = ledger::enter(client, released.as_ref(), entry.clone()).await? else {
        return Ok(faster(client, &consent.id).await?);
    };
    let wanted = Wanted { attempt: &attempt, run: &entered.entry.run, cooldown_ms };
    let taken = match device_lock::take(client, free, &wanted).await {
        Ok(taken) => taken,
        Err(error) => {
            ledger::release(client, entered).await;
            return Err(error.into());
        }
    };
    Ok(send(client, entered, taken, &trigger).await?)
}

/// Sends the request, once, and writes down what came of it.
async fn send<H: Host>(
    client: &Client<H>,
    entered: Entered,
    taken: DeviceLock,
    trigger: &Input,
) -> Result<Run, NexthinkError> {
    let mut run = entered.entry.run.clone();
    note(client, &mut run, AuditEvent::Sent, None).await;
    match client.remote_actions_execute(trigger).await {
        Ok(accepted) => {
            run.request_id = Some(accepted.request_id);
            run.advance(RunState::Accepted, client.host().now());
            note(client, &mut run, AuditEvent::Accepted, None).await;
        }
        Err(error) if error.side_effect == SideEffect::Unknown => {
            run.status_details = Some(error.message.to_string());
            run.advance(RunState::Unknown, client.host().now());
            note(client, &mut run, AuditEvent::Lost, None).await;
        }
        // Refused is not lost: nothing was accepted, and the consent holds until it expires.
        Err(error) => {
            // The ledger first: whoever finds a lease asks it whether anyone is there.
            ledger::release(client, entered).await;
            device_lock::give_back(client, taken, &run).await;
            return Err(error);
        }
    }
    Ok(ledger::record(client, Some(entered), run).await)
}

/// The run of whoever entered it first.
async fn faster<H: Host>(client: &Client<H>, id: &str) -> Result<Run, NexthinkError> {
    match ledger::find(client, id).await? {
        Some(entered) if !entered.entry.released => Ok(entered.entry.run),
        _ => Err(NexthinkError::new(ErrorKind::Refused, "another call is using this token at this moment")
            .hint("call again in a moment with the same token")),
    }
}

/// What the employee agreed to.
fn read<H: Host>(client: &Client<H>, token: &str) -> Result<Consent, NexthinkError> {
    let text = open(client.settings(), Purpose::Consent, token)?;
    Json::parse(text.as_bytes()).and_then(|json| Consent::read(json).ok()).ok_or_else(|| {
        NexthinkError::new(ErrorKind::Consent, "the proposal's token was made by another version of this package")
    })
}

fn check<H: Host>(client: &Client<H>, consent: &Consent, confirmed: bool) -> Result<(), NexthinkError> {
    check_time(consent, client.host().now())?;
    if client.lost_at().is_some_and(|lost_at| consent.issued_at < lost_at) {
        let message = "the proposal is older than what this process remembers: it may have been acted upon already";
        let hint = "look at the remote action's executions in Nexthink, and propose again where there is none; with a `store` nothing is forgotten";
        return Err(NexthinkError::new(ErrorKind::Consent, message).hint(hint));
    }
    if consent.action.risk == Risk::Disruptive && !confirmed {
        let message = "this remote action interrupts the employee's work and was not confirmed a second time";
        let hint = "tell the employee what will be interrupted, ask again, and call with `confirmed: true`";
        return Err(NexthinkError::new(ErrorKind::Consent, message).hint(hint));
    }
    client.settings().check_remote_action(&consent.action.remote_action_id)
}

/// A consent holds from when it was asked for until it expires. One of the future is no younger: a clock is wrong, and
/// by that clock it would hold for too long.
fn check_time(consent: &Consent, now: Timestamp) -> Result<(), NexthinkError> {
    if now > consent.expires_at {
        return Err(NexthinkError::new(ErrorKind::Consent, "the proposal has expired"));
    }
    if now.plus(CLOCKS_DIFFER_MS) < consent.issued_at {
        let message = "the proposal was made later than it is now: the clocks of two machines differ";
        return Err(NexthinkError::new(ErrorKind::Consent, message)
            .hint("set the clocks of the machines that run this package, then propose again"));
    }
    Ok(())
}

fn entry(consent: &Consent, now: Timestamp) -> Entry {
    let run = Run::pending(consent.clone(), now, expiry(consent));
    Entry { attempt: String::new(), released: false, consent_expires_at: consent.expires_at, run }
}

/// How long the tenant waits for the device, in milliseconds.
fn expiry(consent: &Consent) -> i64 {
    i64::from(consent.expires_in_minutes.unwrap_or(DEFAULT_EXPIRES_IN_MINUTES)) * MINUTE
}

fn trigger(consent: &Consent) -> Input {
    let action = &consent.action;
    Input {
        remote_action_id: action.remote_action_id.clone(),
        devices: vec![action.device.collector_uid.clone()],
        params: action.params.clone(),
        expires_in_minutes: Some(consent.expires_in_minutes.unwrap_or(DEFAULT_EXPIRES_IN_MINUTES)),
        trigger_info: Some(TriggerInfo {
            external_source: Some("nexthink-chatbot".into()),
            reason: Some(action.evidence.reason.chars().take(MAXIMUM_REASON).collect()),
            external_reference: Some(consent.reference.clone()),
        }),
    }
}
