//! The beginning: who is there, and what is wrong.

use super::messages::*;
use super::talk::{Progress, Talk};
use super::{device, hand_over};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::conversation::setting::Setting;
use crate::conversation::state::{Phase, State, bounded};
use crate::conversation::understanding::{Command, Understood, symptom, wanted_beside_symptoms};
use crate::conversation::{Said, Started};
use crate::flow::check_reference;
use crate::json::Write;

/// How much of the employee's own words the service desk is told, in bytes.
const SYMPTOMS: usize = 400;

/// How much of a text is looked through for what is wrong, in bytes.
const READ: usize = 1_000;

/// Who is there and the host's ticket are in every state, which has no room for the rest beside more than this, in bytes.
const LARGEST_BEGINNING: usize = 1_000;

/// A conversation begins.
///
/// # Errors
/// `invalid` without an identifier of the employee, and where those and the reference are too long to be carried along;
/// `not-found` for an unknown playbook.
pub(super) fn started(setting: &Setting, started: Started) -> Progress {
    started.employee.check()?;
    check_reference(started.reference.as_deref())?;
    let state = State::new(started.employee, started.reference);
    if state.write().to_text().len() > LARGEST_BEGINNING {
        return Err(NexthinkError::invalid("`employee` and `reference` are too long to be carried along in the state")
            .hint("pass identifiers as the directory has them, and of your ticket no more than its number"));
    }
    let mut talk = Talk::new(setting, state);
    talk.tell(GREETING);
    let text = started.text.filter(|text| !text.trim().is_empty());
    if let Some(id) = started.playbook {
        if setting.playbook(&id).is_none() {
            return Err(NexthinkError::new(
                ErrorKind::NotFound,
                "there is no playbook of the name given as `playbook`",
            )
            .hint("pass the `id` of one of the playbooks, or the employee's words as `text`"));
        }
        talk.state.symptoms = text.as_deref().map(words);
        return known(talk, id);
    }
    match text {
        None => Ok(talk.question(Phase::Symptom)),
        Some(text) => match wanted_beside_symptoms(setting, &bounded(&text, READ)) {
            Some(Command::Human) => {
                talk.state.symptoms = Some(words(&text));
                hand_over::begin(talk)
            }
            Some(Command::WhatIsThis) => {
                talk.tell(WHAT);
                Ok(talk.question(Phase::Symptom))
            }
            // A greeting is not what is wrong.
            Some(Command::Aside) => Ok(talk.question(Phase::Symptom)),
            _ => said(talk, &text),
        },
    }
}

/// The employee says what is wrong.
pub(super) fn said(mut talk: Talk<'_>, text: &str) -> Progress {
    match symptom(talk.setting, &bounded(text, READ)) {
        Understood::One(playbook) => {
            let id = playbook.id.clone();
            talk.state.symptoms = Some(words(text));
            known(talk, id)
        }
        Understood::Several(playbooks) => {
            talk.state.candidates = Some(playbooks.iter().map(|playbook| playbook.id.clone()).collect());
            talk.state.symptoms = Some(words(text));
            Ok(talk.question(Phase::Symptom))
        }
        Understood::Nothing => {
            talk.tell(NOT_UNDERSTOOD);
            // What they say may still help the service desk.
            talk.state.symptoms.get_or_insert_with(|| words(text));
            match talk.state.question {
                0 => Ok(talk.question(Phase::Symptom)),
                _ => Ok(talk.question_again()),
            }
        }
    }
}

/// It is known which playbook it is about.
pub(super) fn known(mut talk: Talk<'_>, id: String) -> Progress {
    let title = talk.setting.playbook(&id).map(|playbook| playbook.title(&talk.setting.locale));
    talk.say(Said::new(UNDERSTOOD).text("title", title.unwrap_or_default()));
    talk.state.playbook = Some(id);
    talk.state.candidates = None;
    device::again(talk)
}

/// The same employee has another trouble.
pub(super) fn anew(talk: Talk<'_>, text: &str) -> Progress {
    let State { employee, reference, question, .. } = talk.state;
    // Buttons of what came before stay those of earlier questions.
    let state = State { question: question.saturating_add(1), ..State::new(employee, reference) };
    said(Talk::new(talk.setting, state), text)
}

fn words(text: &str) -> String {
    bounded(text.trim(), SYMPTOMS)
}
