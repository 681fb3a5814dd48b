//! The steps of a repair as a conversation makes them: one query in each, and runs of which it keeps little in between.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking; clippy knows that only of functions marked as tests"
)]

#[allow(dead_code, reason = "other tests use the rest of it")]
mod tenant;

use nexthink_chatbot::flow::{
    Certainty, CollectionTimes, Device, Diagnosis, Employee, Given, Run, RunState, collection_times, diagnose_given,
    find_turn, keep_turn, progress, recall, verify, verify_given,
};
use nexthink_chatbot::json::{Json, Read, Write};
use nexthink_chatbot::nql::HOUR;
use nexthink_simulator::{Fault, FaultKind};
use tenant::Scene;

const QUERIES: &str = "/api/v2/nql/execute";

fn times(scene: &Scene, playbook: &str, device: &Device) -> CollectionTimes {
    scene.wait(collection_times(&scene.client, &scene.library, playbook, device)).unwrap()
}

fn diagnosis(scene: &Scene, playbook: &str, device: &Device, given: Given) -> Diagnosis {
    scene.wait(diagnose_given(&scene.client, &scene.library, playbook, device, given)).unwrap()
}

fn given(collection_times: CollectionTimes) -> Given {
    Given { collection_times: Some(collection_times), ..Given::default() }
}

/// A run as the state of a conversation holds it.
fn slim(run: &Run) -> Run {
    let mut slim = run.clone();
    (slim.outputs, slim.verification) = (None, None);
    slim.evidence.because = Json::List(Vec::new());
    slim
}

fn ended(scene: &Scene) -> Run {
    let diagnosis = scene.diagnosis("amartin", "outlook");
    let run = scene.remediate(&scene.propose(&diagnosis, "offline").unwrap().token).unwrap();
    scene.tenant.borrow_mut().advance(HOUR + HOUR / 10);
    scene.wait(progress(&scene.client, run)).unwrap()
}

#[test]
fn a_diagnosis_with_given_collection_times_is_the_same_and_costs_one_query() {
    let scene = Scene::new();
    for playbook in ["outlook", "slow-pc", "onedrive", "disk"] {
        let device = scene.device("amartin");
        let before = scene.count(QUERIES);
        let whole = diagnosis(&scene, playbook, &device, Given::default());
        let both = scene.count(QUERIES) - before;
        let times = times(&scene, playbook, &device);
        assert_eq!(scene.count(QUERIES) - before, 2 * both - 1, "{playbook}: and none where nothing is collected");
        let apart = diagnosis(&scene, playbook, &device, given(times));
        assert_eq!(scene.count(QUERIES) - before, 2 * both, "{playbook}");
        assert_eq!((apart.ages_known, apart.recommendations.len()), (true, whole.recommendations.len()));
        let verdicts = |diagnosis: &Diagnosis| diagnosis.findings.iter().map(|one| one.verdict).collect::<Vec<_>>();
        assert_eq!(verdicts(&apart), verdicts(&whole), "{playbook}");
    }
}

