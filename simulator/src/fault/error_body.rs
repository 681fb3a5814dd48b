//! The errors of Nexthink's APIs: every API has a shape of its own, and clients have to know them all.

use serde_json::{Value as Json, json};

/// What an API answers with this status besides its headers; the path says which API.
pub(super) fn error_body(path: &str, status: u16) -> Vec<u8> {
    let (code, message) = match status {
        400 => ("invalid_request", "The request is not valid"),
        401 => ("unauthorized", "No valid authentication credentials"),
        403 => ("forbidden", "No permission"),
        404 => ("not_found", "Not found"),
        429 => ("too_many_requests", "Too many requests"),
        503 => ("service_unavailable", "The service is not available"),
        500.. => ("internal_error", "The server failed"),
        _ => ("request_refused", "The request was refused"),
    };
    let body = match Api::of(path, status) {
        Api::Token => json!({ "error": oauth_code(status), "error_description": message }),
        Api::Nql => json!({ "message": message, "code": status, "source": "nql-api" }),
        Api::Workflows => json!({ "code": code, "details": message }),
        Api::MessageAlone => json!({ "message": message }),
        Api::Other => json!({ "code": code, "message": message }),
    };
    written(&body)
}

/// The words that OAuth has for a server in trouble, and for a client that is refused.
const fn oauth_code(status: u16) -> &'static str {
    match status {
        400 => "invalid_request",
        401 => "invalid_client",
        403 => "access_denied",
        500 => "server_error",
        _ => "temporarily_unavailable",
    }
}

enum Api {
    Token,
    Nql,
    Workflows,
    /// Spark, and enrichment where the permission is lacking.
    MessageAlone,
    /// Remote actions, campaigns, enrichment: text as code, and a message.
    Other,
}

impl Api {
    fn of(path: &str, status: u16) -> Self {
        let holds = |part: &str| path.contains(part);
        match () {
            () if path.ends_with("/token") => Self::Token,
            () if holds("/nql/") => Self::Nql,
            () if holds("/workflows") => Self::Workflows,
            () if holds("/spark/") || (holds("/enrichment/") && status == 403) => Self::MessageAlone,
            () => Self::Other,
        }
    }
}

fn written(body: &Json) -> Vec<u8> {
    body.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_api_has_its_own_shape() {
        for (path, names) in [
            ("/oauth2/default/v1/token", &["error", "error_description"][..]),
            ("/api/v2/nql/execute", &["code", "message", "source"]),
            ("/api/v1/nql/status/x", &["code", "message", "source"]),
            ("/api/v1/act/execute", &["code", "message"]),
            ("/api/v2/workflows/execute", &["code", "details"]),
            ("/api/v1/workflows", &["code", "details"]),
            ("/api/v1/euf/campaign/trigger", &["code", "message"]),
            ("/api/v1/enrichment/data/fields", &["code", "message"]),
            ("/api/v1/spark/handoff", &["message"]),
        ] {
            for status in [400, 401, 403, 404, 429, 500, 502, 503] {
                let body: Json = serde_json::from_slice(&error_body(path, status)).unwrap();
                let names = if path.contains("enrichment") && status == 403 { &["message"] } else { names };
                assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), names, "{path} {status}");
                // A number for NQL, text everywhere else.
                assert!(body.get("code").is_none_or(|code| code.is_i64() == path.contains("nql")), "{path}");
            }
        }
    }
}
