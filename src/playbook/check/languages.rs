//! Texts that lack a language in which others are written: an employee would be answered in two languages at once.

use super::Findings;
use crate::json::Map;
use crate::playbook::mistake::{Mistake, below, element};
use crate::playbook::model::Model;

pub(super) fn check(model: &Model, found: &mut Findings) {
    let names = |texts: &Map<String>| texts.iter().map(|(locale, _)| locale.to_owned()).collect::<Vec<_>>();
    let mut all = vec![("/title".to_owned(), names(&model.title))];
    if !model.symptoms.0.is_empty() {
        let locales = model.symptoms.iter().map(|(locale, _)| locale.to_owned()).collect();
        all.push(("/symptoms".into(), locales));
    }
    for (name, action) in model.remote_actions.iter() {
        let at = below(&below("/remoteActions", name), "description");
        all.extend(action.description.as_ref().map(|description| (at, names(description))));
    }
    for (position, rule) in model.rules.iter().enumerate() {
        let at = element("/rules", position);
        all.push((below(&at, "reason"), names(&rule.reason)));
        all.extend(rule.advice.as_ref().map(|advice| (below(&at, "advice"), names(advice))));
    }
    let mut known: Vec<String> = Vec::new();
    for locale in all.iter().flat_map(|(_, locales)| locales) {
        if !known.contains(locale) {
            known.push(locale.clone());
        }
    }
    for (pointer, locales) in all {
        let missing: Vec<&str> = known.iter().filter(|locale| !locales.contains(locale)).map(String::as_str).collect();
        // That a text is missing altogether is told by `compile`.
        if missing.is_empty() || locales.is_empty() {
            continue;
        }
        let message = format!("there is no text for {}, in which others are written", quoted(&missing));
        found.warning(Mistake::new(&pointer, message).help("translate it, or leave the language out everywhere"));
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
