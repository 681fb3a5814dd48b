//! Whole repairs through the simulated tenant: identify, diagnose, propose, remediate, follow up, verify.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

#[allow(dead_code, reason = "other tests use the rest of it")]
mod tenant;

use nexthink_chatbot::client::join;
use nexthink_chatbot::flow::{
    Certainty, Identity, Run, RunState, diagnose, identify, next_change, progress, remediate, verify,
};
use nexthink_chatbot::json::{Json, Read, Write};
use nexthink_chatbot::nql::{DAY, HOUR};
use nexthink_chatbot::playbook::Verdict;
use nexthink_simulator::{Fault, FaultKind};
use tenant::Scene;

/// The rules that match, and those that cannot tell.
fn verdicts(scene: &Scene, employee: &str, playbook: &str) -> (Vec<String>, Vec<String>) {
    let findings = scene.diagnosis(employee, playbook).findings;
    let of = |verdict| {
        findings.iter().filter(|finding| finding.verdict == verdict).map(|finding| finding.rule.clone()).collect()
    };
    (of(Verdict::Match), of(Verdict::Unknown))
}

fn follow(scene: &Scene, mut run: Run) -> (Run, Vec<RunState>) {
    let mut states = vec![run.state];
    while run.ended_at.is_none() {
        run = scene.wait(next_change(&scene.client, run)).unwrap();
        states.push(run.state);
    }
    (run, states)
}

#[test]
fn each_scenario_is_diagnosed_for_what_it_is() {
    let scene = Scene::new();
    for (employee, playbook, matches, unknown) in [
        ("amartin", "outlook", &["offline", "repair-data-file"][..], &[][..]),
        ("bkeller", "outlook", &["crashed-plugins", "repair-data-file"], &[]),
        ("cdubois", "outlook", &["long-uptime", "repair-data-file"], &[]),
        ("dnovak", "outlook", &["outdated-office", "repair-data-file"], &[]),
        ("uvogel", "outlook", &["repair-data-file"], &["offline"]),
        ("fweber", "onedrive", &["broken-onedrive"], &[]),
        ("nberg", "onedrive", &[], &[]),
        ("jcarter", "slow-pc", &["disk-full"], &[]),
        ("khuber", "slow-pc", &["startup-load"], &[]),
        ("lokafor", "slow-pc", &["slow-group-policy"], &[]),
        ("mcosta", "slow-pc", &["outdated-office"], &[]),
        ("pjensen", "slow-pc", &[], &["disk-full"]),
        ("jcarter", "disk", &["disk-full"], &[]),
        ("khuber", "disk", &["startup-load"], &[]),
        ("xpetrova", "disk", &["worn-battery"], &[]),
        ("ohaddad", "disk", &[], &["disk-full", "startup-load", "worn-battery"]),
    ] {
        let found = verdicts(&scene, employee, playbook);
        assert_eq!(
            found,
            (matches.iter().map(|rule| (*rule).into()).collect(), unknown.iter().map(|rule| (*rule).into()).collect()),
            "{employee}"
        );
    }
}

#[test]
fn outlook_is_put_online_and_the_fix_is_confirmed_only_when_the_data_was_collected_again() {
    let scene = Scene::new();
    let diagnosis = scene.diagnosis("amartin", "outlook");
    assert!(diagnosis.ages_known);
    let value = &diagnosis.findings[0].because[0].values[0];
    assert!(value.age_ms.is_some_and(|age| (0.0..3_600_000.0).contains(&age)), "{value:?}");

    let proposal = scene.propose(&diagnosis, "offline").unwrap();
    assert_eq!(proposal.title, "Set Outlook online");
    let run = scene.remediate(&proposal.token).unwrap();
    assert_eq!((run.state, run.accepted, run.ran), (RunState::Accepted, Certainty::Yes, Certainty::Unknown));
    assert_eq!(run.reference, format!("INC0012345#{}", proposal.id));

    let (run, states) = follow(&scene, run);
    assert!(states.is_sorted(), "{states:?}");
    assert_eq!((run.state, run.ran, run.changed), (RunState::Succeeded, Certainty::Yes, Certainty::Unknown));
    assert_eq!(scene.triggers(), 1);

    // The script has succeeded, and the tenant still shows what was collected before it.
    let run = scene.wait(verify(&scene.client, &scene.library, run)).unwrap();
    assert_eq!(run.changed, Certainty::Unknown);
    let awaits = run.verification.as_ref().and_then(|verification| verification.get("awaits")).unwrap();
    assert!(awaits.to_text().contains("Get Outlook online"), "{awaits:?}");

    scene.tenant.borrow_mut().advance(HOUR + HOUR / 10);
    let run = scene.wait(verify(&scene.client, &scene.library, run)).unwrap();
    assert_eq!((run.changed, run.solved), (Certainty::Yes, Certainty::Unknown));
    assert_eq!(run.solved(true).solved, Certainty::Yes);
}

