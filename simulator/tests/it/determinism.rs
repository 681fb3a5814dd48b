//! The same seed gives the same tenant and the same answers, byte for byte.

use nexthink_simulator::{Options, SimulatedTenant};
use serde_json::json;

use crate::caller::{Caller, HOUR, response};

/// All that a conversation with the tenant of a seed gives.
fn transcript(seed: u64) -> Vec<u8> {
    let mut caller = Caller::of(SimulatedTenant::new(Options { devices: 80, seed, ..Options::default() }));
    let mut bytes = serde_json::to_vec(caller.tenant.employees()).unwrap();
    caller.trigger("disk_cleanup", "JCARTER-LT", &json!({}));
    caller.advance(HOUR);
    for (id, parameter, value) in [
        ("#get_device_basic_infos", "username", "*"),
        ("#diagnose_slow_pc_issues", "device_name", "*"),
        ("#get_remote_action_result", "request_id", "*"),
    ] {
        let body = json!({ "queryId": id, "parameters": { parameter: value } });
        let request = caller.request("/api/v1/nql/execute", &body);
        bytes.extend(response(&mut caller.tenant, &request).body);
    }
    bytes.extend(serde_json::to_vec(&caller.tenant.requests()).unwrap());
    bytes
}

#[test]
fn the_same_seed_gives_the_same_answers_and_another_seed_others() {
    assert!(transcript(7) == transcript(7));
    assert!(transcript(7) != transcript(8));
}

#[test]
fn the_scenarios_are_there_whatever_the_seed_and_the_size() {
    for (devices, seed) in [(0, 1), (500, 99)] {
        let tenant = SimulatedTenant::new(Options { devices, seed, ..Options::default() });
        assert_eq!(tenant.employees()[0].username, "amartin");
        assert!(tenant.employees().iter().all(|one| (1..=3).contains(&one.devices.len())));
    }
}

/// FNV-1a, 64 bits: small enough to stand in a test of each runtime.
fn digest(text: &str) -> String {
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, hash))
}

/// tests/js/tenant-controls.test.mjs holds the same digest of the same conversation, in WebAssembly.
#[test]
fn native_code_and_webassembly_give_the_same_bytes() {
    let options = Options { devices: 300, seed: 7, ..Options::default() };
    let mut caller = Caller::of(SimulatedTenant::new(options));
    caller.tenant.advance(60);
    let webhook = json!({
        "name": "logins", "url": "https://bot.example/hook",
        "query": "session.logins | list device.name, session.login.time",
        "payload": "{\"device\":\"{{device.name}}\",\"at\":\"{{session.login.time}}\"}"
    });
    caller.tenant.add_webhook(serde_json::from_value(webhook).unwrap()).unwrap();
    let own = json!({
        "id": "get_own", "name": "Get own", "platforms": ["Windows"], "apiTrigger": false,
        "outputs": [{ "name": "Seconds", "type": "Float" }], "collects": { "schedule": "hourly" },
    });
    caller.tenant.set_remote_action(&own.to_string()).unwrap();
    caller.tenant.set("AMARTIN-LT", r#"{"outputs":{"get_own":{"Seconds":4.25}}}"#).unwrap();
    let query = "devices | where name == $device_name | list name, remote_action.get_own.execution.outputs.Seconds, \
                 remote_action.get_own.execution.time";
    caller.tenant.set_query("#own", query).unwrap();
    let mut text = serde_json::to_string(caller.tenant.employees()).unwrap();
    for username in ["amartin", "qroux", "vkowalska"] {
        let device = format!("{}-LT", username.to_uppercase());
        for (id, parameter, value) in [
            ("#get_device_basic_infos", "username", username),
            ("#diagnose_outlook_issues", "device_name", &device),
            ("#diagnose_onedrive_issues", "device_name", &device),
            ("#diagnose_slow_pc_issues", "device_name", &device),
            ("#diagnose_disk_issues", "device_name", &device),
            ("#own", "device_name", &device),
        ] {
            let body = json!({ "queryId": id, "parameters": { parameter: value } });
            let request = caller.request("/api/v2/nql/execute", &body);
            let body = response(&mut caller.tenant, &request).body;
            text.push_str(std::str::from_utf8(&body).unwrap());
            caller.tenant.advance(60);
        }
    }
    caller.tenant.advance(24 * HOUR);
    let deliveries = caller.tenant.deliveries();
    assert!(deliveries.len() > 50, "{}", deliveries.len());
    text.push_str(&serde_json::to_string(&deliveries).unwrap());
    assert_eq!(digest(&text), "3fafa147dd30bc94", "{} bytes", text.len());
}
