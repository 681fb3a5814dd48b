//! A store that several processes share: it takes its time, forgets what is over its time by its own clock, and fails
//! as the history wants, before it has done what it was asked for or after.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError};
use nexthink_chatbot::client::Host;
use nexthink_chatbot::nql::Timestamp;
use nexthink_simulator::SimulatedHost;

use crate::chance::Chance;
use crate::ledger_watch::LedgerWatch;

/// Whether it looks and writes in one step, as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Atomicity {
    Kept,
    /// It puts whatever it is given, as one without compare-and-set does.
    Broken,
}

/// How it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Nothing is done.
    Before,
    /// It is done, and nobody is told.
    After,
    /// It does nothing for as long as it is given.
    Hangs,
    /// It is done, later than it may take.
    Late,
}

pub struct SharedStore {
    entries: RefCell<BTreeMap<String, (String, Timestamp)>>,
    atomicity: Atomicity,
    chance: Chance,
    /// How many of the next operations fail.
    pub trouble: Cell<u32>,
    pub failures: Cell<u64>,
    pub watch: LedgerWatch,
}

impl SharedStore {
    pub fn new(seed: u64, atomicity: Atomicity) -> Self {
        Self {
            entries: RefCell::default(),
            atomicity,
            chance: Chance::new(seed),
            trouble: Cell::default(),
            failures: Cell::default(),
            watch: LedgerWatch::default(),
        }
    }

    /// What comes of the next operation: how long it takes, and how it fails.
    async fn next(&self, host: &SimulatedHost) -> Option<Failure> {
        host.sleep(u32::try_from(self.chance.below(40)).unwrap()).await.unwrap();
        let left = self.trouble.get();
        if left == 0 || self.chance.one_in(3) {
            return None;
        }
        self.trouble.set(left - 1);
        self.failures.set(self.failures.get() + 1);
        Some(self.chance.of(&[Failure::Before, Failure::After, Failure::Hangs, Failure::Late]))
    }

    pub async fn get(&self, host: &SimulatedHost, key: &str, timeout_ms: u32) -> Result<Option<String>, NexthinkError> {
        match self.next(host).await {
            None => Ok(self.current(key, host.now())),
            Some(failure) => Err(self.fail(host, failure, timeout_ms).await),
        }
    }

    pub async fn put(
        &self,
        host: &SimulatedHost,
        key: &str,
        expected: Option<&str>,
        value: &str,
        ttl_ms: u32,
        timeout_ms: u32,
    ) -> Result<bool, NexthinkError> {
        let failure = self.next(host).await;
        match failure {
            None => return Ok(self.change(key, expected, value, ttl_ms, host.now())),
            Some(Failure::After) => {
                self.change(key, expected, value, ttl_ms, host.now());
            }
            Some(_) => {}
        }
        let error = self.fail(host, failure.unwrap(), timeout_ms).await;
        if failure == Some(Failure::Late) {
            self.change(key, expected, value, ttl_ms, host.now());
        }
        Err(error)
    }

    async fn fail(&self, host: &SimulatedHost, failure: Failure, timeout_ms: u32) -> NexthinkError {
        if matches!(failure, Failure::Before | Failure::After) {
            return NexthinkError::new(ErrorKind::Network, "the `store` failed");
        }
        host.sleep(timeout_ms).await.unwrap();
        NexthinkError::new(ErrorKind::Timeout, "the `store` gave no answer in time")
    }

    fn current(&self, key: &str, now: Timestamp) -> Option<String> {
        let entries = self.entries.borrow();
        entries.get(key).filter(|(_, forget_at)| now < *forget_at).map(|(value, _)| value.clone())
    }

    fn change(&self, key: &str, expected: Option<&str>, value: &str, ttl_ms: u32, now: Timestamp) -> bool {
        let current = self.current(key, now);
        if self.atomicity == Atomicity::Kept && current.as_deref() != expected {
            return false;
        }
        if self.atomicity == Atomicity::Kept {
            self.watch.changed(key, current.as_deref(), value);
        }
        self.entries.borrow_mut().insert(key.to_owned(), (value.to_owned(), now.plus(i64::from(ttl_ms))));
        true
    }
}
