//! What the core asks of whoever runs it: HTTP, a clock, waiting, and random bytes.

use std::future::Future;

use crate::api::http::{Request, Response};
use crate::api::problem::NexthinkError;
use crate::nql::Timestamp;

/// The world outside, as a client and its flows see it during one call of the user's.
///
/// A JavaScript runtime implements it with its `fetch`; the simulated tenant implements it for native tests.
pub trait Host {
    /// Sends one request and gives the whole answer, whatever its status. Redirects are not followed.
    ///
    /// # Errors
    /// `network`, `timeout` or `aborted`, where no answer came: made by `NexthinkError::lost` where the request may
    /// have reached the tenant, by `new` where it was never sent.
    fn send(&self, request: Request, timeout_ms: u32) -> impl Future<Output = Result<Response, NexthinkError>>;

    /// The time.
    fn now(&self) -> Timestamp;

    /// Waits.
    ///
    /// # Errors
    /// `aborted`, or `invalid` where the runtime has no timers.
    fn sleep(&self, milliseconds: u32) -> impl Future<Output = Result<(), NexthinkError>>;

    /// Fills the bytes with secure randomness.
    ///
    /// # Errors
    /// `invalid` where the runtime has none.
    fn random(&self, bytes: &mut [u8]) -> Result<(), NexthinkError>;
}
