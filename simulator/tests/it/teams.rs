//! A tenant with two remote actions that a test wrote: one tells how long Teams takes to start, one repairs it.

use serde_json::{Value, json};

use crate::caller::{Caller, caller};

pub const COLUMN: &str = "remote_action.get_teams_startup_windows.execution.outputs.StartupSeconds";

pub fn collection() -> Value {
    json!({
        "id": "#get_teams_startup_windows", "name": "Get Teams startup", "platforms": ["Windows"],
        "outputs": [{ "name": "StartupSeconds", "type": "Float" }, { "name": "Plugins", "type": "StringList" }],
        "apiTrigger": false, "collects": { "schedule": "hourly" },
    })
}

pub fn remediation() -> Value {
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
pub fn with_teams() -> Caller {
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

pub fn set_action(caller: &mut Caller, definition: &Value) {
    caller.tenant.set_remote_action(&definition.to_string()).unwrap();
}

/// Writes an action anew with some of its fields changed.
pub fn change(caller: &mut Caller, id: &str, fields: &Value) {
    let mut definition: Value = serde_json::from_str(&caller.tenant.remote_action(id).unwrap()).unwrap();
    for (name, value) in fields.as_object().unwrap() {
        definition[name] = value.clone();
    }
    set_action(caller, &definition);
}

pub fn set(caller: &mut Caller, outputs: &Value) {
    caller.tenant.set("NBERG-LT", &json!({ "outputs": outputs }).to_string()).unwrap();
}

pub fn execute(caller: &mut Caller, action: &str, device: &str, params: &Value) -> (u16, Value) {
    let body = json!({ "remoteActionId": action, "devices": [caller.collector_uid(device)], "params": params });
    caller.post("/api/v1/act/execute", &body)
}

/// The data collections that have run on a device.
pub fn ran(caller: &mut Caller, device: &str) -> Vec<String> {
    let uid = caller.collector_uid(device);
    let rows = caller.rows("#get_data_collection_times", "collector_uid", &uid);
    rows.iter().map(|row| row["remote_action.nql_id"].as_str().unwrap().to_owned()).collect()
}
