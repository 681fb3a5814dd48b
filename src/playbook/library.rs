//! The playbooks that a client knows.

use super::built_in::BUILT_IN;
use super::compiled::{Playbook, RemoteAction};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::json::{Json, Map, Read, Write};

/// Compiled playbooks, in the order in which symptoms are looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct Library(Vec<Playbook>);

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
        Ok(Self(playbooks))
    }

    /// Reads what `to_text` gave.
    ///
    /// # Errors
    /// `internal`: the package is damaged.
    pub fn read(text: &[u8]) -> Result<Self, NexthinkError> {
        let damaged =
            |what: String| NexthinkError::new(ErrorKind::Internal, format!("the playbooks are damaged: {what}"));
        let json = Json::parse(text).ok_or_else(|| damaged("no JSON".into()))?;
        Vec::read(json).map(Self).map_err(|mismatch| damaged(mismatch.to_string()))
    }

    /// The compiled playbooks as JSON.
    pub fn to_text(&self) -> String {
        self.0.write().to_text()
    }

    /// The playbook of this name.
    ///
    /// # Errors
    /// `not-found`, with the names that there are.
    pub fn get(&self, id: &str) -> Result<&Playbook, NexthinkError> {
        if let Some(playbook) = self.0.iter().find(|playbook| playbook.id == id) {
            return Ok(playbook);
        }
        let mut hint = String::from("the playbooks are");
        for playbook in &self.0 {
            hint.push(' ');
            hint.push_str(&playbook.id);
        }
        let id = id.get(..64).unwrap_or(id);
        Err(NexthinkError::new(ErrorKind::NotFound, format!("there is no playbook `{id}`")).hint(hint))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Playbook> {
        self.0.iter()
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
        self.0.iter().flat_map(|playbook| &playbook.remote_actions)
    }
}
