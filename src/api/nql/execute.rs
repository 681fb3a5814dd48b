//! `POST /api/v1/nql/execute`, `POST /api/v2/nql/execute`
//!
//! Executes a saved query; at most 1,000 rows come back, without a word about the rest.
//! <https://docs.nexthink.com/api/nql>

use std::borrow::Cow;

use super::table::{Row, Table};
use super::uniform::UniformRows;
use super::{query_id, utc_times};
use crate::api::http::{Request, Response};
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::{Json, Map, NotJson, Parser, Write, push_digits, record, words, write_fields, write_string};

/// What errors call this operation.
pub const OPERATION: &str = "nql.execute";

/// The tenant's silent limit.
const MAXIMUM_ROWS: usize = 1_000;

record! {
    strict
    /// Which query, with what.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "NqlExecution"))]
    pub struct Input {
        /// The ID of the saved query, with its `#`.
        pub query_id: String,
        /// A value for each `$name` of the query, without the `$`. Values are text.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub parameters: Map<String>,
        /// Which of the two endpoints; v2 where it is not said.
        pub version: Option<Version>,
    }
}

words! {
    /// The two endpoints: they differ in how they write the same rows.
    #[cfg_attr(test, ts(rename = "NqlVersion"))]
    pub enum Version {
        /// `headers` and arrays: shows the columns also where there is no row.
        V1 = "v1",
        /// Objects. Nexthink recommends it for chatbots.
        V2 = "v2",
    }
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

/// Columns and rows of cells in their order: as an object, a row could hold a name twice, or `__proto__`.
impl Write for Output {
    fn write(&self) -> Json {
        write_fields(
            &["query_id", "executed_query", "executed_at", "columns", "rows", "truncated"],
            &[
                &self.query_id,
                &self.executed_query,
                &self.executed_at,
                &self.table.columns,
                &self.table.rows,
                &self.truncated,
            ],
        )
    }
}

/// # Errors
/// `invalid` where the query ID is not `#` and 2 to 255 of `a-z`, `0-9` and `_`.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    query_id::check(&input.query_id)?;
    let path = match input.version.unwrap_or(Version::V2) {
        Version::V1 => "/api/v1/nql/execute",
        Version::V2 => "/api/v2/nql/execute",
    };
    let body = write_fields(&["query_id", "parameters"], &[&input.query_id, &input.parameters]);
    let mut request = Request::post_json(tenant.api(path), &body);
    request.headers.push(utc_times());
    Ok(request)
}

/// Reads the answer of either endpoint.
///
/// # Errors
/// `not-found` where there is no such query or the credentials may not use it; `malformed` where it is no answer
/// of this API.
pub fn parse(response: &Response) -> Result<Output, NexthinkError> {
    if !matches!(response.status, 200 | 206) {
        return Err(NexthinkError::from_response(OPERATION, response));
    }
    let answer = Parser::whole(&response.body, |parser| Answer::read(parser, rows))
        .map_err(|_| NexthinkError::malformed(OPERATION, response, "it is not JSON, or has no rows"))?;
    let table = Table::assemble(answer.headers, answer.data).ok_or_else(|| {
        NexthinkError::malformed(
            OPERATION,
            response,
            "a row has not as many cells as there are headers, or there are more than 1,000 columns",
        )
    })?;
    Ok(Output {
        query_id: text_of(&answer.query_id),
        executed_query: text_of(&answer.executed_query),
        executed_at: executed_at(&answer.execution_date_time),
        truncated: response.status == 206 || table.rows.len() >= MAXIMUM_ROWS,
        table,
    })
}

/// An answer as JSON text, for whom that will do: several times as fast where there are many rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputText<'a> {
    /// An `Output` without its rows.
    pub head: String,
    /// The rows, each a list of cells in the columns' order.
    pub rows: Cow<'a, [u8]>,
}

/// The same as JSON text.
///
/// # Errors
/// As `parse`.
pub fn parse_to_text(response: &Response) -> Result<OutputText<'_>, NexthinkError> {
    if let Some(text) = uniform_text(response) {
        return Ok(text);
    }
    let Output { query_id, executed_query, executed_at, table, truncated } = parse(response)?;
    let head = head([&query_id, &executed_query, &executed_at], &table.columns, truncated);
    Ok(OutputText { head, rows: Cow::Owned(table.rows.write().to_text().into_bytes()) })
}

