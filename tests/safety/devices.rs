//! One remote action at a time on a device, for no longer than it takes, and no more often than its rule allows.

use std::rc::Rc;

use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError};
use nexthink_chatbot::client::join;
use nexthink_chatbot::flow::{Run, RunState};
use nexthink_chatbot::nql::{DAY, HOUR, MINUTE, SECOND};
use nexthink_simulator::{Fault, FaultKind};

use crate::world::World;

fn assert_busy(world: &Rc<World>, outcome: Result<Run, NexthinkError>, at_most_ms: i64) {
    let error = outcome.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused, "{error}");
    assert!(error.message.contains("another remote action is under way on this device"), "{error}");
    let left_ms = i64::from(error.retry_after_ms.unwrap());
    assert!((1..=at_most_ms).contains(&left_ms), "{left_ms}");
    let until = world.now().plus(world.ahead_ms.get() + left_ms);
    assert!(error.hint.contains(&until.to_string()), "{error}");
}

#[test]
fn two_proposals_for_one_device_do_not_run_at_once() {
    let world = World::new();
    let [first, second] = world.two_tokens();
    let (one, other) = (world.sharing(), world.sharing());
    let (one, other) = world.wait(join(one.begin(&first), other.begin(&second)));
    assert_eq!(world.scene.triggers(), 1);
    let (run, refused, token) = match (one, other) {
        (Ok(run), refused) => (run, refused, second),
        (refused, Ok(run)) => (run, refused, first),
        (Err(one), Err(other)) => panic!("{one} {other}"),
    };
    assert!(refused.unwrap_err().message.contains("another remote action is under way"));
    // The one that was refused is not used up.
    world.sharing().follow(run);
    assert_eq!(world.sharing().remediate(&token).unwrap().state, RunState::Accepted);
}

#[test]
fn devices_do_not_wait_for_one_another() {
    let world = World::new();
    let tokens = [("amartin", "outlook", "offline"), ("fweber", "onedrive", "broken-onedrive")];
    for (employee, playbook, rule) in tokens {
        let token = world.token(employee, playbook, rule);
        assert_eq!(world.sharing().remediate(&token).unwrap().state, RunState::Accepted);
    }
}

#[test]
fn a_run_that_has_ended_without_anybody_looking_does_not_block_its_device() {
    let world = World::new();
    let [first, second] = world.two_tokens();
    world.sharing().remediate(&first).unwrap();
    assert_busy(&world, world.sharing().remediate(&second), 75 * MINUTE);
    world.advance(MINUTE);
    assert_eq!(world.sharing().remediate(&second).unwrap().state, RunState::Accepted);
}

#[test]
fn the_lease_of_a_process_that_crashed_ends() {
    let world = World::new();
    let [first, _] = world.two_tokens();
    // Far enough for the entry and the lease, and not to the tenant.
    let steps = (1..40).find(|steps| {
        let world = World::new();
        let [first, _] = world.two_tokens();
        world.sharing().crash(&first, *steps);
        world.stored.borrow().len() == 2
    });
    world.sharing().crash(&first, steps.unwrap());
    assert_eq!((world.stored.borrow().len(), world.scene.triggers()), (2, 0));
    let crashed = world.sharing().remediate(&first).unwrap();
    assert_eq!(crashed.state, RunState::Pending, "it is never sent again");
    for minutes in [0, 30, 44] {
        world.advance(minutes * MINUTE);
        let second = world.token("amartin", "outlook", "repair-data-file");
        assert_busy(&world, world.sharing().remediate(&second), 75 * MINUTE);
    }
    world.advance(2 * MINUTE);
    let second = world.token("amartin", "outlook", "repair-data-file");
    assert_eq!(world.sharing().remediate(&second).unwrap().state, RunState::Accepted);
    // What came of the first nobody knows, and it says where to look.
    let ended = world.sharing().progress(&crashed).unwrap();
    assert_eq!((ended.state, world.scene.triggers()), (RunState::Unknown, 1));
    assert!(ended.status_details.unwrap().contains("look at the remote action's executions"));
}

