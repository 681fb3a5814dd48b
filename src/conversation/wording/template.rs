//! A text with places for values: `I'm looking at {device}.` A place may ask for a form of what stands in it, where the
//! language needs one: `vor {age:dative}`.

use super::problem::Found;
use crate::conversation::advance::ParameterKind;
use crate::nql::nearest;

/// What a message can be given, as the table of messages has it.
pub(super) type Parameters = &'static [(&'static str, ParameterKind)];

/// A text with its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Place { parameter: String, form: Option<String> },
}

impl Template {
    /// Reads a text. What is wrong with it is said at the pointer.
    pub fn parse(text: &str, parameters: Parameters, pointer: &str, found: &mut Found) -> Self {
        if text.trim().is_empty() {
            found.error(pointer, "the text is empty", "write it, or leave the key out: the next language's is taken");
        }
        if text.chars().any(char::is_control) {
            found.error(pointer, "the text has a control character", "write it on one line, without tabs");
        }
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            literal(before, pointer, found, &mut pieces);
            let Some((place, after)) = after.split_once('}').filter(|(place, _)| !place.contains('{')) else {
                found.error(pointer, "`{` is not closed", "write `}` after the parameter's name");
                rest = after;
                continue;
            };
            pieces.extend(read_place(place, parameters, pointer, found));
            rest = after;
        }
        literal(rest, pointer, found, &mut pieces);
        Self(pieces)
    }

    /// What it is made of.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The parameters that it shows, with the forms that it asks for.
    #[cfg(test)]
    pub fn places(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Place { parameter, form } => Some((parameter.as_str(), form.as_deref())),
            Piece::Text(_) => None,
        })
    }
}

fn literal(text: &str, pointer: &str, found: &mut Found, pieces: &mut Vec<Piece>) {
    if text.contains('}') {
        found.error(pointer, "`}` without a `{` before it", "write `{` before the parameter's name");
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

fn read_place(place: &str, parameters: Parameters, pointer: &str, found: &mut Found) -> Option<Piece> {
    let (name, form) = place.split_once(':').map_or((place, None), |(name, form)| (name, Some(form.trim())));
    let name = name.trim();
    let Some((_, kind)) = parameters.iter().find(|(known, _)| *known == name) else {
        let names = parameters.iter().map(|(known, _)| *known);
        found.error(
            pointer,
            &format!("the message has no parameter `{name}`"),
            &meant(name, names, "its parameters are"),
        );
        return None;
    };
    if form.is_some() && !matches!(kind, ParameterKind::Duration | ParameterKind::Message) {
        let help = "only durations and messages of the wording have forms: leave it out";
        found.error(pointer, &format!("`{name}` has no forms"), help);
    }
    Some(Piece::Place { parameter: name.into(), form: form.map(str::to_owned) })
}

/// What was probably meant, else what there is.
pub(super) fn meant<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone, all: &str) -> String {
    if let Some(near) = nearest(name, known.clone()) {
        return format!("did you mean `{near}`?");
    }
    let names: Vec<&str> = known.collect();
    if names.is_empty() { "it has none".into() } else { format!("{all} {}", names.join(", ")) }
}
