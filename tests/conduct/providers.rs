//! Access tokens from the caller's own token provider.

use std::rc::Rc;

use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError, SideEffect};
use nexthink_chatbot::api::tenant::Tenant;
use nexthink_chatbot::api::token::create;
use nexthink_chatbot::client::{ProvidedToken, Shared};
use nexthink_simulator::{Fault, FaultKind, Outcome, SimulatedTenant, WireRequest};

use crate::crowd::together;
use crate::outside::{ACT, READ, TOKEN, World, act, read};
use crate::tenant::shared_by;

fn shared() -> Rc<Shared> {
    shared_by(r#"{"instance":"acme","region":"eu","tokenProvider":true,"limits":{"concurrent":1000}}"#)
}

/// A token that the tenant accepts, as another program would have fetched it.
fn fetched(world: &World) -> String {
    let credentials = SimulatedTenant::CREDENTIALS;
    let input =
        create::Input { client_id: credentials.client_id.into(), client_secret: credentials.client_secret.into() };
    let request = create::request(&Tenant::new("acme".into(), "eu".into(), None, None).unwrap(), &input);
    let wire = WireRequest {
        method: "POST".into(),
        url: request.url,
        headers: request.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        body: request.body.unwrap_or_default().into_bytes(),
    };
    let Outcome::Answer { response, .. } = world.tenant.borrow_mut().handle(&wire) else { panic!("no token") };
    create::parse(&response).unwrap().access_token
}

fn lasting(world: &World, _: u32) -> Result<ProvidedToken, NexthinkError> {
    Ok(ProvidedToken { access_token: fetched(world), expires_in_seconds: Some(600) })
}

fn unlimited(world: &World, _: u32) -> Result<ProvidedToken, NexthinkError> {
    Ok(ProvidedToken { access_token: fetched(world), expires_in_seconds: None })
}

fn failing(_: &World, _: u32) -> Result<ProvidedToken, NexthinkError> {
    Err(NexthinkError::new(ErrorKind::Authentication, "`tokenProvider` failed"))
}

#[test]
fn the_provider_is_asked_once_for_a_thousand_calls() {
    let world = World::new();
    world.provider.set(Some(lasting));
    let shared = shared();
    let outcomes = together(&world.tenant, (0..1_000).map(|_| read(world.client(&shared))).collect());
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!((world.asked.get(), world.count(TOKEN)), (1, 0));
    // And again a minute before the token ends.
    world.advance(539_000);
    world.wait(read(world.client(&shared))).unwrap();
    assert_eq!(world.asked.get(), 1);
    world.advance(1_000);
    world.wait(act(world.client(&shared))).unwrap();
    assert_eq!(world.asked.get(), 2);
}

#[test]
fn a_provider_that_says_no_end_is_asked_each_time() {
    let world = World::new();
    world.provider.set(Some(unlimited));
    let shared = shared();
    for number in 1..=5 {
        world.wait(read(world.client(&shared))).unwrap();
        assert_eq!(world.asked.get(), number);
    }
}

#[test]
fn calls_that_are_asked_for_each_time_do_not_wait_for_each_other() {
    let world = World::new();
    world.provider.set(Some(unlimited));
    world.provider_takes_ms.set(500);
    let shared = shared();
    world.wait(read(world.client(&shared))).unwrap();
    let begun = world.now();
    together(&world.tenant, (0..20).map(|_| read(world.client(&shared))).collect());
    assert_eq!(world.asked.get(), 21);
    assert_eq!(world.now().since(begun), 560, "side by side, not one after the other");
}

#[test]
fn the_failure_of_the_provider_is_that_of_every_call_that_waits_and_nothing_is_sent() {
    let world = World::new();
    world.provider.set(Some(failing));
    let shared = shared();
    let calls = (0..100).flat_map(|_| [read(world.client(&shared)), act(world.client(&shared))]).collect();
    for outcome in together(&world.tenant, calls) {
        let error = outcome.unwrap_err();
        assert_eq!((error.kind, error.side_effect), (ErrorKind::Authentication, SideEffect::None));
    }
    assert_eq!((world.asked.get(), world.count("")), (1, 0));
    world.provider.set(Some(lasting));
    world.wait(read(world.client(&shared))).unwrap();
}

#[test]
fn a_provider_that_hangs_is_given_up_after_the_time_of_an_attempt() {
    let world = World::new();
    world.provider.set(Some(lasting));
    world.provider_takes_ms.set(1_000_000);
    let shared = shared();
    let begun = world.now();
    let outcomes = together(&world.tenant, (0..100).map(|_| act(world.client(&shared))).collect());
    for outcome in outcomes {
        let error = outcome.unwrap_err();
        assert_eq!((error.kind, error.side_effect), (ErrorKind::Timeout, SideEffect::None));
    }
    assert_eq!((world.now().since(begun), world.asked.get()), (30_000, 1), "all of them, at once");
}

#[test]
fn a_provider_is_asked_anew_once_when_its_token_is_refused() {
    for provider in [lasting, unlimited] {
        let world = World::new();
        world.provider.set(Some(provider));
        let shared = shared();
        world.wait(read(world.client(&shared))).unwrap();
        let asked = world.asked.get();
        world.inject(Fault::new(FaultKind::TokenRevoked).of(READ));
        world.wait(read(world.client(&shared))).unwrap();
        assert!(world.asked.get() > asked);
        world.inject(Fault::new(FaultKind::TokenRevoked).of(ACT));
        assert_eq!(world.wait(act(world.client(&shared))).unwrap_err().kind, ErrorKind::Authentication);
        assert_eq!(world.count(ACT), 1);
    }
}
