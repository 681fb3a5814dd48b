//! The playbooks that a client knows.

use std::sync::Arc;

use super::built_in::BUILT_IN;
use super::compiled::{Playbook, RemoteAction};
use super::declared::DeclaredPlaybook;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::json::{Json, Map, Parser, Read, Write};

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
        let json = Json::parse(text).ok_or_else(|| damaged("no JSON".into()))?;
        Vec::read(json)
            .map(|playbooks: Vec<Playbook>| playbooks.into())
            .map_err(|mismatch| damaged(mismatch.to_string()))
    }

    /// Reads the playbook of one name from what `to_text` gave, and passes over the others.
    ///
    /// # Errors
    /// Those of `read` and `get`.
    pub fn read_one(text: &[u8], id: &str) -> Result<Arc<Playbook>, NexthinkError> {
        let Some(mut beginning) = beginning_of(text, id) else { return Self::read(text)?.shared(id) };
        let json = beginning.value().map_err(|_| damaged("no JSON".into()))?;
        Playbook::read(json).map(Arc::new).map_err(|mismatch| damaged(mismatch.to_string()))
    }

    /// The compiled playbooks as JSON.
    pub fn to_text(&self) -> String {
        Json::List(self.playbooks.iter().map(|playbook| playbook.write()).collect()).to_text()
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

fn damaged(what: String) -> NexthinkError {
    NexthinkError::new(ErrorKind::Internal, format!("the playbooks are damaged: {what}"))
}

/// A parser where the playbook of this name begins.
fn beginning_of<'a>(text: &'a [u8], id: &str) -> Option<Parser<'a>> {
    let mut found = None;
    let read = Parser::whole(text, |parser| {
        parser.list(|parser| {
            let beginning = *parser;
            parser.object(|parser, name| {
                if name != "id" {
                    return parser.pass();
                }
                if parser.string()? == id {
                    found = Some(beginning);
                }
                Ok(())
            })
        })
    });
    found.filter(|_| read.is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let error = |text: &str| Library::read_one(text.as_bytes(), "none").unwrap_err();
        assert_eq!(error(&text), library.get("none").unwrap_err());
        assert_eq!(error(text.trim_start_matches("[")).kind, ErrorKind::Internal);
        assert_eq!(error(r#"[{"id":"none"}]"#).kind, ErrorKind::Internal);
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
