//! Whether each remote action that collects data is there and reports what the rules read, and whether it has run lately
//! on the employee's device. Its schedule itself is not told by any API.

use super::answer::Answer;
use super::employee::EmployeeDevice;
use super::probe::{COLLECTED, Outcomes, query_probe};
use super::report::{CheckStatus, Findings, NotCheckedReason, Subject};
use super::tenant_actions::{TenantActions, bare, check_platforms, quoted, subject};
use crate::api::remote_actions::definition::RemoteAction;
use crate::api::remote_actions::same_remote_action;
use crate::content::RequiredDataCollection;
use crate::flow::SavedQuery;
use crate::json::Json;
use crate::nql::{DAY, HOUR, MINUTE, Timestamp};
use crate::playbook::Schedule;

/// Checks that they are there.
pub(super) fn check(required: &[RequiredDataCollection], actions: &TenantActions, found: &mut Findings) {
    for required in required {
        let subject = subject_of(required);
        let Some(action) = actions.get(&required.remote_action_id) else {
            missing(required, actions, subject, found);
            continue;
        };
        let before = found.count();
        check_platforms(action, &required.platforms, &subject, found);
        check_outputs(required, action, &subject, found);
        if found.count() == before {
            found.ok(subject, "It is there, and reports what the playbooks read.");
        }
    }
}

fn subject_of(required: &RequiredDataCollection) -> Subject {
    let id = bare(&required.remote_action_id);
    subject("data-collection", id, id, &required.title)
}

fn missing(required: &RequiredDataCollection, actions: &TenantActions, subject: Subject, found: &mut Findings) {
    let (id, title) = (bare(&required.remote_action_id), &required.title);
    let detail = format!("The tenant lists no remote action with the NQL ID `{id}`");
    let used_by = required.used_by.join(", ");
    match actions.called(title).as_slice() {
        [] => found.error(
            subject,
            format!("{detail}, and none that is called `{title}`. What it collects is unknown to the playbooks ({used_by})."),
            format!("In Remote actions, install `{title}` from the Nexthink Library, or create it if it is a script of your own, and give it the schedule {}.", required.schedule.word()),
        ),
        others => found.error(
            subject,
            format!("{detail}, but one that is called `{title}`: {}.", others.join(", ")),
            format!("The NQL ID stands in the saved queries of the playbooks ({used_by}). Write playbooks of your own with your NQL ID in their queries and under `dataCollection`, or install `{title}` under the NQL ID `{id}`."),
        ),
    }
}

fn check_outputs(required: &RequiredDataCollection, action: &RemoteAction, subject: &Subject, found: &mut Findings) {
    let outputs = &action.script_info.outputs;
    let part = |name: &str| subject.part("outputs", name);
    if outputs.is_empty() {
        return found.not_checked(
            NotCheckedReason::NotTold,
            part("its outputs"),
            "The tenant does not tell the outputs of its script.",
            "In Remote actions, open it and see that its script has the outputs that `npx nexthink-chatbot content` names.",
        );
    }
    let is_called =
        |name: &Option<String>, wanted: &str| name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(wanted));
    let is_there = |wanted: &str| outputs.iter().any(|one| is_called(&one.name, wanted) || is_called(&one.id, wanted));
    let missing: Vec<_> = required.outputs.iter().filter(|output| !is_there(&output.name)).collect();
    if missing.is_empty() {
        return;
    }
    let (status, consequence) = match missing.iter().any(|output| output.essential) {
        true => (CheckStatus::Error, "by which rules decide"),
        false => (CheckStatus::Warning, "which are shown or filled in"),
    };
    found.add(
        status,
        part("its outputs"),
        format!("Its script lacks outputs {consequence}: {}.", quoted(missing.iter().map(|output| output.name.as_str()))),
        "In Remote actions, install the version of it that is in the Nexthink Library, or write a playbook that reads what yours reports.",
    );
}