/// The text, where all rows are written alike and all is well.
pub(super) fn uniform_text(response: &Response) -> Option<OutputText<'_>> {
    if !matches!(response.status, 200 | 206) {
        return None;
    }
    let mut answer = Parser::whole(&response.body, |parser| Answer::read(parser, UniformRows::read)).ok()?;
    let columns = answer.data.columns_with(answer.headers)?;
    let truncated = response.status == 206 || answer.data.count >= MAXIMUM_ROWS;
    let texts = [&answer.query_id, &answer.executed_query];
    let [query_id, executed_query] = texts.map(|json| json.as_text().unwrap_or_default());
    let head = head([query_id, executed_query, &executed_at(&answer.execution_date_time)], &columns, truncated);
    Some(OutputText { head, rows: answer.data.text })
}

/// By hand: for one row, a tree of it takes as long as all that is done with the row.
fn head(texts: [&str; 3], columns: &[Box<str>], truncated: bool) -> String {
    let mut head = String::with_capacity(1_024);
    for (before, text) in ["{\"queryId\":", ",\"executedQuery\":", ",\"executedAt\":"].into_iter().zip(texts) {
        head.push_str(before);
        write_string(text, &mut head);
    }
    let mut before = ",\"columns\":[";
    for column in columns {
        head.push_str(before);
        write_string(column, &mut head);
        before = ",";
    }
    head.push_str(match (columns, truncated) {
        ([], true) => ",\"columns\":[],\"truncated\":true}",
        ([], false) => ",\"columns\":[],\"truncated\":false}",
        (_, true) => "],\"truncated\":true}",
        (_, false) => "],\"truncated\":false}",
    });
    head
}

/// The rows of an answer's text, without what is said of them; or of a text that has only rows: a list of objects, or
/// one. `None` where it is neither.
pub fn rows_in(text: &[u8]) -> Option<Table> {
    if let Ok(answer) = Parser::whole(text, |parser| Answer::read(parser, rows)) {
        return Table::assemble(answer.headers, answer.data);
    }
    let rows = Parser::whole(text, |parser| match parser.peek() {
        Some(b'[') => rows(parser),
        _ => Ok(vec![Row::read(parser)?]),
    });
    Table::assemble(None, rows.ok()?)
}

fn rows<'a>(parser: &mut Parser<'a>) -> Result<Vec<Row<'a>>, NotJson> {
    let mut rows = Vec::new();
    parser.list(|parser| {
        rows.push(Row::read(parser)?);
        Ok(())
    })?;
    Ok(rows)
}

#[derive(Default)]
struct Answer<Rows> {
    query_id: Json,
    executed_query: Json,
    execution_date_time: Json,
    headers: Option<Vec<Box<str>>>,
    data: Rows,
}

impl<Rows: Default> Answer<Rows> {
    fn read<'a>(parser: &mut Parser<'a>, rows: fn(&mut Parser<'a>) -> Result<Rows, NotJson>) -> Result<Self, NotJson> {
        let mut answer = Self::default();
        let mut has_data = false;
        parser.object(|parser, name| {
            match &*name {
                "queryId" => answer.query_id = parser.value()?,
                "executedQuery" => answer.executed_query = parser.value()?,
                "executionDateTime" => answer.execution_date_time = parser.value()?,
                "headers" if parser.peek() == Some(b'[') => {
                    let headers = answer.headers.insert(Vec::new());
                    parser.list(|parser| {
                        headers.push(parser.string()?.into());
                        Ok(())
                    })?;
                }
                "data" => {
                    has_data = true;
                    answer.data = rows(parser)?;
                }
                _ => {
                    parser.value()?;
                }
            }
            Ok(())
        })?;
        if has_data { Ok(answer) } else { Err(parser.refused()) }
    }
}

fn text_of(json: &Json) -> String {
    json.as_text().unwrap_or_default().to_owned()
}

