//! Clocks that are wrong, and jump: they cost a while, and never a device or a second execution.

use nexthink_chatbot::flow::RunState;
use nexthink_chatbot::nql::{DAY, HOUR, MINUTE};

use crate::world::World;

#[test]
fn a_clock_that_was_years_ahead_does_not_lock_a_remote_action_away() {
    let world = World::with_cooldown(HOUR);
    world.ahead_ms.set(3_650 * DAY);
    // The same clock has proposed it.
    let process = world.sharing();
    let device = world.scene.device("stanaka");
    let token = process.request(device.clone(), "disk_cleanup", &[]).unwrap().token;
    let run = process.remediate(&token).unwrap();
    world.scene.tenant.borrow_mut().set("STANAKA-LT", r#"{"online":true}"#).unwrap();
    assert_eq!(world.sharing().follow(run).state, RunState::Succeeded);
    world.ahead_ms.set(0);
    let token = world.token("stanaka", "slow-pc", "disk-full");
    assert_eq!(world.sharing().remediate(&token).unwrap().state, RunState::Accepted);
    assert_eq!(world.scene.triggers(), 2);
}

#[test]
fn a_token_is_not_used_twice_however_the_clocks_jump() {
    for jumps in [[HOUR, -HOUR], [-MINUTE, MINUTE], [DAY, 0], [3_650 * DAY, 0], [-3_650 * DAY, 0]] {
        let world = World::new();
        let token = world.token("amartin", "outlook", "offline");
        let memory = world.process("");
        for jump in jumps.into_iter().chain([0]) {
            world.ahead_ms.set(jump);
            let _ = world.sharing().remediate(&token);
            let _ = world.sharing().remediate(&token);
        }
        assert_eq!(world.scene.triggers(), 1, "{jumps:?}");
        let second = world.token("fweber", "onedrive", "broken-onedrive");
        for jump in jumps.into_iter().chain([0]) {
            world.ahead_ms.set(jump);
            let _ = memory.remediate(&second);
        }
        assert_eq!(world.scene.triggers(), 2, "{jumps:?}");
    }
}
