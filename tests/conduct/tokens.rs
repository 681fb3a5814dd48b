//! The access token of a client with credentials: fetched once for however many calls, renewed in time, shared in
//! success and in failure.

use std::rc::Rc;

use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError, SideEffect};
use nexthink_chatbot::client::{Client, Shared};
use nexthink_chatbot::json::Json;
use nexthink_simulator::{Fault, FaultKind};

use crate::crowd::{Call, Leaving, later, left, together};
use crate::outside::{ACT, READ, TOKEN, WatchedHost, World, act, read};
use crate::retries::ANSWER_MS;
use crate::tenant::shared;

const MANY: usize = 1_000;

/// A client for one call, in a runtime that drops calls or in one that abandons them.
fn client(world: &Rc<World>, shared: &Rc<Shared>, leaving: Leaving) -> Client<WatchedHost> {
    let mut host = world.host();
    if leaving == Leaving::Forgotten {
        host.host = host.host.that_abandons_calls();
    }
    Client::new(Rc::clone(shared), host)
}

fn many(world: &Rc<World>, shared: &Rc<Shared>, leaving: Leaving) -> Vec<Result<Json, NexthinkError>> {
    let calls = (0..MANY).map(|_| read(client(world, shared, leaving))).collect();
    together(&world.tenant, calls)
}

const BOTH: [Leaving; 2] = [Leaving::Dropped, Leaving::Forgotten];