/// Checks that they have run lately on the employee's device.
pub(super) fn check_ages(
    required: &[RequiredDataCollection],
    device: Option<&EmployeeDevice>,
    has_employee: bool,
    outcomes: Outcomes<'_>,
    now: Timestamp,
    found: &mut Findings,
) {
    if required.is_empty() {
        return;
    }
    let all = || Subject::new("data-collection-runs", "Runs of the data collections");
    let Some(device) = device else {
        let (reason, detail, fix) = match has_employee {
            false => (
                NotCheckedReason::NeedsEmployee,
                "Whether data is collected on schedule can only be seen on a device.",
                "Give the doctor an employee with a device in Nexthink: `nexthink.doctor({ employee: { username } })`.",
            ),
            true => (
                NotCheckedReason::Blocked,
                "No device of the employee was found on which to look.",
                "Correct what is found about the employee, or give another one.",
            ),
        };
        return found.not_checked(reason, all(), detail, fix);
    };
    let Some(output) = outcomes.output(COLLECTED) else {
        let failed = outcomes.get(COLLECTED).and_then(|outcome| outcome.error.as_ref());
        if let Some(error) = failed {
            return super::connection::try_again(all(), Some(error), found);
        }
        let key = query_probe(SavedQuery::DataCollectionTimes.key());
        return found.not_checked(
            NotCheckedReason::Blocked,
            all(),
            format!("The tenant tells it by the saved query of the check `{key}`, which could not be executed."),
            format!("Correct the check `{key}`, then run the doctor again."),
        );
    };
    for required in required {
        let subject = subject_of(required).part("age", "its last run on the employee's device");
        if !device.is_of(&required.platforms) {
            let platforms = required.platforms.join(", ");
            found.not_checked(
                NotCheckedReason::NeedsEmployee,
                subject,
                format!("It runs on {platforms} alone, and the employee's device is another."),
                format!("Give the doctor an employee whose device runs {platforms}."),
            );
            continue;
        }
        age(required, device, output, now, subject, found);
    }
}

fn age(
    required: &RequiredDataCollection,
    device: &EmployeeDevice,
    output: &Json,
    now: Timestamp,
    subject: Subject,
    found: &mut Findings,
) {
    let times = times_of(&required.remote_action_id, output);
    let schedule = required.schedule.word();
    let fix = format!(
        "In Remote actions, open `{}` and see that it has the schedule {schedule} and that this device is among its targets; look at its executions there for errors.",
        required.title
    );
    if times.is_empty() {
        return found.warning(
            subject,
            "It has not succeeded there within the time of the query, so what it collects is unknown. If there is nothing to collect on such a device (a battery, say), that is as it should be.",
            fix,
        );
    }
    let Some(newest) = times.into_iter().flatten().max() else {
        return found.not_checked(
            NotCheckedReason::NotTold,
            subject,
            "The tenant tells the time of its last run without a zone, so its age is not known.",
            "Let no proxy remove the header `x-utc-times` from the client's requests.",
        );
    };
    // A device that is switched off collects nothing, and nobody is to blame.
    let until = device.last_seen.map_or(now, |seen| seen.min(now));
    let age = until.since(newest);
    let words = in_words(now.since(newest).max(0));
    if age > 2 * period(required.schedule) {
        found.warning(subject, format!("It last succeeded there {words} ago, and should run {schedule}."), fix);
    } else {
        found.ok(subject, format!("It last succeeded there {words} ago."));
    }
}

/// When an action has run; `None` for a time that cannot be read.
fn times_of(id: &str, output: &Json) -> Vec<Option<Timestamp>> {
    let answer = Answer::of(output);
    let (id_column, time_column) =
        (answer.column("remote_action.nql_id"), answer.column("remote_action.execution.time"));
    let mut times = Vec::new();
    for row in answer.rows {
        if answer.text(row, id_column).is_some_and(|found| same_remote_action(found, id)) {
            times.push(answer.text(row, time_column).and_then(Timestamp::parse));
        }
    }
    times
}

/// The time between two runs.
fn period(schedule: Schedule) -> i64 {
    match schedule {
        Schedule::Hourly => HOUR,
        Schedule::Daily => DAY,
        Schedule::Weekly => 7 * DAY,
    }
}

fn in_words(milliseconds: i64) -> String {
    let (number, unit) = if milliseconds < HOUR {
        (milliseconds / MINUTE, "minute")
    } else if milliseconds < DAY {
        (milliseconds / HOUR, "hour")
    } else {
        (milliseconds / DAY, "day")
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
