//! Step 5: what has become of a run, by the tenant's own word. What one process learns, the ledger tells the others.

use super::audit::{AuditEvent, note};
use super::certainty::Certainty;
use super::device_lock;
use super::identify::execute_saved;
use super::ledger;
use super::run::{GRACE_MS, Run, RunState};
use super::saved_query::SavedQuery;
use crate::api::nql::table::Table;
use crate::api::problem::NexthinkError;
use crate::client::{Client, Host};
use crate::json::Json;
use crate::nql::{SECOND, same_column};

/// The shortest and the longest pause between two looks, in seconds.
const PAUSE_SECONDS: (i64, i64) = (2, 30);

/// One look. A run that has ended is given back without one, whether this process knows of its end or the ledger does.
///
/// # Errors
/// What the query fails with; the run is then as it was.
pub async fn progress<H: Host>(client: &Client<H>, mut run: Run) -> Result<Run, NexthinkError> {
    if run.ended_at.is_some() {
        return Ok(run);
    }
    // An end that nobody has seen is none: the tenant is asked.
    if run.state.is_end() {
        run.state = RunState::Unknown;
    }
    // A store that fails is no reason not to look.
    let entered = ledger::find(client, &run.id).await.ok().flatten();
    let mut consent_expires_at = None;
    if let Some(entered) = &entered {
        run = entered.entry.run.clone().merged(run);
        consent_expires_at = entered.entry.released.then_some(entered.entry.consent_expires_at);
    }
    if run.ended_at.is_none() {
        let before = (run.state, run.ended_at);
        look(client, &mut run).await?;
        let now = client.host().now();
        match consent_expires_at {
            // The tenant refused it. As long as the consent holds, someone may try again.
            Some(expires_at) if run.state < RunState::Accepted => {
                if now.since(expires_at) > GRACE_MS {
                    run.refused(now);
                    note(client, &mut run, AuditEvent::State, None).await;
                }
                return Ok(run);
            }
            _ if now.since(run.expires_at) > GRACE_MS => run.give_up(now),
            _ => {}
        }
        if (run.state, run.ended_at) != before {
            note(client, &mut run, AuditEvent::State, None).await;
            // The employee's word, the last one otherwise, came before.
            if run.ended_at.is_some() && run.solved != Certainty::Unknown {
                note(client, &mut run, AuditEvent::Ended, None).await;
            }
        }
        run = ledger::record(client, entered, run).await;
    }
    if run.ended_at.is_some() {
        device_lock::ended(client, &run).await;
    }
    Ok(run)
}

/// Asks the tenant.
async fn look<H: Host>(client: &Client<H>, run: &mut Run) -> Result<(), NexthinkError> {
    // Without a request ID the answer to the trigger was lost; the reference was sent with it.
    let table = match &run.request_id {
        Some(request_id) => execute_saved(client, SavedQuery::RemoteActionResult, request_id).await?,
        None => execute_saved(client, SavedQuery::RemoteActionResultByReference, &run.reference).await?,
    };
    if let Some(execution) = Execution::read(&table, run) {
        if run.request_id.is_none() {
            run.request_id = execution.request_id.map(str::to_owned);
        }
        apply(run, &execution, client.host().now());
    }
    Ok(())
}

/// The run with the employee's word on whether it helped, which the audit and the ledger are told, as far as they still
/// know of the run. It is the last word: the audit of a run that has ended ends with it. Sends nothing to the tenant.
pub async fn solved<H: Host>(client: &Client<H>, run: Run, yes: bool) -> Run {
    let mut run = run.solved(yes);
    let entered = ledger::find(client, &run.id).await.ok().flatten();
    note(client, &mut run, AuditEvent::Solved, None).await;
    if run.ended_at.is_some() || entered.as_ref().is_some_and(|entered| entered.entry.run.ended_at.is_some()) {
        note(client, &mut run, AuditEvent::Ended, None).await;
    }
    if let Some(entered) = entered {
        let mut known = entered.entry.run.clone();
        known.solved = run.solved;
        known.audit.clone_from(&run.audit);
        ledger::record(client, Some(entered), known).await;
    }
    run
}

/// Waits until it is worth another look, and looks, until something has changed or the run has ended.
/// Call it again with what it gives as long as that has no `endedAt`.
///
/// # Errors
/// What the query or the waiting fails with.
pub async fn next_change<H: Host>(client: &Client<H>, run: Run) -> Result<Run, NexthinkError> {
    let mut run = run;
    loop {
        if run.ended_at.is_some() {
            return Ok(run);
        }
        client.host().sleep(pause(&run, client.host().now().since(run.started_at))).await?;
        let state = run.state;
        run = progress(client, run).await?;
        if run.state != state {
            return Ok(run);
        }
    }
}

