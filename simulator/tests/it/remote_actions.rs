//! Remote actions: what is accepted, what is refused, and what becomes of one on its device.

use serde_json::{Value, json};

use crate::caller::{Caller, DAY, HOUR, MINUTE, SECOND, caller};

fn none() -> Value {
    json!({})
}

#[test]
fn an_accepted_action_waits_runs_and_succeeds() {
    let mut caller = caller();
    let request_id = caller.trigger("disk_cleanup", "JCARTER-LT", &none());
    assert_eq!(caller.status(&request_id), "waiting_on_device");
    caller.tenant.advance(10 * SECOND);
    assert_eq!(caller.status(&request_id), "in_progress");
    caller.tenant.advance(280 * SECOND);
    assert_eq!(caller.status(&request_id), "in_progress");
    caller.tenant.advance(20 * SECOND);
    let row = caller.execution(&request_id);
    assert_eq!(row["remote_action.execution.status"], "success");
    assert_eq!(row["remote_action.execution.outputs"], r#"{"CleanupSpace":12884901888}"#);
    assert_eq!(row["remote_action.name"], "Disk cleanup");
    assert_eq!(row["device.name"], "JCARTER-LT");
    assert_eq!(row["remote_action.execution.status_details"], Value::Null);
}

#[test]
fn time_that_passes_at_once_brings_the_same_about() {
    let mut caller = caller();
    let request_id = caller.trigger("#disk_cleanup", "JCARTER-LT", &none());
    let before = caller.device("JCARTER-LT")["freeSpace"].as_f64().unwrap();
    caller.advance(23 * HOUR);
    assert_eq!(caller.status(&request_id), "success");
    assert!(caller.device("JCARTER-LT")["freeSpace"].as_f64().unwrap() > before + 1e10);
}

#[test]
fn what_waits_for_an_offline_device_runs_when_it_comes_back() {
    let mut caller = caller();
    let request_id = caller.trigger("disk_cleanup", "STANAKA-LT", &none());
    caller.advance(50 * MINUTE);
    assert_eq!(caller.status(&request_id), "waiting_on_device");
    caller.tenant.set("STANAKA-LT", r#"{"online":true}"#).unwrap();
    caller.tenant.advance(10 * SECOND);
    assert_eq!(caller.status(&request_id), "in_progress");
    caller.advance(20 * MINUTE);
    assert_eq!(caller.status(&request_id), "success");
}

#[test]
fn what_waits_too_long_expires_and_never_runs() {
    let mut caller = caller();
    let before = caller.device("STANAKA-LT")["freeSpace"].clone();
    let request_id = caller.trigger("disk_cleanup", "STANAKA-LT", &none());
    caller.advance(HOUR - SECOND);
    assert_eq!(caller.status(&request_id), "waiting_on_device");
    caller.tenant.advance(SECOND);
    let row = caller.execution(&request_id);
    assert_eq!(row["remote_action.execution.status"], "expired");
    assert_eq!(row["remote_action.execution.outputs"], Value::Null);
    caller.tenant.set("STANAKA-LT", r#"{"online":true}"#).unwrap();
    caller.advance(2 * HOUR);
    assert_eq!(caller.status(&request_id), "expired");
    assert_eq!(caller.device("STANAKA-LT")["freeSpace"], before);
}

#[test]
fn a_device_that_leaves_before_it_fetches_the_action_lets_it_wait() {
    let mut caller = caller();
    let request_id = caller.trigger("set_outlook_online", "AMARTIN-LT", &none());
    caller.tenant.set("AMARTIN-LT", r#"{"online":false}"#).unwrap();
    caller.tenant.advance(MINUTE);
    assert_eq!(caller.status(&request_id), "waiting_on_device");
    caller.tenant.set("AMARTIN-LT", r#"{"online":true}"#).unwrap();
    caller.tenant.advance(MINUTE);
    assert_eq!(caller.status(&request_id), "success");
}

#[test]
fn a_script_that_fails_gives_the_reason_and_no_outputs_and_changes_nothing() {
    let mut caller = caller();
    let before = caller.device("TMOREAU-LT");
    let request_id = caller.trigger("disk_cleanup", "TMOREAU-LT", &none());
    caller.advance(HOUR);
    let row = caller.execution(&request_id);
    assert_eq!(row["remote_action.execution.status"], "failure");
    assert!(row["remote_action.execution.status_details"].as_str().unwrap().starts_with("[Environment error]"));
    assert_eq!(row["remote_action.execution.outputs"], r#"{"CleanupSpace":"-"}"#);
    assert_eq!(caller.device("TMOREAU-LT")["freeSpace"], before["freeSpace"]);
}

#[test]
fn a_mac_has_no_script_for_it() {
    let mut caller = caller();
    let request_id = caller.trigger("repair_onedrive", "RLINDQVIST-MAC", &none());
    caller.advance(MINUTE);
    assert_eq!(caller.status(&request_id), "no_script");
}

#[test]
fn inputs_reach_the_script() {
    let mut caller = caller();
    let params = json!({ "Applications": "Spotify, Skype" });
    let request_id = caller.trigger("disable_application_from_startup_menu", "KHUBER-LT", &params);
    caller.advance(2 * MINUTE);
    let row = caller.execution(&request_id);
    assert_eq!(row["remote_action.execution.outputs"], r#"{"DisabledApplications":["Spotify","Skype"]}"#);
    assert_eq!(caller.device("KHUBER-LT")["highImpactApplications"], json!(["Adobe Creative Cloud"]));
    let without = caller.trigger("disable_application_from_startup_menu", "KHUBER-LT", &none());
    caller.advance(2 * MINUTE);
    assert_eq!(caller.status(&without), "failure");
}

#[test]
fn an_execution_is_found_by_its_reference_from_acceptance_on() {
    let mut caller = caller();
    let body = json!({
        "remoteActionId": "set_outlook_online",
        "devices": [caller.collector_uid("AMARTIN-LT")],
        "params": {},
        "expiresInMinutes": 120,
        "triggerInfo": { "externalSource": "chatbot", "reason": "é".repeat(500), "externalReference": "INC-1" }
    });
    let (status, answer) = caller.post("/api/v1/act/execute", &body);
    assert_eq!((status, &answer["expiresInMinutes"]), (200, &json!(120)));
    let rows = caller.rows("#get_remote_action_result_by_reference", "external_reference", "INC-1");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["remote_action.execution.request_id"], answer["requestId"]);
    assert_eq!(rows[0]["remote_action.execution.status"], "waiting_on_device");
}

#[test]
fn one_request_has_an_execution_for_each_device() {
    let mut caller = caller();
    let uid = caller.collector_uid("AMARTIN-LT");
    let body = json!({
        "remoteActionId": "set_outlook_online",
        "devices": [uid, caller.collector_uid("STANAKA-LT"), uid],
    });
    let (_, answer) = caller.post("/api/v1/act/execute", &body);
    caller.advance(MINUTE);
    let rows = caller.rows("#get_remote_action_result", "request_id", answer["requestId"].as_str().unwrap());
    let statuses: Vec<&str> = rows.iter().map(|row| row["remote_action.execution.status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["success", "waiting_on_device"]);
}

#[test]
fn what_breaks_a_rule_is_refused_and_nothing_is_accepted() {
    let mut caller = caller();
    let uid = caller.collector_uid("AMARTIN-LT");
    let good = |caller: &Caller| json!({ "remoteActionId": "set_outlook_online", "devices": [caller.collector_uid("AMARTIN-LT")] });
    let with = |field: &str, value: Value| {
        let mut body = json!({ "remoteActionId": "set_outlook_online", "devices": [uid.clone()] });
        body[field] = value;
        body
    };
    assert_eq!(caller.post("/api/v1/act/execute", &good(&caller)).0, 200);
    for (status, body) in [
        (400, with("remoteActionId", json!("format_drive"))),
        (400, with("remoteActionId", json!(""))),
        (400, with("devices", json!([]))),
        (400, with("devices", json!(["00000000-0000-4000-8000-000000000000"]))),
        (400, with("devices", json!([uid, "x"]))),
        (400, with("devices", json!(vec!["x"; 10_001]))),
        (400, with("params", json!({ "Applications": "Zoom" }))),
        (400, with("params", json!({ "Applications": 5 }))),
        (400, with("expiresInMinutes", json!(59))),
        (400, with("expiresInMinutes", json!(10_081))),
        (400, with("triggerInfo", json!({ "reason": "x".repeat(501) }))),
        (400, json!({ "devices": [uid] })),
        (400, json!("text")),
        (400, json!(["set_outlook_online", [uid]])),
        (400, with("params", Value::Null)),
        (400, with("expiresInMinutes", json!("60"))),
        (400, with("expiresInMinutes", json!(60.5))),
        (400, with("triggerInfo", json!({ "externalReference": 5 }))),
        (400, with("devices", json!([5]))),
        (400, with("devices", json!(uid))),
        (403, with("remoteActionId", json!("get_onedrive_status"))),
        (403, with("remoteActionId", json!("reset_browser_profile"))),
    ] {
        let (answered, error) = caller.post("/api/v1/act/execute", &body);
        assert_eq!(answered, status, "{error}");
        assert!(error["code"].is_string() && error["message"].is_string(), "{error}");
    }
    assert_eq!(caller.rows("#get_remote_action_result", "request_id", "*").len(), 1);
}

#[test]
fn of_an_input_without_custom_values_only_the_options_are_accepted() {
    let mut caller = caller();
    let uid = caller.collector_uid("AMARTIN-LT");
    let body =
        |params: Value| json!({ "remoteActionId": "restart_windows_service", "devices": [uid], "params": params });
    for (status, params) in [
        (400, json!({ "ServiceName": "lsass" })),
        (400, json!({ "ServiceName": "" })),
        (400, json!({ "servicename": "Spooler" })),
        (200, json!({ "ServiceName": "Spooler", "MaximumDelayInSeconds": "17" })),
    ] {
        assert_eq!(caller.post("/api/v1/act/execute", &body(params.clone())).0, status, "{params}");
    }
}

#[test]
fn a_script_that_succeeds_says_a_dash_where_it_has_no_value() {
    let mut caller = caller();
    let request_id = caller.trigger("restart_windows_service", "AMARTIN-LT", &json!({ "ServiceName": "Spooler" }));
    caller.advance(MINUTE);
    let row = caller.execution(&request_id);
    assert_eq!(row["remote_action.execution.status"], "success");
    assert_eq!(row["remote_action.execution.outputs"], r#"{"ServiceStatus":"Running","LastError":"-"}"#);
}

#[test]
fn an_action_for_macs_runs_on_macs_alone() {
    let mut caller = caller();
    let before = caller.device("RLINDQVIST-MAC")["freeSpace"].as_f64().unwrap();
    let on_mac = caller.trigger("empty_trash_macos", "RLINDQVIST-MAC", &none());
    let on_windows = caller.trigger("empty_trash_macos", "AMARTIN-LT", &none());
    caller.advance(2 * MINUTE);
    assert_eq!((caller.status(&on_mac), caller.status(&on_windows)), ("success".into(), "no_script".into()));
    assert!(caller.device("RLINDQVIST-MAC")["freeSpace"].as_f64().unwrap() > before);
}

#[test]
fn what_has_not_begun_can_be_cancelled_and_what_has_goes_on() {
    let mut caller = caller();
    let uids = ["STANAKA-LT", "JCARTER-LT"].map(|device| caller.collector_uid(device));
    let body = json!({ "remoteActionId": "disk_cleanup", "devices": uids });
    let request_id = caller.post("/api/v1/act/execute", &body).1["requestId"].as_str().unwrap().to_owned();
    caller.tenant.advance(10 * SECOND);
    assert_eq!(caller.tenant.cancel(&request_id).unwrap(), 1);
    caller.tenant.set("STANAKA-LT", r#"{"online":true}"#).unwrap();
    caller.advance(HOUR);
    let rows = caller.rows("#get_remote_action_result", "request_id", &request_id);
    let statuses: Vec<_> =
        rows.iter().map(|row| (&row["device.name"], &row["remote_action.execution.status"])).collect();
    let (cancelled, done) = (json!("STANAKA-LT"), json!("JCARTER-LT"));
    assert!(statuses.contains(&(&cancelled, &json!("cancelled"))), "{statuses:?}");
    assert!(statuses.contains(&(&done, &json!("success"))), "{statuses:?}");
    assert!(caller.tenant.cancel("x").unwrap_err().to_string().contains("`x`"));
}

#[test]
fn a_result_of_a_day_ago_has_left_the_window_of_the_query() {
    let mut caller = caller();
    let request_id = caller.trigger("set_outlook_online", "AMARTIN-LT", &none());
    caller.advance(DAY + HOUR);
    assert_eq!(caller.rows("#get_remote_action_result", "request_id", &request_id), [] as [Value; 0]);
}
