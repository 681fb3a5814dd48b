//! A store that fails at any step: before anything is sent nothing is, and afterwards the run is given all the same.

use nexthink_chatbot::api::problem::SideEffect;
use nexthink_chatbot::client::join;
use nexthink_chatbot::flow::RunState;

use crate::world::{Failure, World};

#[test]
fn a_store_that_fails_at_any_step_costs_no_second_execution() {
    for failure in [Failure::Before, Failure::After] {
        let (mut refused, mut sent) = (0, 0);
        for operation in 0..5 {
            let world = World::new();
            let token = world.token("amartin", "outlook", "offline");
            world.fails.set(Some((operation, failure)));
            match world.sharing().remediate(&token) {
                Err(error) => {
                    refused += 1;
                    assert_eq!((error.side_effect, world.scene.triggers()), (SideEffect::None, 0), "{operation}");
                    assert!(error.message.contains("`store`"), "{error}");
                    // What was entered is released: the consent is not used up.
                    let run = world.sharing().remediate(&token).unwrap();
                    assert_eq!(run.state, RunState::Accepted, "{failure:?} {operation}");
                }
                Ok(run) => {
                    sent += 1;
                    assert_eq!((run.state, world.scene.triggers()), (RunState::Accepted, 1), "{operation}");
                    let again = world.sharing().remediate(&token).unwrap();
                    assert_eq!(again.id, run.id);
                    // Whoever looks finds it, whatever the ledger says.
                    assert_eq!(world.sharing().follow(again).state, RunState::Succeeded);
                }
            }
            assert_eq!(world.scene.triggers(), 1, "{failure:?} {operation}");
        }
        // The entry and the device are read and written before; what came of it is written after.
        assert_eq!((refused, sent), (4, 1), "{failure:?}");
    }
}

#[test]
fn a_store_that_fails_does_not_keep_anyone_from_looking() {
    let world = World::new();
    let token = world.token("amartin", "outlook", "offline");
    let run = world.sharing().remediate(&token).unwrap();
    world.advance(60_000);
    for later in 0..3 {
        world.fails.set(Some((world.operations.get() + later, Failure::Before)));
        assert_eq!(world.sharing().progress(&run).unwrap().state, RunState::Succeeded);
    }
}

#[test]
fn who_could_not_enter_takes_back_nothing_of_who_could() {
    for failure in [Failure::Before, Failure::After] {
        for operation in 0..10 {
            let world = World::new();
            let token = world.token("amartin", "outlook", "offline");
            world.fails.set(Some((operation, failure)));
            // Each tries again at once, as an impatient caller does.
            let stubborn = async || {
                let process = world.sharing();
                loop {
                    match process.begin(&token).await {
                        Ok(run) => return run,
                        Err(error) => assert_eq!(error.side_effect, SideEffect::None, "{error}"),
                    }
                }
            };
            let (first, second) = world.wait(join(stubborn(), stubborn()));
            assert_eq!((first.id, world.scene.triggers()), (second.id, 1), "{failure:?} {operation}");
        }
    }
}
