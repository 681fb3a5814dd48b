//! A locale file → the catalogue of one language: every text read and held to the table of messages, once. What is wrong
//! in the file is said all at once, each with its place.

use super::duration;
use super::plural::{Form, PluralRules};
use super::problem::Found;
use super::template::{Parameters, Piece, Template, meant};
use crate::conversation::advance::{MESSAGES, ParameterKind};
use crate::conversation::setting::CommandWords;
use crate::json::{Json, Map, Place, Read, Write, record, words};

record! {
    strict
    /// What employees read and write in one language. A host may give a part of one, or one for a language of its own.
    #[derive(Debug, Clone)]
    pub struct LocaleFile {
        /// The language, as in `pl` or `de-CH`; the conversation's where it is left out.
        pub locale: Option<String>,
        /// The rules of CLDR by which numbers take plural forms: `{ "one": "i = 1 and v = 0" }`; `{}` where there is one
        /// form only. Needed for another language than those of the package.
        pub plural: Option<Map<String>>,
        /// What stands before the decimals of a number: `.` where it is left out.
        pub decimal: Option<String>,
        /// Which way the language is written.
        pub direction: Option<Direction>,
        /// What employees write to answer, by what they mean: `{ "yes": ["tak", "t"] }`. A list takes the place of that of
        /// the package.
        #[cfg_attr(test, ts(as = "Option<Map<Vec<String>>>"))]
        pub commands: Map<Vec<String>>,
        /// The texts, by the keys of the package.
        #[cfg_attr(test, ts(as = "Option<Map<MessageText>>"))]
        pub messages: Map<MessageText>,
    }
}

words! {
    /// Which way a language is written.
    pub enum Direction {
        /// From left to right.
        LeftToRight = "ltr",
        /// From right to left.
        RightToLeft = "rtl",
    }
}

/// The text of a message: one, or one for each plural form of a number in it.
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "string | { [parameter: string]: { [form: string]: string } }"))]
pub enum MessageText {
    /// `I'm looking at {device}.`
    Text(String),
    /// `{ "count": { "one": "one thing", "other": "{count} things" } }`
    Forms(Map<Map<String>>),
}

impl Read for MessageText {
    fn read_at(json: Json, place: &mut Place) -> Self {
        match json {
            Json::Text(text) => Self::Text(text.into()),
            Json::Object(_) => Self::Forms(Map::read_at(json, place)),
            _ => {
                place.expected("a text or `{ \"count\": { \"one\": \"…\", \"other\": \"…\" } }`");
                Self::Text("?".into())
            }
        }
    }
}

impl Write for MessageText {
    fn write(&self) -> Json {
        match self {
            Self::Text(text) => text.write(),
            Self::Forms(forms) => forms.write(),
        }
    }
}

/// The messages of one language.
#[derive(Debug, Clone)]
pub(super) struct Catalogue {
    pub locale: String,
    pub plural: PluralRules,
    pub decimal: String,
    pub direction: Direction,
    pub commands: Map<Vec<String>>,
    messages: Vec<(String, Entry)>,
}

/// A message with its places.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    Plain(Template),
    Counted { parameter: String, forms: Vec<(Form, Template)> },
}

impl Entry {
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        let (plain, forms): (_, &[_]) = match self {
            Self::Plain(template) => (Some(template), &[]),
            Self::Counted { forms, .. } => (None, forms),
        };
        plain.into_iter().chain(forms.iter().map(|(_, template)| template))
    }
}

/// Every key that a message can have, with its parameters: those of the conversation, and the units of durations.
pub(super) fn keys() -> impl Iterator<Item = (&'static str, Parameters)> + Clone {
    const UNIT: Parameters = &[(duration::COUNT, ParameterKind::Number)];
    let said = MESSAGES.iter().map(|message| (message.key, message.parameters));
    said.chain(duration::UNITS.into_iter().map(|(key, _)| (key, UNIT)))
}

/// The language of a locale: `de` of `de-CH`.
pub(super) fn language(locale: &str) -> &str {
    locale.split(['-', '_']).next().unwrap_or_default()
}

