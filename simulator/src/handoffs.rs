//! Conversations that were handed off to Spark, for tests to look at.

use std::collections::BTreeMap;

use nexthink_chatbot::nql::Timestamp;
use serde::Serialize;

/// One handed-off conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Handoff {
    /// The name of the employee's account.
    pub employee: String,
    /// When it came.
    #[serde(serialize_with = "crate::json::write_time")]
    pub at: Timestamp,
    /// The time zone that was sent with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// The message, part by part.
    pub parts: Vec<HandoffPart>,
    /// What else was sent with it.
    pub metadata: BTreeMap<String, String>,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum HandoffPart {
    /// What somebody wrote.
    Text {
        /// The words.
        text: String,
    },
    /// A file.
    File {
        /// What kind of file it is.
        mime_type: String,
        /// Its content, as it was sent.
        file_content: String,
    },
}
