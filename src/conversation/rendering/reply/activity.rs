//! What Teams and other channels of the Bot Framework send: activities, and the data of cards' actions.

use super::entities::unescape;
use super::{Reply, chosen, within_reason, written};
use crate::api::problem::NexthinkError;
use crate::json::Json;

/// How many mentions of a message are looked up. Teams takes 20 of them, or so.
const MENTIONS: usize = 100;

/// How deep the data of an action lies: `value.action.data.choice`.
const DEEPEST: usize = 3;

/// The longest text that is read as JSON, in bytes: some channels send the data of an action as text.
const LONGEST_JSON: usize = 32_000;

pub(super) fn read(payload: &Json) -> Result<Reply, NexthinkError> {
    if let Json::Text(text) = payload {
        return Ok(typed(text, payload));
    }
    if let Some(choice) = choice(payload, DEEPEST) {
        return chosen(&choice);
    }
    let text = payload.get("text").and_then(Json::as_text);
    match (payload.get("type").and_then(Json::as_text), text) {
        // A message may be nothing but a picture.
        (Some("message"), text) => Ok(typed(text.unwrap_or_default(), payload)),
        (None, Some(text)) => Ok(typed(text, payload)),
        (Some("invoke" | "Action.Execute" | "Action.Submit"), _) => {
            Err(refused("the action holds no choice", "Pass on only actions of cards that `render` has made."))
        }
        _ => {
            let hint = "Pass an activity of type `message`, or an `invoke` of `adaptiveCard/action`, or its `value`.";
            Err(refused("the payload is no reply of an employee", hint))
        }
    }
}

fn refused(message: &'static str, hint: &'static str) -> NexthinkError {
    NexthinkError::invalid(message).hint(hint)
}

/// The choice in the data of an action, however much of its wrapping has come along.
fn choice(json: &Json, depth: usize) -> Option<String> {
    if let Json::Text(text) = json {
        let parsed = Json::parse(text.as_bytes()).filter(|_| text.len() <= LONGEST_JSON)?;
        return if matches!(parsed, Json::Object(_)) { choice(&parsed, depth) } else { None };
    }
    if let Some(id) = json.get("choice").and_then(Json::as_text) {
        return Some(id.to_owned());
    }
    let depth = depth.checked_sub(1)?;
    ["value", "action", "data"].iter().find_map(|name| choice(json.get(name)?, depth))
}

/// What was typed, without mentions of the chatbot and without HTML's entities.
fn typed(text: &str, activity: &Json) -> Reply {
    let mut typed = String::new();
    let mut rest = within_reason(text);
    while let Some(mention) = Mention::first(rest) {
        typed.push_str(mention.before);
        if !mention.is_of_recipient(activity) {
            typed.push_str(mention.name);
        }
        rest = mention.after;
    }
    typed.push_str(rest);
    written(&unescape(&typed))
}

/// `<at>Name</at>`
struct Mention<'a> {
    before: &'a str,
    name: &'a str,
    after: &'a str,
}

impl<'a> Mention<'a> {
    fn first(text: &'a str) -> Option<Self> {
        let (before, from_tag) = text.split_once("<at")?;
        let (attributes, from_name) = from_tag.split_once('>')?;
        let (name, after) = from_name.split_once("</at>")?;
        (attributes.is_empty() || attributes.starts_with(' ')).then_some(Self { before, name, after })
    }

    /// Where an activity does not tell who is mentioned, it is the chatbot: others are seldom mentioned to it.
    fn is_of_recipient(&self, activity: &Json) -> bool {
        let id_of = |json: &Json| json.get("id").and_then(Json::as_text).map(str::to_owned);
        let Some(recipient) = activity.get("recipient").and_then(id_of) else { return true };
        let Some(Json::List(entities)) = activity.get("entities") else { return true };
        let is_this = |entity: &&Json| {
            let text = entity.get("text").and_then(Json::as_text).unwrap_or_default();
            Mention::first(text).is_some_and(|mention| mention.name == self.name)
        };
        let mentioned = entities.iter().take(MENTIONS).find(is_this).and_then(|entity| id_of(entity.get("mentioned")?));
        mentioned.is_none_or(|mentioned| mentioned == recipient)
    }
}
