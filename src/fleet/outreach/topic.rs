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

/// What one match is about, in one text: the playbook, and after each separator a rule; only the playbook where it is about
/// that as a whole.
pub(super) fn topic_of(playbook: &str, rules: Option<&[String]>) -> Box<str> {
    let mut text = playbook.replace(BETWEEN, " ");
    for rule in rules.into_iter().flatten() {
        if !subjects_in(&text).any(|(_, known)| known == rule) {
            text.push(BETWEEN);
            text.push_str(&rule.replace(BETWEEN, " "));
        }
    }
    if rules.is_some_and(<[String]>::is_empty) {
        text.push(BETWEEN);
    }
    text.into()
}

/// What may not be told twice: each rule, or the playbook as a whole. Nothing where no rule matches.
pub(super) fn subjects_in(topic: &str) -> impl Iterator<Item = Subject<'_>> {
    let (playbook, rules) =
        topic.split_once(BETWEEN).map_or((topic, None), |(playbook, rules)| (playbook, Some(rules)));
    let whole = if rules.is_none() { Some((playbook, "")) } else { None };
    let rules = rules.into_iter().flat_map(|rules| rules.split(BETWEEN)).filter(|rule| !rule.is_empty());
    rules.map(move |rule| (playbook, rule)).chain(whole)
}

const BETWEEN: char = '\u{1f}';

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
