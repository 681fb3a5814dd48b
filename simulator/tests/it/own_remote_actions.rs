//! Remote actions that a test writes, and built-in ones that it changes: they do all that the tenant's own do.

use nexthink_simulator::{Options, SimulatedTenant, WireRequest};
use serde_json::{Value, json};

use crate::caller::{Caller, DAY, HOUR, MINUTE, caller, response};

const COLUMN: &str = "remote_action.get_teams_startup_windows.execution.outputs.StartupSeconds";

fn collection() -> Value {
    json!({
        "id": "#get_teams_startup_windows", "name": "Get Teams startup", "platforms": ["Windows"],
        "outputs": [{ "name": "StartupSeconds", "type": "Float" }, { "name": "Plugins", "type": "StringList" }],
        "apiTrigger": false, "collects": { "schedule": "hourly" },
    })
}

fn remediation() -> Value {
    json!({
        "id": "clear_teams_cache", "name": "Clear Teams cache", "platforms": ["Windows"],
        "inputs": [{ "id": "Profile", "options": ["all", "current"], "allowCustomValue": false }],
        "outputs": [{ "name": "FreedSpace", "type": "Size" }, { "name": "Log", "type": "String" }],
        "apiTrigger": true,
        "repairs": {
            "seconds": 20, "outputs": { "FreedSpace": 1048576 },
            "sets": { "get_teams_startup_windows": { "StartupSeconds": 6 } },
        },
    })
}

/// A tenant with both, in which Teams is slow on one device.
fn with_teams() -> Caller {
    let mut caller = caller();
    set_action(&mut caller, &collection());
    set_action(&mut caller, &remediation());
    set(&mut caller, &json!({ "get_teams_startup_windows": { "StartupSeconds": 41, "Plugins": ["A", "B"] } }));
    let text = "devices | where name == $device_name | list collector.uid, name, \
                remote_action.get_teams_startup_windows.execution.outputs.StartupSeconds, \
                remote_action.get_teams_startup_windows.execution.status, \
                remote_action.get_teams_startup_windows.execution.status_details, \
                remote_action.get_teams_startup_windows.execution.time";
    caller.tenant.set_query("#diagnose_teams", text).unwrap();
    caller
}

fn set_action(caller: &mut Caller, definition: &Value) {
    caller.tenant.set_remote_action(&definition.to_string()).unwrap();
}

/// Writes an action anew with some of its fields changed.
fn change(caller: &mut Caller, id: &str, fields: &Value) {
    let mut definition: Value = serde_json::from_str(&caller.tenant.remote_action(id).unwrap()).unwrap();
    for (name, value) in fields.as_object().unwrap() {
        definition[name] = value.clone();
    }
    set_action(caller, &definition);
}

fn set(caller: &mut Caller, outputs: &Value) {
    caller.tenant.set("NBERG-LT", &json!({ "outputs": outputs }).to_string()).unwrap();
}

fn execute(caller: &mut Caller, action: &str, device: &str, params: &Value) -> (u16, Value) {
    let body = json!({ "remoteActionId": action, "devices": [caller.collector_uid(device)], "params": params });
    caller.post("/api/v1/act/execute", &body)
}

/// The data collections that have run on a device.
fn ran(caller: &mut Caller, device: &str) -> Vec<String> {
    let uid = caller.collector_uid(device);
    let rows = caller.rows("#get_data_collection_times", "collector_uid", &uid);
    rows.iter().map(|row| row["remote_action.nql_id"].as_str().unwrap().to_owned()).collect()
}

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
fn every_built_in_action_stays_what_it_is_when_it_is_written_as_it_is_told() {
    let mut caller = caller();
    let (_, before) = caller.get("/api/v1/act/remote-action");
    let diagnosed = caller.diagnose("#diagnose_disk_issues", "VKOWALSKA-LT");
    for action in before.as_array().unwrap() {
        change(&mut caller, action["id"].as_str().unwrap(), &json!({}));
    }
    assert_eq!(caller.get("/api/v1/act/remote-action").1, before);
    assert_eq!(caller.diagnose("#diagnose_disk_issues", "VKOWALSKA-LT"), diagnosed);
    let request_id = caller.trigger("set_outlook_online", "AMARTIN-LT", &json!({}));
    caller.advance(HOUR);
    assert_eq!(
        (caller.status(&request_id), &caller.device("AMARTIN-LT")["isOnline"]),
        ("success".into(), &json!("Yes"))
    );
}

