//! The one error of the package, and the shapes in which Nexthink reports its own.
//! `kind` and `sideEffect` are for programs, `message` and `hint` for the person who reads them.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};

use super::http::Response;
use crate::json::{Json, Write, words, write_fields};

words! {
    /// What went wrong, in one word.
    pub enum ErrorKind {
        /// The credentials or the token were not accepted.
        Authentication = "authentication",
        /// The credentials lack a permission.
        Permission = "permission",
        /// There is no such query, remote action, device or playbook.
        NotFound = "not-found",
        /// The caller's input breaks a rule.
        Invalid = "invalid",
        /// The tenant wants fewer calls.
        RateLimited = "rate-limited",
        /// No answer in time.
        Timeout = "timeout",
        /// The caller cancelled.
        Aborted = "aborted",
        /// The tenant could not be reached.
        Network = "network",
        /// The tenant failed.
        Server = "server",
        /// The answer is not what the API documents.
        Malformed = "malformed",
        /// A guard rail of this client forbids it.
        Refused = "refused",
        /// The proposal's token is not a valid consent.
        Consent = "consent",
        /// A fault of this package.
        Internal = "internal",
    }
}

words! {
    /// Whether something happened in the tenant although the call failed.
    pub enum SideEffect {
        /// Nothing was sent, or it was refused.
        None = "none",
        /// It happened.
        Done = "done",
        /// It was sent and no answer came: look before acting again.
        Unknown = "unknown",
    }
}

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
    /// The tenant's own error code.
    pub code: Option<Box<str>>,
    /// The tenant's own words. They may repeat what was sent, so they stay out of the message and of logs.
    pub detail: Option<Box<str>>,
    /// The tenant's name for the request, for its support.
    pub request_id: Option<Box<str>>,
    /// How long the tenant asks to wait.
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
                "check that the client ID and secret are right and belong to this instance and region"
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
            Self::Refused => "see `readOnly` and `allowedRemoteActions`",
            Self::Consent => "propose again and ask the employee again",
            Self::Internal => "please report this message: it is a fault of nexthink-chatbot",
        }
    }

    const fn retryable(self) -> bool {
        matches!(self, Self::RateLimited | Self::Timeout | Self::Network | Self::Server)
    }
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
    /// An answer of 4xx means that nothing was accepted; after any other, or none, nobody knows.
    #[must_use]
    pub fn of_side_effect(mut self) -> Self {
        let lost = match self.status {
            Some(status) => !(400..500).contains(&status) || status == 408,
            None => self.kind == ErrorKind::Malformed || self.side_effect == SideEffect::Unknown,
        };
        if lost {
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
        let mut error = Self::new(ErrorKind::Malformed, format!("the answer to {operation} cannot be read: {reason}"));
        error.status = Some(response.status);
        error.request_id = response.header("x-request-id").map(Into::into);
        error
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
            status => format!("{operation} was answered with status {}", usize::from(status)),
        };
        let body = Json::parse(&response.body).unwrap_or_default();
        let text = |name: &str| body.get(name).and_then(Json::as_text).map(Into::into);
        let retry_after = response.header("retry-after").and_then(|seconds| seconds.trim().parse::<u32>().ok());
        let mut error = Self::new(kind, message);
        error.status = (response.status != 0).then_some(response.status);
        // A number in the NQL API, text in the others.
        error.code = text("code").or_else(|| Some(body.get("code")?.to_text().into())).or_else(|| text("error"));
        error.detail = text("message").or_else(|| text("details")).or_else(|| text("error_description"));
        error.request_id = response.header("x-request-id").map(Into::into);
        error.retry_after_ms = retry_after.map(|seconds| seconds.saturating_mul(1_000));
        error
    }
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
                "request_id",
                "retry_after_ms",
                "retryable",
                "side_effect",
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
        for (status, side_effect) in [
            (400, SideEffect::None),
            (429, SideEffect::None),
            (408, SideEffect::Unknown),
            (502, SideEffect::Unknown),
            (0, SideEffect::Unknown),
        ] {
            let error = error(status, "").of_side_effect();
            assert_eq!(error.side_effect, side_effect, "{status}");
            assert!(!error.retryable || side_effect == SideEffect::None);
        }
        let unsent = NexthinkError::new(ErrorKind::Aborted, "cancelled").of_side_effect();
        assert_eq!(unsent.side_effect, SideEffect::None);
        let lost = NexthinkError::lost(ErrorKind::Network, "reset");
        assert_eq!(lost.clone().of_side_effect().side_effect, SideEffect::Unknown);
        assert_eq!(lost.of_read().side_effect, SideEffect::None);
    }
}
