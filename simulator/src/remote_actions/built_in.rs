//! The remote actions that the tenant's administrator has installed from the Library or written.

use super::definition::OutputType::{Duration, Float, Ratio, Size, String as Text, StringList, UInt32};
use super::definition::{
    Collection, Gives, Input, Inputs, Kind, Origin, Output, Outputs, Read, RemoteAction, Schedule, Script, Triggers,
};
use super::{reports, scripts};
use crate::fleet::{Facts, Platform};

fn collects(
    id: &str,
    name: &str,
    description: &str,
    schedule: Schedule,
    outputs: Gives,
    read: fn(&Facts) -> Option<Outputs>,
) -> RemoteAction {
    RemoteAction {
        id: id.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        platforms: vec![Platform::Windows],
        inputs: vec![],
        outputs: named(outputs),
        triggers: Triggers { api: false, manual: false, workflow: true },
        origin: Origin::Library("5.0.2.0"),
        kind: Kind::DataCollection {
            collection: Collection { schedule: Some(schedule), until: None },
            read: Some(Read { outputs, read }),
        },
    }
}

fn repairs(
    id: &str,
    name: &str,
    description: &str,
    seconds: i64,
    outputs: Gives,
    run: fn(&mut Facts, &Inputs) -> Result<Outputs, String>,
) -> RemoteAction {
    RemoteAction {
        id: id.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        platforms: vec![Platform::Windows],
        inputs: vec![],
        outputs: named(outputs),
        triggers: Triggers { api: true, manual: true, workflow: true },
        origin: Origin::Library("2.0.1.0"),
        kind: Kind::Remediation { seconds, script: Script::BuiltIn { outputs, run } },
    }
}

fn named(outputs: Gives) -> Vec<Output> {
    outputs.iter().map(|(name, kind)| Output { name: (*name).to_owned(), kind: *kind }).collect()
}

fn input(id: &str, description: &str, options: &[&str], allow_custom_value: bool) -> Input {
    let options = options.iter().map(|option| (*option).to_owned()).collect();
    Input { id: id.to_owned(), description: description.to_owned(), options, allow_custom_value }
}

/// All of them. The order is part of every tenant: the minute at which an action collects comes from its position.
pub(super) fn all() -> Vec<RemoteAction> {
    vec![
        collects(
            "get_outlook_online_windows",
            "Get Outlook online",
            "Tells whether Outlook is connected to its server.",
            Schedule::Hourly,
            &[("IsOnline", Text)],
            reports::outlook_online,
        ),
        collects(
            "get_outlook_plugin_crash_details_windows",
            "Get Outlook plugin crash details",
            "Lists the add-ins that made Outlook crash.",
            Schedule::Hourly,
            &[("CrashedPluginList", StringList)],
            reports::crashed_plugins,
        ),
        collects(
            "get_onedrive_status",
            "Get OneDrive status",
            "Tells whether OneDrive is installed, running and set up.",
            Schedule::Hourly,
            &[("OneDriveStatus", Text)],
            reports::onedrive_status,
        ),
        RemoteAction {
            inputs: vec![
                input("ApplicationsToExclude", "Applications that are left out, separated by commas.", &[], true),
                input("XMLMaxAgeInDays", "How old the analysis may be, from 0 to 60 days.", &["7", "14", "30"], true),
            ],
            ..collects(
                "get_startup_impact_windows",
                "Get startup impact",
                "Measures which applications slow down the start of the device.",
                Schedule::Daily,
                &[
                    ("HighImpactCount", UInt32),
                    ("HighImpactApplications", StringList),
                    ("HighImpactActionableApplications", StringList),
                ],
                reports::startup_impact,
            )
        },
        collects(
            "get_gpo_startup_impact_windows",
            "Get GPO startup impact",
            "Measures how long group policies take at sign-in.",
            Schedule::Daily,
            &[("UserGpoAppliedTimeInSeconds", Float), ("UserGpoDCDiscoveryInSeconds", Float)],
            reports::group_policy,
        ),
        repairs(
            "set_outlook_online",
            "Set Outlook online",
            "Ends Outlook's work offline.",
            20,
            &[],
            scripts::set_outlook_online,
        ),
        repairs(
            "set_outlook_plugins",
            "Set Outlook plugins",
            "Disables the add-ins that crash.",
            30,
            &[],
            scripts::set_outlook_plugins,
        ),
        repairs(
            "repair_office_365",
            "Repair Office 365",
            "Repairs and updates Office.",
            600,
            &[],
            scripts::repair_office,
        ),
        repairs(
            "repair_outlook_ost_problem",
            "Repair Outlook OST Problem",
            "Rebuilds Outlook's offline data file.",
            120,
            &[],
            scripts::repair_data_file,
        ),
        repairs(
            "repair_onedrive",
            "Repair OneDrive",
            "Resets OneDrive and starts it.",
            60,
            &[],
            scripts::repair_onedrive,
        ),
        repairs(
            "disk_cleanup",
            "Disk cleanup",
            "Deletes files that nobody needs from the system drive.",
            300,
            &[("CleanupSpace", Size)],
            scripts::disk_cleanup,
        ),
        RemoteAction {
            inputs: vec![input("Applications", "The applications to disable, separated by commas.", &[], true)],
            ..repairs(
                "disable_application_from_startup_menu",
                "Disable Application from Startup menu",
                "Keeps applications from starting with the device.",
                30,
                &[("DisabledApplications", StringList)],
                scripts::disable_applications,
            )
        },
        repairs(
            "update_group_policy_settings",
            "Update Group Policy settings",
            "Fetches and applies the group policies anew.",
            60,
            &[],
            scripts::update_group_policy,
        ),
        collects(
            "get_battery_status",
            "Get battery status",
            "Reports the health of the battery.",
            Schedule::Daily,
            &[
                ("BatteryHealth", Ratio),
                ("BatteryDesignedCapacity", UInt32),
                ("BatteryFullChargeCapacity", UInt32),
                ("BatteryCycleCount", UInt32),
                ("EstimatedBatteryLife", Duration),
                ("PowerPlan", Text),
            ],
            reports::battery,
        ),
        RemoteAction {
            inputs: vec![
                input("ServiceName", "The service to restart.", &scripts::SERVICES, false),
                input(
                    "MaximumDelayInSeconds",
                    "How long the script may wait before it begins, from 0 to 600 seconds.",
                    &["0", "60"],
                    true,
                ),
            ],
            ..repairs(
                "restart_windows_service",
                "Restart Windows service",
                "Restarts one of the services that are known to hang.",
                15,
                &[("ServiceStatus", Text), ("LastError", Text)],
                scripts::restart_service,
            )
        },
        RemoteAction {
            triggers: Triggers { api: false, manual: true, workflow: false },
            ..repairs(
                "reset_browser_profile",
                "Reset browser profile",
                "Deletes the profile of the browser. An agent talks to the employee first.",
                90,
                &[],
                scripts::reset_browser_profile,
            )
        },
        RemoteAction {
            platforms: vec![Platform::MacOs],
            ..repairs(
                "empty_trash_macos",
                "Empty trash",
                "Empties the trash of the employee who is signed in.",
                45,
                &[("CleanupSpace", Size)],
                scripts::empty_trash,
            )
        },
        RemoteAction {
            platforms: vec![Platform::Windows, Platform::MacOs],
            origin: Origin::Custom,
            ..repairs("restart_audio", "Restart audio", "", 10, &[("AudioStatus", Text)], scripts::restart_audio)
        },
    ]
}

