//! What a platform sends back when an employee writes or presses a button → a reply.
//!
//! Lenient in what is extra, strict in what is needed. What is no reply at all is refused as `invalid`, and never quoted.

mod activity;
mod entities;
mod slack;
#[cfg(test)]
mod tests;

use super::Format;
use super::plain::lines;
use crate::api::problem::NexthinkError;
use crate::json::{Json, record};

record! {
    strict
    /// What an employee has answered: exactly one of these, as the assistant's `reply` takes it.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Reply {
        /// What they have written, without mentions of the chatbot and without markup; at most 4,000 characters.
        pub text: Option<String>,
        /// The ID of what they have chosen.
        pub choice: Option<String>,
    }
}

/// In characters. Nobody describes what is wrong at greater length.
const LONGEST_TEXT: usize = 4_000;

/// How much is read for it, in characters: mentions, links and entities are longer than what they show.
const LONGEST_MARKUP: usize = 32_000;

/// In bytes: more than `render` lets through.
const LONGEST_CHOICE: usize = 255;

/// What a platform has sent, as a reply.
///
/// - `text`, `markdown`: the text that was written;
/// - `adaptive-card`: an activity of the Bot Framework (a message, or an invoke of `adaptiveCard/action`), the `value` of
///   one, or the data of an action;
/// - `block-kit`: a payload of `block_actions` (also in the field `payload` in which Slack posts it), an event `message` or
///   `app_mention`, alone or in its envelope.
///
/// # Errors
/// `invalid`: nobody has written or chosen anything.
pub fn read_reply(format: Format, payload: &Json) -> Result<Reply, NexthinkError> {
    match (format, payload) {
        (Format::Text | Format::Markdown, Json::Text(text)) => Ok(written(text)),
        (Format::Text | Format::Markdown, _) => {
            Err(NexthinkError::invalid("the payload of the reply is not text")
                .hint("Pass what the employee has written."))
        }
        (Format::AdaptiveCard, _) => activity::read(payload),
        (Format::BlockKit, _) => slack::read(payload),
    }
}

/// Text of an employee: what can be seen of it, in lines.
fn written(text: &str) -> Reply {
    let text: String = lines(text).join("\n").chars().take(LONGEST_TEXT).collect();
    Reply { text: Some(text), choice: None }
}

/// As much of what a platform has sent as is read.
fn within_reason(text: &str) -> &str {
    text.char_indices().nth(LONGEST_MARKUP).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

fn chosen(id: &str) -> Result<Reply, NexthinkError> {
    if id.is_empty() || id.len() > LONGEST_CHOICE {
        let hint = "Pass the payload of a button that `render` has made.";
        return Err(NexthinkError::invalid("the choice in the reply is none that was offered").hint(hint));
    }
    Ok(Reply { text: None, choice: Some(id.to_owned()) })
}
