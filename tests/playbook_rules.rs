//! Every rule of every built-in playbook, on rows in the published v1 and v2 shapes: match, no-match, unknown.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::api::nql::execute;
use nexthink_chatbot::playbook::{Circumstances, Evaluation, Finding, Library, MissingReason, Verdict};
use serde_json::{Map, Value, json};

const OUTLOOK: &str = "remote_action.get_outlook_online_windows.execution";
const PLUGINS: &str = "remote_action.get_outlook_plugin_crash_details_windows.execution.outputs.CrashedPluginList";
const ONEDRIVE: &str = "remote_action.get_onedrive_status.execution.outputs.OneDriveStatus";
const STARTUP: &str = "remote_action.get_startup_impact_windows.execution.outputs";
const GROUP_POLICY: &str = "remote_action.get_gpo_startup_impact_windows.execution.outputs";
const BOOT: &str = "device.boot.days_since_last_full_boot";

/// A device that nothing is wrong with.
fn healthy(playbook: &str) -> Map<String, Value> {
    let row = match playbook {
        "outlook" => json!({
            PLUGINS: "[\"-\"]",
            format!("{OUTLOOK}.outputs.IsOnline"): "Yes",
            format!("{OUTLOOK}.status"): "success",
            BOOT: 2,
            "outdated_office_packages": null,
        }),
        "onedrive" => json!({ ONEDRIVE: "OneDrive is installed and running" }),
        _ => json!({
            "free_space": 120.5,
            BOOT: 2,
            "outdated_office_packages": null,
            format!("{STARTUP}.HighImpactCount"): 0,
            format!("{STARTUP}.HighImpactApplications"): "[\"-\"]",
            format!("{STARTUP}.HighImpactActionableApplications"): "[\"-\"]",
            format!("{GROUP_POLICY}.UserGpoAppliedTimeInSeconds"): 1.5,
            format!("{GROUP_POLICY}.UserGpoDCDiscoveryInSeconds"): 0.5,
        }),
    };
    row.as_object().unwrap().clone()
}

/// Evaluates a healthy row with some columns changed, or, for `absent`, left out; in both shapes, which must agree.
fn evaluate(playbook: &str, changes: &Value) -> Evaluation {
    let mut row = healthy(playbook);
    for (column, value) in changes.as_object().unwrap() {
        let name = row.keys().find(|name| *name == column || name.ends_with(&format!(".{column}"))).cloned().unwrap();
        match value {
            Value::String(text) if text == "absent" => row.remove(&name),
            value => row.insert(name, value.clone()),
        };
    }
    let v1 = json!({ "headers": row.keys().collect::<Vec<_>>(), "data": [row.values().collect::<Vec<_>>()] });
    let v2 = json!({ "data": [row] });
    let [first, second] = [v1, v2].map(|answer| {
        let library = Library::built_in().unwrap();
        let playbook = library.get(playbook).unwrap();
        let response = Response { status: 200, headers: vec![], body: answer.to_string().into_bytes() };
        let table = execute::parse(&response).unwrap().table;
        let facts = playbook.facts(&table, 0, &[]).unwrap();
        playbook.evaluate(
            &facts,
            &Circumstances { locale: "en", now: None, remote_action_id: &|action| action.name.clone() },
        )
    });
    assert_eq!(first, second, "v1 and v2 differ for {changes}");
    first
}

fn finding(evaluation: &Evaluation, rule: &str) -> Finding {
    evaluation.findings.iter().find(|finding| finding.rule == rule).unwrap().clone()
}

/// One rule: rows on which it matches, does not match, and cannot tell.
fn holds(playbook: &str, rule: &str, recommends: &str, matches: &[Value], no_match: &[Value], unknown: &[Value]) {
    for (rows, expected) in [(matches, Verdict::Match), (no_match, Verdict::NoMatch), (unknown, Verdict::Unknown)] {
        for row in rows {
            let evaluation = evaluate(playbook, row);
            let finding = finding(&evaluation, rule);
            assert_eq!(finding.verdict, expected, "{rule} on {row}");
            let recommended = evaluation.recommendations.iter().find(|recommendation| recommendation.rule == rule);
            let title = recommended.map(|recommendation| recommendation.title.as_str());
            assert_eq!(title, (expected == Verdict::Match).then_some(recommends), "{rule} on {row}");
            assert_eq!(finding.missing.is_empty(), expected != Verdict::Unknown, "{rule} on {row}");
            assert_eq!(finding.reason.is_some(), expected == Verdict::Match, "{rule} on {row}");
        }
    }
}

