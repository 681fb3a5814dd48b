//! What an employee wants, by the words of their language. A yes has to be one from its first letter to its last: a
//! sentence that has a yes in it may as well say no.

use super::plain::{has_no_spaces, plain};
use crate::conversation::setting::CommandWords;

/// What an employee can want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// They agree.
    Yes,
    /// They do not.
    No,
    /// They want to end.
    Stop,
    /// They want to know what this is.
    WhatIsThis,
    /// It is about another device.
    AnotherDevice,
    /// They want a person.
    Human,
    /// They want it tried or looked at again.
    Again,
    /// They have done what they were advised to do.
    Done,
    /// They do not want this one, but the next.
    Skip,
    /// It works now.
    Solved,
    /// It still does not work.
    Unsolved,
    /// They say nothing that leads anywhere: thanks, a greeting.
    Aside,
}

/// More words than this are a story, in which a command's word may mean anything.
const MOST_WORDS: usize = 8;

/// What a text wants; nothing where that cannot be told.
pub fn command(words: &CommandWords, text: &str) -> Option<Command> {
    let text = plain(text);
    if text.is_empty() {
        return None;
    }
    let lists = [
        (Command::Yes, &words.yes),
        (Command::No, &words.no),
        (Command::Done, &words.done),
        (Command::Skip, &words.skip),
        (Command::Stop, &words.stop),
        (Command::Human, &words.human),
        (Command::Human, &words.ask_for_human),
        (Command::AnotherDevice, &words.another_device),
        (Command::WhatIsThis, &words.what_is_this),
        (Command::Again, &words.again),
        (Command::Solved, &words.solved),
        (Command::Unsolved, &words.unsolved),
        (Command::Aside, &words.asides),
    ];
    for (command, phrases) in lists {
        if phrases.iter().any(|phrase| plain(phrase) == text) {
            return Some(command);
        }
    }
    if words.ask_for_human.iter().any(|phrase| holds(&text, &plain(phrase))) {
        return Some(Command::Human);
    }
    if text.split(' ').count() > MOST_WORDS || has_no_spaces(&text) && text.chars().count() > 4 * MOST_WORDS {
        return None;
    }
    // It ends a conversation well, so that it has to be said and nothing else: "it works now, but slowly" does not.
    let beside = [&words.asides, &words.yes, &words.done];
    if is_made_of(&text, &beside[..1]) {
        return Some(Command::Aside);
    }
    if is_made_of(&text, &[&words.solved, &words.asides, &words.yes, &words.done]) && !is_made_of(&text, &beside) {
        return Some(Command::Solved);
    }
    // What comes first in a longer text counts for a no; for what only ends, asks or hands over, it may stand anywhere.
    if words.no.iter().any(|phrase| begins_with(&text, &plain(phrase))) {
        return Some(Command::No);
    }
    let human = (Command::Human, &words.human);
    let anywhere = [
        human,
        (Command::AnotherDevice, &words.another_device),
        (Command::Stop, &words.stop),
        (Command::WhatIsThis, &words.what_is_this),
        (Command::Unsolved, &words.unsolved),
    ];
    match longest(&text, &anywhere) {
        Some(Command::Unsolved) => longest(&text, &[human]).or(Some(Command::Unsolved)),
        found => found,
    }
}

/// Whether a text asks for a person and cannot mean anything else: "Outlook crashes when I open a ticket" does not.
pub fn asks_for_human(words: &CommandWords, text: &str) -> bool {
    let text = plain(text);
    let mut phrases = words.human.iter().chain(&words.ask_for_human).map(|phrase| plain(phrase));
    phrases.any(|phrase| phrase == text || is_nearly(&text, &phrase))
        || words.ask_for_human.iter().any(|phrase| holds(&text, &plain(phrase)))
}

/// What the longest phrase in a text means.
fn longest(text: &str, lists: &[(Command, &Vec<String>)]) -> Option<Command> {
    let mut found: Option<(usize, Command)> = None;
    for (command, phrases) in lists {
        for phrase in phrases.iter().map(|phrase| plain(phrase)) {
            let length = phrase.chars().count();
            if found.is_none_or(|(longest, _)| longest < length) && (holds(text, &phrase) || is_nearly(text, &phrase)) {
                found = Some((length, *command));
            }
        }
    }
    found.map(|(_, command)| command)
}

/// Whether a text is phrases of the lists, one after the other, and nothing else.
fn is_made_of(text: &str, lists: &[&Vec<String>]) -> bool {
    let goes_on = |phrase: &String| rest_after(text, &plain(phrase)).is_some_and(|rest| is_made_of(rest, lists));
    text.is_empty() || lists.iter().copied().flatten().any(goes_on)
}

/// What follows in a text that begins with the words of a phrase.
fn rest_after<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(phrase).filter(|_| !phrase.is_empty())?;
    rest.strip_prefix(' ').or_else(|| (rest.is_empty() || has_no_spaces(phrase)).then_some(rest))
}

/// Whether a text begins with the words of a phrase.
fn begins_with(text: &str, phrase: &str) -> bool {
    let rest = text.strip_prefix(phrase).unwrap_or("x");
    !phrase.is_empty() && (rest.starts_with(' ') || has_no_spaces(phrase) && phrase.chars().count() > 2 && rest != "x")
}

/// Whether the words of a phrase stand in a text one after the other.
fn holds(text: &str, phrase: &str) -> bool {
    let letters = phrase.chars().count();
    if has_no_spaces(phrase) {
        return letters > 1 && text.contains(phrase);
    }
    letters > 3 && format!(" {text} ").contains(&format!(" {phrase} "))
}

/// Whether a text is a phrase with one slip.
fn is_nearly(text: &str, phrase: &str) -> bool {
    phrase.chars().count() > 4 && strsim::osa_distance(text, phrase) == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::testing::english;

    #[test]
    fn what_is_wanted_is_understood_in_usual_words() {
        let words = english();
        for (text, expected) in [
            ("Yes!", Some(Command::Yes)),
            ("yes, please", Some(Command::Yes)),
            ("OK", Some(Command::Yes)),
            ("no", Some(Command::No)),
            ("No, thanks.", Some(Command::No)),
            ("no, I am in a meeting", Some(Command::No)),
            ("Don’t", Some(Command::No)),
            ("stop", Some(Command::Stop)),
            ("please stop now", Some(Command::Stop)),
            ("I want to talk to a human", Some(Command::Human)),
            ("get me the service desk", Some(Command::Human)),
            ("servce desk", Some(Command::Human)),
            ("what's this?", Some(Command::WhatIsThis)),
            ("it is another device", Some(Command::AnotherDevice)),
            ("anothr device", Some(Command::AnotherDevice)),
            ("try again", Some(Command::Again)),
            ("Done.", Some(Command::Done)),
            ("skip it", Some(Command::Skip)),
            ("", None),
            ("!?", None),
            ("the weather is fine", None),
        ] {
            assert_eq!(command(&words, text), expected, "{text}");
        }
    }

    #[test]
    fn a_yes_is_one_only_from_its_first_letter_to_its_last() {
        let words = english();
        for text in
            ["yes but not now", "not yes", "yesss", "yse", "well, yes and no", "ok?no", "do you mean yes", "sure not"]
        {
            assert_ne!(command(&words, text), Some(Command::Yes), "{text}");
        }
    }

    #[test]
    fn a_story_is_no_command() {
        let words = english();
        let story = "since someone from support came by the thing will not stop making noises whatever I do";
        assert_eq!(command(&words, story), None);
    }
}