/// A struct in v1, text in v2.
fn executed_at(time: &Json) -> String {
    if let Some(text) = time.as_text() {
        return text.to_owned();
    }
    let mut text = String::new();
    let parts =
        [("year", 4, "-"), ("month", 2, "-"), ("day", 2, "T"), ("hour", 2, ":"), ("minute", 2, ":"), ("second", 2, "")];
    for (name, width, separator) in parts {
        let Some(Json::Number(part)) = time.get(name) else { return String::new() };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates; a part has four digits"
        )]
        push_digits(*part as u64, width, &mut text);
        text.push_str(separator);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let parameters = Map(vec![("username".into(), "jdoe".into())]);
        Input { query_id: query_id.into(), parameters, version: Some(version) }
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
        assert_eq!(request(&tenant(), &input("my_query", Version::V1)).unwrap_err().kind, ErrorKind::Invalid);
    }

    #[test]
    fn v1_and_v2_give_the_same() {
        let (v1, v2) = (answer(200, V1).unwrap(), answer(200, V2).unwrap());
        assert_eq!(v1, v2);
        assert_eq!(v1.executed_at, "2023-07-18T10:05:01");
        assert_eq!(v1.table.rows[1], [Json::Text("f1".into()), Json::Null, Json::Number(1.5e9)]);
    }

    #[test]
    fn a_v2_object_may_leave_out_or_add_a_name() {
        let output = answer(200, r#"{"data":[{"a":1},{"b":[true,"x"]},{"b":null,"a":{"c":2}}]}"#).unwrap();
        assert_eq!(output.table.columns, ["a".into(), "b".into()] as [Box<str>; 2]);
        assert_eq!(output.table.rows[0], [Json::Number(1.0), Json::Null]);
        assert_eq!(output.table.rows[1], [Json::Null, Json::List(vec![Json::Boolean(true), Json::Text("x".into())])]);
        assert_eq!(output.table.rows[2], [Json::Object(vec![("c".into(), Json::Number(2.0))]), Json::Null]);
    }

    #[test]
    fn a_name_that_comes_twice_loses_no_value() {
        for (body, columns, row) in [
            (r#"{"headers":["a","a","b","a"],"data":[[1,2,3,4]]}"#, "a|a (2)|b|a (3)", [1.0, 2.0, 3.0, 4.0]),
            (r#"{"data":[{"a":1,"a":2,"b":3,"a":4}]}"#, "a|a (2)|b|a (3)", [1.0, 2.0, 3.0, 4.0]),
            (r#"{"headers":["a","a (2)","a","a"],"data":[[1,2,3,4]]}"#, "a|a (2)|a (3)|a (4)", [1.0, 2.0, 3.0, 4.0]),
            (r#"{"data":[{"a":1,"a":2,"a (2)":3,"b":4}]}"#, "a|a (2)|a (2) (2)|b", [1.0, 2.0, 3.0, 4.0]),
        ] {
            let table = answer(200, body).unwrap().table;
            assert_eq!(table.columns.join("|"), columns, "{body}");
            assert_eq!(table.rows, [row.map(Json::Number)], "{body}");
        }
        let table = answer(200, r#"{"data":[{"a":1},{"b":2,"a":3,"a":4},{"a":5,"a":6}]}"#).unwrap().table;
        assert_eq!(table.columns.join("|"), "a|b|a (2)");
        let number = |number: f64| Json::Number(number);
        assert_eq!(table.rows[0], [number(1.0), Json::Null, Json::Null]);
        assert_eq!(table.rows[1], [number(3.0), number(2.0), number(4.0)]);
        assert_eq!(table.rows[2], [number(5.0), Json::Null, number(6.0)]);
    }

    #[test]
    fn columns_without_end_are_malformed_and_not_looked_for() {
        let names = |count: usize, distinct: bool| -> Vec<String> {
            (0..count).map(|at| if distinct { format!("\"{at}\"") } else { "\"a\"".to_owned() }).collect()
        };
        for (count, distinct) in [(1_001, true), (1_001, false), (200_000, true), (200_000, false)] {
            let names = names(count, distinct);
            let row = names.iter().map(|name| format!("{name}:1")).collect::<Vec<_>>().join(",");
            for body in
                [format!(r#"{{"headers":[{}],"data":[]}}"#, names.join(",")), format!(r#"{{"data":[{{{row}}}]}}"#)]
            {
                let response = Response { status: 200, headers: vec![], body: body.into() };
                assert_eq!(parse(&response).unwrap_err().kind, ErrorKind::Malformed, "{count} {distinct}");
                assert_eq!(parse_to_text(&response).unwrap_err().kind, ErrorKind::Malformed, "{count} {distinct}");
            }
        }
        let most = format!(r#"{{"headers":[{}],"data":[]}}"#, names(1_000, false).join(","));
        assert_eq!(answer(200, &most).unwrap().table.columns.last().map(|name| &**name), Some("a (1000)"));
    }

    #[test]
    fn rows_may_come_without_the_rest_of_an_answer() {
        let answer = answer(200, V2).unwrap();
        let rows = V2.split_once("\"data\":").unwrap().1.strip_suffix('}').unwrap();
        for text in [V1, V2, rows] {
            assert_eq!(rows_in(text.as_bytes()), Some(answer.table.clone()), "{text}");
        }
        let table = rows_in(br#"{"a":1,"data":"x"}"#).unwrap();
        assert_eq!((table.columns.join("|"), table.rows.len()), ("a|data".into(), 1));
        for text in ["", "1", "[[1]]", "[1]", "{\"a\":", r#"{"headers":["a"],"data":[[1,2]]}"#] {
            assert_eq!(rows_in(text.as_bytes()), None, "{text}");
        }
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
        assert!(answer(206, &body(1)).unwrap().truncated);
    }
}
