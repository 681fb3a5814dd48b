//! `POST /api/v1/nql/execute`, `POST /api/v2/nql/execute`: executes the text of a saved query over the tenant's tables.

use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::nql::{Answer, Value, execute};
use serde_json::json;

use super::nql_answer::{self, Format, Version};
use super::nql_request::Wanted;
use super::{Handled, WireRequest, empty, json};
use crate::json::TimeStyle;
use crate::permission::Permission;
use crate::tenant::SimulatedTenant;

/// The limit of an answer: what is beyond it is left out without a word.
const MAXIMUM_ROWS: usize = 1_000;

/// The numbers of the error shape. 100 was seen in a live tenant; the others are ours.
pub(super) const NOT_FOUND: i32 = 100;
pub(super) const BAD_REQUEST: i32 = 101;
pub(super) const BAD_PARAMETER: i32 = 102;
pub(super) const BAD_QUERY: i32 = 103;
const FORBIDDEN: i32 = 104;

/// Why a query gives no rows.
pub(super) enum Refusal {
    /// There is no such query, or a parameter is missing: nothing can be started.
    AtOnce(Response),
    /// What was saved cannot be read or executed.
    Unusable(String),
}

impl SimulatedTenant {
    pub(super) fn execute_nql(&mut self, request: &WireRequest, version: Version) -> Handled {
        if let Err(refusal) = self.admit_nql(request) {
            return refusal.into();
        }
        let Some(format) = Format::accepted(request.header("accept")) else { return empty(406).into() };
        let wanted = match Wanted::to_execute(&request.body) {
            Ok(wanted) => wanted,
            Err(response) => return response.into(),
        };
        let style = match request.header("x-utc-times") {
            Some("true") => TimeStyle::Utc,
            _ => TimeStyle::Regional,
        };
        let response = match self.rows(&wanted, MAXIMUM_ROWS) {
            Ok(Rows { answer, is_truncated, executed_query }) => {
                let id = &wanted.query_id;
                let written = nql_answer::write(id, &executed_query, &answer, self.now, style, version, format);
                let status = if is_truncated && self.options.execute_partial_content { 206 } else { 200 };
                Response { status, ..written }
            }
            Err(Refusal::AtOnce(response)) => response,
            Err(Refusal::Unusable(mistake)) => error(400, BAD_QUERY, &mistake),
        };
        Handled { query_id: Some(wanted.query_id), ..response.into() }
    }

    /// Lets a request to the NQL API in, or says why not.
    pub(super) fn admit_nql(&mut self, request: &WireRequest) -> Result<(), Response> {
        let forbidden = || error(403, FORBIDDEN, "The credentials lack the permission for the NQL API");
        self.admit(request, Permission::Nql, forbidden)?;
        self.nql_limiter.admit(self.now).map_err(|retry_after| {
            let headers = vec![("retry-after".to_owned(), retry_after)];
            Response { headers, ..empty(429) }
        })
    }

    /// The rows of a saved query as they are now, up to a maximum.
    pub(super) fn rows(&self, wanted: &Wanted, maximum: usize) -> Result<Rows, Refusal> {
        let Some(saved) = self.queries.get(&wanted.query_id) else {
            return Err(Refusal::AtOnce(error(404, NOT_FOUND, "No query associated with that ID")));
        };
        let query = match &saved.query {
            Ok(query) => query,
            Err(mistake) => return Err(Refusal::Unusable(mistake.clone())),
        };
        if let Some(name) = saved.parameters.iter().find(|name| !wanted.parameters.contains_key(*name)) {
            let message = format!("The parameter '{name}' is missing");
            return Err(Refusal::AtOnce(error(400, BAD_PARAMETER, &message)));
        }
        // Values enter the evaluation as text; nothing that a value holds is ever read as NQL.
        let parameter = |name: &str| wanted.parameters.get(name).map_or(Value::Null, |value| value.as_str().into());
        match execute(query, &self.view(), &parameter, self.now) {
            Ok(mut answer) => {
                let is_truncated = answer.rows.len() > maximum;
                answer.rows.truncate(maximum);
                Ok(Rows { answer, is_truncated, executed_query: saved.executed_text(&wanted.parameters) })
            }
            Err(mistake) => Err(Refusal::Unusable(format!("The query cannot be executed: {mistake}"))),
        }
    }
}

/// What a saved query gave.
pub(super) struct Rows {
    pub answer: Answer,
    /// Whether there were more rows.
    pub is_truncated: bool,
    /// The text with the values of its parameters.
    pub executed_query: String,
}

/// The error shape of the NQL API: its code is a number.
pub(super) fn error(status: u16, code: i32, message: &str) -> Response {
    json(status, &json!({ "message": message, "code": code, "source": "nql-api" }))
}
