//! A request to what this package does not cover: any path of the tenant's API host, and nothing else.

use super::http::{Method, Request, Response};
use super::limits::Limits;
use super::percent::push_component;
use super::problem::{ErrorKind, NexthinkError};
use super::remote_actions::execute;
use super::tenant::Tenant;
use crate::json::{Json, Map, record};

/// What errors call it.
pub const OPERATION: &str = "request";

/// Where to look when nobody knows whether it was accepted.
pub const IF_UNKNOWN: &str = "it may have happened: look in the tenant before acting again";

record! {
    strict
    /// A request to a path of the API.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "UncoveredRequest"))]
    pub struct Input {
        /// The method. `GET` is taken to read, and sent again where that helps; all others are sent once.
        pub method: Method,
        /// The path on the API host, such as `/api/v1/act/remote-action`, percent-encoded where it needs to be.
        pub path: String,
        /// A value for each parameter of the query, unencoded.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub query: Map<String>,
        /// The body, sent as JSON.
        pub body: Option<Json>,
    }
}

record! {
    lenient
    /// What was answered.
    #[derive(Debug, Clone, PartialEq)]
    #[cfg_attr(test, ts(rename = "UncoveredAnswer"))]
    pub struct Output {
        /// The HTTP status, from 200 to 299.
        pub status: u32,
        /// The body: its JSON, its text where it is none, `null` where it is empty.
        pub body: Json,
    }
}

/// # Errors
/// `invalid` where the path could lead elsewhere, or a `GET` has a body; `refused` for the path that triggers remote
/// actions, which has guard rails of its own.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    let mut limits = Limits::default();
    limits.hold("path", is_path(&input.path), NO_PATH);
    let has_body_of_a_get = input.method == Method::Get && input.body.is_some();
    limits.hold("body", !has_body_of_a_get, "does not go with `GET`");
    limits.finish()?;
    if input.path.trim_end_matches('/').eq_ignore_ascii_case(execute::PATH) {
        let message = "`request` triggers no remote actions: it would pass by the guard rails";
        return Err(NexthinkError::new(ErrorKind::Refused, message).hint("use `remoteActions.execute`"));
    }
    let mut url = tenant.api(&input.path);
    for (position, (name, value)) in input.query.iter().enumerate() {
        url.push(if position == 0 { '?' } else { '&' });
        push_component(name, &mut url);
        url.push('=');
        push_component(value, &mut url);
    }
    Ok(Request {
        method: input.method,
        ..match &input.body {
            Some(body) => Request::post_json(url, body),
            None => Request::get_json(url),
        }
    })
}

/// # Errors
/// What a status other than 2xx means; `malformed` where the body is neither JSON nor text.
pub fn parse(response: &Response) -> Result<Output, NexthinkError> {
    if !(200..300).contains(&response.status) {
        return Err(NexthinkError::from_response(OPERATION, response));
    }
    let says = |kind: &str| {
        response
            .header("content-type")
            .is_some_and(|value| value.as_bytes().windows(kind.len()).any(|part| part == kind.as_bytes()))
    };
    let text = std::str::from_utf8(&response.body).ok();
    let body = match (Json::parse(&response.body), text) {
        (Some(json), _) => json,
        (None, Some("")) => Json::Null,
        // A page comes from a proxy, and half of a JSON text is none.
        (None, Some(text)) if !says("json") && !says("html") => text.into(),
        _ => return Err(NexthinkError::malformed(OPERATION, response, "it is neither whole JSON nor text in UTF-8")),
    };
    Ok(Output { status: response.status.into(), body })
}

const NO_PATH: &str = "is not a path such as /api/v1/act/remote-action: it begins with one slash, has no empty, `.` or `..` \
    parts, no query, and encodes with % what has to be and nothing else";

