//! The ledger: which proposals have been acted upon, so that none is twice. In memory, for one process.

use std::cell::RefCell;

use super::run::Run;
use crate::nql::Timestamp;

/// The runs of this process, those last entered at the end.
#[derive(Default)]
pub struct Ledger(RefCell<Vec<Entry>>);

struct Entry {
    run: Run,
    /// After this nothing can ask for the run again: its token has expired.
    forget_at: Timestamp,
}

impl Ledger {
    /// Enters a run unless its proposal has one already; then gives that one.
    pub(super) fn enter(&self, run: &Run, forget_at: Timestamp, now: Timestamp) -> Option<Run> {
        let mut entries = self.0.borrow_mut();
        if let Some(entry) = entries.iter().find(|entry| entry.run.id == run.id) {
            return Some(entry.run.clone());
        }
        keep(&mut entries, &|entry| entry.forget_at > now);
        entries.push(Entry { run: run.clone(), forget_at });
        None
    }

    /// Writes down how a run stands.
    pub(super) fn record(&self, run: &Run) {
        if let Some(entry) = self.0.borrow_mut().iter_mut().find(|entry| entry.run.id == run.id) {
            entry.run = run.clone();
        }
    }

    /// Takes a run back that the tenant refused: nothing happened, and the consent still holds.
    pub(super) fn release(&self, run: &Run) {
        keep(&mut self.0.borrow_mut(), &|entry| entry.run.id != run.id);
    }
}

fn keep(entries: &mut Vec<Entry>, wanted: &dyn Fn(&Entry) -> bool) {
    entries.retain(|entry| wanted(entry));
}
