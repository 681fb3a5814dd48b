//! An access token that several clients share through a store.

use std::rc::Rc;

use nexthink_chatbot::client::{Event, Happening, Shared, TokenSource};
use nexthink_simulator::{Fault, FaultKind};

use crate::outside::{ACT, READ, Store, TOKEN, World, act, read};
use crate::tenant::{shared, shared_by};

fn sharing() -> Rc<Shared> {
    shared(r#","store":true,"shareToken":true"#)
}

#[test]
fn two_clients_with_one_store_fetch_one_token() {
    let world = World::new();
    for call in 1..=2 {
        world.wait(read(world.client(&sharing()))).unwrap();
        assert_eq!((world.count(TOKEN), world.count(READ)), (1, call));
    }
    let from_store = |event: &Event| matches!(event.what, Happening::Token { source: TokenSource::Store, .. });
    assert_eq!(world.events.borrow().iter().filter(|event| from_store(event)).count(), 1);
}

#[test]
fn without_the_option_nothing_is_put_into_the_store() {
    let world = World::new();
    world.wait(read(world.client(&shared(r#","store":true"#)))).unwrap();
    assert!(world.stored.borrow().is_empty());
}

#[test]
fn a_refused_token_in_the_store_is_replaced() {
    let world = World::new();
    let (one, other) = (sharing(), sharing());
    world.wait(read(world.client(&one))).unwrap();
    let before = world.stored.borrow().clone();
    world.inject(Fault::new(FaultKind::TokenRevoked).of(READ));
    world.wait(read(world.client(&other))).unwrap();
    assert_eq!(world.count(TOKEN), 2);
    assert_ne!(*world.stored.borrow(), before);
    // The first client finds out by itself, and takes the new one from the store.
    world.wait(read(world.client(&one))).unwrap();
    world.wait(read(world.client(&sharing()))).unwrap();
    assert_eq!(world.count(TOKEN), 2);
}

#[test]
fn an_ending_token_in_the_store_is_replaced_in_time() {
    let world = World::new();
    world.wait(read(world.client(&sharing()))).unwrap();
    world.advance(840_000);
    world.wait(act(world.client(&sharing()))).unwrap();
    assert_eq!((world.count(TOKEN), world.count(ACT)), (2, 1));
    world.wait(act(world.client(&sharing()))).unwrap();
    assert_eq!(world.count(TOKEN), 2);
}

#[test]
fn what_is_no_token_in_the_store_is_replaced_or_passed_over() {
    for text in ["", "no JSON", "{}", "[]", "null", r#"{"accessToken":7}"#, r#"{"accessToken":"","expiresAt":"x"}"#] {
        let world = World::new();
        world.wait(read(world.client(&sharing()))).unwrap();
        world.stored.borrow_mut().values_mut().for_each(|value| *value = text.to_owned());
        world.wait(read(world.client(&sharing()))).unwrap();
        assert_eq!(world.count(TOKEN), 2, "{text}");
    }
}

#[test]
fn a_broken_text_in_the_store_does_not_stay_there() {
    let world = World::new();
    world.wait(read(world.client(&sharing()))).unwrap();
    world.stored.borrow_mut().values_mut().for_each(|value| *value = "no JSON".to_owned());
    for _ in 0..3 {
        world.wait(read(world.client(&sharing()))).unwrap();
    }
    assert_eq!(world.count(TOKEN), 2, "the second client puts a good one in its place");
}

#[test]
fn a_store_that_fails_or_hangs_does_no_harm() {
    for (store, at_most_ms) in [(Store::Fails, 200), (Store::Hangs, 4_200)] {
        let world = World::new();
        world.store.set(store);
        let shared = sharing();
        let begun = world.now();
        world.wait(act(world.client(&shared))).unwrap();
        assert!(world.now().since(begun) <= at_most_ms, "{store:?}: {}", world.now().since(begun));
        // Once there is a token the store is not asked.
        let begun = world.now();
        world.wait(act(world.client(&shared))).unwrap();
        assert_eq!(world.now().since(begun), 60);
        assert_eq!(world.count(TOKEN), 1);
    }
}

#[test]
fn the_stores_key_tells_tenants_and_credentials_apart_and_holds_no_credentials() {
    let options = |instance: &str, region: &str, id: &str| {
        shared_by(&format!(
            r#"{{"instance":"{instance}","region":"{region}","store":true,"shareToken":true,
                "credentials":{{"clientId":"{id}","clientSecret":"another-secret"}},
                "tokenUrl":"https://acme-login.eu.nexthink.cloud/oauth2/default/v1/token"}}"#
        ))
    };
    // None of these credentials gives a token; the store is asked all the same.
    let world = World::new();
    for (instance, region, id) in
        [("acme", "eu", "one"), ("acme", "us", "one"), ("other", "eu", "one"), ("acme", "eu", "two")]
    {
        world.wait(read(world.client(&options(instance, region, id)))).unwrap_err();
    }
    let mut keys = world.keys.take();
    assert!(keys.iter().all(|key| !key.contains("one") && !key.contains("two") && !key.contains("secret")), "{keys:?}");
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 4, "{keys:?}");
}
