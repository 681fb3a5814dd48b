//! The second person.

use nexthink_chatbot::api::problem::{ErrorKind, SideEffect};
use nexthink_chatbot::flow::{RunState, remediate_with_patience};
use nexthink_chatbot::nql::MINUTE;

use crate::world::{Answer, World};

const APPROVED: &str = r#","approve":true,"store":true,"storeAtomic":true"#;

#[test]
fn only_a_yes_in_time_triggers_anything() {
    for (answer, kind, message) in [
        (Answer::No, ErrorKind::Refused, "the second person did not approve"),
        (Answer::Throws, ErrorKind::Refused, "nobody has approved"),
        (Answer::Late(11 * 60_000), ErrorKind::Timeout, "no answer in time"),
    ] {
        let world = World::new();
        let token = world.token("amartin", "outlook", "offline");
        world.answer.set(answer);
        let error = world.process(APPROVED).remediate(&token).unwrap_err();
        assert_eq!((error.kind, error.side_effect), (kind, SideEffect::None), "{answer:?}");
        assert!(error.message.contains(message), "{error}");
        assert!(world.stored.borrow().is_empty(), "nothing is entered");
        assert_eq!(world.scene.triggers(), 0);
    }
}

#[test]
fn who_did_not_approve_can_be_asked_again() {
    let world = World::new();
    let token = world.token("amartin", "outlook", "offline");
    world.answer.set(Answer::No);
    world.process(APPROVED).remediate(&token).unwrap_err();
    world.answer.set(Answer::Late(9 * 60_000));
    assert_eq!(world.process(APPROVED).remediate(&token).unwrap().state, RunState::Accepted);
}

#[test]
fn nobody_is_asked_about_what_is_refused_anyway_or_has_been_done() {
    let world = World::new();
    let token = world.token("amartin", "outlook", "offline");
    world.process(&format!(r#"{APPROVED},"readOnly":true"#)).remediate(&token).unwrap_err();
    assert!(world.asked.borrow().is_empty());
    let process = world.process(APPROVED);
    process.remediate(&token).unwrap();
    process.remediate(&token).unwrap();
    assert_eq!(world.asked.borrow().len(), 1);
}

#[test]
fn a_consent_that_expires_while_the_second_person_thinks_is_none() {
    let world = World::new();
    let token = world.token("amartin", "outlook", "offline");
    let process = world.process(APPROVED);
    // By a clock that is set forward meanwhile.
    world.answer.set(Answer::Late(MINUTE.try_into().unwrap()));
    let call = process.begin(&token);
    let shift = async {
        nexthink_chatbot::client::Host::sleep(process.client.host(), 30_000).await.unwrap();
        world.ahead_ms.set(15 * MINUTE);
    };
    let (outcome, ()) = world.wait(nexthink_chatbot::client::join(call, shift));
    assert_eq!(outcome.unwrap_err().kind, ErrorKind::Consent);
    assert_eq!(world.scene.triggers(), 0);
}

#[test]
fn the_second_person_sees_what_is_to_happen_and_can_trigger_nothing() {
    let world = World::new();
    let token = world.token("khuber", "slow-pc", "startup-load");
    world.process(APPROVED).remediate(&token).unwrap();
    let asked = world.asked.borrow();
    for part in ["KHUBER", "khuber", "Spotify", "startup-load", "INC0012345#p-", "disable_application"] {
        assert!(asked[0].contains(part), "{part}: {}", asked[0]);
    }
    for part in [token.as_str(), "\"token\"", "\"proof\""] {
        assert!(!asked[0].contains(part), "{part}");
    }
}

#[test]
fn a_yes_after_the_caller_s_patience_triggers_nothing() {
    let world = World::new();
    let token = world.token("amartin", "outlook", "offline");
    let process = world.process(APPROVED);
    world.answer.set(Answer::Late(30_000));
    let error = world.wait(remediate_with_patience(&process.client, &token, true, Some(20_000))).unwrap_err();
    assert_eq!((error.kind, error.side_effect), (ErrorKind::Timeout, SideEffect::None));
    world.advance(MINUTE);
    assert_eq!(world.scene.triggers(), 0);
    // With more of it the same token is good.
    world.wait(remediate_with_patience(&process.client, &token, true, Some(40_000))).unwrap();
    assert_eq!(world.scene.triggers(), 1);
}
