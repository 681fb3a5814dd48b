//! Step 6: has it changed anything? The rule that recommended the remote action is asked again, and the answer counts
//! only as far as the facts are younger than the run.

use super::audit::{AuditEvent, note};
use super::certainty::Certainty;
use super::clocks::CLOCKS_DIFFER_MS;
use super::collection_times::CollectionTimes;
use super::diagnose::{Given, collection_times_of, diagnose_given};
use super::ledger;
use super::run::{Run, Verification};
use crate::api::problem::NexthinkError;
use crate::client::{Client, Host};
use crate::json::Write;
use crate::nql::Timestamp;
use crate::playbook::{FactColumn, FactKind, FactValue, Finding, Library, Playbook, Supplier, Verdict, last_success};

/// Diagnoses again. `changed` becomes true when the finding is gone, false when it is still there on facts younger
/// than the run's end, and stays unknown as long as the facts may be older.
///
/// # Errors
/// What `diagnose` fails with; the run is then as it was.
pub async fn verify<H: Host>(client: &Client<H>, library: &Library, run: Run) -> Result<Run, NexthinkError> {
    verify_given(client, library, run, Given::default()).await
}

/// The same with what is known already. Collection times from before the run's end leave `changed` unknown.
///
/// # Errors
/// As `verify`.
pub async fn verify_given<H: Host>(
    client: &Client<H>,
    library: &Library,
    mut run: Run,
    mut given: Given,
) -> Result<Run, NexthinkError> {
    // Another process may have seen the end.
    let entered = ledger::find(client, &run.id).await.ok().flatten();
    if let Some(entered) = &entered {
        run = entered.entry.run.clone().merged(run);
    }
    let (Some(reference), Some(rule), Some(ended_at)) = (&run.playbook, &run.rule, run.ended_at) else {
        // Nothing to compare with: the employee's own request, or a run that is still going on.
        return Ok(run);
    };
    let playbook = library.get(&reference.id)?;
    run.device.check()?;
    // Asked before the facts, not with them: what is collected in between makes these younger than told, never older.
    let times = collection_times_of(client, playbook, &run.device, given.collection_times.take()).await;
    let ended_at = end_by_tenant(&run, ended_at, &times);
    given.collection_times = Some(times);
    let diagnosis = diagnose_given(client, library, &reference.id, &run.device, given).await?;
    let Some(finding) = diagnosis.findings.into_iter().find(|finding| finding.rule == *rule) else { return Ok(run) };
    let judged = Judged::new(playbook, &finding, ended_at, diagnosis.diagnosed_at);
    run.changed = judged.changed(&finding);
    let verification = Verification {
        verified_at: diagnosis.diagnosed_at,
        verdict: finding.verdict,
        awaits: if run.changed == Certainty::Unknown { judged.awaits } else { Vec::new() },
        because: finding.because,
        missing: finding.missing,
    };
    run.verification = Some(verification.write());
    note(client, &mut run, AuditEvent::Verified, None).await;
    if let Some(entered) = entered {
        // Its state is the tenant's word, which was not asked for here.
        let known = entered.entry.run.clone();
        let learned =
            Run { changed: run.changed, verification: run.verification.clone(), audit: run.audit.clone(), ..known };
        ledger::record(client, Some(entered), learned).await;
    }
    Ok(run)
}

/// When the run ended: not before it was seen by the clock here, and not before the tenant's clock says, by which all else
/// is dated. The tenant tells of the newest run of a remote action: one that ended later than clocks may differ is another.
fn end_by_tenant(run: &Run, seen_at: Timestamp, times: &CollectionTimes) -> Timestamp {
    let ended_at = last_success(times.times(), &run.remote_action_id);
    ended_at.filter(|at| at.since(seen_at) <= CLOCKS_DIFFER_MS).map_or(seen_at, |at| at.max(seen_at))
}

/// How the facts of a finding stand to the end of a run.
struct Judged {
    /// All data that scripts collect was collected after the run.
    collected_after: bool,
    /// And all other facts are known to describe only the time after it.
    all_after: bool,
    /// The collections that have to run again.
    awaits: Vec<Supplier>,
}

impl Judged {
    fn new(playbook: &Playbook, finding: &Finding, ended_at: Timestamp, now: Timestamp) -> Self {
        let mut judged = Self { collected_after: true, all_after: true, awaits: Vec::new() };
        let values = finding.because.iter().flat_map(|part| &part.values);
        for value in values {
            let Some(column) = playbook.columns.iter().find(|column| column.name == value.column) else {
                continue;
            };
            judged.consider(playbook, column, value, ended_at, now);
        }
        judged
    }

    #[expect(clippy::cast_precision_loss, reason = "a duration is far below 2^53 milliseconds")]
    fn consider(
        &mut self,
        playbook: &Playbook,
        column: &FactColumn,
        value: &FactValue,
        ended_at: Timestamp,
        now: Timestamp,
    ) {
        match (column.kind, column.past_ms) {
            (FactKind::Output | FactKind::Status | FactKind::Time, _) => {
                if value.collected_at.is_some_and(|collected_at| collected_at > ended_at) {
                    return;
                }
                (self.collected_after, self.all_after) = (false, false);
                let Some(collection) = playbook.collected_by(column) else { return };
                let known = |supplier: &Supplier| supplier.remote_action_id == collection.remote_action_id;
                if !self.awaits.iter().any(known) {
                    self.awaits.push(collection.into());
                }
            }
            // An average over the past day mixes before and after until a day has passed.
            (FactKind::Computed, Some(past_ms)) => self.all_after &= now.since(ended_at) as f64 > past_ms,
            // When the Collector last reported a property is not told.
            (FactKind::Field | FactKind::Count | FactKind::Computed, _) => self.all_after = false,
        }
    }

    fn changed(&self, finding: &Finding) -> Certainty {
        match finding.verdict {
            // A rule that always matches has no fact that could change.
            _ if finding.because.is_empty() => Certainty::Unknown,
            // It held before the run; that it no longer does is a change, unless an older collection says so.
            Verdict::NoMatch if self.collected_after => Certainty::Yes,
            Verdict::Match if self.all_after => Certainty::No,
            _ => Certainty::Unknown,
        }
    }
}
