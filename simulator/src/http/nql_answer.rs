//! The rows of a query as v1 (headers and arrays), v2 (objects) and CSV write them.

use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::nql::{Answer, Timestamp};
use serde::Serialize;
use serde_json::Value as Json;

use super::json;
use crate::json::{Ordered, TimeStyle, cell};

/// The two endpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V1,
    V2,
}

/// What the client accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Csv,
}

impl Format {
    /// JSON by default; none where the client wants anything else. The first range that can be served counts.
    pub fn accepted(accept: Option<&str>) -> Option<Self> {
        let accept = accept.unwrap_or_default().trim();
        if accept.is_empty() {
            return Some(Self::Json);
        }
        accept.split(',').find_map(|range| {
            match range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
                "application/json" | "application/*" | "*/*" => Some(Self::Json),
                "text/csv" | "text/*" => Some(Self::Csv),
                _ => None,
            }
        })
    }
}

/// The whole answer.
pub(super) fn write(
    query_id: &str,
    executed_query: &str,
    answer: &Answer,
    now: Timestamp,
    style: TimeStyle,
    version: Version,
    format: Format,
) -> Response {
    if format == Format::Csv {
        let headers = vec![("content-type".to_owned(), "text/csv".to_owned())];
        return Response { status: 200, headers, body: csv(answer, style) };
    }
    let names = || answer.columns.iter().map(|column| column.name.as_str());
    let rows = || answer.rows.iter().map(|row| row.iter().map(|value| cell(value, style)));
    let time = style.local(now);
    let (execution_date_time, headers, data) = match version {
        Version::V1 => (parts(&time), Some(names().collect()), rows().map(|row| Row::Cells(row.collect())).collect()),
        Version::V2 => {
            let named = rows().map(|row| Row::Named(Ordered(names().zip(row).collect())));
            (Json::String(time), None, named.collect())
        }
    };
    let rows = answer.rows.len();
    json(200, &Body { query_id, executed_query, rows, execution_date_time, headers, data })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    query_id: &'a str,
    executed_query: &'a str,
    rows: usize,
    execution_date_time: Json,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<Vec<&'a str>>,
    data: Vec<Row<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Row<'a> {
    Cells(Vec<Json>),
    Named(Ordered<'a>),
}

/// `2023-07-18T10:05:01` as the object that v1 has.
fn parts(time: &str) -> Json {
    let numbers = time.split(['-', 'T', ':', '.']).map(|part| part.parse::<u16>().unwrap_or_default());
    let names = ["year", "month", "day", "hour", "minute", "second"];
    Json::Object(names.into_iter().map(str::to_owned).zip(numbers.map(Json::from)).collect())
}

/// The rows as CSV: the names of the columns first, then a line for each row.
pub(super) fn csv(answer: &Answer, style: TimeStyle) -> Vec<u8> {
    let names = answer.columns.iter().map(|column| quoted(&column.name));
    let mut text = line(names);
    for row in &answer.rows {
        text.push_str(&line(row.iter().map(|value| match cell(value, style) {
            Json::Null => String::new(),
            Json::String(text) => quoted(&text),
            other => quoted(&other.to_string()),
        })));
    }
    text.into_bytes()
}

fn line(cells: impl Iterator<Item = String>) -> String {
    cells.collect::<Vec<_>>().join(",") + "\n"
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_csv_and_whatever_are_accepted() {
        for (accept, expected) in [
            (None, Some(Format::Json)),
            (Some(""), Some(Format::Json)),
            (Some("application/json"), Some(Format::Json)),
            (Some("application/json, text/plain, */*"), Some(Format::Json)),
            (Some("text/csv;q=0.9"), Some(Format::Csv)),
            (Some("*/*"), Some(Format::Json)),
            (Some("text/html"), None),
            (Some("application/xml"), None),
        ] {
            assert_eq!(Format::accepted(accept), expected, "{accept:?}");
        }
    }
}
