//! Failures on demand, addresses that lead nowhere, and the log.

use nexthink_simulator::{Fault, FaultKind, Outcome, WireRequest};
use serde_json::json;

use crate::caller::{API, caller, response};

#[test]
fn a_lost_answer_has_done_its_work() {
    let mut caller = caller();
    caller.tenant.inject(Fault::new(FaultKind::LostAnswer).of("act/execute")).unwrap();
    let body = json!({
        "remoteActionId": "set_outlook_online",
        "devices": [caller.collector_uid("AMARTIN-LT")],
        "triggerInfo": { "externalReference": "INC-2" }
    });
    let request = caller.request("/api/v1/act/execute", &body);
    assert!(matches!(caller.tenant.handle(&request), Outcome::Broken { .. }));
    assert_eq!(caller.rows("#get_remote_action_result_by_reference", "external_reference", "INC-2").len(), 1);
}

#[test]
fn a_connection_that_breaks_on_the_way_there_has_done_nothing() {
    let mut caller = caller();
    caller.tenant.inject(Fault::new(FaultKind::Network).of("act/execute")).unwrap();
    let body = json!({ "remoteActionId": "set_outlook_online", "devices": [caller.collector_uid("AMARTIN-LT")] });
    let request = caller.request("/api/v1/act/execute", &body);
    assert!(matches!(caller.tenant.handle(&request), Outcome::Broken { .. }));
    assert_eq!(caller.rows("#get_remote_action_result", "request_id", "*").len(), 0);
    assert_eq!(caller.post("/api/v1/act/execute", &body).0, 200);
}

#[test]
fn statuses_pages_and_delays_come_as_asked_for() {
    let mut caller = caller();
    let query = json!({ "queryId": "#get_device_basic_infos", "parameters": { "username": "amartin" } });
    let request = caller.request("/api/v2/nql/execute", &query);
    caller.tenant.inject(Fault::new(FaultKind::Status).status(429).retry_after("3").times(2)).unwrap();
    caller.tenant.inject(Fault::new(FaultKind::Html)).unwrap();
    caller.tenant.inject(Fault::new(FaultKind::Latency).latency_ms(9_000)).unwrap();
    for _ in 0..2 {
        let throttled = response(&mut caller.tenant, &request);
        assert_eq!((throttled.status, throttled.header("retry-after")), (429, Some("3")));
    }
    let page = response(&mut caller.tenant, &request);
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(page.body.starts_with(b"<!doctype html>"));
    let Outcome::Answer { response, latency_ms } = caller.tenant.handle(&request) else { panic!("broken") };
    assert_eq!((response.status, latency_ms), (200, 9_000));
    assert!(caller.tenant.inject(Fault::new(FaultKind::Status).status(99)).is_err());
}

#[test]
fn an_address_of_another_tenant_leads_nowhere_an_unknown_path_to_404_and_a_wrong_method_to_405() {
    let mut caller = caller();
    for url in ["https://other.api.eu.nexthink.cloud/api/v1/token", "https://example.com/api/v1/nql/execute"] {
        let request = WireRequest { method: "POST".into(), url: url.into(), ..WireRequest::default() };
        assert!(matches!(caller.tenant.handle(&request), Outcome::Broken { .. }), "{url}");
    }
    for (method, path, status, allow) in [
        ("POST", "/api/v1/acts/execute", 404, None),
        ("GET", "/", 404, None),
        ("GET", "/api/v1/workflows/", 404, None),
        ("GET", "/api/v1/act/execute", 405, Some("POST")),
        ("DELETE", "/api/v1/act/remote-action?x=y", 405, Some("GET")),
        ("PUT", "/api/v1/workflows/workflows/a/execution/b/trigger", 405, Some("POST")),
    ] {
        let request = WireRequest { method: method.into(), url: format!("{API}{path}"), ..WireRequest::default() };
        let answer = response(&mut caller.tenant, &request);
        assert_eq!((answer.status, answer.header("allow")), (status, allow), "{method} {path}");
        assert!(answer.body.is_empty());
    }
}

#[test]
fn the_log_tells_what_was_asked_and_no_secret() {
    let mut caller = caller();
    caller.rows("#get_device_basic_infos", "username", "amartin");
    caller.trigger("set_outlook_online", "AMARTIN-LT", &json!({}));
    caller.tenant.inject(Fault::new(FaultKind::Network)).unwrap();
    let request = caller.request("/api/v1/nql/execute?x=secret", &json!({}));
    caller.tenant.handle(&request);
    let log = caller.tenant.requests();
    let seen: Vec<_> = log.iter().map(|one| (one.path.as_str(), one.status)).collect();
    assert_eq!(
        seen,
        [
            ("/oauth2/default/v1/token", Some(200)),
            ("/api/v2/nql/execute", Some(200)),
            ("/api/v1/act/execute", Some(200)),
            ("/api/v1/nql/execute", None),
        ]
    );
    assert_eq!(log[1].query_id.as_deref(), Some("#get_device_basic_infos"));
    assert_eq!(log[2].remote_action_id.as_deref(), Some("set_outlook_online"));
    let text = serde_json::to_string(&log).unwrap();
    for secret in [caller.token.as_str(), "amartin", "AMARTIN", "secret", "Basic"] {
        assert!(!text.contains(secret), "{secret}");
    }
}
