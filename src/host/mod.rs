//! `Host` for JavaScript: the runtime's fetch, clock, timers, abort signals and randomness.
//! Only this folder touches JavaScript; what the runtime lacks can be injected, and is missed only when it is needed.

mod capabilities;
mod race;
mod runtime;

use std::rc::Rc;

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::AbortController;

pub use capabilities::Capabilities;
use capabilities::promise;
use race::{Outcome, Race, is_aborted};
use runtime::ForeignObject;

use crate::api::http::{READ_HEADERS, Request, Response};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::Host;
use crate::nql::Timestamp;

/// The runtime during one call: with that call's signal and deadline.
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

    /// What is left of the call's time, at most `milliseconds`.
    fn remaining(&self, milliseconds: u32) -> u32 {
        let Some(deadline) = self.deadline else { return milliseconds };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u32")]
        let left = (deadline - js_sys::Date::now()).clamp(0.0, f64::from(milliseconds)) as u32;
        left
    }

    /// No request and no waiting is begun for a call that is cancelled or over.
    fn check(&self) -> Result<(), NexthinkError> {
        let (kind, message) = if is_aborted(self.signal.as_ref()) {
            (ErrorKind::Aborted, "the call was cancelled before its next step")
        } else if self.remaining(1) == 0 {
            (ErrorKind::Timeout, "the call's time was over before its next step")
        } else {
            return Ok(());
        };
        Err(NexthinkError::new(kind, message))
    }

    async fn exchange(
        &self,
        request: &Request,
        timeout_ms: u32,
        controller: Option<&AbortController>,
    ) -> Result<Response, NexthinkError> {
        let race = Race::new(&self.capabilities, self.signal.as_ref(), Some(self.remaining(timeout_ms)));
        let fetched = self.capabilities.fetch(&request.url, &init(request, controller))?;
        let response: ForeignObject = lost(race.first(&fetched).await)?.unchecked_into();
        let body = lost(race.first(&promise(response.array_buffer())).await)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates; a status has three digits"
        )]
        let status = response.status().unwrap_or_default() as u16;
        Ok(Response { status, headers: read_headers(&response), body: Uint8Array::new(&body).to_vec() })
    }
}

impl Host for JavaScriptHost {
    async fn send(&self, request: Request, timeout_ms: u32) -> Result<Response, NexthinkError> {
        self.check()?;
        // Where there is none (Node-RED, n8n) the answer is no longer waited for, but the connection stays.
        let controller = AbortController::new().ok();
        let result = self.exchange(&request, timeout_ms, controller.as_ref()).await;
        if let (Err(_), Some(controller)) = (&result, &controller) {
            controller.abort();
        }
        result
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
            outcome => match lost(outcome) {
                Ok(_) => Err(NexthinkError::new(ErrorKind::Timeout, "the call's time was over while it waited")),
                Err(error) => Err(error.of_read()),
            },
        }
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), NexthinkError> {
        self.capabilities.random(bytes)
    }
}

/// The plain object for `fetch`: mocks, polyfills and other realms take nothing fancier.
fn init(request: &Request, controller: Option<&AbortController>) -> Object {
    let headers = Object::new();
    for (name, value) in &request.headers {
        set(&headers, name, &value.into());
    }
    let init = Object::new();
    set(&init, "method", &request.method.word().into());
    set(&init, "headers", &headers);
    // A redirect would send a token, or a side effect, elsewhere.
    set(&init, "redirect", &"manual".into());
    if let Some(body) = &request.body {
        set(&init, "body", &body.into());
    }
    if let Some(controller) = controller {
        set(&init, "signal", &controller.signal());
    }
    init
}

fn read_headers(response: &ForeignObject) -> Vec<(String, String)> {
    let mut read = Vec::new();
    let Some(headers) = response.headers() else { return read };
    for name in READ_HEADERS {
        if let Some(value) = headers.get(name).ok().and_then(|value| value.as_string()) {
            read.push((name.to_owned(), value));
        }
    }
    read
}

/// What a race came to, for a request that has been handed to `fetch`.
fn lost(outcome: Outcome) -> Result<JsValue, NexthinkError> {
    let (kind, message) = match outcome {
        Outcome::Value(value) => return Ok(value),
        Outcome::TimedOut => (ErrorKind::Timeout, "the tenant did not answer in time".into()),
        Outcome::Aborted => (ErrorKind::Aborted, "the call was cancelled".into()),
        Outcome::Failed(error) => {
            (ErrorKind::Network, format!("the tenant could not be reached{}", failure_code(error)))
        }
    };
    Err(NexthinkError::lost(kind, message))
}

/// Node hides the reason (`ECONNREFUSED`, `ENOTFOUND`) in the error's cause; a code holds no secret, a message may.
fn failure_code(error: JsValue) -> String {
    if !error.is_object() {
        return String::new();
    }
    let error: ForeignObject = error.unchecked_into();
    let code = error.code().as_string().or_else(|| error.cause()?.code().as_string());
    code.map_or_else(String::new, |code| format!(": {code}"))
}

/// Setting a property of a fresh plain object cannot fail.
fn set(target: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(target, &name.into(), value);
}
