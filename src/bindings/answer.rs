//! Values on their way between JavaScript and the core.

use js_sys::JSON;
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

/// Gives what the tenant has named, or what may hold thousands of values: as one text that JavaScript reads. A call for
/// each value costs more than the rest of the call together, and would set the prototype by the name `__proto__`.
pub(super) fn write_tenants(value: &impl Write) -> Result<JsValue, NexthinkError> {
    from_text(&value.write().to_text())
}

/// The same for what is text already.
pub(super) fn from_text(text: &str) -> Result<JsValue, NexthinkError> {
    JSON::parse(text).map_err(|_| unwritable())
}

fn unwritable() -> NexthinkError {
    NexthinkError::new(ErrorKind::Internal, "the answer cannot be written")
}
