//! How a request becomes an answer: within the budget, with a token, again where that is safe, and told to whoever
//! listens.

use super::Client;
use super::event::{Event, Happening};
use super::host::{Bounds, Host};
use super::retry::{Attempt, Attempts, LONGEST_WAIT_MS};
use crate::api::http::{Request, Response};
use crate::api::problem::{NexthinkError, asked_pause};

impl<H: Host> Client<H> {
    /// Sends a request that changes nothing, again where it failed in a way that passes. After a 401 the token is
    /// renewed once.
    pub(super) async fn read(&self, operation: &'static str, request: Request) -> Result<Response, NexthinkError> {
        let mut request = self.traced_request(request);
        let mut attempts = Attempts::first(operation);
        let mut renewed = false;
        loop {
            let (turn, token) = self.shared.budget.enter(self, operation).await?;
            request = request.authorized(&token);
            let attempt = self.authorized(operation, &request, &token, attempts.current());
            let outcome = turn.during(&self.host, attempt).await;
            drop(turn);
            let refused = matches!(&outcome, Ok(response) if response.status == 401);
            if refused && !renewed {
                renewed = true;
                attempts.number += 1;
            } else if !attempts.next(self, &outcome).await? {
                return outcome.map_err(NexthinkError::of_read);
            }
        }
    }

    /// Sends a request that changes something, once, whatever comes of it.
    pub(super) async fn act(
        &self,
        operation: &'static str,
        request: Request,
        if_unknown: &'static str,
    ) -> Result<Response, NexthinkError> {
        let (turn, token) = self.shared.budget.enter(self, operation).await?;
        let request = self.traced_request(request).authorized(&token);
        let outcome = turn.during(&self.host, self.authorized(operation, &request, &token, Attempt::ONLY)).await;
        outcome.map_err(|error| error.of_side_effect(if_unknown))
    }

    /// One attempt with a request's token, which is forgotten where the tenant does not accept it.
    async fn authorized(
        &self,
        operation: &'static str,
        request: &Request,
        token: &str,
        attempt: Attempt,
    ) -> Result<Response, NexthinkError> {
        let outcome = self.send(operation, request, attempt).await;
        if matches!(&outcome, Ok(response) if response.status == 401) {
            self.shared.token.forget(token);
        }
        outcome
    }

    /// One attempt.
    pub(super) async fn send(
        &self,
        operation: &'static str,
        request: &Request,
        attempt: Attempt,
    ) -> Result<Response, NexthinkError> {
        let Attempt { number, is_repeatable } = attempt;
        self.tell(operation, || Happening::Request { attempt: number });
        let settings = self.settings();
        let maximum_bytes = settings.max_response_bytes;
        let bounds = Bounds { timeout_ms: settings.timeout_ms, maximum_bytes, is_repeatable };
        let begun = self.host.listens().then(|| self.host.now());
        let outcome = self.host.send(request, bounds).await;
        if let Ok(response) = &outcome
            && response.status == 429
        {
            let wait_ms = asked_pause(response, self.host.now().0).filter(|wait_ms| *wait_ms <= LONGEST_WAIT_MS);
            self.shared.budget.pause(&self.host, wait_ms.unwrap_or_default());
        }
        if let Some(begun) = begun {
            self.tell(operation, || Happening::response(number, &outcome, self.host.now().since(begun)));
        }
        outcome
    }

    /// A request as a part of the call's trace.
    pub(super) fn traced_request(&self, mut request: Request) -> Request {
        if let Some(traceparent) = &self.traceparent {
            request.headers.push(("traceparent", traceparent.clone()));
        }
        request
    }

    /// Tells whoever listens.
    pub(super) fn tell(&self, operation: &'static str, what: impl FnOnce() -> Happening) {
        if self.host.listens() {
            self.host.tell(&Event { call: self.call, operation, what: what() });
        }
    }
}
