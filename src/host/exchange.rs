//! One request by the runtime's `fetch`, and its answer: whole, or its body piece by piece.

use js_sys::{Object, Promise, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::AbortController;

use super::download::JavaScriptDownload;
use super::failure::failed;
use super::race::{Outcome, Race};
use super::runtime::ForeignObject;
use super::{JavaScriptHost, set};
use crate::api::http::{READ_HEADERS, Request, Response};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::Bounds;

/// A request that was handed to `fetch`; cancelled when it is dropped before its end.
pub(super) struct Sent {
    host: JavaScriptHost,
    /// Where there is none (Node-RED, n8n) the answer is no longer waited for, but the connection stays.
    controller: Option<AbortController>,
    fetched: Promise,
    ended: bool,
}

impl Sent {
    fn new(host: &JavaScriptHost, request: &Request) -> Result<Self, NexthinkError> {
        host.check()?;
        let controller = AbortController::new().ok();
        let init = init(request, host.capabilities.user_agent, controller.as_ref());
        let fetched = host.capabilities.fetch(&request.url, &init)?;
        Ok(Self { host: host.clone(), controller, fetched, ended: false })
    }

    async fn answer(&self, race: &Race<'_>) -> Result<ForeignObject, NexthinkError> {
        match race.first(&self.fetched).await {
            Outcome::Value(answer) if answer.is_object() => Ok(answer.unchecked_into()),
            Outcome::Value(_) => Err(NexthinkError::lost(ErrorKind::Network, "`fetch` gave no answer")),
            outcome => Err(failed(outcome)),
        }
    }

    /// There is nothing left that could be cancelled.
    pub(super) fn end(&mut self) {
        self.ended = true;
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        if let Some(controller) = &self.controller {
            controller.abort();
        }
        self.host.capabilities.discard_body(&self.fetched);
    }
}

impl JavaScriptHost {
    /// Sends a request and reads the whole answer.
    pub(super) async fn exchange(&self, request: &Request, bounds: Bounds) -> Result<Response, NexthinkError> {
        let race = self.race(bounds.timeout_ms);
        let mut sent = Sent::new(self, request)?;
        let answer = sent.answer(&race).await?;
        let read = self.capabilities.read_body(&answer, bounds.maximum_bytes);
        let body = match race.first(&read).await {
            Outcome::Value(body) if body.is_undefined() => return Err(too_large(bounds.maximum_bytes)),
            Outcome::Value(body) => Uint8Array::new(&body).to_vec(),
            outcome => return Err(failed(outcome)),
        };
        sent.end();
        Ok(Response { body, ..head(&answer) })
    }

    /// Sends a request and gives its answer with the body unread.
    pub(super) async fn begin(
        &self,
        request: &Request,
        bounds: Bounds,
    ) -> Result<(Response, JavaScriptDownload), NexthinkError> {
        let race = self.race(bounds.timeout_ms);
        let sent = Sent::new(self, request)?;
        let answer = sent.answer(&race).await?;
        let pieces = self.capabilities.open_body(&answer)?;
        Ok((head(&answer), JavaScriptDownload::new(self.clone(), sent, pieces, bounds.timeout_ms)))
    }
}

fn too_large(maximum_bytes: u32) -> NexthinkError {
    let message = format!("the answer is larger than {maximum_bytes} bytes and was not read");
    NexthinkError::lost(ErrorKind::Malformed, message)
        .hint("if answers may be that large, give a larger `maxResponseBytes`; for many rows use `nql.export`")
}

/// The plain object for `fetch`: mocks, polyfills and other realms take nothing fancier.
fn init(request: &Request, user_agent: Option<&str>, controller: Option<&AbortController>) -> Object {
    let headers = Object::new();
    for (name, value) in &request.headers {
        set(&headers, name, &value.into());
    }
    if let Some(user_agent) = user_agent {
        set(&headers, "user-agent", &user_agent.into());
    }
    let init = Object::new();
    set(&init, "method", &request.method.word().into());
    set(&init, "headers", &headers);
    // A redirect would send a token, or a side effect, elsewhere.
    set(&init, "redirect", &"manual".into());
    if let Some(body) = &request.body {
        set(&init, "body", &body.into());
    }
    if let Some(controller) = controller {
        set(&init, "signal", &controller.signal());
    }
    init
}

/// The answer's status and the header fields that are ever read.
fn head(answer: &ForeignObject) -> Response {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates; a status has three digits")]
    let status = answer.status().ok().flatten().unwrap_or_default() as u16;
    let mut read = Vec::new();
    if let Ok(Some(headers)) = answer.headers() {
        for name in READ_HEADERS {
            if let Some(value) = headers.get(name).ok().and_then(|value| value.as_string()) {
                read.push((name.to_owned(), value));
            }
        }
    }
    Response { status, headers: read, body: Vec::new() }
}
