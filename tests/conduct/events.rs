//! What a client tells of its work: the events of a call, in order, and nothing about anyone.

use nexthink_chatbot::client::Event;
use nexthink_chatbot::json::Write;
use nexthink_simulator::{Fault, FaultKind, SimulatedTenant, run};
use serde_json::Value;

use crate::crowd::{later, together};
use crate::operations::prepared;
use crate::outside::{READ, World, act, read};
use crate::retries::status;
use crate::tenant::shared;

/// The events in a few words each: the call, the operation, what happened, and what is said of it.
fn told(world: &World) -> Vec<String> {
    let events = world.events.take();
    events.iter().map(words).collect()
}

fn words(event: &Event) -> String {
    let json: Value = serde_json::from_str(&event.write().to_text()).unwrap();
    let mut words = format!("{} {} {}", event.call, event.operation, json["type"].as_str().unwrap());
    for (name, sign) in [
        ("attempt", "#"),
        ("status", ""),
        ("error", ""),
        ("durationMs", "ms "),
        ("reason", ""),
        ("waitMs", "waits "),
        ("source", ""),
        ("expiresInSeconds", "s "),
    ] {
        match &json[name] {
            Value::Null => {}
            Value::String(text) => words.push_str(&format!(" {sign}{text}")),
            number => words.push_str(&format!(" {sign}{number}")),
        }
    }
    words
}

#[test]
fn a_plain_call_tells_of_its_token_and_its_request() {
    let world = World::new();
    let shared = shared("");
    world.wait(read(world.client(&shared))).unwrap();
    assert_eq!(
        told(&world),
        [
            "1 token.create request #1",
            "1 token.create response #1 200 ms 60",
            "1 nql.execute token credentials s 900",
            "1 nql.execute request #1",
            "1 nql.execute response #1 200 ms 60",
        ]
    );
    world.wait(act(world.client(&shared))).unwrap();
    assert_eq!(told(&world), ["2 spark.handoff request #1", "2 spark.handoff response #1 204 ms 60"]);
}

#[test]
fn a_retry_is_told_with_its_pause() {
    let world = World::new();
    let shared = shared("");
    world.wait(read(world.client(&shared))).unwrap();
    drop(told(&world));
    world.inject(Fault::new(FaultKind::LostAnswer).of(READ));
    world.wait(read(world.client(&shared))).unwrap();
    let gap = world.gaps(READ)[1] - 60;
    assert_eq!(
        told(&world),
        [
            "2 nql.execute request #1".into(),
            "2 nql.execute response #1 network ms 60".into(),
            format!("2 nql.execute retry #2 waits {gap}"),
            "2 nql.execute request #2".into(),
            "2 nql.execute response #2 200 ms 60".into(),
        ]
    );
}

#[test]
fn a_pause_that_the_tenant_asks_for_is_told_by_each_call_that_keeps_it() {
    let world = World::new();
    let shared = shared("");
    world.wait(read(world.client(&shared))).unwrap();
    drop(told(&world));
    world.inject(status(429).retry_after("30"));
    let calls = vec![read(world.client(&shared)), later(&world.tenant, 1_060, act(world.client(&shared)))];
    together(&world.tenant, calls).into_iter().for_each(|outcome| drop(outcome.unwrap()));
    let mut told = told(&world);
    assert!(told[2].starts_with("2 nql.execute retry #2 waits 300"), "{told:?}");
    told.remove(2);
    let mut of_each: Vec<_> = told.iter().filter(|words| words.starts_with('3')).collect();
    assert_eq!(
        of_each,
        [
            "3 spark.handoff rate-limit tenant waits 29000",
            "3 spark.handoff request #1",
            "3 spark.handoff response #1 204 ms 60"
        ]
    );
    of_each = told.iter().filter(|words| words.starts_with('2')).collect();
    assert_eq!(
        of_each,
        [
            "2 nql.execute request #1",
            "2 nql.execute response #1 429 ms 60",
            "2 nql.execute request #2",
            "2 nql.execute response #2 200 ms 60"
        ]
    );
}

#[test]
fn the_limits_of_the_client_are_told() {
    let world = World::new();
    let shared = shared(r#","limits":{"perSecond":1,"concurrent":2}"#);
    world.wait(read(world.client(&shared))).unwrap();
    world.advance(10_000);
    drop(told(&world));
    together(&world.tenant, (0..3).map(|_| read(world.client(&shared))).collect());
    let told = told(&world);
    assert!(told.contains(&"3 nql.execute rate-limit per-second waits 1000".into()), "{told:?}");
    assert!(told.contains(&"4 nql.execute rate-limit concurrent".into()), "{told:?}");
}

#[test]
fn the_renewal_of_a_token_is_told() {
    let world = World::new();
    let shared = shared("");
    world.wait(read(world.client(&shared))).unwrap();
    drop(told(&world));
    world.inject(Fault::new(FaultKind::TokenRevoked).of(READ));
    world.wait(read(world.client(&shared))).unwrap();
    assert_eq!(
        told(&world),
        [
            "2 nql.execute request #1",
            "2 nql.execute response #1 401 ms 60",
            "2 token.create request #1",
            "2 token.create response #1 200 ms 60",
            "2 nql.execute token credentials s 900",
            "2 nql.execute request #2",
            "2 nql.execute response #2 200 ms 60",
        ]
    );
}

#[test]
fn no_event_says_what_was_sent_or_to_whom() {
    let (tenant, operations) = prepared();
    for fault in [None, Some(FaultKind::LostAnswer), Some(FaultKind::Html), Some(FaultKind::TokenRevoked)] {
        for operation in &operations {
            let world = World::of(tenant.clone());
            if let Some(fault) = fault {
                world.inject(Fault::new(fault).of(operation.path));
            }
            drop(run(&world.tenant, operation.call(&world.client(&shared("")))));
            let mut secrets = operation.values();
            secrets.push(SimulatedTenant::CREDENTIALS.client_secret.into());
            secrets.push(SimulatedTenant::CREDENTIALS.client_id.into());
            secrets.push("https://".into());
            secrets.extend(world.sent.borrow().iter().flat_map(|sent| {
                let token = sent.authorization.split_once(' ').map(|(_, token)| token.to_owned());
                token.into_iter().chain([sent.path.clone()])
            }));
            let events = world.events.borrow();
            assert!(!events.is_empty());
            for event in events.iter() {
                let said = [event.write().to_text(), format!("{event:?}")];
                for secret in &secrets {
                    assert!(said.iter().all(|said| !said.contains(secret.as_str())), "{secret}: {}", said[0]);
                }
            }
        }
    }
}
