//! Saved queries that are missing, renamed, refused, or return something else.

use nexthink_chatbot::content::PlaybookSource;
use nexthink_chatbot::doctor::NotCheckedReason;
use nexthink_chatbot::flow::SavedQuery;
use nexthink_simulator::SimulatedTenant;

use crate::clinic::{Clinic, Named, status, troubles, unchecked, words};

fn text_of(key: &str) -> String {
    let saved = SavedQuery::ALL.into_iter().find(|query| query.key() == key).map(|query| query.text().to_owned());
    let sources = PlaybookSource::built_in().unwrap();
    let playbook = sources.into_iter().find(|source| source.playbook.id == key).map(|source| source.query);
    saved.or(playbook).unwrap()
}

/// The tenant's query with something else in its text.
fn rewritten(tenant: &mut SimulatedTenant, id: &str, key: &str, from: &str, to: &str) {
    let text = text_of(key);
    assert!(text.contains(from), "{from} in {text}");
    tenant.set_query(id, &text.replace(from, to)).unwrap();
}

#[test]
fn a_query_that_is_not_there_is_named_and_both_its_reasons_are_told() {
    let report = Clinic::with(|tenant| tenant.delete_query("#diagnose_outlook_issues").unwrap()).report();
    assert_eq!(troubles(&report), ["query:outlook"]);
    let (detail, fix) = words(&report, "query:outlook");
    assert!(detail.contains("`#diagnose_outlook_issues`") && detail.contains("may not execute it"), "{detail}");
    assert!(fix.contains("Administration > NQL API queries") && fix.contains("queryIds: { outlook: "), "{fix}");
}

#[test]
fn what_a_missing_query_means_depends_on_what_it_is_for() {
    for (id, expected) in [
        ("#get_remote_action_result", "query:remoteActionResult"),
        ("#get_remote_action_result_by_reference", "(query:remoteActionResultByReference)"),
        ("#get_data_collection_times", "(query:dataCollectionTimes)"),
        ("#get_device_basic_infos_by_device_name", "(query:devicesByDeviceName)"),
        ("#get_device_basic_infos", "query:devicesByUsername"),
        ("#get_device_basic_infos_by_sid", "(query:devicesBySid)"),
    ] {
        let clinic = Clinic::with(|tenant| tenant.delete_query(id).unwrap()).employee("amartin");
        assert_eq!(clinic.troubles(), [expected], "{id}");
    }
}

#[test]
fn of_the_queries_that_find_employees_one_is_enough_where_no_employee_is_given() {
    let ids = ["", "_by_upn", "_by_email", "_by_sid"].map(|end| format!("#get_device_basic_infos{end}"));
    let without = |ids: &[String]| {
        let mut clinic = Clinic::with(|tenant| ids.iter().for_each(|id| tenant.delete_query(id).unwrap()));
        clinic.employee = None;
        clinic.troubles()
    };
    let warnings = ["(query:devicesByUsername)", "(query:devicesByUpn)", "(query:devicesByEmail)"];
    assert_eq!(without(&ids[..3]), warnings);
    let errors = ["query:devicesByUsername", "query:devicesByUpn", "query:devicesByEmail", "query:devicesBySid"];
    assert_eq!(without(&ids), errors);
}

#[test]
fn a_query_under_another_id_is_found_when_the_client_is_told() {
    let mut clinic = Clinic::with(|tenant| {
        tenant.delete_query("#diagnose_onedrive_issues").unwrap();
        tenant.set_query("#my_onedrive", &text_of("onedrive")).unwrap();
    });
    assert_eq!(clinic.troubles(), ["query:onedrive"]);
    clinic.settings.query_ids.0.push(("onedrive".into(), "#my_onedrive".into()));
    assert_eq!(clinic.troubles(), Named::new());
    clinic.settings.query_ids.0[0].1 = "My OneDrive".into();
    let report = clinic.report();
    assert_eq!(troubles(&report), ["query:onedrive:id"]);
    assert!(words(&report, "query:onedrive:id").0.contains("lower-case letters"));
}

