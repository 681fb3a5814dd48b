//! What is declared and not used, and what is used and supplied by nobody.

use super::Findings;
use crate::api::remote_actions::same_remote_action;
use crate::nql::{ColumnKind, Query};
use crate::playbook::compiled::{Parameter, Playbook, Rule};
use crate::playbook::condition::When;
use crate::playbook::mistake::{Mistake, below, element};
use crate::playbook::model::Model;

pub(super) fn check(model: &Model, query: Option<&Query>, playbook: &Playbook, found: &mut Findings) {
    for (name, _) in model.remote_actions.iter() {
        if !model.rules.iter().any(|rule| rule.remote_action.as_deref() == Some(name)) {
            let message = format!("no rule recommends `{name}`");
            let help = "name it in the `remoteAction` of a rule, or leave it out";
            found.warning(Mistake::new(&below("/remoteActions", name), message).help(help));
        }
    }
    platforms(model, found);
    let Some(query) = query else { return };
    if !found.is_broken("/dataCollection") {
        collections(model, query, found);
    }
    for (position, rule) in playbook.rules.iter().enumerate() {
        let at = element("/rules", position);
        if !found.is_broken(&at) {
            freshness(playbook, rule, &at, found);
        }
    }
}

/// A playbook for a platform that no device has never applies, without a word.
fn platforms(model: &Model, found: &mut Findings) {
    for (position, platform) in model.platforms.iter().enumerate() {
        if !PLATFORMS.iter().any(|known| known.eq_ignore_ascii_case(platform)) {
            let message = format!("`{platform}` is no platform that is known");
            let help = "write it as `operating_system.platform` has it: `Windows` or `macOS`";
            found.warning(Mistake::new(&element("/platforms", position), message).help(help));
        }
    }
}

const PLATFORMS: [&str; 3] = ["Windows", "macOS", "Linux"];

/// The remote actions whose outputs the query lists, and those that collect data.
fn collections(model: &Model, query: &Query, found: &mut Findings) {
    let columns = query.columns();
    let mut told: Vec<&str> = Vec::new();
    for column in &columns {
        let ColumnKind::RemoteActionOutput(id) = &column.kind else { continue };
        let is_known =
            model.data_collection.iter().any(|collection| same_remote_action(&collection.remote_action_id, id));
        if is_known || told.iter().any(|known| same_remote_action(known, id)) {
            continue;
        }
        told.push(id);
        let message = format!("the query lists what `{id}` collects, which is not in `dataCollection`");
        let help = "add it there with its title and schedule, so that a missing value names what supplies it";
        found.warning(Mistake::new("/query/text", message).help(help).at(column.span));
    }
    for (position, collection) in model.data_collection.iter().enumerate() {
        let id = &collection.remote_action_id;
        let is_listed = columns.iter().any(|column| match &column.kind {
            ColumnKind::RemoteActionOutput(other)
            | ColumnKind::RemoteActionStatus(other)
            | ColumnKind::RemoteActionTime(other) => same_remote_action(other, id),
            _ => false,
        });
        if !is_listed && !id.is_empty() {
            let message = format!("the query lists nothing that `{id}` collects");
            let help = "list its outputs in the query, or leave it out";
            let at = below(&element("/dataCollection", position), "remoteActionId");
            found.warning(Mistake::new(&at, message).help(help));
        }
    }
}

/// A freshness of what the rule does not look at.
fn freshness(playbook: &Playbook, rule: &Rule, at: &str, found: &mut Findings) {
    for (position, freshness) in rule.freshness.iter().enumerate() {
        if uses(playbook, rule, freshness.column) {
            continue;
        }
        let message = "the rule does not use this fact: its age changes nothing";
        let at = below(&element(&below(at, "freshness"), position), "fact");
        found.warning(
            Mistake::new(&at, message).help("name a column of `when`, `unless` or a parameter, or leave it out"),
        );
    }
}

fn uses(playbook: &Playbook, rule: &Rule, column: usize) -> bool {
    let in_condition = |when: &When| {
        let mut found = false;
        when.condition.truth_of(&mut |part| {
            let mut visit = |used: &usize| found |= *used == column;
            if let Some(sides) = part.sides() {
                sides.left.fields(&mut visit);
                sides.right.fields(&mut visit);
            }
            crate::nql::Truth::Unknown
        });
        found
    };
    let action = rule.remote_action.and_then(|action| playbook.remote_actions.get(action));
    let fills = |parameter: &Parameter| parameter.columns.contains(&column);
    [&rule.when, &rule.unless].into_iter().flatten().any(in_condition)
        || action.is_some_and(|action| action.parameters.iter().any(|(_, parameter)| fills(parameter)))
}
