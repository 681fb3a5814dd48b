//! The locale files of the package, a host's own, and turns in words.

mod commands;
mod files;
mod own;
mod symptoms;
mod turns;

use super::{LOCALE_FILES, Wording, word};
use crate::conversation::said::{Parameter, Said, SaidChoice};
use crate::conversation::state::State;
use crate::conversation::step::Silent;
use crate::conversation::turn::{Expects, Message, Turn, TurnStatus};
use crate::flow::Employee;
use crate::json::{Json, Write};

/// The wording of a locale of the package.
fn wording(locale: &str) -> Wording {
    let (_, file) = LOCALE_FILES.iter().find(|(known, _)| *known == locale).unwrap();
    Wording::read(file).unwrap()
}

fn said(key: &str, parameters: Vec<(&str, Parameter)>) -> Said {
    let parameters = parameters.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Said { key: key.into(), parameters, items: vec![], kind: None, choices: vec![] }
}

fn text(text: &str) -> Parameter {
    Parameter { text: Some(text.into()), ..Parameter::default() }
}

fn number(number: f64) -> Parameter {
    Parameter { number: Some(number), ..Parameter::default() }
}

fn duration(milliseconds: f64) -> Parameter {
    Parameter { duration_ms: Some(milliseconds), ..Parameter::default() }
}

fn nested(said: &Said) -> Parameter {
    Parameter { said: Some(said.write()), ..Parameter::default() }
}

fn turn(wording: &Wording, said: Vec<Said>) -> Turn {
    let silent = Silent {
        said,
        state: State::new(Employee::default(), None),
        status: TurnStatus::Diagnosing,
        expects: Expects::Nothing,
        resume_after_ms: Some(0),
        escalation: None,
    };
    word(wording, &silent)
}

fn message(wording: &Wording, said: Said) -> Message {
    turn(wording, vec![said]).messages.remove(0)
}

fn says(wording: &Wording, key: &str, parameters: Vec<(&str, Parameter)>) -> String {
    message(wording, said(key, parameters)).text
}

fn choice(id: &str, key: &str, parameters: Vec<(&str, Parameter)>) -> SaidChoice {
    let Said { key, parameters, .. } = said(key, parameters);
    SaidChoice { id: id.into(), key, parameters, style: None }
}
