//! `POST https://<instance>-login.<region>.nexthink.cloud/oauth2/default/v1/token`
//!
//! Exchanges API credentials for an access token of 15 minutes.
//! <https://docs.nexthink.com/api/getting-authentication-token>

use crate::api::answer::whole_number;
use crate::api::http::{Method, Request, Response};
use crate::api::limits::Limits;
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::base64::encode_standard;
use crate::json::{Json, record};

/// What errors call this operation.
pub const OPERATION: &str = "token.create";

record! {
    strict
    /// API credentials. They hold a secret, so they do not print themselves.
    #[derive(Clone)]
    #[cfg_attr(test, ts(rename = "Credentials"))]
    pub struct Input {
        /// The client ID of the API credentials.
        pub client_id: String,
        /// The client secret of the API credentials.
        pub client_secret: String,
    }
}

record! {
    lenient
    /// An access token and how long it holds.
    #[derive(Clone, PartialEq, Eq)]
    #[cfg_attr(test, ts(rename = "AccessToken"))]
    pub struct Output {
        /// The bearer token.
        pub access_token: String,
        /// Seconds from now; 900 in the documentation.
        pub expires_in_seconds: u32,
    }
}

/// The request. The older path `/api/v1/token` takes the same header and no body.
pub fn request(tenant: &Tenant, input: &Input) -> Request {
    let basic = encode_standard(format!("{}:{}", input.client_id, input.client_secret).as_bytes());
    let mut headers = vec![("accept", "application/json".into()), ("authorization", format!("Basic {basic}"))];
    let older = tenant.token_url().ends_with("/api/v1/token");
    if !older {
        headers.push(("content-type", "application/x-www-form-urlencoded".into()));
    }
    let body = (!older).then(|| "grant_type=client_credentials&scope=service%3Aintegration".to_owned());
    Request { method: Method::Post, url: tenant.token_url().to_owned(), headers, body }
}

/// The request, where a caller's input has not been checked before.
///
/// # Errors
/// As `Input::check`.
pub fn checked_request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    input.check()?;
    Ok(request(tenant, input))
}

impl Input {
    /// # Errors
    /// `invalid` where there is no client ID, no secret, or a client ID that ends at its colon.
    pub fn check(&self) -> Result<(), NexthinkError> {
        let mut limits = Limits::default();
        limits.filled("clientId", &self.client_id);
        limits.hold("clientId", !self.client_id.contains(':'), "holds a colon, which Basic authentication cannot");
        limits.filled("clientSecret", &self.client_secret);
        limits.finish()
    }
}

/// # Errors
/// `authentication` for wrong credentials, also where OAuth says so with 400.
pub fn parse(response: &Response) -> Result<Output, NexthinkError> {
    if response.status != 200 {
        return Err(NexthinkError::from_response(OPERATION, response));
    }
    let body = Json::parse(&response.body).unwrap_or_default();
    let access_token = body.get("access_token").and_then(Json::as_text).filter(|token| !token.is_empty());
    let access_token =
        access_token.ok_or_else(|| NexthinkError::malformed(OPERATION, response, "it holds no access token"))?;
    let expires_in_seconds = whole_number(&body, "expires_in").unwrap_or(900);
    Ok(Output { access_token: access_token.to_owned(), expires_in_seconds })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::ErrorKind;

    fn tenant(token_url: Option<&str>) -> Tenant {
        Tenant::new("acme".into(), "eu".into(), None, token_url.map(Into::into)).unwrap()
    }

    fn answer(status: u16, body: &str) -> Result<Output, NexthinkError> {
        parse(&Response { status, headers: vec![], body: body.into() })
    }

    #[test]
    fn the_request_is_the_documented_one() {
        let input = Input { client_id: "id".into(), client_secret: "s€cret".into() };
        let request = request(&tenant(None), &input);
        assert_eq!(request.url, "https://acme-login.eu.nexthink.cloud/oauth2/default/v1/token");
        assert_eq!(request.header("authorization"), Some("Basic aWQ6c+KCrGNyZXQ="));
        assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
        assert_eq!(request.body.as_deref(), Some("grant_type=client_credentials&scope=service%3Aintegration"));
        assert!(!format!("{request:?}").contains("aWQ6"));
    }

    #[test]
    fn the_older_path_takes_no_body() {
        let input = Input { client_id: "id".into(), client_secret: "secret".into() };
        let request = request(&tenant(Some("https://acme.api.eu.nexthink.cloud/api/v1/token")), &input);
        assert_eq!(request.body, None);
    }

    #[test]
    fn credentials_that_cannot_be_sent_are_refused() {
        for (client_id, client_secret, field) in
            [("", "secret", "`clientId`"), ("id", "", "`clientSecret`"), ("i:d", "secret", "`clientId`")]
        {
            let input = Input { client_id: client_id.into(), client_secret: client_secret.into() };
            let error = checked_request(&tenant(None), &input).unwrap_err();
            assert!(error.kind == ErrorKind::Invalid && error.message.starts_with(field), "{error}");
        }
        let input = Input { client_id: "id".into(), client_secret: "s:cret".into() };
        assert_eq!(checked_request(&tenant(None), &input), Ok(request(&tenant(None), &input)));
    }

    #[test]
    fn answers_are_read_and_failures_named() {
        let body = r#"{"token_type":"Bearer","expires_in":900,"access_token":"abc","scope":"service:integration"}"#;
        assert!(answer(200, body).is_ok_and(|token| token.access_token == "abc" && token.expires_in_seconds == 900));
        for (expires_in, seconds) in [(r#""300""#, 300), ("60", 60), ("null", 900), (r#""soon""#, 900)] {
            let body = format!(r#"{{"access_token":"abc","expires_in":{expires_in}}}"#);
            assert!(answer(200, &body).is_ok_and(|token| token.expires_in_seconds == seconds), "{expires_in}");
        }
        for (status, body, kind) in [
            (400, r#"{"error":"invalid_client"}"#, ErrorKind::Authentication),
            (400, r#"{"error":"invalid_scope"}"#, ErrorKind::Invalid),
            (200, r#"{"access_token":""}"#, ErrorKind::Malformed),
            (401, r#"{"error":"invalid_client"}"#, ErrorKind::Authentication),
            (200, "<html>login</html>", ErrorKind::Malformed),
            (200, "", ErrorKind::Malformed),
            (200, "{}", ErrorKind::Malformed),
            (503, "", ErrorKind::Server),
        ] {
            assert_eq!(answer(status, body).err().map(|error| error.kind), Some(kind), "{status} {body}");
        }
    }
}
