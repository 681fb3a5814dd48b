//! The access token of a client: fetched once however many calls wait for it, renewed before it expires.
//!
//! Who waits looks again after a moment on a timer of its own, and is not woken by the call that fetches: in workerd
//! a continuation that belongs to another request is cancelled together with it.

use std::cell::RefCell;

use super::host::Host;
use super::settings::Settings;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::api::token;
use crate::nql::{MINUTE, SECOND, Timestamp};

/// How long before its end a token is renewed.
const MARGIN_MS: i64 = MINUTE;
/// How long a waiting call pauses before it looks again, in milliseconds.
const PAUSE_MS: u32 = 10;
/// After this long another call fetches the token itself: the first one may have been cancelled with its request.
const LEASE_MS: i64 = 10 * SECOND;

/// The token that calls of one client share.
#[derive(Default)]
pub(super) struct TokenCache(RefCell<State>);

#[derive(Default)]
enum State {
    #[default]
    Empty,
    Fetching {
        since: Timestamp,
    },
    Held {
        access_token: String,
        expires_at: Timestamp,
    },
}

impl TokenCache {
    /// A token that holds for at least another minute.
    pub async fn token<H: Host>(&self, host: &H, settings: &Settings) -> Result<String, NexthinkError> {
        loop {
            let now = host.now();
            match &*self.0.borrow() {
                State::Held { access_token, expires_at } if expires_at.since(now) > MARGIN_MS => {
                    return Ok(access_token.clone());
                }
                State::Fetching { since } if (0..LEASE_MS).contains(&now.since(*since)) => {}
                _ => break,
            }
            match host.sleep(PAUSE_MS).await {
                Ok(()) => {}
                Err(error) if error.kind == ErrorKind::Aborted => return Err(error),
                // A runtime without timers cannot wait: it fetches a token of its own.
                Err(_) => break,
            }
        }
        self.fetch(host, settings).await
    }

    /// Forgets a token that the tenant refused, unless another call has renewed it meanwhile.
    pub fn forget(&self, refused: &str) {
        let held = matches!(&*self.0.borrow(), State::Held { access_token, .. } if access_token == refused);
        if held {
            self.0.replace(State::Empty);
        }
    }

    async fn fetch<H: Host>(&self, host: &H, settings: &Settings) -> Result<String, NexthinkError> {
        let since = host.now();
        self.0.replace(State::Fetching { since });
        let fetching = Fetching { cache: self, since };
        let request = token::create::request(&settings.tenant, &settings.credentials);
        let response = host.send(request, settings.timeout_ms).await.map_err(NexthinkError::of_read)?;
        let token = token::create::parse(&response)?;
        drop(fetching);
        let expires_at = since.plus(i64::from(token.expires_in_seconds) * SECOND);
        self.0.replace(State::Held { access_token: token.access_token.clone(), expires_at });
        Ok(token.access_token)
    }
}

/// Lets the next call try when this one fails or is dropped in the middle.
struct Fetching<'a> {
    cache: &'a TokenCache,
    since: Timestamp,
}

impl Drop for Fetching<'_> {
    fn drop(&mut self) {
        let mine = matches!(&*self.cache.0.borrow(), State::Fetching { since } if *since == self.since);
        if mine {
            self.cache.0.replace(State::Empty);
        }
    }
}
