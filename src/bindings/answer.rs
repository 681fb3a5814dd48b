//! Values on their way between JavaScript and the core.

use js_sys::{Function, JSON};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::api::problem::{ErrorKind, NexthinkError};
use crate::json::{Json, Write};

/// Gives a small result as plain objects.
pub(super) fn write(value: &impl Write) -> Result<JsValue, NexthinkError> {
    to_javascript(&value.write())
}

fn to_javascript(json: &Json) -> Result<JsValue, NexthinkError> {
    json.serialize(&Serializer::json_compatible()).map_err(|_| unwritable())
}

/// Gives an error as what the facade makes a `NexthinkError` of.
pub(super) fn throw(error: NexthinkError) -> JsValue {
    write(&error).unwrap_or_else(|_| error.message.as_ref().into())
}

/// Tells the answer of a call to who waits for it.
pub(super) fn tell(answer: Result<JsValue, JsValue>, resolve: &Function, reject: &Function) {
    let (whom, what) = match &answer {
        Ok(answer) => (resolve, answer),
        Err(error) => (reject, error),
    };
    // What resolves a promise throws nothing.
    let _ = whom.call1(&JsValue::UNDEFINED, what);
}

/// Gives what the tenant has named, or what may hold thousands of values: as one text that JavaScript reads. A call for
/// each value costs more than the rest of the call together, and would set the prototype by the name `__proto__`.
pub(super) fn write_tenants(value: &impl Write) -> Result<JsValue, NexthinkError> {
    JSON::parse(&value.write().to_text()).map_err(|_| unwritable())
}

fn unwritable() -> NexthinkError {
    NexthinkError::new(ErrorKind::Internal, "the answer cannot be written")
}
