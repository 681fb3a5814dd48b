//! What a run waits for, as data.

use nexthink_chatbot::flow::{Run, WaitingFor, progress};
use nexthink_chatbot::nql::{HOUR, MINUTE, SECOND};
use nexthink_simulator::{Fault, FaultKind};

use crate::tenant::Scene;

fn started(scene: &Scene, employee: &str, playbook: &str, rule: &str) -> Run {
    let token = scene.propose(&scene.diagnosis(employee, playbook), rule).unwrap().token;
    scene.remediate(&token).unwrap()
}

#[test]
fn first_the_tenant_then_the_device_then_the_script_and_in_the_end_nothing() {
    let scene = Scene::new();
    let mut run = started(&scene, "jcarter", "slow-pc", "disk-full");
    let mut seen = Vec::new();
    while let Some(waiting) = &run.waiting {
        match waiting.r#for {
            WaitingFor::Device => assert_eq!(waiting.expected_seconds, None),
            _ => assert_eq!(waiting.expected_seconds, run.expected_seconds),
        }
        assert_eq!(waiting.until.is_none(), waiting.r#for == WaitingFor::Script);
        if seen.last() != Some(&waiting.r#for) {
            seen.push(waiting.r#for);
        }
        scene.tenant.borrow_mut().advance(5 * SECOND);
        run = scene.wait(progress(&scene.client, run)).unwrap();
    }
    assert_eq!(seen, [WaitingFor::Tenant, WaitingFor::Device, WaitingFor::Script]);
    assert!(run.ended_at.is_some());
}

#[test]
fn a_device_that_is_offline_is_waited_for_until_the_request_expires() {
    let scene = Scene::new();
    let run = started(&scene, "stanaka", "slow-pc", "disk-full");
    scene.tenant.borrow_mut().advance(10 * MINUTE);
    let run = scene.wait(progress(&scene.client, run)).unwrap();
    let waiting = run.waiting.clone().unwrap();
    assert_eq!(
        (waiting.r#for, waiting.expected_seconds, waiting.until),
        (WaitingFor::Device, None, Some(run.expires_at))
    );
    scene.tenant.borrow_mut().advance(20 * MINUTE);
    let run = scene.wait(progress(&scene.client, run)).unwrap();
    assert_eq!(run.waiting.as_ref().unwrap().since, waiting.since, "it still waits for the same");
    scene.tenant.borrow_mut().advance(HOUR);
    assert_eq!(scene.wait(progress(&scene.client, run)).unwrap().waiting, None);
}

#[test]
fn after_a_lost_answer_it_is_certainty_that_is_waited_for() {
    let scene = Scene::new();
    scene.tenant.borrow_mut().inject(Fault::new(FaultKind::LostAnswer).of("act/execute")).unwrap();
    let run = started(&scene, "amartin", "outlook", "offline");
    assert_eq!(run.waiting.unwrap().r#for, WaitingFor::Certainty);
}