#[test]
fn onedrive_is_repaired() {
    let scene = Scene::new();
    let diagnosis = scene.diagnosis("fweber", "onedrive");
    let proposal = scene.propose(&diagnosis, "broken-onedrive").unwrap();
    let (run, _) = follow(&scene, scene.remediate(&proposal.token).unwrap());
    assert_eq!(run.state, RunState::Succeeded);
    scene.tenant.borrow_mut().advance(2 * HOUR);
    let run = scene.wait(verify(&scene.client, &scene.library, run)).unwrap();
    assert_eq!((run.changed, scene.triggers()), (Certainty::Yes, 1));
}

#[test]
fn a_full_disk_is_cleaned_and_the_average_is_not_trusted_too_early() {
    let scene = Scene::new();
    let diagnosis = scene.diagnosis("jcarter", "slow-pc");
    let proposal = scene.propose(&diagnosis, "disk-full").unwrap();
    let (run, _) = follow(&scene, scene.remediate(&proposal.token).unwrap());
    assert_eq!(run.state, RunState::Succeeded);
    // The average over 24 hours still says that the disk is full: that is no proof that the cleanup failed.
    let run = scene.wait(verify(&scene.client, &scene.library, run)).unwrap();
    assert_eq!(run.changed, Certainty::Unknown);
    scene.tenant.borrow_mut().advance(DAY + HOUR);
    let run = scene.wait(verify(&scene.client, &scene.library, run)).unwrap();
    assert_eq!(run.changed, Certainty::Yes);
}

#[test]
fn a_slow_pc_whose_free_space_is_null_gets_no_disk_cleanup() {
    let scene = Scene::new();
    let diagnosis = scene.diagnosis("pjensen", "slow-pc");
    assert_eq!(diagnosis.facts.get("free_space"), Some(&Json::Null));
    assert!(diagnosis.recommendations.iter().all(|recommendation| recommendation.title != "Disk cleanup"));
    assert!(scene.propose(&diagnosis, "disk-full").unwrap_err().message.contains("no recommendation"));
}

#[test]
fn a_token_triggers_once_however_often_and_by_whomever_it_is_used() {
    let scene = Scene::new();
    let diagnosis = scene.diagnosis("amartin", "outlook");
    let token = scene.propose(&diagnosis, "offline").unwrap().token;
    let both = join(remediate(&scene.client, &token, false), remediate(&scene.client, &token, false));
    let (first, second) = scene.wait(both);
    let third = scene.remediate(&token).unwrap();
    assert_eq!((first.unwrap().id, second.unwrap().id), (third.id.clone(), third.id));
    assert_eq!(scene.triggers(), 1);
}

#[test]
fn a_lost_answer_is_reconciled_and_never_sent_again() {
    let scene = Scene::new();
    let diagnosis = scene.diagnosis("amartin", "outlook");
    let token = scene.propose(&diagnosis, "offline").unwrap().token;
    scene.tenant.borrow_mut().inject(Fault::new(FaultKind::LostAnswer).of("act/execute")).unwrap();
    let run = scene.remediate(&token).unwrap();
    assert_eq!((run.state, run.accepted, &run.request_id), (RunState::Unknown, Certainty::Unknown, &None));
    let (run, _) = follow(&scene, scene.remediate(&token).unwrap());
    assert_eq!((run.state, run.accepted), (RunState::Succeeded, Certainty::Yes));
    assert!(run.request_id.is_some());
    assert_eq!(scene.triggers(), 1);
}

#[test]
fn a_refused_trigger_is_not_lost_and_the_consent_still_holds() {
    let scene = Scene::new();
    let diagnosis = scene.diagnosis("amartin", "outlook");
    let token = scene.propose(&diagnosis, "offline").unwrap().token;
    scene
        .tenant
        .borrow_mut()
        .inject(Fault::new(FaultKind::Status).of("act/execute").status(429).retry_after("3"))
        .unwrap();
    let error = scene.remediate(&token).unwrap_err();
    assert_eq!((error.retry_after_ms, error.side_effect.word()), (Some(3_000), "none"));
    assert_eq!(scene.remediate(&token).unwrap().state, RunState::Accepted);
}

