//! A turn as text: what is said, its list, its numbered choices.

use super::Message;
use super::inert::{inert, spoken, unmarked};
use super::plain::{line, lines};

/// In which manner a turn is written.
pub(super) struct Manner {
    /// Makes one line harmless.
    pub escape: fn(&str) -> String,
    /// Stands between two lines of one text.
    pub line_break: &'static str,
    /// Stands between a text, its list and its choices.
    pub part: &'static str,
    /// Stands between two messages.
    pub message: &'static str,
    /// Stands before a line of a list.
    pub bullet: &'static str,
}

/// For terminals, and to be read aloud.
pub(super) fn text(messages: &[Message]) -> String {
    write(messages, &Manner { escape: inert, line_break: "\n", part: "\n", message: "\n\n", bullet: "- " })
}

/// For where a platform may read it as text, as Markdown or as mrkdwn.
pub(super) fn unmarked_text(messages: &[Message]) -> String {
    write(messages, &Manner { escape: unmarked, line_break: "\n", part: "\n", message: "\n\n", bullet: "• " })
}

/// For where a platform may speak it as text or as SSML.
pub(super) fn speech(messages: &[Message]) -> String {
    write(messages, &Manner { escape: spoken, line_break: "\n", part: "\n", message: "\n", bullet: "" })
}

/// The messages in a manner; nothing stands where there is nothing to say.
pub(super) fn write(messages: &[Message], manner: &Manner) -> String {
    let mut number = 0_usize;
    let mut written = Vec::new();
    for Message { text, items, choices, .. } in messages {
        let text = lines(text).iter().map(|line| (manner.escape)(line)).collect();
        let list = items.iter().map(|item| line(item)).filter(|item| !item.is_empty());
        let list = list.map(|item| format!("{}{}", manner.bullet, (manner.escape)(&item))).collect();
        let numbered = choices.iter().map(|choice| {
            number += 1;
            format!("{}. {}", number, (manner.escape)(&line(&choice.label)))
        });
        let parts: [(Vec<String>, &str); 3] = [(text, manner.line_break), (list, "\n"), (numbered.collect(), "\n")];
        let parts = parts.map(|(lines, between)| lines.join(between));
        written.push(join(&parts, manner.part));
    }
    join(&written, manner.message)
}

fn join(parts: &[String], between: &str) -> String {
    let said: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    said.join(between)
}
