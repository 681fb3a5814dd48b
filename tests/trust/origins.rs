//! Whose device it is, and who diagnosed it: what `identify` and `diagnose` gave comes back as it was, or is refused.

use nexthink_chatbot::api::problem::NexthinkError;
use nexthink_chatbot::client::Host;
use nexthink_chatbot::flow::{
    Device, Diagnosis, Employee, Identity, Proposal, ProposeOptions, Request, Subject, diagnose, identify, propose,
};
use nexthink_chatbot::json::{Json, Map, Read, Write};
use nexthink_chatbot::nql::{DAY, SECOND};

use crate::alterations::alterations;
use crate::keys::with_keys;
use crate::tenant::{Scene, owner};

fn request(device: &Device) -> Subject {
    Subject::requested(Request {
        device: device.clone(),
        remote_action_id: "disk_cleanup".into(),
        params: Map::default(),
        reason: "please clean my disk".into(),
    })
}

fn ask<H: Host>(scene: &Scene<H>, subject: Subject, employee: Employee) -> Result<Proposal, NexthinkError> {
    propose(&scene.client, &scene.library, subject, ProposeOptions { employee, ..ProposeOptions::default() })
}

fn username(name: &str) -> Employee {
    Employee { username: Some(name.into()), ..Employee::default() }
}

/// A token for a device that a host vouches for, signed by that host's own key.
pub fn forged(scene: &Scene, device: &Device) -> String {
    let options = ProposeOptions { employee: owner(device), trust_caller: true, ..ProposeOptions::default() };
    propose(&scene.client, &scene.library, request(device), options).unwrap().token
}

fn is_refused(result: Result<Proposal, NexthinkError>, what: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind.word(), "consent", "{what}: {error}");
    assert!(error.hint.contains("identify") || error.hint.contains("diagnose"), "{what}: {error}");
}

#[test]
fn a_device_with_any_field_altered_is_not_the_employees() {
    let scene = Scene::new();
    let device = scene.device("amartin");
    assert!(ask(&scene, request(&device), username("amartin")).is_ok());
    let mut refused = 0;
    for (path, other) in alterations(&device.write()) {
        // What is no device at all is invalid; that goes for none that could be taken for one.
        let Ok(other) = Device::read(other) else { continue };
        let result = ask(&scene, request(&other), username("amartin"));
        if other.check().is_err() {
            assert_eq!(result.unwrap_err().kind.word(), "invalid", "{path}");
            continue;
        }
        is_refused(result, &path);
        refused += 1;
    }
    assert!(refused > 15, "{refused}");
}

#[test]
fn a_diagnosis_with_any_field_altered_supports_nothing() {
    let scene = Scene::new();
    let diagnosis = scene.diagnosis("khuber", "slow-pc");
    let given = |diagnosis: Json| {
        let subject = [("diagnosis".into(), diagnosis), ("rule".into(), "startup-load".into())];
        ask(&scene, Subject::read(Json::Object(subject.into())).unwrap(), username("khuber"))
    };
    assert!(given(diagnosis.write()).is_ok());
    let (mut refused, mut invalid) = (0, 0);
    for (path, other) in alterations(&diagnosis.write()) {
        let error = given(other).unwrap_err();
        match error.kind.word() {
            "consent" => refused += 1,
            // A word or a field that no diagnosis has.
            "invalid" => invalid += 1,
            other => panic!("{path}: {other}"),
        }
    }
    assert!(refused > 150 && invalid < refused / 2, "{refused} refused, {invalid} invalid");
}

#[test]
fn a_diagnosis_may_be_stored_in_any_order_and_notation() {
    fn turned(json: &Json) -> Json {
        match json {
            Json::Object(fields) => {
                Json::Object(fields.iter().rev().map(|(name, value)| (name.clone(), turned(value))).collect())
            }
            Json::List(values) => Json::List(values.iter().map(turned).collect()),
            other => other.clone(),
        }
    }
    let scene = Scene::new();
    for (employee, playbook, rule) in [("amartin", "outlook", "offline"), ("jcarter", "slow-pc", "disk-full")] {
        let text = scene.diagnosis(employee, playbook).write().to_text();
        let stored = turned(&Json::parse(text.as_bytes()).unwrap());
        let subject = [("diagnosis".into(), stored), ("rule".into(), rule.into())];
        let subject = Subject::read(Json::Object(subject.into())).unwrap();
        assert!(ask(&scene, subject, username(employee)).is_ok(), "{employee}");
    }
}

