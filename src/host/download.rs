//! The body of an answer, piece by piece, as the facade reads and unpacks it.

use js_sys::Uint8Array;

use super::JavaScriptHost;
use super::capabilities::promise;
use super::exchange::Sent;
use super::failure::failed;
use super::race::Outcome;
use super::runtime::ForeignObject;
use crate::api::problem::NexthinkError;
use crate::client::Download;

/// What is left of a body. Dropped before its end, it is cancelled and its connection closed.
pub struct JavaScriptDownload {
    host: JavaScriptHost,
    sent: Sent,
    pieces: ForeignObject,
    timeout_ms: u32,
}

impl JavaScriptDownload {
    pub(super) const fn new(host: JavaScriptHost, sent: Sent, pieces: ForeignObject, timeout_ms: u32) -> Self {
        Self { host, sent, pieces, timeout_ms }
    }
}

impl Download for JavaScriptDownload {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, NexthinkError> {
        self.host.check()?;
        let race = self.host.race(self.timeout_ms);
        match race.first(&promise(self.pieces.next())).await {
            Outcome::Value(piece) if piece.is_undefined() => {
                self.sent.end();
                Ok(None)
            }
            Outcome::Value(piece) => Ok(Some(Uint8Array::new(&piece).to_vec())),
            outcome => Err(failed(outcome).of_read()),
        }
    }
}

impl Drop for JavaScriptDownload {
    fn drop(&mut self) {
        // At the end it does nothing.
        let _ = self.pieces.cancel();
    }
}
