//! The remote actions that the tenant's administrator has installed from the Library, and how they are configured.

use std::collections::BTreeMap;

use nexthink_chatbot::nql::{DAY, HOUR, Value};

use super::{reports, scripts};
use crate::fleet::{Facts, Platform};
use crate::json::{Ordered, TimeStyle, cell};

/// The values that a script gives, in the order of `RemoteAction::outputs`.
pub(crate) type Outputs = Vec<Value>;

/// One remote action.
#[derive(Debug)]
pub(crate) struct RemoteAction {
    /// The NQL ID.
    pub id: &'static str,
    pub name: &'static str,
    /// The one platform that it has a script for.
    pub platform: Platform,
    /// The names of the script's outputs.
    pub outputs: &'static [&'static str],
    pub kind: Kind,
}

/// What it is for decides how it is triggered.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Runs by itself on a schedule and has no API trigger. Reads; none where there is nothing to read.
    DataCollection { schedule: Schedule, read: fn(&Facts) -> Option<Outputs> },
    /// Runs when the API triggers it. Gives outputs, or the error text with which the script ends.
    Remediation {
        /// The names of the script's inputs.
        inputs: &'static [&'static str],
        seconds: i64,
        run: fn(&mut Facts, &BTreeMap<String, String>) -> Result<Outputs, String>,
    },
}

/// How often data is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Schedule {
    Hourly,
    Daily,
}

impl Schedule {
    pub const fn period(self) -> i64 {
        match self {
            Self::Hourly => HOUR,
            Self::Daily => DAY,
        }
    }
}

impl RemoteAction {
    /// Whether the API may trigger it.
    pub const fn has_api_trigger(&self) -> bool {
        matches!(self.kind, Kind::Remediation { .. })
    }

    /// `data_collection` or `remediation`, as NQL calls it.
    pub const fn purpose(&self) -> &'static str {
        match self.kind {
            Kind::DataCollection { .. } => "data_collection",
            Kind::Remediation { .. } => "remediation",
        }
    }

    /// What a script that fails leaves in every output.
    pub fn no_outputs(&self) -> Outputs {
        vec!["-".into(); self.outputs.len()]
    }
}

/// Outputs as `remote_action.execution.outputs` holds them: the JSON text of one object.
pub(crate) fn outputs_text(action: &RemoteAction, outputs: &[Value]) -> String {
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
    schedule: Schedule,
    outputs: &'static [&'static str],
    read: fn(&Facts) -> Option<Outputs>,
) -> RemoteAction {
    RemoteAction { id, name, platform: Platform::Windows, outputs, kind: Kind::DataCollection { schedule, read } }
}

const fn repairs(
    id: &'static str,
    name: &'static str,
    seconds: i64,
    outputs: &'static [&'static str],
    run: fn(&mut Facts, &BTreeMap<String, String>) -> Result<Outputs, String>,
) -> RemoteAction {
    RemoteAction {
        id,
        name,
        platform: Platform::Windows,
        outputs,
        kind: Kind::Remediation { inputs: &[], seconds, run },
    }
}

static CATALOGUE: [RemoteAction; 13] = [
    collects(
        "get_outlook_online_windows",
        "Get Outlook online",
        Schedule::Hourly,
        &["IsOnline"],
        reports::outlook_online,
    ),
    collects(
        "get_outlook_plugin_crash_details_windows",
        "Get Outlook plugin crash details",
        Schedule::Hourly,
        &["CrashedPluginList"],
        reports::crashed_plugins,
    ),
    collects(
        "get_onedrive_status",
        "Get OneDrive status",
        Schedule::Hourly,
        &["OneDriveStatus"],
        reports::onedrive_status,
    ),
    collects(
        "get_startup_impact_windows",
        "Get startup impact",
        Schedule::Daily,
        &["HighImpactCount", "HighImpactApplications", "HighImpactActionableApplications"],
        reports::startup_impact,
    ),
    collects(
        "get_gpo_startup_impact_windows",
        "Get GPO startup impact",
        Schedule::Daily,
        &["UserGpoAppliedTimeInSeconds", "UserGpoDCDiscoveryInSeconds"],
        reports::group_policy,
    ),
    repairs("set_outlook_online", "Set Outlook online", 20, &[], scripts::set_outlook_online),
    repairs("set_outlook_plugins", "Set Outlook plugins", 30, &[], scripts::set_outlook_plugins),
    repairs("repair_office_365", "Repair Office 365", 600, &[], scripts::repair_office),
    repairs("repair_outlook_ost_problem", "Repair Outlook OST Problem", 120, &[], scripts::repair_data_file),
    repairs("repair_onedrive", "Repair OneDrive", 60, &[], scripts::repair_onedrive),
    repairs("disk_cleanup", "Disk cleanup", 300, &["CleanupSpace"], scripts::disk_cleanup),
    RemoteAction {
        kind: Kind::Remediation { inputs: &["Applications"], seconds: 30, run: scripts::disable_applications },
        ..repairs(
            "disable_application_from_startup_menu",
            "Disable Application from Startup menu",
            30,
            &["DisabledApplications"],
            scripts::disable_applications,
        )
    },
    repairs("update_group_policy_settings", "Update Group Policy settings", 60, &[], scripts::update_group_policy),
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
                let Kind::Remediation { inputs, .. } = action.kind else { panic!("{id}") };
                let given = wanted["parameters"].as_object().into_iter().flat_map(|all| all.keys());
                assert!(given.clone().all(|name| inputs.contains(&name.as_str())), "{id}");
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
    fn every_report_and_script_gives_a_value_for_each_output() {
        let healthy = Facts::healthy(Platform::Windows, 1e9, nexthink_chatbot::nql::Timestamp(0));
        let inputs = BTreeMap::from([("Applications".to_owned(), "A".to_owned())]);
        for action in &CATALOGUE {
            let mut facts = Facts { high_impact_applications: Some(vec!["A".into()]), ..healthy.clone() };
            let outputs = match action.kind {
                Kind::DataCollection { read, .. } => read(&facts).unwrap(),
                Kind::Remediation { run, .. } => run(&mut facts, &inputs).unwrap(),
            };
            assert_eq!(outputs.len(), action.outputs.len(), "{}", action.id);
        }
    }
}
