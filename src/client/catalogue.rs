//! How the tenant has configured its remote actions, as far as this client has asked: kept for a while, because it
//! seldom changes and is asked for before every trigger.

use std::cell::RefCell;
use std::rc::Rc;

use super::Client;
use super::host::Host;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::api::remote_actions::declared::{self, Declared};
use crate::api::remote_actions::get::{Input, OPERATION, request};
use crate::api::remote_actions::same_remote_action;
use crate::nql::{MINUTE, Timestamp};

/// How long what the tenant said is believed.
const KEPT_MS: i64 = 15 * MINUTE;

/// What the tenant has said of its remote actions.
#[derive(Default)]
pub(super) struct Catalogue(RefCell<Vec<Known>>);

struct Known {
    id: String,
    declared: Rc<Declared>,
    asked_at: Timestamp,
}

impl Catalogue {
    /// What is known and young enough. What was asked for in the future comes from a clock that was set back.
    fn get(&self, id: &str, now: Timestamp) -> Option<Rc<Declared>> {
        let known = self.0.borrow();
        let known = known.iter().find(|known| same_remote_action(&known.id, id))?;
        (0..KEPT_MS).contains(&now.since(known.asked_at)).then(|| Rc::clone(&known.declared))
    }

    fn keep(&self, id: &str, declared: Rc<Declared>, asked_at: Timestamp) {
        let mut known = self.0.borrow_mut();
        known.retain(|known| !same_remote_action(&known.id, id));
        known.push(Known { id: id.to_owned(), declared, asked_at });
    }
}

impl<H: Host> Client<H> {
    /// How the tenant has configured a remote action, where this client knows it already.
    pub fn known_remote_action(&self, id: &str) -> Option<Rc<Declared>> {
        self.shared.catalogue.get(id, self.host.now())
    }

    /// The same, asked for where it is not known.
    ///
    /// # Errors
    /// `refused` where the tenant has no such remote action; what asking fails with.
    pub async fn declared_remote_action(&self, id: &str) -> Result<Rc<Declared>, NexthinkError> {
        if let Some(known) = self.known_remote_action(id) {
            return Ok(known);
        }
        let request = request(&self.settings().tenant, &Input { nql_id: id.to_owned() })?;
        let response = self.read(OPERATION, request).await?;
        let declared = declared::parse(&response).map_err(|error| match error.kind {
            ErrorKind::NotFound => {
                let message = format!("the tenant has no remote action `{id}` that these credentials may trigger");
                NexthinkError::new(ErrorKind::Refused, message)
                    .hint("install it, or give the tenant's own NQL ID for it in `remoteActionIds`")
            }
            _ => self.timed(error),
        })?;
        let declared = Rc::new(declared);
        self.shared.catalogue.keep(id, Rc::clone(&declared), self.host.now());
        Ok(declared)
    }
}
