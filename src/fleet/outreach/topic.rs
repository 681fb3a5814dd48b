//! What a message is about: rules of a playbook.

use crate::json::record;

record! {
    lenient
    /// What an employee is told about.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct OutreachTopic {
        /// The playbook's ID: what to start a conversation with.
        pub playbook: String,
        /// Its rules that match. None: the playbook as a whole.
        pub rules: Vec<String>,
    }
}

/// What one match is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Topic {
    pub playbook: Box<str>,
    /// None where it is the playbook as a whole.
    rules: Option<Vec<Box<str>>>,
}

impl Topic {
    pub fn new(playbook: String, rules: Option<Vec<String>>) -> Self {
        let mut list: Vec<Box<str>> = Vec::new();
        for rule in rules.iter().flatten() {
            if list.iter().all(|known| **known != **rule) {
                list.push(rule.as_str().into());
            }
        }
        Self { playbook: playbook.into(), rules: rules.is_some().then_some(list) }
    }

    /// Whether nothing matches.
    pub fn is_empty(&self) -> bool {
        self.rules.as_ref().is_some_and(Vec::is_empty)
    }

    /// What may not be told twice: each rule, or the playbook as a whole.
    pub fn subjects(&self) -> impl Iterator<Item = Subject<'_>> {
        let whole = if self.rules.is_none() { Some("") } else { None };
        whole.into_iter().chain(self.rules.iter().flatten().map(|rule| &**rule)).map(|rule| (&*self.playbook, rule))
    }
}

/// A playbook and one of its rules. The playbook as a whole is a rule without a name.
pub(super) type Subject<'a> = (&'a str, &'a str);

impl OutreachTopic {
    /// Whether who is told this is told of the subject. What is told of a playbook's rules is told of the playbook.
    pub(super) fn tells(&self, (playbook, rule): Subject<'_>) -> bool {
        self.playbook == playbook && (rule.is_empty() || self.rules.iter().any(|known| known == rule))
    }

    /// Adds a subject to what a message is about.
    pub(super) fn add(about: &mut Vec<Self>, (playbook, rule): Subject<'_>) {
        let place = match about.iter().position(|topic| topic.playbook == playbook) {
            Some(place) => place,
            None => {
                about.push(Self { playbook: playbook.to_owned(), rules: Vec::new() });
                about.len() - 1
            }
        };
        if let Some(topic) = about.get_mut(place)
            && !topic.tells((playbook, rule))
        {
            topic.rules.push(rule.to_owned());
        }
    }
}
