//! What a conversation is told of its surroundings: the time, the playbooks' words and those of the language.

use crate::json::{Map, record};
use crate::nql::Timestamp;
use crate::playbook::{Localized, localized};

record! {
    strict
    /// What does not depend on what was said.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Setting {
        /// The language: `en`, `de-CH`.
        pub locale: String,
        /// The time.
        pub now: Timestamp,
        /// What can be helped with, in the order in which it is offered.
        pub playbooks: Vec<PlaybookWords>,
        /// The words of the language that are understood: of its file in `wording/`.
        pub words: CommandWords,
    }
}

record! {
    lenient
    /// What employees call the trouble of a playbook.
    #[derive(Debug, Clone, PartialEq)]
    pub struct PlaybookWords {
        /// Its name in code.
        pub id: String,
        /// Its name for people.
        pub title: Localized,
        /// Words by which they call the trouble, per locale.
        pub symptoms: Map<Vec<String>>,
    }
}

record! {
    lenient
    /// The words by which employees say what they want, each list with the usual ones.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct CommandWords {
        /// They agree.
        pub yes: Vec<String>,
        /// They do not.
        pub no: Vec<String>,
        /// They want to end.
        pub stop: Vec<String>,
        /// They want to know what this is.
        pub what_is_this: Vec<String>,
        /// It is about another device.
        pub another_device: Vec<String>,
        /// Those who would help instead of the chatbot. Where what is wrong is told as well, naming them is no wish.
        pub human: Vec<String>,
        /// They ask for a person in so many words, whatever else they tell.
        pub ask_for_human: Vec<String>,
        /// They want it tried or looked at again.
        pub again: Vec<String>,
        /// They have done what they were advised to do.
        pub done: Vec<String>,
        /// They do not want this one, but the next.
        pub skip: Vec<String>,
        /// It works now. Idioms that may as well mean "agreed" belong to none of the lists but `done`.
        pub solved: Vec<String>,
        /// It still does not work, or did not help.
        pub unsolved: Vec<String>,
        /// What says nothing beside the rest: thanks, greetings, what it is about.
        pub asides: Vec<String>,
    }
}

impl Setting {
    /// The playbook of this name.
    pub fn playbook(&self, id: &str) -> Option<&PlaybookWords> {
        self.playbooks.iter().find(|playbook| playbook.id == id)
    }
}

impl PlaybookWords {
    /// Its name in a language.
    pub fn title(&self, locale: &str) -> &str {
        localized(&self.title, locale).map_or(&self.id, |title| title)
    }
}
