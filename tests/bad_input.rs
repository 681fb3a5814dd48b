//! What goes wrong: each a `NexthinkError` with a kind and a hint, never a panic.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

#[allow(dead_code, reason = "other tests use the rest of it")]
mod tenant;

use nexthink_chatbot::api::problem::NexthinkError;
use nexthink_chatbot::flow::{
    Device, Employee, Identity, ProposeOptions, Request, Subject, diagnose, identify, propose,
};
use nexthink_chatbot::json::Map;
use nexthink_chatbot::nql::MINUTE;
use nexthink_simulator::{Fault, FaultKind, Options, SimulatedTenant};
use tenant::Scene;

fn is(error: &NexthinkError, kind: &str) {
    assert_eq!(error.kind.word(), kind, "{error}");
    assert!(error.hint.len() > 10 && error.message.len() > 10, "{error}");
}

fn of(username: &str) -> ProposeOptions {
    let employee = Employee { username: Some(username.into()), ..Employee::default() };
    ProposeOptions { employee, ..ProposeOptions::default() }
}

#[test]
fn an_unknown_playbook_names_those_that_there_are() {
    let scene = Scene::new();
    let device = scene.device("amartin");
    let error = scene.wait(diagnose(&scene.client, &scene.library, "printer", &device)).unwrap_err();
    is(&error, "not-found");
    assert!(error.hint.contains("slow-pc"), "{error}");
}

#[test]
fn a_device_without_a_collector_uid_is_refused_before_anything_is_asked() {
    let scene = Scene::new();
    let device = Device { collector_uid: String::new(), ..scene.device("amartin") };
    let error = scene.wait(diagnose(&scene.client, &scene.library, "outlook", &device)).unwrap_err();
    is(&error, "invalid");
    assert!(error.message.contains("collectorUid"));
    let (remote_action_id, params) = ("disk_cleanup".into(), Map::default());
    let request = Request { device, remote_action_id, params, reason: "please".into() };
    let requested = propose(&scene.client, &scene.library, Subject::requested(request), of("amartin"));
    is(&requested.unwrap_err(), "invalid");
}

#[test]
fn another_device_of_the_same_name_is_not_taken_for_it() {
    let scene = Scene::new();
    let device = Device { collector_uid: "ffffffff-0000-0000-0000-000000000000".into(), ..scene.device("amartin") };
    is(&scene.wait(diagnose(&scene.client, &scene.library, "outlook", &device)).unwrap_err(), "not-found");
}

#[test]
fn an_identity_is_one_identifier_without_wildcards() {
    let scene = Scene::new();
    for identity in
        [Identity::default(), Identity::username(""), Identity::username("*"), Identity::username("a?artin")]
    {
        is(&scene.wait(identify(&scene.client, &identity)).unwrap_err(), "invalid");
    }
    assert!(scene.wait(identify(&scene.client, &Identity::username("nobody"))).unwrap().is_empty());
}

#[test]
fn a_token_that_was_changed_or_has_expired_triggers_nothing() {
    let scene = Scene::new();
    let token = scene.propose(&scene.diagnosis("amartin", "outlook"), "offline").unwrap().token;
    for position in (0..token.len()).step_by(37) {
        let mut changed = token.clone().into_bytes();
        changed[position] = if changed[position] == b'A' { b'B' } else { b'A' };
        is(&scene.remediate(&String::from_utf8(changed).unwrap()).unwrap_err(), "consent");
    }
    scene.tenant.borrow_mut().advance(11 * MINUTE);
    is(&scene.remediate(&token).unwrap_err(), "consent");
    assert_eq!(scene.triggers(), 0);
}

#[test]
fn advice_and_rules_that_did_not_match_cannot_be_proposed() {
    let scene = Scene::new();
    let mut diagnosis = scene.diagnosis("cdubois", "outlook");
    for rule in ["long-uptime", "offline", "no-such-rule"] {
        is(&scene.propose(&diagnosis, rule).unwrap_err(), "invalid");
    }
    // A recommendation that no finding supports was not made by `diagnose`.
    diagnosis.recommendations[0] = scene.diagnosis("amartin", "outlook").recommendations[0].clone();
    is(&scene.propose(&diagnosis, "offline").unwrap_err(), "consent");
}

