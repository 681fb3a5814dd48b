//! How a payload is read: by the names in it, by places that the host tells, or by the text that the administrator has
//! written.

use super::field::field_name;
use super::pattern::{Mismatch, Mistake, Pattern};
use super::place::Place;
use super::shape::Shape;
use super::{Fields, WebhookKind, unreadable};
use crate::api::problem::NexthinkError;
use crate::json::{Json, Map, Read, record};

/// More fields than anybody writes into an object of a payload.
const MOST_FIELDS: usize = 256;

/// How payloads are read, and what they are about where that is known before.
pub(super) struct Template {
    kind: Option<WebhookKind>,
    way: Way,
}

enum Way {
    /// An object with our names or those of columns.
    Names,
    /// Each field by its place.
    Places(Vec<(Box<str>, Place)>),
    /// JSON; where values make it none, because nobody has escaped them, text.
    Shape(Shape, Pattern),
    Text(Pattern),
}

record! {
    strict
    /// A template as the host gives it.
    struct Given {
        kind: Option<WebhookKind>,
        payload: Option<String>,
        fields: Option<Map<String>>,
    }
}

impl Template {
    /// # Errors
    /// `invalid`, with the place, for what is no template.
    pub fn new(given: Option<Json>) -> Result<Self, NexthinkError> {
        let given = match given {
            None => Given { kind: None, payload: None, fields: None },
            Some(Json::Text(text)) => Given { kind: None, payload: Some(text.into()), fields: None },
            Some(given) => Given::read(given).map_err(|mismatch| {
                NexthinkError::invalid(format!("`template`: {mismatch}"))
                    .hint("give the payload as text, or `{ kind?, payload }`, or `{ kind?, fields }`")
            })?,
        };
        let way = match (given.payload, given.fields) {
            (None, None) => Way::Names,
            (Some(payload), None) => of_payload(&payload)?,
            (None, Some(fields)) => Way::Places(places(fields)?),
            (Some(_), Some(_)) => {
                return Err(NexthinkError::invalid("`template` has both `payload` and `fields`")
                    .hint("give the payload as it was written, or where each field stands"));
            }
        };
        Ok(Self { kind: given.kind, way })
    }

    /// The fields of a payload, each once.
    ///
    /// # Errors
    /// `invalid` for a payload that was not made by it, or by which its values cannot be told: which of two is meant may be
    /// the choice of whoever named a device.
    pub fn read(&self, text: &str) -> Result<(Option<WebhookKind>, Fields), NexthinkError> {
        let fields = match &self.way {
            Way::Names => by_names(json(text)?)?,
            Way::Places(places) => by_places(places, &json(text)?)?,
            Way::Shape(shape, pattern) => match Json::parse(text.as_bytes()) {
                Some(payload) => {
                    check(&payload)?;
                    let mut found = Vec::new();
                    shape.values(&payload, &mut found).map(|()| found).map_err(mismatched)?
                }
                None => by_text(pattern, text)?,
            },
            Way::Text(pattern) => by_text(pattern, text)?,
        };
        let mut once: Fields = Vec::new();
        for (name, value) in fields {
            match once.iter().find(|(other, _)| *other == name) {
                None => once.push((name, value)),
                Some((_, first)) if *first == value => {}
                Some(_) => return Err(two_values()),
            }
        }
        Ok((self.kind, once))
    }
}

fn of_payload(payload: &str) -> Result<Way, NexthinkError> {
    let told = |mistake: Mistake| {
        NexthinkError::invalid(format!("`template`: {}, at {}", mistake.what, place_in(payload, mistake.position)))
            .hint("give the payload as the administrator has written it, with its `{{placeholders}}`")
    };
    let text = payload.trim();
    let behind = payload.len() - payload.trim_start().len();
    let told = |mistake: Mistake| told(Mistake { position: mistake.position + behind, ..mistake });
    let pattern = Pattern::read(text);
    // No text to people begins so: it was meant to be JSON.
    let is_json = text.starts_with(['{', '[']) && !text.starts_with("{{");
    let way = match (is_json, pattern) {
        (true, Ok(pattern)) => Way::Shape(Shape::read(text).map_err(told)?, pattern),
        (false, Ok(pattern)) => Way::Text(pattern),
        (_, Err(mistake)) => return Err(told(mistake)),
    };
    match &way {
        Way::Shape(_, pattern) | Way::Text(pattern) if pattern.is_literal() => {
            Err(told(Mistake { position: 0, what: "there is no placeholder in it" }))
        }
        _ => Ok(way),
    }
}

