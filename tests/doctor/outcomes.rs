//! Outcomes that no simulated tenant gives: fields that are left out or null, times in other shapes.

use nexthink_chatbot::content::PlaybookSource;
use nexthink_chatbot::doctor::{DoctorReport, DoctorSettings, NotCheckedReason, ProbeOutcome, next, report};
use nexthink_chatbot::json::{Json, Read};
use nexthink_chatbot::nql::Timestamp;

use crate::clinic::{Clinic, Named, troubles, unchecked};

const NOW: &str = "2026-11-18T09:00:00Z";

/// A healthy examination with some outcomes in the place of its own.
fn report_with(others: &[&str]) -> DoctorReport {
    let clinic = Clinic::new();
    let mut outcomes = clinic.outcomes();
    for text in others {
        let other = ProbeOutcome::read(Json::parse(text.as_bytes()).unwrap()).unwrap();
        outcomes.retain(|outcome| outcome.id != other.id);
        outcomes.push(other);
    }
    let now = clinic.tenant.borrow().now();
    report(&clinic.playbooks, &clinic.settings, clinic.employee.as_ref(), &outcomes, now)
}

/// The list of remote actions with one in it as a careless tenant writes it, and the healthy rest.
fn listed(action: &str) -> String {
    let clinic = Clinic::new();
    let outcomes = clinic.outcomes();
    let list = outcomes.iter().find(|outcome| outcome.id == "remote-actions").unwrap().output.as_ref().unwrap();
    let Json::List(actions) = list else { panic!("no list") };
    let id = Json::parse(action.as_bytes()).unwrap().get("id").unwrap().clone();
    let others: Vec<String> = actions.iter().filter(|one| one.get("id") != Some(&id)).map(Json::to_text).collect();
    format!(r#"{{"id":"remote-actions","output":[{action},{}]}}"#, others.join(","))
}

#[test]
fn what_the_tenant_leaves_out_about_an_action_cannot_be_told_and_is_no_error() {
    let script = r#""scriptInfo":{"inputs":[],"outputs":[]}"#;
    let action = format!(r#"{{"id":"disk_cleanup","purpose":[],"targeting":{{}},{script}}}"#);
    let report = report_with(&[&listed(&action)]);
    assert_eq!(troubles(&report), Named::new());
    assert_eq!(
        unchecked(&report, NotCheckedReason::NotTold),
        ["remote-action:disk_cleanup:api-trigger", "remote-action:disk_cleanup:platform"]
    );
    assert!(report.ok);

    let action = format!(r#"{{"id":"get_onedrive_status","purpose":[],"targeting":{{}},{script}}}"#);
    let report = report_with(&[&listed(&action)]);
    assert_eq!(troubles(&report), Named::new());
    assert_eq!(
        unchecked(&report, NotCheckedReason::NotTold),
        ["data-collection:get_onedrive_status:platform", "data-collection:get_onedrive_status:outputs"]
    );
}

#[test]
fn an_action_is_the_same_with_and_without_its_number_sign() {
    let action = r##"{"id":"#Disk_Cleanup","purpose":[],"targeting":{"apiEnabled":true},"scriptInfo":{"hasScriptWindows":true,"inputs":[],"outputs":[]}}"##;
    let clinic =
        listed(&action.replace("#Disk_Cleanup", "disk_cleanup")).replace("\"disk_cleanup\"", "\"#Disk_Cleanup\"");
    assert_eq!(troubles(&report_with(&[&clinic])), Named::new());
    assert!(clinic.contains(action));
}

#[test]
fn columns_that_are_not_told_are_not_called_missing() {
    let report = report_with(&[r##"{"id":"query:outlook","output":{"columns":[],"rows":[]}}"##]);
    assert_eq!(troubles(&report), Named::new());
    assert_eq!(unchecked(&report, NotCheckedReason::NotTold), ["query:outlook:columns"]);
}

#[test]
fn columns_may_be_returned_under_their_short_names() {
    let report = report_with(&[
        r##"{"id":"query:onedrive","output":{"columns":["collector.uid","Device.Name","get_onedrive_status.execution.outputs.OneDriveStatus"],"rows":[]}}"##,
    ]);
    assert_eq!(troubles(&report), Named::new());
}

#[test]
fn one_query_that_may_not_be_executed_is_told_from_the_whole_api() {
    let denied = r#"{"id":"query:outlook","error":{"kind":"permission","message":"nql.execute was answered with status 403","status":403}}"#;
    assert_eq!(troubles(&report_with(&[denied])), ["query:outlook"]);
}

#[test]
fn an_answer_of_500_to_one_query_is_no_verdict_and_says_what_it_may_be() {
    let failed = r#"{"id":"query:outlook","error":{"kind":"server","message":"nql.execute was answered with status 500","status":500}}"#;
    let report = report_with(&[failed]);
    assert_eq!(troubles(&report), Named::new());
    assert_eq!(unchecked(&report, NotCheckedReason::TryAgain), ["query:outlook"]);
    assert!(report.not_checked[0].fix.contains("its parameter"), "{:?}", report.not_checked[0]);
}

#[test]
fn a_run_whose_time_has_no_zone_has_no_age() {
    let collected = r#"{"id":"collected","output":{"columns":["remote_action.nql_id","remote_action.execution.time"],"rows":[["get_onedrive_status","2026-11-18 08:30:00"]]}}"#;
    let report = report_with(&[collected]);
    assert_eq!(unchecked(&report, NotCheckedReason::NotTold), ["data-collection:get_onedrive_status:age"]);
}

#[test]
fn the_clock_is_read_in_both_shapes_of_the_tenants_time() {
    let playbooks = PlaybookSource::built_in().unwrap();
    let settings = DoctorSettings { has_store: true, has_consent_key: true, ..DoctorSettings::default() };
    for (time, expected) in [
        ("2026-11-18T09:00:30", "ok"),
        ("2026-11-18T10:00:30+01:00", "ok"),
        ("2026-11-18T09:04:00Z", "warning"),
        ("yesterday", "not checked"),
        ("", "not checked"),
    ] {
        let outcome = format!(
            r##"{{"id":"query:outlook","at":"{NOW}","output":{{"executedAt":"{time}","columns":[],"rows":[]}}}}"##
        );
        let outcome = ProbeOutcome::read(Json::parse(outcome.as_bytes()).unwrap()).unwrap();
        let report = report(&playbooks, &settings, None, &[outcome], Timestamp::parse(NOW).unwrap());
        let clock = report.checks.iter().find(|check| check.id == "clock").map(|check| check.status.word());
        assert_eq!(clock.unwrap_or("not checked"), expected, "{time}");
    }
}

#[test]
fn a_token_provider_that_gives_none_is_an_error_of_the_credentials() {
    let failed = r#"{"kind":"authentication","message":"`tokenProvider` failed"}"#;
    let outcomes = ["remote-actions", "query:devicesByUsername"].map(|id| {
        let text = format!(r#"{{"id":"{id}","error":{failed}}}"#);
        ProbeOutcome::read(Json::parse(text.as_bytes()).unwrap()).unwrap()
    });
    let clinic = Clinic::new();
    let now = Timestamp::parse(NOW).unwrap();
    assert_eq!(next(&clinic.playbooks, &clinic.settings, clinic.employee.as_ref(), &outcomes), []);
    let report = report(&clinic.playbooks, &clinic.settings, clinic.employee.as_ref(), &outcomes, now);
    assert_eq!(troubles(&report), ["credentials"]);
    let check = report.checks.iter().find(|check| check.id == "credentials").unwrap();
    assert!(check.detail.contains("no access token") && check.fix.contains("`tokenProvider`"), "{check:?}");
    assert!(unchecked(&report, NotCheckedReason::Blocked).contains(&"reachability"));
}

#[test]
fn without_any_outcome_nothing_is_claimed() {
    let clinic = Clinic::new();
    let report = report(&clinic.playbooks, &clinic.settings, None, &[], Timestamp::parse(NOW).unwrap());
    assert_eq!(troubles(&report), Named::new());
    assert!(!report.ok);
    assert!(report.checks.iter().all(|check| ["store", "consent-key"].contains(&check.id.as_str())));
}
