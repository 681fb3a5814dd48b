//! Holds an answer to its operation: status, header fields, body.

use nexthink_chatbot::api::http::Response;
use serde_json::{Value, json};

use crate::contract::Operation;
use crate::request_rules::{field, media_type};
use crate::schema::{Findings, check};

/// Everything that is wrong with an answer.
pub fn check_answer(operation: &Operation, response: &Response) -> Findings {
    let Some(rules) = operation.value["responses"].get(response.status.to_string()) else {
        return Findings::one(format!("{}: the document has no answer {}", operation.name(), response.status));
    };
    let mut findings = Findings::default();
    findings.amendments.extend(rules["x-amendment"].as_str().map(str::to_owned));
    for (name, rule) in rules["headers"].as_object().into_iter().flatten() {
        if let Some(value) = field(&response.headers, name) {
            findings.add(check(operation.document, &rule["schema"], &json!(value), &format!("header {name}")));
        }
    }
    let content = rules.get("content").or_else(|| {
        let amended = rules.get("x-content").filter(|_| !response.body.is_empty())?;
        findings.amendments.extend(amended["amendment"].as_str().map(str::to_owned));
        amended.get("content")
    });
    findings.add(body_rules(operation, response, content));
    findings
}

fn body_rules(operation: &Operation, response: &Response, content: Option<&Value>) -> Findings {
    let media_type = field(&response.headers, "content-type").map(media_type);
    let Some(content) = content else {
        return match (response.body.is_empty(), media_type) {
            (true, None) => Findings::default(),
            (true, Some(_)) => Findings::one("header content-type: there is no body that it could tell of".into()),
            (false, _) => Findings::one("body: the document has none".into()),
        };
    };
    let Some(rules) = media_type.as_ref().and_then(|media_type| content.get(media_type)) else {
        return Findings::one(format!("header content-type: {media_type:?} is not in the document"));
    };
    let value = match media_type.as_deref() {
        Some("application/json") => serde_json::from_slice(&response.body).ok(),
        _ => String::from_utf8(response.body.clone()).ok().map(Value::String),
    };
    match value {
        Some(value) => check(operation.document, &rules["schema"], &value, "body"),
        None => Findings::one("body: is not of its type".into()),
    }
}
