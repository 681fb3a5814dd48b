//! What tests set is seen at once.

use serde_json::{Value, json};

use crate::caller::caller;

#[test]
fn every_fact_that_is_set_is_seen_by_the_next_diagnosis() {
    let mut caller = caller();
    let facts = json!({
        "freeSpace": 5e9, "daysSinceLastFullBoot": 11, "isOnline": "No", "crashedPluginList": ["A"],
        "oneDriveStatus": "OneDrive folder is not present", "highImpactApplications": ["B", "C"],
        "userGpoAppliedTimeInSeconds": 4.5, "userGpoDCDiscoveryInSeconds": 6, "batteryHealth": 0.4,
        "packages": [{ "name": "Microsoft 365", "version": "15.1" }],
    });
    caller.tenant.set("nberg-lt", &facts.to_string()).unwrap();
    let slow = caller.diagnose("#diagnose_slow_pc_issues", "NBERG-LT");
    assert_eq!(slow["free_space"], 5);
    assert_eq!(slow["device.boot.days_since_last_full_boot"], 11);
    assert_eq!(slow["outdated_office_packages"], 1);
    assert_eq!(slow["remote_action.get_startup_impact_windows.execution.outputs.HighImpactCount"], 2);
    assert_eq!(slow["remote_action.get_gpo_startup_impact_windows.execution.outputs.UserGpoAppliedTimeInSeconds"], 4.5);
    let disk = caller.diagnose("#diagnose_disk_issues", "NBERG-LT");
    assert_eq!(disk["remote_action.get_battery_status.execution.outputs.BatteryHealth"], 0.4);
    let outlook = caller.diagnose("#diagnose_outlook_issues", "NBERG-LT");
    assert_eq!(outlook["remote_action.get_outlook_online_windows.execution.outputs.IsOnline"], "No");
    let onedrive = caller.diagnose("#diagnose_onedrive_issues", "NBERG-LT");
    assert_eq!(
        onedrive["remote_action.get_onedrive_status.execution.outputs.OneDriveStatus"],
        "OneDrive folder is not present"
    );
}

#[test]
fn what_a_device_shows_can_be_set_again() {
    let mut caller = caller();
    let shown = caller.device("VKOWALSKA-LT");
    let facts: serde_json::Map<String, Value> = shown
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, _)| {
            !["name", "collectorUid", "employee", "platform", "operatingSystem", "type", "manufacturer", "lastSeen"]
                .contains(&name.as_str())
        })
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    caller.tenant.set("VKOWALSKA-LT", &Value::Object(facts).to_string()).unwrap();
    assert_eq!(caller.device("VKOWALSKA-LT"), shown);
}

#[test]
fn mistakes_are_told_and_change_nothing() {
    let mut caller = caller();
    let before = caller.device("NBERG-LT");
    for facts in [r#"{"freeSpaces":1}"#, r#"{"freeSpace":"much"}"#, r#"{"isOnline":"maybe"}"#, "[]", ""] {
        assert!(caller.tenant.set("NBERG-LT", facts).is_err(), "{facts}");
    }
    assert!(caller.tenant.set("NO-SUCH-DEVICE", "{}").unwrap_err().to_string().contains("NO-SUCH-DEVICE"));
    assert_eq!(caller.device("NBERG-LT"), before);
}
