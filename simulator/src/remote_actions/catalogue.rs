//! The remote actions that the tenant's administrator has installed from the Library or written.

use super::definition::{Input, Inputs, Kind, Origin, OutputType, Outputs, RemoteAction, Schedule, Triggers};
use super::{reports, scripts};
use crate::fleet::{Facts, Platform};
use crate::json::{Ordered, TimeStyle, cell};

/// Outputs as `remote_action.execution.outputs` holds them: the JSON text of one object.
pub(crate) fn outputs_text(action: &RemoteAction, outputs: &[nexthink_chatbot::nql::Value]) -> String {
    let pairs = action.outputs.iter().zip(outputs).map(|(name, value)| (*name, cell(value, TimeStyle::Utc)));
    serde_json::to_string(&Ordered(pairs.collect())).unwrap_or_default()
}

/// The position of an action in the catalogue, by its NQL ID with or without the `#`.
pub(crate) fn find(id: &str) -> Option<usize> {
    let id = id.strip_prefix('#').unwrap_or(id);
    CATALOGUE.iter().position(|action| action.id.eq_ignore_ascii_case(id))
}

impl RemoteAction {
    /// The action at a position in the catalogue.
    pub fn at(position: usize) -> Option<&'static Self> {
        CATALOGUE.get(position)
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = (usize, &'static Self)> {
        CATALOGUE.iter().enumerate()
    }
}

const fn collects(
    id: &'static str,
    name: &'static str,
    description: &'static str,
    schedule: Schedule,
    outputs: &'static [&'static str],
    output_types: &'static [OutputType],
    read: fn(&Facts) -> Option<Outputs>,
) -> RemoteAction {
    RemoteAction {
        id,
        name,
        description,
        platforms: &[Platform::Windows],
        inputs: &[],
        outputs,
        output_types,
        triggers: Triggers { api: false, manual: false, workflow: true },
        origin: Origin::Library("5.0.2.0"),
        kind: Kind::DataCollection { schedule, hardware: &["laptop", "desktop"], read },
    }
}

const fn repairs(
    id: &'static str,
    name: &'static str,
    description: &'static str,
    seconds: i64,
    run: fn(&mut Facts, &Inputs) -> Result<Outputs, String>,
) -> RemoteAction {
    RemoteAction {
        id,
        name,
        description,
        platforms: &[Platform::Windows],
        inputs: &[],
        outputs: &[],
        output_types: &[],
        triggers: Triggers { api: true, manual: true, workflow: true },
        origin: Origin::Library("2.0.1.0"),
        kind: Kind::Remediation { seconds, run },
    }
}

