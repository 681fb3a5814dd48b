//! Failures on demand, addresses that lead nowhere, and the log.

use nexthink_chatbot::api::http::Response;
use nexthink_simulator::{Fault, FaultKind, Options, Outcome, RetryAfterForm, SimulatedTenant, WireRequest};
use serde_json::{Value, json};

use crate::caller::{API, Caller, MINUTE, answer, caller, response, token_request};

/// The same query as v2 answers it under a fault, and what it answers without.
fn with_and_without(fault: Fault) -> (Response, Response) {
    let mut caller = caller();
    let query = json!({ "queryId": "#get_device_basic_infos", "parameters": { "username": "amartin" } });
    let request = caller.request("/api/v2/nql/execute", &query);
    caller.tenant.inject(fault).unwrap();
    (response(&mut caller.tenant, &request), response(&mut caller.tenant, &request))
}

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
fn a_truncated_answer_has_done_its_work_and_breaks_off_in_the_middle() {
    let mut caller = caller();
    caller.tenant.inject(Fault::new(FaultKind::Truncated).of("act/execute")).unwrap();
    let body = json!({
        "remoteActionId": "set_outlook_online",
        "devices": [caller.collector_uid("AMARTIN-LT")],
        "triggerInfo": { "externalReference": "INC-3" }
    });
    let request = caller.request("/api/v1/act/execute", &body);
    let Outcome::Truncated { response, .. } = caller.tenant.handle(&request) else { panic!("it arrived whole") };
    let whole: usize = response.header("content-length").unwrap().parse().unwrap();
    assert!(response.status == 200 && response.body.len() == whole / 2 && whole > 50, "{whole}");
    assert_eq!(caller.rows("#get_remote_action_result_by_reference", "external_reference", "INC-3").len(), 1);
    // An answer without a body cannot break off in it: nothing arrives.
    caller.tenant.inject(Fault::new(FaultKind::Truncated)).unwrap();
    caller.token = "x".into();
    let request = caller.request("/api/v1/act/execute", &body);
    assert!(matches!(caller.tenant.handle(&request), Outcome::Broken { .. }));
}

#[test]
fn half_a_body_arrives_as_if_it_were_all() {
    let (half, whole) = with_and_without(Fault::new(FaultKind::HalfBody));
    assert_eq!((half.status, half.body.as_slice()), (200, &whole.body[..whole.body.len() / 2]));
    assert!(serde_json::from_slice::<Value>(&half.body).is_err());
}

#[test]
fn an_answer_can_claim_to_be_something_else() {
    let (plain, right) = with_and_without(Fault::new(FaultKind::WrongType));
    assert_eq!((plain.header("content-type"), &plain.body), (Some("text/plain"), &right.body));
    let charset = "application/json; charset=utf-16";
    let (wrong, right) = with_and_without(Fault::new(FaultKind::WrongType).content_type(charset));
    assert_eq!((wrong.header("content-type"), &wrong.body), (Some(charset), &right.body));
}

#[test]
fn a_body_can_be_no_utf8() {
    let (spoilt, right) = with_and_without(Fault::new(FaultKind::InvalidUtf8));
    assert!(std::str::from_utf8(&spoilt.body).is_err() && spoilt.body.len() == right.body.len() + 1);
}

#[test]
fn a_revoked_token_ends_in_the_middle_of_a_conversation_and_another_can_be_had() {
    let mut caller = caller();
    let query = json!({ "queryId": "#get_device_basic_infos", "parameters": { "username": "amartin" } });
    caller.tenant.inject(Fault::new(FaultKind::TokenRevoked).of("nql")).unwrap();
    assert_eq!(caller.post("/api/v2/nql/execute", &query), (401, Value::Null));
    assert_eq!(caller.post("/api/v2/nql/execute", &query), (401, Value::Null), "it has ended for good");
    caller.advance(0);
    assert_eq!(caller.post("/api/v2/nql/execute", &query).0, 200);
}

#[test]
fn a_clock_jump_ends_tokens_and_lets_happen_what_falls_due() {
    let mut caller = caller();
    let before = caller.tenant.now();
    let request_id = caller.trigger("set_outlook_online", "AMARTIN-LT", &json!({}));
    caller.tenant.inject(Fault::new(FaultKind::ClockJump).jump_ms(20 * MINUTE)).unwrap();
    assert_eq!(caller.post("/api/v2/nql/execute", &json!({})), (401, Value::Null));
    assert_eq!(caller.tenant.now().since(before), 20 * MINUTE);
    caller.advance(0);
    assert_eq!(caller.status(&request_id), "success");
}

