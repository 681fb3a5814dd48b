//! A remote action under way: when to look, and what to say of what is seen. Accepted, ran, changed and solved are four
//! different things.

use super::messages::*;
use super::talk::{Progress, Talk};
use super::{advice, helped, trouble};
use crate::api::problem::ErrorKind;
use crate::conversation::state::Phase;
use crate::conversation::{CallError, MessageKind, Said};
use crate::flow::{Certainty, Run, RunState, WaitingFor};
use crate::json::{Json, Read, Write};
use crate::nql::{MINUTE, SECOND};

/// Between two looks: at a script that runs, at what should have ended long ago, and at a device that is offline.
const QUICK_MS: (i64, i64) = (2 * SECOND, 30 * SECOND);
const SLOW_MS: (i64, i64) = (2 * SECOND, 5 * MINUTE);
const OFFLINE_MS: (i64, i64) = (MINUTE, 15 * MINUTE);

/// How soon the tenant answers a trigger, or somebody stops waiting for its answer: another process may be doing so.
const ANSWERED_WITHIN_MS: i64 = 30 * SECOND;

/// How soon a device that is online fetches what is there for it.
const FETCHED_WITHIN_MS: i64 = 90 * SECOND;

/// Looks what has become of the run.
pub(super) fn look(talk: Talk<'_>) -> Progress {
    match talk.state.last_run() {
        Some(run) => Ok(talk.query("progress", run.write())),
        // Only an altered state comes here.
        None => Ok(talk.question(Phase::HandOver)),
    }
}

/// It was looked at.
pub(super) fn seen(mut talk: Talk<'_>, output: Json) -> Progress {
    let before = talk.state.runs.last().map(|run| run.state);
    let Ok(run) = Run::read(output) else { return Ok(trouble::settings(talk)) };
    talk.state.failures = 0;
    learned(talk, run, before)
}

/// It could not be looked at. Trouble that passes is waited out.
pub(super) fn unseen(mut talk: Talk<'_>, error: &CallError) -> Progress {
    let passes = matches!(
        error.kind,
        ErrorKind::RateLimited | ErrorKind::Timeout | ErrorKind::Network | ErrorKind::Server | ErrorKind::Aborted
    );
    talk.state.failures = talk.state.failures.saturating_add(1);
    if !passes || talk.state.failures >= trouble::FAILURES {
        return Ok(trouble::failed(talk, error));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    let asked = error.retry_after_ms.unwrap_or_default().max(0.0) as u32;
    let pause = pause_ms(&talk).max(asked);
    Ok(talk.pause(pause))
}

/// Says what is new, and goes on.
pub(super) fn learned(mut talk: Talk<'_>, run: Run, before: Option<RunState>) -> Progress {
    talk.state.keep(run.clone());
    if run.ended_at.is_some() {
        return ended(talk, &run);
    }
    let is_new = match run.state {
        RunState::Waiting => !talk.state.told_to_wait && is_offline(&talk, &run),
        RunState::Pending if talk.now().since(run.started_at) <= ANSWERED_WITHIN_MS => false,
        // One that is accepted while it was not heard of before is news; one that was refused and is not sent is none.
        state => before != Some(state),
    };
    if is_new {
        talk.state.told_to_wait = run.state == RunState::Waiting;
        let said = standing(&talk, &run);
        talk.say(said);
    }
    let pause = pause_ms(&talk);
    Ok(talk.pause(pause))
}

#[expect(clippy::cast_precision_loss, reason = "a duration is far below 2^53 milliseconds")]
fn standing(talk: &Talk<'_>, run: &Run) -> Said {
    let titled = |message| Said::new(message).text("title", &run.title);
    match run.state {
        RunState::Running => titled(RUNNING).text("device", &run.device.name),
        RunState::Waiting => {
            let until = run.waiting.as_ref().and_then(|waiting| waiting.until).unwrap_or(run.expires_at);
            titled(WAITING_FOR_DEVICE)
                .text("device", &run.device.name)
                .at_most("duration", until.since(talk.now()) as f64)
        }
        RunState::Accepted => titled(SENT).text("device", &run.device.name),
        _ => titled(RUN_UNCERTAIN).kind(MessageKind::Warning),
    }
}

/// Whether a run waits for longer than a device that is online lets it wait.
fn is_offline(talk: &Talk<'_>, run: &Run) -> bool {
    talk.now().since(run.started_at) > FETCHED_WITHIN_MS
}

fn ended(mut talk: Talk<'_>, run: &Run) -> Progress {
    let said = outcome(run);
    talk.say(said);
    match (run.state, run.ran) {
        (RunState::Succeeded | RunState::Unknown, _) => helped::verify(talk),
        // The next one would wait for the device just as long.
        (RunState::Expired, _) => Ok(talk.question(Phase::HandOver)),
        _ => advice::next(talk),
    }
}

fn outcome(run: &Run) -> Said {
    let titled = |message| Said::new(message).text("title", &run.title);
    let details = run.status_details.as_ref().filter(|details| !details.is_empty());
    match (run.state, run.ran) {
        (RunState::Succeeded, _) => return titled(RUN_SUCCEEDED).text("device", &run.device.name),
        (RunState::Failed, Certainty::No) => match details {
            Some(details) => titled(RUN_NOT_STARTED_DETAILS).text("details", details),
            None => titled(RUN_NOT_STARTED),
        },
        (RunState::Failed, _) => match details {
            Some(details) => titled(RUN_FAILED_DETAILS).text("details", details),
            None => titled(RUN_FAILED),
        },
        (RunState::Expired, _) => titled(RUN_EXPIRED).text("device", &run.device.name),
        (RunState::Cancelled, _) => titled(RUN_CANCELLED),
        _ => titled(RUN_UNKNOWN),
    }
    .kind(MessageKind::Warning)
}

/// When it is worth another look: a tenth of what has passed or of what it usually takes.
pub(super) fn pause_ms(talk: &Talk<'_>) -> u32 {
    let Some(run) = talk.state.under_way().filter(|_| talk.state.phase == Phase::Progress) else { return 0 };
    let waits_for_device = run.waiting.as_ref().is_some_and(|waiting| waiting.r#for == WaitingFor::Device);
    let passed_ms = talk.now().since(run.started_at);
    let expected_ms = i64::from(run.expected_seconds.unwrap_or_default()) * SECOND;
    let bounds = match waits_for_device {
        true if passed_ms > FETCHED_WITHIN_MS => OFFLINE_MS,
        false if passed_ms > 2 * expected_ms + 5 * MINUTE => SLOW_MS,
        _ => QUICK_MS,
    };
    let pause = (passed_ms.max(expected_ms) / 10).clamp(bounds.0, bounds.1);
    u32::try_from(pause).unwrap_or(30_000)
}
