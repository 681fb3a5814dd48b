//! The one error of the package, and the shapes in which Nexthink reports its own.
//! `kind` and `sideEffect` are for programs, `message` and `hint` for the person who reads them.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};

use super::answer::whole_number_of;
use super::http::Response;
use super::http_date;
use crate::json::{Json, Write, write_fields};

pub use super::error_kind::{ErrorKind, SideEffect};

/// Any failure. The message never holds a secret, a token or a parameter's value.
///
/// Behind a pointer, because nearly every function can give one: by value it made the module a tenth larger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NexthinkError(Box<ErrorDetails>);

/// What an error says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields, rename_all = "camelCase"))]
pub struct ErrorDetails {
    /// What went wrong, for programs.
    pub kind: ErrorKind,
    /// What went wrong and where, in one sentence.
    pub message: Cow<'static, str>,
    /// What to do next, in one sentence.
    pub hint: Cow<'static, str>,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The tenant's own error code; ours, which begins with `webhook-`, of a webhook that is not taken.
    pub code: Option<Box<str>>,
    /// The tenant's own words. They may repeat what was sent, so they stay out of the message and of logs.
    pub detail: Option<Box<str>>,
    /// The tenant's name for the request, for its support.
    pub request_id: Option<Box<str>>,
    /// How long the tenant asks to wait.
    pub retry_after_ms: Option<u32>,
    /// The same as the tenant wrote it. A date says nothing without a clock, so it stays here until `waits_from`.
    #[cfg_attr(test, ts(skip))]
    pub retry_after: Option<Box<str>>,
    /// Whether the same call can succeed later without a change. Never true where a side effect may have happened.
    pub retryable: bool,
    /// Whether something happened in the tenant all the same.
    pub side_effect: SideEffect,
}

impl NexthinkError {
    /// An error with the usual hint of its kind, and no side effect.
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self::from_parts(kind, message.into())
    }

    #[inline(never)]
    fn from_parts(kind: ErrorKind, message: Cow<'static, str>) -> Self {
        Self(Box::new(ErrorDetails {
            kind,
            message,
            hint: Cow::Borrowed(kind.hint()),
            status: None,
            code: None,
            detail: None,
            request_id: None,
            retry_after_ms: None,
            retry_after: None,
            retryable: kind.retryable(),
            side_effect: SideEffect::None,
        }))
    }

    /// The caller's input breaks a rule.
    pub fn invalid(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Invalid, message)
    }

    /// The same error with a hint of its own.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.hint = hint.into();
        self
    }

    /// No answer came to a request that may have reached the tenant. For hosts: what failed before anything was sent
    /// is `new`.
    pub fn lost(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::new(kind, message);
        error.side_effect = SideEffect::Unknown;
        error
    }

    /// The same error of a call that only reads: nothing can have happened.
    #[must_use]
    pub fn of_read(mut self) -> Self {
        self.side_effect = SideEffect::None;
        self
    }

    /// The same error of a call that changes something: what was sent must not be sent again blindly.
    /// An answer of 4xx means that nothing was accepted; after any other, or none, nobody knows, and `if_unknown` says
    /// where to look.
    #[must_use]
    pub fn of_side_effect(mut self, if_unknown: &'static str) -> Self {
        let lost = match self.status {
            Some(status) => !(400..500).contains(&status) || status == 408,
            None => self.kind == ErrorKind::Malformed || self.side_effect == SideEffect::Unknown,
        };
        if lost {
            self.side_effect = SideEffect::Unknown;
            self.retryable = false;
            self.hint = Cow::Borrowed(if_unknown);
        }
        self
    }

    /// The same error, its date until which to wait counted from now, in milliseconds since the epoch.
    #[must_use]
    pub fn waits_from(mut self, now: i64) -> Self {
        if let (None, Some(date)) = (self.retry_after_ms, &self.retry_after) {
            self.retry_after_ms = http_date::milliseconds_until(date, now);
        }
        self
    }

    /// The answer of `operation` is not what the API documents.
    pub(crate) fn malformed(operation: &str, response: &Response, reason: &str) -> Self {
        let reason = match response.body.trim_ascii_start().first() {
            None => "the body is empty",
            Some(b'<') => "the body is an HTML page instead of JSON",
            Some(_) => reason,
        };
        let message = format!("the answer to {operation} cannot be read: {reason}");
        Self::of_answer(ErrorKind::Malformed, message, response)
    }

    fn of_answer(kind: ErrorKind, message: String, response: &Response) -> Self {
        let mut error = Self::new(kind, message);
        error.status = (response.status != 0).then_some(response.status);
        error.request_id = response.header("x-request-id").map(Into::into);
        error
    }

    /// What an answer other than 2xx means. Reads the shapes that Nexthink's APIs share: `{message, code, source}`,
    /// `{code, message}`, `{code, details}`, OAuth's `{error, error_description}`, and none at all.
    pub(crate) fn from_response(operation: &str, response: &Response) -> Self {
        let body = Json::parse(&response.body).unwrap_or_default();
        let text = |name: &str| body.get(name).and_then(Json::as_text).map(Into::into);
        let kind = match response.status {
            400 if body.get("error").and_then(Json::as_text) == Some("invalid_client") => ErrorKind::Authentication,
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
            status => format!("{operation} was answered with status {}", usize::from(status)),
        };
        let mut error = Self::of_answer(kind, message, response);
        // A number in the NQL API, text in the others.
        let code = body.get("code").unwrap_or(&Json::Null);
        error.code = match code {
            Json::Number(_) => Some(code.to_text().into()),
            _ => text("code").or_else(|| text("error")),
        };
        error.detail = text("message").or_else(|| text("details")).or_else(|| text("error_description"));
        let retry_after = response.header("retry-after");
        error.retry_after_ms = retry_after.and_then(seconds_to_wait);
        error.retry_after = retry_after.map(Into::into);
        error
    }
}

