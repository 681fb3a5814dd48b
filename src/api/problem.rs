//! The one error of the package, and the shapes in which Nexthink reports its own.
//! `kind` and `sideEffect` are for programs, `message` and `hint` for the person who reads them.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::http::Response;

/// What went wrong, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// The credentials or the token were not accepted.
    Authentication,
    /// The credentials lack a permission.
    Permission,
    /// There is no such query, remote action, device or playbook.
    NotFound,
    /// The caller's input breaks a rule.
    Invalid,
    /// The tenant wants fewer calls.
    RateLimited,
    /// No answer in time.
    Timeout,
    /// The caller cancelled.
    Aborted,
    /// The tenant could not be reached.
    Network,
    /// The tenant failed.
    Server,
    /// The answer is not what the API documents.
    Malformed,
    /// A guard rail of this client forbids it.
    Refused,
    /// The proposal's token is not a valid consent.
    Consent,
    /// A fault of this package.
    Internal,
}

/// Whether something happened in the tenant although the call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum SideEffect {
    /// Nothing was sent, or it was refused.
    None,
    /// It happened.
    Done,
    /// It was sent and no answer came: look before acting again.
    Unknown,
}

/// Any failure. The message never holds a secret, a token or a parameter's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields, rename = "ErrorDetails"))]
#[serde(rename_all = "camelCase")]
pub struct NexthinkError {
    /// What went wrong, for programs.
    pub kind: ErrorKind,
    /// What went wrong and where, in one sentence.
    pub message: Box<str>,
    /// What to do next, in one sentence.
    #[cfg_attr(test, ts(type = "string"))]
    pub hint: Cow<'static, str>,
    /// The HTTP status, where there was an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The tenant's own error code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Box<str>>,
    /// The tenant's own words. They may repeat what was sent, so they stay out of the message and of logs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Box<str>>,
    /// The tenant's name for the request, for its support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Box<str>>,
    /// How long the tenant asks to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(type = "number"))]
    pub retry_after_ms: Option<u32>,
    /// Whether the same call can succeed later without a change. Never true where a side effect may have happened.
    pub retryable: bool,
    /// Whether something happened in the tenant all the same.
    pub side_effect: SideEffect,
}

impl ErrorKind {
    const fn hint(self) -> &'static str {
        match self {
            Self::Authentication => {
                "check the client ID and secret of the API credentials, and that they belong to this instance and region"
            }
            Self::Permission => {
                "give the API credentials the permission for this API in the Nexthink administration, under API credentials"
            }
            Self::NotFound => {
                "check the ID; an object that the credentials may not use looks the same as one that does not exist"
            }
            Self::Invalid => "correct the input and call again",
            Self::RateLimited => "wait as long as `retryAfterMs` says, then call again",
            Self::Timeout => "call again later, or give a longer `timeoutMs`",
            Self::Aborted => "the caller's signal cancelled the call",
            Self::Network => {
                "check that the instance and region are right and that this machine may reach the tenant over HTTPS"
            }
            Self::Server => "call again in a minute; if it goes on, give the request ID to Nexthink's support",
            Self::Malformed => {
                "check `instance`, `region` and `apiUrl`: a proxy or a login page may have answered in the tenant's place"
            }
            Self::Refused => "a guard rail of this client forbids it: see `readOnly` and `allowedRemoteActions`",
            Self::Consent => "propose again and ask the employee again",
            Self::Internal => "this is a fault of nexthink-chatbot: please report it with this message",
        }
    }

    const fn retryable(self) -> bool {
        matches!(self, Self::RateLimited | Self::Timeout | Self::Network | Self::Server)
    }
}

