//! What was handed out and comes back: as it was given, as what, to whom, and not too late, or not at all.

use nexthink_chatbot::flow::{Employee, Sealable, open_value, seal_value};
use nexthink_chatbot::json::Json;
use nexthink_chatbot::nql::{DAY, MINUTE};

use crate::alterations::alterations;
use crate::keys::{with_keys, with_secret};
use crate::tenant::Scene;

fn state() -> Json {
    let text = r#"{"version":1,"employee":{"username":"amartin","email":"a@acme.test"},"question":3,
        "said":["a",null,true,5.06],"offer":{"token":"e30.e30"}}"#;
    Json::parse(text.as_bytes()).unwrap()
}

fn sealed(scene: &Scene) -> Json {
    seal_value(&scene.client, Sealable::State, state()).unwrap()
}

fn is_refused(scene: &Scene, what: Sealable, value: Json, why: &str) {
    let error = open_value(&scene.client, what, value, None).unwrap_err();
    assert_eq!(error.kind.word(), "consent", "{why}: {error}");
    assert!(!error.hint.is_empty(), "{why}");
}

fn employee(username: Option<&str>, email: Option<&str>) -> Employee {
    Employee { username: username.map(Into::into), email: email.map(Into::into), ..Employee::default() }
}

#[test]
fn what_was_sealed_opens_as_it_was_and_nothing_else_does() {
    let scene = Scene::new();
    let value = sealed(&scene);
    assert_eq!(open_value(&scene.client, Sealable::State, value.clone(), None).unwrap(), state());
    let mut refused = 0;
    for (path, other) in alterations(&value) {
        is_refused(&scene, Sealable::State, other, &path);
        refused += 1;
    }
    assert!(refused > 20, "{refused}");
    for rubbish in ["{}", "null", "[]", r#"{"seal":7}"#, r#"{"seal":"."}"#, r#"{"seal":"2026-01-01T00:00:00.000Z."}"#] {
        is_refused(&scene, Sealable::State, Json::parse(rubbish.as_bytes()).unwrap(), rubbish);
    }
}

#[test]
fn the_order_of_fields_and_a_second_sealing_do_not_matter() {
    let scene = Scene::new();
    let Json::Object(mut fields) = sealed(&scene) else { panic!("no object") };
    fields.reverse();
    let turned = Json::Object(fields);
    assert!(open_value(&scene.client, Sealable::State, turned.clone(), None).is_ok());
    scene.tenant.borrow_mut().advance(MINUTE);
    let again = seal_value(&scene.client, Sealable::State, turned.clone()).unwrap();
    assert_ne!(again.get("seal"), turned.get("seal"));
    assert_eq!(open_value(&scene.client, Sealable::State, again, None).unwrap().get("seal"), None);
}

#[test]
fn another_tenant_or_key_does_not_open_it() {
    let scene = Scene::new();
    is_refused(&scene, Sealable::State, sealed(&with_secret("another secret", "eu")), "another secret");
    is_refused(&scene, Sealable::State, sealed(&with_keys(&[&"k".repeat(32)])), "another key");
    let key = "k".repeat(32);
    let both = with_keys(&[&"n".repeat(32), &key]);
    assert!(open_value(&both.client, Sealable::State, sealed(&with_keys(&[&key])), None).is_ok(), "keys rotate");
}

#[test]
fn what_was_sealed_as_one_thing_opens_as_no_other() {
    let scene = Scene::new();
    let all = [Sealable::State, Sealable::Device, Sealable::Diagnosis, Sealable::Proposal, Sealable::Run];
    for given in all {
        let value = seal_value(&scene.client, given, state()).unwrap();
        for taken in all {
            match given == taken {
                true => assert!(open_value(&scene.client, taken, value.clone(), None).is_ok(), "{given:?}"),
                false => is_refused(&scene, taken, value.clone(), &format!("{given:?} as {taken:?}")),
            }
        }
    }
}

#[test]
fn a_seal_holds_for_a_week_and_none_is_of_the_future() {
    let scene = Scene::new();
    let value = sealed(&scene);
    scene.tenant.borrow_mut().advance(7 * DAY);
    assert!(open_value(&scene.client, Sealable::State, value.clone(), None).is_ok());
    let late = sealed(&scene);
    scene.tenant.borrow_mut().advance(1);
    is_refused(&scene, Sealable::State, value, "a week and a millisecond old");
    assert!(open_value(&scene.client, Sealable::State, late.clone(), None).is_ok());
    is_refused(&Scene::new(), Sealable::State, late, "a week ahead");
}

#[test]
fn a_value_opens_for_its_own_employee_by_any_identifier_that_is_known_of_them() {
    let scene = Scene::new();
    let run = Json::parse(br#"{"id":"p-1","employee":{"username":"amartin"}}"#).unwrap();
    let run = seal_value(&scene.client, Sealable::Run, run).unwrap();
    let state = sealed(&scene);
    let opens = |what, value: &Json, employee: Employee| {
        open_value(&scene.client, what, value.clone(), Some(&employee)).map_err(|error| error.kind.word())
    };
    for same in [employee(Some("AMartin"), None), employee(None, Some("a@acme.test"))] {
        assert!(opens(Sealable::State, &state, same).is_ok());
    }
    assert!(opens(Sealable::Run, &run, employee(Some("amartin"), Some("b@acme.test"))).is_ok(), "one is known of both");
    for other in [
        employee(Some("bkeller"), None),
        employee(Some("amartin"), Some("b@acme.test")),
        employee(None, None),
        Employee { sid: Some("S-1".into()), ..Employee::default() },
    ] {
        assert_eq!(opens(Sealable::State, &state, other), Err("consent"));
    }
    let nobodys = seal_value(&scene.client, Sealable::State, Json::parse(b"{}").unwrap()).unwrap();
    assert_eq!(opens(Sealable::State, &nobodys, employee(Some("amartin"), None)), Err("consent"));
}

#[test]
fn only_an_object_is_sealed() {
    let scene = Scene::new();
    assert_eq!(seal_value(&scene.client, Sealable::Run, Json::Null).unwrap_err().kind.word(), "invalid");
}
