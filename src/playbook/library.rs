//! The playbooks that a client knows.

use std::sync::Arc;

use super::built_in::BUILT_IN;
use super::compiled::{Playbook, RemoteAction};
use super::declared::DeclaredPlaybook;
use super::packed::{Packed, Packing, pack_text};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::json::Map;

/// The built-in playbooks as they were compiled for the package, by `npm run generate`: what `Library::to_text` gives of
/// them. Those who run hold no compiler.
pub const COMPILED: &str = include_str!("built_in.packed");

/// Compiled playbooks, in the order in which symptoms are looked up. Copies share them.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    playbooks: Vec<Arc<Playbook>>,
    /// The remote actions of playbooks that are not compiled yet.
    declared: Vec<RemoteAction>,
}

impl Library {
    /// The built-in playbooks, compiled from their files.
    ///
    /// # Errors
    /// None in a package that passed its tests.
    pub fn built_in() -> Result<Self, NexthinkError> {
        let mut playbooks = Vec::new();
        for built_in in &BUILT_IN {
            playbooks.push(Playbook::compile(built_in.json, Some(built_in.query))?);
        }
        Ok(playbooks.into())
    }

    /// Reads what `to_text` gave.
    ///
    /// # Errors
    /// `internal`: the package is damaged.
    pub fn read(text: &[u8]) -> Result<Self, NexthinkError> {
        let mut playbooks = Vec::new();
        for (_, packed) in contents(text)? {
            playbooks.push(unpacked(packed)?);
        }
        Ok(playbooks.into())
    }

    /// Reads the playbook of one name from what `to_text` gave, and passes over the others.
    ///
    /// # Errors
    /// Those of `read` and `get`.
    pub fn read_one(text: &[u8], id: &str) -> Result<Arc<Playbook>, NexthinkError> {
        match contents(text)?.into_iter().find(|(name, _)| *name == id) {
            Some((_, packed)) => unpacked(packed).map(Arc::new),
            None => Self::read(text)?.shared(id),
        }
    }

    /// The compiled playbooks, as they are kept in the package: each behind its name.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        self.playbooks.len().pack(&mut text);
        for playbook in &self.playbooks {
            let mut packed = String::new();
            playbook.pack(&mut packed);
            pack_text(&playbook.id, &mut text);
            pack_text(&packed, &mut text);
        }
        text
    }

    /// The playbook of this name.
    ///
    /// # Errors
    /// `not-found`, with the names that there are.
    pub fn get(&self, id: &str) -> Result<&Playbook, NexthinkError> {
        self.find(id).map(|playbook| &**playbook)
    }

    /// The same, for who keeps it.
    ///
    /// # Errors
    /// Those of `get`.
    pub fn shared(&self, id: &str) -> Result<Arc<Playbook>, NexthinkError> {
        self.find(id).cloned()
    }

    fn find(&self, id: &str) -> Result<&Arc<Playbook>, NexthinkError> {
        if let Some(playbook) = self.playbooks.iter().find(|playbook| playbook.id == id) {
            return Ok(playbook);
        }
        let mut hint = String::from("the playbooks are");
        for (position, playbook) in self.playbooks.iter().enumerate() {
            hint.push_str(if position > 0 { ", " } else { " " });
            hint.push_str(&playbook.id);
        }
        let id = id.get(..64).unwrap_or(id);
        Err(NexthinkError::new(ErrorKind::NotFound, format!("there is no playbook `{id}`")).hint(hint))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Playbook> {
        self.playbooks.iter().map(|playbook| &**playbook)
    }

    /// What they can trigger: their names for the remote actions, each with its NQL ID.
    pub fn declared_remote_actions(&self) -> Map<String> {
        let mut declared = Map::default();
        for action in self.remote_actions() {
            declared.0.push((action.name.clone(), action.remote_action_id.clone()));
        }
        declared
    }

    /// All remote actions that they can recommend.
    pub fn remote_actions(&self) -> impl Iterator<Item = &RemoteAction> {
        self.playbooks.iter().flat_map(|playbook| &playbook.remote_actions).chain(&self.declared)
    }

    /// Announces playbooks that are compiled later: their remote actions can be proposed already.
    #[must_use]
    pub fn announcing(mut self, playbooks: Vec<DeclaredPlaybook>) -> Self {
        self.declared = playbooks.into_iter().flat_map(DeclaredPlaybook::remote_actions).collect();
        self
    }

    /// The same with the user's own playbooks before the others; one of the same name takes the other's place.
    #[must_use]
    pub fn with_own(&self, own: &Self) -> Self {
        let mut playbooks = own.playbooks.clone();
        for playbook in &self.playbooks {
            if own.playbooks.iter().all(|other| other.id != playbook.id) {
                playbooks.push(Arc::clone(playbook));
            }
        }
        Self { playbooks, declared: Vec::new() }
    }
}

