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