#[cfg(test)]
mod tests {
    use nexthink_chatbot::playbook::BUILT_IN;
    use serde_json::Value as Json;

    use super::*;

    fn find(id: &str) -> RemoteAction {
        all().into_iter().find(|action| action.id == id).unwrap()
    }

    #[test]
    fn what_the_playbooks_need_is_installed_and_configured_as_they_say() {
        for built_in in &BUILT_IN {
            let playbook: Json = serde_json::from_str(built_in.json).unwrap();
            for wanted in playbook["dataCollection"].as_array().unwrap() {
                let action = find(wanted["remoteActionId"].as_str().unwrap());
                assert_eq!(action.name, wanted["title"]);
                let schedule = action.collection().unwrap().schedule;
                assert_eq!(serde_json::to_value(schedule).unwrap(), wanted["schedule"], "{}", action.id);
            }
            for (id, wanted) in playbook["remoteActions"].as_object().unwrap() {
                let action = find(id);
                assert_eq!(action.name, wanted["title"]);
                assert!(matches!(action.kind, Kind::Remediation { .. }) && action.has_api_trigger(), "{id}");
                let mut given = wanted["parameters"].as_object().into_iter().flat_map(|all| all.keys());
                assert!(given.all(|name| action.input(name).is_some()), "{id}");
            }
        }
    }

    #[test]
    fn every_report_and_script_gives_a_value_for_each_output() {
        let healthy = Facts::healthy(Platform::Windows, 1e9, nexthink_chatbot::nql::Timestamp(0));
        let inputs = Inputs::from([
            ("Applications".to_owned(), "A".to_owned()),
            ("ServiceName".to_owned(), scripts::SERVICES[0].to_owned()),
        ]);
        for action in all() {
            let mut facts = Facts { high_impact_applications: Some(vec!["A".into()]), ..healthy.clone() };
            let outputs = match &action.kind {
                Kind::DataCollection { read, .. } => (read.unwrap().read)(&facts).unwrap(),
                Kind::Remediation { script: Script::BuiltIn { run, .. }, .. } => run(&mut facts, &inputs).unwrap(),
                Kind::Remediation { .. } => panic!("{} has no script", action.id),
            };
            assert_eq!(outputs.len(), action.outputs.len(), "{}", action.id);
        }
    }
}
