//! The pause that a tenant asks for with 429: all calls of the client keep it, and no other client.

use std::rc::Rc;

use nexthink_chatbot::api::problem::{ErrorKind, SideEffect};
use nexthink_chatbot::client::Shared;
use nexthink_simulator::{Fault, FaultKind};

use crate::crowd::{later, together};
use crate::outside::{ACT, READ, TOKEN, World, act, read};
use crate::retries::{ANSWER_MS, status};
use crate::tenant::shared;

/// A client that has a token.
fn begun(world: &Rc<World>) -> Rc<Shared> {
    let shared = shared("");
    world.wait(read(world.client(&shared))).unwrap();
    world.sent.borrow_mut().clear();
    shared
}

#[test]
fn all_calls_of_a_client_keep_the_pause_and_another_client_does_not() {
    let world = World::new();
    let (ours, theirs) = (begun(&world), begun(&world));
    world.inject(status(429).retry_after("30"));
    let start = world.now().0;
    let calls = vec![
        read(world.client(&ours)),
        later(&world.tenant, 100, act(world.client(&ours))),
        later(&world.tenant, 200, read(world.client(&ours))),
        later(&world.tenant, 300, read(world.client(&theirs))),
    ];
    for outcome in together(&world.tenant, calls) {
        outcome.unwrap();
    }
    let end_of_pause = start + ANSWER_MS + 30_000;
    assert_eq!(world.times(ACT), [end_of_pause]);
    let mut reads = world.times(READ);
    reads.retain(|at| *at != start);
    assert_eq!(reads[0], start + 300, "the other client waits for nobody");
    assert_eq!(reads[1], end_of_pause, "nothing is sent in the pause");
    assert_eq!(reads.len(), 3);
}

#[test]
fn what_was_sent_before_the_pause_is_not_disturbed_and_what_waited_for_its_turn_keeps_it() {
    let world = World::new();
    let shared = shared(r#","limits":{"concurrent":1}"#);
    world.wait(read(world.client(&shared))).unwrap();
    world.sent.borrow_mut().clear();
    world.inject(status(429).retry_after("5"));
    let start = world.now().0;
    let calls = vec![read(world.client(&shared)), act(world.client(&shared))];
    together(&world.tenant, calls).into_iter().for_each(|outcome| drop(outcome.unwrap()));
    assert_eq!(world.times(ACT), [start + ANSWER_MS + 5_000]);
}

#[test]
fn a_call_that_has_no_time_for_the_pause_is_not_sent() {
    let world = World::new();
    let shared = begun(&world);
    world.inject(status(429).retry_after("30"));
    let calls = vec![
        read(world.client(&shared)),
        later(&world.tenant, 100, act(world.client_within(&shared, 10_000))),
        later(&world.tenant, 200, read(world.client_within(&shared, 10_000))),
    ];
    let begun = world.now().0;
    let outcomes = together(&world.tenant, calls);
    assert_eq!((world.count(ACT), world.count(READ)), (0, 2));
    for (outcome, left) in [(&outcomes[1], 29_960), (&outcomes[2], 29_860)] {
        let error = outcome.as_ref().unwrap_err();
        assert_eq!((error.kind, error.side_effect), (ErrorKind::RateLimited, SideEffect::None));
        assert_eq!((error.retry_after_ms, error.retryable), (Some(left), true), "from {begun}");
    }
    assert!(outcomes[0].is_ok());
}

#[test]
fn a_pause_at_the_token_endpoint_is_kept_by_all() {
    let world = World::new();
    let shared = shared("");
    world.inject(Fault { operation: Some(TOKEN.into()), ..status(429).retry_after("20") });
    let start = world.now().0;
    let calls = vec![
        read(world.client(&shared)),
        act(world.client(&shared)),
        later(&world.tenant, 500, act(world.client(&shared))),
    ];
    together(&world.tenant, calls).into_iter().for_each(|outcome| drop(outcome.unwrap()));
    let tokens = world.times(TOKEN);
    assert_eq!((tokens[0], tokens.len()), (start, 2));
    assert!((start + ANSWER_MS + 20_000..=start + ANSWER_MS + 20_050).contains(&tokens[1]), "{tokens:?}");
    assert!(world.times(ACT).iter().all(|at| *at >= tokens[1] + ANSWER_MS), "{:?}", world.times(ACT));
}

#[test]
fn a_pause_that_begins_while_a_call_fetches_its_token_is_kept_by_that_call() {
    let world = World::new();
    let shared = begun(&world);
    // The token is about to end; a slow read is under way with it, and is answered with 429 while it is renewed.
    world.advance(839_000);
    world.inject(status(429).retry_after("30").latency_ms(3_000));
    world.inject(Fault::new(FaultKind::Latency).of(TOKEN).latency_ms(5_000));
    let start = world.now().0;
    let calls = vec![read(world.client(&shared)), later(&world.tenant, 2_000, act(world.client(&shared)))];
    together(&world.tenant, calls).into_iter().for_each(|outcome| drop(outcome.unwrap()));
    assert_eq!(world.times(TOKEN), [start + 2_000]);
    assert_eq!(world.times(ACT), [start + 33_000], "it is sent when the pause is over");
}