#[test]
fn collection_times_survive_their_way_through_json() {
    let scene = Scene::new();
    let times = times(&scene, "outlook", &scene.device("amartin"));
    let text = times.write().to_text();
    assert!(text.contains(r#""remoteActionId":"get_outlook_"#), "{text}");
    let read = |text: &str| CollectionTimes::read(Json::parse(text.as_bytes()).unwrap());
    assert_eq!(read(&text).unwrap(), times);
    assert_eq!(read("null").unwrap(), CollectionTimes::default());
    assert_ne!(read("[]").unwrap(), CollectionTimes::default(), "nothing collected is not the same as not told");
    assert!(read(r#"[{"time":"2026-01-01T00:00:00Z"}]"#).is_err());
}

#[test]
fn a_tenant_that_does_not_tell_leaves_the_ages_unknown_and_is_not_asked_again() {
    let scene = Scene::new();
    let device = scene.device("amartin");
    let forbidden = Fault::new(FaultKind::Status).status(403).of("nql/execute");
    scene.tenant.borrow_mut().inject(forbidden).unwrap();
    let told = times(&scene, "outlook", &device);
    assert_eq!(told.write(), Json::Null);
    let before = scene.count(QUERIES);
    assert!(!diagnosis(&scene, "outlook", &device, given(told)).ages_known);
    assert_eq!(scene.count(QUERIES) - before, 1);
}

#[test]
fn a_diagnosis_speaks_the_language_that_is_given() {
    let scene = Scene::new();
    let device = scene.device("amartin");
    let given = Given { locale: Some("xx".into()), ..Given::default() };
    // Where a playbook has no text in a language, it is English: no language is refused.
    assert_eq!(
        diagnosis(&scene, "outlook", &device, given).playbook.title,
        scene.diagnosis("amartin", "outlook").playbook.title
    );
}

#[test]
fn a_verification_with_given_collection_times_comes_to_the_same_end() {
    let scene = Scene::new();
    let before = times(&scene, "outlook", &scene.device("amartin"));
    let run = ended(&scene);
    let early = scene.wait(verify_given(&scene.client, &scene.library, run.clone(), given(before))).unwrap();
    assert_eq!(early.changed, Certainty::Unknown, "what was collected before the run proves nothing");
    scene.tenant.borrow_mut().advance(2 * HOUR);
    let after = times(&scene, "outlook", &run.device);
    let queries = scene.count(QUERIES);
    let late = scene.wait(verify_given(&scene.client, &scene.library, run.clone(), given(after))).unwrap();
    assert_eq!((late.changed, scene.count(QUERIES) - queries), (Certainty::Yes, 1));
    assert_eq!(scene.wait(verify(&scene.client, &scene.library, run)).unwrap().changed, Certainty::Yes);
}

#[test]
fn a_run_of_which_little_was_kept_is_recalled_in_full() {
    let scene = Scene::new();
    let run = scene.wait(verify(&scene.client, &scene.library, ended(&scene))).unwrap();
    assert_eq!((run.state, run.verification.is_some()), (RunState::Succeeded, true));
    let recalled = scene.wait(recall(&scene.client, vec![slim(&run)]));
    assert_eq!(recalled, [run]);
}

#[test]
fn a_run_that_the_ledger_does_not_know_or_that_is_anothers_stays_as_it_was_given() {
    let scene = Scene::new();
    let run = slim(&ended(&scene));
    let nobodys = Run { id: "p-1".into(), ..run.clone() };
    let theirs = Run { employee: Employee { username: Some("bkeller".into()), ..Employee::default() }, ..run.clone() };
    let of_another_ticket = Run { reference: "INC1".into(), ..run.clone() };
    let given = vec![nobodys, theirs, of_another_ticket];
    assert_eq!(scene.wait(recall(&scene.client, given.clone())), given);
    // What the ledger was not told stays.
    let learned = Run { changed: Certainty::No, solved: Certainty::Yes, ..run };
    let recalled = scene.wait(recall(&scene.client, vec![learned])).remove(0);
    assert_eq!((recalled.changed, recalled.solved, recalled.outputs.is_some()), (Certainty::No, Certainty::Yes, true));
}

fn json(text: &str) -> Json {
    Json::parse(text.as_bytes()).unwrap()
}

#[test]
fn the_first_turn_to_a_reply_is_the_one_that_everyone_gets() {
    let scene = Scene::new();
    let find = |seal: &str, reply: &str| scene.wait(find_turn(&scene.client, seal, &json(reply))).unwrap();
    let keep = |seal: &str, reply: &str, turn| scene.wait(keep_turn(&scene.client, seal, &json(reply), json(turn)));
    let reply = r#"{"text":"yes","choice":null}"#;
    assert_eq!(find("seal", reply), None);
    assert_eq!(keep("seal", reply, r#"{"messages":[1]}"#), json(r#"{"messages":[1]}"#));
    assert_eq!(keep("seal", reply, r#"{"messages":[2]}"#), json(r#"{"messages":[1]}"#));
    assert_eq!(find("seal", r#"{"choice":null,"text":"yes"}"#), Some(json(r#"{"messages":[1]}"#)));
    assert_eq!((find("seal", r#"{"text":"no"}"#), find("other", reply)), (None, None));
    scene.tenant.borrow_mut().advance(HOUR);
    assert_eq!(find("seal", reply), None);
    assert_eq!(keep("seal", reply, r#"{"messages":[3]}"#), json(r#"{"messages":[3]}"#));
}

#[test]
fn a_store_that_fails_is_no_failure_of_the_turn() {
    // The host has none, which is how a store that fails looks to a client that was told of one.
    let scene = Scene::with(r#","store":true,"storeAtomic":true"#);
    assert_eq!(scene.wait(find_turn(&scene.client, "seal", &Json::Null)).unwrap(), None);
    assert_eq!(scene.wait(keep_turn(&scene.client, "seal", &Json::Null, json("7"))), json("7"));
    let run = slim(&ended(&Scene::new()));
    assert_eq!(scene.wait(recall(&scene.client, vec![run.clone()])), [run]);
}
