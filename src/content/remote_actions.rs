//! The remote actions that a tenant needs: those that are triggered, and those that collect data on a schedule.

use super::names::TenantNames;
use super::saved_queries::RequiredColumn;
use super::source::PlaybookSource;
use super::used_columns::used_columns;
use crate::api::remote_actions::same_remote_action;
use crate::json::record;
use crate::playbook::{FactKind, Playbook, RemoteAction, Risk, Schedule};

record! {
    lenient
    /// A remote action that is triggered: it needs the API trigger.
    #[derive(Debug, Clone, PartialEq)]
    pub struct RequiredRemoteAction {
        /// The playbooks' name for it: its key in `remoteActionIds`.
        pub name: String,
        /// Its NQL ID in the tenant.
        pub id: String,
        /// Its name in the Nexthink Library.
        pub title: String,
        /// Whether it interrupts the employee's work.
        pub risk: Risk,
        /// The platforms for which it needs a script, where the playbooks name some.
        pub platforms: Vec<String>,
        /// The inputs of its script that are filled.
        pub inputs: Vec<RequiredInput>,
        /// The rules that recommend it: `outlook/offline`.
        pub used_by: Vec<String>,
    }
}

record! {
    lenient
    /// An input of a script that a playbook fills.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct RequiredInput {
        /// Its name.
        pub name: String,
        /// Always the same text, …
        pub text: Option<String>,
        /// … or the first of these columns that has a value on the device.
        pub columns: Vec<String>,
    }
}

record! {
    lenient
    /// A remote action that collects data: it needs a schedule.
    #[derive(Debug, Clone, PartialEq)]
    pub struct RequiredDataCollection {
        /// Its NQL ID, as it stands in the queries.
        pub remote_action_id: String,
        /// Its name in the Nexthink Library.
        pub title: String,
        /// How often it has to run.
        pub schedule: Schedule,
        /// The platforms for which it needs a script, where the playbooks name some.
        pub platforms: Vec<String>,
        /// The outputs that are read.
        pub outputs: Vec<RequiredColumn>,
        /// The playbooks that read them.
        pub used_by: Vec<String>,
    }
}

/// Those that are triggered, each once.
pub(super) fn required_remote_actions(sources: &[PlaybookSource], names: &TenantNames) -> Vec<RequiredRemoteAction> {
    let mut required: Vec<RequiredRemoteAction> = Vec::new();
    for PlaybookSource { playbook, .. } in sources {
        for (position, action) in playbook.remote_actions.iter().enumerate() {
            let id = names.remote_action_id(action);
            let known = required.iter().position(|known| known.name == action.name && known.id == id);
            let known = known.unwrap_or_else(|| {
                required.push(RequiredRemoteAction {
                    name: action.name.clone(),
                    id,
                    title: action.title.clone(),
                    risk: action.risk,
                    platforms: Vec::new(),
                    inputs: Vec::new(),
                    used_by: Vec::new(),
                });
                required.len() - 1
            });
            let Some(known) = required.get_mut(known) else { continue };
            // A risk that one playbook knows of is one.
            known.risk = known.risk.max(action.risk);
            add_all(&mut known.platforms, playbook.platforms.clone());
            add_all(&mut known.inputs, inputs_of(action, playbook));
            let rules = playbook.rules.iter().filter(|rule| rule.remote_action == Some(position));
            add_all(&mut known.used_by, rules.map(|rule| format!("{}/{}", playbook.id, rule.id)).collect());
        }
    }
    required
}

fn inputs_of(action: &RemoteAction, playbook: &Playbook) -> Vec<RequiredInput> {
    let input = |(name, parameter): (&str, &crate::playbook::Parameter)| {
        let column = |position: &usize| playbook.columns.get(*position).map(|column| column.name.clone());
        RequiredInput {
            name: name.into(),
            text: parameter.text.clone(),
            columns: parameter.columns.iter().filter_map(column).collect(),
        }
    };
    action.parameters.iter().map(input).collect()
}

