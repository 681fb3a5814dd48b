//! Which probes to make next, given what came of those before. Two come first: where neither is answered, the tenant is
//! asked nothing more. Then all that can be asked at once, and last what depends on the employee's device.

use super::employee::{self, EmployeeDevice};
use super::probe::{COLLECTED, DoctorProbe, Outcomes, ProbeOutcome, REMOTE_ACTIONS, query_probe};
use super::settings::DoctorSettings;
use crate::api::problem::ErrorKind;
use crate::content::Requirements;
use crate::flow::{Employee, SavedQuery};

/// The next probes; empty when there is nothing more to ask. Each is made once, in any order.
pub(super) fn next(
    required: &Requirements,
    settings: &DoctorSettings,
    employee: Option<&Employee>,
    outcomes: &[ProbeOutcome],
) -> Vec<DoctorProbe> {
    let outcomes = Outcomes(outcomes);
    let mut queries: Vec<DoctorProbe> = Vec::new();
    for query in &required.queries {
        queries.push(DoctorProbe::query(&query.key, &query.id, &query.parameter));
    }
    let mut first = vec![DoctorProbe::list_remote_actions()];
    first.extend(queries.iter().take(1).cloned());
    let open = |probes: Vec<DoctorProbe>| -> Vec<DoctorProbe> {
        probes.into_iter().filter(|probe| outcomes.get(&probe.id).is_none()).collect()
    };
    let open_first = open(first);
    if !open_first.is_empty() {
        return open_first;
    }
    if is_dead(required, outcomes) {
        return Vec::new();
    }
    queries.extend(employee.map(|employee| employee::probes(required, employee)).unwrap_or_default());
    let open_queries = open(queries);
    if !open_queries.is_empty() {
        return open_queries;
    }
    let device = employee.and_then(|employee| EmployeeDevice::find(required, employee, outcomes));
    let Some(device) = device.filter(|_| !required.data_collections.is_empty()) else { return Vec::new() };
    let times = SavedQuery::DataCollectionTimes;
    if outcomes.output(&query_probe(times.key())).is_none() || outcomes.get(COLLECTED).is_some() {
        return Vec::new();
    }
    let query_id = settings.query_id(times);
    vec![DoctorProbe::collected(&query_id, times.parameter(), &device.collector_uid)]
}

/// Whether the first two probes have shown that no other will be answered either.
fn is_dead(required: &Requirements, outcomes: Outcomes<'_>) -> bool {
    let unanswered = |id: &str| {
        let error = outcomes.get(id).and_then(|outcome| outcome.error.as_ref());
        error.is_some_and(|error| {
            let is_elsewhere = error.kind == ErrorKind::NotFound && outcomes.has_no_list();
            error.passes() || error.kind == ErrorKind::Authentication || is_elsewhere
        })
    };
    let query = required.queries.first().map(|query| query_probe(&query.key));
    unanswered(REMOTE_ACTIONS) && query.is_none_or(|id| unanswered(&id))
}
