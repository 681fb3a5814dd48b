//! HTTP as values: what is to be sent, and what came back. Sending is the host's affair.

use std::fmt;

use crate::json::{Json, Place, Read, Reader, Write, words, write_fields};

words! {
    /// Methods of HTTP. The operations that this package knows use the first two.
    #[cfg_attr(test, ts(rename = "HttpMethod"))]
    pub enum Method {
        /// Reads.
        Get = "GET",
        /// Everything else.
        Post = "POST",
        /// Puts something in a place.
        Put = "PUT",
        /// Changes a part of something.
        Patch = "PATCH",
        /// Deletes something.
        Delete = "DELETE",
    }
}

/// A request, ready to be sent by any HTTP client. It holds secrets, so it does not print itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The absolute address.
    pub url: String,
    /// Header fields, names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body, where there is one.
    pub body: Option<String>,
}

/// An answer as the host received it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// The status; 0 where the host hides a redirect that it did not follow.
    pub status: u16,
    /// The header fields of `READ_HEADERS` that were there, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

/// The header fields of an answer that are ever read: a host hands over these and no other.
pub const READ_HEADERS: [&str; 3] = ["content-type", "retry-after", "x-request-id"];

const AUTHORIZATION: &str = "authorization";

impl Request {
    /// A GET that asks for JSON.
    pub(super) fn get_json(url: String) -> Self {
        Self { method: Method::Get, url, headers: vec![("accept", "application/json".into())], body: None }
    }

    /// A POST of JSON that asks for JSON.
    pub(super) fn post_json(url: String, body: &Json) -> Self {
        Self::post_text(url, body.to_text())
    }

    /// The same with the JSON's text.
    pub(super) fn post_text(url: String, body: String) -> Self {
        let headers = vec![("accept", "application/json".into()), ("content-type", "application/json".into())];
        Self { method: Method::Post, url, headers, body: Some(body) }
    }

    /// The same request with an access token, in place of any that it had.
    #[must_use]
    pub fn authorized(mut self, access_token: &str) -> Self {
        let bearer = ["Bearer ", access_token].concat();
        match self.headers.iter_mut().find(|(name, _)| *name == AUTHORIZATION) {
            Some((_, value)) => *value = bearer,
            None => self.headers.push((AUTHORIZATION, bearer)),
        }
        self
    }

    /// A header field by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(field, _)| *field == name).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} {} (headers and body hidden)", self.method, self.url)
    }
}

impl Response {
    /// A header field by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// `{ method, url, headers, body }`, as an HTTP step of another program takes it. It holds secrets.
impl Write for Request {
    fn write(&self) -> Json {
        let mut headers = Vec::new();
        for (name, value) in &self.headers {
            headers.push(((*name).into(), value.as_str().into()));
        }
        let headers = Json::Object(headers);
        write_fields(&["method", "url", "headers", "body"], &[&self.method, &self.url, &headers, &self.body])
    }
}

/// `{ status, headers, body }`, as an HTTP step of another program gives it: names of headers in any case, the body
/// as text or, where the program has parsed it already, as its JSON.
impl Read for Response {
    fn read_at(json: Json, place: &mut Place) -> Self {
        let mut reader = Reader::new(json, place);
        let status: u32 = reader.take("status");
        let headers: Option<Json> = reader.take("headers");
        let body: Option<Json> = reader.take("body");
        drop(reader);
        let Ok(status) = u16::try_from(status) else {
            place.expected("an HTTP status");
            return Self::default();
        };
        let mut read = Vec::new();
        if let Some(Json::Object(fields)) = headers {
            for (name, value) in fields {
                let name = name.to_ascii_lowercase();
                if let (true, Some(value)) = (is_read(&name), value.as_text()) {
                    read.push((name, value.to_owned()));
                }
            }
        }
        let body = match body {
            None => Vec::new(),
            Some(Json::Text(text)) => text.into_string().into_bytes(),
            Some(parsed) => parsed.to_text().into_bytes(),
        };
        Self { status, headers: read, body }
    }
}

/// A host has a clock; who has only the answer reads the time from its `date`.
fn is_read(name: &str) -> bool {
    READ_HEADERS.contains(&name) || name == "date"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Response, String> {
        Response::read(Json::parse(text.as_bytes()).unwrap()).map_err(|mismatch| mismatch.to_string())
    }

    #[test]
    fn a_request_is_written_with_its_headers_as_an_object() {
        let get = Request::get_json("https://x/y".into()).authorized("t");
        let headers = r#"{"accept":"application/json","authorization":"Bearer t"}"#;
        assert_eq!(get.write().to_text(), format!(r#"{{"method":"GET","url":"https://x/y","headers":{headers}}}"#));
        let post = Request::post_json("https://x/y".into(), &Json::List(vec![]));
        assert_eq!(post.write().get("body"), Some(&"[]".into()));
    }

    #[test]
    fn a_response_is_read_whether_its_body_is_text_or_parsed() {
        let text = r#"{"status":200,"headers":{"X-Request-Id":"r","Set-Cookie":"s"},"body":"{\"a\":[1,\"é\"]}"}"#;
        let parsed = r#"{"status":200,"headers":{"x-request-id":"r","retry-after":3},"body":{"a":[1,"é"]},"ok":true}"#;
        let expected = Response {
            status: 200,
            headers: vec![("x-request-id".into(), "r".into())],
            body: r#"{"a":[1,"é"]}"#.into(),
        };
        assert_eq!(read(text), Ok(expected.clone()));
        assert_eq!(read(parsed), Ok(expected));
        let empty = Response { status: 204, ..Response::default() };
        assert_eq!(read(r#"{"status":204}"#), Ok(empty.clone()));
        assert_eq!(read(r#"{"status":204,"headers":null,"body":null}"#), Ok(empty));
    }

    #[test]
    fn what_is_no_response_is_named() {
        for (text, message) in [
            ("{}", "`status` is missing"),
            (r#"{"status":"200"}"#, "`status` is not a whole number"),
            (r#"{"status":70000}"#, "`it` is not an HTTP status"),
            ("1", "`it` is not an object"),
        ] {
            assert_eq!(read(text), Err(message.to_owned()), "{text}");
        }
    }
}