/// A path that every server reads as the same: nothing in it stands for something else.
fn is_path(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else { return false };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    for part in rest.split('/') {
        if matches!(part, "" | "." | "..") {
            return false;
        }
        let mut pieces = part.split('%');
        let plain = |piece: &str| piece.bytes().all(|byte| is_unreserved(byte) || b"!$&'()*+,=:@".contains(&byte));
        if !pieces.next().is_some_and(plain) {
            return false;
        }
        for piece in pieces {
            let Some((digits, piece)) = piece.split_at_checked(2) else { return false };
            let Ok(byte) = u8::from_str_radix(digits, 16) else { return false };
            // `%2e` may be read as a dot, and `%2f` as a slash.
            if digits.starts_with('+') || is_unreserved(byte) || matches!(byte, b'/' | b'\\') || !plain(piece) {
                return false;
            }
        }
    }
    true
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Read, Write};

    fn built(input: &str) -> Result<Request, NexthinkError> {
        let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
        request(&tenant, &Input::read(Json::parse(input.as_bytes()).unwrap()).unwrap())
    }

    #[test]
    fn the_request_is_what_was_asked_for() {
        let request =
            built(r##"{"method":"GET","path":"/api/v1/act/remote-action/details","query":{"nql-id":"#a&b"}}"##);
        let request = request.unwrap();
        assert_eq!(request.url, "https://acme.api.eu.nexthink.cloud/api/v1/act/remote-action/details?nql-id=%23a%26b");
        assert_eq!((request.method, request.body), (Method::Get, None));
        let request = built(r#"{"method":"DELETE","path":"/api/v9/things/%C3%A9"}"#).unwrap();
        assert_eq!((request.method, request.body), (Method::Delete, None));
        let request = built(r#"{"method":"PUT","path":"/x","query":{"a":"1","b":""},"body":{"c":[1]}}"#).unwrap();
        assert!(request.url.ends_with("/x?a=1&b="));
        assert_eq!(
            (request.header("content-type"), request.body.as_deref()),
            (Some("application/json"), Some(r#"{"c":[1]}"#))
        );
    }

    #[test]
    fn a_path_leads_nowhere_else() {
        for path in [
            "",
            "/",
            "//evil.example/x",
            "https://evil.example/",
            "api/v1",
            "/a//b",
            "/a/../b",
            "/./a",
            "/a/.",
            "/a/%2e%2e/b",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "/a?b=c",
            "/a#b",
            "/a b",
            "/a%",
            "/a%2",
            "/a%zz",
            "/a%+1",
            "/%61pi",
            "/a;b",
            "/a\r\n",
            "/é",
            "@evil.example/",
            "/a//",
        ] {
            let error =
                built(&Json::Object(vec![("method".into(), "GET".into()), ("path".into(), path.into())]).to_text())
                    .unwrap_err();
            assert_eq!(error.kind, ErrorKind::Invalid, "{path}");
        }
        for path in ["/a", "/a/", "/api/v1/things/a%20b", "/a:b/c@d/e,f", "/...", "/%25"] {
            assert!(is_path(path), "{path}");
        }
        assert_eq!(built(r#"{"method":"GET","path":"/a","body":{}}"#).unwrap_err().kind, ErrorKind::Invalid);
    }

    #[test]
    fn remote_actions_are_not_triggered_past_their_guard_rails() {
        for path in ["/api/v1/act/execute", "/api/v1/act/execute/", "/API/v1/Act/Execute"] {
            let error = built(&format!(r#"{{"method":"POST","path":"{path}","body":{{}}}}"#)).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Refused, "{path}");
        }
    }

    #[test]
    fn any_answer_that_is_good_is_given() {
        let answer = |status, body: &[u8]| parse(&Response { status, headers: vec![], body: body.to_vec() });
        for (body, json) in [(&b""[..], "null"), (b"{\"a\":1}", "{\"a\":1}"), (b"plain", "\"plain\""), (b"[]", "[]")] {
            assert_eq!(answer(202, body).unwrap().write().to_text(), format!("{{\"status\":202,\"body\":{json}}}"));
        }
        assert_eq!(answer(200, b"\xff").unwrap_err().kind, ErrorKind::Malformed);
        for (kind, body) in
            [("application/json", "{\"a\":"), ("application/problem+json", "x"), ("text/html", "<p>Sign in")]
        {
            let headers = vec![("content-type".to_owned(), kind.to_owned())];
            let error = parse(&Response { status: 200, headers, body: body.into() }).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Malformed, "{kind}");
        }
        for (status, kind) in [(404, ErrorKind::NotFound), (302, ErrorKind::Malformed), (500, ErrorKind::Server)] {
            assert_eq!(answer(status, b"").unwrap_err().kind, kind);
        }
    }
}
