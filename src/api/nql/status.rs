//! `GET /api/v1/nql/status/{exportId}`
//!
//! How far an export is. 206 says that the licence allows no more rows than the file has; 429 that the day's exports
//! are used up, with the time until which to wait. <https://docs.nexthink.com/api/nql>

use crate::api::answer::{body, text};
use crate::api::http::{Request, Response};
use crate::api::limits::Limits;
use crate::api::percent::push_component;
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::record;

/// What errors call this operation.
pub const OPERATION: &str = "nql.status";

record! {
    strict
    /// Which export.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "NqlExportId"))]
    pub struct Input {
        /// What `nql.export` gave.
        pub export_id: String,
    }
}

record! {
    lenient
    /// How far an export is.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[cfg_attr(test, ts(rename = "NqlExportStatus"))]
    pub struct Output {
        /// `SUBMITTED`, `IN_PROGRESS`, `COMPLETED`, `ERROR`, or another word of a later version.
        pub status: String,
        /// Where the file is, for 15 minutes, once it is there; it may be late. The address is signed: whoever has it
        /// has the rows, and storage refuses an Authorization header beside the signature.
        pub results_file_url: Option<String>,
        /// Why there will be no file.
        pub error_description: Option<String>,
        /// Whether rows are missing because the licence allows no more.
        pub truncated: bool,
    }
}

/// # Errors
/// `invalid` without an export ID, or where it would change the address's path.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    let mut limits = Limits::default();
    limits.filled("exportId", &input.export_id);
    // Percent-encoding leaves dots alone, and these two stand for other folders.
    limits.hold("exportId", !matches!(input.export_id.as_str(), "." | ".."), "is made of dots only");
    limits.finish()?;
    let mut url = tenant.api("/api/v1/nql/status/");
    push_component(&input.export_id, &mut url);
    Ok(Request::get_json(url))
}

/// # Errors
/// `not-found` where there is no such export; `rate-limited` where the day's exports are used up; `malformed` without
/// a status. An export that failed is no error of this call.
pub fn parse(response: &Response) -> Result<Output, NexthinkError> {
    let body = body(OPERATION, response)?;
    let status = text(&body, "status")
        .ok_or_else(|| NexthinkError::malformed(OPERATION, response, "it does not say how far the export is"))?;
    Ok(Output {
        status,
        results_file_url: text(&body, "resultsFileUrl"),
        error_description: text(&body, "errorDescription"),
        truncated: response.status == 206,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::ErrorKind;

    fn built(export_id: &str) -> Result<Request, NexthinkError> {
        let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
        request(&tenant, &Input { export_id: export_id.into() })
    }

    fn answer(status: u16, body: &str) -> Result<Output, NexthinkError> {
        parse(&Response { status, headers: vec![], body: body.into() })
    }

    #[test]
    fn the_export_is_one_component_of_the_path() {
        let request = built("../nql/a b#c").unwrap();
        assert_eq!(request.url, "https://acme.api.eu.nexthink.cloud/api/v1/nql/status/..%2Fnql%2Fa%20b%23c");
        assert_eq!((request.method.word(), request.body.as_deref()), ("GET", None));
        for id in ["", ".", ".."] {
            assert_eq!(built(id).unwrap_err().kind, ErrorKind::Invalid, "{id}");
        }
    }

    #[test]
    fn every_stage_is_told_as_the_tenant_tells_it() {
        for (status, body, word, url, truncated) in [
            (200, r#"{"status":"SUBMITTED","resultsFileUrl":null,"errorDescription":null}"#, "SUBMITTED", None, false),
            (200, r#"{"status":"COMPLETED","resultsFileUrl":"https://x/y"}"#, "COMPLETED", Some("https://x/y"), false),
            (206, r#"{"status":"COMPLETED","resultsFileUrl":"https://x/y"}"#, "COMPLETED", Some("https://x/y"), true),
            (200, r#"{"status":"COMPLETED","resultsFileUrl":""}"#, "COMPLETED", None, false),
            (200, r#"{"status":"PAUSED"}"#, "PAUSED", None, false),
        ] {
            let output = answer(status, body).unwrap();
            assert_eq!(output.status, word, "{body}");
            assert_eq!((output.results_file_url.as_deref(), output.truncated), (url, truncated), "{body}");
        }
        let failed = answer(200, r#"{"status":"ERROR","errorDescription":"too big"}"#).unwrap();
        assert_eq!(failed.error_description.as_deref(), Some("too big"));
    }

    #[test]
    fn a_daily_limit_says_until_when_to_wait() {
        let headers = vec![("retry-after".to_owned(), "Sun, 06 Nov 1994 08:49:37 GMT".to_owned())];
        let error = parse(&Response { status: 429, headers, body: vec![] }).unwrap_err();
        assert_eq!((error.kind, error.retry_after_ms), (ErrorKind::RateLimited, None));
        assert_eq!(error.waits_from(784_111_777_000 - 60_000).retry_after_ms, Some(60_000));
    }

    #[test]
    fn what_is_no_answer_is_malformed() {
        for body in ["", "{}", "[]", r#"{"status":null}"#, "<html>", "{\"status\":\"COMP"] {
            assert_eq!(answer(200, body).unwrap_err().kind, ErrorKind::Malformed, "{body}");
        }
        assert_eq!(answer(404, "").unwrap_err().kind, ErrorKind::NotFound);
    }
}