impl NexthinkError {
    /// An error with the usual hint of its kind, and no side effect.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into().into(),
            hint: Cow::Borrowed(kind.hint()),
            status: None,
            code: None,
            detail: None,
            request_id: None,
            retry_after_ms: None,
            retryable: kind.retryable(),
            side_effect: SideEffect::None,
        }
    }

    /// The caller's input breaks a rule.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Invalid, message)
    }

    /// The same error with a hint of its own.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same error of a call that changes something: what was sent must not be sent again blindly.
    /// 4xx means that nothing was accepted; after anything else nobody knows.
    #[must_use]
    pub fn of_side_effect(mut self) -> Self {
        let refused = self.status.is_some_and(|status| (400..500).contains(&status) && status != 408);
        if !refused {
            self.side_effect = SideEffect::Unknown;
            self.retryable = false;
            self.hint =
                Cow::Borrowed("it may have happened: look at the remote action's executions before acting again");
        }
        self
    }

    /// The answer of `operation` is not what the API documents.
    pub(super) fn malformed(operation: &str, response: &Response, reason: &str) -> Self {
        let reason = match response.body.trim_ascii_start().first() {
            None => "the body is empty",
            Some(b'<') => "the body is an HTML page instead of JSON",
            Some(_) => reason,
        };
        Self {
            status: Some(response.status),
            request_id: response.header("x-request-id").map(Into::into),
            ..Self::new(ErrorKind::Malformed, format!("the answer to {operation} cannot be read: {reason}"))
        }
    }

    /// What an answer other than 2xx means. Reads all shapes that Nexthink documents: `{message, code, source}`,
    /// `{code, message}`, `{code, details}`, OAuth's `{error, error_description}`, and none at all.
    pub(super) fn from_response(operation: &str, response: &Response) -> Self {
        let kind = match response.status {
            401 => ErrorKind::Authentication,
            403 => ErrorKind::Permission,
            404 => ErrorKind::NotFound,
            408 => ErrorKind::Timeout,
            429 => ErrorKind::RateLimited,
            400..=499 => ErrorKind::Invalid,
            500..=599 => ErrorKind::Server,
            _ => ErrorKind::Malformed,
        };
        let message = match response.status {
            0 | 300..=399 => format!("{operation} was answered with a redirect, which is not followed"),
            status => format!("{operation} was answered with status {status}"),
        };
        let body: ErrorBody = serde_json::from_slice(&response.body).unwrap_or_default();
        let retry_after = response.header("retry-after").and_then(|seconds| seconds.trim().parse::<u32>().ok());
        Self {
            status: (response.status != 0).then_some(response.status),
            code: body.code.map(|code| code.into_text()).or(body.error),
            detail: body.message.or(body.details).or(body.error_description),
            request_id: response.header("x-request-id").map(Into::into),
            retry_after_ms: retry_after.map(|seconds| seconds.saturating_mul(1_000)),
            ..Self::new(kind, message)
        }
    }
}

impl fmt::Display for NexthinkError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.message, self.hint)
    }
}

impl std::error::Error for NexthinkError {}

/// Every documented error shape at once; each field is missing in some.
#[derive(Deserialize, Default)]
#[serde(default)]
struct ErrorBody {
    code: Option<Code>,
    message: Option<Box<str>>,
    details: Option<Box<str>>,
    error: Option<Box<str>>,
    error_description: Option<Box<str>>,
}

/// A number in the NQL API, text in the others.
#[derive(Deserialize)]
#[serde(untagged)]
enum Code {
    Number(i64),
    Text(Box<str>),
}

impl Code {
    fn into_text(self) -> Box<str> {
        match self {
            Self::Number(number) => number.to_string().into(),
            Self::Text(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, body: &str) -> NexthinkError {
        NexthinkError::from_response("nql.execute", &Response { status, headers: vec![], body: body.into() })
    }

    #[test]
    fn every_documented_error_shape_is_read() {
        for (body, code, detail) in [
            (r#"{"message":"no query","code":100,"source":"nql"}"#, Some("100"), Some("no query")),
            (r#"{"code":"invalid_devices","message":"unknown"}"#, Some("invalid_devices"), Some("unknown")),
            (r#"{"code":"x","details":"d"}"#, Some("x"), Some("d")),
            (r#"{"error":"invalid_client","error_description":"d"}"#, Some("invalid_client"), Some("d")),
            ("", None, None),
            ("<html>", None, None),
            ("\"text\"", None, None),
        ] {
            let error = error(400, body);
            assert_eq!((error.code.as_deref(), error.detail.as_deref()), (code, detail), "{body}");
            assert_eq!(error.kind, ErrorKind::Invalid);
        }
    }

    #[test]
    fn the_status_decides_the_kind() {
        for (status, kind) in [
            (0, ErrorKind::Malformed),
            (302, ErrorKind::Malformed),
            (401, ErrorKind::Authentication),
            (403, ErrorKind::Permission),
            (404, ErrorKind::NotFound),
            (406, ErrorKind::Invalid),
            (429, ErrorKind::RateLimited),
            (500, ErrorKind::Server),
            (503, ErrorKind::Server),
        ] {
            assert_eq!(error(status, "").kind, kind, "{status}");
        }
    }

    #[test]
    fn the_tenants_words_stay_out_of_the_message() {
        let error = error(400, r#"{"code":"x","message":"unknown user jdoe"}"#);
        assert!(!error.to_string().contains("jdoe"), "{error}");
    }

    #[test]
    fn only_4xx_says_that_nothing_was_accepted() {
        for (status, side_effect) in
            [(400, SideEffect::None), (429, SideEffect::None), (408, SideEffect::Unknown), (502, SideEffect::Unknown)]
        {
            let error = error(status, "").of_side_effect();
            assert_eq!(error.side_effect, side_effect, "{status}");
            assert!(!error.retryable || side_effect == SideEffect::None);
        }
    }
}
