//! Exports: asked for, followed, downloaded; and everything that can be refused on the way.

use nexthink_chatbot::api::http::Response;
use nexthink_simulator::{Fault, FaultKind, Options, SimulatedTenant, WireRequest};
use serde_json::{Value, json};

use crate::caller::{API, Answer, Caller, MINUTE, SECOND, answer, response};

fn caller_of(options: Options) -> Caller {
    Caller::of(
        SimulatedTenant::new(options)
            .with_query("#all_devices", "devices | list name, collector.uid")
            .with_query("#some_device", "devices | where name == $name | list name, last_seen")
            .with_query("#no_field", "devices | list colour")
            .with_query("#not_nql", "devices | fetch name"),
    )
}

fn caller() -> Caller {
    caller_of(Options { devices: 60, ..Options::default() })
}

fn get(url: &str, authorization: Option<&str>) -> WireRequest {
    let headers = authorization.map(|value| ("Authorization".to_owned(), value.to_owned())).into_iter().collect();
    WireRequest { method: "GET".into(), url: url.into(), headers, body: vec![] }
}

impl Caller {
    fn export(&mut self, body: &Value) -> String {
        let (status, body) = self.post("/api/v1/nql/export", body);
        assert_eq!(status, 200, "{body}");
        body["exportId"].as_str().unwrap().to_owned()
    }

    fn export_status(&mut self, id: &str) -> Answer {
        self.get(&format!("/api/v1/nql/status/{id}"))
    }

    /// Waits until the export has ended, and gives the link to its file.
    fn link(&mut self, id: &str) -> String {
        self.tenant.advance(MINUTE);
        let (_, body) = self.export_status(id);
        assert_eq!(body["status"], "COMPLETED", "{body}");
        body["resultsFileUrl"].as_str().unwrap().to_owned()
    }

    fn download(&mut self, link: &str) -> Response {
        response(&mut self.tenant, &get(link, None))
    }

    fn csv(&mut self, export: &Value) -> String {
        let id = self.export(export);
        let link = self.link(&id);
        let file = self.download(&link);
        assert_eq!((file.status, file.header("content-type")), (200, Some("text/csv")));
        String::from_utf8(file.body).unwrap()
    }
}

/// The XML error of a download, as its status and code.
fn refused(response: &Response) -> (u16, String) {
    assert_eq!(response.header("content-type"), Some("application/xml"));
    let text = String::from_utf8(response.body.clone()).unwrap();
    let code = text.split("<Code>").nth(1).and_then(|rest| rest.split("</Code>").next()).unwrap();
    (response.status, code.to_owned())
}

#[test]
fn an_export_goes_from_submitted_to_completed_as_time_passes() {
    let mut caller = caller();
    let id = caller.export(&json!({ "queryId": "#all_devices" }));
    let mut seen: Vec<String> = vec![];
    for _ in 0..20 {
        let (status, body) = caller.export_status(&id);
        let word = body["status"].as_str().unwrap().to_owned();
        assert_eq!(status, 200);
        assert_eq!(body["resultsFileUrl"].is_string(), word == "COMPLETED", "{body}");
        assert_eq!(body["errorDescription"], Value::Null);
        if seen.last() != Some(&word) {
            seen.push(word);
        }
        caller.tenant.advance(SECOND);
    }
    assert_eq!(seen, ["SUBMITTED", "IN_PROGRESS", "COMPLETED"]);
}

#[test]
fn the_file_is_the_whole_answer_where_execute_gives_a_thousand_rows() {
    let mut caller = caller_of(Options { devices: 1_200, ..Options::default() });
    let text = caller.csv(&json!({ "queryId": "#all_devices" }));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "device.name,device.collector.uid");
    assert!(lines.len() > 1_200, "{}", lines.len());
    assert!(text.contains("AMARTIN-LT"));
}

#[test]
fn both_methods_export_the_same() {
    let mut caller = caller();
    let by_post = caller.csv(&json!({ "queryId": "#some_device", "parameters": { "name": "NBERG-LT" } }));
    let query = "queryId=%23some_device&parameters=%7B%22name%22%3A%22NBERG-LT%22%7D&compression=NONE";
    let (status, body) = caller.get(&format!("/api/v1/nql/export?{query}"));
    assert_eq!(status, 200);
    let link = caller.link(body["exportId"].as_str().unwrap());
    assert_eq!(String::from_utf8(caller.download(&link).body).unwrap().lines().count(), 2);
    assert_eq!(by_post.lines().next(), Some("device.name,device.last_seen"));
    // Regional time, and nothing that says so: the documents have no header for exports.
    let seen = by_post.lines().nth(1).unwrap().split(',').nth(1).unwrap();
    assert!(seen.len() == 19 && seen.starts_with("2026-11-18 "), "{seen}");
}

