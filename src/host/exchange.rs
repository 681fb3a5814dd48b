//! One request by the runtime's `fetch`, and its answer: whole, or its body piece by piece.

use wasm_bindgen::JsValue;
use web_sys::AbortController;

use super::JavaScriptHost;
use super::download::JavaScriptDownload;
use super::outcome::Outcome;
use super::ticket::Ticket;
use crate::api::http::{Request, Response};
use crate::api::problem::NexthinkError;
use crate::client::{Bounds, Host};

const USER_AGENT: &str = concat!("user-agent:nexthink-chatbot/", env!("CARGO_PKG_VERSION"), "\n");

/// The connection of a request, which is cut when it is dropped before its end.
pub(super) struct Connection {
    /// Where there is none (Node-RED, n8n) the answer is no longer waited for, but the connection stays.
    controller: Option<AbortController>,
    ended: bool,
}

impl Connection {
    fn new() -> Self {
        Self { controller: AbortController::new().ok(), ended: false }
    }

    fn cancelled(&self) -> JsValue {
        self.controller.as_ref().map_or(JsValue::UNDEFINED, |controller| controller.signal().into())
    }

    /// There is nothing left that could be cut.
    pub(super) const fn end(&mut self) {
        self.ended = true;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let (false, Some(controller)) = (self.ended, &self.controller) {
            controller.abort();
        }
    }
}

impl JavaScriptHost {
    /// Sends a request and reads the whole answer.
    pub(super) async fn exchange(&self, request: &Request, bounds: Bounds) -> Result<Response, NexthinkError> {
        self.check()?;
        let mut connection = Connection::new();
        let outcome = self
            .ask(|runtime, ticket| {
                runtime.send(
                    ticket,
                    request.method.word(),
                    &request.url,
                    &self.lines(request),
                    request.body.as_deref(),
                    self.remaining(bounds.timeout_ms),
                    bounds.maximum_bytes,
                    &self.signal,
                    &connection.cancelled(),
                );
            })
            .await;
        let response = answer(outcome)?;
        connection.end();
        Ok(response)
    }

    /// Sends a request and gives its answer with the body unread.
    pub(super) async fn begin(
        &self,
        request: &Request,
        bounds: Bounds,
    ) -> Result<(Response, JavaScriptDownload), NexthinkError> {
        self.check()?;
        let connection = Connection::new();
        let ticket = Ticket::new(&self.runtime);
        self.runtime.open(
            ticket.number(),
            request.method.word(),
            &request.url,
            &self.lines(request),
            self.remaining(bounds.timeout_ms),
            &self.signal,
            &connection.cancelled(),
        );
        let head = answer(ticket.outcome().await)?;
        Ok((head, JavaScriptDownload::new(self.clone(), connection, ticket.number(), bounds.timeout_ms)))
    }

    /// The header fields of a request, a line each. In a browser the client does not name itself: those do it
    /// themselves, and some ask the server first whether a page may.
    fn lines(&self, request: &Request) -> String {
        let mut lines = String::from(if self.runtime.is_browser { "" } else { USER_AGENT });
        for (name, value) in &request.headers {
            for part in [name, ":", value, "\n"] {
                lines.push_str(part);
            }
        }
        lines
    }
}

fn answer(outcome: Outcome) -> Result<Response, NexthinkError> {
    let Outcome::Done { code, text, bytes } = outcome else { return Err(outcome.into_error("fetch")) };
    let mut headers = Vec::new();
    for line in text.unwrap_or_default().lines() {
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_owned(), value.to_owned()));
        }
    }
    Ok(Response { status: code, headers, body: bytes.unwrap_or_default() })
}