/// The order is part of every tenant: the minute at which an action collects comes from its position.
static CATALOGUE: [RemoteAction; 18] = [
    collects(
        "get_outlook_online_windows",
        "Get Outlook online",
        "Tells whether Outlook is connected to its server.",
        Schedule::Hourly,
        &["IsOnline"],
        &[OutputType::String],
        reports::outlook_online,
    ),
    collects(
        "get_outlook_plugin_crash_details_windows",
        "Get Outlook plugin crash details",
        "Lists the add-ins that made Outlook crash.",
        Schedule::Hourly,
        &["CrashedPluginList"],
        &[OutputType::StringList],
        reports::crashed_plugins,
    ),
    collects(
        "get_onedrive_status",
        "Get OneDrive status",
        "Tells whether OneDrive is installed, running and set up.",
        Schedule::Hourly,
        &["OneDriveStatus"],
        &[OutputType::String],
        reports::onedrive_status,
    ),
    RemoteAction {
        inputs: &[
            Input {
                id: "ApplicationsToExclude",
                description: "Applications that are left out, separated by commas.",
                options: &[],
                allow_custom_value: true,
            },
            Input {
                id: "XMLMaxAgeInDays",
                description: "How old the analysis may be, from 0 to 60 days.",
                options: &["7", "14", "30"],
                allow_custom_value: true,
            },
        ],
        ..collects(
            "get_startup_impact_windows",
            "Get startup impact",
            "Measures which applications slow down the start of the device.",
            Schedule::Daily,
            &["HighImpactCount", "HighImpactApplications", "HighImpactActionableApplications"],
            &[OutputType::UInt32, OutputType::StringList, OutputType::StringList],
            reports::startup_impact,
        )
    },
    collects(
        "get_gpo_startup_impact_windows",
        "Get GPO startup impact",
        "Measures how long group policies take at sign-in.",
        Schedule::Daily,
        &["UserGpoAppliedTimeInSeconds", "UserGpoDCDiscoveryInSeconds"],
        &[OutputType::Float, OutputType::Float],
        reports::group_policy,
    ),
    repairs(
        "set_outlook_online",
        "Set Outlook online",
        "Ends Outlook's work offline.",
        20,
        scripts::set_outlook_online,
    ),
    repairs(
        "set_outlook_plugins",
        "Set Outlook plugins",
        "Disables the add-ins that crash.",
        30,
        scripts::set_outlook_plugins,
    ),
    repairs("repair_office_365", "Repair Office 365", "Repairs and updates Office.", 600, scripts::repair_office),
    repairs(
        "repair_outlook_ost_problem",
        "Repair Outlook OST Problem",
        "Rebuilds Outlook's offline data file.",
        120,
        scripts::repair_data_file,
    ),
    repairs("repair_onedrive", "Repair OneDrive", "Resets OneDrive and starts it.", 60, scripts::repair_onedrive),
    RemoteAction {
        outputs: &["CleanupSpace"],
        output_types: &[OutputType::Size],
        ..repairs(
            "disk_cleanup",
            "Disk cleanup",
            "Deletes files that nobody needs from the system drive.",
            300,
            scripts::disk_cleanup,
        )
    },
    RemoteAction {
        inputs: &[Input {
            id: "Applications",
            description: "The applications to disable, separated by commas.",
            options: &[],
            allow_custom_value: true,
        }],
        outputs: &["DisabledApplications"],
        output_types: &[OutputType::StringList],
        ..repairs(
            "disable_application_from_startup_menu",
            "Disable Application from Startup menu",
            "Keeps applications from starting with the device.",
            30,
            scripts::disable_applications,
        )
    },
    repairs(
        "update_group_policy_settings",
        "Update Group Policy settings",
        "Fetches and applies the group policies anew.",
        60,
        scripts::update_group_policy,
    ),
    RemoteAction {
        kind: Kind::DataCollection { schedule: Schedule::Daily, hardware: &["laptop"], read: reports::battery },
        ..collects(
            "get_battery_status",
            "Get battery status",
            "Reports the health of the battery.",
            Schedule::Daily,
            &[
                "BatteryHealth",
                "BatteryDesignedCapacity",
                "BatteryFullChargeCapacity",
                "BatteryCycleCount",
                "EstimatedBatteryLife",
                "PowerPlan",
            ],
            &[
                OutputType::Ratio,
                OutputType::UInt32,
                OutputType::UInt32,
                OutputType::UInt32,
                OutputType::Duration,
                OutputType::String,
            ],
            reports::battery,
        )
    },
    RemoteAction {
        inputs: &[
            Input {
                id: "ServiceName",
                description: "The service to restart.",
                options: &scripts::SERVICES,
                allow_custom_value: false,
            },
            Input {
                id: "MaximumDelayInSeconds",
                description: "How long the script may wait before it begins, from 0 to 600 seconds.",
                options: &["0", "60"],
                allow_custom_value: true,
            },
        ],
        outputs: &["ServiceStatus", "LastError"],
        output_types: &[OutputType::String, OutputType::String],
        ..repairs(
            "restart_windows_service",
            "Restart Windows service",
            "Restarts one of the services that are known to hang.",
            15,
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
            scripts::reset_browser_profile,
        )
    },
    RemoteAction {
        platforms: &[Platform::MacOs],
        outputs: &["CleanupSpace"],
        output_types: &[OutputType::Size],
        ..repairs(
            "empty_trash_macos",
            "Empty trash",
            "Empties the trash of the employee who is signed in.",
            45,
            scripts::empty_trash,
        )
    },
    RemoteAction {
        platforms: &[Platform::Windows, Platform::MacOs],
        outputs: &["AudioStatus"],
        output_types: &[OutputType::String],
        origin: Origin::Custom,
        ..repairs("restart_audio", "Restart audio", "", 10, scripts::restart_audio)
    },
];

#[cfg(test)]
mod tests {
    use nexthink_chatbot::playbook::BUILT_IN;
    use serde_json::Value as Json;

    use super::*;

    #[test]
    fn what_the_playbooks_need_is_installed_and_configured_as_they_say() {
        for built_in in &BUILT_IN {
            let playbook: Json = serde_json::from_str(built_in.json).unwrap();
            for wanted in playbook["dataCollection"].as_array().unwrap() {
                let action = &CATALOGUE[find(wanted["remoteActionId"].as_str().unwrap()).unwrap()];
                assert_eq!(action.name, wanted["title"]);
                let Kind::DataCollection { schedule, .. } = action.kind else { panic!("{}", action.id) };
                assert_eq!(schedule == Schedule::Daily, wanted["schedule"] == "daily", "{}", action.id);
            }
            for (id, wanted) in playbook["remoteActions"].as_object().unwrap() {
                let action = &CATALOGUE[find(id).unwrap()];
                assert_eq!(action.name, wanted["title"]);
                assert!(matches!(action.kind, Kind::Remediation { .. }) && action.has_api_trigger(), "{id}");
                let mut given = wanted["parameters"].as_object().into_iter().flat_map(|all| all.keys());
                assert!(given.all(|name| action.input(name).is_some()), "{id}");
            }
        }
    }

    #[test]
    fn an_action_is_found_with_and_without_the_number_sign() {
        assert_eq!(find("#disk_cleanup"), find("disk_cleanup"));
        assert!(find("Disk_Cleanup").is_some());
        assert_eq!(find("##disk_cleanup"), None);
    }

    #[test]
    fn every_report_and_script_gives_a_value_for_each_output_and_each_has_a_type() {
        let healthy = Facts::healthy(Platform::Windows, 1e9, nexthink_chatbot::nql::Timestamp(0));
        let inputs = Inputs::from([
            ("Applications".to_owned(), "A".to_owned()),
            ("ServiceName".to_owned(), scripts::SERVICES[0].to_owned()),
        ]);
        for action in &CATALOGUE {
            let mut facts = Facts { high_impact_applications: Some(vec!["A".into()]), ..healthy.clone() };
            let outputs = match action.kind {
                Kind::DataCollection { read, .. } => read(&facts).unwrap(),
                Kind::Remediation { run, .. } => run(&mut facts, &inputs).unwrap(),
            };
            assert_eq!(outputs.len(), action.outputs.len(), "{}", action.id);
            assert_eq!(action.output_types.len(), action.outputs.len(), "{}", action.id);
        }
    }
}
