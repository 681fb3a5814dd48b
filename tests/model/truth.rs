//! What the tenant knows to have happened, against what the processes were told.

use nexthink_chatbot::api::nql::execute::Input;
use nexthink_chatbot::flow::{Run, RunState};
use nexthink_chatbot::json::{Json, Map};
use nexthink_chatbot::nql::Timestamp;
use nexthink_simulator::run;

use crate::process::Process;
use crate::world::EXECUTIONS;

/// One execution, by the tenant's own word.
#[derive(Debug, Clone)]
pub struct Execution {
    pub reference: String,
    pub status: String,
    pub requested_at: Timestamp,
    /// When its status last changed.
    pub changed_at: Timestamp,
}

impl Execution {
    fn has_ended(&self) -> bool {
        !matches!(self.status.as_str(), "waiting_on_device" | "in_progress")
    }

    /// Whether a run that ended so says the same.
    fn is_told_by(&self, run: &Run) -> bool {
        match run.state {
            RunState::Succeeded => self.status == "success",
            RunState::Failed => matches!(self.status.as_str(), "failure" | "no_script"),
            RunState::Expired => self.status == "expired",
            RunState::Cancelled => self.status == "cancelled",
            _ => true,
        }
    }
}

/// All of them.
pub fn executions(process: &Process) -> Vec<Execution> {
    let (client, _) = process.client(None);
    let input = Input { query_id: EXECUTIONS.into(), parameters: Map::default(), version: None };
    let table = run(&process.world.tenant, client.nql_execute(&input)).unwrap().table;
    let text = |row: &Vec<Json>, position: usize| row[position].as_text().unwrap_or_default().to_owned();
    let time = |row: &Vec<Json>, position: usize| Timestamp::parse(row[position].as_text().unwrap()).unwrap();
    let rows = table.rows.iter();
    rows.map(|row| Execution {
        reference: text(row, 0),
        status: text(row, 1),
        requested_at: time(row, 2),
        changed_at: time(row, 3),
    })
    .collect()
}

/// What is wrong with the runs of one proposal.
pub fn check_runs(id: &str, runs: &[Run], executions: &[Execution], wrong: &mut Vec<String>) {
    let own: Vec<_> = executions.iter().filter(|execution| execution.reference.ends_with(id)).collect();
    if own.len() > 1 {
        wrong.push(format!("{id} was executed {} times", own.len()));
    }
    for run in runs.iter().filter(|run| run.state.is_end()) {
        let was_refused =
            run.state == RunState::Failed && run.status_details.as_deref() == Some("the tenant refused the request");
        let holds = match own.as_slice() {
            [] => was_refused,
            own => own.iter().any(|execution| execution.is_told_by(run)),
        };
        if !holds {
            wrong.push(format!("{id} is told to be {:?}, and the tenant has {own:?}", run.state));
        }
    }
}

/// Two executions on one device at a time.
pub fn check_one_at_a_time(executions: &[Execution], wrong: &mut Vec<String>) {
    for (position, one) in executions.iter().enumerate() {
        for other in &executions[position + 1..] {
            let (first, second) = if one.requested_at <= other.requested_at { (one, other) } else { (other, one) };
            if !first.has_ended() || second.requested_at < first.changed_at {
                wrong.push(format!("two at a time: {first:?} and {second:?}"));
            }
        }
    }
}
