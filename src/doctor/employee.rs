//! Whether an employee of the host is known to Nexthink by the identifiers that the host has, and which of their devices
//! serves for looking at data collections. What the identifiers are stays out of every text.

use super::answer::Answer;
use super::connection::{PERMISSION_NQL, blocked_or_again};
use super::probe::{DoctorProbe, Outcomes, employee_probe};
use super::report::{CheckStatus, Findings, NotCheckedReason, Subject};
use crate::api::problem::ErrorKind;
use crate::content::{Need, Requirements};
use crate::flow::{Employee, IdentifiedBy};
use crate::json::Json;
use crate::nql::Timestamp;

/// The identifiers that an employee can have, by the parameters of the queries that look for them.
const IDENTIFIERS: [&str; 4] = ["username", "upn", "email", "sid"];

/// A device of the employee, for which a data collection should have run.
pub(super) struct EmployeeDevice {
    pub collector_uid: String,
    pub platform: Option<String>,
    /// Until when data can have been collected.
    pub last_seen: Option<Timestamp>,
}

/// A look for each identifier that the host has. In NQL `*` and `?` would mean anybody, so such a one is not sent.
pub(super) fn probes(required: &Requirements, employee: &Employee) -> Vec<DoctorProbe> {
    let mut probes = Vec::new();
    for query in required.queries.iter().filter(|query| query.need == Need::OneOf) {
        if let Some(value) = known_by(employee, &query.parameter).filter(|value| !has_wildcard(value)) {
            probes.push(DoctorProbe::employee(&query.parameter, &query.id, &query.parameter, value));
        }
    }
    probes
}

/// Checks each identifier that is given.
pub(super) fn check(employee: Option<&Employee>, outcomes: Outcomes<'_>, found: &mut Findings) {
    let Some(employee) = employee else {
        return found.not_checked(
            NotCheckedReason::NeedsEmployee,
            Subject::new("employee", "Matching of employees"),
            "Whether Nexthink knows employees by the identifiers that the chatbot has can only be seen with one of them.",
            "Give the doctor an employee with a device in Nexthink: `nexthink.doctor({ employee: { username, upn, email } })`, with the identifiers that your chatbot has.",
        );
    };
    let rows =
        |identifier: &str| outcomes.output(&employee_probe(identifier)).map(|output| Answer::of(output).rows.len());
    let is_known = IDENTIFIERS.iter().any(|identifier| rows(identifier).is_some_and(|rows| rows > 0));
    for identifier in IDENTIFIERS {
        let Some(value) = known_by(employee, identifier) else { continue };
        let subject = Subject::new(employee_probe(identifier), format!("Matching of the employee by `{identifier}`"));
        if has_wildcard(value) {
            found.error(
                subject,
                "The identifier holds `*` or `?`, which NQL reads as any text: it would find the devices of others.",
                "Give the identifier of one employee, without a wildcard.",
            );
            continue;
        }
        match rows(identifier) {
            Some(0) => {
                let (status, others) = match is_known {
                    true => (CheckStatus::Warning, " By another identifier devices were found."),
                    false => (CheckStatus::Error, ""),
                };
                found.add(
                    status,
                    subject,
                    format!("No device was found by it.{others}"),
                    format!("In Nexthink, look at this employee: does Nexthink know the `{identifier}`, and is it written as your chatbot has it? Has a device of theirs been seen in the time of the query? Otherwise let the chatbot use an identifier that Nexthink knows."),
                );
            }
            Some(rows) => {
                found.ok(subject, format!("{rows} device{} found by it.", if rows == 1 { " was" } else { "s were" }))
            }
            None => {
                let error = outcomes.get(&employee_probe(identifier)).and_then(|outcome| outcome.error.as_ref());
                match error.map(|error| error.kind) {
                    Some(ErrorKind::NotFound | ErrorKind::Invalid | ErrorKind::Permission) => found.not_checked(
                        NotCheckedReason::Blocked,
                        subject,
                        "The saved query for this identifier cannot be executed.",
                        format!("Correct what is found about the query with the parameter `${identifier}`, then run the doctor again."),
                    ),
                    _ => blocked_or_again(subject, PERMISSION_NQL, error, found),
                }
            }
        }
    }
}

/// What the host knows the employee by, of the identifiers as queries call their parameters.
pub(super) fn known_by<'a>(employee: &'a Employee, name: &str) -> Option<&'a str> {
    let kinds = [IdentifiedBy::Username, IdentifiedBy::Upn, IdentifiedBy::Email, IdentifiedBy::Sid];
    employee.identifier(kinds.into_iter().find(|kind| kind.word() == name)?)
}

impl EmployeeDevice {
    /// The device that was seen last, of those on which a data collection should have run; else any.
    pub fn find(required: &Requirements, employee: &Employee, outcomes: Outcomes<'_>) -> Option<Self> {
        let mut devices: Vec<Self> = Vec::new();
        for identifier in IDENTIFIERS.into_iter().filter(|identifier| known_by(employee, identifier).is_some()) {
            devices.extend(outcomes.output(&employee_probe(identifier)).map(devices_of).unwrap_or_default());
        }
        let collects = |device: &Self| {
            let platforms = |platforms: &[String]| device.is_of(platforms);
            required.data_collections.iter().any(|collection| platforms(&collection.platforms))
        };
        devices.into_iter().max_by_key(|device| (collects(device), device.last_seen))
    }

    /// Whether it is of one of these platforms, or any will do, or its own is not known.
    pub fn is_of(&self, platforms: &[String]) -> bool {
        let Some(platform) = &self.platform else { return true };
        platforms.is_empty() || platforms.iter().any(|known| known.eq_ignore_ascii_case(platform))
    }
}

/// The devices of an answer, but for those without a Collector UID.
fn devices_of(output: &Json) -> Vec<EmployeeDevice> {
    let answer = Answer::of(output);
    let uid = answer.column("device.collector.uid");
    let (platform, seen) = (answer.column("device.operating_system.platform"), answer.column("device.last_seen"));
    let mut devices = Vec::new();
    for row in answer.rows {
        if let Some(collector_uid) = answer.text(row, uid).filter(|uid| !uid.is_empty()) {
            devices.push(EmployeeDevice {
                collector_uid: collector_uid.to_owned(),
                platform: answer.text(row, platform).map(str::to_owned),
                last_seen: answer.text(row, seen).and_then(Timestamp::parse),
            });
        }
    }
    devices
}

fn has_wildcard(value: &str) -> bool {
    value.contains(['*', '?'])
}
