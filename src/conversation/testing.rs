//! What the tests of a conversation have in common: the English words, and the built-in playbooks' words.

use super::setting::{CommandWords, PlaybookWords, Setting};
use crate::json::{Json, Read};
use crate::nql::{DAY, Timestamp};
use crate::playbook::BUILT_IN;

/// The commands of the English wording.
pub(super) fn english() -> CommandWords {
    let file = Json::parse(include_bytes!("../../wording/en.json")).unwrap();
    CommandWords::read(file.get("commands").unwrap().clone()).unwrap()
}

/// A setting in English.
pub(super) fn setting() -> Setting {
    let mut playbooks = Vec::new();
    for built_in in &BUILT_IN {
        playbooks.push(PlaybookWords::read(Json::parse(built_in.json.as_bytes()).unwrap()).unwrap());
    }
    Setting { locale: "en".into(), now: Timestamp(20_775 * DAY), playbooks, words: english() }
}

/// The same in another language. What the playbooks do not say in it yet is said here.
pub(super) fn in_locale(mut setting: Setting, locale: &str) -> Setting {
    locale.clone_into(&mut setting.locale);
    for playbook in &mut setting.playbooks {
        if playbook.symptoms.get(locale).is_none() {
            let symptoms: &[&str] = match (locale, playbook.id.as_str()) {
                ("ja", "outlook") => &["outlook", "メール"],
                ("ja", "slow-pc") => &["遅い", "重い"],
                _ => &[],
            };
            playbook.symptoms.0.push((locale.to_owned(), symptoms.iter().map(|text| (*text).to_owned()).collect()));
        }
    }
    setting
}
