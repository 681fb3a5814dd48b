//! The budget of one tenant: how many calls at once, how many a second, and the pause that the tenant asks for.

use std::cell::Cell;

use super::event::{Happening, LimitReason};
use super::host::Host;
use super::settings::Limits;
use super::turns::{Turn, Turns};
use super::{Client, retry};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::nql::Timestamp;

/// What the calls of one client may use.
pub(super) struct Budget {
    turns: Turns,
    concurrent: u32,
    /// Between the beginnings of two requests, in milliseconds.
    spacing_ms: i64,
    /// When the next request may begin.
    next_at: Cell<Timestamp>,
    paused_until: Cell<Timestamp>,
}

impl Budget {
    pub fn new(limits: &Limits) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "the settings allow what gives 1 to 86,400,000")]
        let spacing = |per_second: f64| (1_000.0 / per_second).ceil() as i64;
        Self {
            turns: Turns::new(limits.concurrent as usize),
            concurrent: limits.concurrent,
            spacing_ms: limits.per_second.map_or(0, spacing),
            next_at: Cell::new(Timestamp(i64::MIN / 2)),
            paused_until: Cell::new(Timestamp(i64::MIN / 2)),
        }
    }

    /// The tenant has asked for a pause: it holds for every call of the client.
    pub fn pause(&self, now: Timestamp, wait_ms: u32) {
        let until = now.plus(i64::from(wait_ms));
        if until > self.paused_until.get() {
            self.paused_until.set(until);
        }
    }

    /// Waits until a request may be sent, and keeps its place until it is answered.
    ///
    /// # Errors
    /// `rate-limited` where the call has no time for the tenant's pause; `aborted` or `timeout` where it ends meanwhile.
    pub async fn enter<H: Host>(&self, client: &Client<H>, operation: &'static str) -> Result<Turn<'_>, NexthinkError> {
        let host = client.host();
        loop {
            if let Some(wait_ms) = self.left_of_pause(host.now()) {
                if host.remaining(wait_ms) < wait_ms {
                    return Err(rate_limited(operation, wait_ms));
                }
                wait(client, operation, LimitReason::Tenant, wait_ms).await?;
            }
            if self.turns.are_taken(host) {
                client.tell(operation, || Happening::RateLimit { reason: LimitReason::Concurrent, wait_ms: None });
            }
            let turn = self.turns.take(host).await?;
            let wait_ms = self.reserve(host.now());
            if wait_ms > 0 {
                turn.during(host, wait(client, operation, LimitReason::PerSecond, wait_ms)).await?;
            }
            // Another call may have been told to pause while this one waited.
            if self.left_of_pause(host.now()).is_none() {
                return Ok(turn);
            }
        }
    }

    /// What is left of the tenant's pause. One that is longer than any that is kept comes from a clock that was set
    /// back, and is over.
    fn left_of_pause(&self, now: Timestamp) -> Option<u32> {
        u32::try_from(self.paused_until.get().since(now))
            .ok()
            .filter(|left| (1..=retry::LONGEST_WAIT_MS).contains(left))
    }

    /// Takes the next moment at which a request may begin; how long it is until then.
    fn reserve(&self, now: Timestamp) -> u32 {
        let at = self.next_at.get().max(now);
        // No more calls than have a turn can be waiting; more than that comes from a clock that was set back.
        let longest = self.spacing_ms.saturating_mul(i64::from(self.concurrent));
        let at = if at.since(now) > longest { now } else { at };
        self.next_at.set(at.plus(self.spacing_ms));
        u32::try_from(at.since(now)).unwrap_or_default()
    }
}

async fn wait<H: Host>(
    client: &Client<H>,
    operation: &'static str,
    reason: LimitReason,
    wait_ms: u32,
) -> Result<(), NexthinkError> {
    client.tell(operation, || Happening::RateLimit { reason, wait_ms: Some(wait_ms) });
    client.host().sleep(wait_ms).await
}

fn rate_limited(operation: &str, wait_ms: u32) -> NexthinkError {
    let message =
        format!("{operation} was not sent: the tenant has asked for a pause that is longer than this call has time");
    let mut error = NexthinkError::new(ErrorKind::RateLimited, message);
    error.retry_after_ms = Some(wait_ms);
    error
}
