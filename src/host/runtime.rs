//! The facade's `Runtime` (pkg-template/src/runtime.ts), declared. What may run the user's own code is declared with
//! `catch`: an exception would pass through the core as a trap does.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// What the facade does for the core.
    #[wasm_bindgen(typescript_type = "object")]
    pub type Runtime;

    #[wasm_bindgen(method, getter, js_name = isBrowser)]
    pub(super) fn is_browser(this: &Runtime) -> bool;
    #[wasm_bindgen(method, getter, js_name = callsCanVanish)]
    pub(super) fn calls_can_vanish(this: &Runtime) -> bool;
    #[wasm_bindgen(method, getter)]
    pub(super) fn listens(this: &Runtime) -> bool;

    #[wasm_bindgen(method, catch)]
    pub(super) fn now(this: &Runtime) -> Result<f64, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn random(this: &Runtime, length: u32) -> Result<Option<Vec<u8>>, JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn tell(this: &Runtime, event: &JsValue);

    #[wasm_bindgen(method)]
    pub(super) fn send(
        this: &Runtime,
        ticket: u32,
        method: &str,
        url: &str,
        headers: &str,
        body: Option<&str>,
        timeout_ms: u32,
        most: u32,
        signal: &JsValue,
        cancelled: &JsValue,
    );
    #[wasm_bindgen(method)]
    pub(super) fn open(
        this: &Runtime,
        ticket: u32,
        method: &str,
        url: &str,
        headers: &str,
        timeout_ms: u32,
        signal: &JsValue,
        cancelled: &JsValue,
    );
    #[wasm_bindgen(method)]
    pub(super) fn next(this: &Runtime, ticket: u32, opened: u32, timeout_ms: u32, signal: &JsValue);
    #[wasm_bindgen(method)]
    pub(super) fn close(this: &Runtime, opened: u32);
    #[wasm_bindgen(method)]
    pub(super) fn sleep(this: &Runtime, ticket: u32, milliseconds: u32, signal: &JsValue);
    #[wasm_bindgen(method, js_name = standBy)]
    pub(super) fn stand_by(this: &Runtime, ticket: u32, timeout_ms: Option<u32>, signal: &JsValue);
    #[wasm_bindgen(method)]
    pub(super) fn token(this: &Runtime, ticket: u32, timeout_ms: u32, signal: &JsValue);
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
    #[wasm_bindgen(method)]
    pub(super) fn cancel(this: &Runtime, ticket: u32);
}
