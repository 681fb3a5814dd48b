//! `POST /api/v1/spark/handoff`: hands a conversation off to Spark. 400 has no body, as it is documented.

use std::collections::BTreeMap;

use nexthink_chatbot::api::http::Response;
use serde_json::{Value as Json, json};

use super::body::{Fields, Read};
use super::{WireRequest, empty, json};
use crate::fleet::{Finder, Identity};
use crate::handoffs::{Handoff, HandoffPart};
use crate::permission::Permission;
use crate::tenant::SimulatedTenant;

impl SimulatedTenant {
    pub(super) fn hand_off(&mut self, request: &WireRequest) -> Response {
        let forbidden = || error(403, "The credentials lack the permission for the Spark API");
        if let Err(refusal) = self.admit(request, Permission::Spark, forbidden) {
            return refusal;
        }
        let upn = request.header("user-principal-name").map(str::trim).filter(|upn| !upn.is_empty());
        let (Some(upn), Ok((parts, metadata))) = (upn, message(&request.body)) else { return empty(400) };
        let found = Finder::of_employees(&self.fleet, self.now).find(&Identity::of("upn", upn));
        let employee = found.and_then(|position| self.fleet.employees.get(position));
        let Some(employee) = employee.map(|employee| employee.username.clone()) else {
            return error(404, "No employee with this User-Principal-Name");
        };
        let timezone = request.header("timezone").map(str::to_owned);
        self.handoffs.push(Handoff { employee, at: self.now, timezone, parts, metadata });
        empty(204)
    }
}

/// The parts of the message and what else was sent.
fn message(body: &[u8]) -> Read<(Vec<HandoffPart>, BTreeMap<String, String>)> {
    let body = Fields::of_body(body)?;
    let message = body.given("message", body.object("message")?)?;
    let list = message.given("parts", message.list("parts", &(1..=usize::MAX))?)?;
    let mut parts = Vec::with_capacity(list.len());
    for (position, element) in list.iter().enumerate() {
        parts.push(part(&Fields::of_element(element, "message.parts", position)?)?);
    }
    // The one field of all these APIs that may be null.
    let metadata = match body.value("metadata") {
        Some(Json::Null) => BTreeMap::new(),
        _ => body.named_texts("metadata")?,
    };
    Ok((parts, metadata))
}

fn part(part: &Fields) -> Read<HandoffPart> {
    match part.given("type", part.text("type")?)? {
        "TEXT" => Ok(HandoffPart::Text { text: part.some_text("text")?.to_owned() }),
        "FILE" => Ok(HandoffPart::File {
            mime_type: part.some_text("mimeType")?.to_owned(),
            file_content: part.given("fileContent", part.text("fileContent")?)?.to_owned(),
        }),
        other => Err(format!("`type` is '{other}'; allowed are TEXT and FILE")),
    }
}

/// The error shape of this API.
fn error(status: u16, message: &str) -> Response {
    json(status, &json!({ "message": message }))
}
