//! Every operation of `api/`, by its name: the request that it builds is as documented, the tenant answers it as
//! documented, and the answer is read.

use nexthink_chatbot::api::operations::{OPERATIONS, build, parse};
use nexthink_chatbot::api::tenant::Tenant;
use nexthink_chatbot::json::Json;
use nexthink_simulator::SimulatedTenant;
use serde_json::{Value, json};

use crate::answer_rules::check_answer;
use crate::client::Client;
use crate::contract::Contract;
use crate::request_rules::check_request;
use crate::requests::wire;

/// So that an export is ready and a workflow waits, and the token holds to the end.
const PAUSE: i64 = 30_000;

/// What the operations are called with, in an order in which one can use what another gave; a name between braces is
/// what an earlier answer said.
fn calls() -> Vec<(&'static str, Value)> {
    let credentials = SimulatedTenant::CREDENTIALS;
    let identification = json!([{ "name": "device/device/name", "value": "AMARTIN-LT" }]);
    let field = |name: &str, value: Value| json!([{ "name": name, "value": value }]);
    vec![
        ("token.create", json!({ "clientId": credentials.client_id, "clientSecret": credentials.client_secret })),
        ("nql.execute", json!({ "queryId": "#some_device", "parameters": { "name": "AMARTIN-LT" } })),
        ("nql.execute", json!({ "queryId": "#all_devices", "version": "v1" })),
        ("nql.execute", json!({ "queryId": "#all_devices", "parameters": {}, "version": "v2" })),
        ("nql.export", json!({ "queryId": "#all_devices" })),
        ("nql.export", json!({ "queryId": "#all_devices", "parameters": {}, "compression": "GZIP" })),
        ("nql.status", json!({ "exportId": "{exportId}" })),
        ("remoteActions.list", json!({})),
        ("remoteActions.get", json!({ "nqlId": "#disk_cleanup" })),
        ("remoteActions.execute", json!({ "remoteActionId": "disk_cleanup", "devices": ["{collectorUid}"] })),
        (
            "remoteActions.execute",
            json!({
                "remoteActionId": "#disk_cleanup", "devices": ["{collectorUid}"], "params": {}, "expiresInMinutes": 60,
                "triggerInfo": { "externalSource": "chat", "reason": "disk", "externalReference": "INC-1" }
            }),
        ),
        ("workflows.list", json!({})),
        (
            "workflows.list",
            json!({ "dependency": "USER_AND_DEVICE", "triggerMethod": "API", "fetchOnlyActiveWorkflows": true }),
        ),
        ("workflows.get", json!({ "nqlId": "#repair_outlook_connection" })),
        ("workflows.execute", json!({ "workflowId": "repair_outlook_connection", "devices": ["{collectorUid}"] })),
        ("workflows.execute", json!({ "workflowId": "send_password_reset_link", "users": ["{sid}"] })),
        (
            "workflows.execute",
            json!({
                "workflowId": "request_loan_device", "devices": [{ "name": "AMARTIN-LT" }], "users": [{ "upn": "{upn}" }],
                "params": { "device_type": "laptop", "reason": "repair" }
            }),
        ),
        (
            "workflows.execute",
            json!({ "workflowId": "free_disk_space_after_approval", "devices": [{ "collectorUid": "{collectorUid}" }] }),
        ),
        (
            "workflows.trigger",
            json!({
                "workflowUuid": "{workflowUuid}", "executionUuid": "{executionUuid}", "parameters": { "approved": "yes" }
            }),
        ),
        (
            "campaigns.trigger",
            json!({ "campaignNqlId": "#satisfaction_with_support", "userSid": ["{sid}"], "expiresInMinutes": 60 }),
        ),
        (
            "enrichment.write",
            json!({
                "domain": "assets",
                "enrichments": [{ "identification": identification, "fields": field("device/device/#cost_center", json!("4711")) }]
            }),
        ),
        (
            "enrichment.write",
            json!({
                "domain": "assets",
                "enrichments": [
                    { "identification": identification, "fields": field("device/device/#seats", json!(4)) },
                    { "identification": [{ "name": "user/user/sid", "value": "S-1-5-21-1-2-3-4" }], "fields": field("user/user/#seats", json!(4)) }
                ]
            }),
        ),
        ("spark.handoff", json!({ "userPrincipalName": "{upn}", "parts": [{ "type": "TEXT", "text": "It is slow" }] })),
        (
            "spark.handoff",
            json!({
                "userPrincipalName": "{upn}", "timezone": "Europe/Zurich", "metadata": { "ticket": "INC-1" },
                "parts": [{ "type": "FILE", "mimeType": "text/plain", "fileContent": "aGk=" }]
            }),
        ),
    ]
}

#[test]
fn every_operation_is_built_answered_and_read_as_documented() {
    let contract = Contract::load();
    let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
    let mut client = Client::new();
    let employee = client.employee("amartin");
    let mut known = vec![
        ("collectorUid", client.collector_uid("AMARTIN-LT")),
        ("sid", employee.sid.clone()),
        ("upn", employee.upn.clone()),
    ];
    let token = client.token().to_owned();
    let mut called = Vec::new();
    for (name, input) in calls() {
        let mut text = input.to_string();
        for (place, value) in &known {
            text = text.replace(&format!("{{{place}}}"), value);
        }
        let input = Json::parse(text.as_bytes()).unwrap();
        let request = build(name, input, &tenant).unwrap_or_else(|error| panic!("{name} {text}: {error}"));
        let request = if name == "token.create" { request } else { request.authorized(&token) };
        let (operation, of_request) = check_request(&contract, &wire(&request));
        assert_eq!(of_request.violations, [""; 0], "{name}: {request:?}");

        let response = client.send(&wire(&request));
        let of_answer = check_answer(&operation.unwrap(), &response);
        assert_eq!(of_answer.violations, [""; 0], "{name}: {}", String::from_utf8_lossy(&response.body));
        let output = parse(name, &response).unwrap_or_else(|error| panic!("{name}: {error}"));
        let output: Value = serde_json::from_str(&output.to_text()).unwrap();
        for (place, pointer) in [("exportId", "/exportId"), ("executionUuid", "/executionsUuids/0")] {
            if let Some(value) = output.pointer(pointer).and_then(Value::as_str) {
                known.retain(|(name, _)| *name != place);
                known.push((place, value.to_owned()));
            }
        }
        if name == "workflows.list" {
            let all = output.as_array().unwrap();
            assert!(all.iter().all(|workflow| workflow["id"].is_string()), "{output}");
            if let Some(waiting) = all.iter().find(|workflow| workflow["id"] == "free_disk_space_after_approval") {
                known.push(("workflowUuid", waiting["uuid"].as_str().unwrap().to_owned()));
            }
        }
        client.tenant.advance(PAUSE);
        called.push(name);
    }
    for operation in &OPERATIONS {
        assert!(called.contains(&operation.name), "{} is not called", operation.name);
    }
    println!("{} calls of {} operations", called.len(), OPERATIONS.len());
}
