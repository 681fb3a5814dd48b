//! HTTP as values: what is to be sent, and what came back. Sending is the host's affair.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::problem::{ErrorKind, NexthinkError};

/// The methods that Nexthink's APIs use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Reads.
    Get,
    /// Everything else.
    Post,
}

/// A request, ready to be sent by any HTTP client. It holds secrets, so it does not print itself.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The absolute address.
    pub url: String,
    /// Header fields, names in lower case.
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    #[serde(serialize_with = "as_object")]
    pub headers: Vec<(&'static str, String)>,
    /// The body, where there is one.
    #[cfg_attr(test, ts(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
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
    pub(super) fn post_json(url: String, body: &impl Serialize) -> Result<Self, NexthinkError> {
        let body = serde_json::to_string(body).map_err(|error| {
            NexthinkError::new(ErrorKind::Internal, format!("the request cannot be written: {error}"))
        })?;
        let headers = vec![("accept", "application/json".into()), ("content-type", "application/json".into())];
        Ok(Self { method: Method::Post, url, headers, body: Some(body) })
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

fn as_object<S: serde::Serializer>(headers: &[(&'static str, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(headers.iter().map(|(name, value)| (name, value)))
}
