//! The most objects that one request may name are accepted, and one more is not: the same limit in four APIs.

use serde_json::{Value, json};

use crate::caller::{Caller, caller};

/// A request that names so many objects.
type Naming = fn(&Caller, usize) -> Value;

fn uids(caller: &Caller, count: usize) -> Value {
    json!(vec![caller.collector_uid("AMARTIN-LT"); count])
}

fn sids(caller: &Caller, count: usize) -> Value {
    json!(vec![caller.employee("amartin").sid; count])
}

#[test]
fn ten_thousand_objects_are_accepted_and_one_more_is_not() {
    let cases: [(&str, Naming); 6] = [
        (
            "/api/v1/act/execute",
            |caller, count| json!({ "remoteActionId": "set_outlook_online", "devices": uids(caller, count) }),
        ),
        (
            "/api/v1/workflows/execute",
            |caller, count| json!({ "workflowId": "repair_outlook_connection", "devices": uids(caller, count) }),
        ),
        (
            "/api/v1/workflows/execute",
            |caller, count| json!({ "workflowId": "send_password_reset_link", "users": sids(caller, count) }),
        ),
        ("/api/v2/workflows/execute", |_, count| {
            let devices = vec![json!({ "name": "AMARTIN-LT" }); count];
            json!({ "workflowId": "repair_outlook_connection", "devices": devices, "users": [] })
        }),
        ("/api/v1/euf/campaign/trigger", |caller, count| {
            json!({
                "campaignNqlId": "satisfaction_with_support",
                "userSid": sids(caller, count),
                "expiresInMinutes": 525_600,
            })
        }),
        ("/api/v1/enrichment/data/fields", |_, count| {
            let one = json!({
                "identification": [{ "name": "device/device/name", "value": "AMARTIN-LT" }],
                "fields": [{ "name": "device/device/#ticket", "value": "INC-1" }],
            });
            json!({ "domain": "service_desk", "enrichments": vec![one; count] })
        }),
    ];
    let mut caller = caller();
    for (path, naming) in cases {
        for (count, status) in [(10_000, 200), (10_001, 400)] {
            let body = naming(&caller, count);
            let (answered, error) = caller.post(path, &body);
            assert_eq!(answered, status, "{path} {error}");
            let told = error["message"].as_str().or(error["details"].as_str()).unwrap_or_default();
            assert_eq!(told.contains("10001 entries"), status == 400, "{path} {told}");
        }
    }
}
