//! Every locale file of the package is held to the table of messages, and to what any text of ours has to be.

use crate::conversation::wording::catalogue::{Catalogue, Entry, keys};
use crate::conversation::wording::harmless::harmless;
use crate::conversation::wording::problem::Found;
use crate::conversation::wording::template::{Piece, Template};
use crate::conversation::wording::{LOCALE_FILES, Wording};
use crate::json::Json;

/// What a button has room for on a phone.
const LABEL: usize = 30;

fn catalogues() -> impl Iterator<Item = (&'static str, Catalogue)> {
    LOCALE_FILES.iter().map(|(locale, file)| {
        let mut found = Found::default();
        let catalogue = Catalogue::read(Json::parse_file(file).unwrap(), None, &mut found);
        assert_eq!(found.0, [], "{locale}");
        (*locale, catalogue)
    })
}

/// Every text of a locale, with its key.
fn texts(catalogue: &Catalogue) -> Vec<(String, &Template)> {
    let entries = catalogue.messages();
    entries.flat_map(|(key, entry)| entry.templates().map(move |template| (key.to_owned(), template))).collect()
}

fn literals(template: &Template) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Place { .. } => "{}".into(),
    };
    template.pieces().iter().map(text).collect()
}

#[test]
fn every_locale_can_be_read_and_has_its_own_name() {
    for (locale, file) in &LOCALE_FILES {
        assert_eq!(Wording::read(file).unwrap().locale(), *locale);
    }
    assert_eq!(LOCALE_FILES[0].0, "en");
}

/// Reading has refused what is missing, what is not known and plural forms that do not fit.
#[test]
fn every_message_shows_the_parameters_of_its_key() {
    for (locale, catalogue) in catalogues() {
        for (key, parameters) in keys() {
            let entry = catalogue.get(key).unwrap();
            let mut counted = None;
            if let Entry::Counted { parameter, .. } = entry {
                counted = Some(parameter.as_str());
            }
            for (parameter, _) in parameters {
                for template in entry.templates() {
                    let is_shown = template.places().any(|(name, _)| name == *parameter);
                    assert!(is_shown || counted == Some(*parameter), "{locale} {key}: `{parameter}`");
                }
            }
        }
    }
}

#[test]
fn no_form_of_a_duration_is_left_over() {
    for (locale, catalogue) in catalogues() {
        let used: Vec<String> = texts(&catalogue)
            .iter()
            .flat_map(|(_, template)| template.places().filter_map(|(_, form)| form.map(str::to_owned)))
            .collect();
        for (key, _) in catalogue.messages() {
            let form = key.split_once(':').map(|(_, form)| form);
            assert!(form.is_none_or(|form| used.iter().any(|used| used == form)), "{locale} {key}");
        }
    }
}

#[test]
fn a_label_fits_a_button() {
    for (locale, catalogue) in catalogues() {
        let mut labels = 0;
        for (key, template) in texts(&catalogue).iter().filter(|(key, _)| key.starts_with("choice-")) {
            let label = literals(template);
            labels += 1;
            let length = label.chars().count();
            // In Japanese a letter is as wide as two.
            let width = if locale == "ja" { length * 2 } else { length };
            assert!(width <= if key.starts_with("choice-device") { 45 } else { LABEL }, "{locale} {key}: {label}");
            assert!(!label.ends_with('.'), "{locale} {key}: {label}");
        }
        assert!(labels > 10, "{locale}");
    }
}

/// What a format would take for markup has no place in a text of ours, nor has what cannot be seen.
#[test]
fn no_text_is_markup() {
    for (locale, catalogue) in catalogues() {
        for (key, template) in texts(&catalogue) {
            let text = literals(template);
            assert!(
                !text.contains(['*', '_', '`', '<', '>', '[', ']', '#', '|', '~', '&', '@', '\\']),
                "{locale} {key}"
            );
            assert!(!text.contains("//") && !text.starts_with(['-', '+', '=']), "{locale} {key}");
            let seen = text.replace('\u{a0}', " ");
            assert_eq!(harmless(&seen, 1000), seen.trim(), "{locale} {key}");
            assert_eq!(text, text.trim(), "{locale} {key}");
        }
    }
}

#[test]
fn a_translation_is_one() {
    let all: Vec<(&str, Catalogue)> = catalogues().collect();
    for (locale, catalogue) in &all[1..] {
        for (key, template) in texts(catalogue) {
            let text = literals(template);
            let english = all[0].1.get(&key).into_iter().flat_map(|entry| entry.templates()).map(literals);
            let same = english.into_iter().any(|english| english == text && english.chars().any(char::is_alphabetic));
            // What is the same in both languages.
            let known = ["choice-no", "duration-minutes", "choice-human"];
            assert!(!same || known.contains(&key.as_str()), "{locale} {key}: {text}");
        }
    }
}

#[test]
fn french_has_its_no_break_spaces() {
    let (_, catalogue) = catalogues().find(|(locale, _)| *locale == "fr").unwrap();
    for (key, template) in texts(&catalogue) {
        let text = literals(template);
        let letters: Vec<char> = text.chars().collect();
        for (position, letter) in letters.iter().enumerate() {
            let neighbour = match letter {
                ':' | ';' | '?' | '!' | '»' => letters[position - 1],
                '«' => letters[position + 1],
                _ => continue,
            };
            assert_eq!(neighbour, '\u{a0}', "{key}: {text}");
        }
    }
}

/// Each language marks a name in its own way.
#[test]
fn quotation_marks_are_those_of_the_language() {
    for (locale, catalogue) in catalogues() {
        let (open, close) = match locale {
            "en" => ('“', '”'),
            "de" => ('„', '“'),
            "ja" => ('「', '」'),
            _ => ('«', '»'),
        };
        for (key, template) in texts(&catalogue) {
            let text = literals(template);
            let marks: Vec<char> = text.chars().filter(|letter| "“”„«»「」\"".contains(*letter)).collect();
            assert!(marks.chunks(2).all(|pair| pair == [open, close]), "{locale} {key}: {text}");
        }
    }
}
