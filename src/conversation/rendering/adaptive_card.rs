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

/// How wide buttons may be in one row together, in columns, of which each takes some for its edges: as wide as a phone.
const WIDEST_ROW: usize = 32;
const EDGES: usize = 4;

/// What of a label is on its button, in UTF-16 units.
const LONGEST_LABEL: usize = 80;

/// The card.
pub(super) fn card(turn: &Turn) -> Json {
    let fits = |card: &Json| card.to_text().len() < LARGEST;
    as_much_as_fits(&turn.messages, |messages| card_of(messages, &turn.locale), fits)
}

fn card_of(messages: &[Message], locale: &str) -> Json {
    let mut number = 0;
    let containers = messages.iter().map(|message| container(message, &mut number)).collect();
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

/// The language without its region: hosts take nothing longer.
fn language(locale: &str) -> &str {
    let language = locale.split('-').next().unwrap_or_default();
    let is_one = matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_one { language } else { "en" }
}

/// `number` is that of the last choice before.
fn container(message: &Message, number: &mut usize) -> Json {
    let weight = if message.kind == MessageKind::Question { "Bolder".into() } else { Json::Null };
    let mut items = Vec::new();
    for line in lines(&message.text) {
        items.push(text_block(&line, &weight, if items.is_empty() { "Default" } else { "Small" }));
    }
    items.extend(message.items.iter().map(|item| text_block(&format!("• {}", line(item)), &Json::Null, "Small")));
    let mut labels: Vec<String> = message.choices.iter().map(|choice| line(&choice.label)).collect();
    // Hosts cut the labels of buttons, on phones above all: what may be cut is told in a list before.
    if labels.iter().any(|label| columns(label) + EDGES > WIDEST_ROW) {
        for label in &mut labels {
            *number += 1;
            *label = format!("{number}. {label}");
            items.push(text_block(label, &Json::Null, "Small"));
        }
    } else {
        *number += labels.len();
    }
    let buttons: Vec<Json> = message.choices.iter().zip(&labels).map(|(choice, label)| action(choice, label)).collect();
    for row in buttons.chunks(buttons_per_row(&labels)) {
        items.push(object([("type", "ActionSet".into()), ("actions", Json::List(row.to_vec()))]));
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

/// Short ones stand side by side; longer ones below each other, because a row of them is cut on a phone.
fn buttons_per_row(labels: &[String]) -> usize {
    let width: usize = labels.iter().map(|label| columns(label) + EDGES).sum();
    if width <= WIDEST_ROW { labels.len().max(1) } else { 1 }
}

/// About how wide a text is: East Asian characters are as wide as two others.
fn columns(text: &str) -> usize {
    text.chars().map(|character| if character >= '\u{1100}' { 2 } else { 1 }).sum()
}

fn action(choice: &Choice, label: &str) -> Json {
    let style = match choice.style {
        Some(ChoiceStyle::Primary) => "positive".into(),
        Some(ChoiceStyle::Danger) => "destructive".into(),
        None => Json::Null,
    };
    let title = Json::from(inert(&shortened(if label.is_empty() { "…" } else { label }, LONGEST_LABEL)).as_str());
    let tooltip = if length(label) > LONGEST_LABEL { inert(label).as_str().into() } else { Json::Null };
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
