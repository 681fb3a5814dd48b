//! The way to the tenant, its clock, the credentials and what they may do, and the client's own settings.

use nexthink_chatbot::doctor::NotCheckedReason;
use nexthink_chatbot::json::Map;
use nexthink_chatbot::nql::{HOUR, MINUTE};
use nexthink_simulator::{Fault, FaultKind, Permission};

use crate::clinic::{Clinic, Named, status, troubles, unchecked, words};

#[test]
fn a_healthy_tenant_is_well_and_nothing_is_left_unchecked() {
    let clinic = Clinic::new();
    let report = clinic.report();
    assert_eq!(troubles(&report), Named::new());
    assert_eq!(report.not_checked, []);
    assert!(report.ok);
    for id in ["reachability", "credentials", "permission-nql", "permission-remote-actions", "clock", "store"] {
        assert!(report.checks.iter().any(|check| check.id == id), "{id}");
    }
    for id in [
        "query:slow-pc",
        "query:dataCollectionTimes",
        "remote-action:disk_cleanup",
        "data-collection:get_onedrive_status",
        "data-collection:get_onedrive_status:age",
        "employee:email",
    ] {
        assert!(report.checks.iter().any(|check| check.id == id), "{id}");
    }
}

#[test]
fn a_wrong_secret_is_one_error_and_the_tenant_is_asked_no_more() {
    let options = r#"{"instance":"acme","region":"eu","credentials":{"clientId":"x","clientSecret":"wrong"}}"#;
    let clinic = Clinic::new().client(options);
    let report = clinic.report();
    assert_eq!(troubles(&report), ["credentials"]);
    assert!(unchecked(&report, NotCheckedReason::Blocked).contains(&"query:outlook"));
    assert!(unchecked(&report, NotCheckedReason::Blocked).contains(&"remote-actions"));
    assert!(!report.ok && clinic.outcomes().len() == 2);
    let (detail, fix) = words(&report, "credentials");
    assert!(detail.contains("401") && fix.contains("API credentials"), "{detail} {fix}");
}

#[test]
fn a_token_that_the_api_host_refuses_is_told_from_a_wrong_secret() {
    let report = Clinic::with_fault("/api/v1/", status(401)).report();
    assert_eq!(troubles(&report), ["credentials"]);
    assert!(words(&report, "credentials").0.contains("access token"));
}

#[test]
fn a_permission_that_is_missing_is_named_once_and_not_for_each_query() {
    let report = Clinic::with(|tenant| tenant.deny(Permission::Nql)).report();
    assert_eq!(troubles(&report), ["permission-nql"]);
    assert!(unchecked(&report, NotCheckedReason::Blocked).contains(&"query:outlook"));
    assert!(words(&report, "permission-nql").1.contains("NQL API"));

    let report = Clinic::with(|tenant| tenant.deny(Permission::RemoteActions)).report();
    assert_eq!(troubles(&report), ["permission-remote-actions"]);
    assert_eq!(unchecked(&report, NotCheckedReason::Blocked), ["remote-actions"]);

    let report = Clinic::with(|tenant| {
        tenant.deny(Permission::Nql);
        tenant.deny(Permission::RemoteActions);
    })
    .report();
    assert_eq!(troubles(&report), ["permission-remote-actions", "permission-nql"]);
}

#[test]
fn a_host_that_is_not_the_tenants_is_an_error_of_reachability_alone() {
    let html = || Fault::new(FaultKind::Html);
    for (path, fault, who) in [
        ("", html(), "the login host"),
        ("oauth2", html(), "the login host"),
        ("/api/", html(), "the API host"),
        ("", Fault::new(FaultKind::Status).status(302), "the login host"),
        ("", Fault::new(FaultKind::Status).status(404), "the login host"),
        ("/api/", Fault::new(FaultKind::Status).status(404), "the API host"),
        ("/api/", status(404), "the API host"),
        ("", Fault::new(FaultKind::Network), "https://acme-login.eu.nexthink.cloud"),
        ("/api/", Fault::new(FaultKind::Network), "https://acme.api.eu.nexthink.cloud"),
    ] {
        let clinic = Clinic::with_fault(path, fault.clone());
        let report = clinic.report();
        assert_eq!(troubles(&report), ["reachability"], "{path} {fault:?}");
        let (detail, fix) = words(&report, "reachability");
        assert!(detail.contains(who) && fix.contains("`instance` and `region`"), "{detail}");
        assert_eq!(clinic.outcomes().len(), 2, "{path} {fault:?}");
    }
}

#[test]
fn another_region_than_the_tenants_is_an_error_of_reachability() {
    let options = r#"{"instance":"acme","region":"us","apiUrl":"https://acme.api.us.example","tokenUrl":"https://acme-login.us.example/oauth2/default/v1/token","credentials":{"clientId":"x","clientSecret":"y"}}"#;
    let mut clinic = Clinic::new().client(options);
    clinic.settings.own_addresses = true;
    let report = clinic.report();
    assert_eq!(troubles(&report), ["reachability"]);
    assert!(words(&report, "reachability").0.contains("`apiUrl`"));
}

#[test]
fn a_clock_that_is_wrong_is_a_warning_with_its_direction() {
    for (ahead_ms, expected) in [
        (MINUTE, None),
        (-MINUTE, None),
        (5 * MINUTE, Some("5 minutes ahead of")),
        (-5 * MINUTE, Some("5 minutes behind")),
        (HOUR, Some("that of a time zone")),
        (
            20 * MINUTE,
            Some(
                "20 minutes ahead of the tenant's. Then tokens are renewed too late or too early, and the age of data is wrong.",
            ),
        ),
    ] {
        let mut clinic = Clinic::new();
        clinic.ahead_ms = ahead_ms;
        let report = clinic.report();
        match expected {
            None => assert_eq!(troubles(&report), Named::new(), "{ahead_ms}"),
            Some(words_expected) => {
                assert!(troubles(&report).contains(&"(clock)".to_owned()) && report.ok, "{:?}", troubles(&report));
                assert!(words(&report, "clock").0.contains(words_expected), "{}", words(&report, "clock").0);
            }
        }
    }
    let mut clinic = Clinic::new();
    clinic.ahead_ms = 20 * MINUTE;
    assert!(!words(&clinic.report(), "clock").0.contains("zone"));
}

