//! A turn as a message of Slack's Block Kit: sections of plain text, and buttons.
//!
//! Source of the limits: <https://docs.slack.dev/reference/block-kit/blocks>.

use super::inert::inert;
use super::limits::as_much_as_fits;
use super::outline::unmarked_text;
use super::plain::{length, line, lines, shortened};
use super::{Message, object};
use crate::conversation::turn::{Choice, ChoiceStyle};
use crate::json::Json;

/// A message's blocks.
const BLOCKS: usize = 50;
/// The text of a section, in UTF-16 units.
const SECTION: usize = 3_000;
/// The elements of a block of actions.
const BUTTONS: usize = 25;
/// The text of a button.
const LABEL: usize = 75;
/// All texts of all blocks. Undocumented: Slack answers `msg_blocks_too_long` somewhere above 13,000.
const MESSAGE: usize = 12_000;
/// The text beside the blocks, which notifications show. More than that is cut without a sign.
const NOTIFICATION: usize = 3_000;

/// The blocks, and the text that stands in for them in notifications.
pub(super) fn message(messages: &[Message]) -> Json {
    as_much_as_fits(messages, message_of, |message| {
        let Some(Json::List(blocks)) = message.get("blocks") else { return true };
        blocks.len() <= BLOCKS && blocks.iter().map(text_length).sum::<usize>() <= MESSAGE
    })
}

fn message_of(messages: &[Message]) -> Json {
    let mut blocks = Vec::new();
    let mut number = 0;
    for message in messages {
        let text: Vec<String> = lines(&message.text).iter().map(|line| inert(line)).collect();
        let list: Vec<String> = message.items.iter().map(|item| format!("• {}", inert(&line(item)))).collect();
        for lines in [text, list] {
            if !lines.is_empty() {
                blocks.push(object([("type", "section".into()), ("text", plain_text(&lines.join("\n"), SECTION))]));
            }
        }
        for choices in message.choices.chunks(BUTTONS) {
            let mut buttons = Vec::new();
            for choice in choices {
                number += 1;
                buttons.push(button(choice, number));
            }
            blocks.push(object([("type", "actions".into()), ("elements", Json::List(buttons))]));
        }
    }
    object([
        ("blocks", Json::List(blocks)),
        ("text", notification(messages).as_str().into()),
        ("mrkdwn", Json::Boolean(false)),
    ])
}

/// Slack unescapes this text in any case.
fn notification(messages: &[Message]) -> String {
    let escaped = |limit| {
        shortened(&unmarked_text(messages), limit).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    };
    let all = escaped(NOTIFICATION);
    // An entity has five characters at most: shortened before it is escaped, it cannot be cut in two.
    if length(&all) <= NOTIFICATION { all } else { escaped(NOTIFICATION / 5) }
}

fn button(choice: &Choice, number: usize) -> Json {
    let label = line(&choice.label);
    let style = match choice.style {
        Some(ChoiceStyle::Primary) => "primary".into(),
        Some(ChoiceStyle::Danger) => "danger".into(),
        None => Json::Null,
    };
    object([
        ("type", "button".into()),
        ("action_id", format!("nexthink-chatbot.choice.{number}").as_str().into()),
        ("text", plain_text(&inert(if label.is_empty() { "…" } else { &label }), LABEL)),
        ("value", choice.id.as_str().into()),
        ("style", style),
    ])
}

/// Neither mrkdwn nor emoji are read in it.
fn plain_text(text: &str, limit: usize) -> Json {
    object([
        ("type", "plain_text".into()),
        ("text", shortened(text, limit).as_str().into()),
        ("emoji", Json::Boolean(false)),
    ])
}

fn text_length(block: &Json) -> usize {
    match block {
        Json::Text(text) => length(text),
        Json::List(values) => values.iter().map(text_length).sum(),
        Json::Object(fields) => fields.iter().map(|(_, value)| text_length(value)).sum(),
        Json::Null | Json::Boolean(_) | Json::Number(_) => 0,
    }
}
