//! The tenant's remote actions, as its list tells them, and what is asked of both kinds: that which is triggered and that
//! which collects data. What the list leaves out or nulls cannot be told, which is not the same as wrong.

use super::connection::{PERMISSION_REMOTE_ACTIONS, blocked_or_again};
use super::probe::{Outcomes, REMOTE_ACTIONS};
use super::report::{Findings, NotCheckedReason, Subject};
use crate::api::remote_actions::definition::RemoteAction;
use crate::api::remote_actions::same_remote_action;
use crate::json::Read;

/// The remote actions of a tenant.
pub(super) struct TenantActions(Vec<RemoteAction>);

/// The subject of one that is triggered or collects data: its ID in the report, its title for people.
pub(super) fn subject(kind: &str, name: &str, id: &str, title: &str) -> Subject {
    let what = if kind == "data-collection" { "Data collection" } else { "Remote action" };
    Subject::new(format!("{kind}:{name}"), format!("{what} `{}` ({title})", bare(id)))
}

impl TenantActions {
    /// The list, where the tenant gave one; else the subjects are told as not checked.
    pub fn of(outcomes: Outcomes<'_>, found: &mut Findings) -> Option<Self> {
        if let Some(Ok(actions)) = outcomes.output(REMOTE_ACTIONS).map(|output| Vec::read(output.clone())) {
            return Some(Self(actions));
        }
        let error = outcomes.get(REMOTE_ACTIONS).and_then(|outcome| outcome.error.as_ref());
        let subject = Subject::new(REMOTE_ACTIONS, "Remote actions and data collections");
        blocked_or_again(subject, PERMISSION_REMOTE_ACTIONS, error, found);
        None
    }

    pub fn get(&self, id: &str) -> Option<&RemoteAction> {
        self.0.iter().find(|action| same_remote_action(&action.id, id))
    }

    /// The NQL IDs of those that are called so.
    pub fn called(&self, title: &str) -> Vec<String> {
        let is_it = |action: &&RemoteAction| {
            !action.id.is_empty()
                && action.name.as_ref().is_some_and(|name| name.trim().eq_ignore_ascii_case(title.trim()))
        };
        self.0.iter().filter(is_it).map(|action| format!("#{}", bare(&action.id))).collect()
    }
}

/// Whether it has a script for each platform.
pub(super) fn check_platforms(action: &RemoteAction, platforms: &[String], subject: &Subject, found: &mut Findings) {
    let script = &action.script_info;
    let (mut missing, mut untold) = (Vec::new(), Vec::new());
    for platform in platforms {
        let has_script = match platform.to_ascii_lowercase().as_str() {
            "windows" => script.has_script_windows,
            "macos" => script.has_script_mac_os,
            _ => continue,
        };
        match has_script {
            Some(true) => {}
            Some(false) => missing.push(platform.as_str()),
            None => untold.push(platform.as_str()),
        }
    }
    let part = subject.part("platform", "its script");
    if !missing.is_empty() {
        let missing = missing.join(" and ");
        found.error(
            part,
            format!("It has no script for {missing}, where the playbooks use it."),
            format!("In Remote actions, open it and add a script for {missing}, or install the remote action from the Nexthink Library that has one."),
        );
    } else if !untold.is_empty() {
        let untold = untold.join(" and ");
        found.not_checked(
            NotCheckedReason::NotTold,
            part,
            format!("The tenant does not tell whether it has a script for {untold}."),
            format!("In Remote actions, open it and see that it has a script for {untold}."),
        );
    }
}

/// An NQL ID without its `#`.
pub(super) fn bare(id: &str) -> &str {
    id.trim_start_matches('#')
}

/// Names in a sentence.
pub(super) fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
