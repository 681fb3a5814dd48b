//! What is wrong with a playbook's file: where, what, and what to write instead; and one error for all of it.

use crate::api::problem::NexthinkError;
use crate::json::{Json, Mismatch, push_digits};
use crate::nql::{Span, SyntaxErrors, nearest};

/// What is wrong at one place of a playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The place in the file: a JSON pointer.
    pub pointer: String,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The part of the text at the pointer that is meant, in bytes.
    pub span: Option<Span>,
}

impl Mistake {
    pub(super) fn new(pointer: &str, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), message: message.into(), help: None, span: None }
    }

    #[must_use]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names what was probably meant, else says what there is.
    #[must_use]
    pub(super) fn meant(self, near: Option<&str>, otherwise: impl Into<String>) -> Self {
        match near {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self.help(otherwise),
        }
    }

    #[must_use]
    pub(super) const fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// What does not have the form that it should; what is missing is told where it should be. `known` are the fields
    /// that an object there can have.
    pub(super) fn misfit(misfit: &Mismatch, known: &[&str]) -> Self {
        let pointer = misfit.pointer();
        let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        let mistake = Self::new(if misfit.is_missing() { parent } else { &pointer }, misfit.message());
        let Some(name) = misfit.unknown_name() else {
            return mistake.help(misfit.wanted().map_or("add it; the README of this package shows a whole file", form));
        };
        mistake.meant(nearest(&name, known.iter().copied()), format!("known are {}", known.join(", ")))
    }

    /// All mistakes of a text that is not NQL. `example` is the help where the parser has none.
    pub(super) fn syntax(pointer: &str, mistakes: &SyntaxErrors, example: &str) -> Vec<Self> {
        let mut all = Vec::new();
        for mistake in mistakes.iter() {
            let help = mistake.help.as_deref().unwrap_or(example);
            all.push(Self::new(pointer, mistake.message.clone()).help(help).at(mistake.span));
        }
        all
    }
}

/// How what a place wants is written.
fn form(wanted: &str) -> &'static str {
    match wanted {
        "a text" => "write it in quotes",
        "an object" => "write names and values in braces, as in `{ \"en\": \"…\" }`",
        "a list" => "write it in brackets, also what stands alone",
        "true or false" => "write it without quotes",
        "a whole number" => "write it in digits, without quotes",
        words if words.contains(" or ") => "write one of these",
        _ => "write it in this form",
    }
}

/// One error for all mistakes of a playbook: it tells the first, and how to see the others. `None` without a mistake.
/// `text` gives the text at a pointer.
pub(super) fn refusal<'a>(
    id: &str,
    mistakes: &[Mistake],
    text: impl Fn(&str) -> Option<&'a str>,
) -> Option<NexthinkError> {
    let first = mistakes.first()?;
    let mut message = String::from("the playbook ");
    // Its name is whatever the file says.
    if let Some(id) = id.get(..64.min(id.len())).filter(|id| !id.is_empty()) {
        message.push('`');
        message.push_str(id);
        message.push_str("` ");
    }
    match mistakes.len() {
        1 => message.push_str("has a mistake"),
        several => {
            message.push_str("has ");
            push_digits(several as u64, 1, &mut message);
            message.push_str(" mistakes, the first");
        }
    }
    let mut separator = " at ";
    if !first.pointer.is_empty() {
        message.push_str(separator);
        message.push_str(&first.pointer);
        separator = ", ";
    }
    let text = text(&first.pointer);
    if let Some(before) = first.span.and_then(|span| text?.get(..span.start)) {
        message.push_str(separator);
        if text.is_some_and(|text| text.contains('\n')) {
            message.push_str("line ");
            push_digits(before.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1, 1, &mut message);
            message.push_str(", ");
        }
        let line = before.rsplit('\n').next().unwrap_or_default();
        message.push_str("column ");
        push_digits(line.encode_utf16().count() as u64 + 1, 1, &mut message);
    }
    message.push_str(": ");
    message.push_str(&first.message);
    let mut hint = first.help.clone().unwrap_or_else(|| "correct it".into());
    hint.push_str(if hint.ends_with('?') { "" } else { ";" });
    hint.push_str(" `playbooks.check` gives every mistake with its place");
    Some(NexthinkError::invalid(message).hint(hint))
}

/// The value at a JSON pointer.
pub(crate) fn at_pointer<'a>(json: &'a Json, pointer: &str) -> Option<&'a Json> {
    let mut found = json;
    for segment in pointer.split('/').skip(1) {
        found = match found {
            Json::List(values) => values.get(segment.parse::<usize>().ok()?)?,
            json => json.get(&segment.replace("~1", "/").replace("~0", "~"))?,
        };
    }
    Some(found)
}

/// A name as a segment of a JSON pointer.
pub(crate) fn below(pointer: &str, name: &str) -> String {
    let mut below = String::from(pointer);
    below.push('/');
    below.push_str(&name.replace('~', "~0").replace('/', "~1"));
    below
}

/// A position as a segment of a JSON pointer.
pub(crate) fn element(pointer: &str, position: usize) -> String {
    let mut below = String::from(pointer);
    below.push('/');
    push_digits(position as u64, 1, &mut below);
    below
}
