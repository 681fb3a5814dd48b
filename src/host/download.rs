//! The body of an answer, piece by piece, as the facade reads and unpacks it.

use super::JavaScriptHost;
use super::outcome::Outcome;
use crate::api::problem::NexthinkError;
use crate::client::Download;

/// What is left of a body. Dropped before its end, it is cancelled and its connection cut.
pub struct JavaScriptDownload {
    host: JavaScriptHost,
    /// The ticket under which it was opened.
    opened: u32,
    timeout_ms: u32,
}

impl JavaScriptDownload {
    pub(super) const fn new(host: JavaScriptHost, opened: u32, timeout_ms: u32) -> Self {
        Self { host, opened, timeout_ms }
    }
}

impl Download for JavaScriptDownload {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, NexthinkError> {
        let host = &self.host;
        let timeout_ms = host.time_for(self.timeout_ms)?;
        let next = host.ask(|runtime, ticket| runtime.next(ticket, self.opened, timeout_ms, &host.signal)).await;
        match next {
            Outcome::Done { bytes, .. } => Ok(bytes),
            outcome => Err(outcome.into_error("fetch").of_read()),
        }
    }
}

impl Drop for JavaScriptDownload {
    fn drop(&mut self) {
        // At the end it does nothing.
        self.host.runtime.close(self.opened);
    }
}
