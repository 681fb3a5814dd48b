//! The conduct of a good client: who it is, its token, what it sends again and what it never does.

mod access_token;
mod host;
mod join;
mod settings;

use std::rc::Rc;

pub use host::Host;
pub use join::join;
pub use settings::{Options, Settings};

use crate::api;
use crate::api::http::{Request, Response};
use crate::api::problem::NexthinkError;
use access_token::TokenCache;

/// What the calls of one client share.
pub struct Shared {
    /// What it was created with.
    pub settings: Settings,
    token: TokenCache,
}

impl Shared {
    /// A client's shared part, before any call.
    pub fn new(settings: Settings) -> Self {
        Self { settings, token: TokenCache::default() }
    }
}

/// A client during one call: its shared part, and the host with that call's signal and deadline.
pub struct Client<H> {
    shared: Rc<Shared>,
    host: H,
}

impl<H: Host> Client<H> {
    /// A view of the shared part for one call.
    pub const fn new(shared: Rc<Shared>, host: H) -> Self {
        Self { shared, host }
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
        let request = api::nql::execute::request(&self.settings().tenant, input)?;
        api::nql::execute::parse(&self.read(request).await?)
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
        self.settings().check_remote_action(&input.remote_action_id)?;
        let request = api::remote_actions::execute::request(&self.settings().tenant, input)?;
        api::remote_actions::execute::parse(&self.act(request).await?)
    }

    /// Sends a request that changes nothing. After a 401 the token is renewed once.
    async fn read(&self, request: Request) -> Result<Response, NexthinkError> {
        let token = self.token().await?;
        let response = self.send(request.clone().authorized(&token)).await.map_err(NexthinkError::of_read)?;
        if response.status != 401 {
            return Ok(response);
        }
        self.shared.token.forget(&token);
        let renewed = self.token().await?;
        self.send(request.authorized(&renewed)).await.map_err(NexthinkError::of_read)
    }

    /// Sends a request that changes something, once, whatever comes of it.
    async fn act(&self, request: Request) -> Result<Response, NexthinkError> {
        let token = self.token().await?;
        let answer = self.send(request.authorized(&token)).await.map_err(NexthinkError::of_side_effect);
        if matches!(&answer, Ok(response) if response.status == 401) {
            self.shared.token.forget(&token);
        }
        answer
    }

    async fn token(&self) -> Result<String, NexthinkError> {
        self.shared.token.token(&self.host, &self.shared.settings).await
    }

    async fn send(&self, request: Request) -> Result<Response, NexthinkError> {
        self.host.send(request, self.settings().timeout_ms).await
    }
}
