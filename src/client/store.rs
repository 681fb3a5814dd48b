//! Where a client keeps what must be known later, or to other processes: in the user's store, or in this process's
//! memory where there is none.

use super::Client;
use super::host::Host;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::nql::Timestamp;

/// How long the store may take for one thing, in milliseconds.
const TIMEOUT_MS: u32 = 5_000;

impl<H: Host> Client<H> {
    /// Refuses a store that cannot tell who was first.
    ///
    /// # Errors
    /// `refused`.
    pub fn check_store(&self) -> Result<(), NexthinkError> {
        let settings = self.settings();
        if settings.store_is_atomic || !settings.has_store {
            return Ok(());
        }
        let message = "the `store` cannot look and write in one step: a remote action could be triggered twice";
        Err(NexthinkError::new(ErrorKind::Refused, message).hint(
            "give a store that can, and says so with `atomic: true`: Redis and Durable Objects can, Workers KV cannot",
        ))
    }

    /// Before which time something may have been put that nobody knows any more: where there is no store, and this process's
    /// memory was lost.
    pub fn lost_at(&self) -> Option<Timestamp> {
        if self.settings().has_store { None } else { self.shared.memory.lost_at() }
    }

    /// What the store holds for `whose` under the name `what`.
    ///
    /// # Errors
    /// What the user's store fails with.
    pub async fn stored(&self, what: &str, whose: &str) -> Result<Option<String>, NexthinkError> {
        let settings = self.settings();
        if settings.has_store {
            return self.host().store_get(&settings.store_key(what, whose), TIMEOUT_MS).await;
        }
        Ok(self.shared.memory.get(&self.memory_key(what, whose)))
    }

    /// Puts a text there for at least `ttl_ms`: where there is none, or, with `expected`, where there is that one.
    /// Gives whether it was put.
    ///
    /// # Errors
    /// As `stored`. It may have been put all the same.
    pub async fn store(
        &self,
        what: &str,
        whose: &str,
        expected: Option<&str>,
        value: &str,
        ttl_ms: u32,
    ) -> Result<bool, NexthinkError> {
        let settings = self.settings();
        if settings.has_store {
            let key = settings.store_key(what, whose);
            return self.host().store_put(&key, expected, value, ttl_ms, TIMEOUT_MS).await;
        }
        let (key, now) = (self.memory_key(what, whose), self.host().now());
        Ok(self.shared.memory.put(&key, expected, value, now.plus(i64::from(ttl_ms)), now))
    }

    /// As `stored`, for what is wanted for some minutes and may be lost.
    ///
    /// # Errors
    /// As `stored`.
    pub async fn stored_recently(&self, what: &str, whose: &str) -> Result<Option<String>, NexthinkError> {
        if self.settings().has_store {
            return self.stored(what, whose).await;
        }
        Ok(self.shared.memory.recent.get(&self.memory_key(what, whose), self.host().now()))
    }

    /// As `store` where there is nothing yet, for what is wanted for some minutes and may be lost: without a store it lies
    /// where it can crowd out nothing that must be known.
    ///
    /// # Errors
    /// As `stored`.
    pub async fn store_recent(&self, what: &str, whose: &str, value: &str, ttl_ms: u32) -> Result<bool, NexthinkError> {
        if self.settings().has_store {
            return self.store(what, whose, None, value, ttl_ms).await;
        }
        let (key, now) = (self.memory_key(what, whose), self.host().now());
        Ok(self.shared.memory.recent.put(&key, value, now.plus(i64::from(ttl_ms)), now))
    }

    /// Keeps in this process's memory what the user's store did not take, for `ttl_ms`.
    pub fn remember(&self, what: &str, whose: &str, value: &str, ttl_ms: u32) {
        let (key, now) = (self.memory_key(what, whose), self.host().now());
        let known = self.shared.memory.get(&key);
        self.shared.memory.put(&key, known.as_deref(), value, now.plus(i64::from(ttl_ms)), now);
    }

    /// What this process's memory holds.
    pub fn remembered(&self, what: &str, whose: &str) -> Option<String> {
        self.shared.memory.get(&self.memory_key(what, whose))
    }

    /// Clients of several tenants may share a memory, and simulated tenants share a name.
    fn memory_key(&self, what: &str, whose: &str) -> String {
        let settings = self.settings();
        settings.tenant.api(&format!(" {}", settings.store_key(what, whose)))
    }
}
