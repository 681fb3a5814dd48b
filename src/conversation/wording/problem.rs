//! What is wrong in a locale file: where, what, and what to do about it; and one error for all of it.

use crate::api::problem::NexthinkError;
use crate::json::{push_digits, record, words};

words! {
    /// Whether a wording can be used all the same.
    pub enum WordingSeverity {
        /// It cannot.
        Error = "error",
        /// It can, and employees would see two languages.
        Warning = "warning",
    }
}

record! {
    lenient
    /// What is wrong at one place of a wording.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct WordingProblem {
        /// Whether the wording can be used all the same.
        pub severity: WordingSeverity,
        /// The place in the file: a JSON pointer.
        pub pointer: String,
        /// What is wrong, in one sentence without a full stop.
        pub message: String,
        /// What to do about it.
        pub help: String,
    }
}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Found(pub Vec<WordingProblem>);

impl Found {
    pub fn error(&mut self, pointer: &str, message: &str, help: &str) {
        self.add(WordingSeverity::Error, pointer, message, help);
    }

    pub fn warning(&mut self, pointer: &str, message: &str, help: &str) {
        self.add(WordingSeverity::Warning, pointer, message, help);
    }

    fn add(&mut self, severity: WordingSeverity, pointer: &str, message: &str, help: &str) {
        let [pointer, message, help] = [pointer, message, help].map(str::to_owned);
        self.0.push(WordingProblem { severity, pointer, message, help });
    }

    /// One error for all errors: it tells the first.
    pub fn refusal(&self, locale: &str) -> Result<(), NexthinkError> {
        let mut errors = self.0.iter().filter(|problem| problem.severity == WordingSeverity::Error);
        let Some(first) = errors.next() else { return Ok(()) };
        let mut message = String::from("the wording ");
        if !locale.is_empty() {
            message.push('`');
            message.extend(locale.chars().take(32));
            message.push_str("` ");
        }
        match errors.count() {
            0 => message.push_str("has a mistake"),
            others => {
                message.push_str("has ");
                push_digits(others as u64 + 1, 1, &mut message);
                message.push_str(" mistakes, the first");
            }
        }
        if !first.pointer.is_empty() {
            message.push_str(" at ");
            message.push_str(&first.pointer);
        }
        message.push_str(": ");
        message.push_str(&first.message);
        Err(NexthinkError::invalid(message).hint(first.help.clone()))
    }
}
