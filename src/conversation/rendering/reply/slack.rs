//! What Slack sends: payloads of `block_actions`, and events.

use super::entities::unescape;
use super::{Reply, chosen, within_reason, written};
use crate::api::problem::NexthinkError;
use crate::json::Json;

pub(super) fn read(payload: &Json) -> Result<Reply, NexthinkError> {
    if let Json::Text(text) = payload {
        if text.starts_with("payload=") {
            return Err(refused("the body of Slack's request has not been read", "Pass its field `payload`, decoded."));
        }
        // The field `payload` by itself, as forms are read: an object of Slack's, which all say what they are.
        let parsed = Json::parse(text.as_bytes()).filter(|parsed| parsed.get("type").and_then(Json::as_text).is_some());
        return parsed.map_or_else(|| Ok(typed(text, None)), |payload| read_object(&payload));
    }
    match payload.get("payload") {
        Some(Json::Text(text)) => {
            let parsed = Json::parse(text.as_bytes()).filter(|parsed| matches!(parsed, Json::Object(_)));
            parsed.map_or_else(|| Err(no_reply()), |payload| read_object(&payload))
        }
        Some(inner) => read_object(inner),
        None => read_object(payload),
    }
}

fn read_object(payload: &Json) -> Result<Reply, NexthinkError> {
    match payload.get("type").and_then(Json::as_text) {
        Some("block_actions") => read_actions(payload),
        Some("event_callback") => {
            payload.get("event").map_or_else(|| Err(no_reply()), |event| read_event(event, payload))
        }
        _ => read_event(payload, &Json::Null),
    }
}

fn read_actions(payload: &Json) -> Result<Reply, NexthinkError> {
    let Some(Json::List(actions)) = payload.get("actions") else { return Err(no_reply()) };
    let value = |action: &Json| {
        let option = action.get("selected_option").and_then(|option| option.get("value"));
        action.get("value").or(option).and_then(Json::as_text).map(str::to_owned)
    };
    match actions.iter().find_map(value) {
        Some(id) => chosen(&id),
        None => Err(refused("the action holds no choice", "Pass on only actions of messages that `render` has made.")),
    }
}

fn read_event(event: &Json, envelope: &Json) -> Result<Reply, NexthinkError> {
    let text_of = |name: &str| event.get(name).and_then(Json::as_text);
    let (Some("message" | "app_mention"), Some(text)) = (text_of("type"), text_of("text")) else {
        return Err(no_reply());
    };
    let is_of_a_bot = event.get("bot_id").is_some_and(|id| *id != Json::Null);
    let is_of_a_person = matches!(text_of("subtype"), None | Some("file_share" | "me_message" | "thread_broadcast"));
    if is_of_a_bot || !is_of_a_person {
        let hint = "Pass over what bots have written, and over edited and deleted messages.";
        return Err(refused("the message is none that an employee has just written", hint));
    }
    Ok(typed(text, chatbot(envelope).as_deref()))
}

fn no_reply() -> NexthinkError {
    let hint = "Pass a payload of `block_actions`, or an event `message` or `app_mention`.";
    refused("the payload is no reply of an employee", hint)
}

fn refused(message: &'static str, hint: &'static str) -> NexthinkError {
    NexthinkError::invalid(message).hint(hint)
}

/// The chatbot's own ID, where the envelope of an event tells it.
fn chatbot(envelope: &Json) -> Option<String> {
    let Some(Json::List(authorizations)) = envelope.get("authorizations") else { return None };
    let bot = authorizations.iter().find(|one| one.get("is_bot") == Some(&Json::Boolean(true)))?;
    Some(bot.get("user_id")?.as_text()?.to_owned())
}

/// What was typed: without mentions of the chatbot, links as their labels, and without entities. Where nobody says which
/// ID is the chatbot's, it is the first that is mentioned, where that comes before any other word.
fn typed(text: &str, chatbot: Option<&str>) -> Reply {
    let mut typed = String::new();
    let mut rest = within_reason(text);
    let mut is_addressed = false;
    while let Some((before, (inner, after))) =
        rest.split_once('<').and_then(|(before, from)| Some((before, from.split_once('>')?)))
    {
        typed.push_str(&unescape(before));
        let mentioned = inner.strip_prefix('@').map(|user| user.split_once('|').map_or(user, |(id, _)| id));
        let is_chatbot = match chatbot {
            Some(id) => mentioned == Some(id),
            None => mentioned.is_some() && !is_addressed && typed.trim().is_empty(),
        };
        is_addressed |= is_chatbot;
        if !is_chatbot {
            typed.push_str(&unescape(&readable(inner)));
        }
        rest = after;
    }
    typed.push_str(&unescape(rest));
    written(&typed)
}

/// What stands between `<` and `>`, as people see it.
fn readable(inner: &str) -> String {
    let (target, label) = inner.split_once('|').unwrap_or((inner, ""));
    let label = label.trim();
    let (sign, name) = match target.chars().next() {
        Some('@' | '!') => ("@", target.get(1..).unwrap_or_default()),
        Some('#') => ("#", target.get(1..).unwrap_or_default()),
        _ => ("", target.strip_prefix("mailto:").or(target.strip_prefix("tel:")).unwrap_or(target)),
    };
    match label {
        "" => format!("{sign}{}", name.split('^').next().unwrap_or_default()),
        // `<!date^…|yesterday>`, `<!subteam^S1|@desk>`
        _ if target.starts_with('!') || sign.is_empty() => label.to_owned(),
        _ => format!("{sign}{label}"),
    }
}
