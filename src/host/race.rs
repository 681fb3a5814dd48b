//! A promise against a timer and the caller's signal. All listeners are JavaScript functions: what loses the race is
//! collected as garbage, and nothing is left behind in the module.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::capabilities::{Capabilities, Timer};
use super::runtime::ForeignObject;

/// How a race ended.
pub(super) enum Outcome {
    Value(JsValue),
    Failed(JsValue),
    TimedOut,
    Aborted,
}

/// A timer and a signal that several promises, one after the other, are run against.
pub(super) struct Race<'a> {
    signal: Option<&'a ForeignObject>,
    listener: Option<Function>,
    /// What else may come first: the timer's promise and the signal's.
    others: Array,
    _timer: Option<Timer>,
}

impl<'a> Race<'a> {
    /// Against a signal, where there is one, and a timer, where one is wanted and the runtime has any.
    pub fn new(capabilities: &Capabilities, signal: Option<&'a ForeignObject>, timeout_ms: Option<u32>) -> Self {
        let others = Array::new();
        // The symbol is the timer's alone: no answer can be mistaken for it.
        let timer = timeout_ms.and_then(|timeout| capabilities.timer(timeout, JsValue::symbol(None)));
        let timer = timer.map(|(timed_out, timer)| {
            others.push(&timed_out);
            timer
        });
        let mut listener = None;
        if let Some(signal) = signal {
            others.push(&Promise::new(&mut |resolve, _| {
                let _ = signal.add_event_listener("abort", &resolve);
                listener = Some(resolve);
            }));
        }
        Self { signal, listener, others, _timer: timer }
    }

    /// What comes first. The promises that lose have handlers all the same: none rejects unhandled.
    pub async fn first(&self, promise: &Promise) -> Outcome {
        let contestants = self.others.concat(&Array::of1(promise));
        let result = JsFuture::from(Promise::race(&contestants)).await;
        match result {
            _ if is_aborted(self.signal) => Outcome::Aborted,
            Ok(value) if value.is_symbol() => Outcome::TimedOut,
            Ok(value) => Outcome::Value(value),
            Err(error) => Outcome::Failed(error),
        }
    }
}

impl Drop for Race<'_> {
    fn drop(&mut self) {
        if let (Some(signal), Some(listener)) = (self.signal, &self.listener) {
            let _ = signal.remove_event_listener("abort", listener);
        }
    }
}

/// Whether a signal has fired. It may come from another realm, so it is asked, not tested for its class.
pub(super) fn is_aborted(signal: Option<&ForeignObject>) -> bool {
    matches!(signal.map(ForeignObject::aborted), Some(Ok(Some(true))))
}
