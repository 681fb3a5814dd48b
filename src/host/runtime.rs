//! The facade's `Runtime` (pkg-template/src/runtime.ts), declared. What may run the user's own code is declared with
//! `catch`: an exception would pass through the core as a trap does.

use std::cell::RefCell;
use std::ops::Deref;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// What the facade does for the core.
    #[wasm_bindgen(typescript_type = "object")]
    pub type Runtime;

    #[wasm_bindgen(method, getter, js_name = isBrowser)]
    fn is_browser(this: &Runtime) -> bool;
    #[wasm_bindgen(method, getter, js_name = callsCanVanish)]
    fn calls_can_vanish(this: &Runtime) -> bool;
    #[wasm_bindgen(method, getter)]
    fn listens(this: &Runtime) -> bool;
    #[wasm_bindgen(method, getter)]
    fn audits(this: &Runtime) -> bool;

    #[wasm_bindgen(method)]
    pub(super) fn now(this: &Runtime) -> f64;
    #[wasm_bindgen(method, catch)]
    pub(super) fn random(this: &Runtime, length: u32) -> Result<Option<Vec<u8>>, JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn tell(this: &Runtime, event: &JsValue);
    #[wasm_bindgen(method)]
    pub(super) fn audit(this: &Runtime, record: &str);

    #[wasm_bindgen(method)]
    pub(super) fn send(
        this: &Runtime,
        ticket: u32,
        head: Option<&str>,
        url: Option<&str>,
        body: Option<&str>,
        timeout_ms: u32,
        most: u32,
        is_repeatable: bool,
        signal: &JsValue,
    );
    #[wasm_bindgen(method)]
    pub(super) fn open(
        this: &Runtime,
        ticket: u32,
        head: Option<&str>,
        url: Option<&str>,
        timeout_ms: u32,
        signal: &JsValue,
    );
    #[wasm_bindgen(method)]
    pub(super) fn next(this: &Runtime, ticket: u32, opened: u32, timeout_ms: u32, signal: &JsValue);
    #[wasm_bindgen(method)]
    pub(super) fn close(this: &Runtime, opened: u32);
    #[wasm_bindgen(method)]
    pub(super) fn sleep(this: &Runtime, ticket: u32, milliseconds: u32, signal: &JsValue);
    #[wasm_bindgen(method, js_name = standBy)]
    pub(super) fn stand_by(this: &Runtime, ticket: u32, call: u32, timeout_ms: Option<u32>, signal: &JsValue);
    #[wasm_bindgen(method)]
    pub(super) fn token(this: &Runtime, ticket: u32, timeout_ms: u32, signal: &JsValue);
    #[wasm_bindgen(method)]
    pub(super) fn approve(this: &Runtime, ticket: u32, proposal: &str, timeout_ms: u32, signal: &JsValue);
    #[wasm_bindgen(method)]
    pub(super) fn directory(this: &Runtime, ticket: u32, identity: &str, timeout_ms: u32, signal: &JsValue);
    #[wasm_bindgen(method, js_name = storeGet)]
    pub(super) fn store_get(this: &Runtime, ticket: u32, key: &str, timeout_ms: u32, signal: &JsValue);
    #[wasm_bindgen(method, js_name = storePut)]
    pub(super) fn store_put(
        this: &Runtime,
        ticket: u32,
        key: &str,
        expected: Option<&str>,
        value: &str,
        ttl_ms: u32,
        timeout_ms: u32,
        signal: &JsValue,
    );
    #[wasm_bindgen(method, catch)]
    pub(super) fn read(this: &Runtime, text: &[u8]) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn cancel(this: &Runtime, ticket: u32);
}

/// The runtime of one client, with what never changes about it, asked once and not at every step of every call; and what it
/// was told last. No other client may have the same: its requests would go out with this one's token.
pub struct Surroundings {
    runtime: Runtime,
    /// Whether this is a page or a browser's worker.
    pub(super) is_browser: bool,
    /// Whether an invocation can end without a word, and with it what it awaits.
    pub(super) calls_can_vanish: bool,
    /// Whether anyone wants to be told what happens.
    pub(super) listens: bool,
    /// Whether anyone keeps an audit.
    pub(super) audits: bool,
    /// The head of the last request, and its address: the facade remembers them, too.
    pub(super) last_head: RefCell<String>,
    pub(super) last_url: RefCell<String>,
}

impl Surroundings {
    /// Asks the runtime.
    pub fn new(runtime: Runtime) -> Self {
        Self {
            is_browser: runtime.is_browser(),
            calls_can_vanish: runtime.calls_can_vanish(),
            listens: runtime.listens(),
            audits: runtime.audits(),
            last_head: RefCell::default(),
            last_url: RefCell::default(),
            runtime,
        }
    }
}

impl Deref for Surroundings {
    type Target = Runtime;

    fn deref(&self) -> &Runtime {
        &self.runtime
    }
}
