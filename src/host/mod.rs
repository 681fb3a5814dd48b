//! `Host` for JavaScript: the runtime's fetch, clock, timers, abort signals and randomness.
//! Only this folder touches JavaScript; what the runtime lacks can be injected, and is missed only when it is needed.

mod capabilities;
mod download;
mod exchange;
mod failure;
mod race;
mod runtime;
mod user;

use std::rc::Rc;

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

pub use capabilities::Capabilities;
use download::JavaScriptDownload;
use failure::failed;
use race::{Outcome, Race, is_aborted};
use runtime::ForeignObject;

use crate::api::http::{Request, Response};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::{Bounds, Event, Host, ProvidedToken};
use crate::nql::Timestamp;

/// The runtime during one call: with that call's signal and deadline.
#[derive(Clone)]
pub struct JavaScriptHost {
    capabilities: Rc<Capabilities>,
    /// The caller's `AbortSignal`.
    signal: Option<ForeignObject>,
    /// When the call has to end, by the runtime's real clock; milliseconds since the epoch.
    deadline: Option<f64>,
}

impl JavaScriptHost {
    /// The runtime for one call; the signal may be undefined.
    pub fn new(capabilities: Rc<Capabilities>, signal: JsValue, timeout_ms: Option<u32>) -> Self {
        let deadline = timeout_ms.map(|timeout| js_sys::Date::now() + f64::from(timeout));
        let signal = signal.is_object().then(|| signal.unchecked_into());
        Self { capabilities, signal, deadline }
    }

    /// No request and no waiting is begun for a call that is cancelled or over.
    fn check(&self) -> Result<(), NexthinkError> {
        if self.signal.as_ref().is_some_and(|signal| signal.aborted().is_err()) {
            return Err(NexthinkError::invalid("the call's `signal` cannot be used here")
                .hint("give a signal of the request that the call belongs to, not of another one"));
        }
        let (kind, message) = if is_aborted(self.signal.as_ref()) {
            (ErrorKind::Aborted, "the call was cancelled before its next step")
        } else if self.remaining(1) == 0 {
            (ErrorKind::Timeout, "the call's time was over before its next step")
        } else {
            return Ok(());
        };
        Err(NexthinkError::new(kind, message))
    }

    /// A race against the caller's signal and a timer.
    fn race(&self, timeout_ms: u32) -> Race<'_> {
        Race::new(&self.capabilities, self.signal.as_ref(), Some(self.remaining(timeout_ms)))
    }

    /// What a promise of the user's own gives, in time.
    async fn ask(&self, promise: &Promise, timeout_ms: u32) -> Result<JsValue, Outcome> {
        match self.race(timeout_ms).first(promise).await {
            Outcome::Value(value) => Ok(value),
            outcome => Err(outcome),
        }
    }
}

impl Host for JavaScriptHost {
    type Download = JavaScriptDownload;

    async fn send(&self, request: Request, bounds: Bounds) -> Result<Response, NexthinkError> {
        self.exchange(&request, bounds).await
    }

    async fn open(&self, request: Request, bounds: Bounds) -> Result<(Response, JavaScriptDownload), NexthinkError> {
        self.begin(&request, bounds).await
    }

    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since the epoch are far below 2^53")]
    fn now(&self) -> Timestamp {
        Timestamp(self.capabilities.now() as i64)
    }

    async fn sleep(&self, milliseconds: u32) -> Result<(), NexthinkError> {
        self.check()?;
        let available = self.remaining(milliseconds);
        let (slept, _timer) = self.capabilities.sleep(available)?;
        match Race::new(&self.capabilities, self.signal.as_ref(), None).first(&slept).await {
            Outcome::Value(_) if available == milliseconds => Ok(()),
            Outcome::Value(_) => {
                Err(NexthinkError::new(ErrorKind::Timeout, "the call's time was over while it waited"))
            }
            outcome => Err(failed(outcome).of_read()),
        }
    }

    fn remaining(&self, milliseconds: u32) -> u32 {
        let Some(deadline) = self.deadline else { return milliseconds };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u32")]
        let left = (deadline - js_sys::Date::now()).clamp(0.0, f64::from(milliseconds)) as u32;
        left
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), NexthinkError> {
        self.capabilities.random(bytes)
    }

    fn calls_can_vanish(&self) -> bool {
        self.capabilities.calls_can_vanish
    }

    async fn provided_token(&self, timeout_ms: u32) -> Result<ProvidedToken, NexthinkError> {
        self.user_token(timeout_ms).await
    }

    async fn store_get(&self, key: &str, timeout_ms: u32) -> Result<Option<String>, NexthinkError> {
        self.user_store_get(key, timeout_ms).await
    }

    async fn store_put(
        &self,
        key: &str,
        expected: Option<&str>,
        value: &str,
        ttl_ms: u32,
        timeout_ms: u32,
    ) -> Result<bool, NexthinkError> {
        self.user_store_put(key, expected, value, ttl_ms, timeout_ms).await
    }

    fn listens(&self) -> bool {
        self.capabilities.listener.is_some()
    }

    fn tell(&self, event: &Event) {
        self.capabilities.tell(event);
    }
}

/// Setting a property of a fresh plain object cannot fail.
fn set(target: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(target, &name.into(), value);
}
