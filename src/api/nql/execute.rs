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
            &["queryId", "executedQuery", "executedAt", "columns", "rows", "truncated"],
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
    let mut request = Request::post_text(tenant.api(path), body(input));
    request.headers.push(utc_times());
    Ok(request)
}

/// By hand, as what is told of the answer: of a call that is made most often, a tree would be a good part.
fn body(input: &Input) -> String {
    let mut body = String::with_capacity(256);
    body.push_str("{\"queryId\":");
    write_string(&input.query_id, &mut body);
    body.push_str(",\"parameters\":{");
    for (position, (name, value)) in input.parameters.iter().enumerate() {
        body.push_str(if position > 0 { "," } else { "" });
        write_string(name, &mut body);
        body.push(':');
        write_string(value, &mut body);
    }
    body.push_str("}}");
    body
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
    let Answer { query_id, executed_query, execution_date_time, .. } = answer;
    let table = answer.table().ok_or_else(|| {
        NexthinkError::malformed(
            OPERATION,
            response,
            "a row has not as many cells as there are headers, or there are more than 1,000 columns",
        )
    })?;
    Ok(Output {
        query_id: text_of(query_id).into(),
        executed_query: text_of(executed_query).into(),
        executed_at: executed_at(execution_date_time).into(),
        truncated: response.status == 206 || table.rows.len() >= MAXIMUM_ROWS,
        table,
    })
}

/// The same as the JSON text of an `Output`, for whom that will do: several times as fast where there are many rows. Rows
/// are as the tenant has written them, also where that is no UTF-8.
///
/// # Errors
/// As `parse`.
pub fn parse_to_text(response: &Response) -> Result<Vec<u8>, NexthinkError> {
    match uniform_text(response) {
        Some(text) => Ok(text),
        None => Ok(parse(response)?.write().to_text().into_bytes()),
    }
}

/// The text, where all rows are written alike and all is well.
pub(super) fn uniform_text(response: &Response) -> Option<Vec<u8>> {
    if !matches!(response.status, 200 | 206) {
        return None;
    }
    let mut answer = Parser::whole(&response.body, |parser| Answer::read(parser, UniformRows::read)).ok()?;
    let columns = answer.data.columns_with(answer.headers)?;
    let truncated = response.status == 206 || answer.data.count >= MAXIMUM_ROWS;
    let rest = rest([answer.query_id, answer.executed_query], answer.execution_date_time, &columns, truncated);
    let mut text = answer.data.text;
    text.extend_from_slice(rest.as_bytes());
    Some(text)
}

/// What comes after the rows. By hand: for one row, a tree of it takes as long as all that is done with the row.
fn rest(texts: [&[u8]; 2], time: &[u8], columns: &[Cow<'_, str>], truncated: bool) -> String {
    let mut text = String::with_capacity(1_024);
    for (before, value) in [",\"queryId\":", ",\"executedQuery\":"].into_iter().zip(texts) {
        text.push_str(before);
        write_string(&text_of(value), &mut text);
    }
    text.push_str(",\"executedAt\":");
    write_string(&executed_at(time), &mut text);
    let mut before = ",\"columns\":[";
    for column in columns {
        text.push_str(before);
        write_string(column, &mut text);
        before = ",";
    }
    text.push_str(match (columns, truncated) {
        ([], true) => ",\"columns\":[],\"truncated\":true}",
        ([], false) => ",\"columns\":[],\"truncated\":false}",
        (_, true) => "],\"truncated\":true}",
        (_, false) => "],\"truncated\":false}",
    });
    text
}

/// The rows of an answer's text, without what is said of them; or of a text that has only rows: a list of objects, or
/// one. `None` where it is neither.
pub fn rows_in(text: &[u8]) -> Option<Table> {
    if let Ok(answer) = Parser::whole(text, |parser| Answer::read(parser, rows)) {
        return answer.table();
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

/// An answer where it lies.
#[derive(Default)]
struct Answer<'a, Rows> {
    query_id: &'a [u8],
    executed_query: &'a [u8],
    execution_date_time: &'a [u8],
    headers: Option<Vec<Cow<'a, str>>>,
    data: Rows,
}

impl<'a, Rows: Default> Answer<'a, Rows> {
    fn read(parser: &mut Parser<'a>, rows: fn(&mut Parser<'a>) -> Result<Rows, NotJson>) -> Result<Self, NotJson> {
        let mut answer = Self::default();
        let mut has_data = false;
        parser.object(|parser, name| {
            match &*name {
                "queryId" => answer.query_id = parser.raw()?,
                "executedQuery" => answer.executed_query = parser.raw()?,
                "executionDateTime" => answer.execution_date_time = parser.raw()?,
                "headers" if parser.peek() == Some(b'[') => {
                    let headers = answer.headers.insert(Vec::new());
                    parser.list(|parser| {
                        headers.push(parser.string()?);
                        Ok(())
                    })?;
                }
                "data" => {
                    has_data = true;
                    answer.data = rows(parser)?;
                }
                _ => parser.pass()?,
            }
            Ok(())
        })?;
        if has_data { Ok(answer) } else { Err(parser.refused()) }
    }
}

impl Answer<'_, Vec<Row<'_>>> {
    fn table(self) -> Option<Table> {
        let headers = self.headers.map(|headers| headers.into_iter().map(Into::into).collect());
        Table::assemble(headers, self.data)
    }
}

/// The text of a JSON text; of anything else none.
fn text_of(json: &[u8]) -> Cow<'_, str> {
    Parser::whole(json, Parser::string).unwrap_or_default()
}

/// A struct in v1, text in v2.
fn executed_at(time: &[u8]) -> Cow<'_, str> {
    if time.starts_with(b"\"") {
        return text_of(time);
    }
    let time = Json::parse(time).unwrap_or_default();
    let mut text = String::new();
    let parts =
        [("year", 4, "-"), ("month", 2, "-"), ("day", 2, "T"), ("hour", 2, ":"), ("minute", 2, ":"), ("second", 2, "")];
    for (name, width, separator) in parts {
        let Some(Json::Number(part)) = time.get(name) else { return Cow::default() };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates; a part has four digits"
        )]
        push_digits(*part as u64, width, &mut text);
        text.push_str(separator);
    }
    text.into()
}

#[cfg(test)]
mod tests;