impl Catalogue {
    /// Reads a file. `below` is what is looked at where it has no text: none for a file of the package, which has all.
    pub fn read(file: Json, below: Option<&Self>, found: &mut Found) -> Self {
        let mut place = Place::of_all();
        let file = LocaleFile::read_at(file, &mut place);
        for misfit in place.finish_all() {
            let help = misfit.unknown_name().map_or_else(
                || "compare it with the files in the package's folder `wording`".into(),
                |name| {
                    let known = ["locale", "plural", "decimal", "direction", "commands", "messages"];
                    meant(&name, known.into_iter(), "known are")
                },
            );
            found.error(&misfit.pointer(), &misfit.message(), &help);
        }
        let locale = match (&file.locale, below) {
            (Some(locale), _) => locale.clone(),
            (None, Some(below)) => below.locale.clone(),
            (None, None) => String::new(),
        };
        if !is_locale(&locale) {
            let help = "write a language, and a region if need be, as in `pl` or `de-CH`";
            found.error("/locale", "this is no locale", help);
        }
        let kin = below.filter(|below| language(&below.locale).eq_ignore_ascii_case(language(&locale)));
        let plural = match (file.plural, kin) {
            (Some(rules), _) => read_rules(&rules, found),
            (None, Some(kin)) => kin.plural.clone(),
            (None, None) => {
                let help = "copy the language's rules from CLDR, as in `{ \"one\": \"i = 1 and v = 0\" }`; `{}` where it has \
                            one form only";
                found.error("", "`plural` is missing", help);
                PluralRules::default()
            }
        };
        let decimal = file.decimal.or_else(|| kin.map(|kin| kin.decimal.clone())).unwrap_or_else(|| ".".into());
        if decimal.is_empty() || decimal.chars().count() > 1 {
            found.error("/decimal", "this is not one character", "write what stands before the decimals: `.` or `,`");
        }
        let direction = file.direction.or_else(|| kin.map(|kin| kin.direction)).unwrap_or(Direction::LeftToRight);
        let mut catalogue = Self { locale, plural, decimal, direction, commands: file.commands, messages: Vec::new() };
        catalogue.check_commands(found);
        for (key, text) in file.messages {
            catalogue.add(key, &text, found);
        }
        catalogue.check_forms(kin, found);
        catalogue.check_complete(below.is_some(), kin.is_some(), found);
        catalogue
    }

