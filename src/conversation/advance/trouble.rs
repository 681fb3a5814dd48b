//! A call that failed, in words for the employee, and what they can do about it: try again, or ask the service desk.

use super::messages::*;
use super::reply;
use super::talk::{Progress, Talk};
use crate::api::problem::ErrorKind;
use crate::conversation::state::Phase;
use crate::conversation::{CallError, MessageKind, Said, Step};

/// How many calls in a row may come to nothing before the employee is asked.
pub(super) const FAILURES: u32 = 3;

/// Between two calls of which the first got no answer in time.
const PAUSE_MS: u32 = 1_000;

/// A call failed. What it was for is tried again when the employee wants.
pub(super) fn failed(talk: Talk<'_>, error: &CallError) -> Step {
    let message = match error.kind {
        ErrorKind::RateLimited | ErrorKind::Server => TROUBLE_BUSY,
        ErrorKind::Network | ErrorKind::Timeout | ErrorKind::Aborted => TROUBLE_UNREACHABLE,
        ErrorKind::Authentication
        | ErrorKind::Permission
        | ErrorKind::NotFound
        | ErrorKind::Invalid
        | ErrorKind::Malformed
        | ErrorKind::Refused
        | ErrorKind::Consent
        | ErrorKind::Internal => TROUBLE_SETTINGS,
    };
    asked(talk, message)
}

/// It does not work as it is set up.
pub(super) fn settings(talk: Talk<'_>) -> Step {
    asked(talk, TROUBLE_SETTINGS)
}

/// No answer came in the turn's time: it is asked for again, a few times.
pub(super) fn unanswered(mut talk: Talk<'_>) -> Step {
    talk.state.failures = talk.state.failures.saturating_add(1);
    if talk.state.failures >= FAILURES {
        return asked(talk, TROUBLE_NO_ANSWER);
    }
    let pause = super::progress::pause_ms(&talk).max(PAUSE_MS);
    talk.pause(pause)
}

fn asked(mut talk: Talk<'_>, message: MessageKey) -> Step {
    let phase = talk.state.phase;
    talk.state.again = Some(phase);
    talk.say(Said::new(message).kind(MessageKind::Warning));
    if let Some(title) = reply::under_way(&talk.state) {
        let said = Said::new(UNDER_WAY).text("title", title);
        talk.say(said);
    }
    talk.question(Phase::Trouble)
}

/// The employee wants it tried again.
pub(super) fn again(mut talk: Talk<'_>) -> Progress {
    let phase = talk.state.again.take().filter(|phase| phase.is_work()).unwrap_or(Phase::Diagnose);
    talk.state.phase = phase;
    match phase {
        Phase::Remediate => super::consent::agreed_again(talk),
        _ => super::work(talk),
    }
}
