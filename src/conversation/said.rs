//! What is said, before it has words: a key of the wording with its parameters.

use super::turn::{ChoiceStyle, MessageKind};
use crate::json::{Json, Map, record};

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
        /// A message of the wording itself, such as the name of a reason.
        pub said: Option<Json>,
    }
}
