//! The access token of a client: fetched once however many calls wait for it, renewed before it expires, and, where
//! the client says so, shared through its store with other processes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::Client;
use super::event::{Happening, TokenSource};
use super::host::{Host, ProvidedToken};
use super::retry::Attempts;
use super::settings::Access;
use super::shared_token::SharedToken;
use super::turns::Turns;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::api::token;
use crate::nql::{MINUTE, SECOND, Timestamp};

/// How long before its end a token is renewed; one that holds for less than twice as long, at half of its time.
const MARGIN_MS: i64 = MINUTE;

/// The token that calls of one client share.
pub(super) struct TokenCache {
    /// Whose turn it is to fetch one: one call's.
    turns: Turns,
    held: RefCell<Option<Held>>,
    /// What the tenant has answered 401 to: no other process's copy of it is used again.
    refused: RefCell<String>,
    /// How often fetching has ended, and what it failed with last: those who waited for it have failed, too.
    ended: Cell<u32>,
    failure: RefCell<Option<NexthinkError>>,
    /// The last one came without its end: each call asks for its own, and waits for no other.
    is_for_one_call: Cell<bool>,
    /// Whether fetching ended for lack of the fetching call's time.
    lacked_time: Cell<bool>,
}

/// A moment in the life of the cache: how often fetching had ended then.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment(u32);

struct Held {
    access_token: Rc<String>,
    renew_at: Timestamp,
}

impl Default for TokenCache {
    fn default() -> Self {
        Self {
            turns: Turns::new(1),
            held: RefCell::default(),
            refused: RefCell::default(),
            ended: Cell::default(),
            failure: RefCell::default(),
            is_for_one_call: Cell::default(),
            lacked_time: Cell::default(),
        }
    }
}

impl TokenCache {
    /// Now.
    pub fn moment(&self) -> Moment {
        Moment(self.ended.get())
    }

    /// A token that holds for at least another minute, for a call that has waited for its turn since a moment: what
    /// failed meanwhile has failed for it, too.
    pub async fn token<H: Host>(
        &self,
        client: &Client<H>,
        operation: &'static str,
        waits_since: Moment,
    ) -> Result<Rc<String>, NexthinkError> {
        let host = client.host();
        if let Some(known) = self.known(host.now(), waits_since) {
            return known;
        }
        if self.is_for_one_call.get() {
            return self.fetch(client, operation).await;
        }
        let turn = self.turns.take(host).await?;
        if let Some(known) = self.known(host.now(), waits_since) {
            return known;
        }
        let fetched = turn.during(host, self.fetch(client, operation)).await;
        self.ended.set(self.ended.get().wrapping_add(1));
        // That this call was cancelled or its own time was over says nothing to the others.
        let failure = fetched.as_ref().err().filter(|error| match error.kind {
            ErrorKind::Aborted => false,
            ErrorKind::Timeout => host.remaining(1) > 0,
            _ => !self.lacked_time.get(),
        });
        self.failure.replace(failure.cloned());
        fetched
    }

    /// What needs no request: the token that is held, or the failure of whoever asked for one since then.
    fn known(&self, now: Timestamp, since: Moment) -> Option<Result<Rc<String>, NexthinkError>> {
        if let Some(token) = self.held(now) {
            return Some(Ok(token));
        }
        let failure = self.failure.borrow();
        failure.as_ref().filter(|_| self.moment() != since).map(|failure| Err(failure.clone()))
    }

    /// Forgets a token that the tenant refused, unless another call has renewed it meanwhile.
    pub fn forget(&self, refused: &str) {
        let is_held = matches!(&*self.held.borrow(), Some(held) if *held.access_token == refused);
        if is_held {
            self.held.replace(None);
            self.refused.replace(refused.to_owned());
        }
    }

    fn held(&self, now: Timestamp) -> Option<Rc<String>> {
        let held = self.held.borrow();
        held.as_ref().filter(|held| now < held.renew_at).map(|held| Rc::clone(&held.access_token))
    }

    async fn fetch<H: Host>(&self, client: &Client<H>, operation: &'static str) -> Result<Rc<String>, NexthinkError> {
        let host = client.host();
        let shared = SharedToken::of(client.settings());
        let stored = match &shared {
            Some(shared) => shared.stored(host).await,
            None => None,
        };
        if let Some(stored) = &stored {
            let renew_at = stored.expires_at.plus(-MARGIN_MS);
            if host.now() < renew_at && stored.access_token != *self.refused.borrow() {
                client.tell(operation, || Happening::Token { source: TokenSource::Store, expires_in_seconds: None });
                return Ok(self.hold(stored.access_token.clone(), renew_at));
            }
        }
        let since = host.now();
        let (token, source) = request(client, &self.lacked_time).await?;
        client.tell(operation, || Happening::Token { source, expires_in_seconds: token.expires_in_seconds });
        // A provider that does not say how long its token holds is asked before every call.
        self.is_for_one_call.set(token.expires_in_seconds.is_none());
        let Some(seconds) = token.expires_in_seconds else { return Ok(Rc::new(token.access_token)) };
        let lifetime_ms = i64::from(seconds) * SECOND;
        if let Some(shared) = shared {
            shared.store(host, stored, &token.access_token, since.plus(lifetime_ms)).await;
        }
        Ok(self.hold(token.access_token, since.plus((lifetime_ms - MARGIN_MS).max(lifetime_ms / 2))))
    }

    fn hold(&self, access_token: String, renew_at: Timestamp) -> Rc<String> {
        let access_token = Rc::new(access_token);
        self.held.replace(Some(Held { access_token: Rc::clone(&access_token), renew_at }));
        access_token
    }
}

/// Notes in `lacked_time` whether a call with more time would have tried again.
async fn request<H: Host>(
    client: &Client<H>,
    lacked_time: &Cell<bool>,
) -> Result<(ProvidedToken, TokenSource), NexthinkError> {
    lacked_time.set(false);
    let settings = client.settings();
    let credentials = match &settings.access {
        Access::Credentials(credentials) => credentials,
        Access::Provider => {
            let token = client.host().provided_token(settings.timeout_ms).await?;
            return Ok((token, TokenSource::Provider));
        }
    };
    let mut attempts = Attempts::first(token::create::OPERATION);
    let response = loop {
        let request = client.traced_request(token::create::request(&settings.tenant, credentials));
        let outcome = client.send(token::create::OPERATION, &request, attempts.current()).await;
        let again = attempts.next(client, &outcome).await?;
        lacked_time.set(attempts.lacked_time);
        if !again {
            break outcome.map_err(NexthinkError::of_read)?;
        }
    };
    let token = token::create::parse(&response).map_err(|error| error.waits_from(client.host().now().0))?;
    let token = ProvidedToken { access_token: token.access_token, expires_in_seconds: Some(token.expires_in_seconds) };
    Ok((token, TokenSource::Credentials))
}