/// How long an answer asks to wait, in milliseconds from now: `Retry-After`, in seconds or as a date.
pub fn asked_pause(response: &Response, now: i64) -> Option<u32> {
    let retry_after = response.header("retry-after")?;
    seconds_to_wait(retry_after).or_else(|| http_date::milliseconds_until(retry_after, now))
}

/// Milliseconds, where `Retry-After` says seconds.
fn seconds_to_wait(retry_after: &str) -> Option<u32> {
    whole_number_of(retry_after).map(|seconds| seconds.saturating_mul(1_000))
}

impl Deref for NexthinkError {
    type Target = ErrorDetails;

    fn deref(&self) -> &ErrorDetails {
        &self.0
    }
}

impl DerefMut for NexthinkError {
    fn deref_mut(&mut self) -> &mut ErrorDetails {
        &mut self.0
    }
}

impl fmt::Display for NexthinkError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.message, self.hint)
    }
}

impl std::error::Error for NexthinkError {}

impl Write for NexthinkError {
    fn write(&self) -> Json {
        write_fields(
            &[
                "kind",
                "message",
                "hint",
                "status",
                "code",
                "detail",
                "requestId",
                "retryAfterMs",
                "retryable",
                "sideEffect",
            ],
            &[
                &self.kind,
                &self.message,
                &self.hint,
                &self.status,
                &self.code,
                &self.detail,
                &self.request_id,
                &self.retry_after_ms,
                &self.retryable,
                &self.side_effect,
            ],
        )
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
            (r#"{"error":"invalid_scope","error_description":"d"}"#, Some("invalid_scope"), Some("d")),
            (r#"{"message":"m"}"#, None, Some("m")),
            (r#"{"code":null,"message":null}"#, None, None),
            (r#"{"code":{"a":1},"details":["d"]}"#, None, None),
            (r#"{"status":400,"error":"Bad Request","path":"/x"}"#, Some("Bad Request"), None),
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
    fn wrong_credentials_are_told_from_another_bad_request_of_the_token_endpoint() {
        assert_eq!(error(400, r#"{"error":"invalid_client"}"#).kind, ErrorKind::Authentication);
        assert_eq!(error(400, r#"{"error":"invalid_request"}"#).kind, ErrorKind::Invalid);
    }

    #[test]
    fn a_time_to_wait_is_told_in_milliseconds_whether_it_came_in_seconds_or_as_a_date() {
        let now = 784_111_777_000;
        for (header, at_once, later) in [
            ("3", Some(3_000), Some(3_000)),
            (" 86400 ", Some(86_400_000), Some(86_400_000)),
            ("4294967295", Some(u32::MAX), Some(u32::MAX)),
            ("Sun, 06 Nov 1994 08:50:07 GMT", None, Some(30_000)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", None, Some(0)),
            ("-3", None, None),
            ("soon", None, None),
            ("", None, None),
        ] {
            let headers = vec![("Retry-After".to_owned(), header.to_owned())];
            let error = NexthinkError::from_response("nql.status", &Response { status: 429, headers, body: vec![] });
            assert_eq!(error.retry_after_ms, at_once, "{header}");
            assert_eq!(error.waits_from(now).retry_after_ms, later, "{header}");
        }
    }

    #[test]
    fn a_pause_is_asked_for_in_seconds_or_as_a_date() {
        let asked = |value: &str| {
            let headers = vec![("retry-after".to_owned(), value.to_owned())];
            asked_pause(&Response { status: 503, headers, body: vec![] }, 784_111_777_000)
        };
        assert_eq!(asked("2"), Some(2_000));
        assert_eq!(asked("Sun, 06 Nov 1994 08:50:07 GMT"), Some(30_000));
        assert_eq!(asked("soon"), None);
    }

    #[test]
    fn where_to_look_is_said_only_where_nobody_knows() {
        let hint = |status: u16| error(status, "").of_side_effect("look there").hint.clone();
        assert_eq!(hint(502), "look there");
        assert_eq!(hint(403), ErrorKind::Permission.hint());
    }

    #[test]
    fn the_tenants_words_stay_out_of_the_message() {
        let error = error(400, r#"{"code":"x","message":"unknown user jdoe"}"#);
        assert!(!error.to_string().contains("jdoe"), "{error}");
    }

    #[test]
    fn only_4xx_says_that_nothing_was_accepted() {
        for (status, side_effect) in [
            (400, SideEffect::None),
            (429, SideEffect::None),
            (408, SideEffect::Unknown),
            (502, SideEffect::Unknown),
            (0, SideEffect::Unknown),
        ] {
            let error = error(status, "").of_side_effect("look there");
            assert_eq!(error.side_effect, side_effect, "{status}");
            assert!(!error.retryable || side_effect == SideEffect::None);
        }
        let unsent = NexthinkError::new(ErrorKind::Aborted, "cancelled").of_side_effect("look there");
        assert_eq!(unsent.side_effect, SideEffect::None);
        let lost = NexthinkError::lost(ErrorKind::Network, "reset");
        assert_eq!(lost.clone().of_side_effect("look there").side_effect, SideEffect::Unknown);
        assert_eq!(lost.of_read().side_effect, SideEffect::None);
    }
}
