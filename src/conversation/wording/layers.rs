//! The words of a conversation: the catalogue of its language, what a host has put over it, and what is under it where
//! there is no text.

use super::catalogue::{Catalogue, Entry, language};
use super::problem::{Found, WordingProblem};
use crate::api::problem::NexthinkError;
use crate::conversation::setting::CommandWords;
use crate::json::{Json, Read, Write};

/// What a conversation says and understands, in one language.
#[derive(Debug, Clone)]
pub struct Wording {
    /// What is looked at first comes first.
    layers: Vec<Catalogue>,
}

impl Wording {
    /// Reads a whole locale file, such as those of the package.
    ///
    /// # Errors
    /// `invalid`: it is not JSON, or something in it is wrong or missing; the first thing, with its place.
    pub fn read(file: &str) -> Result<Self, NexthinkError> {
        let Ok(json) = Json::parse_file(file) else {
            return Err(NexthinkError::invalid("the wording is not JSON").hint("look for a missing comma or quote"));
        };
        let mut found = Found::default();
        let catalogue = Catalogue::read(json, None, &mut found);
        found.refusal(&catalogue.locale)?;
        Ok(Self { layers: vec![catalogue] })
    }

    /// The same with a host's own words over it: single messages and lists of commands, or a language of its own. What it
    /// does not have is said as before.
    ///
    /// ```
    /// # use nexthink_chatbot::conversation::{LOCALE_FILES, Wording};
    /// # use nexthink_chatbot::json::Json;
    /// let own = Json::parse(br#"{ "messages": { "greeting": "Hi, this is Otto." } }"#).unwrap();
    /// let wording = Wording::read(LOCALE_FILES[0].1)?.overridden_by(own)?;
    /// assert_eq!(wording.locale(), "en");
    /// # Ok::<(), nexthink_chatbot::api::problem::NexthinkError>(())
    /// ```
    ///
    /// # Errors
    /// `invalid`: something in it is wrong; the first thing, with its place. `check` gives all.
    pub fn overridden_by(mut self, own: Json) -> Result<Self, NexthinkError> {
        let mut found = Found::default();
        let catalogue = Catalogue::read(own, self.layers.first(), &mut found);
        found.refusal(&catalogue.locale)?;
        self.layers.insert(0, catalogue);
        Ok(self)
    }

    /// Everything that would be wrong with a host's own words over these, and, for a language of its own, every message
    /// that it does not have.
    pub fn check(&self, own: Json) -> Vec<WordingProblem> {
        let mut found = Found::default();
        let _ = Catalogue::read(own, self.layers.first(), &mut found);
        found.0
    }

    /// The language of the messages, such as `en` or `de-CH`.
    pub fn locale(&self) -> &str {
        self.layers.first().map_or("en", |catalogue| &catalogue.locale)
    }

    /// The words by which employees mean a command, such as `yes`; none where there is no such command.
    pub fn command(&self, name: &str) -> &[String] {
        self.layers.iter().find_map(|catalogue| catalogue.commands.get(name)).map_or(&[], Vec::as_slice)
    }

    /// The words of all commands.
    pub fn commands(&self) -> CommandWords {
        let words = |name: &&str| ((*name).into(), self.command(name).write());
        CommandWords::read(Json::Object(CommandWords::FIELDS.iter().map(words).collect())).unwrap_or_default()
    }

    /// The message of a key, with the catalogue whose language it is in, and where looking for its parts begins: no
    /// message is in two languages.
    pub(super) fn find(&self, key: &str, from: usize) -> Option<(&Entry, &Catalogue, usize)> {
        let mut layers = self.layers.iter().skip(from);
        let (entry, catalogue) = layers.find_map(|catalogue| Some((catalogue.get(key)?, catalogue)))?;
        let spoken = language(&catalogue.locale);
        let first = self.layers.iter().position(|layer| language(&layer.locale).eq_ignore_ascii_case(spoken));
        Some((entry, catalogue, first.unwrap_or(from)))
    }
}

/// Which of the locales that there are serves one that is wanted: `de-CH`, else `de`, else English.
pub fn nearest_locale<'a>(wanted: &str, available: &[&'a str]) -> &'a str {
    let same = |wanted: &str| available.iter().find(|known| known.eq_ignore_ascii_case(wanted)).copied();
    same(wanted).or_else(|| same(language(wanted))).or_else(|| same("en")).unwrap_or("en")
}
