//! What the user has handed in that may take a while: the token provider, the second person, the directory and the
//! store.

use wasm_bindgen::JsValue;

use super::JavaScriptHost;
use super::outcome::Outcome;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::{Host, ProvidedToken};
use crate::json::{Json, Read, record};

record! {
    lenient
    struct Token {
        access_token: Option<Json>,
        expires_in_seconds: Option<Json>,
    }
}

/// So long a store may take to read even where the call's time is over, in milliseconds: what a call has done is written
/// down after it, and that begins with what is there.
const LEAST_TO_READ_MS: u32 = 1_000;

impl JavaScriptHost {
    /// A token of the user's `tokenProvider`.
    pub(super) async fn user_token(&self, timeout_ms: u32) -> Result<ProvidedToken, NexthinkError> {
        let timeout_ms = self.time_for(timeout_ms)?;
        let text = match self.ask(|runtime, ticket| runtime.token(ticket, timeout_ms, &self.signal)).await {
            Outcome::Done { text, .. } => text.unwrap_or_default(),
            Outcome::Failed(_) => return Err(token_failed("`tokenProvider` failed")),
            outcome => return Err(outcome.into_error("tokenProvider").of_read()),
        };
        let token = Json::parse(text.as_bytes()).and_then(|json| Token::read(json).ok());
        let unreadable = || token_failed("`tokenProvider` gave no `accessToken`");
        let Token { access_token, expires_in_seconds } = token.ok_or_else(unreadable)?;
        let access_token = access_token.as_ref().and_then(Json::as_text).filter(|token| is_header_value(token));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let expires_in_seconds = match expires_in_seconds {
            Some(Json::Number(seconds)) => Some(seconds as u32),
            _ => None,
        };
        Ok(ProvidedToken { access_token: access_token.ok_or_else(unreadable)?.to_owned(), expires_in_seconds })
    }

    /// Whether the user's second person approves: only `true` is a yes.
    pub(super) async fn user_approves(&self, proposal: &str, timeout_ms: u32) -> Result<bool, NexthinkError> {
        let timeout_ms = self.time_for(timeout_ms)?;
        match self.ask(|runtime, ticket| runtime.approve(ticket, proposal, timeout_ms, &self.signal)).await {
            Outcome::Done { code, .. } => Ok(code == 1),
            Outcome::Failed(_) => {
                Err(NexthinkError::new(ErrorKind::Refused, "`approve` failed, so nobody has approved")
                    .hint("let it resolve with `true` or `false`; what it threw is in no message of this package"))
            }
            Outcome::TimedOut => Err(NexthinkError::new(ErrorKind::Timeout, "`approve` gave no answer in time")
                .hint("give `remediate` a longer `timeoutMs`; the proposal's own time ends at its `expiresAt`")),
            outcome => Err(outcome.into_error("approve").of_read()),
        }
    }

    /// What the user's directory answers. One that fails has no answer: the tenant is there to be asked.
    pub(super) async fn user_directory(
        &self,
        identity: &str,
        timeout_ms: u32,
    ) -> Result<Option<String>, NexthinkError> {
        let timeout_ms = self.time_for(timeout_ms)?;
        match self.ask(|runtime, ticket| runtime.directory(ticket, identity, timeout_ms, &self.signal)).await {
            Outcome::Done { text, .. } => Ok(text),
            Outcome::Failed(_) | Outcome::TimedOut => Ok(None),
            outcome => Err(outcome.into_error("directory").of_read()),
        }
    }

    /// What the user's store holds. One that hangs holds a call for little longer than the call's own time.
    pub(super) async fn user_store_get(&self, key: &str, timeout_ms: u32) -> Result<Option<String>, NexthinkError> {
        let timeout_ms = self.remaining(timeout_ms).max(timeout_ms.min(LEAST_TO_READ_MS));
        match self.ask(|runtime, ticket| runtime.store_get(ticket, key, timeout_ms, &self.signal)).await {
            Outcome::Done { text, .. } => Ok(text),
            outcome => Err(store_failed(outcome)),
        }
    }

    /// Puts a text into the user's store. No signal breaks it off: nobody would know whether it was put, and what a call
    /// has done must be written down even if its caller has gone.
    pub(super) async fn user_store_put(
        &self,
        key: &str,
        expected: Option<&str>,
        value: &str,
        ttl_ms: u32,
        timeout_ms: u32,
    ) -> Result<bool, NexthinkError> {
        let put = self.ask(|runtime, ticket| {
            runtime.store_put(ticket, key, expected, value, ttl_ms, timeout_ms, &JsValue::UNDEFINED);
        });
        match put.await {
            Outcome::Done { code, .. } => Ok(code == 1),
            outcome => Err(store_failed(outcome)),
        }
    }
}

/// A token goes into a header: anything but visible ASCII would be refused there, or begin another header.
fn is_header_value(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())
}

/// What the user's own function threw may hold anything, so it is not repeated.
fn token_failed(message: &'static str) -> NexthinkError {
    NexthinkError::new(ErrorKind::Authentication, message)
        .hint("let it resolve with `{ accessToken, expiresInSeconds }`; what it threw is in no message of this package")
}

fn store_failed(outcome: Outcome) -> NexthinkError {
    match outcome {
        Outcome::Failed(_) => NexthinkError::new(ErrorKind::Network, "the `store` failed")
            .hint("let `get` give text or nothing, the others true or false; what they threw is in no message of this package"),
        Outcome::TimedOut => NexthinkError::new(ErrorKind::Timeout, "the `store` gave no answer in time")
            .hint("look at why it is slow, and call again"),
        outcome => outcome.into_error("store").of_read(),
    }
}
