//! `remote_action.<nql id>.executions`: the executions of one action, joined and by themselves.

use serde_json::{Value, json};

use crate::caller::{HOUR, caller};

#[test]
fn the_runs_of_one_action_are_counted_for_each_device() {
    let mut caller = caller();
    for id in ["get_onedrive_status", "#get_onedrive_status"] {
        let rows = caller.query(&format!(
            "devices | include remote_action.{id}.executions during past 24h | where status == success \
             | compute n = count() | list name, n"
        ));
        let of = |device: &str| &rows.iter().find(|row| row["device.name"] == device).unwrap()["n"];
        // Only the last runs are kept, and a device on which it fails, or that has no script, has none that succeeded.
        assert_eq!((of("NBERG-LT"), of("QROUX-MAC")), (&json!(3), &Value::Null), "{id}");
    }
}

#[test]
fn devices_on_which_an_action_has_not_run_are_found_as_the_community_does() {
    let mut caller = caller();
    let mut names = |condition: &str| -> Vec<String> {
        let rows = caller.query(&format!(
            "devices past 30min | where operating_system.platform == windows \
             | include remote_action.#get_onedrive_status.executions past 60min \
             | compute has_run_ra = device.countif(status in [success, failure]) | {condition} | list name"
        ));
        rows.iter().map(|row| row["device.name"].as_str().unwrap().to_owned()).collect()
    };
    let (all, ran, not) = (names("limit 1000"), names("where has_run_ra == 1"), names("where has_run_ra == 0"));
    assert_eq!(ran.len() + not.len(), all.len());
    assert!(ran.contains(&"NBERG-LT".to_owned()) && not.contains(&"OHADDAD-LT".to_owned()), "{not:?}");
}

#[test]
fn an_output_is_a_field_of_each_execution() {
    let mut caller = caller();
    let rows = caller.query(
        "devices | with remote_action.get_onedrive_status.executions during past 24h \
         | where outputs.OneDriveStatus != \"OneDrive is installed and running\" and status == success \
         | compute last_status = outputs.OneDriveStatus.last(), runs = count() | list name, last_status, runs",
    );
    let broken = rows.iter().find(|row| row["device.name"] == "FWEBER-LT").unwrap();
    assert_eq!(broken["last_status"], "OneDrive is installed but not running");
    assert!(rows.iter().all(|row| row["device.name"] != "NBERG-LT"));
    let listed = caller.query(
        "remote_action.get_onedrive_status.executions past 2h | where device.name == \"FWEBER-LT\" \
         | list outputs.OneDriveStatus, status, remote_action.execution.trigger_method",
    );
    let expected = json!({
        "remote_action.execution.outputs.OneDriveStatus": "OneDrive is installed but not running",
        "remote_action.execution.status": "success",
        "remote_action.execution.trigger_method": "schedule",
    });
    assert!(!listed.is_empty() && listed.iter().all(|row| *row == expected), "{listed:?}");
}

#[test]
fn only_the_executions_of_the_action_are_there_and_the_columns_of_others_stay_what_they_are() {
    let mut caller = caller();
    caller.trigger("repair_onedrive", "FWEBER-LT", &json!({}));
    caller.trigger("disk_cleanup", "JCARTER-LT", &json!({}));
    caller.advance(HOUR);
    let rows = caller.query(
        "remote_action.#repair_onedrive.executions past 1d \
         | list device.name, remote_action.nql_id, status, remote_action.get_onedrive_status.execution.status",
    );
    let expected = json!({
        "device.name": "FWEBER-LT",
        "remote_action.nql_id": "repair_onedrive",
        "remote_action.execution.status": "success",
        "remote_action.get_onedrive_status.execution.status": "success",
    });
    assert_eq!(rows, [expected]);
}

#[test]
fn a_condition_on_the_device_is_looked_at_for_every_event_of_an_employee_or_a_binary() {
    let mut caller = caller();
    let count = |caller: &mut crate::caller::Caller, query: &str| -> i64 {
        caller.query(query).iter().map(|row| row["n"].as_i64().unwrap()).sum()
    };
    for (objects, table) in [
        ("users", "device_performance.boots past 7d"),
        ("users", "remote_action.executions past 7d"),
        ("binaries", "execution.crashes past 30d"),
        ("applications", "execution.events past 1d"),
    ] {
        for device in ["QROUX-LT", "QROUX-DT", "BKELLER-LT"] {
            let condition = format!("where device.name == \"{device}\"");
            let direct = count(&mut caller, &format!("{table} | {condition} | summarize n = count()"));
            let joined = format!("{objects} | with {table} | {condition} | compute n = count() | list name, n");
            assert_eq!(count(&mut caller, &joined), direct, "{objects} {table} {device}");
        }
    }
}
