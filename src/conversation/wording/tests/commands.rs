//! The word lists of the package's locales, as the conversation understands them.

use super::{LOCALE_FILES, says, wording};
use crate::conversation::setting::CommandWords;
use crate::conversation::understanding::{Command, command, plain};
use crate::json::{Map, Read, Write};

fn lists(words: &CommandWords) -> Map<Vec<String>> {
    Map::read(words.write()).unwrap()
}

const MEANINGS: [(&str, Command); 13] = [
    ("yes", Command::Yes),
    ("no", Command::No),
    ("stop", Command::Stop),
    ("whatIsThis", Command::WhatIsThis),
    ("anotherDevice", Command::AnotherDevice),
    ("human", Command::Human),
    ("askForHuman", Command::Human),
    ("again", Command::Again),
    ("done", Command::Done),
    ("skip", Command::Skip),
    ("solved", Command::Solved),
    ("unsolved", Command::Unsolved),
    ("asides", Command::Aside),
];

#[test]
fn every_locale_has_words_for_every_command_and_none_means_two() {
    assert_eq!(MEANINGS.map(|(name, _)| name), CommandWords::FIELDS);
    for (locale, _) in LOCALE_FILES {
        let words = wording(locale).commands();
        let lists = lists(&words);
        let mut seen: Vec<String> = Vec::new();
        for (name, meaning) in MEANINGS {
            let list = lists.get(name).unwrap();
            assert!(list.len() >= 5, "{locale} {name}");
            for word in list {
                assert_eq!(command(&words, word), Some(meaning), "{locale} {name}: {word}");
                assert_eq!(*word, word.trim().to_lowercase(), "{locale} {name}");
                assert!(!seen.contains(&plain(word)), "{locale} {name}: `{word}` stands here twice");
                seen.push(plain(word));
            }
        }
    }
}

/// Who types what the button says gets what the button does.
#[test]
fn a_label_is_understood_as_it_is_meant() {
    for (locale, _) in LOCALE_FILES {
        let wording = wording(locale);
        for (label, meaning) in [
            ("choice-yes", Command::Yes),
            ("choice-no", Command::No),
            ("choice-not-now", Command::No),
            ("choice-run-now", Command::Yes),
            ("choice-go-on", Command::Skip),
            ("choice-did", Command::Done),
            ("choice-skip", Command::Skip),
            ("choice-wait", Command::Again),
            ("choice-again", Command::Again),
            ("choice-another-device", Command::AnotherDevice),
            ("choice-more-devices", Command::AnotherDevice),
            ("choice-what", Command::WhatIsThis),
            ("choice-stop", Command::Stop),
            ("choice-human", Command::Human),
        ] {
            let label = says(&wording, label, vec![]);
            assert_eq!(command(&wording.commands(), &label), Some(meaning), "{locale} {label}");
        }
    }
}

#[test]
fn what_has_accents_is_understood_without_them() {
    for (locale, text, meaning) in [
        ("fr", "s'il vous plait", Command::Yes),
        ("fr", "dautres appareils", Command::AnotherDevice),
        ("fr", "Reessayer", Command::Again),
        ("de", "nö", Command::No),
        ("de", "naechstes", Command::Skip),
        ("de", "uberspringen", Command::Skip),
        ("es", "si", Command::Yes),
        ("es", "¡Sí!", Command::Yes),
        ("es", "adios", Command::Stop),
        ("es", "¿qué es esto?", Command::WhatIsThis),
        ("ja", "はい。", Command::Yes),
        ("ja", "ＯＫ", Command::Yes),
        ("ja", "担当者と話したいです", Command::Human),
    ] {
        assert_eq!(command(&wording(locale).commands(), text), Some(meaning), "{locale} {text}");
    }
}

/// A command's word may stand anywhere in a text: it must not be one by which people tell what is wrong. That it does not
/// work is no command where they tell that.
#[test]
fn what_is_wrong_is_not_taken_for_a_command() {
    for (locale, text) in [
        ("fr", "Outlook s'arrête tout le temps"),
        ("fr", "pourquoi mon PC est-il si lent"),
        ("fr", "je ne peux pas quitter Outlook"),
        ("fr", "mon disque est plein"),
        ("fr", "il n'y a plus de place"),
        ("de", "Outlook geht nicht mehr"),
        ("de", "Outlook lässt sich nicht beenden"),
        ("de", "warum ist mein PC so langsam"),
        ("de", "am Ende hängt es immer"),
        ("es", "se reinicia sin parar"),
        ("es", "creo que es Outlook"),
        ("es", "nada más encender el PC se cuelga"),
        ("es", "tengo un problema con el correo"),
        ("ja", "Outlookが強制終了します"),
        ("ja", "動作を停止しました"),
        ("ja", "パソコンが遅いのはなぜですか"),
        ("ja", "ダウンロードが終わりません"),
    ] {
        let wanted = command(&wording(locale).commands(), text).filter(|wanted| *wanted != Command::Unsolved);
        assert_eq!(wanted, None, "{locale} {text}");
    }
}