#[test]
fn outlook_offline() {
    holds(
        "outlook",
        "offline",
        "Set Outlook online",
        &[json!({ "IsOnline": "No" }), json!({ "IsOnline": "no", "status": "Success" })],
        &[json!({}), json!({ "IsOnline": "Yes" })],
        &[
            json!({ "IsOnline": null }),
            json!({ "IsOnline": "-" }),
            json!({ "IsOnline": "" }),
            json!({ "IsOnline": "No", "status": "failure" }),
            json!({ "IsOnline": "No", "status": null }),
            json!({ "IsOnline": "absent" }),
        ],
    );
}

#[test]
fn outlook_crashed_plugins() {
    holds(
        "outlook",
        "crashed-plugins",
        "Set Outlook plugins",
        &[
            json!({ "CrashedPluginList": "[\"Zoom Outlook Plugin\"]" }),
            json!({ "CrashedPluginList": ["Zoom Outlook Plugin", "-"] }),
            json!({ "CrashedPluginList": "Zoom Outlook Plugin" }),
        ],
        &[
            json!({}),
            json!({ "CrashedPluginList": ["-"] }),
            json!({ "CrashedPluginList": [] }),
            json!({ "CrashedPluginList": "[]" }),
            json!({ "CrashedPluginList": "-" }),
        ],
        &[
            json!({ "CrashedPluginList": null }),
            json!({ "CrashedPluginList": "" }),
            json!({ "CrashedPluginList": "absent" }),
        ],
    );
}

#[test]
fn long_uptime_in_both_playbooks() {
    for playbook in ["outlook", "slow-pc"] {
        holds(
            playbook,
            "long-uptime",
            "Restart this PC",
            &[json!({ BOOT: 11 }), json!({ BOOT: "11" }), json!({ BOOT: 10.5 })],
            &[json!({ BOOT: 10 }), json!({ BOOT: "10" }), json!({ BOOT: 0 })],
            &[json!({ BOOT: null }), json!({ BOOT: "-" }), json!({ BOOT: "long ago" }), json!({ BOOT: "absent" })],
        );
    }
}

#[test]
fn outdated_office_in_both_playbooks() {
    for playbook in ["outlook", "slow-pc"] {
        holds(
            playbook,
            "outdated-office",
            "Repair Office 365",
            &[1, 2].map(|count| json!({ "outdated_office_packages": count })),
            // A count that is null counted nothing: that is known.
            &[json!({ "outdated_office_packages": null }), json!({ "outdated_office_packages": "0" })],
            &[json!({ "outdated_office_packages": "absent" }), json!({ "outdated_office_packages": "-" })],
        );
    }
}

#[test]
fn repairing_outlooks_data_file_is_offered_always_and_last() {
    for row in [
        json!({}),
        json!({ "IsOnline": "No", BOOT: 30 }),
        json!({ "IsOnline": null, BOOT: null, "CrashedPluginList": null }),
    ] {
        let evaluation = evaluate("outlook", &row);
        assert_eq!(finding(&evaluation, "repair-data-file").verdict, Verdict::Match);
        assert_eq!(evaluation.recommendations.last().unwrap().title, "Repair Outlook OST Problem", "{row}");
    }
}

#[test]
fn broken_onedrive() {
    let matching = [
        "OneDrive is not installed",
        "OneDrive is installed but not running",
        "OneDrive environment variable does not exist",
        "Error: onedrive FOLDER is not present for this user",
    ];
    holds(
        "onedrive",
        "broken-onedrive",
        "Repair OneDrive",
        &matching.map(|status| json!({ "OneDriveStatus": status })),
        &[json!({}), json!({ "OneDriveStatus": "OneDrive is up to date" })],
        &[json!({ "OneDriveStatus": null }), json!({ "OneDriveStatus": "-" }), json!({ "OneDriveStatus": "absent" })],
    );
}

#[test]
fn disk_full() {
    holds(
        "slow-pc",
        "disk-full",
        "Disk cleanup",
        &[json!({ "free_space": 6 }), json!({ "free_space": "5.99" }), json!({ "free_space": 0 })],
        &[json!({ "free_space": 6.01 }), json!({ "free_space": "10" })],
        &[
            json!({ "free_space": null }),
            json!({ "free_space": "" }),
            json!({ "free_space": "-" }),
            json!({ "free_space": "absent" }),
        ],
    );
}

