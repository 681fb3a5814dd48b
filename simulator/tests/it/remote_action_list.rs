//! The catalogue of remote actions: what a client can learn of them before it triggers one.

use nexthink_simulator::{Options, SimulatedTenant};
use serde_json::{Value, json};

use crate::caller::{Caller, caller};

fn list(caller: &mut Caller) -> Vec<Value> {
    let (status, body) = caller.get("/api/v1/act/remote-action");
    assert_eq!(status, 200, "{body}");
    body.as_array().unwrap().clone()
}

fn of<'a>(list: &'a [Value], id: &str) -> &'a Value {
    list.iter().find(|action| action["id"] == id).unwrap()
}

#[test]
fn an_action_of_the_library_is_told_in_full() {
    let action = of(&list(&mut caller()), "restart_windows_service").clone();
    let expected = json!({
        "id": "restart_windows_service",
        "uuid": action["uuid"],
        "name": "Restart Windows service",
        "description": action["description"],
        "origin": "LIBRARY",
        "builtInContentVersion": "2.0.1.0",
        "purpose": ["REMEDIATION"],
        "targeting": {
            "apiEnabled": true, "manualEnabled": true, "workflowEnabled": true, "manualAllowMultipleDevices": true,
        },
        "scriptInfo": {
            "executionServiceDelegate": "",
            "runAs": "LOCAL_SYSTEM",
            "timeoutSeconds": 120,
            "hasScriptWindows": true,
            "hasScriptMacOs": false,
            "inputs": [
                {
                    "id": "ServiceName", "name": "ServiceName", "description": "The service to restart.",
                    "usedByWindows": true, "usedByMacOs": false,
                    "options": ["Audiosrv", "Spooler", "WSearch"], "allowCustomValue": false,
                },
                {
                    "id": "MaximumDelayInSeconds", "name": "MaximumDelayInSeconds",
                    "description": "How long the script may wait before it begins, from 0 to 600 seconds.",
                    "usedByWindows": true, "usedByMacOs": false, "options": ["0", "60"], "allowCustomValue": true,
                },
            ],
            "outputs": [
                {
                    "id": "ServiceStatus", "name": "ServiceStatus", "type": "String", "description": "",
                    "usedByWindows": true, "usedByMacOs": false,
                },
                {
                    "id": "LastError", "name": "LastError", "type": "String", "description": "",
                    "usedByWindows": true, "usedByMacOs": false,
                },
            ],
        },
    });
    assert_eq!(action, expected);
    assert!(!action["description"].as_str().unwrap().is_empty() && action["uuid"].as_str().unwrap().len() == 36);
}

#[test]
fn the_catalogue_has_what_a_check_of_playbooks_must_see() {
    let list = list(&mut caller());
    let collection = of(&list, "get_onedrive_status");
    assert_eq!(
        (&collection["purpose"], &collection["targeting"]["apiEnabled"]),
        (&json!(["DATA_COLLECTION"]), &json!(false))
    );
    let by_hand = of(&list, "reset_browser_profile");
    assert_eq!((&by_hand["purpose"], &by_hand["targeting"]["apiEnabled"]), (&json!(["REMEDIATION"]), &json!(false)));
    let mac = &of(&list, "empty_trash_macos")["scriptInfo"];
    assert_eq!((&mac["hasScriptWindows"], &mac["hasScriptMacOs"]), (&json!(false), &json!(true)));
    let types: Vec<_> = of(&list, "get_battery_status")["scriptInfo"]["outputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|output| (output["name"].as_str().unwrap(), output["type"].as_str().unwrap()))
        .collect();
    assert_eq!(
        types,
        [
            ("BatteryHealth", "Ratio"),
            ("BatteryDesignedCapacity", "UInt32"),
            ("BatteryFullChargeCapacity", "UInt32"),
            ("BatteryCycleCount", "UInt32"),
            ("EstimatedBatteryLife", "Duration"),
            ("PowerPlan", "String"),
        ]
    );
}

#[test]
fn an_action_that_an_administrator_wrote_lacks_what_may_be_left_out() {
    let list = list(&mut caller());
    let action = of(&list, "restart_audio");
    assert!(action.get("description").is_none() && action["scriptInfo"].get("inputs").is_none());
    assert_eq!(action.get("builtInContentVersion"), Some(&Value::Null));
    assert_eq!(action["scriptInfo"].get("executionServiceDelegate"), Some(&Value::Null));
    assert!(action["scriptInfo"]["outputs"][0].get("description").is_none());
}

#[test]
fn details_are_the_entry_of_the_list_with_and_without_the_number_sign() {
    let mut caller = caller();
    let listed = of(&list(&mut caller), "disk_cleanup").clone();
    for id in ["disk_cleanup", "%23disk_cleanup"] {
        assert_eq!(caller.get(&format!("/api/v1/act/remote-action/details?nql-id={id}")), (200, listed.clone()));
    }
}

#[test]
fn an_action_that_is_not_there_is_not_found() {
    let mut caller = caller();
    for query in [
        "?nql-id=no_such_action",
        "?nql-id=",
        // What follows an unescaped `#` never leaves the client.
        "?nql-id=#disk_cleanup",
        // The document lists no 400 for this operation.
        "?nqlId=disk_cleanup",
        "",
    ] {
        let (answered, error) = caller.get(&format!("/api/v1/act/remote-action/details{query}"));
        assert_eq!(answered, 404, "{query}");
        assert!(error["code"].is_string() && error["message"].is_string(), "{error}");
    }
}

#[test]
fn the_catalogue_is_the_same_in_every_tenant() {
    let other = SimulatedTenant::new(Options { devices: 0, seed: 9, ..Options::default() });
    assert_eq!(list(&mut caller()), list(&mut Caller::of(other)));
}
