//! Remote actions: triggered, listed, told of.

use serde_json::{Value, json};

use super::Case;
use crate::amendments::OperationName;
use crate::client::{Client, with, without};

const EXECUTE: OperationName = ("POST", "/api/v1/act/execute");
const LIST: OperationName = ("GET", "/api/v1/act/remote-action");
const DETAILS: OperationName = ("GET", "/api/v1/act/remote-action/details");

fn whole(client: &Client) -> Value {
    json!({
        "remoteActionId": "#restart_windows_service",
        "params": { "ServiceName": "Spooler", "MaximumDelayInSeconds": "5" },
        "devices": [client.collector_uid("AMARTIN-LT")],
        "expiresInMinutes": 10_080,
        "triggerInfo": { "externalSource": "chat", "reason": "The printer is silent", "externalReference": "INC-1" },
    })
}

/// The same request with a change.
fn execution(status: u16, what: &str, change: impl Fn(Value) -> Value + 'static) -> Case {
    Case::new(EXECUTE, status, what, move |client| client.post(EXECUTE.1, &change(whole(client))))
}

pub fn cases() -> Vec<Case> {
    let nobody = "00000000-0000-4000-8000-000000000000";
    let mut cases = vec![
        execution(200, "with everything", |body| body),
        execution(
            200,
            "with what must be there",
            |body| json!({ "remoteActionId": "set_outlook_online", "devices": body["devices"] }),
        ),
        execution(400, "no such action", |body| with(body, "remoteActionId", json!("no_such_action"))),
        execution(400, "no such device", move |body| with(body, "devices", json!([nobody]))),
        execution(400, "no such input", |body| with(body, "params", json!({ "Colour": "red" }))),
        execution(400, "a value that is not offered", |body| with(body, "params", json!({ "ServiceName": "x" }))),
        execution(400, "no device", |body| with(body, "devices", json!([]))),
        execution(400, "no action", |body| without(body, "remoteActionId")),
        execution(400, "too soon", |body| with(body, "expiresInMinutes", json!(59))),
        execution(400, "a long reason", |body| with(body, "triggerInfo", json!({ "reason": "x".repeat(501) }))),
        execution(400, "no object", |_| json!([])),
        execution(
            403,
            "an action without API trigger",
            |body| json!({ "remoteActionId": "reset_browser_profile", "devices": body["devices"] }),
        ),
        Case::new(LIST, 200, "all of them", |client| client.get(LIST.1)),
        Case::new(DETAILS, 200, "of the Library", |client| details(client, "disk_cleanup")),
        Case::new(DETAILS, 200, "with a number sign", |client| details(client, "%23disk_cleanup")),
        Case::new(DETAILS, 200, "of an administrator", |client| details(client, "restart_audio")),
        Case::new(DETAILS, 404, "no such action", |client| details(client, "no_such_action")),
        Case::new(DETAILS, 404, "no action", |client| client.get(DETAILS.1)),
    ];
    cases.push(Case::new(EXECUTE, 400, "no JSON", |client| {
        let mut request = client.post(EXECUTE.1, &Value::Null);
        request.body = b"{".to_vec();
        request
    }));
    cases
}

fn details(client: &Client, id: &str) -> nexthink_simulator::WireRequest {
    client.get(&format!("{}?nql-id={id}", DETAILS.1))
}