    /// The message of a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.messages.iter().find(|(known, _)| known == key).map(|(_, entry)| entry)
    }

    /// All messages with their keys.
    #[cfg(test)]
    pub fn messages(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.messages.iter().map(|(key, entry)| (key.as_str(), entry))
    }

    fn add(&mut self, key: String, text: &MessageText, found: &mut Found) {
        let pointer = below_pointer("/messages", &key);
        let name = key.split_once(':').map_or(key.as_str(), |(name, _)| name);
        let Some((_, parameters)) = keys().find(|(known, _)| *known == name) else {
            let help = meant(name, keys().map(|(known, _)| known), "known are");
            found.error(&pointer, "no message has this key", &help);
            return;
        };
        if self.get(&key).is_some() {
            found.error(&pointer, "this key stands here twice", "leave one of them out");
        }
        let entry = match text {
            MessageText::Text(text) => Entry::Plain(Template::parse(text, parameters, &pointer, found)),
            MessageText::Forms(forms) => self.counted(forms, parameters, &pointer, found),
        };
        self.messages.push((key, entry));
    }

    fn counted(&self, forms: &Map<Map<String>>, parameters: Parameters, pointer: &str, found: &mut Found) -> Entry {
        let mut entry = Entry::Counted { parameter: String::new(), forms: Vec::new() };
        if forms.0.len() != 1 {
            found.error(pointer, "plural forms go by one parameter", "write the forms under the name of one number");
        }
        let Some((name, texts)) = forms.iter().next() else { return entry };
        let pointer = below_pointer(pointer, name);
        if !parameters.contains(&(name, ParameterKind::Number)) {
            let numbers = parameters.iter().filter(|(_, kind)| *kind == ParameterKind::Number).map(|(known, _)| *known);
            found.error(&pointer, "this is no number of the message", &meant(name, numbers, "its numbers are"));
        }
        let mut read = Vec::new();
        for (form, text) in texts.iter() {
            let pointer = below_pointer(&pointer, form);
            let template = Template::parse(text, parameters, &pointer, found);
            match Form::named(form).filter(|form| self.plural.forms().any(|known| known == *form)) {
                Some(form) => read.push((form, template)),
                None => {
                    let names: Vec<&str> = self.plural.forms().map(Form::name).collect();
                    let help = meant(form, names.iter().copied(), "by the rules in `plural` they are");
                    found.error(&pointer, "the language has no such plural form", &help);
                }
            }
        }
        for form in self.plural.forms().filter(|form| read.iter().all(|(known, _)| known != form)) {
            let message = ["the plural form `", form.name(), "` is missing"].concat();
            found.error(&pointer, &message, "write it: some numbers take it");
        }
        if let Entry::Counted { parameter, forms } = &mut entry {
            (*parameter, *forms) = (name.to_owned(), read);
        }
        entry
    }

    fn check_commands(&self, found: &mut Found) {
        let known = CommandWords::FIELDS;
        for (name, _) in self.commands.iter().filter(|(name, _)| !known.contains(&&**name)) {
            let help = meant(name, known.iter().copied(), "known are");
            found.error(&below_pointer("/commands", name), "there is no such command", &help);
        }
    }

    /// A form of a duration that a text asks for has to be there in all units.
    fn check_forms(&self, kin: Option<&Self>, found: &mut Found) {
        for (key, entry) in &self.messages {
            let name = key.split_once(':').map_or(key.as_str(), |(name, _)| name);
            let durations = keys().find(|(known, _)| *known == name).map_or(&[][..], |(_, parameters)| parameters);
            for piece in entry.templates().flat_map(|template| template.pieces()) {
                let Piece::Place { parameter, form: Some(form) } = piece else { continue };
                if !durations.contains(&(parameter, ParameterKind::Duration)) {
                    continue;
                }
                let wanted = duration::UNITS.map(|(unit, _)| [unit, ":", form].concat());
                let is_there = |key: &str| self.get(key).or_else(|| kin?.get(key)).is_some();
                if let Some(missing) = wanted.iter().find(|key| !is_there(key)) {
                    let message = ["`{", parameter, ":", form, "}` needs the message `", missing, "`"].concat();
                    found.error(&below_pointer("/messages", key), &message, "write it, or leave the form out");
                }
            }
        }
    }

    fn check_complete(&self, falls_back: bool, is_kin: bool, found: &mut Found) {
        for (key, _) in keys().filter(|(key, _)| self.get(key).is_none()) {
            let pointer = below_pointer("/messages", key);
            match (falls_back, is_kin) {
                (false, _) => found.error(&pointer, "the message is missing", "write it"),
                (true, false) => {
                    found.warning(
                        &pointer,
                        "there is no text for this message",
                        "write it: it would be said in English",
                    );
                }
                (true, true) => {}
            }
        }
    }
}

fn read_rules(rules: &Map<String>, found: &mut Found) -> PluralRules {
    let mut read = PluralRules::default();
    for (name, rule) in rules.iter() {
        let pointer = below_pointer("/plural", name);
        match Form::named(name) {
            None => {
                let names = ["zero", "one", "two", "few", "many"].into_iter();
                found.error(&pointer, "CLDR knows no such plural form", &meant(name, names, "it knows"));
            }
            Some(Form::Other) => {
                found.error(&pointer, "`other` has no rule", "leave it out: it is what the other rules leave");
            }
            Some(form) => {
                if let Err(wrong) = read.add(form, rule) {
                    found.error(&pointer, &wrong, "copy the rule from CLDR's plural rules");
                }
            }
        }
    }
    read
}

/// `pl`, `de-CH`, `zh-Hant-TW`
fn is_locale(locale: &str) -> bool {
    let is_word = |word: &str| (2..=8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    language(locale).bytes().all(|byte| byte.is_ascii_alphabetic()) && locale.split('-').all(is_word)
}

/// A name as a segment of a JSON pointer.
fn below_pointer(pointer: &str, name: &str) -> String {
    [pointer, "/", &name.replace('~', "~0").replace('/', "~1")].concat()
}
