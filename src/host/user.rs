//! What the user has handed in that may take a while: the token provider and the store.

use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};

use super::capabilities::promise;
use super::failure::failed;
use super::race::Outcome;
use super::runtime::ForeignObject;
use super::{JavaScriptHost, set};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::ProvidedToken;

impl JavaScriptHost {
    /// A token of the user's `tokenProvider`.
    pub(super) async fn user_token(&self, timeout_ms: u32) -> Result<ProvidedToken, NexthinkError> {
        self.check()?;
        let provider = self.capabilities.token_provider()?;
        let provided = self.ask(&promise(provider.call0(&JsValue::UNDEFINED)), timeout_ms).await;
        let token = provided.map_err(|outcome| token_failed(outcome, "`tokenProvider` failed"))?;
        let unreadable = || token_failed(Outcome::Value(JsValue::UNDEFINED), "`tokenProvider` gave no `accessToken`");
        if !token.is_object() {
            return Err(unreadable());
        }
        let token: ForeignObject = token.unchecked_into();
        let access_token = token
            .access_token()
            .ok()
            .and_then(|token| token.as_string())
            .filter(|token| is_header_value(token))
            .ok_or_else(unreadable)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let expires_in_seconds =
            token.expires_in_seconds().ok().and_then(|seconds| seconds.as_f64()).map(|seconds| seconds as u32);
        Ok(ProvidedToken { access_token, expires_in_seconds })
    }

    /// What the user's store holds.
    pub(super) async fn user_store_get(&self, key: &str, timeout_ms: u32) -> Result<Option<String>, NexthinkError> {
        let store = self.capabilities.store()?;
        let value = self.ask(&promise(store.get(key)), timeout_ms).await.map_err(store_failed)?;
        Ok(value.as_string())
    }

    /// Puts a text into the user's store.
    pub(super) async fn user_store_put(
        &self,
        key: &str,
        expected: Option<&str>,
        value: &str,
        ttl_ms: u32,
        timeout_ms: u32,
    ) -> Result<bool, NexthinkError> {
        let store = self.capabilities.store()?;
        let options = Object::new();
        set(&options, "ttlMs", &ttl_ms.into());
        let put = match expected {
            None => store.put_if_absent(key, value, &options),
            Some(expected) => store.replace(key, expected, value, &options),
        };
        let put = self.ask(&promise(put), timeout_ms).await.map_err(store_failed)?;
        Ok(put.is_truthy())
    }
}

/// A token goes into a header: anything but visible ASCII would be refused there, or begin another header.
fn is_header_value(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())
}

/// What the user's own function threw may hold anything, so it is not repeated.
fn token_failed(outcome: Outcome, message: &'static str) -> NexthinkError {
    match outcome {
        Outcome::Value(_) | Outcome::Failed(_) => NexthinkError::new(ErrorKind::Authentication, message).hint(
            "let it resolve with `{ accessToken, expiresInSeconds }`; what it threw is in no message of this package",
        ),
        outcome => failed(outcome).of_read(),
    }
}

fn store_failed(outcome: Outcome) -> NexthinkError {
    match outcome {
        Outcome::Value(_) | Outcome::Failed(_) => NexthinkError::new(ErrorKind::Network, "the `store` failed"),
        outcome => failed(outcome).of_read(),
    }
}
