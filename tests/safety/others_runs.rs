//! Answers and values that are about another run than was asked for: none of them may end ours.

use nexthink_chatbot::api::problem::ErrorKind;
use nexthink_chatbot::flow::{Certainty, RunState};
use nexthink_chatbot::nql::{HOUR, MINUTE};
use nexthink_simulator::{Fault, FaultKind, Options, SimulatedTenant};

use crate::world::{SHARED, World};

/// An administrator's own query that forgot to say which execution.
const LOOSE: &str = "remote_action.executions past 24h \
    | list request_id, external_reference, status, status_details, outputs | sort status desc";

#[test]
fn a_query_that_returns_the_executions_of_others_ends_no_run() {
    for is_lost in [false, true] {
        let tenant = SimulatedTenant::new(Options { devices: 0, ..Options::default() }).with_query("#loose", LOOSE);
        let world = World::of(tenant);
        let ids = r##","queryIds":{"remoteActionResult":"#loose","remoteActionResultByReference":"#loose"}"##;
        let options = format!("{SHARED}{ids}");
        let theirs = world.sharing().remediate(&world.token("amartin", "outlook", "offline")).unwrap();
        assert_eq!(world.sharing().follow(theirs).state, RunState::Succeeded);
        // This device is offline: its run waits, and expires.
        let token = world.token("stanaka", "slow-pc", "disk-full");
        if is_lost {
            world.inject(Fault::new(FaultKind::LostAnswer).of("act/execute"));
        }
        let process = world.process(&options);
        let run = process.remediate(&token).unwrap();
        world.advance(MINUTE);
        let run = process.progress(&run).unwrap();
        assert_eq!((run.state, run.ran), (RunState::Waiting, Certainty::Unknown), "{is_lost}: {run:?}");
        world.advance(HOUR);
        assert_eq!(process.progress(&run).unwrap().state, RunState::Expired);
    }
}

#[test]
fn an_end_that_came_back_without_its_time_is_asked_for_again() {
    let world = World::new();
    let run = world.sharing().remediate(&world.token("stanaka", "slow-pc", "disk-full")).unwrap();
    let mut told = run.clone();
    told.state = RunState::Succeeded;
    for process in [world.sharing(), world.process("")] {
        assert_eq!(process.progress(&told).unwrap().state, RunState::Waiting);
    }
    assert_eq!(world.sharing().progress(&run).unwrap().state, RunState::Waiting, "as the ledger has it");
}

#[test]
fn a_store_that_answers_with_another_entry_shows_nobody_anothers_run() {
    let world = World::new();
    let theirs = world.token("fweber", "onedrive", "broken-onedrive");
    world.sharing().remediate(&theirs).unwrap();
    let entry = world.stored.borrow().iter().find(|(key, _)| key.contains(":run:")).unwrap().1.clone();
    let token = world.token("amartin", "outlook", "offline");
    *world.lies.borrow_mut() = Some((":run:", entry));
    let error = world.sharing().remediate(&token).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused, "{error}");
    assert!(error.message.contains("cannot be read"), "{error}");
    assert_eq!(world.scene.triggers(), 1);
}

#[test]
fn a_store_that_answers_with_rubbish_triggers_nothing() {
    for part in [":run:", ":device:"] {
        for rubbish in ["", "null", "[]", "{}", "[object Object]", "\u{0}", "{\"lease\":5}"] {
            let world = World::new();
            let token = world.token("amartin", "outlook", "offline");
            *world.lies.borrow_mut() = Some((part, rubbish.into()));
            let error = world.sharing().remediate(&token).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Refused, "{part} {rubbish}: {error}");
            assert_eq!(world.scene.triggers(), 0, "{part} {rubbish}");
            world.lies.borrow_mut().take();
            assert_eq!(world.sharing().remediate(&token).unwrap().state, RunState::Accepted, "{part} {rubbish}");
        }
    }
}
