//! What a reply says in the light of the present question, and where it leads.

use super::messages::*;
use super::talk::{Progress, Talk};
use super::{advice, begin, consent, device, hand_over, helped, question, trouble, work};
use crate::conversation::setting::Setting;
use crate::conversation::state::{Phase, State};
use crate::conversation::understanding::{Command, Understood, command, plain, symptom, wanted_beside_symptoms};
use crate::conversation::{Replied, Said, Step};

/// A text of more bytes is not read.
const LONGEST_TEXT: usize = 1_000;

/// What a reply says.
#[derive(Debug, PartialEq, Eq)]
enum Reply {
    Wants(Command),
    /// One of the offered devices, by its place.
    Device(usize),
    /// One of the offered playbooks.
    Playbook(String),
    /// Something else.
    Text(String),
    /// Nothing that can be answered, and what to say of it.
    Rubbish(MessageKey),
}

/// Answers a reply.
pub(super) fn answer(mut talk: Talk<'_>, text: Option<String>, choice: Option<String>) -> Progress {
    let reply = read(&talk.state, talk.setting, text, choice);
    let phase = talk.state.phase;
    if phase.is_end() {
        return after_the_end(talk, reply);
    }
    match reply {
        Reply::Rubbish(message) => {
            talk.tell(message);
            Ok(go_on(talk))
        }
        Reply::Wants(Command::Stop) => Ok(stop(talk)),
        Reply::Wants(Command::Human) => hand_over::begin(talk),
        Reply::Wants(Command::WhatIsThis) => Ok(explain(talk)),
        Reply::Wants(Command::AnotherDevice) => device::another(talk),
        reply => by_phase(talk, reply),
    }
}

fn by_phase(talk: Talk<'_>, reply: Reply) -> Progress {
    let wanted = match &reply {
        Reply::Wants(command) => Some(*command),
        _ => None,
    };
    match (talk.state.phase, wanted) {
        // It works by itself, or by what was advised or has run. What was not triggered yet is not.
        (Phase::Advice | Phase::Helped | Phase::Verify, Some(Command::Solved)) => helped::answered(talk, true),
        (_, Some(Command::Solved)) => Ok(stop(talk)),
        (Phase::Symptom, _) => what_is_wrong(talk, reply),
        (Phase::Device, Some(Command::No | Command::Skip)) => device::another(talk),
        (Phase::Device, _) => match reply {
            Reply::Device(position) => device::chosen(talk, position),
            _ => not_understood(talk),
        },
        (Phase::Advice, Some(Command::Yes | Command::Done)) => Ok(talk.question(Phase::Helped)),
        (Phase::Advice, Some(Command::No | Command::Skip | Command::Unsolved)) => advice::declined(talk),
        (Phase::Consent | Phase::Confirm, Some(Command::Yes)) => consent::agreed(talk),
        (Phase::Consent | Phase::Confirm | Phase::NotNow, Some(Command::No | Command::Skip)) => advice::declined(talk),
        (Phase::NotNow, Some(Command::Yes | Command::Again)) => consent::agreed_again(talk),
        (Phase::Helped, Some(Command::Yes | Command::Done)) => helped::answered(talk, true),
        (Phase::Helped, Some(Command::No | Command::Skip | Command::Unsolved)) => helped::answered(talk, false),
        (Phase::HandOver, Some(Command::Yes)) => hand_over::begin(talk),
        (Phase::HandOver | Phase::NoDevice | Phase::Trouble, Some(Command::No | Command::Skip)) => Ok(stop(talk)),
        (Phase::NoDevice, Some(Command::Yes | Command::Again)) => device::again(talk),
        (Phase::Trouble, Some(Command::Yes | Command::Again)) => trouble::again(talk),
        (phase, Some(Command::Again)) if phase.is_work() => work(talk),
        (phase, _) if phase.is_work() => Ok(still_at_it(talk)),
        _ => not_understood(talk),
    }
}

