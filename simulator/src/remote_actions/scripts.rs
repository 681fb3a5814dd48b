//! What the remediation scripts do to a device when they succeed: they change what is true, not what was collected.

use std::borrow::Cow;

use nexthink_chatbot::nql::{Value, matches_wildcards};

use super::definition::{Inputs, Outputs};
use crate::fleet::{CURRENT_OFFICE_VERSION, Facts, ONEDRIVE_WORKS};

type Ended = Result<Outputs, String>;

/// What a cleanup finds on any system drive.
const CLEANED_BYTES: f64 = 12.0 * 1_073_741_824.0;

/// What lies in a trash.
const TRASH_BYTES: f64 = 4.0 * 1_073_741_824.0;

/// The services that may be restarted.
pub(super) const SERVICES: [&str; 3] = ["Audiosrv", "Spooler", "WSearch"];

pub(crate) fn set_outlook_online(facts: &mut Facts, _: &Inputs) -> Ended {
    facts.outlook_online = facts.outlook_online.map(|_| true);
    Ok(vec![])
}

pub(super) fn set_outlook_plugins(facts: &mut Facts, _: &Inputs) -> Ended {
    facts.crashed_plugins = facts.crashed_plugins.as_ref().map(|_| vec![]);
    Ok(vec![])
}

pub(super) fn repair_office(facts: &mut Facts, _: &Inputs) -> Ended {
    for package in facts.packages.iter_mut().filter(|package| package.is_office()) {
        if !matches_wildcards(&package.version, "16.*") {
            package.version = Cow::Borrowed(CURRENT_OFFICE_VERSION);
        }
    }
    Ok(vec![])
}

/// Repairs what no data shows.
pub(super) fn repair_data_file(_: &mut Facts, _: &Inputs) -> Ended {
    Ok(vec![])
}

pub(super) fn repair_onedrive(facts: &mut Facts, _: &Inputs) -> Ended {
    facts.onedrive_status = facts.onedrive_status.as_ref().map(|_| Cow::Borrowed(ONEDRIVE_WORKS));
    Ok(vec![])
}

pub(crate) fn disk_cleanup(facts: &mut Facts, _: &Inputs) -> Ended {
    facts.free_space = facts.free_space.map(|free| free + CLEANED_BYTES);
    Ok(vec![Value::Number(CLEANED_BYTES)])
}

/// Takes names, as `HighImpactActionableApplications` has them; what is none of them is an input error.
pub(super) fn disable_applications(facts: &mut Facts, inputs: &Inputs) -> Ended {
    let given = inputs.get("Applications").map(String::as_str).unwrap_or_default();
    let wanted = names(given);
    if wanted.is_empty() {
        return Err("[Input error] The parameter 'Applications' is empty. Version: 2.0.1.0. Line '61'".into());
    }
    let applications = facts.high_impact_applications.get_or_insert_default();
    let unknown = |name: &&str| !applications.iter().any(|application| application.eq_ignore_ascii_case(name));
    if let Some(name) = wanted.iter().copied().find(|name| unknown(name)) {
        return Err(format!("[Input error] '{name}' is not in the startup menu. Version: 2.0.1.0. Line '74'"));
    }
    applications.retain(|application| !wanted.iter().any(|name| application.eq_ignore_ascii_case(name)));
    Ok(vec![Value::List(wanted.into_iter().map(Value::from).collect())])
}

pub(super) fn update_group_policy(facts: &mut Facts, _: &Inputs) -> Ended {
    facts.gpo_applied = facts.gpo_applied.map(|seconds| seconds.min(3.0));
    facts.gpo_discovery = facts.gpo_discovery.map(|seconds| seconds.min(1.0));
    Ok(vec![])
}

/// Restarts what no data shows. Of an error that did not happen the script says `-`.
pub(super) fn restart_service(_: &mut Facts, inputs: &Inputs) -> Ended {
    let name = inputs.get("ServiceName").map(String::as_str).unwrap_or_default();
    if !SERVICES.contains(&name) {
        return Err("[Input error] The parameter 'ServiceName' names no service that may be restarted. Version: 2.0.1.0. Line '42'".into());
    }
    Ok(vec!["Running".into(), "-".into()])
}

pub(super) fn reset_browser_profile(_: &mut Facts, _: &Inputs) -> Ended {
    Ok(vec![])
}

pub(super) fn empty_trash(facts: &mut Facts, _: &Inputs) -> Ended {
    facts.free_space = facts.free_space.map(|free| free + TRASH_BYTES);
    Ok(vec![Value::Number(TRASH_BYTES)])
}

pub(super) fn restart_audio(_: &mut Facts, _: &Inputs) -> Ended {
    Ok(vec!["Running".into()])
}

/// `A, B`, `A;B` and `["A","B"]` all name A and B.
fn names(text: &str) -> Vec<&str> {
    text.split([',', ';', '|'])
        .map(|name| name.trim_matches(|edge: char| edge.is_whitespace() || "[]\"'".contains(edge)))
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use nexthink_chatbot::nql::Timestamp;

    use super::*;
    use crate::fleet::Platform;

    fn device() -> Facts {
        Facts {
            high_impact_applications: Some(vec!["Spotify".into(), "Skype".into()]),
            ..Facts::healthy(Platform::Windows, 2e9, Timestamp(0))
        }
    }

    fn disable(applications: &str) -> (Ended, usize) {
        let mut facts = device();
        let ended = disable_applications(&mut facts, &Inputs::from([("Applications".into(), applications.into())]));
        (ended, facts.high_impact_applications.unwrap().len())
    }

    #[test]
    fn applications_are_disabled_by_name_however_they_are_listed() {
        for (list, left) in [("spotify", 1), ("Spotify, Skype", 0), ("Spotify;Skype", 0), (r#"["Spotify","Skype"]"#, 0)]
        {
            let (ended, remaining) = disable(list);
            assert!(ended.is_ok() && remaining == left, "{list}");
        }
    }

    #[test]
    fn what_is_no_name_of_an_application_is_an_input_error_and_changes_nothing() {
        for list in ["", " , ", "Spotify: 1800 ms CPU and 20 MB disk", "Spotify, Teams"] {
            let (ended, remaining) = disable(list);
            assert!(ended.unwrap_err().starts_with("[Input error]") && remaining == 2, "{list}");
        }
    }

    #[test]
    fn only_a_service_that_is_known_to_hang_is_restarted() {
        for (name, restarts) in [("Spooler", true), ("lsass", false), ("", false)] {
            let ended = restart_service(&mut device(), &Inputs::from([("ServiceName".into(), name.into())]));
            assert_eq!(ended.is_ok(), restarts, "{name}");
        }
        assert!(restart_service(&mut device(), &Inputs::new()).unwrap_err().starts_with("[Input error]"));
    }

    #[test]
    fn a_repair_of_office_leaves_no_outdated_package() {
        let mut facts = device();
        facts.packages.push(crate::fleet::Package {
            name: "Microsoft Office".into(),
            version: "15.0.1".into(),
            publisher: "Microsoft".into(),
        });
        repair_office(&mut facts, &Inputs::new()).unwrap();
        assert!(facts.packages.iter().filter(|one| one.is_office()).all(|one| one.version.starts_with("16.")));
    }
}