#[test]
fn a_number_sign_that_is_not_escaped_ends_the_address() {
    let (status, body) = caller().get("/api/v1/nql/export?queryId=#all_devices");
    assert_eq!((status, &body["code"]), (400, &json!(101)));
}

#[test]
fn the_file_holds_what_was_true_when_the_export_was_asked_for() {
    let mut caller = caller();
    let export = json!({ "queryId": "#diagnose_slow_pc_issues", "parameters": { "device_name": "NBERG-LT" } });
    let before = caller.csv(&export);
    let id = caller.export(&export);
    caller.tenant.set("NBERG-LT", r#"{ "freeSpace": 1000000000 }"#).unwrap();
    let link = caller.link(&id);
    assert_eq!(String::from_utf8(caller.download(&link).body).unwrap(), before);
    assert_ne!(caller.csv(&export), before);
}

#[test]
fn a_compressed_file_says_what_it_is_and_unpacks_to_the_plain_one() {
    let mut caller = caller();
    let plain = caller.csv(&json!({ "queryId": "#all_devices", "compression": null }));
    let id = caller.export(&json!({ "queryId": "#all_devices", "compression": "GZIP" }));
    let link = caller.link(&id);
    let file = caller.download(&link);
    assert!(link.contains(".csv.gz?"), "{link}");
    assert_eq!(file.header("content-type"), Some("application/gzip"));
    assert_eq!(file.header("content-encoding"), None);
    let deflated = &file.body[10..file.body.len() - 8];
    assert_eq!(miniz_oxide::inflate::decompress_to_vec(deflated).unwrap(), plain.as_bytes());

    let id = caller.export(&json!({ "queryId": "#all_devices", "compression": "ZSTD" }));
    let link = caller.link(&id);
    let file = caller.download(&link);
    assert_eq!(file.header("content-type"), Some("application/zstd"));
    // Blocks of what it was: the names of the devices stand in it as they are.
    assert!(file.body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) && file.body.ends_with(plain.as_bytes()), "{link}");
    let (status, body) = caller.post("/api/v1/nql/export", &json!({ "queryId": "#all_devices", "compression": "ZIP" }));
    assert_eq!((status, &body["code"]), (400, &json!(101)));
}

#[test]
fn more_rows_than_the_licence_allows_are_cut_and_the_status_says_so() {
    let mut caller = caller_of(Options { devices: 60, export_maximum_rows: 10, ..Options::default() });
    let id = caller.export(&json!({ "queryId": "#all_devices" }));
    assert_eq!(caller.export_status(&id).0, 200, "nothing is known yet");
    caller.tenant.advance(MINUTE);
    let (status, body) = caller.export_status(&id);
    assert_eq!((status, &body["status"]), (206, &json!("COMPLETED")));
    let file = caller.download(body["resultsFileUrl"].as_str().unwrap());
    assert_eq!(String::from_utf8(file.body).unwrap().lines().count(), 11);
    let id = caller.export(&json!({ "queryId": "#some_device", "parameters": { "name": "NBERG-LT" } }));
    caller.tenant.advance(MINUTE);
    assert_eq!(caller.export_status(&id).0, 200);
}

#[test]
fn a_query_that_cannot_run_ends_as_an_error_that_says_why() {
    let mut caller = caller();
    for (query, words) in [("#no_field", "cannot be executed"), ("#not_nql", "cannot be read")] {
        let id = caller.export(&json!({ "queryId": query }));
        assert_eq!(caller.export_status(&id).1["status"], "SUBMITTED");
        caller.tenant.advance(MINUTE);
        let (status, body) = caller.export_status(&id);
        assert_eq!((status, &body["status"], &body["resultsFileUrl"]), (200, &json!("ERROR"), &Value::Null));
        assert!(body["errorDescription"].as_str().unwrap().contains(words), "{body}");
    }
}

#[test]
fn what_cannot_begin_is_refused_at_once() {
    let mut caller = caller();
    for (body, status, code) in [
        (json!({ "queryId": "#no_such_query" }), 404, 100),
        (json!({ "queryId": "#some_device" }), 400, 102),
        (json!({ "queryId": "#some_device", "parameters": { "name": 5 } }), 400, 102),
        (json!({ "queryId": "all_devices" }), 400, 101),
        (json!({ "queryId": "#all_devices", "compression": 5 }), 400, 101),
        (json!([]), 400, 101),
    ] {
        let (answered, error) = caller.post("/api/v1/nql/export", &body);
        assert_eq!((answered, &error["code"]), (status, &json!(code)), "{body}");
        assert!(error["message"].is_string() && error["source"].is_string());
    }
    let (status, error) = caller.export_status("7fbd96a7-b717-43a7-8973-9c6adbca3a56");
    assert_eq!((status, &error["code"]), (404, &json!(100)));
    for path in ["/api/v1/nql/status/", "/api/v1/nql/status/a/b", "/api/v2/nql/export"] {
        assert_eq!(caller.get(path), (404, Value::Null), "{path}");
    }
    caller.token = "x".into();
    assert_eq!(caller.post("/api/v1/nql/export", &json!({})), (401, Value::Null));
    assert_eq!(caller.export_status("x"), (401, Value::Null));
}

