//! `POST /oauth2/default/v1/token` on the login host, and the older `POST /api/v1/token` on the API host.

use base64ct::{Base64, Encoding};
use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::nql::SECOND;
use serde_json::json;

use super::{WireRequest, form, json};
use crate::tenant::SimulatedTenant;

/// How long a token holds.
const LIFETIME_SECONDS: i64 = 900;

const SCOPE: &str = "service:integration";

/// The two token endpoints. The older one takes no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Path {
    Current,
    Older,
}

impl SimulatedTenant {
    pub(super) fn create_token(&mut self, request: &WireRequest, path: Path) -> Response {
        if !knows_the_secret(request) {
            return refusal(401, "invalid_client", "Client authentication failed");
        }
        if path == Path::Current
            && let Err(refusal) = check_grant(request)
        {
            return refusal;
        }
        let token =
            format!("{}.{}.{}", self.random.hexadecimal(12), self.random.hexadecimal(48), self.random.hexadecimal(24));
        self.tokens.retain(|_, ends| self.now < *ends);
        self.tokens.insert(token.clone(), self.now.plus(LIFETIME_SECONDS * SECOND));
        let body =
            json!({ "token_type": "Bearer", "expires_in": LIFETIME_SECONDS, "access_token": token, "scope": SCOPE });
        json(200, &body)
    }
}

fn knows_the_secret(request: &WireRequest) -> bool {
    let credentials = SimulatedTenant::CREDENTIALS;
    let expected = Base64::encode_string(format!("{}:{}", credentials.client_id, credentials.client_secret).as_bytes());
    let (scheme, given) = request.header("authorization").and_then(|value| value.split_once(' ')).unwrap_or_default();
    scheme.eq_ignore_ascii_case("basic") && given.trim() == expected
}

/// What OAuth says of the client-credentials grant, in the order in which a server checks it.
fn check_grant(request: &WireRequest) -> Result<(), Response> {
    let form = request.header("content-type").unwrap_or_default();
    if !form.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(refusal(400, "invalid_request", "The body is no application/x-www-form-urlencoded"));
    }
    let body = String::from_utf8_lossy(&request.body);
    let value = |name: &str| form::value(&body, name);
    match value("grant_type").as_deref() {
        None => return Err(refusal(400, "invalid_request", "The grant_type is missing")),
        Some("client_credentials") => {}
        Some(_) => return Err(refusal(400, "unsupported_grant_type", "Only client_credentials is supported")),
    }
    match value("scope").as_deref() {
        Some(SCOPE) => Ok(()),
        _ => Err(refusal(400, "invalid_scope", "The scope must be service:integration")),
    }
}

fn refusal(status: u16, error: &str, description: &str) -> Response {
    json(status, &json!({ "error": error, "error_description": description }))
}
