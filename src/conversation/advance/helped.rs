//! After a run or an advice: has it changed anything, and does the employee say that it helped?

use super::messages::*;
use super::talk::{Progress, Talk, object};
use super::{advice, diagnosis, explain};
use crate::conversation::state::Phase;
use crate::conversation::{MessageKind, OnBudget, Said};
use crate::flow::{Certainty, Run};
use crate::json::{Json, Read, record};
use crate::playbook::Supplier;

record! {
    lenient
    /// What a conversation looks at in a verification.
    #[derive(Debug, Clone, PartialEq)]
    struct Verified {
        awaits: Vec<Supplier>,
    }
}

/// Looks once whether the finding is gone, by data that is known to be younger than the run, where there is some.
pub(super) fn verify(mut talk: Talk<'_>) -> Progress {
    talk.state.phase = Phase::Verify;
    let (Some(run), Some(playbook), Some(device)) = (talk.state.last_run(), &talk.state.playbook, &talk.state.device)
    else {
        return Ok(talk.question(Phase::Helped));
    };
    if !diagnosis::is_collected_since(&talk, run.ended_at) {
        let input = object(&[("playbook", playbook), ("device", device)]);
        return Ok(talk.query("collectionTimes", input));
    }
    let times = diagnosis::times(&talk);
    Ok(talk.query("verify", object(&[("run", &run), ("collectionTimes", &times)])))
}

/// It was looked at; where it could not be, nobody knows.
pub(super) fn verified(mut talk: Talk<'_>, output: Option<Json>) -> Progress {
    let said = match output.map(Run::read) {
        Some(Ok(run)) => {
            let said = change(&run);
            talk.state.keep(run);
            said
        }
        _ => Said::new(CHANGE_UNKNOWN_YET),
    };
    talk.say(said);
    Ok(talk.question(Phase::Helped))
}

fn change(run: &Run) -> Said {
    match run.changed {
        Certainty::Yes => return Said::new(CHANGED).kind(MessageKind::Success),
        Certainty::No => return Said::new(NOT_CHANGED).kind(MessageKind::Warning),
        Certainty::Unknown => {}
    }
    let awaits = run.verification.clone().and_then(|verification| Verified::read(verification).ok());
    match awaits.and_then(|verified| verified.awaits.into_iter().next()) {
        Some(supplier) => Said::new(CHANGE_UNKNOWN)
            .text("supplier", supplier.title)
            .message("schedule", &explain::schedule(supplier.schedule)),
        None => Said::new(CHANGE_UNKNOWN_YET),
    }
}

/// The employee says whether it helped. Of a run, that is written down.
pub(super) fn answered(mut talk: Talk<'_>, yes: bool) -> Progress {
    // An advice is the present offer; a run is not.
    if let Some(offer) = talk.state.offer.take() {
        if !yes {
            advice::decline(&mut talk.state, offer.rule);
        }
        return go_on(talk, yes);
    }
    match talk.state.last_run() {
        Some(run) => {
            talk.carried = Some(Json::Boolean(yes));
            Ok(talk.ask("solved", object(&[("run", &run), ("yes", &yes)]), OnBudget::End))
        }
        None => go_on(talk, yes),
    }
}

/// It is written down, or could not be; the employee's word counts either way.
pub(super) fn noted(mut talk: Talk<'_>, output: Option<Json>) -> Progress {
    let yes = talk.carried.take() == Some(Json::Boolean(true));
    match output.map(Run::read) {
        Some(Ok(run)) => talk.state.keep(run),
        _ => {
            if let Some(run) = talk.state.runs.last_mut() {
                run.solved = yes.into();
            }
        }
    }
    go_on(talk, yes)
}

fn go_on(mut talk: Talk<'_>, yes: bool) -> Progress {
    if yes {
        talk.say(Said::new(GOODBYE_SOLVED).kind(MessageKind::Success));
        return Ok(talk.over(Phase::Solved));
    }
    advice::next(talk)
}
