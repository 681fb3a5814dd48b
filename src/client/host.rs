//! What the core asks of whoever runs it: HTTP, a clock, waiting, random bytes, and what the user has handed in.

use std::future::{Future, pending, ready};

use super::event::Event;
use super::settings::LONGEST_TIMER_MS;
use super::turns::lacks_timers;
use crate::api::http::{Request, Response};
use crate::api::problem::NexthinkError;
use crate::json::Json;
use crate::nql::Timestamp;

/// The world outside, as a client and its flows see it during one call of the user's.
///
/// A JavaScript runtime implements it with its `fetch`; the simulated tenant implements it for native tests.
pub trait Host {
    /// The body of an answer that is read piece by piece.
    type Download: Download;

    /// Sends one request and gives the whole answer, whatever its status. Redirects are not followed.
    ///
    /// # Errors
    /// `network`, `timeout` or `aborted`, where no answer came: made by `NexthinkError::lost` where the request may
    /// have reached the tenant, by `new` where it was never sent. `malformed` by `lost`, where the answer is larger
    /// than the bounds allow.
    fn send(&self, request: &Request, bounds: Bounds) -> impl Future<Output = Result<Response, NexthinkError>>;

    /// Sends one request and gives the beginning of the answer, its body unread.
    ///
    /// # Errors
    /// As `send`.
    fn open(
        &self,
        request: Request,
        bounds: Bounds,
    ) -> impl Future<Output = Result<(Response, Self::Download), NexthinkError>>;

    /// The time.
    fn now(&self) -> Timestamp;

    /// Waits.
    ///
    /// # Errors
    /// `aborted`; `timeout`, where the call's time is over before; `invalid` where the runtime has no timers.
    fn sleep(&self, milliseconds: u32) -> impl Future<Output = Result<(), NexthinkError>>;

    /// Waits until the call is over before its work is: `aborted`, or `timeout` where its time is up. A host whose
    /// `sleep` only pretends that time passes does better: every call that waits would be over at once.
    fn ended(&self) -> impl Future<Output = NexthinkError> {
        async {
            match self.sleep(LONGEST_TIMER_MS).await {
                Err(error) if !lacks_timers(&error) => error,
                _ => pending().await,
            }
        }
    }

    /// What is left of the call's time, at most `milliseconds`.
    fn remaining(&self, milliseconds: u32) -> u32 {
        milliseconds
    }

    /// Fills the bytes with secure randomness.
    ///
    /// # Errors
    /// `invalid` where the runtime has none.
    fn random(&self, bytes: &mut [u8]) -> Result<(), NexthinkError>;

    /// Whether a call can vanish without being dropped, as one does in workerd whose caller has gone. No call can
    /// wake another there either: what it woke would run as a part of the wrong call.
    fn calls_can_vanish(&self) -> bool {
        false
    }

    /// An access token of the user's `tokenProvider`.
    ///
    /// # Errors
    /// `authentication` where there is none, or it fails; `aborted` and `timeout` as for `send`.
    fn provided_token(&self, timeout_ms: u32) -> impl Future<Output = Result<ProvidedToken, NexthinkError>> {
        let _ = timeout_ms;
        ready(Err(has_no("tokenProvider")))
    }

    /// Whether a second person approves a proposal, which is given as JSON.
    ///
    /// # Errors
    /// `invalid` where the host has none asked; `refused` where asking fails; `aborted` and `timeout` as for `send`.
    fn approve(&self, proposal: &str, timeout_ms: u32) -> impl Future<Output = Result<bool, NexthinkError>> {
        let _ = (proposal, timeout_ms);
        ready(Err(has_no("approve")))
    }

    /// What the user's directory of devices answers to an identity, both as JSON; none where it has no answer, in time.
    ///
    /// # Errors
    /// `aborted` where the caller has ended the call.
    fn directory(
        &self,
        identity: &str,
        timeout_ms: u32,
    ) -> impl Future<Output = Result<Option<String>, NexthinkError>> {
        let _ = (identity, timeout_ms);
        ready(Ok(None))
    }

    /// What the user's store holds.
    ///
    /// # Errors
    /// `invalid` where there is no store; `network` where it fails.
    fn store_get(&self, key: &str, timeout_ms: u32) -> impl Future<Output = Result<Option<String>, NexthinkError>> {
        let _ = (key, timeout_ms);
        ready(Err(has_no("store")))
    }

    /// Puts a text into the user's store: where there is none, or, with `expected`, where there is that one. Gives
    /// whether it was put.
    ///
    /// # Errors
    /// As `store_get`.
    fn store_put(
        &self,
        key: &str,
        expected: Option<&str>,
        value: &str,
        ttl_ms: u32,
        timeout_ms: u32,
    ) -> impl Future<Output = Result<bool, NexthinkError>> {
        let _ = (key, expected, value, ttl_ms, timeout_ms);
        ready(Err(has_no("store")))
    }

    /// Whether anyone wants to be told.
    fn listens(&self) -> bool {
        false
    }

    /// Tells what happened.
    fn tell(&self, event: &Event) {
        let _ = event;
    }

    /// Whether anyone keeps an audit.
    fn audits(&self) -> bool {
        false
    }

    /// Gives a record to the audit. It holds personal data.
    fn audit(&self, record: &Json) {
        let _ = record;
    }
}

/// The body of an answer, piece by piece. What is left of it is cancelled when it is dropped.
pub trait Download {
    /// The next piece, unpacked where it was packed; none at the end.
    ///
    /// # Errors
    /// `network`, `timeout` or `aborted`.
    fn next(&mut self) -> impl Future<Output = Result<Option<Vec<u8>>, NexthinkError>>;
}

/// What one request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// From sending to the end of the answer, or to the next piece of it, in milliseconds.
    pub timeout_ms: u32,
    /// The largest body of an answer.
    pub maximum_bytes: u32,
    /// Whether the tenant may receive it twice: it changes nothing there.
    pub is_repeatable: bool,
}

/// A token as its source gives it.
pub struct ProvidedToken {
    /// The bearer token.
    pub access_token: String,
    /// Seconds from now; none where its source does not say.
    pub expires_in_seconds: Option<u32>,
}

fn has_no(option: &str) -> NexthinkError {
    NexthinkError::invalid(format!("this host has no `{option}`"))
}
