//! The Remote Actions API: `execute` triggers one, `list` tells which there are.

mod execute;
mod list;

use nexthink_chatbot::api::http::Response;
use serde_json::json;

use super::json;

/// The error shape of this API: its code is text.
fn error(status: u16, code: &str, message: &str) -> Response {
    json(status, &json!({ "code": code, "message": message }))
}

fn forbidden() -> Response {
    error(403, "forbidden", "The credentials lack the permission for the Remote Actions API")
}