#[test]
fn a_link_refuses_tokens_alterations_and_other_methods() {
    let mut caller = caller();
    let id = caller.export(&json!({ "queryId": "#all_devices" }));
    let link = caller.link(&id);
    assert!(link.starts_with("https://exports.acme.eu.nexthink-simulator.example/"), "{link}");
    let with_token = get(&link, Some("Bearer x"));
    let refusal = response(&mut caller.tenant, &with_token);
    assert_eq!(refused(&refusal), (400, "InvalidArgument".to_owned()));
    assert!(String::from_utf8(refusal.body).unwrap().contains("Only one auth mechanism allowed"));
    let unsigned = link.split('?').next().unwrap();
    for (url, status, code) in [
        (link.replace("Signature=", "Signature=0"), 403, "SignatureDoesNotMatch"),
        (link.replace("Expires=900", "Expires=9000"), 403, "SignatureDoesNotMatch"),
        (link.replace(&id, "another"), 403, "SignatureDoesNotMatch"),
        (unsigned.to_owned(), 403, "AccessDenied"),
    ] {
        assert_eq!(refused(&caller.download(&url)), (status, code.to_owned()), "{url}");
    }
    let post = WireRequest { method: "POST".into(), ..get(&link, None) };
    assert_eq!(refused(&response(&mut caller.tenant, &post)).0, 405);
    assert_eq!(caller.download(&link).status, 200);
    // Storage is no part of the API, and the API serves no files.
    assert_eq!(caller.download("https://exports.acme.eu.nexthink-simulator.example/api/v1/token").status, 403);
    let on_the_api = link.replace("https://exports.acme.eu.nexthink-simulator.example", API);
    assert_eq!(caller.download(&on_the_api).status, 404);
}

#[test]
fn a_link_ends_after_fifteen_minutes_and_another_can_be_had() {
    let mut caller = caller();
    let id = caller.export(&json!({ "queryId": "#all_devices" }));
    let link = caller.link(&id);
    caller.advance(15 * MINUTE - SECOND);
    assert_eq!(caller.download(&link).status, 200);
    caller.advance(SECOND);
    let expired = caller.download(&link);
    assert_eq!(refused(&expired), (403, "AccessDenied".to_owned()));
    assert!(String::from_utf8(expired.body).unwrap().contains("Request has expired"));
    let again = caller.link(&id);
    assert_eq!(caller.download(&again).status, 200);
}

#[test]
fn a_tenant_that_is_served_on_this_machine_gives_links_to_itself() {
    let mut caller = caller();
    let id = caller.export(&json!({ "queryId": "#all_devices" }));
    caller.tenant.advance(MINUTE);
    for (url, host, origin) in [
        ("http://127.0.0.1:4000", None, "http://127.0.0.1:4000/"),
        ("http://127.0.0.1", Some("localhost:8080"), "http://localhost:8080/"),
        ("http://[::1]:4000", None, "http://[::1]:4000/"),
    ] {
        let token = format!("Bearer {}", caller.token);
        let mut request = get(&format!("{url}/api/v1/nql/status/{id}"), Some(&token));
        request.headers.extend(host.map(|host| ("Host".to_owned(), host.to_owned())));
        let (_, body) = answer(&mut caller.tenant, &request);
        let link = body["resultsFileUrl"].as_str().unwrap().to_owned();
        assert!(link.starts_with(origin), "{link}");
        let here = link.replace(origin, "http://127.0.0.1/");
        assert_eq!(caller.download(&here).status, 200, "{link}");
    }
}

#[test]
fn a_completed_export_can_come_without_its_address() {
    let mut caller = caller();
    caller.tenant.inject(Fault::new(FaultKind::ExportWithoutUrl)).unwrap();
    let id = caller.export(&json!({ "queryId": "#all_devices" }));
    assert_eq!(caller.export_status(&id).1["status"], "SUBMITTED");
    caller.tenant.advance(MINUTE);
    let (status, body) = caller.export_status(&id);
    assert_eq!((status, &body["status"], &body["resultsFileUrl"]), (200, &json!("COMPLETED"), &Value::Null));
    assert!(caller.export_status(&id).1["resultsFileUrl"].is_string(), "it befalls once");
}