#[test]
fn a_lease_of_a_clock_that_was_far_ahead_does_not_last_for_ever() {
    let world = World::new();
    let second = world.token("amartin", "outlook", "repair-data-file");
    world.ahead_ms.set(300 * DAY);
    let process = world.sharing();
    // Proposed by the same clock.
    let device = world.scene.device("amartin");
    let first = world.process(r#","allowedRemoteActions":["set_outlook_online"]"#);
    let first = first.request(device, "set_outlook_online", &[]).unwrap();
    world.inject(Fault::new(FaultKind::LostAnswer).of("act/execute"));
    process.remediate(&first.token).unwrap();
    world.ahead_ms.set(0);
    assert_eq!(world.sharing().remediate(&second).unwrap().state, RunState::Accepted);
}

#[test]
fn a_run_of_which_nobody_knows_blocks_its_device_until_it_is_found_or_can_no_longer_appear() {
    let world = World::new();
    let [first, second] = world.two_tokens();
    world.inject(Fault::new(FaultKind::LostAnswer).of("act/execute"));
    assert_eq!(world.sharing().remediate(&first).unwrap().state, RunState::Unknown);
    // It is found by its reference: it is running.
    assert_busy(&world, world.sharing().remediate(&second), 75 * MINUTE);
    world.advance(MINUTE);
    assert_eq!(world.sharing().remediate(&second).unwrap().state, RunState::Accepted);
    assert_eq!(world.scene.triggers(), 2);

    let world = World::new();
    let [first, _] = world.two_tokens();
    // It never arrived, which nobody can know.
    world.inject(Fault::new(FaultKind::Network).of("act/execute"));
    assert_eq!(world.sharing().remediate(&first).unwrap().state, RunState::Unknown);
    world.advance(70 * MINUTE);
    let second = world.token("amartin", "outlook", "offline");
    assert_busy(&world, world.sharing().remediate(&second), 5 * MINUTE);
    world.advance(6 * MINUTE);
    assert_eq!(world.sharing().remediate(&second).unwrap().state, RunState::Accepted);
}

#[test]
fn a_refused_run_gives_its_device_back_at_once_and_keeps_no_cooldown() {
    let world = World::with_cooldown(DAY);
    let [first, second] = world.two_tokens();
    world.answer_with(403, "act/execute");
    world.sharing().remediate(&first).unwrap_err();
    let run = world.sharing().remediate(&second).unwrap();
    world.sharing().follow(run);
    assert_eq!(world.sharing().remediate(&first).unwrap().state, RunState::Accepted);
}

#[test]
fn a_cooldown_holds_for_one_remote_action_on_one_device_and_ends() {
    let world = World::with_cooldown(HOUR);
    let [first, other] = world.two_tokens();
    let run = world.sharing().remediate(&first).unwrap();
    let ended_at = world.sharing().follow(run).ended_at.unwrap();
    // It may be recommended again: the data is older than the run.
    let again = || world.token("bkeller", "outlook", "crashed-plugins");
    let run = world.sharing().remediate(&again()).unwrap();
    let ended = world.sharing().follow(run).ended_at.unwrap();
    let error = world.sharing().remediate(&again()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused);
    assert!(error.message.contains("has run on this device not long ago"), "{error}");
    assert!(error.hint.contains(&ended.plus(HOUR).to_string()), "{error}");
    assert!(error.retry_after_ms.is_some_and(|wait_ms| i64::from(wait_ms) <= HOUR));
    // Another action on the first device is free to run.
    assert!(world.sharing().remediate(&other).is_ok() && ended_at < ended);
    world.advance(HOUR);
    world.scene.tenant.borrow_mut().set("BKELLER-LT", r#"{"crashedPluginList":["Zoom"]}"#).unwrap();
    assert_eq!(world.sharing().remediate(&again()).unwrap().state, RunState::Accepted);
}

#[test]
fn a_cooldown_holds_also_where_nobody_has_looked_what_became_of_the_run() {
    let world = World::with_cooldown(2 * HOUR);
    let token = || world.token("stanaka", "slow-pc", "disk-full");
    // The device is offline; its run waits, expires, and has not run: that is no reason to wait.
    let run = world.sharing().remediate(&token()).unwrap();
    world.advance(76 * MINUTE);
    assert_eq!(world.sharing().progress(&run).unwrap().state, RunState::Expired);
    world.sharing().remediate(&token()).unwrap();
    // Here nobody looks, and the lease ends by itself: it may have run.
    world.advance(90 * MINUTE);
    let error = world.sharing().remediate(&token()).unwrap_err();
    assert!(error.message.contains("not long ago"), "{error}");
    world.advance(31 * MINUTE + SECOND);
    assert!(world.sharing().remediate(&token()).is_ok());
}
