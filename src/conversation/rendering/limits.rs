//! How much of a turn is shown: first all of it, then less and less, until a platform takes it.
//!
//! Lists give way first, because they are details; then texts; then what was said first, because what is asked comes
//! last. Choices are kept for as long as it is possible at all.

use super::Message;
use super::plain::{line, lines, shortened};
use crate::conversation::turn::Choice;
use crate::json::Json;

/// How much is shown, in lines, messages and UTF-16 units.
pub(super) struct Limits {
    items: usize,
    item: usize,
    text: usize,
    messages: usize,
    choices: usize,
    label: usize,
}

/// More than this is nowhere shown.
const MOST: Limits = Limits { items: 40, item: 600, text: 2_800, messages: 16, choices: 25, label: 300 };

/// In this order.
const STEPS: [Limits; 7] = [
    MOST,
    Limits { items: 20, item: 200, text: 2_800, messages: 16, choices: 25, label: 300 },
    Limits { items: 8, item: 100, text: 2_800, messages: 12, choices: 25, label: 300 },
    Limits { items: 4, item: 80, text: 1_000, messages: 8, choices: 25, label: 300 },
    Limits { items: 2, item: 60, text: 400, messages: 4, choices: 25, label: 150 },
    Limits { items: 0, item: 0, text: 200, messages: 2, choices: 12, label: 80 },
    Limits { items: 0, item: 0, text: 200, messages: 1, choices: 4, label: 40 },
];

/// The longest ID of a choice, in bytes: Slack takes 2,000 characters, and ours have a tenth of this.
pub(super) const LONGEST_ID: usize = 255;

/// What `rendered` makes of as much as `fits`.
pub(super) fn as_much_as_fits(
    messages: &[Message],
    rendered: impl Fn(&[Message]) -> Json,
    fits: impl Fn(&Json) -> bool,
) -> Json {
    let plain: Vec<Message> = messages.iter().map(plain).collect();
    let mut last = Json::Null;
    for limits in &STEPS {
        last = rendered(&within(&plain, limits));
        if fits(&last) {
            break;
        }
    }
    last
}

/// What can be shown of a message at most: what follows need not be read time and again.
fn plain(message: &Message) -> Message {
    let items = message.items.iter().filter(|item| !line(item).is_empty()).take(MOST.items + 1);
    Message {
        text: shortened(&lines(&message.text).join("\n"), MOST.text),
        items: items.map(|item| shortened(&line(item), MOST.item)).collect(),
        kind: message.kind,
        choices: message
            .choices
            .iter()
            .filter(|one| one.id.len() <= LONGEST_ID)
            .map(|one| choice(one, MOST.label))
            .collect(),
    }
}

fn choice(choice: &Choice, longest: usize) -> Choice {
    Choice { label: shortened(&line(&choice.label), longest), ..choice.clone() }
}

/// The messages within these limits, an ellipsis standing for what is left out.
fn within(messages: &[Message], limits: &Limits) -> Vec<Message> {
    let left_out = messages.len().saturating_sub(limits.messages);
    let mut choices_left = limits.choices;
    let mut within = Vec::new();
    for message in messages.iter().skip(left_out).rev() {
        let choices: Vec<_> = message.choices.iter().take(choices_left).map(|one| choice(one, limits.label)).collect();
        choices_left -= choices.len();
        let mut items: Vec<_> =
            message.items.iter().take(limits.items).map(|item| shortened(item, limits.item)).collect();
        if items.len() < message.items.len() {
            items.push("…".to_owned());
        }
        within.push(Message { text: shortened(&message.text, limits.text), items, kind: message.kind, choices });
    }
    within.reverse();
    if let (1.., Some(first)) = (left_out, within.first_mut()) {
        first.text = format!("…\n{}", first.text);
    }
    within
}
