//! What is wrong, by the playbooks' words for it. The longest word that stands in the text wins; one with a slip in it
//! counts a little less.

use super::plain::{has_no_spaces, plain};
use crate::conversation::setting::{PlaybookWords, Setting};
use crate::playbook::localized;

/// What a text says is wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum Understood<'a> {
    /// One playbook fits best.
    One(&'a PlaybookWords),
    /// Several fit as well.
    Several(Vec<&'a PlaybookWords>),
    /// None does.
    Nothing,
}

/// Which playbook a text speaks of.
pub fn symptom<'a>(setting: &'a Setting, text: &str) -> Understood<'a> {
    let text = plain(text);
    let mut best: (usize, Vec<&PlaybookWords>) = (0, Vec::new());
    for playbook in &setting.playbooks {
        let score = score(playbook, &setting.locale, &text);
        if score > best.0 {
            best = (score, vec![playbook]);
        } else if score > 0 && score == best.0 {
            best.1.push(playbook);
        }
    }
    match best.1.as_slice() {
        [] => Understood::Nothing,
        [one] => Understood::One(one),
        _ => Understood::Several(best.1),
    }
}

/// How well a playbook fits a text: the weight of its longest word in it.
fn score(playbook: &PlaybookWords, locale: &str, text: &str) -> usize {
    let symptoms = localized(&playbook.symptoms, locale).map(Vec::as_slice).unwrap_or_default();
    let title = playbook.title(locale).to_owned();
    symptoms.iter().chain([&title]).map(|phrase| weight(&plain(phrase), text)).max().unwrap_or_default()
}

fn weight(phrase: &str, text: &str) -> usize {
    let length = phrase.chars().count();
    if length == 0 {
        return 0;
    }
    if has_no_spaces(phrase) || has_no_spaces(text) {
        let together = |text: &str| text.replace(' ', "");
        return if together(text).contains(&together(phrase)) { length * 4 } else { 0 };
    }
    let words: Vec<&str> = text.split(' ').collect();
    let count = phrase.split(' ').count();
    // `hard drive` may be typed as `harddrive`, and `one drive` as `onedrive`.
    let windows = (1..=count + 1).flat_map(|width| words.windows(width));
    let weight = |window: &[&str]| match (likeness(phrase, &window.join(" ")), likeness(phrase, &window.concat())) {
        (spaced, concatenated) => spaced.max(concatenated.saturating_sub(1)),
    };
    windows.map(weight).max().unwrap_or_default()
}

/// How well a phrase is met: entirely, as the beginning of a word, or with a slip or two.
fn likeness(phrase: &str, words: &str) -> usize {
    let length = phrase.chars().count();
    let slips = match length {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    };
    if phrase == words {
        return length * 4;
    }
    if length > 3 && words.starts_with(phrase) {
        return length * 4 - 1;
    }
    // A first letter is seldom mistyped, and `mails` is no `emails`.
    if slips > 0 && phrase.chars().next() == words.chars().next() {
        let distance = strsim::osa_distance(phrase, words);
        if distance <= slips {
            return length * 4 - 2 * distance;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::testing::{in_locale, setting};

    fn understood(locale: &str, text: &str) -> Vec<String> {
        let setting = in_locale(setting(), locale);
        match symptom(&setting, text) {
            Understood::One(playbook) => vec![playbook.id.clone()],
            Understood::Several(playbooks) => playbooks.iter().map(|playbook| playbook.id.clone()).collect(),
            Understood::Nothing => Vec::new(),
        }
    }

    #[test]
    fn what_is_wrong_is_understood_with_slips_and_in_forms() {
        for (text, playbook) in [
            ("Outlook does not open", "outlook"),
            ("my outlok is broken", "outlook"),
            ("OUTLOOOK!!", "outlook"),
            ("no new mails since monday", "outlook"),
            ("my PC is so slow", "slow-pc"),
            ("it freezes all the time", "slow-pc"),
            ("the performnce is awful", "slow-pc"),
            ("one-drive is not syncing", "onedrive"),
            ("my harddrive is full", "disk"),
            ("hard drive", "disk"),
            ("batery is dead", "disk"),
        ] {
            assert_eq!(understood("en", text), [playbook], "{text}");
        }
        for text in ["", "the coffee is cold", "xyz", "!!!"] {
            assert!(understood("en", text).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_longest_word_wins_and_a_tie_is_told() {
        assert_eq!(understood("en", "outlook is slow"), ["outlook"]);
        assert_eq!(understood("en", "slow sync"), ["onedrive", "slow-pc"]);
        assert_eq!(understood("en", "disk or slow"), ["slow-pc", "disk"]);
    }

    #[test]
    fn japanese_needs_no_spaces() {
        assert_eq!(understood("ja", "パソコンがとても遅いです"), ["slow-pc"]);
        assert_eq!(understood("ja", "Outlookが開かない"), ["outlook"]);
        assert_eq!(understood("ja", "ＯＵＴＬＯＯＫが遅い"), ["outlook"]);
    }
}
