//! What an employee's text means: words of the language for what they want, and the playbooks' words for what is wrong.

mod command;
mod plain;
mod symptom;

use command::asks_for_human;
pub use command::{Command, command};
pub(super) use plain::plain;
pub use symptom::{Understood, symptom};

use super::setting::Setting;

/// What a text wants that may as well tell what is wrong. Where it does, that is what counts: "no new mails" is no no, and
/// "Outlook crashes when I open a ticket" asks for nobody. Only who asks for a person in so many words gets one.
pub(super) fn wanted_beside_symptoms(setting: &Setting, text: &str) -> Option<Command> {
    if asks_for_human(&setting.words, text) {
        return Some(Command::Human);
    }
    // That it does not work is what is wrong, in words that do not tell what.
    command(&setting.words, text)
        .filter(|wanted| *wanted != Command::Unsolved && symptom(setting, text) == Understood::Nothing)
}
