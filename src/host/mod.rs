//! `Host` for JavaScript: the runtime's fetch, clock, timers, abort signals and randomness.
//! Only this folder touches JavaScript; what the runtime lacks can be injected, and is missed only when it is needed.
//!
//! Everything that takes time is begun under a ticket and settled once by the facade's `Runtime`: a callback costs a
//! fraction of what a promise costs between JavaScript and the core.

mod calls;
mod download;
mod exchange;
mod outcome;
mod runtime;
mod ticket;
mod user;

use std::rc::Rc;

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

pub use calls::{take, take_along};
use download::JavaScriptDownload;
use outcome::Outcome;
pub use runtime::{Runtime, Surroundings};
use ticket::Ticket;

use crate::api::http::{Request, Response};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::{Bounds, Event, Host, ProvidedToken};
use crate::json::{Json, Write};
use crate::nql::Timestamp;

/// Timers hold 31 bits: a longer one fires at once.
const LONGEST_TIMER_MS: u32 = 0x7fff_ffff;

/// The runtime during one call: with that call's signal and deadline.
#[derive(Clone)]
pub struct JavaScriptHost {
    runtime: Rc<Surroundings>,
    /// The caller's `AbortSignal`, or undefined.
    signal: JsValue,
    /// When the call has to end, by the runtime's real clock; milliseconds since the epoch.
    deadline: Option<f64>,
}

impl JavaScriptHost {
    /// The runtime for one call.
    pub fn new(runtime: Rc<Surroundings>, signal: Option<AbortSignal>, timeout_ms: Option<u32>) -> Self {
        let deadline = timeout_ms.map(|timeout| js_sys::Date::now() + f64::from(timeout));
        Self { runtime, signal: signal.into(), deadline }
    }

    /// What the call has left, at most `milliseconds`. No request and no waiting is begun for a call whose time is over.
    /// That it is cancelled the runtime sees.
    fn time_for(&self, milliseconds: u32) -> Result<u32, NexthinkError> {
        match self.remaining(milliseconds.max(1)) {
            0 => Err(NexthinkError::new(ErrorKind::Timeout, "the call's time was over before its next step")),
            left => Ok(left.min(milliseconds)),
        }
    }

    /// JSON text as JavaScript's own parser reads it, which is faster than to make its objects one by one.
    ///
    /// # Errors
    /// `internal` where it is none.
    pub fn read(&self, text: &[u8]) -> Result<JsValue, NexthinkError> {
        let unreadable = |_| NexthinkError::new(ErrorKind::Internal, "the answer cannot be written");
        self.runtime.read(text).map_err(unreadable)
    }

    /// Begins something under a ticket, and waits for its outcome.
    async fn ask(&self, begin: impl FnOnce(&Runtime, u32)) -> Outcome {
        let ticket = Ticket::new(&self.runtime);
        begin(&self.runtime, ticket.number());
        ticket.outcome().await
    }
}

impl Host for JavaScriptHost {
    type Download = JavaScriptDownload;

    async fn send(&self, request: &Request, bounds: Bounds) -> Result<Response, NexthinkError> {
        self.exchange(request, bounds).await
    }

    async fn open(&self, request: Request, bounds: Bounds) -> Result<(Response, JavaScriptDownload), NexthinkError> {
        self.begin(&request, bounds).await
    }

    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since the epoch are far below 2^53")]
    fn now(&self) -> Timestamp {
        Timestamp(self.runtime.now() as i64)
    }

    async fn sleep(&self, milliseconds: u32) -> Result<(), NexthinkError> {
        let available = self.time_for(milliseconds)?;
        match self.ask(|runtime, ticket| runtime.sleep(ticket, available, &self.signal)).await {
            Outcome::Done { .. } if available == milliseconds => Ok(()),
            Outcome::Done { .. } => Err(time_is_over()),
            outcome => Err(outcome.into_error("sleep").of_read()),
        }
    }

    async fn ended(&self) -> NexthinkError {
        let left = match self.time_for(LONGEST_TIMER_MS) {
            Ok(left) => left,
            Err(error) => return error,
        };
        let timeout_ms = self.deadline.map(|_| left);
        match self.ask(|runtime, ticket| runtime.stand_by(ticket, calls::current(), timeout_ms, &self.signal)).await {
            Outcome::TimedOut => time_is_over(),
            outcome => outcome.into_error("signal").of_read(),
        }
    }

    fn remaining(&self, milliseconds: u32) -> u32 {
        let Some(deadline) = self.deadline else { return milliseconds };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u32")]
        let left = (deadline - js_sys::Date::now()).clamp(0.0, f64::from(milliseconds)) as u32;
        left
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), NexthinkError> {
        let length = u32::try_from(bytes.len()).unwrap_or_default();
        match self.runtime.random(length) {
            Ok(Some(random)) if random.len() == bytes.len() => {
                bytes.copy_from_slice(&random);
                Ok(())
            }
            _ => Err(outcome::lacking("random")),
        }
    }

    fn calls_can_vanish(&self) -> bool {
        self.runtime.calls_can_vanish
    }

    async fn provided_token(&self, timeout_ms: u32) -> Result<ProvidedToken, NexthinkError> {
        self.user_token(timeout_ms).await
    }

    async fn approve(&self, proposal: &str, timeout_ms: u32) -> Result<bool, NexthinkError> {
        self.user_approves(proposal, timeout_ms).await
    }

    async fn directory(&self, identity: &str, timeout_ms: u32) -> Result<Option<String>, NexthinkError> {
        self.user_directory(identity, timeout_ms).await
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
        self.runtime.listens
    }

    fn tell(&self, event: &Event) {
        if let Ok(event) = event.write().serialize(&Serializer::json_compatible()) {
            self.runtime.tell(&event);
        }
    }

    fn audits(&self) -> bool {
        self.runtime.audits
    }

    /// As text that JavaScript reads: a record may hold what the tenant has named.
    fn audit(&self, record: &Json) {
        self.runtime.audit(&record.to_text());
    }
}

fn time_is_over() -> NexthinkError {
    NexthinkError::new(ErrorKind::Timeout, "the call's time was over while it waited")
}
