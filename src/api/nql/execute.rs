//! `POST /api/v1/nql/execute`, `POST /api/v2/nql/execute`
//!
//! Executes a saved query; at most 1,000 rows come back, without a word about the rest.
//! <https://docs.nexthink.com/api/nql>

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::table::{Row, Table};
use crate::api::http::{Request, Response};
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;

/// What errors call this operation.
pub const OPERATION: &str = "nql.execute";

/// The tenant's silent limit.
const MAXIMUM_ROWS: usize = 1_000;

/// Which query, with what.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Input {
    /// The ID of the saved query, with its `#`.
    pub query_id: String,
    /// A value for each `$name` of the query, without the `$`. Values are text.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    /// Which of the two endpoints.
    #[serde(default)]
    pub version: Version,
}

/// The two endpoints: they differ in how they write the same rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Version {
    /// `headers` and arrays: shows the columns also where there is no row.
    #[serde(rename = "v1")]
    V1,
    /// Objects. Nexthink recommends it for chatbots.
    #[default]
    #[serde(rename = "v2")]
    V2,
}

/// What the query gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// The query's ID, as the tenant repeats it.
    pub query_id: String,
    /// The text that was executed.
    pub executed_query: String,
    /// When, as the tenant writes it; ISO 8601 without a zone in the documentation.
    pub executed_at: String,
    /// The rows.
    pub table: Table,
    /// Whether rows may be missing: the answer has as many as it can hold.
    pub truncated: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    query_id: &'a str,
    parameters: &'a BTreeMap<String, String>,
}

/// # Errors
/// `invalid` where the query ID is not `#` and 2 to 255 of `a-z`, `0-9` and `_`.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let name = input.query_id.strip_prefix('#').unwrap_or_default();
    if !(2..=255).contains(&name.len()) || !name.bytes().all(allowed) {
        let rule = "`queryId` is not `#` followed by 2 to 255 lower-case letters, digits and underscores";
        return Err(NexthinkError::invalid(rule).hint("copy the query ID from Administration, NQL API queries"));
    }
    let path = match input.version {
        Version::V1 => "/api/v1/nql/execute",
        Version::V2 => "/api/v2/nql/execute",
    };
    let body = Body { query_id: &input.query_id, parameters: &input.parameters };
    let mut request = Request::post_json(tenant.api(path), &body)?;
    // Otherwise times come in the tenant's own zone, and every age is wrong by hours.
    request.headers.push(("x-utc-times", "true".into()));
    Ok(request)
}