/// Those that collect data, each once, as often as the most impatient playbook needs it.
pub(super) fn required_data_collections(sources: &[PlaybookSource]) -> Vec<RequiredDataCollection> {
    let mut required: Vec<RequiredDataCollection> = Vec::new();
    for PlaybookSource { playbook, .. } in sources {
        for (position, collection) in playbook.data_collection.iter().enumerate() {
            let id = &collection.remote_action_id;
            let known = required.iter().position(|known| same_remote_action(&known.remote_action_id, id));
            let known = known.unwrap_or_else(|| {
                required.push(RequiredDataCollection {
                    remote_action_id: id.clone(),
                    title: collection.title.clone(),
                    schedule: collection.schedule,
                    platforms: Vec::new(),
                    outputs: Vec::new(),
                    used_by: Vec::new(),
                });
                required.len() - 1
            });
            let Some(known) = required.get_mut(known) else { continue };
            // Declared from the most frequent on.
            known.schedule = known.schedule.min(collection.schedule);
            add_all(&mut known.platforms, playbook.platforms.clone());
            add_all(&mut known.used_by, vec![playbook.id.clone()]);
            for output in outputs_of(playbook, position) {
                match known.outputs.iter_mut().find(|known| known.name.eq_ignore_ascii_case(&output.name)) {
                    Some(known) => known.essential |= output.essential,
                    None => known.outputs.push(output),
                }
            }
        }
    }
    required
}

/// The outputs that a playbook reads of one of its data collections.
fn outputs_of(playbook: &Playbook, collection: usize) -> Vec<RequiredColumn> {
    let mut outputs = Vec::new();
    for (column, essential) in playbook.columns.iter().zip(used_columns(playbook)) {
        if column.kind == FactKind::Output
            && column.collected_by == Some(collection)
            && let Some(name) = column.name.rsplit('.').next()
        {
            outputs.push(RequiredColumn { name: name.into(), essential });
        }
    }
    outputs
}

fn add_all<T: PartialEq>(known: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !known.contains(&one) {
            known.push(one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_of_two_playbooks_is_required_once_by_the_rules_of_both() {
        let actions = required_remote_actions(&PlaybookSource::built_in().unwrap(), &TenantNames::default());
        let repairs: Vec<_> = actions.iter().filter(|action| action.name == "repair_office_365").collect();
        assert_eq!(repairs.len(), 1);
        assert_eq!(repairs[0].used_by, ["outlook/outdated-office", "slow-pc/outdated-office"]);
        assert_eq!((repairs[0].risk, &*repairs[0].platforms), (Risk::Disruptive, &["Windows".to_owned()][..]));
    }

    #[test]
    fn the_inputs_that_are_filled_are_told_with_what_fills_them() {
        let names = TenantNames {
            remote_action_ids: [("disable_application_from_startup_menu".to_owned(), "#theirs".to_owned())]
                .into_iter()
                .collect(),
            ..TenantNames::default()
        };
        let actions = required_remote_actions(&PlaybookSource::built_in().unwrap(), &names);
        let action = actions.iter().find(|action| action.id == "#theirs").unwrap();
        assert_eq!(action.inputs.len(), 1);
        assert_eq!((action.inputs[0].name.as_str(), &action.inputs[0].text), ("Applications", &None));
        assert!(action.inputs[0].columns[0].ends_with("HighImpactActionableApplications"));
    }

    #[test]
    fn a_data_collection_is_told_with_the_outputs_that_are_read_and_which_of_them_decide() {
        let collections = required_data_collections(&PlaybookSource::built_in().unwrap());
        let startup = collections.iter().find(|one| one.remote_action_id == "get_startup_impact_windows").unwrap();
        let outputs: Vec<_> = startup.outputs.iter().map(|output| (output.name.as_str(), output.essential)).collect();
        assert_eq!(
            outputs[..3],
            [("HighImpactCount", true), ("HighImpactApplications", false), ("HighImpactActionableApplications", false)]
        );
        assert_eq!(startup.schedule, Schedule::Daily);
    }
}