#[test]
fn a_bad_minute_is_not_taken_for_something_broken() {
    let slow = || Fault::new(FaultKind::Latency).latency_ms(40_000);
    for fault in [status(429), status(503), status(500), slow(), Fault::new(FaultKind::Network)] {
        let report = Clinic::with_fault("act/remote-action", fault.clone()).report();
        assert_eq!(troubles(&report), Named::new(), "{fault:?}");
        let again = unchecked(&report, NotCheckedReason::TryAgain);
        assert_eq!(again, ["permission-remote-actions", "remote-actions"], "{fault:?}");
        assert!(!report.ok);
    }
    for fault in [status(429).retry_after("3600"), status(503), slow()] {
        let clinic = Clinic::with_fault("", fault.clone());
        let report = clinic.report();
        assert_eq!(troubles(&report), Named::new(), "{fault:?}");
        assert!(unchecked(&report, NotCheckedReason::TryAgain).contains(&"reachability"), "{fault:?}");
        assert!(unchecked(&report, NotCheckedReason::TryAgain).contains(&"query:outlook"), "{fault:?}");
        assert_eq!(clinic.outcomes().len(), 2, "{fault:?}");
    }
}

#[test]
fn a_quota_that_is_used_up_leaves_the_queries_unchecked_and_the_rest_checked() {
    let report = Clinic::with_fault("nql/execute", status(429).retry_after("3600")).report();
    assert_eq!(troubles(&report), Named::new());
    let again = unchecked(&report, NotCheckedReason::TryAgain);
    assert!(
        again.contains(&"query:outlook") && again.contains(&"permission-nql") && !again.contains(&"remote-actions")
    );
    let query = report.not_checked.iter().find(|one| one.id == "query:outlook").unwrap();
    assert!(query.detail.starts_with("The tenant wants fewer calls") && query.fix.contains("`limits`"), "{query:?}");
}

#[test]
fn a_fault_that_passes_is_not_noticed() {
    let clinic = Clinic::with(|tenant| {
        for fault in [status(503), Fault::new(FaultKind::TokenRevoked), status(429).retry_after("1")] {
            tenant.inject(fault.times(1)).unwrap();
        }
    });
    assert_eq!(clinic.troubles(), Named::new());
}

#[test]
fn what_is_missing_in_the_clients_settings_is_a_warning() {
    let mut clinic = Clinic::new();
    clinic.settings.has_store = false;
    assert_eq!(clinic.troubles(), ["(store)"]);
    let mut clinic = Clinic::new();
    clinic.settings.has_consent_key = false;
    assert_eq!(clinic.troubles(), Named::new());
    clinic.settings.has_client_secret = false;
    assert_eq!(clinic.troubles(), ["(consent-key)"]);
}

#[test]
fn an_id_under_a_name_that_nothing_goes_by_is_a_warning_with_the_name_that_was_meant() {
    let mut clinic = Clinic::new();
    clinic.settings.query_ids = Map(vec![("outlok".into(), "#mine".into())]);
    clinic.settings.remote_action_ids = Map(vec![("disk_cleanpu".into(), "#mine".into()), ("x".into(), "#y".into())]);
    let report = clinic.report();
    let warnings = ["(queryIds:outlok)", "(remoteActionIds:disk_cleanpu)", "(remoteActionIds:x)"];
    assert_eq!(troubles(&report), warnings);
    assert!(words(&report, "queryIds:outlok").1.contains("write `outlook` in its place"));
    assert!(words(&report, "remoteActionIds:x").1.contains("`repair_onedrive`"));
}

#[test]
fn a_proxy_that_wants_credentials_is_not_taken_for_the_login() {
    let report = Clinic::with_fault("", status(407)).report();
    assert_eq!(troubles(&report), ["reachability"]);
    assert!(words(&report, "reachability").0.contains("proxy"));
    assert!(unchecked(&report, NotCheckedReason::Blocked).contains(&"credentials"));
}

#[test]
fn an_error_means_the_same_with_and_without_a_body() {
    for (path, code, expected) in [
        ("oauth2", 401, "credentials"),
        ("act/remote-action", 403, "permission-remote-actions"),
        ("nql/execute", 403, "permission-nql"),
    ] {
        for fault in [status(code), Fault::new(FaultKind::Status).status(code)] {
            assert_eq!(Clinic::with_fault(path, fault.clone()).troubles(), [expected], "{fault:?}");
        }
    }
}

#[test]
fn where_no_query_is_found_the_permission_cannot_be_told() {
    for fault in [status(404), Fault::new(FaultKind::Status).status(404)] {
        let report = Clinic::with_fault("nql/execute", fault).report();
        assert_eq!(unchecked(&report, NotCheckedReason::NotTold), ["permission-nql"]);
        assert!(troubles(&report).contains(&"query:outlook".to_owned()));
        assert!(troubles(&report).iter().all(|one| one.contains("query:")), "{:?}", troubles(&report));
    }
}

#[test]
fn a_credential_of_another_region_is_refused_by_the_login_however_it_says_so() {
    for code in [400, 403] {
        let report = Clinic::with_fault("oauth2", status(code)).report();
        assert_eq!(troubles(&report), ["credentials"], "{code}");
    }
}