#[test]
fn one_thing_of_a_built_in_action_can_be_broken_at_a_time() {
    let disable = "disable_application_from_startup_menu";
    let mut caller = caller();
    change(&mut caller, "disk_cleanup", &json!({ "apiTrigger": false }));
    assert_eq!(execute(&mut caller, "disk_cleanup", "JCARTER-LT", &json!({})).0, 403);
    change(&mut caller, disable, &json!({ "inputs": [{ "id": "Names" }] }));
    assert_eq!(execute(&mut caller, disable, "KHUBER-LT", &json!({ "Applications": "Spotify" })).0, 400);
    assert_eq!(execute(&mut caller, disable, "KHUBER-LT", &json!({ "Names": "Spotify" })).0, 200);
    change(&mut caller, "repair_onedrive", &json!({ "name": "Mend OneDrive", "platforms": ["macOS"] }));
    let (_, details) = caller.get("/api/v1/act/remote-action/details?nql-id=repair_onedrive");
    assert_eq!(
        (&details["name"], &details["scriptInfo"]["hasScriptWindows"]),
        (&json!("Mend OneDrive"), &json!(false))
    );
    assert_eq!(details["origin"], "LIBRARY");
    change(&mut caller, "get_battery_status", &json!({ "outputs": [{ "name": "PowerPlan", "type": "String" }] }));
    let list =
        |output: &str| format!("devices | list remote_action.get_battery_status.execution.outputs.{output} | limit 1");
    caller.tenant.set_query("#gone", &list("BatteryHealth")).unwrap();
    assert_ne!(caller.post("/api/v2/nql/execute", &json!({ "queryId": "#gone" })).0, 200);
    assert_eq!(
        caller.query(&list("PowerPlan")),
        [json!({ "remote_action.get_battery_status.execution.outputs.PowerPlan": "Balanced" })]
    );
}

