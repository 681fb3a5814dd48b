//! What the runtime can do, taken from what the user injected or else from the globals.
//! Nothing is missed before it is needed: a sandbox without randomness can still diagnose.

use js_sys::{Array, Function, Object, Promise, Uint8Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

use super::runtime::ForeignObject;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::Event;
use crate::json::Write;

const USER_AGENT: &str = concat!("nexthink-chatbot/", env!("CARGO_PKG_VERSION"));

/// The functions of the runtime, or of its replacement.
pub struct Capabilities {
    injected: ForeignObject,
    global: ForeignObject,
    /// Whom to tell what happens.
    pub(super) listener: Option<Function>,
    /// Whether an invocation can end without a word, and with it what it awaits.
    pub(super) calls_can_vanish: bool,
    /// How the client names itself. In a browser not at all: those do it themselves, and some ask the server first
    /// whether a page may.
    pub(super) user_agent: Option<&'static str>,
}

impl Capabilities {
    /// Takes the facade's object: what the user has given, and what the facade adds to it (`CoreHost`).
    pub fn new(injected: JsValue) -> Self {
        let injected: ForeignObject = injected.unchecked_into();
        Self {
            listener: injected.on_event(),
            calls_can_vanish: injected.calls_can_vanish().unwrap_or(false),
            user_agent: (injected.is_browser() != Some(true)).then_some(USER_AGENT),
            global: JsValue::from(js_sys::global()).unchecked_into(),
            injected,
        }
    }

    /// Calls `fetch`: the runtime's own with the global object as `this`, as some insist on.
    pub(super) fn fetch(&self, url: &str, init: &Object) -> Result<Promise, NexthinkError> {
        let url = url.into();
        let called = match (self.injected.fetch(), self.global.fetch()) {
            (Some(fetch), _) => fetch.call2(&JsValue::UNDEFINED, &url, init),
            (None, Some(fetch)) => fetch.call2(&self.global, &url, init),
            (None, None) => return Err(lacking("fetch")),
        };
        Ok(promise(called))
    }

    /// The bytes of an answer's body; undefined where they are more than `most`.
    pub(super) fn read_body(&self, answer: &ForeignObject, most: u32) -> Promise {
        promise(self.injected.read_body(answer, most))
    }

    /// The pieces of an answer's body.
    pub(super) fn open_body(&self, answer: &ForeignObject) -> Result<ForeignObject, NexthinkError> {
        self.injected.open_body(answer).map_err(|_| {
            NexthinkError::new(
                ErrorKind::Network,
                "the answer of `fetch` has no `body` that can be read piece by piece",
            )
        })
    }

    /// Lets go of an answer that nobody will read.
    pub(super) fn discard_body(&self, fetched: &Promise) {
        let _ = self.injected.discard_body(fetched);
    }

    /// The user's `tokenProvider`.
    pub(super) fn token_provider(&self) -> Result<Function, NexthinkError> {
        self.injected.token_provider().ok_or_else(|| lacking("tokenProvider"))
    }

    /// The user's `store`.
    pub(super) fn store(&self) -> Result<ForeignObject, NexthinkError> {
        self.injected.store().ok_or_else(|| lacking("store"))
    }

    /// Tells the listener. What it throws is its own affair.
    pub(super) fn tell(&self, event: &Event) {
        if let (Some(listener), Ok(event)) = (&self.listener, event.write().serialize(&Serializer::json_compatible())) {
            let _ = listener.call1(&JsValue::UNDEFINED, &event);
        }
    }

    /// Milliseconds since the epoch.
    pub(super) fn now(&self) -> f64 {
        let injected = self.injected.now().and_then(|now| now.call0(&JsValue::UNDEFINED).ok()?.as_f64());
        injected.unwrap_or_else(js_sys::Date::now)
    }

    /// A promise that resolves after a while, and the timer behind it, if it is one of ours.
    pub(super) fn sleep(&self, milliseconds: u32) -> Result<(Promise, Option<Timer>), NexthinkError> {
        if let Some(sleep) = self.injected.sleep() {
            return Ok((promise(sleep.call1(&JsValue::UNDEFINED, &milliseconds.into())), None));
        }
        match self.timer(milliseconds, JsValue::UNDEFINED) {
            Some((slept, timer)) => Ok((slept, Some(timer))),
            None => Err(lacking("sleep")),
        }
    }

    /// A promise that resolves with a value after a while; none where the runtime has no timers.
    pub(super) fn timer(&self, milliseconds: u32, value: JsValue) -> Option<(Promise, Timer)> {
        let set_timeout = self.global.set_timeout()?;
        let mut handle = JsValue::UNDEFINED;
        let promise = Promise::new(&mut |resolve, _| {
            let arguments = Array::of3(&resolve, &milliseconds.into(), &value);
            handle = set_timeout.apply(&self.global, &arguments).unwrap_or_default();
        });
        Some((promise, Timer { handle, clear: self.global.clear_timeout(), global: self.global.clone() }))
    }

    /// Fills the bytes with secure randomness.
    pub(super) fn random(&self, bytes: &mut [u8]) -> Result<(), NexthinkError> {
        let failed = || lacking("random");
        let length = u32::try_from(bytes.len()).map_err(|_| failed())?;
        let filled = if let Some(random) = self.injected.random() {
            Uint8Array::new(&random.call1(&JsValue::UNDEFINED, &length.into()).map_err(|_| failed())?)
        } else {
            let array = Uint8Array::new_with_length(length);
            self.global.crypto().ok_or_else(failed)?.get_random_values(&array).map_err(|_| failed())?;
            array
        };
        if filled.length() != length {
            return Err(failed());
        }
        filled.copy_to(bytes);
        Ok(())
    }
}

/// A running timer, stopped when it is no longer needed.
pub(super) struct Timer {
    handle: JsValue,
    clear: Option<Function>,
    global: ForeignObject,
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(clear) = &self.clear {
            let _ = clear.call1(&self.global, &self.handle);
        }
    }
}

/// What a function gave or threw, as a promise.
pub(super) fn promise(called: Result<JsValue, JsValue>) -> Promise {
    match called {
        Ok(value) => Promise::resolve(&value),
        Err(error) => Promise::reject(&error),
    }
}

fn lacking(option: &str) -> NexthinkError {
    NexthinkError::invalid(format!("this JavaScript runtime has no `{option}`"))
        .hint(format!("pass your own as `host.{option}` to `createClient`"))
}
