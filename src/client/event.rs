//! What a client tells of its work: enough for logs, metrics and traces, and no personal data: no address, no
//! parameter, no body.

use crate::api::http::Response;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::json::{Json, Write, words, write_fields};

/// Something that happened during a call. Times are milliseconds, by the host's clock.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "ClientEvent", rename_all = "camelCase"))]
pub struct Event {
    /// Which of the client's calls; they are counted from 1.
    pub call: u32,
    /// The operation, such as `nql.execute`.
    pub operation: &'static str,
    /// What happened.
    #[cfg_attr(test, ts(flatten))]
    pub what: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(
    test,
    derive(ts_rs::TS),
    ts(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase", optional_fields)
)]
pub enum Happening {
    /// A request is sent.
    Request {
        /// Which attempt, from 1.
        attempt: u32,
    },
    /// An answer came, or none ever will.
    Response {
        /// Which attempt, from 1.
        attempt: u32,
        /// The HTTP status, where an answer came.
        status: Option<u16>,
        /// Why no answer came.
        error: Option<ErrorKind>,
        /// From sending to the end of the answer.
        duration_ms: u32,
        /// The size of the answer's body, where it has one that was read at once.
        bytes: Option<usize>,
        /// The tenant's name for the request.
        request_id: Option<Box<str>>,
    },
    /// The same will be sent again.
    Retry {
        /// Which attempt comes next.
        attempt: u32,
        /// The pause before it.
        wait_ms: u32,
    },
    /// A call has to wait before it is sent.
    RateLimit {
        /// For what.
        reason: LimitReason,
        /// For how long, where that is known.
        wait_ms: Option<u32>,
    },
    /// There is a new access token.
    Token {
        /// From where.
        source: TokenSource,
        /// For how long it holds, where that is known.
        expires_in_seconds: Option<u32>,
    },
    /// An export has gone on.
    Export {
        /// The tenant's name for it.
        export_id: Box<str>,
        /// The tenant's word for how far it is.
        status: Box<str>,
        /// Rows so far.
        rows: usize,
        /// Bytes of the file so far, unpacked.
        bytes: usize,
        /// Whether rows are missing because the tenant's licence allows no more.
        truncated: bool,
    },
}

words! {
    /// What a call waits for.
    pub enum LimitReason {
        /// The tenant has asked for a pause.
        Tenant = "tenant",
        /// `limits.concurrent` calls are under way.
        Concurrent = "concurrent",
        /// `limits.perSecond` calls were made.
        PerSecond = "per-second",
    }
}

words! {
    /// From where an access token is.
    pub enum TokenSource {
        /// The tenant, for the client's credentials.
        Credentials = "credentials",
        /// The client's `tokenProvider`.
        Provider = "provider",
        /// The client's `store`, where another process has put it.
        Store = "store",
    }
}

impl Happening {
    /// The outcome of an attempt, as it is told.
    pub(super) fn response(attempt: u32, outcome: &Result<Response, NexthinkError>, duration_ms: i64) -> Self {
        let answer = outcome.as_ref().ok();
        Self::Response {
            attempt,
            status: answer.map(|response| response.status),
            error: outcome.as_ref().err().map(|error| error.kind),
            duration_ms: u32::try_from(duration_ms).unwrap_or_default(),
            bytes: answer.map(|response| response.body.len()).filter(|bytes| *bytes > 0),
            request_id: answer.and_then(|response| response.header("x-request-id")).map(Into::into),
        }
    }
}

impl Write for Event {
    fn write(&self) -> Json {
        let (name, names, values): (&str, &[&str], &[&dyn Write]) = match &self.what {
            Happening::Request { attempt } => ("request", &["attempt"], &[attempt]),
            Happening::Response { attempt, status, error, duration_ms, bytes, request_id } => (
                "response",
                &["attempt", "status", "error", "durationMs", "bytes", "requestId"],
                &[attempt, status, error, duration_ms, bytes, request_id],
            ),
            Happening::Retry { attempt, wait_ms } => ("retry", &["attempt", "waitMs"], &[attempt, wait_ms]),
            Happening::RateLimit { reason, wait_ms } => ("rate-limit", &["reason", "waitMs"], &[reason, wait_ms]),
            Happening::Token { source, expires_in_seconds } => {
                ("token", &["source", "expiresInSeconds"], &[source, expires_in_seconds])
            }
            Happening::Export { export_id, status, rows, bytes, truncated } => (
                "export",
                &["exportId", "status", "rows", "bytes", "truncated"],
                &[export_id, status, rows, bytes, truncated],
            ),
        };
        let mut object = write_fields(&["type", "call", "operation"], &[&name, &self.call, &self.operation]);
        if let (Json::Object(fields), Json::Object(more)) = (&mut object, write_fields(names, values)) {
            fields.extend(more);
        }
        object
    }
}
