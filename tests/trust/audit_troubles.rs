//! What must not break a chain from which nothing is missing: a store that fails for a while, a word of the employee
//! before the end, a run that came back altered.

use nexthink_chatbot::flow::{AuditHead, progress};
use nexthink_chatbot::nql::MINUTE;
use nexthink_simulator::{Fault, FaultKind};

use crate::audited::Audited;

#[test]
fn a_store_that_fails_while_something_is_refused_breaks_no_chain() {
    for approves in [true, false] {
        let audited = Audited::with(r#","approve":true"#, approves);
        let token = audited.token();
        *audited.store.fails_for_audit.borrow_mut() = true;
        let refused = Fault::new(FaultKind::Status).status(429).retry_after("3").of("act/execute");
        audited.scene.tenant.borrow_mut().inject(refused.times(2)).unwrap();
        assert!(audited.scene.remediate(&token).is_err());
        assert!(audited.scene.remediate(&token).is_err());
        *audited.store.fails_for_audit.borrow_mut() = false;
        let verdict = audited.verdict();
        assert!(verdict.ok, "{verdict:?} {:?}", audited.events());
        audited.scene.tenant.borrow_mut().advance(MINUTE);
        if approves {
            audited.solved(audited.follow(audited.scene.remediate(&token).unwrap()));
            assert!(audited.verdict().complete, "{:?}", audited.events());
        }
        assert!(audited.verdict().ok, "{:?}", audited.events());
    }
}

#[test]
fn a_chain_ends_with_the_run_where_the_employees_word_comes_before() {
    let audited = Audited::new();
    let run = audited.scene.remediate(&audited.token()).unwrap();
    let run = audited.solved(run);
    assert_eq!(audited.events(), ["proposed", "sent", "accepted", "solved"]);
    assert!(!audited.verdict().complete, "it is still running");
    let ended = audited.follow(run);
    let events = audited.events();
    assert_eq!(events[events.len() - 2..], ["state", "ended"]);
    assert!(audited.verdict().complete, "{events:?}");
    // Once more changes nothing.
    audited.solved(ended);
    assert_eq!(audited.events(), events);
}

#[test]
fn the_employees_word_on_an_old_copy_ends_the_chain_of_a_run_that_has_ended() {
    let audited = Audited::new();
    let old = audited.scene.remediate(&audited.token()).unwrap();
    audited.follow(old.clone());
    audited.solved(old);
    assert!(audited.verdict().complete, "{:?}", audited.events());
}

#[test]
fn a_run_that_came_back_with_the_last_of_all_numbers_is_no_reason_to_fail() {
    let audited = Audited::new();
    let mut run = audited.scene.remediate(&audited.token()).unwrap();
    run.audit = Some(AuditHead { sequence: u32::MAX, hash: "x".into(), ended: false });
    audited.scene.tenant.borrow_mut().advance(MINUTE);
    assert!(audited.scene.wait(progress(&audited.scene.client, run)).is_ok());
}
