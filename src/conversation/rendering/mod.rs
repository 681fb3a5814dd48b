//! A turn as a platform shows it, and what the platform sends back as a reply. Pure functions: no words are added here,
//! only marks of lists and numbers of choices.
//!
//! Every text of a turn is untrusted. It is first made plain ([`plain`]: no invisible characters, no line breaks where
//! none belong), then inert ([`inert`]: no link, mention, tag or template can begin in it), and then, where a format has
//! markup, escaped.
//!
//! Choices are numbered through the whole turn, in its order, so that a number is an answer where there are no buttons.

mod adaptive_card;
mod block_kit;
mod inert;
mod limits;
mod markdown;
mod outline;
mod plain;
mod reply;
#[cfg(test)]
mod tests;

use super::turn::{Message, Turn};
use crate::json::{Json, words};

pub use reply::{Reply, read_reply};

words! {
    /// How a turn is rendered, and in which form a reply comes.
    pub enum Format {
        /// Plain text: for terminals, and to be read aloud.
        Text = "text",
        /// CommonMark, which GFM is, too.
        Markdown = "markdown",
        /// An Adaptive Card 1.5: Teams, Outlook, Webex, Copilot Studio.
        AdaptiveCard = "adaptive-card",
        /// Slack's Block Kit.
        BlockKit = "block-kit",
    }
}

/// A turn in a format: a text, or an object that the platform takes as it is.
///
/// - `text`, `markdown`: a text; empty where nothing is said;
/// - `adaptive-card`: the card, the `content` of an attachment; below 28 KB;
/// - `block-kit`: `{ blocks, text, mrkdwn }`, the arguments of `chat.postMessage`.
///
/// What is too long for a platform ends with an ellipsis.
pub fn render(turn: &Turn, format: Format) -> Json {
    match format {
        Format::Text => outline::text(&turn.messages).as_str().into(),
        Format::Markdown => markdown::markdown(&turn.messages).as_str().into(),
        Format::AdaptiveCard => adaptive_card::card(turn),
        Format::BlockKit => block_kit::message(&turn.messages),
    }
}

/// A text as one line of which no channel makes anything, for platforms that pass it on to nobody knows where.
pub fn unmarked(text: &str) -> String {
    inert::unmarked_anywhere(&plain::line(text))
}

/// An object of the fields that are not `null`.
fn object<const COUNT: usize>(fields: [(&str, Json); COUNT]) -> Json {
    let present = fields.into_iter().filter(|(_, value)| *value != Json::Null);
    Json::Object(present.map(|(name, value)| (name.into(), value)).collect())
}