fn what_is_wrong(mut talk: Talk<'_>, reply: Reply) -> Progress {
    match reply {
        Reply::Playbook(id) => begin::known(talk, id),
        Reply::Text(text) => begin::said(talk, &text),
        Reply::Wants(Command::No | Command::Skip) => Ok(stop(talk)),
        _ => {
            talk.tell(NOT_UNDERSTOOD);
            Ok(talk.question_again())
        }
    }
}

/// A new text begins a new conversation with the same employee; nothing else does.
fn after_the_end(mut talk: Talk<'_>, reply: Reply) -> Progress {
    match reply {
        Reply::Text(text) if symptom(talk.setting, &text) != Understood::Nothing => begin::anew(talk, &text),
        Reply::Wants(Command::Human) => hand_over::begin(talk),
        Reply::Wants(Command::Stop | Command::No | Command::Solved | Command::Aside) => {
            talk.tell(GOODBYE);
            Ok(talk.question_again())
        }
        Reply::Wants(Command::WhatIsThis) => Ok(explain(talk)),
        _ => {
            talk.tell(OVER);
            Ok(talk.question_again())
        }
    }
}

fn not_understood(mut talk: Talk<'_>) -> Progress {
    talk.tell(NOT_UNDERSTOOD);
    Ok(go_on(talk))
}

/// Goes on waiting: for the employee, or for what is being done.
fn go_on(talk: Talk<'_>) -> Step {
    match talk.state.phase {
        phase if phase.is_work() => still_at_it(talk),
        _ => talk.question_again(),
    }
}

fn still_at_it(mut talk: Talk<'_>) -> Step {
    talk.say_still_at_it();
    let pause = super::progress::pause_ms(&talk);
    talk.pause(pause)
}

fn stop(mut talk: Talk<'_>) -> Step {
    match under_way(&talk.state) {
        Some(title) => {
            let said = Said::new(GOODBYE_UNDER_WAY).text("title", title);
            talk.say(said);
        }
        None => talk.tell(GOODBYE),
    }
    talk.over(Phase::Ended)
}

/// What cannot be called back: a run that has not ended, or a request that may have been sent.
pub(super) fn under_way(state: &State) -> Option<&str> {
    let is_sent = |phase| matches!(phase, Some(Phase::Remediate));
    let offer = state.offer.as_ref().filter(|offer| offer.agreed.is_some() && offer.is_unsent != Some(true));
    match offer {
        Some(offer) if is_sent(Some(state.phase)) || is_sent(state.again) => Some(&offer.title),
        _ => state.under_way().map(|run| run.title.as_str()),
    }
}

fn explain(mut talk: Talk<'_>) -> Step {
    let device = question::device_name(&talk.state);
    let is_action = matches!(
        talk.state.phase,
        Phase::Consent | Phase::Confirm | Phase::NotNow | Phase::Remediate | Phase::Progress | Phase::Verify
    );
    let offer = talk.state.offer.as_ref();
    let title = offer.map(|offer| &offer.title).or_else(|| talk.state.runs.last().map(|run| &run.title));
    let said = match (title.filter(|_| is_action), offer.and_then(|offer| offer.description.as_ref())) {
        (Some(title), Some(description)) => Said::new(WHAT_ACTION_DESCRIBED)
            .text("title", title)
            .text("device", device)
            .text("description", description),
        (Some(title), None) => Said::new(WHAT_ACTION).text("title", title).text("device", device),
        (None, _) => Said::new(WHAT),
    };
    talk.say(said);
    if talk.state.phase.is_work() {
        let pause = super::progress::pause_ms(&talk);
        return talk.pause(pause);
    }
    talk.question_again()
}

