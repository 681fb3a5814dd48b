//! The workflows that the tenant's administrator has made.

use super::definition::{Acts, Dependency, Outcome, Parameter, Parameters, Triggers, Wait, Workflow};
use crate::fleet::Facts;
use crate::remote_actions::{Inputs, disk_cleanup, set_outlook_online};

/// The position of a workflow in the catalogue, by its NQL ID with or without the `#`.
pub(crate) fn find(id: &str) -> Option<usize> {
    let id = id.strip_prefix('#').unwrap_or(id);
    CATALOGUE.iter().position(|workflow| workflow.id == id)
}

/// The position of a workflow, by its UUID.
pub(crate) fn find_by_uuid(uuid: &str) -> Option<usize> {
    CATALOGUE.iter().position(|workflow| workflow.uuid().eq_ignore_ascii_case(uuid))
}

impl Workflow {
    /// The workflow at a position in the catalogue.
    pub fn at(position: usize) -> Option<&'static Self> {
        CATALOGUE.get(position)
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        CATALOGUE.iter()
    }
}

const API: Triggers = Triggers { api: true, manual: true, manual_multiple: false, scheduler: false };

static CATALOGUE: [Workflow; 7] = [
    Workflow {
        id: "repair_outlook_connection",
        name: "Repair Outlook connection",
        description: "Brings Outlook back online and tells the employee.",
        active: true,
        dependency: Dependency::Device,
        triggers: Triggers { manual_multiple: true, ..API },
        parameters: &[],
        last_update_time: "2026-03-02T08:15:00Z",
        seconds: 60,
        waits: None,
        acts: Acts::OnDevice(repair_outlook),
    },
    Workflow {
        id: "send_password_reset_link",
        name: "Send a link to reset the password",
        description: "Sends the employee a link that works for an hour.",
        active: true,
        dependency: Dependency::User,
        triggers: API,
        parameters: &[],
        last_update_time: "2026-05-18T13:40:12Z",
        seconds: 20,
        waits: None,
        acts: Acts::Elsewhere(send_link),
    },
    Workflow {
        id: "request_loan_device",
        name: "Request a loan device",
        description: "Orders a device for the time in which the employee's own is repaired.",
        active: true,
        dependency: Dependency::UserAndDevice,
        triggers: API,
        parameters: &[
            Parameter { id: "device_type", options: &["laptop", "desktop"], allow_custom_value: false },
            Parameter { id: "reason", options: &[], allow_custom_value: true },
        ],
        last_update_time: "2026-09-30T07:00:00Z",
        seconds: 45,
        waits: None,
        acts: Acts::Elsewhere(order_device),
    },
    Workflow {
        id: "free_disk_space_after_approval",
        name: "Free disk space after approval",
        description: "Waits until somebody outside has approved, then cleans the system drive.",
        active: true,
        dependency: Dependency::Device,
        triggers: API,
        parameters: &[],
        last_update_time: "2026-10-12T16:05:30Z",
        seconds: 10,
        waits: Some(Wait { parameters: &["approved"], minutes: 8 * 60 }),
        acts: Acts::OnDevice(clean_if_approved),
    },
    Workflow {
        id: "announce_outage",
        name: "Announce an outage",
        description: "Tells the service desk; it concerns no device and no employee.",
        active: true,
        dependency: Dependency::None,
        triggers: Triggers { scheduler: true, ..API },
        parameters: &[Parameter {
            id: "service",
            options: &["E-mail", "Network", "Printing"],
            allow_custom_value: true,
        }],
        last_update_time: "2026-01-20T10:00:00Z",
        seconds: 5,
        waits: None,
        acts: Acts::Elsewhere(announce),
    },
    Workflow {
        id: "retire_device",
        name: "Retire a device",
        description: "Replaced by the process of the asset management.",
        active: false,
        dependency: Dependency::Device,
        triggers: API,
        parameters: &[],
        last_update_time: "2025-11-03T09:30:00Z",
        seconds: 30,
        waits: None,
        acts: Acts::Elsewhere(retire),
    },
    Workflow {
        id: "collect_support_logs",
        name: "Collect support logs",
        description: "Runs every night, or by hand.",
        active: true,
        dependency: Dependency::Device,
        triggers: Triggers { api: false, manual: true, manual_multiple: true, scheduler: true },
        parameters: &[],
        last_update_time: "2026-06-01T00:00:00Z",
        seconds: 120,
        waits: None,
        acts: Acts::Elsewhere(collect_logs),
    },
];

fn done(details: &str) -> Outcome {
    Outcome { word: "action_taken", details: details.to_owned() }
}

fn repair_outlook(facts: &mut Facts, _: &Parameters) -> Result<Outcome, String> {
    if facts.outlook_online == Some(true) {
        return Ok(Outcome { word: "no_action_needed", details: "Outlook was online".into() });
    }
    set_outlook_online(facts, &Inputs::new())?;
    Ok(done("Outlook is online again"))
}

fn send_link(_: &Parameters) -> Outcome {
    done("The link was sent")
}

fn order_device(parameters: &Parameters) -> Outcome {
    let kind = parameters.get("device_type").map_or("device", String::as_str);
    done(&format!("A {kind} was ordered"))
}

fn clean_if_approved(facts: &mut Facts, parameters: &Parameters) -> Result<Outcome, String> {
    if parameters.get("approved").map(String::as_str) != Some("yes") {
        return Ok(Outcome { word: "declined", details: "The cleanup was not approved".into() });
    }
    disk_cleanup(facts, &Inputs::new())?;
    Ok(done("The system drive was cleaned"))
}

fn announce(parameters: &Parameters) -> Outcome {
    let service = parameters.get("service").map_or("a service", String::as_str);
    done(&format!("The outage of {service} was announced"))
}

fn retire(_: &Parameters) -> Outcome {
    done("The device was retired")
}

fn collect_logs(_: &Parameters) -> Outcome {
    done("The logs were collected")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workflow_is_found_by_its_id_with_and_without_the_number_sign_and_by_its_uuid() {
        for (position, workflow) in CATALOGUE.iter().enumerate() {
            assert_eq!(find(workflow.id), Some(position));
            assert_eq!(find(&format!("#{}", workflow.id)), Some(position));
            assert_eq!(find_by_uuid(&workflow.uuid()), Some(position));
        }
        assert_eq!((find("##announce_outage"), find_by_uuid("announce_outage")), (None, None));
    }

    #[test]
    fn every_dependency_and_way_to_start_is_there() {
        for (_, dependency) in Dependency::ALL {
            assert!(CATALOGUE.iter().any(|workflow| workflow.dependency == dependency), "{dependency:?}");
        }
        for has in [
            |one: &Workflow| one.waits.is_some(),
            |one: &Workflow| !one.active,
            |one: &Workflow| one.active && !one.triggers.api,
            |one: &Workflow| one.dependency == Dependency::UserAndDevice && !one.parameters.is_empty(),
        ] {
            assert!(CATALOGUE.iter().any(has));
        }
    }
}
