//! Employees whom Nexthink knows, does not know, or knows by another identifier.

use nexthink_chatbot::doctor::NotCheckedReason;
use nexthink_chatbot::flow::Employee;

use crate::clinic::{Clinic, Named, troubles, unchecked, words};

#[test]
fn an_employee_whom_nexthink_does_not_know_is_an_error() {
    let report = Clinic::new().employee("nobody-of-this-name").report();
    assert_eq!(troubles(&report), ["employee:username"]);
    assert_eq!(unchecked(&report, NotCheckedReason::Blocked), ["data-collection-runs"]);
}

#[test]
fn an_identifier_that_nexthink_does_not_know_is_a_warning_where_another_finds_devices() {
    let mut clinic = Clinic::new();
    clinic.employee.as_mut().unwrap().email = Some("someone.else@example.org".into());
    let report = clinic.report();
    assert_eq!(troubles(&report), ["(employee:email)"]);
    assert!(words(&report, "employee:email").1.contains("`email`"));
}

#[test]
fn an_identifier_with_a_wildcard_is_refused_and_not_sent() {
    let clinic = Clinic::new().employee("amart*");
    assert_eq!(clinic.troubles(), ["employee:username"]);
    assert!(clinic.outcomes().iter().all(|outcome| !outcome.id.starts_with("employee:")));
}

#[test]
fn an_employee_without_any_identifier_is_none() {
    let mut clinic = Clinic::new();
    clinic.employee = Some(Employee::default());
    let report = clinic.report();
    assert_eq!(troubles(&report), Named::new());
    assert_eq!(unchecked(&report, NotCheckedReason::NeedsEmployee), ["employee", "data-collection-runs"]);
}

#[test]
fn collections_that_run_on_another_platform_are_not_looked_for_on_a_mac() {
    let clinic = Clinic::new();
    let mac = clinic
        .tenant
        .borrow()
        .employees()
        .iter()
        .find(|one| one.devices.iter().all(|name| name.ends_with("-MAC")))
        .map(|one| one.username.clone());
    let report = clinic.employee(&mac.unwrap()).report();
    assert_eq!(troubles(&report), Named::new());
    let needs = unchecked(&report, NotCheckedReason::NeedsEmployee);
    assert!(!needs.is_empty() && needs.iter().all(|id| id.ends_with(":age")), "{needs:?}");
}

#[test]
fn an_employee_whose_query_is_missing_is_not_called_unknown() {
    let report =
        Clinic::with(|tenant| tenant.delete_query("#get_device_basic_infos").unwrap()).employee("amartin").report();
    assert_eq!(troubles(&report), ["query:devicesByUsername"]);
    assert_eq!(unchecked(&report, NotCheckedReason::Blocked), ["employee:username", "data-collection-runs"]);
}

#[test]
fn of_several_devices_one_is_looked_at_on_which_data_is_collected() {
    let several = Clinic::new().tenant.borrow().employees().iter().find(|one| one.devices.len() == 3).unwrap().clone();
    assert!(several.devices.iter().any(|name| name.ends_with("-MAC")), "{several:?}");
    let report = Clinic::new().employee(&several.username).report();
    assert_eq!(troubles(&report), Named::new());
    assert_eq!(report.not_checked, []);
}
