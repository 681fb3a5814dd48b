//! The catalogue of workflows, whole, filtered, and one by one.

use serde_json::{Value, json};

use crate::caller::{Caller, caller};

fn ids(caller: &mut Caller, query: &str) -> Vec<String> {
    let (status, body) = caller.get(&format!("/api/v1/workflows{query}"));
    assert_eq!(status, 200, "{body}");
    body.as_array().unwrap().iter().map(|workflow| workflow["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_filters_narrow_the_list_each_alone_and_together() {
    let mut caller = caller();
    assert_eq!(ids(&mut caller, "").len(), 7);
    for (query, expected) in [
        ("?dependency=USER", vec!["send_password_reset_link"]),
        ("?dependency=USER_AND_DEVICE", vec!["request_loan_device"]),
        ("?dependency=NONE", vec!["announce_outage"]),
        (
            "?dependency=DEVICE",
            vec![
                "repair_outlook_connection",
                "free_disk_space_after_approval",
                "retire_device",
                "collect_support_logs",
            ],
        ),
        (
            "?dependency=DEVICE&triggerMethod=API&fetchOnlyActiveWorkflows=true",
            vec!["repair_outlook_connection", "free_disk_space_after_approval"],
        ),
        ("?triggerMethod=SCHEDULER", vec!["announce_outage", "collect_support_logs"]),
        ("?triggerMethod=MANUAL_MULTIPLE", vec!["repair_outlook_connection", "collect_support_logs"]),
        ("?dependency=USER&triggerMethod=SCHEDULER", vec![]),
    ] {
        assert_eq!(ids(&mut caller, query), expected, "{query}");
    }
    assert_eq!(ids(&mut caller, "?fetchOnlyActiveWorkflows=true").len(), 6);
    assert_eq!(ids(&mut caller, "?fetchOnlyActiveWorkflows=false&triggerMethod=MANUAL").len(), 7);
}

#[test]
fn a_filter_that_is_no_word_of_its_enumeration_is_refused() {
    let mut caller = caller();
    for query in ["dependency=device", "dependency=", "triggerMethod=WEBHOOK", "fetchOnlyActiveWorkflows=yes"] {
        let (status, error) = caller.get(&format!("/api/v1/workflows?{query}"));
        assert_eq!(status, 400, "{query}");
        assert!(error["code"].is_string() && error["details"].is_string(), "{error}");
    }
}

#[test]
fn a_workflow_is_told_with_its_trigger_methods_and_parameters() {
    let mut caller = caller();
    let (status, body) = caller.get("/api/v1/workflows/details?nqlId=%23request_loan_device");
    assert_eq!((status, body.as_array().map(Vec::len)), (200, Some(1)));
    let workflow = &body[0];
    let uuid = workflow["uuid"].as_str().unwrap();
    assert_eq!(uuid.len(), 36);
    assert_eq!((&workflow["id"], &workflow["status"]), (&json!("request_loan_device"), &json!("ACTIVE")));
    assert_eq!(workflow["lastUpdateTime"], "2026-09-30T07:00:00Z");
    assert_eq!(
        workflow["triggerMethods"],
        json!({
            "apiEnabled": true, "manualEnabled": true, "manualAllowMultipleInstances": false, "schedulingEnabled": false,
        })
    );
    let version = &workflow["versions"][0];
    assert_eq!((&version["hasDevice"], &version["hasUser"]), (&json!(true), &json!(true)));
    assert_eq!(
        version["parameters"],
        json!([
            { "id": "device_type", "allowCustomValue": false, "options": ["laptop", "desktop"] },
            { "id": "reason", "allowCustomValue": true, "options": [] },
        ])
    );
    let listed = caller.get("/api/v1/workflows?dependency=USER_AND_DEVICE").1;
    assert_eq!(listed, body);
}

#[test]
fn a_workflow_that_is_not_there_or_not_named_is_refused() {
    let mut caller = caller();
    for query in ["?nqlId=no_such_workflow", "?nql-id=request_loan_device", ""] {
        let (status, error) = caller.get(&format!("/api/v1/workflows/details{query}"));
        assert_eq!(status, 400, "{query}");
        assert!(error["code"].is_string() && error["details"].is_string(), "{error}");
        assert_eq!(error.get("message"), None::<&Value>);
    }
}
