//! Remote actions that are missing, called otherwise, or not set up as the playbooks need them.

use nexthink_simulator::SimulatedTenant;

use crate::clinic::{Clinic, Named, troubles, words};

/// Changes a remote action's definition as text.
pub fn changed(tenant: &mut SimulatedTenant, id: &str, from: &str, to: &str) {
    let definition = tenant.remote_action(id).unwrap();
    assert!(definition.contains(from), "{from} in {definition}");
    tenant.set_remote_action(&definition.replace(from, to)).unwrap();
}

#[test]
fn an_action_that_is_not_there_is_named_with_where_to_get_it() {
    let report = Clinic::with(|tenant| tenant.delete_remote_action("disk_cleanup").unwrap()).report();
    assert_eq!(troubles(&report), ["remote-action:disk_cleanup"]);
    let (detail, fix) = words(&report, "remote-action:disk_cleanup");
    assert!(
        detail.contains("slow-pc/disk-full") && fix.contains("install `Disk cleanup` from the Nexthink Library"),
        "{fix}"
    );
}

#[test]
fn an_action_of_another_id_is_found_by_its_name_and_the_mapping_suggested() {
    let mut clinic = Clinic::with(|tenant| {
        changed(tenant, "disk_cleanup", "\"id\":\"disk_cleanup\"", "\"id\":\"acme_cleanup\"");
        tenant.delete_remote_action("disk_cleanup").unwrap();
    });
    let report = clinic.report();
    assert_eq!(troubles(&report), ["remote-action:disk_cleanup"]);
    let (_, fix) = words(&report, "remote-action:disk_cleanup");
    assert!(fix.contains("remoteActionIds: { disk_cleanup: \"#acme_cleanup\" }"), "{fix}");

    clinic.settings.remote_action_ids.0.push(("disk_cleanup".into(), "#acme_cleanup".into()));
    assert_eq!(clinic.troubles(), Named::new());
}

#[test]
fn several_actions_of_the_name_are_all_told() {
    let clinic = Clinic::with(|tenant| {
        for id in ["cleanup_one", "cleanup_two"] {
            changed(tenant, "disk_cleanup", "\"id\":\"disk_cleanup\"", &format!("\"id\":\"{id}\""));
        }
        tenant.delete_remote_action("disk_cleanup").unwrap();
    });
    let report = clinic.report();
    assert_eq!(troubles(&report), ["remote-action:disk_cleanup"]);
    let (detail, _) = words(&report, "remote-action:disk_cleanup");
    assert!(detail.contains("`#cleanup_one`") || detail.contains("#cleanup_one, #cleanup_two"), "{detail}");
}

#[test]
fn what_is_wrong_with_an_action_is_named_by_its_part() {
    let applications = r#"{"id":"Applications""#;
    for (id, from, to, expected, said) in [
        (
            "repair_onedrive",
            "\"apiTrigger\":true",
            "\"apiTrigger\":false",
            "remote-action:repair_onedrive:api-trigger",
            "enable the API trigger",
        ),
        (
            "repair_onedrive",
            "\"Windows\"",
            "\"macOS\"",
            "remote-action:repair_onedrive:platform",
            "add a script for Windows",
        ),
        (
            "disable_application_from_startup_menu",
            applications,
            r#"{"id":"Programs""#,
            "remote-action:disable_application_from_startup_menu:inputs",
            "give its inputs these names",
        ),
        (
            "repair_onedrive",
            "\"inputs\":[]",
            r#""inputs":[{"id":"DelayInSeconds","allowCustomValue":true}]"#,
            "(remote-action:repair_onedrive:unfilled-inputs)",
            "whether they may be empty",
        ),
        (
            "disable_application_from_startup_menu",
            "\"options\":[],\"allowCustomValue\":true",
            "\"options\":[\"Spotify\"],\"allowCustomValue\":false",
            "(remote-action:disable_application_from_startup_menu:input-values)",
            "custom value",
        ),
    ] {
        let report = Clinic::with(|tenant| changed(tenant, id, from, to)).report();
        let found: Named = troubles(&report);
        assert!(found.contains(&expected.to_owned()), "{found:?}");
        let (_, fix) = words(&report, expected.trim_matches(['(', ')']));
        assert!(fix.contains("In Remote actions") && fix.contains(said), "{fix}");
        // An input of another name is both: one is missing, and one is left empty.
        let others = found.iter().filter(|one| *one != expected && !one.ends_with(":unfilled-inputs)"));
        assert_eq!(others.count(), 0, "{found:?}");
    }
}

#[test]
fn an_action_without_the_input_that_is_filled_is_a_warning_where_no_input_is_listed() {
    let clinic = Clinic::with(|tenant| {
        let id = "disable_application_from_startup_menu";
        let mut definition: serde_json::Value = serde_json::from_str(&tenant.remote_action(id).unwrap()).unwrap();
        definition["inputs"] = serde_json::json!([]);
        tenant.set_remote_action(&definition.to_string()).unwrap();
    });
    assert_eq!(clinic.troubles(), ["(remote-action:disable_application_from_startup_menu:inputs)"]);
}