#[test]
fn a_run_survives_as_json_and_any_process_goes_on_with_it() {
    let scene = Scene::new();
    let diagnosis = scene.diagnosis("amartin", "outlook");
    let token = scene.propose(&diagnosis, "offline").unwrap().token;
    let run = scene.remediate(&token).unwrap();
    let text = run.write().to_text();
    for secret in [nexthink_simulator::SimulatedTenant::CREDENTIALS.client_secret, &token] {
        assert!(!text.contains(secret));
    }
    scene.tenant.borrow_mut().advance(HOUR);
    let stored = Run::read(Json::parse(text.as_bytes()).unwrap()).unwrap();
    assert_eq!(stored, run);
    assert_eq!(scene.wait(progress(&scene.client, stored)).unwrap().state, RunState::Succeeded);
}

#[test]
fn an_offline_device_waits_and_expires_and_a_failing_script_says_why() {
    let scene = Scene::new();
    let token = scene.propose(&scene.diagnosis("stanaka", "slow-pc"), "disk-full").unwrap().token;
    let run = scene.remediate(&token).unwrap();
    scene.tenant.borrow_mut().advance(HOUR / 2);
    let run = scene.wait(progress(&scene.client, run)).unwrap();
    assert_eq!((run.state, run.ended_at), (RunState::Waiting, None));
    scene.tenant.borrow_mut().advance(HOUR);
    let run = scene.wait(progress(&scene.client, run)).unwrap();
    assert_eq!((run.state, run.ran), (RunState::Expired, Certainty::No));

    let scene = Scene::new();
    let token = scene.propose(&scene.diagnosis("tmoreau", "slow-pc"), "disk-full").unwrap().token;
    let (run, _) = follow(&scene, scene.remediate(&token).unwrap());
    assert_eq!((run.state, run.ran, &run.outputs), (RunState::Failed, Certainty::Yes, &None));
    assert!(run.status_details.is_some_and(|details| !details.is_empty()));
}

#[test]
fn a_disruptive_action_wants_a_second_confirmation() {
    let scene = Scene::new();
    let diagnosis = scene.diagnosis("dnovak", "outlook");
    let token = scene.propose(&diagnosis, "outdated-office").unwrap().token;
    let error = scene.wait(remediate(&scene.client, &token, false)).unwrap_err();
    assert_eq!((error.kind.word(), scene.triggers()), ("consent", 0));
    assert_eq!(scene.remediate(&token).unwrap().state, RunState::Accepted);
}

#[test]
fn devices_come_most_recently_seen_first_and_a_mac_is_not_applicable() {
    let scene = Scene::new();
    let devices = scene.wait(identify(&scene.client, &Identity::username("qroux"))).unwrap();
    let names: Vec<&str> = devices.iter().map(|device| device.name.as_str()).collect();
    assert_eq!(names, ["QROUX-LT", "QROUX-DT", "QROUX-MAC"]);
    let queries = scene.tenant.borrow().requests().len();
    let diagnosis = scene.wait(diagnose(&scene.client, &scene.library, "slow-pc", &devices[2])).unwrap();
    assert!(!diagnosis.applicable && diagnosis.findings.is_empty());
    assert_eq!(scene.tenant.borrow().requests().len(), queries, "nothing is asked about a device that it is not for");
}

#[test]
fn calls_that_overlap_share_one_token_and_a_refused_token_is_renewed_once() {
    let scene = Scene::new();
    let [first, second] = ["amartin", "bkeller"].map(Identity::username);
    let (first, second) = scene.wait(join(identify(&scene.client, &first), identify(&scene.client, &second)));
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(scene.count("/oauth2/default/v1/token"), 1);
    scene.tenant.borrow_mut().inject(Fault::new(FaultKind::Status).of("nql/execute").status(401)).unwrap();
    scene.device("amartin");
    assert_eq!(scene.count("/oauth2/default/v1/token"), 2);
    scene.tenant.borrow_mut().advance(HOUR);
    scene.device("amartin");
    assert_eq!(scene.count("/oauth2/default/v1/token"), 3);
}
