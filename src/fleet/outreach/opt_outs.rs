//! Who wants to be told nothing. In doubt somebody is held: to be told unasked against one's wish is worse than not to be told.

use std::collections::BTreeMap;

use super::mention::{Identifiers, WEAKEST, folded_in, mention_of};
use crate::api::problem::NexthinkError;
use crate::flow::Employee;
use crate::json::{Json, Place, Read};

/// Who asked not to be told anything: an employee, or any one of an employee's identifiers.
pub struct OptedOut(Employee);

impl Read for OptedOut {
    fn read_at(json: Json, place: &mut Place) -> Self {
        Self(match json {
            // All that is known of them, whatever kind of identifier it is.
            Json::Text(text) => Employee { username: Some(text.into()), ..Employee::default() },
            Json::Object(_) => Employee::read_at(json, place),
            _ => {
                place.expected("an employee, or a text that identifies one");
                Employee::default()
            }
        })
    }
}

/// All of them, by whatever identifies them.
#[derive(Debug, Default)]
pub(super) struct OptOuts {
    by_identifier: BTreeMap<Box<str>, u32>,
}

/// An identifier holds everybody who has it,
const EVERYBODY: u32 = 0;
/// or those of whom nothing else is known: names of accounts repeat from machine to machine.
const BARE_NAMES: u32 = 1;

impl OptOuts {
    /// # Errors
    /// `invalid` for one that names nobody: their wish would be passed over without a word.
    pub fn add(&mut self, OptedOut(employee): OptedOut) -> Result<(), NexthinkError> {
        let mention = mention_of(&employee).ok_or_else(|| {
            NexthinkError::invalid("one of `limits.optedOut` names nobody")
                .hint("pass employees, or one identifier of each")
        })?;
        for (place, (rank, text)) in folded_in(&mention).enumerate() {
            let whom = if rank == WEAKEST && place > 0 { BARE_NAMES } else { EVERYBODY };
            self.by_identifier.entry(text).and_modify(|known| *known = whom.min(*known)).or_insert(whom);
        }
        Ok(())
    }

    /// Whether one of an employee's identifiers is among them; what is stronger and differs changes nothing: accounts are
    /// made anew, and addresses change.
    pub fn hold(&self, employee: &Identifiers) -> bool {
        if self.by_identifier.is_empty() {
            return false;
        }
        let is_bare_name = employee.iter().all(|(rank, _)| rank == WEAKEST);
        let mut whom = employee.iter().filter_map(|(_, text)| self.by_identifier.get(text));
        whom.any(|whom| *whom == EVERYBODY || is_bare_name)
    }
}
