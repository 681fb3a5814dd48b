//! What a promise that gave nothing says about the request behind it.

use wasm_bindgen::{JsCast, JsValue};

use super::race::Outcome;
use super::runtime::ForeignObject;
use crate::api::problem::{ErrorKind, NexthinkError};

/// Codes of failures before a connection was there: nothing can have reached the tenant.
const NEVER_SENT: [&str; 6] =
    ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"];

/// The error of a request that has been handed to `fetch`, for an outcome that is no value.
pub(super) fn failed(outcome: Outcome) -> NexthinkError {
    let (kind, message) = match outcome {
        Outcome::TimedOut => (ErrorKind::Timeout, "the tenant did not answer in time".into()),
        Outcome::Aborted => (ErrorKind::Aborted, "the call was cancelled".into()),
        Outcome::Failed(error) => {
            let code = failure_code(error).unwrap_or_default();
            let message = format!("the tenant could not be reached{}{code}", if code.is_empty() { "" } else { ": " });
            if NEVER_SENT.contains(&code.as_str()) {
                return NexthinkError::new(ErrorKind::Network, message);
            }
            (ErrorKind::Network, message)
        }
        Outcome::Value(_) => (ErrorKind::Internal, "a promise gave a value and failed".into()),
    };
    NexthinkError::lost(kind, message)
}

/// Node hides the reason (`ECONNREFUSED`, `ENOTFOUND`) in the error's cause; a code holds no secret, a message may.
fn failure_code(error: JsValue) -> Option<String> {
    if !error.is_object() {
        return None;
    }
    let error: ForeignObject = error.unchecked_into();
    let code = |error: &ForeignObject| error.code().ok()?.as_string();
    code(&error).or_else(|| code(&error.cause().ok()??))
}