#[test]
fn a_status_comes_with_the_error_of_the_api_where_it_is_asked_for() {
    let mut caller = caller();
    let status = Fault::new(FaultKind::Status).status(503);
    for (path, names) in [
        ("/api/v2/nql/execute", &["code", "message", "source"][..]),
        ("/api/v1/act/execute", &["code", "message"]),
        ("/api/v1/workflows/execute", &["code", "details"]),
        ("/oauth2/default/v1/token", &["error", "error_description"]),
    ] {
        caller.tenant.inject(status.clone()).unwrap();
        assert_eq!(caller.post(path, &json!({})), (503, Value::Null), "{path}");
        caller.tenant.inject(status.clone().with_error_body()).unwrap();
        let (answered, body) = caller.post(path, &json!({}));
        assert_eq!(answered, 503);
        assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), names, "{path}");
    }
}

#[test]
fn a_refusal_says_how_long_to_wait_in_seconds_or_as_a_date() {
    let mut caller = caller();
    for (form, expected) in [(RetryAfterForm::Seconds, "30"), (RetryAfterForm::Date, "Wed, 18 Nov 2026 09:00:30 GMT")] {
        let fault = Fault::new(FaultKind::Status).status(429).retry_after_ms(30_000, form);
        caller.tenant.inject(fault).unwrap();
        let request = caller.request("/api/v2/nql/execute", &json!({}));
        let refused = response(&mut caller.tenant, &request);
        assert_eq!((refused.status, refused.header("retry-after")), (429, Some(expected)));
    }
}

#[test]
fn a_share_of_the_requests_fails_and_the_same_ones_for_the_same_seed() {
    let failed = |seed: u64| -> Vec<bool> {
        let mut tenant = SimulatedTenant::new(Options { devices: 0, seed, ..Options::default() });
        tenant.inject(Fault::new(FaultKind::Status).status(500).probability(0.2)).unwrap();
        tenant.inject(Fault::new(FaultKind::Network).probability(0.2)).unwrap();
        let request = token_request(SimulatedTenant::CREDENTIALS.client_secret);
        let outcome =
            |_| !matches!(tenant.handle(&request), Outcome::Answer { response, .. } if response.status == 200);
        (0..500).map(outcome).collect()
    };
    // A fifth, and a fifth of the rest.
    let share = failed(1).into_iter().filter(|failed| *failed).count();
    assert!((140..220).contains(&share), "{share}");
    assert_eq!(failed(1), failed(1));
    assert_ne!(failed(1), failed(2));
}

#[test]
fn faults_change_nothing_else_in_the_tenant() {
    let transcript = |fault: Option<Fault>| {
        let mut caller = Caller::of(SimulatedTenant::new(Options { devices: 0, ..Options::default() }));
        fault.into_iter().for_each(|fault| caller.tenant.inject(fault).unwrap());
        (0..5).map(|_| caller.trigger("set_outlook_online", "AMARTIN-LT", &json!({}))).collect::<Vec<_>>()
    };
    let slow = Fault::new(FaultKind::Latency).latency_ms(500).probability(0.5);
    assert_eq!(transcript(Some(slow)), transcript(None));
}

#[test]
fn cleared_faults_befall_no_one() {
    let mut caller = caller();
    caller.tenant.inject(Fault::new(FaultKind::Status).probability(1.0)).unwrap();
    caller.tenant.inject(Fault::new(FaultKind::Network).times(9)).unwrap();
    caller.tenant.clear_faults();
    caller.rows("#get_device_basic_infos", "username", "amartin");
}

#[test]
fn every_answer_tells_the_tenants_time() {
    let mut caller = caller();
    caller.tenant.advance(MINUTE);
    let answered = response(&mut caller.tenant, &token_request("wrong"));
    assert_eq!(answered.header("date"), Some("Wed, 18 Nov 2026 09:01:00 GMT"));
    assert_eq!(answer(&mut caller.tenant, &token_request("wrong")).0, 401);
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
        ("GET", "/api/v1/act/execute", 405, Some("POST")),
        ("PUT", "/api/v1/nql/export?x=y", 405, Some("GET, POST")),
        ("POST", "/api/v1/nql/status/x", 405, Some("GET")),
        ("GET", "/api/v1/workflows/", 404, None),
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
    assert_eq!([log[2].fault, log[3].fault], [None, Some(FaultKind::Network)]);
    let text = serde_json::to_string(&log).unwrap();
    for secret in [caller.token.as_str(), "amartin", "AMARTIN", "secret", "Basic"] {
        assert!(!text.contains(secret), "{secret}");
    }
}
