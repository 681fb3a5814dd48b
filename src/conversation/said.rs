//! What is said, before it has words: a key of the wording with its parameters.

use super::advance::MessageKey;
use super::turn::{ChoiceStyle, MessageKind};
use crate::json::{Json, Map, Write, record};

record! {
    lenient
    /// A message without words.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Said {
        /// Its key in the wording.
        pub key: String,
        /// What is put into it.
        pub parameters: Map<Parameter>,
        /// The lines of its list.
        pub items: Vec<Said>,
        /// Its kind.
        pub kind: Option<MessageKind>,
        /// What can be chosen.
        pub choices: Vec<SaidChoice>,
    }
}

record! {
    lenient
    /// A choice without words.
    #[derive(Debug, Clone, PartialEq)]
    pub struct SaidChoice {
        /// What comes back.
        pub id: String,
        /// The key of its label.
        pub key: String,
        /// What is put into it.
        pub parameters: Map<Parameter>,
        /// How it looks.
        pub style: Option<ChoiceStyle>,
    }
}

record! {
    lenient
    /// A value in a message: exactly one of these.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Parameter {
        /// Text from outside: of a device, a tenant, a playbook, an employee. Never trusted.
        pub text: Option<String>,
        /// A number; it chooses the plural form.
        pub number: Option<f64>,
        /// A span of time in milliseconds, told in its largest unit that fits: `3 days`.
        pub duration_ms: Option<f64>,
        /// A span of time in milliseconds that is promised not to be exceeded: it is never told as a shorter one.
        pub at_most_ms: Option<f64>,
        /// A message of the wording itself, such as the name of a reason.
        pub said: Option<Json>,
    }
}

impl Said {
    /// A message; what it takes is added to it.
    pub(super) fn new(message: MessageKey) -> Self {
        Self {
            key: message.key.to_owned(),
            parameters: Map::default(),
            items: Vec::new(),
            kind: None,
            choices: Vec::new(),
        }
    }

    /// Adds text from outside.
    pub(super) fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.with(name, Parameter { text: Some(text.into()), ..Parameter::default() })
    }

    /// Adds a number.
    pub(super) fn number(self, name: &str, number: u32) -> Self {
        self.with(name, Parameter { number: Some(number.into()), ..Parameter::default() })
    }

    /// Adds a span of time, in milliseconds.
    pub(super) fn duration(self, name: &str, milliseconds: f64) -> Self {
        self.with(name, Parameter { duration_ms: Some(milliseconds.max(0.0)), ..Parameter::default() })
    }

    /// Adds a span of time that is not exceeded, in milliseconds.
    pub(super) fn at_most(self, name: &str, milliseconds: f64) -> Self {
        self.with(name, Parameter { at_most_ms: Some(milliseconds.max(0.0)), ..Parameter::default() })
    }

    /// Adds a message.
    pub(super) fn message(self, name: &str, said: &Self) -> Self {
        self.with(name, Parameter { said: Some(said.write()), ..Parameter::default() })
    }

    /// The same with a list.
    pub(super) fn items(mut self, items: Vec<Self>) -> Self {
        self.items = items;
        self
    }

    /// The same of a kind.
    pub(super) const fn kind(mut self, kind: MessageKind) -> Self {
        self.kind = Some(kind);
        self
    }

    fn with(mut self, name: &str, parameter: Parameter) -> Self {
        self.parameters.0.push((name.to_owned(), parameter));
        self
    }
}
