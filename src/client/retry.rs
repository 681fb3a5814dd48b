//! What is sent again, and when. Only what reads is; a side effect never passes through here.

use super::Client;
use super::event::Happening;
use super::host::Host;
use super::turns::lacks_timers;
use crate::api::http::Response;
use crate::api::problem::{NexthinkError, asked_pause};

/// The longest pause that is waited for. A tenant that asks for more has a quota that is used up: the caller is told.
pub(super) const LONGEST_WAIT_MS: u32 = 60_000;
/// The most that the first pause can be, in milliseconds; each later one twice that.
const FIRST_PAUSE_MS: u32 = 500;
/// The most that any pause can be that the tenant has not asked for.
const LONGEST_PAUSE_MS: u32 = 8_000;

/// One attempt to send a request.
#[derive(Clone, Copy)]
pub(super) struct Attempt {
    /// From 1.
    pub number: u32,
    /// Whether the tenant may receive the request twice.
    pub is_repeatable: bool,
}

impl Attempt {
    /// That of a request which changes something.
    pub const ONLY: Self = Self { number: 1, is_repeatable: false };
}

/// The attempts that were made of one request.
pub(super) struct Attempts {
    operation: &'static str,
    /// The one that is under way, from 1.
    pub number: u32,
    /// How many of them were made because one had failed; another token is no failure.
    retries: u32,
    /// Whether there was no time for another: a call with more of it would have tried again.
    pub lacked_time: bool,
}

impl Attempts {
    pub const fn first(operation: &'static str) -> Self {
        Self { operation, number: 1, retries: 0, lacked_time: false }
    }

    /// The one that is under way.
    pub const fn current(&self) -> Attempt {
        Attempt { number: self.number, is_repeatable: true }
    }

    /// Waits for the next attempt, where there is to be one; else false.
    ///
    /// # Errors
    /// `aborted` or `timeout`, when the call ends meanwhile.
    pub async fn next<H: Host>(
        &mut self,
        client: &Client<H>,
        outcome: &Result<Response, NexthinkError>,
    ) -> Result<bool, NexthinkError> {
        let again = match outcome {
            Ok(response) => matches!(response.status, 408 | 429 | 500..=599),
            Err(error) => error.retryable,
        };
        if !again || self.retries >= client.settings().max_retries {
            return Ok(false);
        }
        let host = client.host();
        let asked_for = outcome.as_ref().ok().and_then(|response| asked_pause(response, host.now().0));
        let jitter = pause(self.retries + 1, random(host));
        // Calls that were told the same moment do not all come back at that moment.
        let wait_ms = asked_for.map_or(jitter, |asked| asked.saturating_add(jitter / 10));
        if asked_for.is_some_and(|asked| asked > LONGEST_WAIT_MS) {
            return Ok(false);
        }
        self.lacked_time = host.remaining(wait_ms.saturating_add(1)) <= wait_ms;
        if self.lacked_time {
            return Ok(false);
        }
        client.tell(self.operation, || Happening::Retry { attempt: self.number + 1, wait_ms });
        match host.sleep(wait_ms).await {
            Ok(()) => {
                self.number += 1;
                self.retries += 1;
            }
            Err(error) if lacks_timers(&error) => return Ok(false),
            Err(error) => return Err(error),
        }
        Ok(true)
    }
}

/// Full jitter: anything up to a limit that doubles with each attempt.
fn pause(attempt: u32, random: u32) -> u32 {
    let most = FIRST_PAUSE_MS.saturating_mul(1 << (attempt - 1).min(16)).min(LONGEST_PAUSE_MS);
    random % (most + 1)
}

/// Any number. It keeps no secret: where the runtime has no randomness, the clock will do.
fn random<H: Host>(host: &H) -> u32 {
    let mut bytes = [0; 4];
    match host.random(&mut bytes) {
        Ok(()) => u32::from_le_bytes(bytes),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "its last digits are all that is wanted"
        )]
        Err(_) => (host.now().0 as u32).wrapping_mul(0x9e37_79b9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_of_a_pause_doubles_up_to_a_point() {
        for (attempt, most) in [(1, 500), (2, 1_000), (3, 2_000), (4, 4_000), (5, 8_000), (6, 8_000), (u32::MAX, 8_000)]
        {
            assert_eq!(pause(attempt, most), most, "{attempt}");
            assert_eq!(pause(attempt, most + 1), 0, "{attempt}");
            assert_eq!(pause(attempt, 0), 0);
        }
    }
}
