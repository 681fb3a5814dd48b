//! The Workflows API: `execute` starts one, `list` tells which there are, `waiting` lets the event come for which one
//! waits.

mod execute;
mod list;
mod waiting;

use nexthink_chatbot::api::http::Response;
use serde_json::json;

use super::json;

/// The error shape of this API: it has details where others have a message.
fn error(status: u16, code: &str, details: &str) -> Response {
    json(status, &json!({ "code": code, "details": details }))
}

fn forbidden() -> Response {
    error(403, "forbidden", "The credentials lack the permission for the Workflows API")
}