#[test]
fn what_a_built_in_collection_reports_can_be_set_in_any_shape() {
    let mut caller = caller();
    let (id, column) = (
        "get_outlook_plugin_crash_details_windows",
        "remote_action.get_outlook_plugin_crash_details_windows.execution.outputs.CrashedPluginList",
    );
    for shape in
        [json!(["-"]), json!([]), json!("-"), json!("[\"Zoom Outlook Plugin\"]"), json!(["A", "B"]), Value::Null]
    {
        set(&mut caller, &json!({ id: { "CrashedPluginList": shape } }));
        assert_eq!(caller.diagnose("#diagnose_outlook_issues", "NBERG-LT")[column], shape);
    }
    set(&mut caller, &json!({ id: null }));
    assert!(!ran(&mut caller, "NBERG-LT").contains(&id.to_owned()));
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
fn a_schedule_that_is_off_collects_nothing_and_one_that_was_switched_off_nothing_since() {
    let mut caller = caller();
    let column = "remote_action.get_onedrive_status.execution.outputs.OneDriveStatus";
    change(
        &mut caller,
        "get_onedrive_status",
        &json!({ "collects": { "schedule": "hourly", "until": "2026-11-10T00:00:00Z" } }),
    );
    assert!(caller.diagnose("#diagnose_onedrive_issues", "NBERG-LT")[column].is_string());
    let runs = caller
        .query("remote_action.get_onedrive_status.executions past 30d | where device.name == \"NBERG-LT\" | list time");
    let times: Vec<&str> = runs.iter().map(|row| row["remote_action.execution.time"].as_str().unwrap()).collect();
    assert!(times.len() == 3 && times.iter().all(|time| time.starts_with("2026-11-09T2")), "{times:?}");
    caller.advance(2 * DAY);
    assert_eq!(ran(&mut caller, "NBERG-LT").iter().filter(|id| *id == "get_onedrive_status").count(), 3);
    change(&mut caller, "get_onedrive_status", &json!({ "collects": { "schedule": null } }));
    assert_eq!(caller.diagnose("#diagnose_onedrive_issues", "NBERG-LT")[column], Value::Null);
    assert!(!ran(&mut caller, "NBERG-LT").contains(&"get_onedrive_status".to_owned()));
}

#[test]
fn a_weekly_collection_runs_once_a_week() {
    let mut caller = with_teams();
    change(&mut caller, "get_teams_startup_windows", &json!({ "collects": { "schedule": "weekly" } }));
    let runs = caller.query("remote_action.get_teams_startup_windows.executions past 30d | list time | sort time desc");
    let days: Vec<&str> =
        runs.iter().map(|row| row["remote_action.execution.time"].as_str().unwrap().split_at(10).0).collect();
    assert_eq!(days, ["2026-11-12", "2026-11-05", "2026-10-29"]);
}

#[test]
fn a_collection_can_be_missing_on_one_device() {
    let mut caller = caller();
    caller.tenant.set("NBERG-LT", r#"{"missingCollections":["get_onedrive_status"]}"#).unwrap();
    assert_eq!(caller.device("NBERG-LT")["missingCollections"], json!(["get_onedrive_status"]));
    assert!(!ran(&mut caller, "NBERG-LT").contains(&"get_onedrive_status".to_owned()));
    assert!(ran(&mut caller, "AMARTIN-LT").contains(&"get_onedrive_status".to_owned()));
    caller.tenant.set("NBERG-LT", r#"{"missingCollections":[]}"#).unwrap();
    assert!(ran(&mut caller, "NBERG-LT").contains(&"get_onedrive_status".to_owned()));
}

#[test]
fn a_deleted_action_is_gone_and_what_waits_for_its_device_never_runs() {
    let mut caller = with_teams();
    let done = caller.trigger("clear_teams_cache", "NBERG-LT", &json!({}));
    caller.advance(MINUTE);
    let waiting = caller.trigger("clear_teams_cache", "STANAKA-LT", &json!({}));
    caller.tenant.delete_remote_action("#clear_teams_cache").unwrap();
    assert_eq!((caller.status(&done), caller.status(&waiting)), ("success".into(), "cancelled".into()));
    assert_eq!(caller.execution(&done)["remote_action.name"], "Clear Teams cache");
    assert_eq!(execute(&mut caller, "clear_teams_cache", "NBERG-LT", &json!({})).1["code"], "unknown_remote_action");
    assert_eq!(caller.get("/api/v1/act/remote-action/details?nql-id=clear_teams_cache").0, 404);
    assert_eq!(caller.tenant.remote_action("clear_teams_cache"), None);
    assert!(
        caller.tenant.delete_remote_action("clear_teams_cache").unwrap_err().to_string().contains("clear_teams_cache")
    );

    caller.tenant.delete_remote_action("get_teams_startup_windows").unwrap();
    let body = json!({ "queryId": "#diagnose_teams", "parameters": { "device_name": "NBERG-LT" } });
    assert_ne!(caller.post("/api/v2/nql/execute", &body).0, 200);
    assert_eq!(caller.device("NBERG-LT")["outputs"], json!({}));
    set_action(&mut caller, &collection());
    assert_eq!(caller.diagnose("#diagnose_teams", "NBERG-LT")[COLUMN], Value::Null);
}

#[test]
fn a_built_in_action_can_be_deleted_too() {
    let mut caller = caller();
    caller.tenant.delete_remote_action("get_gpo_startup_impact_windows").unwrap();
    let body = json!({ "queryId": "#diagnose_slow_pc_issues", "parameters": { "device_name": "NBERG-LT" } });
    let (status, answer) = caller.post("/api/v2/nql/execute", &body);
    assert!(
        status != 200 && answer["message"].as_str().unwrap().contains("get_gpo_startup_impact_windows"),
        "{answer}"
    );
}

#[test]
fn what_was_triggered_runs_and_is_told_as_it_was() {
    let mut caller = with_teams();
    let request_id = caller.trigger("clear_teams_cache", "NBERG-LT", &json!({}));
    change(
        &mut caller,
        "clear_teams_cache",
        &json!({
            "outputs": [{ "name": "Log", "type": "String" }, { "name": "FreedSpace", "type": "Size" }],
            "repairs": { "seconds": 1, "fails": "no" },
        }),
    );
    caller.advance(MINUTE);
    assert_eq!(
        caller.execution(&request_id)["remote_action.execution.outputs"],
        r#"{"FreedSpace":1048576,"Log":null}"#
    );
    let rows = caller.query(
        "remote_action.clear_teams_cache.executions past 1d \
         | list outputs.FreedSpace, remote_action.clear_teams_cache.execution.outputs.Log",
    );
    assert_eq!(rows[0]["remote_action.execution.outputs.FreedSpace"], 1_048_576);
    let latest = caller.query(
        "devices | where name == \"NBERG-LT\" | list remote_action.clear_teams_cache.execution.outputs.FreedSpace",
    );
    assert_eq!(latest[0]["remote_action.clear_teams_cache.execution.outputs.FreedSpace"], 1_048_576);
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
