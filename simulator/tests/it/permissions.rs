//! Who is let in: a missing or expired token, and credentials that lack a permission, as each API says it.

use nexthink_simulator::Permission;
use serde_json::{Value, json};

use crate::caller::{Answer, Caller, MINUTE, caller};

/// An endpoint, the permission that it wants, and the names in the body of its 403; none: it has no body.
const ENDPOINTS: [(&str, &str, Permission, &[&str]); 13] = [
    ("POST", "/api/v2/nql/execute", Permission::Nql, &["code", "message", "source"]),
    ("POST", "/api/v1/nql/export", Permission::Nql, &["code", "message", "source"]),
    ("GET", "/api/v1/nql/status/x", Permission::Nql, &["code", "message", "source"]),
    ("POST", "/api/v1/act/execute", Permission::RemoteActions, &["code", "message"]),
    ("GET", "/api/v1/act/remote-action", Permission::RemoteActions, &["code", "message"]),
    ("GET", "/api/v1/act/remote-action/details?nql-id=disk_cleanup", Permission::RemoteActions, &["code", "message"]),
    ("POST", "/api/v1/workflows/execute", Permission::Workflows, &["code", "details"]),
    ("POST", "/api/v2/workflows/execute", Permission::Workflows, &["code", "details"]),
    ("GET", "/api/v1/workflows", Permission::Workflows, &["code", "details"]),
    ("POST", "/api/v1/workflows/workflows/x/execution/y/trigger", Permission::Workflows, &["code", "details"]),
    ("POST", "/api/v1/euf/campaign/trigger", Permission::Campaigns, &[]),
    ("POST", "/api/v1/enrichment/data/fields", Permission::Enrichment, &["message"]),
    ("POST", "/api/v1/spark/handoff", Permission::Spark, &["message"]),
];

fn call(caller: &mut Caller, method: &str, path: &str) -> Answer {
    match method {
        "GET" => caller.get(path),
        _ => caller.post(path, &json!({})),
    }
}

#[test]
fn without_a_token_that_holds_nothing_is_answered() {
    let mut caller = caller();
    caller.tenant.advance(15 * MINUTE);
    let expired = caller.token.clone();
    for (method, path, permission, _) in ENDPOINTS {
        for token in [expired.as_str(), "", "undefined"] {
            caller.token = token.into();
            let (status, body) = call(&mut caller, method, path);
            assert_eq!(status, 401, "{path}");
            // The document of the Campaigns API alone has a body here.
            assert_eq!(body.is_null(), permission != Permission::Campaigns, "{path} {body}");
        }
    }
}

#[test]
fn a_permission_that_is_denied_closes_its_api_alone_until_it_is_granted() {
    for (method, path, permission, names) in ENDPOINTS {
        let mut caller = caller();
        caller.tenant.deny(permission);
        let (status, body) = call(&mut caller, method, path);
        assert_eq!(status, 403, "{path}");
        let told: Vec<&str> = body.as_object().into_iter().flat_map(|body| body.keys()).map(String::as_str).collect();
        assert_eq!(told, names, "{path}");
        for (method, other, its, _) in ENDPOINTS {
            let status = call(&mut caller, method, other).0;
            assert_eq!(status == 403, its == permission, "{other} without {permission:?}");
        }
        caller.tenant.grant(permission);
        assert_ne!(call(&mut caller, method, path).0, 403, "{path}");
    }
}

#[test]
fn what_is_denied_does_nothing() {
    let mut caller = caller();
    caller.tenant.deny(Permission::RemoteActions);
    let body = json!({ "remoteActionId": "set_outlook_online", "devices": [caller.collector_uid("AMARTIN-LT")] });
    assert_eq!(caller.post("/api/v1/act/execute", &body).0, 403);
    assert_eq!(caller.rows("#get_remote_action_result", "request_id", "*"), [] as [Value; 0]);
}
