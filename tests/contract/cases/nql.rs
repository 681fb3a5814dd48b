//! Executions of saved queries.

use std::num::NonZeroU32;

use nexthink_simulator::{NqlLimits, Options};
use serde_json::{Value, json};

use super::Case;
use crate::amendments::OperationName;
use crate::client::{Client, small, with_field};

const EXECUTE: [OperationName; 2] = [("POST", "/api/v1/nql/execute"), ("POST", "/api/v2/nql/execute")];

pub fn cases() -> Vec<Case> {
    EXECUTE.into_iter().flat_map(cases_of).collect()
}

fn cases_of(operation: OperationName) -> Vec<Case> {
    let path = operation.1;
    let slow_pc = || json!({ "queryId": "#diagnose_slow_pc_issues", "parameters": { "device_name": "JCARTER-LT" } });
    let mut cases = vec![
        Case::new(operation, 200, "a diagnosis, with null and numbers", move |client| client.post(path, &slow_pc())),
        Case::new(operation, 200, "UTC", move |client| {
            with_field(client.post(path, &slow_pc()), "x-utc-times", "true")
        }),
        Case::new(operation, 200, "JSON, asked for", move |client| {
            with_field(client.post(path, &slow_pc()), "accept", "application/json")
        }),
        Case::new(operation, 200, "CSV", move |client| with_field(client.post(path, &slow_pc()), "accept", "text/csv")),
        Case::new(operation, 200, "no row", move |client| {
            client.post(path, &json!({ "queryId": "#some_device", "parameters": { "name": "NO-SUCH-DEVICE" } }))
        }),
        Case::new(operation, 200, "more rows than an answer holds", move |client| {
            *client = Client::of(Options { devices: 1_200, ..small() });
            client.post(path, &json!({ "queryId": "#all_devices" }))
        }),
        Case::new(operation, 206, "more rows, and a tenant that says so", move |client| {
            *client = Client::of(Options { devices: 1_200, execute_partial_content: true, ..small() });
            client.post(path, &json!({ "queryId": "#all_devices" }))
        }),
        Case::new(operation, 200, "the execution of a remote action", move |client| {
            let run = json!({ "remoteActionId": "disk_cleanup", "devices": [client.collector_uid("JCARTER-LT")] });
            let request_id = client.json(&client.post("/api/v1/act/execute", &run))["requestId"].clone();
            client.tenant.advance(10 * crate::client::MINUTE);
            let query = json!({ "queryId": "#get_remote_action_result", "parameters": { "request_id": request_id } });
            client.post(path, &query)
        }),
        Case::new(operation, 404, "no such query", move |client| client.post(path, &json!({ "queryId": "#no_query" }))),
        Case::new(operation, 406, "a page", move |client| {
            with_field(client.post(path, &json!({ "queryId": "#all_devices" })), "accept", "text/html")
        }),
        Case::new(operation, 429, "too often", move |client| {
            let nql_limits = NqlLimits { per_second: NonZeroU32::new(1), ..NqlLimits::default() };
            *client = Client::of(Options { nql_limits, ..small() });
            let request = client.post(path, &json!({ "queryId": "#all_devices" }));
            client.json(&request);
            request
        }),
    ];
    for query in UNUSABLE {
        cases.push(Case::new(operation, 400, query, move |client| client.post(path, &json!({ "queryId": query }))));
    }
    cases.extend(
        bad_bodies()
            .into_iter()
            .map(|body| Case::new(operation, 400, &body.to_string(), move |client| client.post(path, &body))),
    );
    cases
}

/// What breaks a rule of executions and exports alike, or of the query.
pub fn bad_bodies() -> Vec<Value> {
    vec![
        json!([]),
        json!({}),
        json!({ "queryId": "all_devices" }),
        json!({ "queryId": "#a" }),
        json!({ "queryId": "#All_Devices" }),
        json!({ "queryId": "#some_device" }),
        json!({ "queryId": "#some_device", "parameters": { "name": 5 } }),
        json!({ "queryId": "#some_device", "parameters": [] }),
    ]
}

/// Queries that are saved and cannot run.
pub const UNUSABLE: [&str; 2] = ["#no_field", "#not_nql"];
