//! The budget of a client: how many requests are under way at once, how many begin in a second, and what becomes of
//! the place of a call that leaves.

use std::rc::Rc;

use nexthink_chatbot::api::problem::ErrorKind;
use nexthink_chatbot::client::{Client, Shared};
use nexthink_simulator::{Fault, FaultKind};

use crate::crowd::{Leaving, later, left, together};
use crate::outside::{READ, TOKEN, WatchedHost, World, operate, read};
use crate::retries::ANSWER_MS;
use crate::tenant::shared;

/// A client with these limits that has a token.
fn limited(world: &Rc<World>, limits: &str) -> Rc<Shared> {
    let shared = shared(&format!(r#","limits":{limits}"#));
    world.wait(read(world.client(&shared))).unwrap();
    world.advance(60_000);
    world.sent.borrow_mut().clear();
    shared
}

fn abandoning(world: &Rc<World>, shared: &Rc<Shared>) -> Client<WatchedHost> {
    let mut host = world.host();
    host.host = host.host.that_abandons_calls();
    Client::new(Rc::clone(shared), host)
}

#[test]
fn no_more_requests_are_under_way_than_the_limit_says() {
    for concurrent in [1, 2, 16] {
        for abandons in [false, true] {
            let world = World::new();
            let shared = shared(&format!(r#","limits":{{"concurrent":{concurrent}}}"#));
            world.inject(Fault::new(FaultKind::Status).status(503).of(READ).probability(0.2));
            let client = || if abandons { abandoning(&world, &shared) } else { world.client(&shared) };
            together(&world.tenant, (0..100).map(|_| read(client())).collect());
            assert_eq!(world.most_under_way.get(), concurrent, "{abandons}");
            assert_eq!(world.under_way.get(), 0);
        }
    }
}

#[test]
fn who_comes_first_is_served_first_and_at_once() {
    let world = World::new();
    let shared = limited(&world, r#"{"concurrent":1}"#);
    let begun = world.now().0;
    let mut calls = Vec::new();
    for number in 0..20 {
        // The export's name tells the calls apart in what was sent.
        let call = operate(world.client(&shared), "nql.status", &format!(r#"{{"exportId":"number-{number:02}"}}"#));
        calls.push(later(&world.tenant, number, call));
    }
    together(&world.tenant, calls);
    let sent = world.sent.borrow();
    let order: Vec<_> = sent.iter().map(|sent| sent.path.rsplit('-').next().unwrap().parse::<u32>().unwrap()).collect();
    assert_eq!(order, (0..20).collect::<Vec<_>>());
    let times: Vec<_> = sent.iter().map(|sent| sent.at.0 - begun).collect();
    assert_eq!(times, (0..20).map(|number| number * ANSWER_MS).collect::<Vec<_>>(), "a turn is passed on at once");
}

#[test]
fn requests_begin_no_closer_to_each_other_than_the_limit_says() {
    for (per_second, spacing) in [("10", 100), ("2.5", 400), ("0.5", 2_000), ("3", 334)] {
        for abandons in [false, true] {
            let world = World::new();
            let shared = limited(&world, &format!(r#"{{"perSecond":{per_second}}}"#));
            let client = || if abandons { abandoning(&world, &shared) } else { world.client(&shared) };
            together(&world.tenant, (0..20).map(|_| read(client())).collect());
            let gaps = world.gaps(READ);
            // Where no call wakes another, it takes a few milliseconds until one looks again.
            let late = if abandons { 10 } else { 0 };
            assert!(gaps.iter().all(|gap| (spacing..=spacing + late).contains(gap)), "{abandons} {spacing}: {gaps:?}");
        }
    }
}

#[test]
fn a_slow_token_does_not_let_requests_begin_together() {
    let world = World::new();
    world.inject(Fault::new(FaultKind::Latency).of(TOKEN).latency_ms(1_500));
    let shared = shared(r#","limits":{"perSecond":10}"#);
    together(&world.tenant, (0..20).map(|_| read(world.client(&shared))).collect());
    let gaps = world.gaps(READ);
    assert!(gaps.iter().all(|gap| *gap >= 100), "{gaps:?}");
}

#[test]
fn a_call_that_leaves_the_queue_leaves_no_hole() {
    let world = World::new();
    let shared = limited(&world, r#"{"concurrent":1}"#);
    let begun = world.now().0;
    let mut calls = vec![left(&world.tenant, 100_000, Leaving::Dropped, read(world.client(&shared)))];
    for _ in 0..5 {
        calls.push(left(&world.tenant, 20, Leaving::Dropped, read(world.client(&shared))));
        calls.push(left(&world.tenant, 100_000, Leaving::Dropped, read(world.client_within(&shared, 30))));
    }
    calls.push(left(&world.tenant, 100_000, Leaving::Dropped, read(world.client(&shared))));
    let outcomes = together(&world.tenant, calls);
    assert_eq!(world.times(READ), [begun, begun + ANSWER_MS]);
    for pair in outcomes[1..11].chunks(2) {
        assert!(pair[0].is_none());
        assert_eq!(pair[1].as_ref().unwrap().as_ref().unwrap_err().kind, ErrorKind::Timeout);
    }
    assert!(matches!(outcomes[11], Some(Ok(_))));
}

#[test]
fn a_call_that_leaves_in_the_moment_of_its_turn_passes_it_on() {
    let world = World::new();
    let shared = limited(&world, r#"{"concurrent":1}"#);
    let begun = world.now().0;
    let always = 100_000;
    let calls = vec![
        left(&world.tenant, always, Leaving::Dropped, read(world.client(&shared))),
        // These leave when the first is answered: one before it is polled with its turn, one by its deadline.
        left(&world.tenant, ANSWER_MS as u32, Leaving::Dropped, read(world.client(&shared))),
        left(&world.tenant, always, Leaving::Dropped, read(world.client_within(&shared, ANSWER_MS as u32))),
        left(&world.tenant, always, Leaving::Dropped, read(world.client(&shared))),
    ];
    let outcomes = together(&world.tenant, calls);
    assert!(matches!(outcomes[3], Some(Ok(_))));
    assert_eq!(world.now().0, begun + 2 * ANSWER_MS);
}

#[test]
fn a_call_that_leaves_while_it_waits_for_its_second_leaves_no_hole() {
    let world = World::new();
    let shared = limited(&world, r#"{"perSecond":1}"#);
    let begun = world.now().0;
    let mut calls = vec![left(&world.tenant, 100_000, Leaving::Dropped, read(world.client(&shared)))];
    for _ in 0..5 {
        calls.push(left(&world.tenant, 500, Leaving::Dropped, read(world.client(&shared))));
        calls.push(left(&world.tenant, 100_000, Leaving::Dropped, read(world.client_within(&shared, 600))));
    }
    calls.push(left(&world.tenant, 100_000, Leaving::Dropped, read(world.client(&shared))));
    together(&world.tenant, calls);
    assert_eq!(world.times(READ), [begun, begun + 1_000]);
}

#[test]
fn an_abandoned_call_loses_its_turn_after_two_seconds() {
    let world = World::new();
    let shared = limited(&world, r#"{"concurrent":2}"#);
    world.inject(Fault::new(FaultKind::Latency).of(READ).latency_ms(20_000).times(2));
    let begun = world.now().0;
    let mut calls = Vec::new();
    for _ in 0..2 {
        calls.push(left(&world.tenant, 700, Leaving::Forgotten, read(abandoning(&world, &shared))));
    }
    for _ in 0..2 {
        calls.push(left(&world.tenant, 100_000, Leaving::Forgotten, read(abandoning(&world, &shared))));
    }
    let outcomes = together(&world.tenant, calls);
    assert!(matches!(outcomes[2], Some(Ok(_))) && matches!(outcomes[3], Some(Ok(_))));
    let times = world.times(READ);
    // The last sign of life was at half a second.
    assert!(times[2..].iter().all(|at| (2_500..=2_520).contains(&(at - begun))), "{times:?} from {begun}");
}

#[test]
fn a_long_request_that_is_alive_keeps_its_turn() {
    let world = World::new();
    let shared = limited(&world, r#"{"concurrent":1}"#);
    world.inject(Fault::new(FaultKind::Latency).of(READ).latency_ms(29_000));
    let begun = world.now().0;
    let calls = vec![read(abandoning(&world, &shared)), read(abandoning(&world, &shared))];
    together(&world.tenant, calls);
    let after = world.times(READ)[1] - begun;
    assert!((29_000..=29_020).contains(&after), "{after}");
}

#[test]
fn a_long_queue_does_not_exceed_the_limit_where_calls_can_vanish() {
    let world = World::new();
    let shared = limited(&world, r#"{"concurrent":1}"#);
    world.inject(Fault::new(FaultKind::Latency).of(READ).latency_ms(29_000).times(6));
    together(&world.tenant, (0..6).map(|_| read(abandoning(&world, &shared))).collect());
    assert_eq!(world.most_under_way.get(), 1);
}
