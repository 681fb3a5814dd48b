//! Runs in full: who keeps little of them, as the state of a conversation does, gets the rest back from the ledger.

use super::certainty::Certainty;
use super::ledger;
use super::run::Run;
use crate::client::{Client, Host};

/// The same runs with all that the ledger knows of them. One that it does not know, or that is not the same employee's,
/// is given back as it is, and a store that fails is no reason to be without it.
pub async fn recall<H: Host>(client: &Client<H>, runs: Vec<Run>) -> Vec<Run> {
    let mut recalled = Vec::new();
    for run in runs {
        let entered = ledger::find(client, &run.id).await.ok().flatten();
        recalled.push(match entered.map(|entered| entered.entry.run.clone()) {
            Some(known) if known.employee == run.employee && known.reference == run.reference => filled(known, run),
            _ => run,
        });
    }
    recalled
}

/// What the ledger was not told, because the store failed, stays as it was given.
fn filled(known: Run, given: Run) -> Run {
    let changed = given.changed;
    let mut run = known.merged(given);
    if run.changed == Certainty::Unknown {
        run.changed = changed;
    }
    run
}