/// A tenth of what has passed or of what it usually takes: soon for what is quick, seldom for what is slow.
fn pause(run: &Run, passed_ms: i64) -> u32 {
    let expected_ms = i64::from(run.expected_seconds.unwrap_or_default()) * SECOND;
    let (shortest, longest) = (PAUSE_SECONDS.0 * SECOND, PAUSE_SECONDS.1 * SECOND);
    let pause = (passed_ms.max(expected_ms) / 10).clamp(shortest, longest);
    u32::try_from(pause).unwrap_or(30_000)
}

/// The row of `remote_action.executions` that is ours.
struct Execution<'a> {
    request_id: Option<&'a str>,
    status: &'a str,
    details: Option<&'a str>,
    outputs: Option<&'a str>,
}

const REQUEST_ID: &str = "remote_action.execution.request_id";

impl<'a> Execution<'a> {
    /// One device makes one execution: the first row that is not another run's is it. A tenant's own query may return
    /// more than it was asked for, and the success of another run is none of this one.
    fn read(table: &'a Table, run: &Run) -> Option<Self> {
        let column = |name: &str| table.position(|returned| same_column(name, returned));
        let (told, id) = match &run.request_id {
            Some(request_id) => (REQUEST_ID, request_id),
            None => ("remote_action.execution.external_reference", &run.reference),
        };
        let told = column(told);
        let is_ours = |row: &&Vec<Json>| {
            told.is_none_or(|told| {
                row.get(told).and_then(Json::as_text).is_some_and(|told| told.eq_ignore_ascii_case(id))
            })
        };
        let row = table.rows.iter().find(is_ours)?;
        let text = |name: &str| row.get(column(name)?).and_then(Json::as_text).filter(|text| !text.is_empty());
        Some(Self {
            request_id: text(REQUEST_ID),
            status: text("remote_action.execution.status")?,
            details: text("remote_action.execution.status_details"),
            outputs: text("remote_action.execution.outputs"),
        })
    }
}

fn apply(run: &mut Run, execution: &Execution<'_>, now: crate::nql::Timestamp) {
    let Some((state, ran)) = state_of(execution.status) else {
        // A word that nobody has documented: it is kept, and is no end before the expiry.
        run.status_details = Some(match execution.details {
            Some(details) => format!("{}: {details}", execution.status),
            None => execution.status.to_owned(),
        });
        return;
    };
    run.advance(state, now);
    if run.state != state {
        return;
    }
    run.ran = ran;
    run.status_details = match execution.details {
        Some(details) => Some(details.to_owned()),
        // "No script" and the like are the reason of the failure.
        None if state == RunState::Failed && ran == Certainty::No => Some(execution.status.to_owned()),
        None => None,
    };
    if state == RunState::Succeeded {
        run.outputs = execution.outputs.and_then(|outputs| Json::parse(outputs.as_bytes()));
    }
}

/// The tenant's word for a status, however it is spelled, and whether the script ran. The spelling of most is not
/// documented, so case, spaces, hyphens and underscores do not count.
fn state_of(status: &str) -> Option<(RunState, Certainty)> {
    let mut word = String::new();
    for letter in status.chars() {
        if letter.is_ascii_alphanumeric() {
            word.push(letter.to_ascii_lowercase());
        }
    }
    Some(match word.as_str() {
        "success" | "succeeded" => (RunState::Succeeded, Certainty::Yes),
        "failure" | "failed" | "error" => (RunState::Failed, Certainty::Yes),
        "noscript" | "oldcollector" => (RunState::Failed, Certainty::No),
        "expired" => (RunState::Expired, Certainty::No),
        "cancelled" | "canceled" => (RunState::Cancelled, Certainty::No),
        "inprogress" | "running" | "started" | "executing" => (RunState::Running, Certainty::Unknown),
        "waiting" | "waitingondevice" | "waitingfordevice" | "pending" | "queued" | "scheduled" => {
            (RunState::Waiting, Certainty::Unknown)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tenants_words_are_read_however_they_are_spelled() {
        for (words, state) in [
            (["success", "Success", "SUCCEEDED"], RunState::Succeeded),
            (["failure", "Failed", "error"], RunState::Failed),
            (["No script", "no_script", "Old collector"], RunState::Failed),
            (["Waiting on device", "waiting_on_device", "waiting-for-device"], RunState::Waiting),
            (["in_progress", "In progress", "running"], RunState::Running),
            (["expired", "Expired", "EXPIRED"], RunState::Expired),
            (["cancelled", "Canceled", "Cancelled"], RunState::Cancelled),
        ] {
            for word in words {
                assert_eq!(state_of(word).map(|(state, _)| state), Some(state), "{word}");
            }
        }
        assert_eq!(state_of("successful-ish"), None);
    }
}
