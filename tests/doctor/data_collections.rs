//! Data collections that are missing, report something else, or have not run.

use nexthink_chatbot::doctor::NotCheckedReason;
use nexthink_chatbot::nql::HOUR;

use crate::clinic::{Clinic, Named, troubles, unchecked, words};
use crate::remote_actions::changed;

#[test]
fn a_collection_that_is_not_there_is_named_and_so_is_the_query_that_cannot_run_without_it() {
    let report = Clinic::with(|tenant| tenant.delete_remote_action("get_onedrive_status").unwrap()).report();
    let found = troubles(&report);
    assert!(found.contains(&"data-collection:get_onedrive_status".to_owned()), "{found:?}");
    let (detail, fix) = words(&report, "data-collection:get_onedrive_status");
    assert!(detail.contains("onedrive") && fix.contains("the schedule hourly"), "{detail} {fix}");
    for one in found {
        assert!(one.contains("get_onedrive_status") || one.starts_with("query:onedrive"), "{one}");
    }
}

#[test]
fn a_collection_of_another_id_needs_a_playbook_of_ones_own() {
    let clinic = Clinic::with(|tenant| {
        changed(tenant, "get_onedrive_status", "\"id\":\"get_onedrive_status\"", "\"id\":\"acme_onedrive\"");
        tenant.delete_remote_action("get_onedrive_status").unwrap();
    });
    let report = clinic.report();
    let (detail, fix) = words(&report, "data-collection:get_onedrive_status");
    assert!(detail.contains("#acme_onedrive") && fix.contains("playbooks of your own"), "{detail} {fix}");
}

#[test]
fn what_is_wrong_with_a_collection_is_named_by_its_part() {
    let report = Clinic::with(|tenant| changed(tenant, "get_onedrive_status", "\"Windows\"", "\"macOS\"")).report();
    let found = troubles(&report);
    assert_eq!(found[0], "data-collection:get_onedrive_status:platform", "{found:?}");
    assert!(found[1..].iter().all(|one| one.starts_with("(data-collection:get_onedrive_status")), "{found:?}");

    let report = Clinic::with(|tenant| {
        changed(tenant, "get_onedrive_status", "\"name\":\"OneDriveStatus\"", "\"name\":\"Status\"");
    })
    .report();
    let found = troubles(&report);
    assert!(found.contains(&"data-collection:get_onedrive_status:outputs".to_owned()), "{found:?}");
    assert!(words(&report, "data-collection:get_onedrive_status:outputs").0.contains("`OneDriveStatus`"));
}

#[test]
fn a_collection_that_never_ran_on_the_device_or_always_failed_is_a_warning() {
    for facts in [
        r#"{"missingCollections":["get_gpo_startup_impact_windows"]}"#,
        r#"{"failingCollections":["get_gpo_startup_impact_windows"]}"#,
    ] {
        let report = Clinic::with(|tenant| tenant.set("AMARTIN-LT", facts).unwrap()).report();
        assert_eq!(troubles(&report), ["(data-collection:get_gpo_startup_impact_windows:age)"], "{facts}");
        let (detail, fix) = words(&report, "data-collection:get_gpo_startup_impact_windows:age");
        assert!(detail.contains("has not succeeded") && fix.contains("the schedule daily"), "{detail} {fix}");
    }
}

#[test]
fn a_collection_is_late_after_twice_its_schedule() {
    let until = |hours: i64| {
        Clinic::with(|tenant| {
            let until = tenant.now().plus(-hours * HOUR);
            let to = format!("\"schedule\":\"hourly\",\"until\":\"{until}\"");
            changed(tenant, "get_outlook_online_windows", "\"schedule\":\"hourly\"", &to);
        })
        .report()
    };
    assert_eq!(troubles(&until(0)), Named::new());
    let report = until(30);
    assert_eq!(troubles(&report), ["(data-collection:get_outlook_online_windows:age)"]);
    let (detail, _) = words(&report, "data-collection:get_outlook_online_windows:age");
    assert!(detail.contains("1 day ago, and should run hourly"), "{detail}");
}

#[test]
fn a_schedule_that_is_off_is_seen_by_what_did_not_run() {
    let clinic = Clinic::with(|tenant| {
        changed(tenant, "get_outlook_online_windows", "\"schedule\":\"hourly\"", "\"schedule\":null");
    });
    assert_eq!(clinic.troubles(), ["(data-collection:get_outlook_online_windows:age)"]);
}

#[test]
fn without_an_employee_or_the_query_nothing_is_said_about_runs() {
    let mut clinic = Clinic::new();
    clinic.employee = None;
    let report = clinic.report();
    assert_eq!(troubles(&report), Named::new());
    assert_eq!(unchecked(&report, NotCheckedReason::NeedsEmployee), ["employee", "data-collection-runs"]);
    assert!(report.ok);

    let report = Clinic::with(|tenant| tenant.delete_query("#get_data_collection_times").unwrap()).report();
    assert_eq!(troubles(&report), ["(query:dataCollectionTimes)"]);
    assert_eq!(unchecked(&report, NotCheckedReason::Blocked), ["data-collection-runs"]);
}
