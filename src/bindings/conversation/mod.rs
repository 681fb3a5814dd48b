//! What the assistant and the cards need: the next step of a conversation, its words, and what a platform shows of them.
//! Becomes the module `conversation.wasm`, which holds nothing that sends or seals.

#[cfg(feature = "conversation")]
mod exports;
#[cfg(test)]
mod tests;

use super::answer_text::answer;
use super::input::{read, read_fields};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::conversation::rendering::{self, Format, read_reply};
use crate::conversation::{self, CommandWords, Event, PlaybookWords, Setting, Step, Turn, Wording, word};
use crate::json::{Json, Reader, Write, record, write_fields};
use crate::nql::Timestamp;

record! {
    strict
    /// What an assistant is made with.
    struct Surroundings {
        locale: String,
        /// The locale file of the package, as JSON text.
        file: String,
        /// The host's own words over it.
        wording: Option<Json>,
        /// The IDs of the playbooks that it helps with; all of them where there is none.
        playbooks: Option<Vec<String>>,
        /// All playbooks; of two with one ID the first counts.
        known: Vec<PlaybookWords>,
    }
}

/// What an assistant has from one turn to the next.
pub struct Conversation {
    locale: String,
    wording: Wording,
    words: CommandWords,
    playbooks: Vec<PlaybookWords>,
}

impl Conversation {
    /// Takes the assistant's options and words.
    ///
    /// # Errors
    /// `invalid` for words that cannot be said, `not-found` for a playbook that there is not.
    pub fn new(input: &[u8]) -> Result<Self, NexthinkError> {
        let given: Surroundings = read("assistant", input)?;
        let mut wording = Wording::read(&given.file)?;
        if let Some(own) = given.wording {
            wording = wording.overridden_by(own)?;
        }
        let playbooks = offered(given.known, given.playbooks.as_deref())?;
        Ok(Self { locale: given.locale, words: wording.commands(), wording, playbooks })
    }

    /// The next step: `{ event, now }` → `{ ask }` or `{ turn }`.
    ///
    /// # Errors
    /// `invalid` for what is no event.
    pub fn advance(&self, input: &[u8]) -> Result<Json, NexthinkError> {
        let fields = |reader: &mut Reader<'_>| (reader.take("event"), reader.take("now"));
        let (event, now): (Event, Timestamp) = read_fields("assistant", input, fields)?;
        let setting =
            Setting { locale: self.locale.clone(), now, playbooks: self.playbooks.clone(), words: self.words.clone() };
        Ok(match conversation::advance(&setting, event)? {
            Step::Ask(ask) => write_fields(&["ask"], &[&ask]),
            Step::Turn(silent) => write_fields(&["turn"], &[&word(&self.wording, &silent)]),
        })
    }
}

/// The playbooks that an assistant helps with.
fn offered(known: Vec<PlaybookWords>, wanted: Option<&[String]>) -> Result<Vec<PlaybookWords>, NexthinkError> {
    let mut playbooks: Vec<PlaybookWords> = Vec::new();
    for playbook in known {
        if playbooks.iter().all(|other| other.id != playbook.id) {
            playbooks.push(playbook);
        }
    }
    let Some(wanted) = wanted else { return Ok(playbooks) };
    if let Some(missing) = wanted.iter().find(|id| playbooks.iter().all(|playbook| playbook.id != **id)) {
        let message = format!("there is no playbook `{}` for the assistant", missing.get(..64).unwrap_or(missing));
        let names: Vec<&str> = playbooks.iter().map(|playbook| playbook.id.as_str()).collect();
        return Err(NexthinkError::new(ErrorKind::NotFound, message).hint(format!("there are {}", names.join(", "))));
    }
    // In the order of the library: the host chooses which, and not which comes first.
    playbooks.retain(|playbook| wanted.contains(&playbook.id));
    Ok(playbooks)
}

/// See `checkWording` of the facade: `{ file, wording }`, with the locale file of the package as JSON text.
pub fn check_wording(input: &[u8]) -> String {
    let fields = |reader: &mut Reader<'_>| (reader.take("file"), reader.take("wording"));
    answer(
        read_fields("checkWording", input, fields)
            .and_then(|(file, wording): (String, Json)| Ok(Wording::read(&file)?.check(wording).write())),
    )
}

/// See `render` of the facade.
pub fn render(input: &[u8]) -> String {
    let fields = |reader: &mut Reader<'_>| (reader.take("turn"), reader.take("format"));
    answer(read_fields("render", input, fields).map(|(turn, format): (Turn, Format)| rendering::render(&turn, format)))
}

/// See `unmarked` of the facade.
pub fn unmarked(input: &[u8]) -> String {
    answer(
        read("unmarked", input)
            .map(|texts: Vec<String>| texts.iter().map(|text| rendering::unmarked(text)).collect::<Vec<_>>().write()),
    )
}

/// See `readReply` of the facade.
pub fn reply(input: &[u8]) -> String {
    let fields = |reader: &mut Reader<'_>| (reader.take("format"), reader.take("payload"));
    answer(
        read_fields("readReply", input, fields)
            .and_then(|(format, payload): (Format, Json)| read_reply(format, &payload)),
    )
}