fn read(state: &State, setting: &Setting, text: Option<String>, choice: Option<String>) -> Reply {
    let text = text.filter(|text| !text.trim().is_empty());
    match (text, choice) {
        (Some(_), Some(_)) => Reply::Rubbish(TEXT_AND_CHOICE),
        (None, None) => Reply::Rubbish(NOTHING_SAID),
        (None, Some(choice)) => read_choice(state, setting, &choice),
        (Some(text), None) if text.len() > LONGEST_TEXT => Reply::Rubbish(TOO_LONG),
        (Some(text), None) => read_text(state, setting, text),
    }
}

/// A choice belongs to its question: one of an earlier question answers nothing.
fn read_choice(state: &State, setting: &Setting, choice: &str) -> Reply {
    let offered = question::of(state, setting).map(|question| question.choices).unwrap_or_default();
    if offered.iter().any(|offered| offered.id == choice) {
        return named(choice.split_once('.').map_or("", |(_, name)| name));
    }
    let number = choice.split_once('.').and_then(|(number, _)| number.parse::<u32>().ok());
    match number {
        Some(number) if number < state.question || state.phase.is_work() => Reply::Rubbish(EARLIER_QUESTION),
        _ => Reply::Rubbish(UNKNOWN_CHOICE),
    }
}

fn read_text(state: &State, setting: &Setting, text: String) -> Reply {
    let plain_text = plain(&text);
    let offered = question::of(state, setting).map(|question| question.choices).unwrap_or_default();
    if let Ok(number @ 1..) = plain_text.parse::<usize>() {
        return match offered.get(number - 1) {
            Some(choice) => named(choice.id.split_once('.').map_or("", |(_, name)| name)),
            None if offered.is_empty() => Reply::Text(text),
            None => Reply::Rubbish(UNKNOWN_CHOICE),
        };
    }
    if let Some(position) = named_device(state, &plain_text) {
        return Reply::Device(position);
    }
    let wanted = match state.phase == Phase::Symptom || state.phase.is_end() {
        true => wanted_beside_symptoms(setting, &text),
        false => command(&setting.words, &text),
    };
    wanted.map_or(Reply::Text(text), Reply::Wants)
}

/// The one device of those offered that a text names: by its name, its type or its system.
fn named_device(state: &State, text: &str) -> Option<usize> {
    if state.phase != Phase::Device || text.is_empty() {
        return None;
    }
    let words = format!(" {text} ");
    let is_named = |told: &Option<String>| {
        let told = told.as_deref().map(plain).unwrap_or_default();
        !told.is_empty() && words.contains(&format!(" {told} "))
    };
    let by = |is_it: &dyn Fn(&crate::flow::Device) -> bool| {
        let mut found =
            state.offered().iter().enumerate().filter(|(_, device)| is_it(device)).map(|(position, _)| position);
        found.next().filter(|_| found.next().is_none())
    };
    by(&|device| is_named(&Some(device.name.clone())))
        .or_else(|| by(&|device| is_named(&device.r#type)))
        .or_else(|| by(&|device| is_named(&device.platform) || is_named(&device.operating_system)))
}

/// What the name of a choice says.
fn named(name: &str) -> Reply {
    Reply::Wants(match name {
        "yes" => Command::Yes,
        "no" => Command::No,
        "did" => Command::Done,
        "skip" => Command::Skip,
        "again" => Command::Again,
        "another" | "more" => Command::AnotherDevice,
        "what" => Command::WhatIsThis,
        "human" => Command::Human,
        "stop" => Command::Stop,
        _ => {
            let device = name.strip_prefix("device-").and_then(|number| number.parse::<usize>().ok());
            return match (device, name.strip_prefix("playbook-")) {
                (Some(number), _) => Reply::Device(number.saturating_sub(1)),
                (_, Some(id)) => Reply::Playbook(id.to_owned()),
                _ => Reply::Rubbish(UNKNOWN_CHOICE),
            };
        }
    })
}

/// A reply as it comes in.
pub(super) fn replied(setting: &Setting, replied: Replied) -> Progress {
    replied.state.check()?;
    answer(Talk::replying(setting, replied.state), replied.text, replied.choice)
}