#[test]
fn a_query_that_the_tenant_refuses_to_execute_is_named() {
    for (what, text) in [
        ("another parameter", text_of("outlook").replace("$device_name", "$device")),
        (
            "a second parameter",
            text_of("outlook").replace("$device_name", "$device_name\n| where device.name == $second"),
        ),
        ("a mistake", text_of("outlook").replace("| list", "| lst")),
        ("a field that there is not", text_of("outlook").replace("collector.uid", "collector.uid, no.such_field")),
    ] {
        let clinic = Clinic::with(|tenant| *tenant = tenant.clone().with_query("#diagnose_outlook_issues", &text));
        let report = clinic.report();
        assert_eq!(troubles(&report), ["query:outlook:refused"], "{what}");
        let (detail, fix) = words(&report, "query:outlook:refused");
        assert!(detail.contains("status 400") && fix.contains("`$device_name`"), "{detail} {fix}");
    }
}

#[test]
fn a_query_without_the_condition_on_its_parameter_is_named() {
    let clinic = Clinic::with(|tenant| {
        rewritten(tenant, "#diagnose_slow_pc_issues", "slow-pc", "| where name == $device_name", "");
    });
    let report = clinic.report();
    assert_eq!(troubles(&report), ["query:slow-pc:parameter"]);
    assert!(words(&report, "query:slow-pc:parameter").0.contains("`$device_name`"));
}

#[test]
fn a_column_that_is_not_returned_is_named_an_error_where_something_is_decided_by_it() {
    for (id, key, column, renamed, expected) in [
        ("#diagnose_slow_pc_issues", "slow-pc", "outdated_office_packages,", "", "query:slow-pc:columns"),
        ("#diagnose_slow_pc_issues", "slow-pc", "collector.uid,", "", "query:slow-pc:columns"),
        (
            "#diagnose_slow_pc_issues",
            "slow-pc",
            "remote_action.get_startup_impact_windows.execution.outputs.HighImpactApplications,",
            "",
            "(query:slow-pc:columns)",
        ),
        ("#get_device_basic_infos_by_upn", "devicesByUpn", "collector.uid,", "", "query:devicesByUpn:columns"),
        ("#get_device_basic_infos", "devicesByUsername", "hardware.type,", "", "(query:devicesByUsername:columns)"),
        (
            "#get_remote_action_result",
            "remoteActionResult",
            "request_id, device",
            "device",
            "query:remoteActionResult:columns",
        ),
    ] {
        let report = Clinic::with(|tenant| rewritten(tenant, id, key, column, renamed)).report();
        assert_eq!(troubles(&report), [expected], "{column}");
        let name = column.trim_end_matches([',', ' ']).trim_end_matches(", device");
        let (detail, fix) = words(&report, expected.trim_matches(['(', ')']));
        assert!(detail.contains(name) && fix.contains("to its `list`"), "{detail} {fix}");
    }
}

#[test]
fn one_query_that_fails_for_the_moment_is_left_unchecked() {
    let clinic = Clinic::new();
    // The first two probes are answered; the third is that of another query.
    let outcomes = clinic.outcomes();
    assert_eq!(outcomes[2].id, "query:devicesByUpn");
    let clinic = Clinic::new();
    let first_round = 2;
    for _ in 0..first_round {
        clinic
            .tenant
            .borrow_mut()
            .inject(
                nexthink_simulator::Fault::new(nexthink_simulator::FaultKind::Latency)
                    .of("/api/v1/")
                    .latency_ms(1)
                    .times(1),
            )
            .unwrap();
    }
    clinic.tenant.borrow_mut().inject(status(503).of("/api/v1/").times(3)).unwrap();
    let report = clinic.report();
    assert_eq!(troubles(&report), Named::new());
    assert_eq!(unchecked(&report, NotCheckedReason::TryAgain), ["query:devicesByUpn"]);
    assert!(!report.ok);
}
