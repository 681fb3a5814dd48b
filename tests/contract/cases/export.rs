//! Exports: begun in both ways, followed to each end.

use nexthink_simulator::{Fault, FaultKind, NqlLimits, Options, WireRequest};
use serde_json::{Value, json};

use super::Case;
use super::nql::{UNUSABLE, bad_bodies};
use crate::amendments::OperationName;
use crate::client::{Client, MINUTE, small, with_field};

const POST: OperationName = ("POST", "/api/v1/nql/export");
const GET: OperationName = ("GET", "/api/v1/nql/export");
const STATUS: OperationName = ("GET", "/api/v1/nql/status/{exportId}");

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        Case::new(POST, 200, "plain", |client| client.post(POST.1, &json!({ "queryId": "#all_devices" }))),
        Case::new(POST, 200, "with times in UTC", |client| {
            with_field(client.post(POST.1, &json!({ "queryId": "#all_devices" })), "x-utc-times", "true")
        }),
        Case::new(POST, 200, "with null for compression", |client| {
            client.post(POST.1, &json!({ "queryId": "#all_devices", "compression": null }))
        }),
        Case::new(POST, 404, "no such query", |client| client.post(POST.1, &json!({ "queryId": "#no_query" }))),
        Case::new(POST, 400, "no such compression", |client| {
            client.post(POST.1, &json!({ "queryId": "#all_devices", "compression": "ZIP" }))
        }),
        Case::new(POST, 429, "the day's requests are used up", |client| {
            *client = of_limited(0);
            client.post(POST.1, &json!({ "queryId": "#all_devices" }))
        }),
        Case::new(GET, 200, "plain", |client| client.get("/api/v1/nql/export?queryId=%23all_devices")),
        Case::new(GET, 200, "with everything", |client| {
            let query = "queryId=%23some_device&parameters=%7B%22name%22%3A%22NBERG-LT%22%7D&compression=GZIP";
            client.get(&format!("{}?{query}", GET.1))
        }),
        Case::new(GET, 404, "no such query", |client| client.get("/api/v1/nql/export?queryId=%23no_query")),
        Case::new(GET, 400, "a number sign that is not escaped", |client| {
            client.get("/api/v1/nql/export?queryId=#all_devices")
        }),
        Case::new(GET, 400, "no query", |client| client.get(GET.1)),
        Case::new(GET, 429, "the day's requests are used up", |client| {
            *client = of_limited(0);
            client.get("/api/v1/nql/export?queryId=%23all_devices")
        }),
    ];
    for compression in ["ZSTD", "GZIP", "NONE"] {
        cases.push(Case::new(POST, 200, compression, move |client| {
            client.post(POST.1, &json!({ "queryId": "#all_devices", "compression": compression }))
        }));
    }
    cases.extend(
        bad_bodies()
            .into_iter()
            .map(|body| Case::new(POST, 400, &body.to_string(), move |client| client.post(POST.1, &body))),
    );
    cases.extend(of_status());
    cases
}

fn of_status() -> Vec<Case> {
    let mut cases = vec![Case::new(STATUS, 200, "submitted", |client| status(client, "#all_devices", 0))];
    for (what, wait) in [("in progress", 1_500), ("completed", MINUTE)] {
        cases.push(Case::new(STATUS, 200, what, move |client| status(client, "#all_devices", wait)));
    }
    for query in UNUSABLE {
        cases.push(Case::new(STATUS, 200, query, move |client| status(client, query, MINUTE)));
    }
    cases.extend([
        Case::new(STATUS, 200, "completed without a link", |client| {
            client.tenant.inject(Fault::new(FaultKind::ExportWithoutUrl)).unwrap();
            status(client, "#all_devices", MINUTE)
        }),
        Case::new(STATUS, 206, "more rows than the licence allows", |client| {
            *client = Client::of(Options { devices: 60, export_maximum_rows: 10, ..small() });
            status(client, "#all_devices", MINUTE)
        }),
        Case::new(STATUS, 404, "no such export", |client| {
            client.get("/api/v1/nql/status/7fbd96a7-b717-43a7-8973-9c6adbca3a56")
        }),
        Case::new(STATUS, 429, "the day's requests are used up", |client| {
            *client = of_limited(1);
            status(client, "#all_devices", 0)
        }),
    ]);
    cases
}

/// Asks for the status of an export that was begun so long ago.
fn status(client: &mut Client, query: &str, wait: i64) -> WireRequest {
    let export: Value = client.json(&client.post(POST.1, &json!({ "queryId": query })));
    client.tenant.advance(wait);
    client.get(&format!("/api/v1/nql/status/{}", export["exportId"].as_str().unwrap()))
}

fn of_limited(per_day: u32) -> Client {
    Client::of(Options { nql_limits: NqlLimits { per_day: Some(per_day), ..NqlLimits::default() }, ..small() })
}
