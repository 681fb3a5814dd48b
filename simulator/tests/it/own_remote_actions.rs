//! Remote actions that a test writes do all that the tenant's own do.

use nexthink_simulator::{Options, SimulatedTenant, WireRequest};
use serde_json::{Value, json};

use crate::caller::{Caller, HOUR, MINUTE, response};
use crate::teams::{COLUMN, change, collection, execute, ran, set, with_teams};

#[test]
fn a_data_collection_reports_what_was_set_and_nothing_where_nothing_was() {
    let mut caller = with_teams();
    let row = caller.diagnose("#diagnose_teams", "NBERG-LT");
    assert_eq!(row[COLUMN], 41);
    assert_eq!(row["remote_action.get_teams_startup_windows.execution.status"], "success");
    assert!(row["remote_action.get_teams_startup_windows.execution.time"].is_string());
    let other = caller.diagnose("#diagnose_teams", "AMARTIN-LT");
    assert_eq!(
        (&other[COLUMN], &other["remote_action.get_teams_startup_windows.execution.time"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(ran(&mut caller, "NBERG-LT").iter().filter(|id| *id == "get_teams_startup_windows").count(), 3);
    assert!(!ran(&mut caller, "AMARTIN-LT").contains(&"get_teams_startup_windows".to_owned()));
    let runs = caller.query(
        "remote_action.#get_teams_startup_windows.executions past 1d | where outputs.StartupSeconds > 40 \
         | list device.name, outputs, outputs.Plugins | limit 1",
    );
    assert_eq!(
        runs,
        [json!({
            "device.name": "NBERG-LT",
            "remote_action.execution.outputs": r#"{"StartupSeconds":41,"Plugins":["A","B"]}"#,
            "remote_action.execution.outputs.Plugins": ["A", "B"],
        })]
    );
}

#[test]
fn null_is_never_collected_and_a_failing_collection_says_why() {
    let mut caller = with_teams();
    caller.tenant.set("NBERG-LT", r##"{"failingCollections":["#Get_Teams_Startup_Windows"]}"##).unwrap();
    let row = caller.diagnose("#diagnose_teams", "NBERG-LT");
    assert_eq!(
        (&row[COLUMN], &row["remote_action.get_teams_startup_windows.execution.status"]),
        (&json!("-"), &json!("failure"))
    );
    assert!(row["remote_action.get_teams_startup_windows.execution.status_details"].is_string());
    set(&mut caller, &json!({ "get_teams_startup_windows": null }));
    assert_eq!(caller.diagnose("#diagnose_teams", "NBERG-LT")[COLUMN], Value::Null);
    assert_eq!(caller.device("NBERG-LT")["outputs"], json!({ "get_teams_startup_windows": null }));
}

#[test]
fn a_collection_that_the_api_may_trigger_reports_at_once_with_and_without_a_schedule() {
    for schedule in [json!("daily"), Value::Null] {
        let mut caller = with_teams();
        let collects = json!({ "apiTrigger": true, "collects": { "schedule": schedule } });
        change(&mut caller, "get_teams_startup_windows", &collects);
        let time = "remote_action.get_teams_startup_windows.execution.time";
        let before = caller.diagnose("#diagnose_teams", "NBERG-LT")[time].clone();
        caller.trigger("clear_teams_cache", "NBERG-LT", &json!({}));
        caller.advance(MINUTE);
        let request_id = caller.trigger("get_teams_startup_windows", "NBERG-LT", &json!({}));
        caller.advance(MINUTE);
        assert_eq!(caller.execution(&request_id)["remote_action.execution.status"], "success");
        let row = caller.diagnose("#diagnose_teams", "NBERG-LT");
        assert_eq!(row[COLUMN], 6);
        assert!(row[time].as_str() > before.as_str(), "{} after {before}", row[time]);
        caller.tenant.set("NBERG-LT", r#"{"failingCollections":["get_teams_startup_windows"]}"#).unwrap();
        let request_id = caller.trigger("get_teams_startup_windows", "NBERG-LT", &json!({}));
        caller.advance(MINUTE);
        assert_eq!(caller.status(&request_id), "failure");
    }
}

#[test]
fn a_remediation_makes_true_what_the_next_run_of_the_collection_reports() {
    let mut caller = with_teams();
    let request_id = caller.trigger("clear_teams_cache", "NBERG-LT", &json!({ "Profile": "all" }));
    caller.advance(MINUTE);
    let row = caller.execution(&request_id);
    assert_eq!(row["remote_action.execution.status"], "success");
    assert_eq!(row["remote_action.execution.outputs"], r#"{"FreedSpace":1048576,"Log":null}"#);
    let told = caller.device("NBERG-LT")["outputs"]["get_teams_startup_windows"].clone();
    assert_eq!(told, json!({ "StartupSeconds": 6, "Plugins": ["A", "B"] }));
    let mut minutes = 1;
    while caller.diagnose("#diagnose_teams", "NBERG-LT")[COLUMN] == 41 {
        caller.advance(MINUTE);
        minutes += 1;
    }
    assert!(minutes <= 60, "{minutes}");
    assert_eq!(caller.diagnose("#diagnose_teams", "NBERG-LT")[COLUMN], 6);
}

#[test]
fn a_remediation_brings_no_data_of_a_device_from_which_none_was_collected() {
    let mut caller = with_teams();
    let request_id = caller.trigger("clear_teams_cache", "AMARTIN-LT", &json!({}));
    caller.advance(2 * HOUR);
    assert_eq!(caller.status(&request_id), "success");
    assert_eq!(caller.diagnose("#diagnose_teams", "AMARTIN-LT")[COLUMN], Value::Null);
}

#[test]
fn a_script_that_fails_changes_nothing_and_says_why() {
    let mut caller = with_teams();
    change(
        &mut caller,
        "clear_teams_cache",
        &json!({ "repairs": { "seconds": 5, "fails": "[Input error] no cache" } }),
    );
    let request_id = caller.trigger("clear_teams_cache", "NBERG-LT", &json!({}));
    caller.advance(2 * HOUR);
    let row = caller.execution(&request_id);
    assert_eq!(row["remote_action.execution.status"], "failure");
    assert_eq!(row["remote_action.execution.status_details"], "[Input error] no cache");
    assert_eq!(row["remote_action.execution.outputs"], r#"{"FreedSpace":"-","Log":"-"}"#);
    assert_eq!(caller.diagnose("#diagnose_teams", "NBERG-LT")[COLUMN], 41);
}

#[test]
fn a_device_on_which_every_remediation_fails_fails_these_too() {
    let mut caller = with_teams();
    let request_id = caller.trigger("clear_teams_cache", "TMOREAU-LT", &json!({}));
    caller.advance(HOUR);
    assert_eq!(caller.status(&request_id), "failure");
}

#[test]
fn the_list_and_the_details_tell_of_it() {
    let mut caller = with_teams();
    let (_, list) = caller.get("/api/v1/act/remote-action");
    let of = |id: &str| list.as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone();
    let repairs = of("clear_teams_cache");
    assert_eq!((&repairs["origin"], &repairs["purpose"]), (&json!("CUSTOM"), &json!(["REMEDIATION"])));
    assert_eq!(repairs["targeting"]["apiEnabled"], true);
    assert_eq!(repairs["scriptInfo"]["inputs"][0]["options"], json!(["all", "current"]));
    assert_eq!(repairs["scriptInfo"]["outputs"][0]["type"], "Size");
    let collects = of("get_teams_startup_windows");
    assert_eq!((&collects["name"], &collects["purpose"]), (&json!("Get Teams startup"), &json!(["DATA_COLLECTION"])));
    assert_eq!(collects["targeting"]["apiEnabled"], false);
    let (status, details) = caller.get("/api/v1/act/remote-action/details?nql-id=%23clear_teams_cache");
    assert_eq!((status, details), (200, repairs));
}

#[test]
fn what_it_takes_is_checked_as_of_any_action() {
    let mut caller = with_teams();
    for (params, code) in
        [(json!({ "Colour": "red" }), "invalid_params"), (json!({ "Profile": "some" }), "invalid_params")]
    {
        let (status, answer) = execute(&mut caller, "clear_teams_cache", "NBERG-LT", &params);
        assert_eq!((status, &answer["code"]), (400, &json!(code)), "{answer}");
    }
    let (status, answer) = execute(&mut caller, "get_teams_startup_windows", "NBERG-LT", &json!({}));
    assert_eq!((status, &answer["code"]), (403, &json!("api_trigger_disabled")));
}

#[test]
fn a_script_for_macs_alone_runs_on_macs_alone() {
    let mut caller = with_teams();
    for id in ["clear_teams_cache", "get_teams_startup_windows"] {
        change(&mut caller, id, &json!({ "platforms": ["macOS"] }));
    }
    let outputs = json!({ "outputs": { "get_teams_startup_windows": { "StartupSeconds": 33 } } }).to_string();
    caller.tenant.set("RLINDQVIST-MAC", &outputs).unwrap();
    assert_eq!(caller.diagnose("#diagnose_teams", "RLINDQVIST-MAC")[COLUMN], 33);
    assert_eq!(caller.diagnose("#diagnose_teams", "NBERG-LT")[COLUMN], Value::Null);
    let [mac, windows] =
        ["RLINDQVIST-MAC", "NBERG-LT"].map(|device| caller.trigger("clear_teams_cache", device, &json!({})));
    caller.advance(3 * HOUR);
    assert_eq!((caller.status(&mac), caller.status(&windows)), ("success".into(), "no_script".into()));
    assert_eq!(caller.diagnose("#diagnose_teams", "RLINDQVIST-MAC")[COLUMN], 6);
}

#[test]
fn a_time_that_a_script_gives_is_written_as_the_tenant_writes_times() {
    let mut caller = with_teams();
    change(
        &mut caller,
        "get_teams_startup_windows",
        &json!({ "outputs": [{ "name": "LastStart", "type": "DateTime" }] }),
    );
    set(&mut caller, &json!({ "get_teams_startup_windows": { "LastStart": "2026-11-17T08:00:00Z" } }));
    caller.tenant.set_query("#start", "devices | where name == \"NBERG-LT\" | list remote_action.get_teams_startup_windows.execution.outputs.LastStart").unwrap();
    let mut request = caller.request("/api/v2/nql/execute", &json!({ "queryId": "#start" }));
    let mut cell = |request: &WireRequest| -> Value {
        let body: Value = serde_json::from_slice(&response(&mut caller.tenant, request).body).unwrap();
        body["data"][0]["remote_action.get_teams_startup_windows.execution.outputs.LastStart"].clone()
    };
    assert_eq!(cell(&request), "2026-11-17T08:00:00Z");
    request.headers.retain(|(name, _)| name != "x-utc-times");
    assert_eq!(cell(&request), "2026-11-17 09:00:00");
}

#[test]
fn webhooks_tell_of_its_runs() {
    let mut caller = with_teams();
    let webhook = json!({
        "name": "teams", "url": "https://bot.example/",
        "query": "remote_action.executions | where remote_action.nql_id == \"get_teams_startup_windows\" | list device.name, outputs",
        "payload": "{{device.name}} {{outputs}}",
    });
    caller.tenant.add_webhook(serde_json::from_value(webhook).unwrap()).unwrap();
    caller.advance(5 * HOUR);
    let deliveries = caller.tenant.deliveries();
    assert!((4..=7).contains(&deliveries.len()), "one an hour, and perhaps one twice: {}", deliveries.len());
    assert_eq!(deliveries[0].body, r#"NBERG-LT {"StartupSeconds":41,"Plugins":["A","B"]}"#);
}

#[test]
fn the_same_seed_gives_the_same_bytes_with_actions_of_ones_own() {
    let transcript = || {
        let mut caller = with_teams();
        caller.trigger("clear_teams_cache", "NBERG-LT", &json!({}));
        caller.advance(HOUR);
        let request = caller.request("/api/v1/nql/execute", &json!({ "queryId": "#all" }));
        caller.tenant.set_query("#all", "remote_action.executions past 7d | list device.name, time, outputs").unwrap();
        response(&mut caller.tenant, &request).body
    };
    assert!(transcript() == transcript());
}

#[test]
fn an_action_of_ones_own_changes_nothing_in_those_that_were_there() {
    let answer = |mut caller: Caller| caller.rows("#diagnose_disk_issues", "device_name", "*");
    let tenant = || Caller::of(SimulatedTenant::new(Options { devices: 60, ..Options::default() }));
    assert_eq!(answer(with_teams()), answer(tenant()));
}

#[test]
fn mistakes_are_told_and_change_nothing() {
    let mut caller = with_teams();
    let (_, before) = caller.get("/api/v1/act/remote-action");
    for (definition, told) in [
        (json!({}), "id"),
        (json!({ "id": "get teams" }), "get teams"),
        (json!({ "name": " " }), "`name`"),
        (json!({ "platforms": [] }), "`platforms`"),
        (json!({ "platforms": ["Linux"] }), "Linux"),
        (json!({ "colour": 1 }), "colour"),
        (json!({ "outputs": [{ "name": "A", "type": "Text" }] }), "Text"),
        (json!({ "outputs": [{ "name": "A", "type": "Bool" }, { "name": "a", "type": "Bool" }] }), "`a` twice"),
        (json!({ "inputs": [{ "id": "A" }, { "id": "A" }] }), "`A` twice"),
        (json!({ "collects": null }), "either `collects` or `repairs`"),
        (json!({ "repairs": { "seconds": 1 } }), "either `collects` or `repairs`"),
        (json!({ "collects": { "schedule": "monthly" } }), "monthly"),
        (json!({ "collects": { "schedule": "daily", "until": "last week" } }), "last week"),
        (json!({ "collects": null, "repairs": { "seconds": -1 } }), "-1"),
        (json!({ "collects": null, "repairs": { "seconds": 1, "sets": { "get_zoom": {} } } }), "get_zoom"),
        (json!({ "collects": null, "repairs": { "seconds": 1, "sets": { "disk_cleanup": {} } } }), "collects no data"),
        (
            json!({ "collects": null, "repairs": { "seconds": 1, "sets": { "get_onedrive_status": { "State": 1 } } } }),
            "OneDriveStatus",
        ),
        (
            json!({ "collects": null, "repairs": { "seconds": 1, "outputs": { "Plugin": 1 } } }),
            "`Plugin`; it has StartupSeconds, Plugins",
        ),
    ] {
        let mut whole = if definition == json!({}) { json!({}) } else { collection() };
        for (name, value) in definition.as_object().unwrap() {
            whole[name] = value.clone();
        }
        let error = caller.tenant.set_remote_action(&whole.to_string()).unwrap_err().to_string();
        assert!(error.contains(told), "{definition}: {error}");
    }
    assert_eq!(caller.get("/api/v1/act/remote-action").1, before);

    let device = caller.device("NBERG-LT");
    for (facts, told) in [
        (json!({ "outputs": { "get_zoom": {} } }), "there is no remote action `get_zoom`"),
        (json!({ "outputs": { "disk_cleanup": {} } }), "collects no data"),
        (json!({ "outputs": { "get_teams_startup_windows": { "Seconds": 1 } } }), "StartupSeconds"),
        (json!({ "outputs": { "get_teams_startup_windows": { "Plugins": [["A"]] } } }), "Plugins"),
        (json!({ "outputs": { "get_teams_startup_windows": { "Plugins": { "a": 1 } } } }), "Plugins"),
        (json!({ "missingCollections": ["get_zoom"] }), "get_zoom"),
        (json!({ "failingCollections": ["disk_cleanup"] }), "disk_cleanup"),
    ] {
        let error = caller.tenant.set("NBERG-LT", &facts.to_string()).unwrap_err().to_string();
        assert!(error.contains(told), "{facts}: {error}");
    }
    assert_eq!(caller.device("NBERG-LT"), device);
}
