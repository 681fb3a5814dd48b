//! Which message is said when: one step of a conversation, as a pure function.
//!
//! ```text
//! begin → device → diagnosis (explain) → advice ─┬─ the employee does it ──────────────┐
//!            ↑                          ↑        └─ consent → progress → verify ────── helped → the end
//!            └── another device         └────────────────────────── no ───────────────┘ ↓
//! reply: what the employee says at any of them                                         hand_over
//! ```
//!
//! A turn is a `talk`; the present question follows from the state (`question`); `messages` is all that can be said.
//! What fails is told in `trouble`.

mod advice;
mod begin;
mod consent;
mod device;
mod diagnosis;
mod explain;
mod hand_over;
mod helped;
mod messages;
mod progress;
mod question;
mod reply;
mod talk;
mod trouble;

pub use messages::{MESSAGES, MessageKey, ParameterKind};

use super::setting::Setting;
use super::state::Phase;
use super::{Answered, Event, Outcome, Resumed, Step};
use crate::api::problem::NexthinkError;
use talk::{Progress, Talk, not_ours};

/// One step of a conversation: from what has just happened to the next call, or to the turn. The same event in the same
/// setting gives the same step.
///
/// # Errors
/// `invalid` for an event that is none or several, for an employee without an identifier or with too long ones, and for a
/// state of a form that is not known here; `not-found` for a playbook that there is not.
pub fn advance(setting: &Setting, event: Event) -> Result<Step, NexthinkError> {
    match (event.started, event.replied, event.resumed, event.answered) {
        (Some(started), None, None, None) => begin::started(setting, started),
        (None, Some(replied), None, None) => reply::replied(setting, replied),
        (None, None, Some(resumed), None) => resume(setting, resumed),
        (None, None, None, Some(answered)) => answer(setting, answered),
        _ => Err(NexthinkError::invalid("a conversation goes on by one event at a time")
            .hint("pass exactly one of `started`, `replied`, `resumed` and `answered`")),
    }
}

/// Time has passed: what is to be done is done; a question stays one.
fn resume(setting: &Setting, resumed: Resumed) -> Progress {
    resumed.state.check()?;
    work(Talk::new(setting, resumed.state))
}

/// Does what is to be done.
fn work(talk: Talk<'_>) -> Progress {
    match talk.state.phase {
        Phase::Identify => device::identify(talk),
        Phase::Diagnose => diagnosis::begin(talk),
        Phase::Remediate => consent::remediate(talk),
        Phase::Progress => progress::look(talk),
        Phase::Verify => helped::verify(talk),
        Phase::HandingOver => hand_over::again(talk),
        _ => Ok(talk.question_again()),
    }
}

/// A call has come to an end.
fn answer(setting: &Setting, answered: Answered) -> Progress {
    let Answered { unfinished, outcome } = answered;
    unfinished.state.check()?;
    let asked = unfinished.asked.clone();
    let talk = Talk::going_on(setting, unfinished);
    let is_handing_over = talk.state.phase == Phase::HandingOver;
    match (asked.as_str(), outcome) {
        // What the employee's word, or the service desk, does not wait for.
        ("solved", outcome) => helped::noted(talk, outcome.output),
        ("recall", outcome) => hand_over::recalled(talk, outcome.output),
        ("escalation", outcome) => hand_over::gathered(talk, outcome.output),
        ("diagnose", outcome) if is_handing_over => hand_over::diagnosed(talk, outcome.output),

        ("identify", Outcome { output: Some(output), .. }) => device::identified(talk, output),
        ("identify", Outcome { error: Some(error), .. }) => device::not_identified(talk, &error),
        ("collectionTimes", Outcome { output: Some(output), .. }) => diagnosis::collected(talk, Some(output)),
        ("collectionTimes", Outcome { error: Some(error), .. }) => Ok(trouble::failed(talk, &error)),
        ("diagnose", Outcome { output: Some(output), .. }) => diagnosis::diagnosed(talk, output),
        ("diagnose", Outcome { error: Some(error), .. }) => diagnosis::not_diagnosed(talk, &error),
        ("propose", Outcome { output: Some(output), .. }) => advice::proposed(talk, output),
        ("propose", Outcome { error: Some(error), .. }) => advice::not_proposed(talk, &error),
        ("remediate", Outcome { is_made: Some(false), .. }) => consent::not_begun(talk),
        ("remediate", Outcome { output: Some(output), .. }) => consent::remediated(talk, output),
        ("remediate", Outcome { error: Some(error), .. }) => consent::not_remediated(talk, &error),
        ("progress", Outcome { output: Some(output), .. }) => progress::seen(talk, output),
        ("progress", Outcome { error: Some(error), .. }) => progress::unseen(talk, &error),
        ("verify", Outcome { output: Some(output), .. }) => helped::verified(talk, Some(output)),
        ("verify", Outcome { error: Some(_), .. }) => helped::verified(talk, None),
        (
            "identify" | "collectionTimes" | "diagnose" | "propose" | "remediate" | "progress" | "verify",
            Outcome { output: None, error: None, .. },
        ) => Ok(trouble::unanswered(talk)),
        (operation, _) => Err(not_ours(operation)),
    }
}
