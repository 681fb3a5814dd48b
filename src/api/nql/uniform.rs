//! The rows of an answer in which all rows have the same columns, as nearly all do: moved to text as they stand there.
//! Cells are neither made into values nor written anew, which for a hundred rows is most of a call's work; without the
//! names between them, JavaScript reads them in two thirds of the time. Any other answer is left to `table`; what both
//! read is the same.

use std::borrow::Cow;

use super::table::MOST_COLUMNS;
use crate::json::{NotJson, Parser};

/// What the text begins with.
const BEFORE: &[u8] = b"{\"rows\":";

/// So much room is left for what the caller adds.
const ROOM: usize = 1_024;

/// Columns, and the JSON text of their rows, each as a list of cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct UniformRows<'a> {
    /// The columns' names, where the rows name them.
    pub columns: Option<Vec<Cow<'a, str>>>,
    /// `{"rows":[[cell,cell],…]`: an object to which the caller adds what else there is, so that who reads it reads once.
    pub text: Vec<u8>,
    /// How many rows there are.
    pub count: usize,
    /// How many cells each of them has.
    width: Option<usize>,
    /// Of each cell of an object what comes before it: `{"name":` and `,"name":`.
    names: Vec<&'a [u8]>,
}

impl<'a> UniformRows<'a> {
    /// # Errors
    /// Where it is not JSON, or a row is not written as the first one is.
    pub fn read(parser: &mut Parser<'a>) -> Result<Self, NotJson> {
        let mut rows = Self::default();
        parser.peek();
        let start = parser.position();
        parser.list(|parser| {
            let uniform = match (parser.peek(), rows.count) {
                (Some(b'['), _) => rows.cells(parser)?,
                (_, 0) => rows.first_object(parser)?,
                _ => rows.object(parser)?,
            };
            rows.count += 1;
            if uniform { Ok(()) } else { Err(parser.refused()) }
        })?;
        if rows.columns.is_some() {
            rows.text.pop();
            rows.text.push(b']');
        } else {
            // They are lists already.
            let lists = parser.since(start);
            rows.text.reserve(BEFORE.len() + lists.len() + ROOM);
            rows.text.extend_from_slice(BEFORE);
            rows.text.extend_from_slice(lists);
        }
        Ok(rows)
    }

