//! `POST /api/v1/nql/execute`, `POST /api/v2/nql/execute`: executes the text of a saved query over the tenant's tables.

use std::collections::BTreeMap;

use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::nql::{Value, execute};
use serde_json::{Value as Json, json};

use super::nql_answer::{self, Format, Version};
use super::{Handled, WireRequest, empty, json};
use crate::json::TimeStyle;
use crate::tenant::SimulatedTenant;

/// The silent limit of an answer.
const MAXIMUM_ROWS: usize = 1_000;

/// The numbers of the error shape. 100 was seen in a live tenant; the others are ours.
const UNKNOWN_QUERY: i32 = 100;
const BAD_REQUEST: i32 = 101;
const BAD_PARAMETER: i32 = 102;
const BAD_QUERY: i32 = 103;

impl SimulatedTenant {
    pub(super) fn execute_nql(&self, request: &WireRequest, version: Version) -> Handled {
        if !self.is_authorized(request) {
            return empty(401).into();
        }
        let Some(format) = Format::accepted(request.header("accept")) else { return empty(406).into() };
        let wanted = match Wanted::read(&request.body) {
            Ok(wanted) => wanted,
            Err(response) => return response.into(),
        };
        let style = match request.header("x-utc-times") {
            Some("true") => TimeStyle::Utc,
            _ => TimeStyle::Regional,
        };
        let response = self.answer(&wanted, version, format, style);
        Handled { query_id: Some(wanted.query_id), ..response.into() }
    }

    fn answer(&self, wanted: &Wanted, version: Version, format: Format, style: TimeStyle) -> Response {
        let Some(saved) = self.queries.get(&wanted.query_id) else {
            return error(404, UNKNOWN_QUERY, "No query associated with that ID");
        };
        let query = match &saved.query {
            Ok(query) => query,
            Err(mistake) => return error(400, BAD_QUERY, &format!("The query cannot be read: {mistake}")),
        };
        if let Some(name) = saved.parameters.iter().find(|name| !wanted.parameters.contains_key(*name)) {
            return error(400, BAD_PARAMETER, &format!("The parameter '{name}' is missing"));
        }
        // Values enter the evaluation as text; nothing that a value holds is ever read as NQL.
        let parameter = |name: &str| wanted.parameters.get(name).map_or(Value::Null, |value| value.as_str().into());
        match execute(query, &self.view(), &parameter, self.now) {
            Ok(mut answer) => {
                answer.rows.truncate(MAXIMUM_ROWS);
                let executed = saved.executed_text(&wanted.parameters);
                nql_answer::write(&wanted.query_id, &executed, &answer, self.now, style, version, format)
            }
            Err(mistake) => error(400, BAD_QUERY, &format!("The query cannot be executed: {mistake}")),
        }
    }
}

/// The body of the request, checked.
struct Wanted {
    query_id: String,
    parameters: BTreeMap<String, String>,
}

impl Wanted {
    fn read(body: &[u8]) -> Result<Self, Response> {
        let refuse = |message: &str| Err(error(400, BAD_REQUEST, message));
        let Ok(Json::Object(body)) = serde_json::from_slice(body) else {
            return refuse("The body is no JSON object");
        };
        let Some(query_id) = body.get("queryId").and_then(Json::as_str).filter(|id| is_query_id(id)) else {
            return refuse("The queryId must match ^#[a-z0-9_]{2,255}$");
        };
        let mut parameters = BTreeMap::new();
        match body.get("parameters") {
            None | Some(Json::Null) => {}
            Some(Json::Object(given)) => {
                for (name, value) in given {
                    let Json::String(value) = value else {
                        return Err(error(400, BAD_PARAMETER, &format!("The parameter '{name}' is no string")));
                    };
                    parameters.insert(name.clone(), value.clone());
                }
            }
            Some(_) => return refuse("The parameters are no object"),
        }
        Ok(Self { query_id: query_id.to_owned(), parameters })
    }
}

fn is_query_id(id: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    id.strip_prefix('#').is_some_and(|name| (2..=255).contains(&name.len()) && name.bytes().all(allowed))
}

/// The error shape of the NQL API: its code is a number.
fn error(status: u16, code: i32, message: &str) -> Response {
    json(status, &json!({ "message": message, "code": code, "source": "nql-api" }))
}
