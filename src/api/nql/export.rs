//! `POST /api/v1/nql/export`
//!
//! Starts a saved query whose rows become a CSV file; `status` tells when it is there. Reads only: an export that
//! nobody fetches changes nothing, but each counts against the tenant's daily limit.
//! <https://docs.nexthink.com/api/nql>

use super::{query_id, utc_times};
use crate::api::answer::{body, text};
use crate::api::http::{Request, Response};
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::{Map, Write, record, words};

/// What errors call this operation.
pub const OPERATION: &str = "nql.export";

record! {
    strict
    /// Which query, with what, and how its file is packed.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "NqlExport"))]
    pub struct Input {
        /// The ID of the saved query, with its `#`.
        pub query_id: String,
        /// A value for each `$name` of the query, without the `$`. Values are text.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub parameters: Map<String>,
        /// How the file is packed; not at all where it is not said.
        pub compression: Option<Compression>,
    }
}

words! {
    /// How the file of an export is packed.
    #[cfg_attr(test, ts(rename = "NqlCompression"))]
    pub enum Compression {
        /// Not at all.
        None = "NONE",
        /// RFC 1952; every runtime can unpack it.
        Gzip = "GZIP",
        /// RFC 8878.
        Zstd = "ZSTD",
    }
}

record! {
    lenient
    /// The export has begun.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[cfg_attr(test, ts(rename = "StartedNqlExport"))]
    pub struct Output {
        /// What `nql.status` asks for.
        pub export_id: String,
    }
}

/// # Errors
/// `invalid` where the query ID is not `#` and 2 to 255 of `a-z`, `0-9` and `_`.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    query_id::check(&input.query_id)?;
    let mut request = Request::post_json(tenant.api("/api/v1/nql/export"), &input.write());
    request.headers.push(utc_times());
    Ok(request)
}

/// # Errors
/// `not-found` where there is no such query or the credentials may not use it; `malformed` without an export ID.
pub fn parse(response: &Response) -> Result<Output, NexthinkError> {
    text(&body(OPERATION, response)?, "exportId")
        .map(|export_id| Output { export_id })
        .ok_or_else(|| NexthinkError::malformed(OPERATION, response, "it holds no export ID"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::{ErrorKind, SideEffect};
    use crate::json::{Json, Read};

    fn built(input: &str) -> Result<Request, NexthinkError> {
        let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
        request(&tenant, &Input::read(Json::parse(input.as_bytes()).unwrap()).unwrap())
    }

    #[test]
    fn the_request_is_the_documented_one() {
        let request = built(r##"{"queryId":"#my_query","parameters":{"a":"b"},"compression":"GZIP"}"##).unwrap();
        assert_eq!(request.url, "https://acme.api.eu.nexthink.cloud/api/v1/nql/export");
        assert_eq!(
            request.body.as_deref(),
            Some(r##"{"queryId":"#my_query","parameters":{"a":"b"},"compression":"GZIP"}"##)
        );
        let request = built(r##"{"queryId":"#my_query"}"##).unwrap();
        assert_eq!(request.body.as_deref(), Some(r##"{"queryId":"#my_query","parameters":{}}"##));
        assert_eq!(built(r#"{"queryId":"my_query"}"#).unwrap_err().kind, ErrorKind::Invalid);
    }

    #[test]
    fn without_an_export_id_an_answer_is_malformed() {
        let answer = |status, body: &str| parse(&Response { status, headers: vec![], body: body.into() });
        assert_eq!(answer(200, r#"{"exportId":"e1"}"#).unwrap().export_id, "e1");
        assert_eq!(answer(200, r#"{"exportId":17}"#).unwrap().export_id, "17");
        for (status, body, kind) in [
            (200, r#"{"exportId":""}"#, ErrorKind::Malformed),
            (200, r#"{"exportId":null}"#, ErrorKind::Malformed),
            (200, "<html>", ErrorKind::Malformed),
            (200, "", ErrorKind::Malformed),
            (404, r#"{"message":"m","code":100}"#, ErrorKind::NotFound),
            (503, "", ErrorKind::Server),
        ] {
            let error = answer(status, body).unwrap_err();
            assert_eq!((error.kind, error.side_effect), (kind, SideEffect::None), "{status} {body}");
        }
    }
}