#[test]
fn a_device_is_proposed_for_the_employee_it_was_identified_for_and_nobody_else() {
    let scene = Scene::new();
    let device = scene.device("amartin");
    for mine in ["amartin", "AMartin"] {
        assert!(ask(&scene, request(&device), username(mine)).is_ok(), "{mine}");
    }
    for other in ["bkeller", "amartin2", "", " amartin"] {
        let mut employee = username(other);
        employee.sid = Some("S-1-5-21-1".into());
        is_refused(ask(&scene, request(&device), employee), other);
    }
    // Found by one kind of identifier, it is not proven for the same text as another kind.
    let upn = Employee { upn: Some("amartin".into()), ..Employee::default() };
    is_refused(ask(&scene, request(&device), upn), "another kind of identifier");
    let diagnosis = scene.diagnosis("amartin", "outlook");
    is_refused(ask(&scene, Subject::recommended(&diagnosis, "offline"), username("bkeller")), "a diagnosis");
}

#[test]
fn another_employees_proof_or_diagnosis_cannot_be_transplanted() {
    let scene = Scene::new();
    let (mine, theirs) = (scene.device("amartin"), scene.device("bkeller"));
    let transplanted = Device { proof: mine.proof.clone(), identified_at: mine.identified_at, ..theirs.clone() };
    is_refused(ask(&scene, request(&transplanted), username("amartin")), "a proof");
    let mine = scene.diagnosis("amartin", "outlook");
    let transplanted = Diagnosis { device: theirs, ..mine };
    is_refused(ask(&scene, Subject::recommended(&transplanted, "offline"), username("bkeller")), "a device");
}

#[test]
fn a_device_made_by_hand_or_found_by_its_name_is_nobodys() {
    let scene = Scene::new();
    let by_hand = Device { proof: None, ..scene.device("amartin") };
    is_refused(ask(&scene, request(&by_hand), username("amartin")), "made by hand");
    let identity = Identity::read(Json::parse(br#"{"deviceName":"AMARTIN-LT"}"#).unwrap()).unwrap();
    let by_name = scene.wait(identify(&scene.client, &identity)).unwrap().remove(0);
    assert_eq!(by_name.proof, None);
    is_refused(ask(&scene, request(&by_name), username("amartin")), "found by its name");
    let diagnosis = scene.wait(diagnose(&scene.client, &scene.library, "outlook", &by_name)).unwrap();
    is_refused(ask(&scene, Subject::recommended(&diagnosis, "offline"), username("amartin")), "diagnosed");
}

#[test]
fn a_host_may_vouch_for_a_device_but_not_for_an_altered_diagnosis() {
    let scene = Scene::new();
    let trusted = |subject| {
        let options = ProposeOptions { employee: username("amartin"), trust_caller: true, ..ProposeOptions::default() };
        propose(&scene.client, &scene.library, subject, options)
    };
    let by_hand = Device { proof: None, ..scene.device("amartin") };
    assert!(trusted(request(&by_hand)).is_ok());
    let mut diagnosis = scene.wait(diagnose(&scene.client, &scene.library, "outlook", &by_hand)).unwrap();
    assert!(trusted(Subject::recommended(&diagnosis, "offline")).is_ok());
    diagnosis.recommendations[0].remote_action_id = Some("repair_onedrive".into());
    is_refused(trusted(Subject::recommended(&diagnosis, "offline")), "altered");
}

#[test]
fn proofs_hold_for_a_week() {
    let scene = Scene::new();
    let (device, diagnosis) = (scene.device("amartin"), scene.diagnosis("amartin", "outlook"));
    scene.tenant.borrow_mut().advance(7 * DAY - 10 * SECOND);
    assert!(ask(&scene, request(&device), username("amartin")).is_ok());
    assert!(scene.propose(&diagnosis, "offline").is_ok());
    scene.tenant.borrow_mut().advance(20 * SECOND);
    is_refused(ask(&scene, request(&device), username("amartin")), "an old device");
    let trusting = ProposeOptions { employee: username("amartin"), trust_caller: true, ..ProposeOptions::default() };
    let old = propose(&scene.client, &scene.library, Subject::recommended(&diagnosis, "offline"), trusting);
    is_refused(old, "an old diagnosis");
}

#[test]
fn a_proof_of_years_to_come_is_none() {
    let scene = Scene::new();
    scene.tenant.borrow_mut().advance(3_650 * DAY);
    let device = scene.device("amartin");
    let diagnosis = scene.wait(diagnose(&scene.client, &scene.library, "onedrive", &device)).unwrap();
    let scene = Scene::new();
    is_refused(ask(&scene, request(&device), username("amartin")), "a device of the future");
    is_refused(ask(&scene, Subject::recommended(&diagnosis, "x"), username("amartin")), "a diagnosis of the future");
}

#[test]
fn what_an_older_key_proved_still_holds_and_what_a_stranger_proved_does_not() {
    let (old, new, strange) = ("o".repeat(32), "n".repeat(32), "s".repeat(32));
    let scene = with_keys(&[&old]);
    let diagnosis = scene.diagnosis("amartin", "outlook");
    assert!(with_keys(&[&new, &old]).propose(&diagnosis, "offline").is_ok());
    for keys in [&[new.as_str()][..], &[&strange, &new]] {
        assert_eq!(with_keys(keys).propose(&diagnosis, "offline").unwrap_err().kind.word(), "consent");
    }
}