impl From<Vec<Playbook>> for Library {
    fn from(playbooks: Vec<Playbook>) -> Self {
        Self { playbooks: playbooks.into_iter().map(Arc::new).collect(), declared: Vec::new() }
    }
}

/// The names and the texts of the playbooks.
fn contents(text: &[u8]) -> Result<Vec<(&str, &str)>, NexthinkError> {
    let mut packing = Packing::of(str::from_utf8(text).map_err(|_| damaged())?);
    let playbooks = packing.list(|packing| (packing.text(), packing.text()));
    packing.finish().map(|()| playbooks).ok_or_else(damaged)
}

fn unpacked(text: &str) -> Result<Playbook, NexthinkError> {
    let mut packing = Packing::of(text);
    let playbook = Playbook::unpack(&mut packing);
    packing.finish().map(|()| playbook).ok_or_else(damaged)
}

fn damaged() -> NexthinkError {
    NexthinkError::new(ErrorKind::Internal, "the playbooks are damaged").hint("install the package again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Json, Read};

    fn own(id: &str, action: &str) -> String {
        format!(
            r##"{{"id":"{id}","version":"9","title":{{"en":"Own"}},
            "query":{{"id":"#own","text":"devices | where name == $device_name | list collector.uid, name"}},
            "remoteActions":{{"{action}":{{"title":"Own action","risk":"safe","expectedSeconds":7}}}},
            "rules":[{{"id":"r","always":true,"reason":{{"en":"always"}},"remoteAction":"{action}"}}]}}"##
        )
    }

    #[test]
    fn own_playbooks_come_first_and_take_the_place_of_those_of_the_same_name() {
        let built_in = Library::built_in().unwrap();
        let compile = |json: String| Playbook::compile(&json, None).unwrap();
        let own = vec![compile(own("teams", "clear_cache")), compile(own("outlook", "mend_outlook"))];
        let library = built_in.with_own(&own.into());
        let ids: Vec<&str> = library.iter().map(|playbook| playbook.id.as_str()).collect();
        assert_eq!(ids[..2], ["teams", "outlook"]);
        assert_eq!(ids.len(), BUILT_IN.len() + 1);
        assert_eq!(library.get("outlook").unwrap().version, "9");
    }

    #[test]
    fn one_playbook_is_read_as_among_all() {
        let library = Library::built_in().unwrap();
        let text = library.to_text();
        for playbook in library.iter() {
            assert_eq!(*Library::read_one(text.as_bytes(), &playbook.id).unwrap(), *playbook);
        }
        assert_eq!(Library::read_one(text.as_bytes(), "none").unwrap_err(), library.get("none").unwrap_err());
    }

    #[test]
    fn what_is_damaged_anywhere_is_refused() {
        let library = Library::built_in().unwrap();
        let text = library.to_text();
        assert_eq!(Library::read(text.as_bytes()).unwrap(), library);
        let is_refused = |text: &[u8]| Library::read(text).is_err_and(|error| error.kind == ErrorKind::Internal);
        assert!(is_refused(format!("{text} ").as_bytes()));
        assert!(is_refused(b"99999999999999999999;"));
        assert!(is_refused(b"1;4;none2;1;"));
        for end in 0..text.len() {
            assert!(is_refused(&text.as_bytes()[..end]), "cut at {end}");
        }
    }

    #[test]
    fn what_is_announced_can_be_triggered_before_it_is_compiled() {
        let json = Json::parse(own("teams", "clear_cache").as_bytes()).unwrap();
        let library = Library::built_in().unwrap().announcing(vec![DeclaredPlaybook::read(json).unwrap()]);
        assert!(library.get("teams").is_err());
        let action = library.remote_actions().find(|action| action.name == "clear_cache").unwrap();
        assert_eq!((action.remote_action_id.as_str(), action.expected_seconds), ("clear_cache", Some(7)));
        assert_eq!(library.declared_remote_actions().get("clear_cache").map(String::as_str), Some("clear_cache"));
    }
}
