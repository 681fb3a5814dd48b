//! The JavaScript that the core touches, declared: whatever has these properties will do, from any realm or mock.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The global object, the object with the injected functions, `crypto`, an `AbortSignal`, an answer of `fetch`, an
    /// error: each has some of these.
    #[derive(Clone)]
    #[wasm_bindgen(js_name = Object, typescript_type = "unknown")]
    pub(super) type ForeignObject;

    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn fetch(this: &ForeignObject) -> Option<Function>;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn now(this: &ForeignObject) -> Option<Function>;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn sleep(this: &ForeignObject) -> Option<Function>;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn random(this: &ForeignObject) -> Option<Function>;
    #[wasm_bindgen(method, getter, structural, js_name = tokenProvider)]
    pub(super) fn token_provider(this: &ForeignObject) -> Option<Function>;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn store(this: &ForeignObject) -> Option<ForeignObject>;
    #[wasm_bindgen(method, getter, structural, js_name = onEvent)]
    pub(super) fn on_event(this: &ForeignObject) -> Option<Function>;
    #[wasm_bindgen(method, getter, structural, js_name = isBrowser)]
    pub(super) fn is_browser(this: &ForeignObject) -> Option<bool>;
    #[wasm_bindgen(method, getter, structural, js_name = callsCanVanish)]
    pub(super) fn calls_can_vanish(this: &ForeignObject) -> Option<bool>;
    #[wasm_bindgen(method, catch, structural, js_name = readBody)]
    pub(super) fn read_body(this: &ForeignObject, answer: &ForeignObject, most: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, structural, js_name = openBody)]
    pub(super) fn open_body(this: &ForeignObject, answer: &ForeignObject) -> Result<ForeignObject, JsValue>;
    #[wasm_bindgen(method, catch, structural, js_name = discardBody)]
    pub(super) fn discard_body(this: &ForeignObject, fetched: &js_sys::Promise) -> Result<(), JsValue>;
    #[wasm_bindgen(method, getter, structural, js_name = setTimeout)]
    pub(super) fn set_timeout(this: &ForeignObject) -> Option<Function>;
    #[wasm_bindgen(method, getter, structural, js_name = clearTimeout)]
    pub(super) fn clear_timeout(this: &ForeignObject) -> Option<Function>;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn crypto(this: &ForeignObject) -> Option<ForeignObject>;
    #[wasm_bindgen(method, catch, structural, js_name = getRandomValues)]
    pub(super) fn get_random_values(this: &ForeignObject, bytes: &js_sys::Uint8Array) -> Result<JsValue, JsValue>;

    // What the user or the runtime has made may throw when it is only asked: in workerd a signal of another request
    // does. Without `catch` that would go through the core as a trap does, and the call would never end.
    #[wasm_bindgen(method, getter, catch, structural)]
    pub(super) fn aborted(this: &ForeignObject) -> Result<Option<bool>, JsValue>;
    #[wasm_bindgen(method, catch, structural, js_name = addEventListener)]
    pub(super) fn add_event_listener(this: &ForeignObject, event: &str, listener: &Function) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, structural, js_name = removeEventListener)]
    pub(super) fn remove_event_listener(this: &ForeignObject, event: &str, listener: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(method, getter, catch, structural)]
    pub(super) fn status(this: &ForeignObject) -> Result<Option<f64>, JsValue>;
    #[wasm_bindgen(method, getter, catch, structural)]
    pub(super) fn headers(this: &ForeignObject) -> Result<Option<ForeignObject>, JsValue>;
    #[wasm_bindgen(method, catch, structural)]
    pub(super) fn get(this: &ForeignObject, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, structural)]
    pub(super) fn next(this: &ForeignObject) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, structural)]
    pub(super) fn cancel(this: &ForeignObject) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, structural, js_name = putIfAbsent)]
    pub(super) fn put_if_absent(
        this: &ForeignObject,
        key: &str,
        value: &str,
        options: &js_sys::Object,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, structural)]
    pub(super) fn replace(
        this: &ForeignObject,
        key: &str,
        expected: &str,
        value: &str,
        options: &js_sys::Object,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch, structural, js_name = accessToken)]
    pub(super) fn access_token(this: &ForeignObject) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, structural, js_name = expiresInSeconds)]
    pub(super) fn expires_in_seconds(this: &ForeignObject) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch, structural)]
    pub(super) fn code(this: &ForeignObject) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, structural)]
    pub(super) fn cause(this: &ForeignObject) -> Result<Option<ForeignObject>, JsValue>;
}
