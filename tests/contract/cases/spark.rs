//! Conversations handed off to Spark.

use nexthink_simulator::WireRequest;
use serde_json::{Value, json};

use super::Case;
use crate::amendments::OperationName;
use crate::client::{Client, with_field};

const HANDOFF: OperationName = ("POST", "/api/v1/spark/handoff");

fn of_employee(client: &Client, body: &Value) -> WireRequest {
    with_field(client.post(HANDOFF.1, body), "User-Principal-Name", &client.employee("amartin").upn)
}

pub fn cases() -> Vec<Case> {
    let text = || json!({ "message": { "parts": [{ "type": "TEXT", "text": "Hello" }] } });
    let mut cases = vec![
        Case::new(HANDOFF, 204, "with everything", |client| {
            let file = json!({ "type": "FILE", "mimeType": "text/plain", "fileContent": "bG9n" });
            let parts = json!([{ "type": "TEXT", "text": "Outlook is still offline" }, file]);
            let body = json!({ "message": { "parts": parts }, "metadata": { "ticket": "INC-1" } });
            with_field(of_employee(client, &body), "Timezone", "Europe/Zurich")
        }),
        Case::new(HANDOFF, 204, "with null for metadata", |client| {
            let parts = json!([{ "type": "TEXT", "text": "Hello" }]);
            of_employee(client, &json!({ "message": { "parts": parts }, "metadata": null }))
        }),
        Case::new(HANDOFF, 404, "an employee whom nobody knows", move |client| {
            with_field(client.post(HANDOFF.1, &text()), "User-Principal-Name", "nobody@acme.example")
        }),
        Case::new(HANDOFF, 400, "no employee", move |client| client.post(HANDOFF.1, &text())),
    ];
    for part in [json!({ "text": "x" }), json!({ "type": "TEXT" }), json!({ "type": "LINK", "text": "x" })] {
        cases.push(Case::new(HANDOFF, 400, &part.to_string(), move |client| {
            of_employee(client, &json!({ "message": { "parts": [part] } }))
        }));
    }
    cases
}
