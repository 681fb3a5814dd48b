//! A turn as an Adaptive Card 1.5.
//!
//! Texts are `RichTextBlock`s: they are never read as Markdown, which Teams on phones does not even let one escape, and
//! they always wrap. Colours are those of the host's themes, and only by their names.

use super::inert::inert;
use super::limits::as_much_as_fits;
use super::outline::{speech, unmarked_text};
use super::plain::{length, line, lines, shortened};
use super::{Message, Turn, object};
use crate::conversation::turn::{Choice, ChoiceStyle, MessageKind};
use crate::json::Json;

/// In bytes. Teams takes messages of 28 KB.
const LARGEST: usize = 28_000;

/// What a host recognizes our actions by.
const VERB: &str = "nexthink-chatbot/choose";

/// How long the labels of buttons in one row may be together, in columns: what a phone is wide.
const WIDEST_ROW: usize = 32;

const LONGEST_LABEL: usize = 80;

/// The card.
pub(super) fn card(turn: &Turn) -> Json {
    let fits = |card: &Json| card.to_text().len() < LARGEST;
    as_much_as_fits(&turn.messages, |messages| card_of(messages, &turn.locale), fits)
}

fn card_of(messages: &[Message], locale: &str) -> Json {
    let containers = messages.iter().map(container).collect();
    object([
        ("type", "AdaptiveCard".into()),
        ("$schema", "http://adaptivecards.io/schemas/adaptive-card.json".into()),
        ("version", "1.5".into()),
        ("lang", language(locale).into()),
        ("speak", Json::from(speech(messages).as_str())),
        ("fallbackText", Json::from(unmarked_text(messages).as_str())),
        ("body", Json::List(containers)),
    ])
}

/// A language tag, whatever it was before.
fn language(locale: &str) -> &str {
    let is_tag = locale.len() <= 35
        && locale.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if is_tag { locale } else { "en" }
}

fn container(message: &Message) -> Json {
    let weight = if message.kind == MessageKind::Question { "Bolder".into() } else { Json::Null };
    let mut items = Vec::new();
    for line in lines(&message.text) {
        items.push(text_block(&line, &weight, if items.is_empty() { "Default" } else { "Small" }));
    }
    items.extend(message.items.iter().map(|item| text_block(&format!("• {}", line(item)), &Json::Null, "Small")));
    for row in rows(&message.choices) {
        items.push(object([("type", "ActionSet".into()), ("actions", Json::List(row.iter().map(action).collect()))]));
    }
    let style = match message.kind {
        MessageKind::Success => "good".into(),
        MessageKind::Warning => "warning".into(),
        MessageKind::Statement | MessageKind::Question => Json::Null,
    };
    object([("type", "Container".into()), ("spacing", "Medium".into()), ("style", style), ("items", Json::List(items))])
}

fn text_block(line: &str, weight: &Json, spacing: &str) -> Json {
    let run = object([("type", "TextRun".into()), ("text", inert(line).as_str().into()), ("weight", weight.clone())]);
    object([("type", "RichTextBlock".into()), ("spacing", spacing.into()), ("inlines", Json::List(vec![run]))])
}

/// Short choices side by side; longer ones below each other, because a row of them is cut on a phone.
fn rows(choices: &[Choice]) -> Vec<&[Choice]> {
    let width: usize = choices.iter().map(|choice| columns(&line(&choice.label)) + 4).sum();
    let per_row = if width <= WIDEST_ROW { choices.len().max(1) } else { 1 };
    choices.chunks(per_row).collect()
}

/// About how wide a text is: East Asian characters are as wide as two others.
fn columns(text: &str) -> usize {
    text.chars().map(|character| if character >= '\u{1100}' { 2 } else { 1 }).sum()
}

fn action(choice: &Choice) -> Json {
    let style = match choice.style {
        Some(ChoiceStyle::Primary) => "positive".into(),
        Some(ChoiceStyle::Danger) => "destructive".into(),
        None => Json::Null,
    };
    let label = line(&choice.label);
    let title = Json::from(inert(&shortened(if label.is_empty() { "…" } else { &label }, LONGEST_LABEL)).as_str());
    let tooltip = if length(&label) > LONGEST_LABEL {
        inert(&shortened(&label, 4 * LONGEST_LABEL)).as_str().into()
    } else {
        Json::Null
    };
    let data = object([("choice", choice.id.as_str().into())]);
    // For hosts below 1.4, which know no `Action.Execute`.
    let fallback = object([
        ("type", "Action.Submit".into()),
        ("title", title.clone()),
        ("style", style.clone()),
        ("data", data.clone()),
    ]);
    object([
        ("type", "Action.Execute".into()),
        ("title", title),
        ("tooltip", tooltip),
        ("style", style),
        ("verb", VERB.into()),
        ("data", data),
        ("fallback", fallback),
    ])
}