/// A place as people count: lines and characters from one.
fn place_in(text: &str, position: usize) -> String {
    let before = text.get(..position).unwrap_or(text);
    let line = 1 + before.bytes().filter(|byte| *byte == b'\n').count();
    let column = 1 + before.chars().rev().take_while(|letter| *letter != '\n').count();
    format!("line {line}, column {column}")
}

fn places(fields: Map<String>) -> Result<Vec<(Box<str>, Place)>, NexthinkError> {
    let mut places = Vec::new();
    for (name, place) in fields {
        let wrong = |why: &str| {
            Err(NexthinkError::invalid(format!("`template.fields.{name}` {why}"))
                .hint("give the name of a property, or a JSON pointer such as `/device/name`"))
        };
        if name.is_empty() || name == "__proto__" {
            return wrong("is no name of a field");
        }
        match Place::read(&place) {
            Some(place) => places.push((name.into(), place)),
            None => return wrong("is no place in a payload"),
        }
    }
    if places.is_empty() {
        return Err(NexthinkError::invalid("`template.fields` is empty").hint("say where each field stands"));
    }
    Ok(places)
}

fn json(text: &str) -> Result<Json, NexthinkError> {
    let payload = Json::parse(text.as_bytes())
        .ok_or_else(|| unreadable("the payload is not JSON, or has too many brackets in brackets"))?;
    check(&payload)?;
    Ok(payload)
}

/// Sees that each name of each object has one value, and that there are not so many that looking takes long.
fn check(payload: &Json) -> Result<(), NexthinkError> {
    match payload {
        Json::List(values) => values.iter().try_for_each(check),
        Json::Object(fields) => {
            if fields.len() > MOST_FIELDS {
                let message = format!("the payload has an object of more than {MOST_FIELDS} fields");
                return Err(unreadable(message).hint("send only what the chatbot is to know"));
            }
            for (place, (name, value)) in fields.iter().enumerate() {
                let first = fields.iter().take(place).find(|(other, _)| other == name);
                if first.is_some_and(|(_, first)| first != value) {
                    return Err(two_values());
                }
                check(value)?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn two_values() -> NexthinkError {
    unreadable("a field of the payload has two values").hint(
        "write each field once; a value with quotation marks in it, such as a device's name, can look like a second",
    )
}

fn by_names(payload: Json) -> Result<Fields, NexthinkError> {
    let Json::Object(fields) = payload else { return Err(unreadable("the payload is not an object")) };
    Ok(fields.into_iter().map(|(name, value)| (field_name(&name).into(), value)).collect())
}

fn by_places(places: &[(Box<str>, Place)], payload: &Json) -> Result<Fields, NexthinkError> {
    let found = |(name, place): &(Box<str>, Place)| Some((name.clone(), place.find(payload)?.clone()));
    let found: Fields = places.iter().filter_map(found).collect();
    if found.is_empty() {
        return Err(unreadable("none of the fields is in the payload"));
    }
    Ok(found)
}

fn by_text(pattern: &Pattern, text: &str) -> Result<Fields, NexthinkError> {
    let found = pattern.values(text.trim()).map_err(mismatched)?;
    Ok(found.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
}

fn mismatched(mismatch: Mismatch) -> NexthinkError {
    unreadable(match mismatch {
        Mismatch::Other => "the payload was not made by the template",
        Mismatch::Ambiguous => "a value of the payload holds the text that stands between two placeholders",
    })
}
