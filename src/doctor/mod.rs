//! Whether a tenant has what the playbooks need: a plan of probes, which only read, and a report of what came of them.
//! Whoever calls the operations does so between the two; what has to be created is told by `content`.
//!
//! ```text
//! outcomes = []
//! while probes = next(…, outcomes) is not empty: outcomes += each probe's outcome
//! report(…, outcomes, now)
//! ```

mod answer;
mod client_settings;
mod connection;
mod data_collections;
mod employee;
mod plan;
mod probe;
mod remote_actions;
mod report;
mod saved_queries;
mod settings;
mod tenant_actions;

pub use probe::{DoctorProbe, ProbeError, ProbeOutcome};
pub use report::{CheckStatus, DoctorCheck, DoctorReport, NotChecked, NotCheckedReason};
pub use settings::DoctorSettings;

use crate::content::{PlaybookSource, Requirements};
use crate::flow::Employee;
use crate::nql::Timestamp;
use employee::EmployeeDevice;
use probe::Outcomes;
use report::Findings;
use tenant_actions::TenantActions;

/// The next probes, given what came of those before; empty when there is nothing more to ask. Those of one answer may be
/// made in any order, also at once.
pub fn next(
    playbooks: &[PlaybookSource],
    settings: &DoctorSettings,
    employee: Option<&Employee>,
    outcomes: &[ProbeOutcome],
) -> Vec<DoctorProbe> {
    plan::next(&required(playbooks, settings), settings, employee.filter(|one| one.check().is_ok()), outcomes)
}

/// What the outcomes say. `now` is the time by the clock of this machine.
pub fn report(
    playbooks: &[PlaybookSource],
    settings: &DoctorSettings,
    employee: Option<&Employee>,
    outcomes: &[ProbeOutcome],
    now: Timestamp,
) -> DoctorReport {
    let required = required(playbooks, settings);
    // One without an identifier is nobody.
    let employee = employee.filter(|one| one.check().is_ok());
    let outcomes = Outcomes(outcomes);
    let mut found = Findings::default();
    connection::check(settings, outcomes, now, &mut found);
    saved_queries::check(&required.queries, employee, outcomes, &mut found);
    if let Some(actions) = TenantActions::of(outcomes, &mut found) {
        remote_actions::check(&required.remote_actions, &actions, &mut found);
        data_collections::check(&required.data_collections, &actions, &mut found);
    }
    employee::check(employee, outcomes, &mut found);
    let device = employee.and_then(|employee| EmployeeDevice::find(&required, employee, outcomes));
    let collections = &required.data_collections;
    data_collections::check_ages(collections, device.as_ref(), employee.is_some(), outcomes, now, &mut found);
    client_settings::check(settings, &required, &mut found);
    found.into_report()
}

fn required(playbooks: &[PlaybookSource], settings: &DoctorSettings) -> Requirements {
    Requirements::new(playbooks, &settings.names(), settings.locale())
}
