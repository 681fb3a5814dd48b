//! Remote actions, built-in ones too, that a test changes, lets collect at another time, and deletes.

use serde_json::{Value, json};

use crate::caller::{DAY, HOUR, MINUTE, caller};
use crate::teams::{COLUMN, change, collection, execute, ran, set, set_action, with_teams};

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
    assert!(caller.tenant.remote_action("clear_teams_cache").is_err());
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
fn the_case_of_an_id_makes_no_other_action_of_it() {
    let mut caller = with_teams();
    let (_, before) = caller.get("/api/v1/act/remote-action");
    change(&mut caller, "get_teams_startup_windows", &json!({ "id": "#Get_Teams_STARTUP_windows" }));
    assert_eq!(caller.get("/api/v1/act/remote-action").1, before);
    assert_eq!(caller.diagnose("#diagnose_teams", "NBERG-LT")[COLUMN], 41);
}

#[test]
fn an_action_that_collects_no_more_leaves_no_data_that_a_device_could_not_be_given_again() {
    let mut caller = with_teams();
    let repairs = json!({ "collects": null, "repairs": { "seconds": 1 } });
    change(&mut caller, "get_teams_startup_windows", &repairs);
    assert_eq!(caller.device("NBERG-LT")["outputs"], json!({}));
}

#[test]
fn an_output_that_a_collection_has_no_more_does_not_come_back_by_a_remediation() {
    let mut caller = with_teams();
    let outputs = json!({ "outputs": [{ "name": "Plugins", "type": "StringList" }] });
    change(&mut caller, "get_teams_startup_windows", &outputs);
    let request_id = caller.trigger("clear_teams_cache", "NBERG-LT", &json!({}));
    caller.advance(MINUTE);
    assert_eq!(caller.status(&request_id), "success");
    let told = json!({ "get_teams_startup_windows": { "Plugins": ["A", "B"] } });
    assert_eq!(caller.device("NBERG-LT")["outputs"], told);
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
