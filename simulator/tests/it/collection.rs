//! Honest data: a repair changes the device at once, and what was collected only at the next scheduled run.

use serde_json::{Value, json};

use crate::caller::{Caller, DAY, HOUR, MINUTE, caller};

const IS_ONLINE: &str = "remote_action.get_outlook_online_windows.execution.outputs.IsOnline";

fn collected(caller: &mut Caller, device: &str) -> Vec<(String, String)> {
    let uid = caller.collector_uid(device);
    let rows = caller.rows("#get_data_collection_times", "collector_uid", &uid);
    let text = |row: &Value, column: &str| row[column].as_str().unwrap().to_owned();
    rows.iter().map(|row| (text(row, "remote_action.nql_id"), text(row, "remote_action.execution.time"))).collect()
}

fn last_run(caller: &mut Caller, device: &str, action: &str) -> String {
    collected(caller, device).into_iter().find(|(id, _)| id == action).unwrap().1
}

#[test]
fn a_repair_changes_the_device_at_once_and_the_collected_data_at_the_next_run() {
    let mut caller = caller();
    caller.trigger("set_outlook_online", "AMARTIN-LT", &json!({}));
    let before = last_run(&mut caller, "AMARTIN-LT", "get_outlook_online_windows");
    caller.tenant.advance(MINUTE);
    assert_eq!(caller.device("AMARTIN-LT")["isOnline"], "Yes");
    let mut minutes = 1;
    while last_run(&mut caller, "AMARTIN-LT", "get_outlook_online_windows") == before {
        assert_eq!(caller.diagnose("#diagnose_outlook_issues", "AMARTIN-LT")[IS_ONLINE], "No");
        caller.advance(MINUTE);
        minutes += 1;
    }
    assert!(minutes <= 60, "an hourly collection runs within the hour, and not after {minutes} minutes");
    assert_eq!(caller.diagnose("#diagnose_outlook_issues", "AMARTIN-LT")[IS_ONLINE], "Yes");
}

#[test]
fn a_daily_collection_runs_once_a_day() {
    let mut caller = caller();
    caller.trigger("update_group_policy_settings", "LOKAFOR-LT", &json!({}));
    let column = "remote_action.get_gpo_startup_impact_windows.execution.outputs.UserGpoAppliedTimeInSeconds";
    let before = last_run(&mut caller, "LOKAFOR-LT", "get_gpo_startup_impact_windows");
    let mut hours = 0;
    while last_run(&mut caller, "LOKAFOR-LT", "get_gpo_startup_impact_windows") == before {
        assert_eq!(caller.diagnose("#diagnose_slow_pc_issues", "LOKAFOR-LT")[column], 19);
        caller.advance(HOUR);
        hours += 1;
    }
    assert!(hours <= 24);
    assert_eq!(caller.diagnose("#diagnose_slow_pc_issues", "LOKAFOR-LT")[column], 3);
}

#[test]
fn free_space_is_an_average_over_a_day_in_which_the_cleanup_fell() {
    let mut caller = caller();
    let free =
        |caller: &mut Caller| caller.diagnose("#diagnose_slow_pc_issues", "JCARTER-LT")["free_space"].as_f64().unwrap();
    let before = free(&mut caller);
    caller.trigger("disk_cleanup", "JCARTER-LT", &json!({}));
    caller.advance(3 * HOUR);
    let soon = free(&mut caller);
    assert!(before < soon && soon < 6.0, "{before} {soon}");
    caller.advance(DAY);
    assert!((free(&mut caller) - before - 12.884_901_888).abs() < 1e-9);
}

#[test]
fn packages_change_at_once() {
    let mut caller = caller();
    assert_eq!(caller.diagnose("#diagnose_outlook_issues", "DNOVAK-LT")["outdated_office_packages"], 1);
    caller.trigger("repair_office_365", "DNOVAK-LT", &json!({}));
    caller.advance(11 * MINUTE);
    assert_eq!(caller.diagnose("#diagnose_outlook_issues", "DNOVAK-LT")["outdated_office_packages"], Value::Null);
}

#[test]
fn every_action_ran_a_few_times_and_the_times_are_in_order() {
    let mut caller = caller();
    let times = collected(&mut caller, "NBERG-LT");
    assert_eq!(times.len(), 18, "three runs of six actions");
    assert!(times.is_sorted_by(|(_, newer), (_, older)| newer >= older));
    assert_eq!(collected(&mut caller, "OHADDAD-LT"), []);
    assert_eq!(collected(&mut caller, "RLINDQVIST-MAC"), []);
}

#[test]
fn nothing_is_collected_from_an_offline_device() {
    let mut caller = caller();
    let before = last_run(&mut caller, "STANAKA-LT", "get_onedrive_status");
    let seen = caller.device("STANAKA-LT")["lastSeen"].as_str().unwrap().to_owned();
    caller.advance(5 * HOUR);
    assert_eq!(last_run(&mut caller, "STANAKA-LT", "get_onedrive_status"), before);
    assert!(before <= "2026-11-18T06:00:00Z".into() && seen <= "2026-11-18T06:00:00Z".into());
}

#[test]
fn a_failed_collection_is_no_data() {
    let mut caller = caller();
    let times = collected(&mut caller, "UVOGEL-LT");
    assert!(times.iter().all(|(id, _)| id != "get_outlook_online_windows") && times.len() == 15, "{times:?}");
}

#[test]
fn a_battery_is_reported_by_laptops_alone() {
    let mut caller = caller();
    let devices: Vec<String> = caller.tenant.employees().iter().flat_map(|one| one.devices.clone()).collect();
    let mut seen = Vec::new();
    for name in devices {
        let device = caller.device(&name);
        if device["platform"] == "Windows" && device["online"] == true && name != "OHADDAD-LT" {
            let reports = collected(&mut caller, &name).iter().any(|(id, _)| id == "get_battery_status");
            assert_eq!(reports, device["type"] == "laptop", "{name}");
            seen.push(device["type"].clone());
        }
    }
    assert!(seen.contains(&json!("laptop")) && seen.contains(&json!("desktop")));
}
