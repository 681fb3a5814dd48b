//! Whether each remote action that is triggered is there, may be triggered, and takes what the playbooks fill in.

use super::report::{Findings, NotCheckedReason, Subject};
use super::tenant_actions::{TenantActions, bare, check_platforms, quoted, subject};
use crate::api::remote_actions::definition::{RemoteAction, RemoteActionInput};
use crate::content::{RequiredInput, RequiredRemoteAction, key};

/// Checks all of them.
pub(super) fn check(required: &[RequiredRemoteAction], actions: &TenantActions, found: &mut Findings) {
    let all = required;
    for required in all {
        let is_alone = all.iter().filter(|other| other.name == required.name).count() == 1;
        // Two playbooks may call different actions by one name.
        let name = if is_alone { required.name.clone() } else { format!("{}={}", required.name, bare(&required.id)) };
        let subject = subject("remote-action", &name, &required.id, &required.title);
        match actions.get(&required.id) {
            None => missing(required, actions, subject, found),
            Some(action) => {
                let before = found.count();
                check_trigger(action, &subject, found);
                check_platforms(action, &required.platforms, &subject, found);
                check_inputs(required, action, &subject, found);
                if found.count() == before {
                    found.ok(subject, "It is there, has the API trigger, and takes what the playbooks fill in.");
                }
            }
        }
    }
}

fn missing(required: &RequiredRemoteAction, actions: &TenantActions, subject: Subject, found: &mut Findings) {
    let (id, title) = (bare(&required.id), &required.title);
    let called = actions.called(title);
    let detail = format!("The tenant lists no remote action with the NQL ID `{id}`");
    match called.as_slice() {
        [] => found.error(
            subject,
            format!("{detail}, and none that is called `{title}`. What {} finds cannot be remediated.", required.used_by.join(", ")),
            format!("In Remote actions, install `{title}` from the Nexthink Library, or create it if it is a script of your own, and enable its API trigger. If your tenant calls it otherwise, give its NQL ID to `createClient`: `remoteActionIds: {{ {}: \"#your_id\" }}`.", key(&required.name)),
        ),
        [one] => found.error(
            subject,
            format!("{detail}, but one that is called `{title}`: `{one}`."),
            format!("If that is the one, give its NQL ID to `createClient`: `remoteActionIds: {{ {}: \"{one}\" }}`.", key(&required.name)),
        ),
        several => found.error(
            subject,
            format!("{detail}, but several that are called `{title}`: {}.", several.join(", ")),
            format!("Choose the right one and give its NQL ID to `createClient`: `remoteActionIds: {{ {}: \"#the_right_one\" }}`.", key(&required.name)),
        ),
    }
}

fn check_trigger(action: &RemoteAction, subject: &Subject, found: &mut Findings) {
    let part = subject.part("api-trigger", "its API trigger");
    match action.targeting.api_enabled {
        Some(true) => {}
        Some(false) => found.error(
            part,
            "It has no API trigger, so Nexthink refuses to start it for the chatbot.",
            "In Remote actions, open it and enable the API trigger. An action that is scheduled locally, every 10 to 45 minutes, cannot have it: give it an hourly, daily or weekly schedule first.",
        ),
        None => found.not_checked(
            NotCheckedReason::NotTold,
            part,
            "The tenant does not tell whether it has the API trigger.",
            "In Remote actions, open it and see that the API trigger is enabled.",
        ),
    }
}

fn check_inputs(required: &RequiredRemoteAction, action: &RemoteAction, subject: &Subject, found: &mut Findings) {
    let inputs = &action.script_info.inputs;
    let filled = required.inputs.as_slice();
    if inputs.is_empty() {
        // A list without entries and none at all look the same here.
        if !filled.is_empty() {
            found.warning(
                subject.part("inputs", "its inputs"),
                format!("The tenant lists no inputs of its script, and the playbooks fill in {}.", quoted(filled.iter().map(|one| one.name.as_str()))),
                "In Remote actions, open it and see which inputs its script has. If these are not among them, install the version from the Nexthink Library, or write a playbook that fills in what yours takes.",
            );
        }
        return;
    }
    let missing: Vec<&RequiredInput> =
        filled.iter().filter(|required| !inputs.iter().any(|input| is_called(input, &required.name))).collect();
    if !missing.is_empty() {
        found.error(
            subject.part("inputs", "its inputs"),
            format!(
                "Its script has no input {}, which the playbooks fill in. It has {}.",
                quoted(missing.iter().map(|one| one.name.as_str())),
                quoted(inputs.iter().map(name_of))
            ),
            "In Remote actions, open it and give its inputs these names, install the version from the Nexthink Library, or write a playbook that fills in what yours takes.",
        );
    }
    check_values(filled, inputs, subject, found);
    let left_empty: Vec<&str> = inputs
        .iter()
        .filter(|input| !filled.iter().any(|required| is_called(input, &required.name)))
        .map(name_of)
        .filter(|name| !name.is_empty())
        .collect();
    if !left_empty.is_empty() {
        found.warning(
            subject.part("unfilled-inputs", "its other inputs"),
            format!("Its script also takes {}, which the playbooks leave empty.", quoted(left_empty.into_iter())),
            "In Remote actions, open it and see whether they may be empty. If not, write a playbook that fills them in, under `parameters`.",
        );
    }
}

/// Whether the values that are filled in are ones that may be chosen.
fn check_values(filled: &[RequiredInput], inputs: &[RemoteActionInput], subject: &Subject, found: &mut Findings) {
    let (mut refused, mut doubtful) = (Vec::new(), Vec::new());
    for required in filled {
        let Some(input) = inputs.iter().find(|input| is_called(input, &required.name)) else { continue };
        if input.options.is_empty() || input.allow_custom_value == Some(true) {
            continue;
        }
        match &required.text {
            Some(text) if input.options.contains(text) => {}
            Some(_) if input.allow_custom_value == Some(false) => refused.push(required.name.as_str()),
            _ => doubtful.push(required.name.as_str()),
        }
    }
    let part = subject.part("input-values", "the values of its inputs");
    if !refused.is_empty() {
        found.error(
            part,
            format!("It takes only values from a list for {}, and what the playbooks fill in is not among them.", quoted(refused.into_iter())),
            "In Remote actions, open it and allow a custom value for the input, or add the playbook's value to its options.",
        );
    } else if !doubtful.is_empty() {
        found.warning(
            part,
            format!(
                "It offers a list of values for {}, and what the playbooks fill in may be another.",
                quoted(doubtful.into_iter())
            ),
            "In Remote actions, open it and see that a custom value is allowed for the input.",
        );
    }
}

fn is_called(input: &RemoteActionInput, name: &str) -> bool {
    name_of(input) == name || input.id.as_deref() == Some(name)
}

fn name_of(input: &RemoteActionInput) -> &str {
    input.name.as_deref().or(input.id.as_deref()).unwrap_or_default()
}