#[test]
fn a_thousand_calls_at_once_fetch_one_token() {
    for leaving in BOTH {
        for concurrent in [16, 1_000] {
            let world = World::new();
            let outcomes = many(&world, &shared(&format!(r#","limits":{{"concurrent":{concurrent}}}"#)), leaving);
            assert!(outcomes.iter().all(Result::is_ok));
            assert_eq!((world.count(TOKEN), world.count(READ)), (1, MANY), "{leaving:?}, {concurrent}");
        }
    }
}

#[test]
fn a_thousand_calls_at_once_share_the_failure_to_get_one() {
    let refused = Fault::new(FaultKind::Status).status(401).with_error_body();
    let down = Fault::new(FaultKind::Status).status(503);
    let slow = Fault::new(FaultKind::Status).status(408);
    for leaving in BOTH {
        for concurrent in [16, 1_000] {
            for (fault, kind, requests) in [
                (&refused, ErrorKind::Authentication, 1),
                (&down, ErrorKind::Server, 3),
                (&slow, ErrorKind::Timeout, 3),
            ] {
                let world = World::new();
                world.inject(fault.clone().of(TOKEN).probability(1.0));
                let shared = shared(&format!(r#","limits":{{"concurrent":{concurrent}}}"#));
                let outcomes = many(&world, &shared, leaving);
                let place = format!("{leaving:?}, {concurrent}, {kind:?}");
                for outcome in outcomes {
                    let error = outcome.unwrap_err();
                    assert_eq!((error.kind, error.side_effect), (kind, SideEffect::None), "{place}");
                }
                assert_eq!((world.count(TOKEN), world.count(READ)), (requests, 0), "{place}");
            }
        }
    }
}

#[test]
fn a_call_after_a_failure_tries_anew() {
    let world = World::new();
    let shared = shared("");
    world.inject(Fault::new(FaultKind::Status).status(401).of(TOKEN));
    assert_eq!(world.wait(read(world.client(&shared))).unwrap_err().kind, ErrorKind::Authentication);
    world.wait(read(world.client(&shared))).unwrap();
    assert_eq!(world.count(TOKEN), 2);
}

#[test]
fn that_one_calls_time_is_over_says_nothing_to_the_others() {
    for leaving in BOTH {
        let world = World::new();
        world.inject(Fault::new(FaultKind::Latency).of(TOKEN).latency_ms(5_000));
        let shared = shared("");
        let mut host = world.host();
        host.host = client(&world, &shared, leaving).host().host.clone().within(1_000);
        let hurried = Client::new(Rc::clone(&shared), host);
        let outcomes = together(&world.tenant, vec![read(hurried), read(client(&world, &shared, leaving))]);
        assert_eq!(outcomes[0].as_ref().unwrap_err().kind, ErrorKind::Timeout);
        assert!(outcomes[1].is_ok(), "{:?}", outcomes[1]);
        assert_eq!(world.count(TOKEN), 2);
    }
}

#[test]
fn a_token_is_renewed_a_minute_before_it_ends_and_before_what_acts() {
    for (after_ms, renewed) in [(839_000, false), (840_000, true), (899_000, true), (2_000_000, true)] {
        for call in [read, act] {
            let world = World::new();
            let shared = shared("");
            world.wait(read(world.client(&shared))).unwrap();
            let fetched = world.times(TOKEN)[0];
            let now = world.now().0;
            world.advance(fetched + after_ms - now);
            world.sent.borrow_mut().clear();
            world.wait(call(world.client(&shared))).unwrap();
            let expected: &[i64] = if renewed { &[fetched + after_ms] } else { &[] };
            assert_eq!(world.times(TOKEN), expected, "{after_ms}");
            assert_eq!(world.count("api.eu"), 1, "it never came to a 401");
        }
    }
}

#[test]
fn a_revoked_token_is_renewed_once_and_an_act_is_sent_once() {
    let world = World::new();
    let shared = shared("");
    for (call, part, fails, requests) in
        [(read as fn(_) -> Call<'static, _>, READ, false, 2), (act as fn(_) -> Call<'static, _>, ACT, true, 1)]
    {
        world.wait(read(world.client(&shared))).unwrap();
        world.sent.borrow_mut().clear();
        world.inject(Fault::new(FaultKind::TokenRevoked).of(part));
        let outcome: Result<Json, NexthinkError> = world.wait(call(world.client(&shared)));
        assert_eq!((outcome.is_err(), world.count(part)), (fails, requests));
        if let Err(error) = outcome {
            assert_eq!((error.kind, error.side_effect), (ErrorKind::Authentication, SideEffect::None));
        }
    }
    // The token that was refused is not used again.
    world.wait(act(world.client(&shared))).unwrap();
    let used: Vec<_> = world.sent.borrow().iter().map(|sent| sent.authorization.clone()).collect();
    assert_ne!(used.first(), used.last());
}

#[test]
fn many_calls_with_a_revoked_token_renew_it_once() {
    for leaving in BOTH {
        let world = World::new();
        let shared = shared("");
        world.wait(read(world.client(&shared))).unwrap();
        world.inject(Fault::new(FaultKind::TokenRevoked).of(READ));
        let outcomes = many(&world, &shared, leaving);
        assert!(outcomes.iter().all(Result::is_ok));
        assert_eq!(world.count(TOKEN), 2, "{leaving:?}");
        assert!(world.count(READ) <= 1 + MANY + 16, "{}", world.count(READ));
    }
}

#[test]
fn after_a_second_401_the_error_is_given() {
    let world = World::new();
    world.inject(Fault::new(FaultKind::Status).status(401).of(READ).probability(1.0));
    let error = world.wait(read(world.client(&shared("")))).unwrap_err();
    assert_eq!((error.kind, error.status), (ErrorKind::Authentication, Some(401)));
    assert_eq!((world.count(READ), world.count(TOKEN)), (2, 2));
}

#[test]
fn a_caller_that_leaves_while_it_fetches_does_not_keep_the_others_from_it() {
    for (leaving, waits_ms) in [(Leaving::Dropped, 0), (Leaving::Forgotten, 2_000)] {
        let world = World::new();
        world.inject(Fault::new(FaultKind::Latency).of(TOKEN).latency_ms(20_000));
        let shared = shared("");
        let mut calls = vec![left(&world.tenant, 30, leaving, read(client(&world, &shared, leaving)))];
        for _ in 0..20 {
            let call = read(client(&world, &shared, leaving));
            calls.push(later(&world.tenant, 10, left(&world.tenant, 60_000, leaving, call)));
        }
        let begun = world.now().0;
        let outcomes = together(&world.tenant, calls);
        assert!(outcomes[0].is_none());
        assert!(outcomes[1..].iter().all(|outcome| matches!(outcome, Some(Ok(_)))), "{leaving:?}");
        let tokens = world.times(TOKEN);
        assert_eq!((tokens.len(), tokens[0]), (2, begun), "{leaving:?}");
        let after = tokens[1] - begun;
        assert!((30.max(waits_ms)..=30.max(waits_ms) + 20).contains(&after), "{leaving:?}: {after}");
        assert!(world.now().0 <= tokens[1] + 10 * ANSWER_MS, "{leaving:?}: {}", world.now().0 - begun);
    }
}

#[test]
fn a_slow_fetch_that_is_alive_is_waited_for() {
    let world = World::new();
    world.inject(Fault::new(FaultKind::Latency).of(TOKEN).latency_ms(25_000));
    let outcomes = many(&world, &shared(""), Leaving::Forgotten);
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(world.count(TOKEN), 1);
}

#[test]
fn a_call_with_little_time_does_not_decide_for_the_others() {
    let world = World::new();
    world.inject(Fault::new(FaultKind::Status).status(503).retry_after("5").of(TOKEN));
    let shared = shared("");
    let calls = vec![read(world.client_within(&shared, 1_000)), read(world.client(&shared))];
    let outcomes = together(&world.tenant, calls);
    assert_eq!(outcomes[0].as_ref().unwrap_err().kind, ErrorKind::Server);
    assert!(outcomes[1].is_ok(), "{:?}", outcomes[1]);
}
