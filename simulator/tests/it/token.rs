//! The two token endpoints, and how long a token holds.

use nexthink_simulator::{Options, SimulatedTenant};
use serde_json::{Value, json};

use crate::caller::{SECOND, answer, caller, token_request};

fn tenant() -> SimulatedTenant {
    SimulatedTenant::new(Options { devices: 0, ..Options::default() })
}

fn secret() -> &'static str {
    SimulatedTenant::CREDENTIALS.client_secret
}

#[test]
fn the_right_credentials_give_a_token_of_fifteen_minutes() {
    let (status, body) = answer(&mut tenant(), &token_request(secret()));
    assert_eq!(status, 200);
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(900)));
    assert_eq!(body["scope"], "service:integration");
    assert!(body["access_token"].as_str().unwrap().len() > 40);
}

#[test]
fn the_older_path_takes_no_body() {
    let mut request = token_request(secret());
    request.url = "https://acme.api.eu.nexthink.cloud/api/v1/token".into();
    request.body.clear();
    assert_eq!(answer(&mut tenant(), &request).0, 200);
}

#[test]
fn wrong_credentials_are_refused_on_both_paths() {
    for path in ["/oauth2/default/v1/token", "/api/v1/token"] {
        let mut request = token_request("wrong");
        request.url = format!("http://127.0.0.1:4000{path}");
        let (status, body) = answer(&mut tenant(), &request);
        assert_eq!((status, &body["error"]), (401, &json!("invalid_client")), "{path}");
        request.headers.clear();
        assert_eq!(answer(&mut tenant(), &request).0, 401);
    }
}

#[test]
fn a_wrong_grant_or_scope_is_refused_in_the_words_of_oauth() {
    for (body, error) in [
        ("", "invalid_request"),
        ("scope=service%3Aintegration", "invalid_request"),
        ("grant_type=password&scope=service%3Aintegration", "unsupported_grant_type"),
        ("grant_type=client_credentials", "invalid_scope"),
        ("grant_type=client_credentials&scope=openid", "invalid_scope"),
    ] {
        let mut request = token_request(secret());
        request.body = body.into();
        let (status, answered) = answer(&mut tenant(), &request);
        assert_eq!((status, answered["error"].as_str()), (400, Some(error)), "{body}");
    }
    let mut request = token_request(secret());
    request.headers.retain(|(name, _)| name == "authorization");
    assert_eq!(answer(&mut tenant(), &request).0, 400);
}

#[test]
fn a_token_is_refused_without_a_body_once_it_has_ended() {
    let mut caller = caller();
    let query = json!({ "queryId": "#get_device_basic_infos", "parameters": { "username": "amartin" } });
    caller.tenant.advance(899 * SECOND);
    assert_eq!(caller.post("/api/v2/nql/execute", &query).0, 200);
    caller.tenant.advance(SECOND);
    for path in ["/api/v1/nql/execute", "/api/v2/nql/execute", "/api/v1/act/execute"] {
        assert_eq!(caller.post(path, &query), (401, Value::Null), "{path}");
    }
}

#[test]
fn a_token_that_was_never_given_out_is_refused() {
    let mut caller = caller();
    for token in ["", "x", "undefined"] {
        caller.token = token.into();
        assert_eq!(caller.post("/api/v2/nql/execute", &json!({})).0, 401);
    }
}