#[test]
fn guard_rails_hold_when_proposing_and_when_acting() {
    let diagnosing = Scene::new();
    let diagnosis = diagnosing.diagnosis("amartin", "outlook");
    let token = diagnosing.propose(&diagnosis, "offline").unwrap().token;
    for options in [r#","readOnly":true"#, r#","allowedRemoteActions":["disk_cleanup"]"#] {
        let scene = Scene::with(options);
        is(&scene.propose(&diagnosis, "offline").unwrap_err(), "refused");
        is(&scene.remediate(&token).unwrap_err(), "refused");
        assert_eq!(scene.triggers(), 0);
    }
    let request = Request {
        device: diagnosing.device("amartin"),
        remote_action_id: "format_disk".into(),
        params: Map::default(),
        reason: "please".into(),
    };
    let requested = propose(&diagnosing.client, &diagnosing.library, Subject::requested(request), of("amartin"));
    is(&requested.unwrap_err(), "refused");
}

#[test]
fn what_the_employee_asks_for_goes_the_same_way() {
    let scene = Scene::new();
    let request = Request {
        device: scene.device("nberg"),
        remote_action_id: "#disk_cleanup".into(),
        params: Map::default(),
        reason: "please clean my disk".into(),
    };
    let nobody = ProposeOptions::default();
    is(&propose(&scene.client, &scene.library, Subject::requested(request.clone()), nobody).unwrap_err(), "invalid");
    let proposal = propose(&scene.client, &scene.library, Subject::requested(request), of("nberg")).unwrap();
    assert_eq!((proposal.title.as_str(), proposal.reason.as_str()), ("Disk cleanup", "please clean my disk"));
    assert!(scene.remediate(&proposal.token).unwrap().rule.is_none());
}

#[test]
fn a_tenant_that_cannot_be_reached_or_answers_with_a_page_is_named_as_such() {
    for (fault, kind) in [
        (Fault::new(FaultKind::Network), "network"),
        (Fault::new(FaultKind::Html), "malformed"),
        (Fault::new(FaultKind::Status).status(503), "server"),
        (Fault::new(FaultKind::Latency).latency_ms(60_000), "timeout"),
    ] {
        for path in ["/token", "nql/execute"] {
            let scene = Scene::with(r#","maxRetries":0"#);
            scene.tenant.borrow_mut().inject(fault.clone().of(path)).unwrap();
            let error = scene.wait(identify(&scene.client, &Identity::username("amartin"))).unwrap_err();
            is(&error, kind);
            assert_eq!(error.side_effect.word(), "none", "{path}");
        }
    }
}

#[test]
fn wrong_credentials_and_a_missing_query_say_what_to_do() {
    let tenant = SimulatedTenant::new(Options::default()).without_query("#get_device_basic_infos");
    let scene = Scene::of(tenant, "");
    let error = scene.wait(identify(&scene.client, &Identity::username("amartin"))).unwrap_err();
    is(&error, "not-found");
    assert!(error.hint.contains("queryIds.devicesByUsername"), "{error}");
    let scene = Scene::with(r#","tokenUrl":"https://acme.api.eu.nexthink.cloud/api/v1/token""#);
    assert_eq!(scene.device("amartin").name, "AMARTIN-LT", "the older token path serves too");
}

#[test]
fn without_collection_times_the_diagnosis_stands_and_its_ages_are_unknown() {
    let tenant = SimulatedTenant::new(Options::default()).without_query("#get_data_collection_times");
    let scene = Scene::of(tenant, "");
    let diagnosis = scene.diagnosis("amartin", "outlook");
    assert!(!diagnosis.ages_known);
    assert_eq!(diagnosis.findings[0].because[0].values[0].age_ms, None);
}
