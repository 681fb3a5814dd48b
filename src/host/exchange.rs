//! One request by the runtime's `fetch`, and its answer: whole, or its body piece by piece.

use super::JavaScriptHost;
use super::download::JavaScriptDownload;
use super::outcome::Outcome;
use super::ticket::Ticket;
use crate::api::http::{Request, Response};
use crate::api::problem::NexthinkError;
use crate::client::Bounds;
use crate::json::scan::begins_with;

const USER_AGENT: &str = concat!("user-agent:nexthink-chatbot/", env!("CARGO_PKG_VERSION"), "\n");

impl JavaScriptHost {
    /// Sends a request and reads the whole answer.
    pub(super) async fn exchange(&self, request: &Request, bounds: Bounds) -> Result<Response, NexthinkError> {
        let timeout_ms = self.time_for(bounds.timeout_ms)?;
        let outcome = self
            .ask(|runtime, ticket| {
                runtime.send(
                    ticket,
                    self.new_head(request).as_deref(),
                    self.new_url(request),
                    request.body.as_deref(),
                    timeout_ms,
                    bounds.maximum_bytes,
                    bounds.is_repeatable,
                    &self.signal,
                );
            })
            .await;
        answer(outcome)
    }

    /// Sends a request and gives its answer with the body unread.
    pub(super) async fn begin(
        &self,
        request: &Request,
        bounds: Bounds,
    ) -> Result<(Response, JavaScriptDownload), NexthinkError> {
        let timeout_ms = self.time_for(bounds.timeout_ms)?;
        let ticket = Ticket::new(&self.runtime);
        // There before its body is: nothing may be left of it, whenever nobody waits any more.
        let download = JavaScriptDownload::new(self.clone(), ticket.number(), bounds.timeout_ms);
        let (head, url) = (self.new_head(request), self.new_url(request));
        self.runtime.open(ticket.number(), head.as_deref(), url, timeout_ms, &self.signal);
        Ok((answer(ticket.outcome().await)?, download))
    }

    /// The method and the header fields of a request, a line each; none where they are those of the request before, as
    /// most are: a token has a kilobyte. In a browser the client does not name itself: those do it themselves, and some
    /// ask the server first whether a page may.
    fn new_head(&self, request: &Request) -> Option<String> {
        let mut last = self.runtime.last_head.borrow_mut();
        // Compared before it is made: nearly always it is the same.
        let mut rest = Some(last.as_bytes());
        self.head(request, &mut |part| rest = rest.and_then(|rest| after(rest, part.as_bytes())));
        if rest.is_some_and(<[u8]>::is_empty) {
            return None;
        }
        last.clear();
        self.head(request, &mut |part| last.push_str(part));
        Some(last.clone())
    }

    /// The address of a request; none where it is that of the request before.
    fn new_url<'a>(&self, request: &'a Request) -> Option<&'a str> {
        let mut last = self.runtime.last_url.borrow_mut();
        let is_new = !is_same(last.as_bytes(), request.url.as_bytes());
        if is_new {
            last.clone_from(&request.url);
        }
        is_new.then_some(&request.url)
    }

    fn head(&self, request: &Request, part: &mut dyn FnMut(&str)) {
        part(request.method.word());
        part("\n");
        part(if self.runtime.is_browser { "" } else { USER_AGENT });
        for (name, value) in &request.headers {
            part(name);
            part(":");
            part(value);
            part("\n");
        }
    }
}

fn after<'a>(text: &'a [u8], beginning: &[u8]) -> Option<&'a [u8]> {
    text.get(beginning.len()..).filter(|_| begins_with(text, beginning))
}

fn is_same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && begins_with(left, right)
}

fn answer(outcome: Outcome) -> Result<Response, NexthinkError> {
    let Outcome::Done { code, text, bytes } = outcome else { return Err(outcome.into_error("fetch")) };
    let mut headers = Vec::new();
    let text = text.unwrap_or_default();
    let mut rest = text.as_str();
    while let Some((line, after)) = divided(rest, b'\n') {
        rest = after;
        if let Some((name, value)) = divided(line, b':') {
            headers.push((name.to_owned(), value.to_owned()));
        }
    }
    Ok(Response { status: code, headers, body: bytes.unwrap_or_default() })
}

/// What stands before a letter of ASCII, and what after it. The library's search for a letter is many times as long.
fn divided(text: &str, letter: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == letter)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}
