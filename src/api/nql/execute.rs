//! `POST /api/v1/nql/execute`, `POST /api/v2/nql/execute`
//!
//! Executes a saved query; at most 1,000 rows come back, without a word about the rest.
//! <https://docs.nexthink.com/api/nql>

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
    let texts = [&answer.query_id, &answer.executed_query];
    let [query_id, executed_query] = texts.map(|json| json.as_text().unwrap_or_default());
    let rest = rest([query_id, executed_query, &executed_at(&answer.execution_date_time)], &columns, truncated);
    let mut text = answer.data.text;
    text.extend_from_slice(rest.as_bytes());
    Some(text)
}

/// What comes after the rows. By hand: for one row, a tree of it takes as long as all that is done with the row.
fn rest(texts: [&str; 3], columns: &[Box<str>], truncated: bool) -> String {
    let mut text = String::with_capacity(1_024);
    for (before, value) in [",\"queryId\":", ",\"executedQuery\":", ",\"executedAt\":"].into_iter().zip(texts) {
        text.push_str(before);
        write_string(value, &mut text);
    }
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
mod tests;
