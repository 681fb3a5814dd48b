//! The conduct of a good client: who it is, its token, what it sends again and what it never does.

mod access_token;
mod budget;
mod catalogue;
mod event;
mod exchange;
mod export;
mod host;
mod memory;
mod options;
mod recent;
mod retry;
mod settings;
mod shared_token;
mod store;
mod together;
mod trace;
mod turns;

use std::cell::Cell;
use std::rc::Rc;

pub use event::{Event, Happening, LimitReason, TokenSource};
pub use export::{Export, ExportProgress, ExportStep};
pub use host::{Bounds, Download, Host, ProvidedToken};
pub use memory::Memory;
pub use options::{LimitOptions, Options};
pub use settings::{Access, Limits, Settings};
pub use together::join;

use crate::api;
use crate::api::http::{Method, Request, Response};
use crate::api::operations::{self, Operation};
use crate::api::problem::NexthinkError;
use crate::api::uncovered;
use crate::json::{Json, Write};
use access_token::TokenCache;
use budget::Budget;
use catalogue::Catalogue;

/// What the calls of one client share.
pub struct Shared {
    /// What it was created with.
    pub settings: Settings,
    token: TokenCache,
    budget: Budget,
    /// What stands for a store of the user's.
    memory: Rc<Memory>,
    catalogue: Catalogue,
    /// How many calls there were.
    calls: Cell<u32>,
}

impl Shared {
    /// A client's shared part, before any call.
    pub fn new(settings: Settings) -> Self {
        Self::remembering(settings, Rc::default())
    }

    /// The same for a client that shares what it remembers with others of its process.
    pub fn remembering(settings: Settings, memory: Rc<Memory>) -> Self {
        let budget = Budget::new(&settings.limits);
        Self {
            settings,
            token: TokenCache::default(),
            budget,
            memory,
            catalogue: Catalogue::default(),
            calls: Cell::new(0),
        }
    }
}

/// A client during one call: its shared part, and the host with that call's signal and deadline.
pub struct Client<H> {
    shared: Rc<Shared>,
    host: H,
    /// Which of the client's calls this is, from 1.
    call: u32,
    traceparent: Option<String>,
}

impl<H: Host> Client<H> {
    /// A view of the shared part for one call.
    pub fn new(shared: Rc<Shared>, host: H) -> Self {
        let call = shared.calls.get().wrapping_add(1);
        shared.calls.set(call);
        let traceparent = shared.settings.traceparent.clone();
        Self { shared, host, call, traceparent }
    }

    /// The same call as a part of a trace.
    ///
    /// # Errors
    /// `invalid` for what is no `traceparent`.
    pub fn traced(mut self, traceparent: String) -> Result<Self, NexthinkError> {
        trace::check(&traceparent)?;
        self.traceparent = Some(traceparent);
        Ok(self)
    }

    /// What it was created with.
    pub fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// The world outside.
    pub const fn host(&self) -> &H {
        &self.host
    }

    /// Executes a saved query.
    ///
    /// # Errors
    /// See `api::nql::execute`.
    pub async fn nql_execute(
        &self,
        input: &api::nql::execute::Input,
    ) -> Result<api::nql::execute::Output, NexthinkError> {
        let response = self.nql_answer(input).await?;
        api::nql::execute::parse(&response).map_err(|error| self.timed(error))
    }

    /// The same as JSON text, for whom that will do.
    ///
    /// # Errors
    /// As `nql_execute`.
    pub async fn nql_execute_to_text(&self, input: &api::nql::execute::Input) -> Result<Vec<u8>, NexthinkError> {
        let response = self.nql_answer(input).await?;
        api::nql::execute::parse_to_text(&response).map_err(|error| self.timed(error))
    }

    async fn nql_answer(&self, input: &api::nql::execute::Input) -> Result<Response, NexthinkError> {
        let request = api::nql::execute::request(&self.settings().tenant, input)?;
        self.read(api::nql::execute::OPERATION, request).await
    }

    /// Triggers a remote action: without consent and without ledger, but within `readOnly` and
    /// `allowedRemoteActions`.
    ///
    /// # Errors
    /// See `api::remote_actions::execute`; `sideEffect` says whether it may have happened.
    pub async fn remote_actions_execute(
        &self,
        input: &api::remote_actions::execute::Input,
    ) -> Result<api::remote_actions::execute::Output, NexthinkError> {
        use api::remote_actions::execute::{IF_UNKNOWN, OPERATION, parse, request};
        let request = request(&self.settings().tenant, input)?;
        self.settings().check_remote_action(&input.remote_action_id)?;
        let response = self.act(OPERATION, request, IF_UNKNOWN).await?;
        parse(&response).map_err(|error| self.timed(error))
    }

    /// Any other operation of the APIs, by its name: its input as JSON, its output as JSON.
    ///
    /// # Errors
    /// `invalid` for an unknown operation or a broken rule, `refused` by a guard rail, and what the operation's own
    /// `parse` finds; `sideEffect` says whether it may have happened.
    pub async fn operate(&self, name: &str, input: Json) -> Result<Json, NexthinkError> {
        let operation = Operation::named(name)?;
        if operation.name == api::token::create::OPERATION {
            return Err(NexthinkError::invalid("a client fetches its tokens itself").hint("call what needs one"));
        }
        // Its guard rails look at which remote action it is.
        if operation.name == api::remote_actions::execute::OPERATION {
            let input = operations::read(operation.name, input)?;
            return Ok(self.remote_actions_execute(&input).await?.write());
        }
        let request = operation.request(input, &self.settings().tenant)?;
        let response = self.exchange(operation.name, request, operation.if_unknown).await?;
        operation.output(&response).map_err(|error| self.timed(error))
    }

    /// A request to what the operations do not cover. What is no `GET` is sent once.
    ///
    /// # Errors
    /// See `api::uncovered`; `refused` where the client is read-only.
    pub async fn request(&self, input: &uncovered::Input) -> Result<uncovered::Output, NexthinkError> {
        let request = uncovered::request(&self.settings().tenant, input)?;
        let if_unknown = (input.method != Method::Get).then_some(uncovered::IF_UNKNOWN);
        let response = self.exchange(uncovered::OPERATION, request, if_unknown).await?;
        uncovered::parse(&response).map_err(|error| match if_unknown {
            None => self.timed(error),
            Some(if_unknown) => self.timed(error.of_side_effect(if_unknown)),
        })
    }

    /// Reads, or acts where there is a place to look at when nobody knows whether it happened.
    async fn exchange(
        &self,
        operation: &'static str,
        request: Request,
        if_unknown: Option<&'static str>,
    ) -> Result<Response, NexthinkError> {
        let Some(if_unknown) = if_unknown else { return self.read(operation, request).await };
        self.settings().check_side_effect()?;
        self.act(operation, request, if_unknown).await
    }

    /// An error whose date until which to wait is counted from now.
    fn timed(&self, error: NexthinkError) -> NexthinkError {
        error.waits_from(self.host.now().0)
    }
}