#[test]
fn startup_load() {
    let applications = json!({ "HighImpactCount": 2, "HighImpactActionableApplications": "[\"Teams\",\"Spotify\"]" });
    holds(
        "slow-pc",
        "startup-load",
        "Disable Application from Startup menu",
        &[applications.clone(), json!({ "HighImpactCount": "1", "HighImpactActionableApplications": ["Teams"] })],
        &[json!({ "HighImpactCount": 0 }), json!({ "HighImpactCount": "0" })],
        &[
            json!({ "HighImpactCount": null }),
            json!({ "HighImpactCount": "-" }),
            json!({ "HighImpactCount": "absent" }),
        ],
    );
    let parameter = |row: &Value| evaluate("slow-pc", row).recommendations[0].params.clone().unwrap();
    assert_eq!(parameter(&applications).get("Applications").unwrap(), "Teams,Spotify");
    // A tenant whose script has no such output falls back to the other list.
    let older = json!({
        "HighImpactCount": 1, "HighImpactActionableApplications": "absent", "HighImpactApplications": ["Teams"],
    });
    assert_eq!(parameter(&older).get("Applications").unwrap(), "Teams");
}

#[test]
fn a_script_without_its_input_is_not_recommended() {
    for row in [
        // Known to be empty: there is nothing that the action could disable.
        json!({ "HighImpactCount": 1, "HighImpactActionableApplications": "[\"-\"]", "HighImpactApplications": ["Teams (900 ms)"] }),
        json!({ "HighImpactCount": 1, "HighImpactActionableApplications": null, "HighImpactApplications": null }),
    ] {
        let evaluation = evaluate("slow-pc", &row);
        let finding = finding(&evaluation, "startup-load");
        assert_eq!(finding.verdict, Verdict::Match);
        assert!(evaluation.recommendations.is_empty(), "{row}");
        assert!(!finding.missing.is_empty(), "{row}");
    }
}

#[test]
fn slow_group_policy() {
    let times = |applied: Value, discovery: Value| json!({ "UserGpoAppliedTimeInSeconds": applied, "UserGpoDCDiscoveryInSeconds": discovery });
    holds(
        "slow-pc",
        "slow-group-policy",
        "Update Group Policy settings",
        &[times(json!(6), json!(4.5)), times(json!("11"), json!(0))],
        &[times(json!(5), json!(5)), times(json!(0), json!("0"))],
        &[times(json!(50), Value::Null), times(json!("-"), json!(50)), times(json!(50), json!("absent"))],
    );
}

#[test]
fn what_is_unknown_says_why_and_what_would_supply_it() {
    for (row, rule, reason, supplier) in [
        (json!({ "IsOnline": null }), "offline", MissingReason::NotCollected, Some("Get Outlook online")),
        (
            json!({ "IsOnline": "No", "status": "failure" }),
            "offline",
            MissingReason::Failed,
            Some("Get Outlook online"),
        ),
        (json!({ "IsOnline": "-" }), "offline", MissingReason::NoValue, Some("Get Outlook online")),
        (
            json!({ "CrashedPluginList": "absent" }),
            "crashed-plugins",
            MissingReason::NotReturned,
            Some("Get Outlook plugin crash details"),
        ),
        (json!({ BOOT: "long ago" }), "long-uptime", MissingReason::Unreadable, None),
    ] {
        let finding = finding(&evaluate("outlook", &row), rule);
        let missing = finding.missing.first().unwrap();
        assert_eq!(missing.reason, reason, "{row}");
        assert_eq!(missing.supplied_by.as_ref().map(|supplier| supplier.title.as_str()), supplier, "{row}");
    }
}

#[test]
fn a_finding_shows_the_values_that_caused_it() {
    let finding = finding(&evaluate("slow-pc", &json!({ "free_space": "4.26" })), "disk-full");
    assert_eq!(finding.reason.as_deref(), Some("only 4.3 GB are free on the system drive"));
    let part = &finding.because[0];
    assert_eq!((part.condition.as_str(), part.values[0].column.as_str()), ("free_space <= 6", "free_space"));
    assert_eq!(part.values[0].value.as_text(), Some("4.26"));
}

#[test]
fn the_order_of_recommendations_is_the_playbooks() {
    let everything = json!({
        "free_space": 1, BOOT: 40, "outdated_office_packages": 3, "HighImpactCount": 1,
        "HighImpactActionableApplications": ["Teams"], "UserGpoAppliedTimeInSeconds": 60,
    });
    let evaluation = evaluate("slow-pc", &everything);
    let rules: Vec<&str> = evaluation.recommendations.iter().map(|found| found.rule.as_str()).collect();
    assert_eq!(rules, ["long-uptime", "disk-full", "startup-load", "slow-group-policy", "outdated-office"]);
}