    /// The columns, of the rows or of the headers; none where those do not fit each other.
    pub fn columns_with(&mut self, headers: Option<Vec<Cow<'a, str>>>) -> Option<Vec<Cow<'a, str>>> {
        match (self.columns.take(), headers) {
            (Some(columns), None) => Some(columns),
            (None, headers) => {
                let headers = headers.unwrap_or_default();
                let fits = self.width.is_none_or(|width| width == headers.len());
                Some(headers).filter(|headers| fits && all_differ(headers))
            }
            (Some(_), Some(_)) => None,
        }
    }

    fn cells(&mut self, parser: &mut Parser<'a>) -> Result<bool, NotJson> {
        let mut width = 0;
        parser.list(|parser| {
            width += 1;
            parser.pass()
        })?;
        let same = self.columns.is_none() && self.width.is_none_or(|before| before == width);
        self.width = Some(width);
        Ok(same)
    }

    /// Learns the columns and how they are written. A name with escapes may be another one to who reads the text.
    fn first_object(&mut self, parser: &mut Parser<'a>) -> Result<bool, NotJson> {
        let mut columns = Vec::new();
        let mut is_plain = true;
        let mut end = parser.position();
        // No more than there is: to grow would move all of it again and again.
        self.text.reserve(BEFORE.len() + parser.left() + ROOM);
        self.text.extend_from_slice(BEFORE);
        self.text.push(b'[');
        parser.object(|parser, name| {
            is_plain &= matches!(name, Cow::Borrowed(_));
            self.names.push(parser.since(end));
            let before = if columns.is_empty() { b'[' } else { b',' };
            columns.push(name);
            move_cell(&mut self.text, parser, before)?;
            end = parser.position();
            Ok(())
        })?;
        self.text.extend_from_slice(b"],");
        let uniform = is_plain && !columns.is_empty() && all_differ(&columns);
        self.columns = Some(columns);
        Ok(uniform)
    }

    /// An object that is written exactly as the first one was.
    fn object(&mut self, parser: &mut Parser<'a>) -> Result<bool, NotJson> {
        let mut before = b'[';
        for name in &self.names {
            if !parser.skip(name) {
                return Ok(false);
            }
            move_cell(&mut self.text, parser, before)?;
            before = b',';
        }
        self.text.extend_from_slice(b"],");
        Ok(!self.names.is_empty() && parser.skip(b"}"))
    }
}

/// Moves the cell that comes next, with another byte in the place of the colon before it.
fn move_cell(moved: &mut Vec<u8>, parser: &mut Parser<'_>, before: u8) -> Result<(), NotJson> {
    let colon = parser.position().saturating_sub(1);
    parser.pass()?;
    let place = moved.len();
    moved.extend_from_slice(parser.since(colon));
    if let Some(colon) = moved.get_mut(place) {
        *colon = before;
    }
    Ok(())
}

fn all_differ(columns: &[Cow<'_, str>]) -> bool {
    columns.len() <= MOST_COLUMNS
        && columns.iter().enumerate().all(|(at, column)| !columns.iter().skip(at + 1).any(|next| next == column))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use crate::api::http::Response;
    use crate::api::nql::execute::{parse, parse_to_text, uniform_text};
    use crate::json::Write;

    /// Answers of both kinds, most of them uniform: rows of these columns with these cells.
    fn any_answer() -> impl Strategy<Value = String> {
        let cell = prop_oneof![
            Just("null"),
            Just("true"),
            Just("-1.5"),
            Just("0"),
            Just("15e-1"),
            Just("\"\""),
            Just("\"é \\\"x\\\" \\u00e9\""),
            Just("[\"a\",1]"),
            Just("{\"b\":[null]}")
        ];
        let names = ["a", "b", "__proto__", "c d", "é", "\\\"q", "\\ud800", "\\u0061"];
        let name = prop::sample::select(names.to_vec());
        let columns = prop::collection::vec(name, 0..4);
        let rows = prop::collection::vec(prop::collection::vec(cell, 4), 0..5);
        let odd = prop::option::weighted(0.3, (0..5_usize, 0..4_usize));
        (columns, rows, any::<bool>(), odd, prop_oneof![Just(""), Just(" "), Just("\n")]).prop_map(
            |(columns, rows, named, odd, space)| {
                let mut data = Vec::new();
                for (at, row) in rows.iter().enumerate() {
                    let width = match odd {
                        Some((position, width)) if position == at => width,
                        _ => columns.len(),
                    };
                    let cells = columns.iter().zip(row).take(width);
                    let cells: Vec<String> = match named {
                        true => cells.map(|(name, cell)| format!("\"{name}\":{space}{cell}")).collect(),
                        false => cells.map(|(_, cell)| (*cell).to_owned()).collect(),
                    };
                    let cells = cells.join(",");
                    data.push(if named { format!("{{{cells}}}") } else { format!("[{cells}]{space}") });
                }
                let headers: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
                let headers = if named { String::new() } else { format!("\"headers\":[{}],", headers.join(",")) };
                format!("{{{headers}\"queryId\":\"#q\",\"data\":[{}]}}", data.join(","))
            },
        )
    }

    proptest! {
        #[test]
        fn text_says_what_the_table_says(body in any_answer()) {
            let response = Response { status: 200, headers: vec![], body: body.clone().into() };
            let text = parse_to_text(&response).map(|text| serde_json::from_slice::<Value>(&text).unwrap());
            let output = parse(&response).map(|output| serde_json::from_str(&output.write().to_text()).unwrap());
            prop_assert_eq!(text, output, "{}", body);
        }
    }

    #[test]
    fn rows_that_are_written_alike_are_moved_as_they_stand() {
        for (body, is_moved) in [
            (r#"{"headers":["a","b"],"data":[[1,null],["x",[2]]]}"#, true),
            (r#"{"data":[{"a":1,"b":null},{"a":"x","b":[2]}]}"#, true),
            (r#"{"headers":["a"],"data":[]}"#, true),
            (r#"{"data":[]}"#, true),
            (r#"{"data":[{"a":1,"b":2},{"b":1,"a":2}]}"#, false),
            (r#"{"data":[{"a":1},{"a":1,"b":2}]}"#, false),
            (r#"{"data":[{"a":1},{ "a":1}]}"#, false),
            (r#"{"data":[{ "a" : 1},{ "a" : 1}]}"#, true),
            (r#"{"data":[{"\u0061":1}]}"#, false),
            (r#"{"headers":["a","a"],"data":[[1,2]]}"#, false),
            (r#"{"headers":["a"],"data":[{"a":1}]}"#, false),
        ] {
            let response = Response { status: 200, headers: vec![], body: body.into() };
            assert_eq!(uniform_text(&response).is_some(), is_moved, "{body}");
        }
    }
}
