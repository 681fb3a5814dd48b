//! The budget of one tenant: how many calls at once, how many a second, and the pause that the tenant asks for.

use std::cell::Cell;
use std::rc::Rc;

use super::event::{Happening, LimitReason};
use super::host::Host;
use super::settings::Limits;
use super::turns::{Turn, Turns};
use super::{Client, retry};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::nql::{MINUTE, Timestamp};

/// Before any time.
const NEVER: Timestamp = Timestamp(i64::MIN);

/// What the calls of one client may use.
pub(super) struct Budget {
    turns: Turns,
    concurrent: u32,
    /// Whose request begins next, where there is a limit by time: one call's. Whoever leaves while it waits for its
    /// moment leaves the moment to the next.
    beginning: Turns,
    /// Between the beginnings of two requests, in milliseconds.
    spacing_ms: u32,
    /// When the next request may begin.
    next_at: Cell<Timestamp>,
    paused_until: Cell<Timestamp>,
}

impl Budget {
    pub fn new(limits: &Limits) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "the settings allow what gives 1 to 86,400,000")]
        #[expect(clippy::cast_sign_loss, reason = "the settings allow no negative rate")]
        let spacing = |per_second: f64| (1_000.0 / per_second).ceil() as u32;
        Self {
            turns: Turns::new(limits.concurrent as usize),
            concurrent: limits.concurrent,
            beginning: Turns::new(1),
            spacing_ms: limits.per_second.map_or(0, spacing),
            next_at: Cell::new(Timestamp(i64::MIN / 2)),
            paused_until: Cell::new(NEVER),
        }
    }

    /// The tenant has asked for a pause: it holds for every call of the client.
    pub fn pause<H: Host>(&self, host: &H, wait_ms: u32) {
        if self.left_of_pause(host, NEVER).is_none_or(|left| left < wait_ms) {
            self.paused_until.set(host.now().plus(i64::from(wait_ms)));
        }
    }

    /// Waits until a request may be sent: gives its place, which it keeps until it is answered, and its token. The
    /// token comes before the moment to begin: however long it takes, requests do not begin together after it.
    ///
    /// # Errors
    /// `rate-limited` where the call has no time for the tenant's pause; `aborted` or `timeout` where it ends
    /// meanwhile; or why there is no token. Nothing was sent then.
    pub async fn enter<H: Host>(
        &self,
        client: &Client<H>,
        operation: &'static str,
    ) -> Result<(Turn<'_>, Rc<String>), NexthinkError> {
        let host = client.host();
        let tokens = &client.shared.token;
        let waits_since = tokens.moment();
        // Up to when this call has waited already: a clock that stands still is not asked a second time.
        let mut waited_until = NEVER;
        loop {
            if let Some(wait_ms) = self.left_of_pause(host, waited_until) {
                if host.remaining(wait_ms.saturating_add(1)) <= wait_ms {
                    return Err(rate_limited(operation, wait_ms));
                }
                waited_until = self.paused_until.get();
                wait(client, operation, LimitReason::Tenant, wait_ms).await?;
            }
            if self.turns.are_taken(host) {
                client.tell(operation, || Happening::RateLimit { reason: LimitReason::Concurrent, wait_ms: None });
            }
            let turn = self.turns.take(host).await?;
            let token = turn
                .during(host, async {
                    let token = tokens.token(client, operation, waits_since).await?;
                    if self.spacing_ms == 0 {
                        return Ok(token);
                    }
                    let begins = host.now();
                    self.begin(client, operation).await?;
                    // Whoever has waited for longer than a token holds at least needs another.
                    if host.now().since(begins) < MINUTE {
                        return Ok(token);
                    }
                    tokens.token(client, operation, waits_since).await
                })
                .await?;
            // Another call may have been told to pause while this one waited.
            if self.left_of_pause(host, waited_until).is_none() {
                return Ok((turn, token));
            }
        }
    }

    /// Waits for the moment at which a request may begin, and takes it.
    async fn begin<H: Host>(&self, client: &Client<H>, operation: &'static str) -> Result<(), NexthinkError> {
        let host = client.host();
        let turn = self.beginning.take(host).await?;
        // Where calls can vanish, another one may have taken the moment; there are no more than this.
        for _ in 0..=self.concurrent {
            let wait_ms = u32::try_from(self.next_at.get().since(host.now())).unwrap_or_default();
            // What is longer comes from a clock that was set back.
            if !(1..=self.spacing_ms).contains(&wait_ms) {
                break;
            }
            turn.during(host, wait(client, operation, LimitReason::PerSecond, wait_ms)).await?;
        }
        self.next_at.set(host.now().plus(i64::from(self.spacing_ms)));
        Ok(())
    }

    /// What is left of the tenant's pause, for a call that has waited already until a time. A pause that is longer than
    /// any that is kept comes from a clock that was set back, and is over.
    fn left_of_pause<H: Host>(&self, host: &H, waited_until: Timestamp) -> Option<u32> {
        if self.paused_until.get() <= waited_until {
            return None;
        }
        u32::try_from(self.paused_until.get().since(host.now()))
            .ok()
            .filter(|left| (1..=retry::LONGEST_WAIT_MS).contains(left))
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