/// Reads the answer of either endpoint.
///
/// # Errors
/// `not-found` where there is no such query or the credentials may not use it; `malformed` where it is no answer
/// of this API.
pub fn parse(response: &Response) -> Result<Output, NexthinkError> {
    if response.status != 200 {
        return Err(NexthinkError::from_response(OPERATION, response));
    }
    let answer: Answer<'_> = serde_json::from_slice(&response.body)
        .map_err(|error| NexthinkError::malformed(OPERATION, response, &format!("{error}")))?;
    let table = Table::assemble(answer.headers, answer.data).ok_or_else(|| {
        NexthinkError::malformed(OPERATION, response, "a row has not as many cells as there are headers")
    })?;
    Ok(Output {
        query_id: answer.query_id.unwrap_or_default(),
        executed_query: answer.executed_query.unwrap_or_default(),
        executed_at: answer.execution_date_time.map(ExecutedAt::into_text).unwrap_or_default(),
        truncated: table.rows.len() >= MAXIMUM_ROWS,
        table,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    query_id: Option<String>,
    executed_query: Option<String>,
    execution_date_time: Option<ExecutedAt>,
    headers: Option<Vec<Box<str>>>,
    #[serde(borrow)]
    data: Vec<Row<'a>>,
}

/// A struct in v1, text in v2.
#[derive(Deserialize)]
#[serde(untagged)]
enum ExecutedAt {
    Text(String),
    Parts { year: u16, month: u8, day: u8, hour: u8, minute: u8, second: u8 },
}

impl ExecutedAt {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Parts { year, month, day, hour, minute, second } => {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::nql::table::Cell;
    use crate::api::problem::ErrorKind;

    const V1: &str = r##"{"queryId":"#get_device_basic_infos","executedQuery":"devices","rows":2,
        "executionDateTime":{"year":2023,"month":7,"day":18,"hour":10,"minute":5,"second":1},
        "headers":["device.collector.uid","device.name","device.hardware.memory"],
        "data":[["e0aa796d","XN1",17179869184],["f1",null,1.5e9]]}"##;
    const V2: &str = r##"{"queryId":"#get_device_basic_infos","executedQuery":"devices","rows":2,
        "executionDateTime":"2023-07-18T10:05:01",
        "data":[{"device.collector.uid":"e0aa796d","device.name":"XN1","device.hardware.memory":17179869184},
                {"device.collector.uid":"f1","device.hardware.memory":1.5e9,"device.name":null}]}"##;

    fn tenant() -> Tenant {
        Tenant::new("acme".into(), "eu".into(), None, None).unwrap()
    }

    fn input(query_id: &str, version: Version) -> Input {
        let parameters = BTreeMap::from([("username".into(), "jdoe".into())]);
        Input { query_id: query_id.into(), parameters, version }
    }

    fn answer(status: u16, body: &str) -> Result<Output, NexthinkError> {
        parse(&Response { status, headers: vec![], body: body.into() })
    }

    #[test]
    fn the_request_is_the_documented_one() {
        let request = request(&tenant(), &input("#my_query", Version::V2)).unwrap();
        assert_eq!(request.url, "https://acme.api.eu.nexthink.cloud/api/v2/nql/execute");
        assert_eq!(request.header("x-utc-times"), Some("true"));
        assert_eq!(request.body.as_deref(), Some(r##"{"queryId":"#my_query","parameters":{"username":"jdoe"}}"##));
    }

    #[test]
    fn a_query_id_that_the_vendor_would_refuse_is_refused_before_it_is_sent() {
        for id in ["", "my_query", "#", "#a", "#My_query", "#a b", &format!("#{}", "a".repeat(256))] {
            assert_eq!(request(&tenant(), &input(id, Version::V1)).unwrap_err().kind, ErrorKind::Invalid, "{id}");
        }
    }

    #[test]
    fn v1_and_v2_give_the_same() {
        let (v1, v2) = (answer(200, V1).unwrap(), answer(200, V2).unwrap());
        assert_eq!(v1, v2);
        assert_eq!(v1.executed_at, "2023-07-18T10:05:01");
        assert_eq!(v1.table.rows[1], [Cell::Text("f1".into()), Cell::Null, Cell::Number(1.5e9)]);
    }

    #[test]
    fn a_v2_object_may_leave_out_or_add_a_name() {
        let output = answer(200, r#"{"data":[{"a":1},{"b":[true,"x"]},{"b":null,"a":{"c":2}}]}"#).unwrap();
        assert_eq!(output.table.columns, ["a".into(), "b".into()] as [Box<str>; 2]);
        assert_eq!(output.table.rows[0], [Cell::Number(1.0), Cell::Null]);
        assert_eq!(output.table.rows[1], [Cell::Null, Cell::List(vec![Cell::Boolean(true), Cell::Text("x".into())])]);
        assert_eq!(output.table.rows[2], [Cell::Text(r#"{"c":2.0}"#.into()), Cell::Null]);
    }

    #[test]
    fn what_is_no_answer_is_malformed() {
        for body in [
            "",
            "<!doctype html><p>Sign in",
            "{}",
            "[]",
            r#"{"headers":["a"],"data":[[1,2]]}"#,
            "{\"data\":[{\"a\":",
            "\u{0}",
        ] {
            let error = answer(200, body).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Malformed, "{body}");
        }
        let invalid = Response { status: 200, headers: vec![], body: b"{\"data\":[{\"a\":\"\xff\"}]}".to_vec() };
        assert_eq!(parse(&invalid).unwrap_err().kind, ErrorKind::Malformed);
        assert_eq!(answer(404, r#"{"message":"m","code":100,"source":"s"}"#).unwrap_err().kind, ErrorKind::NotFound);
    }

    #[test]
    fn as_many_rows_as_fit_means_that_some_may_be_missing() {
        let body = |rows: usize| format!(r#"{{"headers":["a"],"data":[{}]}}"#, vec!["[1]"; rows].join(","));
        assert!(answer(200, &body(1_000)).unwrap().truncated);
        assert!(!answer(200, &body(999)).unwrap().truncated);
    }
}
