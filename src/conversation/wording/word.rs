//! A turn without words → a turn in a language. What comes from outside is made harmless where it is put in; a text that
//! is missing is never a failure.

use super::catalogue::{Catalogue, Direction, Entry};
use super::duration;
use super::harmless::{NOTHING, harmless};
use super::layers::Wording;
use super::plural::Form;
use super::template::{Piece, Template};
use crate::conversation::said::{Parameter, Said, SaidChoice};
use crate::conversation::step::Silent;
use crate::conversation::turn::{Choice, Message, MessageKind, Turn};
use crate::json::{Map, Read, Write};
use crate::playbook::readable_number;

/// How long a text from outside may be in a message, and in a choice, where there is room for less.
const IN_MESSAGE: usize = 300;
const IN_CHOICE: usize = 40;

/// How deep messages may stand in messages.
const DEEPEST: usize = 3;

/// Puts a turn into words. Its state is that of the silent turn, not sealed yet.
pub fn word(wording: &Wording, silent: &Silent) -> Turn {
    Turn {
        messages: silent.said.iter().map(|said| message(wording, said)).collect(),
        state: silent.state.write(),
        status: silent.status,
        expects: silent.expects,
        resume_after_ms: silent.resume_after_ms,
        escalation: silent.escalation.clone(),
        locale: wording.locale().to_owned(),
    }
}

fn message(wording: &Wording, said: &Said) -> Message {
    let speaker = Speaker { wording, at_most: IN_MESSAGE };
    let choice = |choice: &SaidChoice| Choice {
        id: choice.id.clone(),
        label: Speaker { wording, at_most: IN_CHOICE }.text(&choice.key, None, &choice.parameters, 0, 0),
        style: choice.style,
    };
    let kind = if said.choices.is_empty() { MessageKind::Statement } else { MessageKind::Question };
    Message {
        text: speaker.text(&said.key, None, &said.parameters, 0, 0),
        items: said.items.iter().map(|item| speaker.text(&item.key, None, &item.parameters, 0, 0)).collect(),
        kind: said.kind.unwrap_or(kind),
        choices: said.choices.iter().map(choice).collect(),
    }
}

struct Speaker<'a> {
    wording: &'a Wording,
    at_most: usize,
}

impl Speaker<'_> {
    /// The text of a key, in a form of it where there is one. A key that nobody knows is of a later version: it is shown,
    /// for want of words.
    fn text(&self, key: &str, form: Option<&str>, parameters: &Map<Parameter>, from: usize, depth: usize) -> String {
        let formed = form.and_then(|form| self.wording.find(&[key, ":", form].concat(), from));
        let Some((entry, catalogue, from)) = formed.or_else(|| self.wording.find(key, from)) else {
            return harmless(key, self.at_most);
        };
        let template = match entry {
            Entry::Plain(template) => Some(template),
            Entry::Counted { parameter, forms } => {
                let number = parameters.get(parameter).and_then(|parameter| parameter.number);
                let form = number.map_or(Form::Other, |number| catalogue.plural.form(&readable_number(number)));
                let of = |form: Form| forms.iter().find(|(known, _)| *known == form).map(|(_, template)| template);
                of(form).or_else(|| of(Form::Other))
            }
        };
        template.map_or_else(|| NOTHING.into(), |template| self.fill(template, catalogue, parameters, from, depth))
    }

    fn fill(
        &self,
        template: &Template,
        catalogue: &Catalogue,
        parameters: &Map<Parameter>,
        from: usize,
        depth: usize,
    ) -> String {
        let mut text = String::new();
        for piece in template.pieces() {
            match piece {
                Piece::Text(piece) => text.push_str(after(&text, piece)),
                Piece::Place { parameter, form } => {
                    let value = parameters.get(parameter);
                    let value = value.map(|value| self.value(value, form.as_deref(), catalogue, from, depth));
                    text.push_str(value.as_deref().unwrap_or(NOTHING));
                }
            }
        }
        text
    }

    fn value(&self, value: &Parameter, form: Option<&str>, catalogue: &Catalogue, from: usize, depth: usize) -> String {
        if let Some(text) = &value.text {
            return isolated(harmless(text, self.at_most), catalogue.direction);
        }
        if let Some(number) = value.number {
            return readable_number(number).replace('.', &catalogue.decimal);
        }
        let told = value.duration_ms.map(duration::in_units);
        if let Some((key, count)) = told.or_else(|| value.at_most_ms.map(duration::in_units_at_most)) {
            let count = Parameter { number: Some(count), ..Parameter::default() };
            return self.text(key, form, &Map(vec![(duration::COUNT.into(), count)]), from, depth);
        }
        match value.said.clone().map(Said::read) {
            Some(Ok(said)) if depth < DEEPEST => self.text(&said.key, form, &said.parameters, from, depth + 1),
            _ => NOTHING.into(),
        }
    }
}

/// What follows, without the full stop where what stands before it has come with its own.
fn after<'a>(before: &str, piece: &'a str) -> &'a str {
    let before = before.trim_end_matches(CLOSE);
    match piece.strip_prefix(['.', '。']) {
        Some(rest) if before.ends_with(['.', '!', '?', '…', '。', '！', '？']) => rest,
        _ => piece,
    }
}

const OPEN: char = '\u{2068}';
const CLOSE: char = '\u{2069}';

/// A text that is written the other way would turn what stands beside it: it is set apart, and only then, because
/// terminals may show the signs.
fn isolated(text: String, direction: Direction) -> String {
    let is_turned = match direction {
        Direction::LeftToRight => text.chars().any(is_right_to_left),
        Direction::RightToLeft => text.chars().any(|letter| letter.is_alphabetic() && !is_right_to_left(letter)),
    };
    if !is_turned {
        return text;
    }
    let mut isolated = String::from(OPEN);
    isolated.push_str(&text);
    isolated.push(CLOSE);
    isolated
}

/// Whether a letter belongs to a script that is written from right to left.
const fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}
