//! HTTP as values: what is to be sent, and what came back. Sending is the host's affair.

use std::fmt;

use crate::json::{Json, words};

words! {
    /// The methods that Nexthink's APIs use.
    pub enum Method {
        /// Reads.
        Get = "GET",
        /// Everything else.
        Post = "POST",
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

impl Request {
    /// A POST of JSON that asks for JSON.
    pub(super) fn post_json(url: String, body: &Json) -> Self {
        let headers = vec![("accept", "application/json".into()), ("content-type", "application/json".into())];
        Self { method: Method::Post, url, headers, body: Some(body.to_text()) }
    }

    /// The same request with an access token.
    #[must_use]
    pub fn authorized(mut self, access_token: &str) -> Self {
        self.headers.push(("authorization", format!("Bearer {access_token}")));
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
