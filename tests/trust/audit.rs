//! What the audit tells: one record per decision and action, whoever took it and whatever came of it.

use nexthink_chatbot::flow::{Device, Employee, ProposeOptions, Request, Subject, progress, propose, solved};
use nexthink_chatbot::json::{Json, Map};
use nexthink_chatbot::nql::{HOUR, MINUTE};
use nexthink_simulator::{Fault, FaultKind, SimulatedTenant};

use crate::audited::{Audited, text};

#[test]
fn a_whole_repair_is_one_chain_from_the_question_to_the_employees_word() {
    let audited = Audited::new();
    let run = audited.repair();
    let events = audited.events();
    assert_eq!(events[..3], ["proposed", "sent", "accepted"]);
    assert_eq!(events[events.len() - 3..], ["verified", "solved", "ended"]);
    assert!(events[3..events.len() - 3].iter().all(|event| event == "state"), "{events:?}");
    let verdict = audited.verdict();
    assert!(verdict.ok && verdict.complete, "{verdict:?}");
    let records = audited.records.borrow();
    for (position, record) in records.iter().enumerate() {
        assert_eq!(record.get("sequence").unwrap().to_text(), position.to_string());
        assert_eq!((text(record, "id"), text(record, "tenant")), (run.id.clone(), "acme.eu".into()));
        assert_eq!(record.get("who").unwrap().to_text(), r#"{"username":"amartin"}"#);
        let what = record.get("what").unwrap();
        assert_eq!(
            (text(what, "deviceName"), text(what, "remoteActionId"), text(what, "reference")),
            ("AMARTIN-LT".into(), "set_outlook_online".into(), run.reference.clone())
        );
        assert!(text(record, "why").contains("offline"), "{record:?}");
        assert_eq!(text(record.get("playbook").unwrap(), "version"), "1.0.0");
        assert!(record.get("evidence").unwrap().to_text().contains("IsOnline"));
    }
    let outcome = |position: usize, name: &str| {
        records[position].get("outcome").and_then(|outcome| outcome.get(name)).map(Json::to_text)
    };
    assert_eq!(outcome(2, "requestId"), run.request_id.map(|id| format!("\"{id}\"")));
    let last = records.len() - 1;
    assert_eq!(outcome(last - 3, "state").as_deref(), Some("\"succeeded\""));
    assert_eq!(outcome(last - 2, "changed").as_deref(), Some("true"));
    assert_eq!(outcome(last - 1, "solved").as_deref(), Some("true"));
}

#[test]
fn no_token_secret_or_proof_is_in_the_audit() {
    let audited = Audited::new();
    let proposal = audited.scene.propose(&audited.scene.diagnosis("amartin", "outlook"), "offline").unwrap();
    audited.follow(audited.scene.remediate(&proposal.token).unwrap());
    let all: String = audited.records.borrow().iter().map(Json::to_text).collect();
    let proof = proposal.device.proof.unwrap();
    for secret in [SimulatedTenant::CREDENTIALS.client_secret, &proposal.token, &proof] {
        assert!(!all.contains(secret));
    }
}

#[test]
fn what_is_refused_when_proposing_is_a_chain_of_its_own_that_ends_at_once() {
    let audited = Audited::with(r#","readOnly":true"#, true);
    let diagnosis = audited.scene.diagnosis("amartin", "outlook");
    assert!(audited.scene.propose(&diagnosis, "offline").is_err());
    let request = Request {
        device: Device { proof: None, ..diagnosis.device },
        remote_action_id: "disk_cleanup".into(),
        params: Map::default(),
        reason: "please".into(),
    };
    let employee = Employee { username: Some("bkeller".into()), ..Employee::default() };
    let options = ProposeOptions { employee, ..ProposeOptions::default() };
    assert!(propose(&audited.scene.client, &audited.scene.library, Subject::requested(request), options).is_err());
    assert_eq!(audited.events(), ["refused", "ended", "refused", "ended"]);
    let verdict = audited.verdict();
    assert!(verdict.ok && verdict.complete, "{verdict:?}");
    let records = audited.records.borrow();
    assert_eq!(text(records[0].get("outcome").unwrap(), "error"), "refused");
    assert!(text(records[0].get("outcome").unwrap(), "message").contains("read-only"));
    assert_ne!(text(&records[0], "id"), text(&records[2], "id"));
}

#[test]
fn what_is_merely_wrong_input_is_no_decision() {
    let audited = Audited::new();
    let diagnosis = audited.scene.diagnosis("amartin", "outlook");
    assert_eq!(audited.scene.propose(&diagnosis, "no-such-rule").unwrap_err().kind.word(), "invalid");
    assert!(audited.events().is_empty());
}

#[test]
fn refusals_and_the_second_persons_word_stand_before_what_was_done_after_all() {
    let audited = Audited::with(r#","approve":true"#, true);
    let token = audited.token();
    let inject = |fault: Fault| audited.scene.tenant.borrow_mut().inject(fault.of("act/execute")).unwrap();
    inject(Fault::new(FaultKind::Status).status(429).retry_after("3"));
    assert!(audited.scene.remediate(&token).is_err());
    audited.scene.remediate(&token).unwrap();
    assert_eq!(
        audited.events(),
        ["proposed", "approved", "sent", "refused", "approved", "sent", "accepted"],
        "the consent held"
    );
    let again = audited.scene.remediate(&token).unwrap();
    assert_eq!(audited.events().len(), 7, "nothing was decided: the run is given again");
    audited.solved(audited.follow(again));
    let verdict = audited.verdict();
    assert!(verdict.ok && verdict.complete, "{verdict:?}");

    let audited = Audited::with(r#","approve":true"#, false);
    let token = audited.token();
    assert!(audited.scene.remediate(&token).is_err());
    assert_eq!(audited.events(), ["proposed", "denied"]);
    assert_eq!((audited.verdict().ok, audited.verdict().complete), (true, false), "someone may still approve");
    audited.scene.tenant.borrow_mut().advance(11 * MINUTE);
    assert!(audited.scene.remediate(&token).is_err());
    assert!(audited.scene.remediate(&token).is_err());
    assert_eq!(audited.events(), ["proposed", "denied", "refused", "ended"], "nothing can follow");
    assert!(audited.verdict().complete);
    assert_eq!(audited.scene.triggers(), 0);
}

#[test]
fn a_lost_answer_is_told_as_lost_and_then_what_became_of_it() {
    let audited = Audited::new();
    let token = audited.token();
    audited.scene.tenant.borrow_mut().inject(Fault::new(FaultKind::LostAnswer).of("act/execute")).unwrap();
    let run = audited.scene.remediate(&token).unwrap();
    assert_eq!(audited.events(), ["proposed", "sent", "lost"]);
    audited.solved(audited.follow(run));
    assert!(audited.verdict().complete, "{:?}", audited.events());
}

#[test]
fn processes_that_know_less_go_on_where_the_chain_is() {
    let audited = Audited::new();
    let run = audited.scene.remediate(&audited.token()).unwrap();
    let (other, late) = (audited.another_process(), run.clone());
    audited.scene.tenant.borrow_mut().advance(HOUR);
    // Both hold the run as it was when it was accepted.
    let mine = audited.scene.wait(progress(&audited.scene.client, run)).unwrap();
    let theirs = other.wait(progress(&other.client, late.clone())).unwrap();
    assert_eq!(mine.state, theirs.state);
    audited.verify(mine);
    other.wait(solved(&other.client, late.clone(), false));
    audited.scene.wait(solved(&audited.scene.client, late, true));
    assert_eq!(audited.events(), ["proposed", "sent", "accepted", "state", "verified", "solved", "ended"]);
    let verdict = audited.verdict();
    assert!(verdict.ok && verdict.complete, "{verdict:?}");
}

#[test]
fn without_a_store_of_its_own_a_process_keeps_its_chains_in_memory() {
    let audited = Audited::with(r#","store":false"#, true);
    audited.repair();
    assert!(audited.verdict().complete && audited.store.texts.borrow().is_empty());
}

#[test]
fn a_store_that_fails_after_the_request_loses_no_record() {
    let audited = Audited::new();
    let run = audited.scene.remediate(&audited.token()).unwrap();
    *audited.store.fails.borrow_mut() = true;
    audited.solved(audited.follow(run));
    let verdict = audited.verdict();
    assert!(verdict.ok && verdict.complete, "{verdict:?}: {:?}", audited.events());
}
