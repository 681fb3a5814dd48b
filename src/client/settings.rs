//! What a client is created with, checked once.

use crate::api::problem::{ErrorKind, NexthinkError};
use crate::api::remote_actions::same_remote_action;
use crate::api::tenant::Tenant;
use crate::api::token;
use crate::json::{Map, record};

record! {
    strict
    /// The options of a client that are data.
    #[derive(Clone)]
    pub struct Options {
        /// The tenant's name.
        pub instance: String,
        /// The tenant's region.
        pub region: String,
        /// API credentials.
        pub credentials: Option<token::create::Input>,
        /// The address of the API host, where it is not the usual one.
        pub api_url: Option<String>,
        /// The address of the token endpoint, where it is not the usual one.
        pub token_url: Option<String>,
        /// How long one request may take, in milliseconds.
        pub timeout_ms: Option<u32>,
        /// The tenant's IDs for our saved queries and the playbooks' queries.
        pub query_ids: Map<String>,
        /// The tenant's NQL IDs for the playbooks' remote actions.
        pub remote_action_ids: Map<String>,
        /// The only remote actions that may be triggered.
        pub allowed_remote_actions: Option<Vec<String>>,
        /// Whether every side effect is blocked.
        pub read_only: bool,
        /// The language of texts for the employee.
        pub locale: Option<String>,
    }
}

/// A client's settings.
pub struct Settings {
    /// Where the tenant is.
    pub tenant: Tenant,
    /// API credentials.
    pub credentials: token::create::Input,
    /// How long one request may take, in milliseconds.
    pub timeout_ms: u32,
    /// The tenant's IDs for queries, by our names for them.
    pub query_ids: Map<String>,
    /// The tenant's NQL IDs for remote actions, by the playbooks' names for them.
    pub remote_action_ids: Map<String>,
    /// The only remote actions that may be triggered; `None`: those that the playbooks declare.
    allowed_remote_actions: Option<Vec<String>>,
    /// The playbooks' names for the remote actions that they declare.
    declared_remote_actions: Vec<String>,
    /// Whether every side effect is blocked.
    pub read_only: bool,
    /// The language of texts for the employee.
    pub locale: String,
    /// The keys given for signing proposals: the first signs, all verify. Empty: derived from the client secret.
    pub consent_keys: Vec<Vec<u8>>,
}

/// NQL answers within 5 seconds or not at all; a remote action's trigger may take longer.
const DEFAULT_TIMEOUT_MS: u32 = 30_000;

impl Settings {
    /// Checks the options. `declared_remote_actions` are what may be triggered where the options do not say.
    ///
    /// # Errors
    /// `invalid`, with the option and its rule.
    pub fn new(
        options: Options,
        consent_keys: Vec<Vec<u8>>,
        declared_remote_actions: Vec<String>,
    ) -> Result<Self, NexthinkError> {
        let tenant = Tenant::new(options.instance, options.region, options.api_url, options.token_url)?;
        let credentials = options.credentials.filter(|given| !given.client_id.is_empty()).ok_or_else(|| {
            NexthinkError::invalid("`credentials` with `clientId` and `clientSecret` are missing")
                .hint("create API credentials in the Nexthink administration and pass their client ID and secret")
        })?;
        if let Some(key) = consent_keys.iter().find(|key| key.len() < 32) {
            let rule = format!("`consentKey` has {} bytes; at least 32 are needed", key.len());
            return Err(NexthinkError::invalid(rule).hint("make one with 32 random bytes and keep it secret"));
        }
        // Timers hold 31 bits: a longer one fires at once.
        if options.timeout_ms.is_some_and(|timeout| !(1..=0x7fff_ffff).contains(&timeout)) {
            return Err(NexthinkError::invalid("`timeoutMs` is not a whole number from 1 to 2147483647"));
        }
        Ok(Self {
            tenant,
            credentials,
            timeout_ms: options.timeout_ms.unwrap_or(DEFAULT_TIMEOUT_MS),
            query_ids: options.query_ids,
            remote_action_ids: options.remote_action_ids,
            allowed_remote_actions: options.allowed_remote_actions,
            declared_remote_actions,
            read_only: options.read_only,
            locale: options.locale.unwrap_or_else(|| "en".into()),
            consent_keys,
        })
    }

    /// The tenant's ID for a query that we call `key`.
    pub fn query_id(&self, key: &str, default: &str) -> String {
        self.query_ids.get(key).map_or(default, String::as_str).to_owned()
    }

    /// The tenant's NQL ID for a remote action that the playbooks call `name`.
    pub fn remote_action_id(&self, name: &str) -> String {
        self.remote_action_ids.get(name).map_or(name, String::as_str).to_owned()
    }

    /// Refuses what the guard rails forbid; before anything is proposed, and again before anything is sent.
    ///
    /// # Errors
    /// `refused`, with the guard rail.
    pub fn check_remote_action(&self, remote_action_id: &str) -> Result<(), NexthinkError> {
        if self.read_only {
            let message = "this client is read-only and triggers nothing";
            return Err(NexthinkError::new(ErrorKind::Refused, message).hint("create a client without `readOnly`"));
        }
        let same = |id: &str| same_remote_action(id, remote_action_id);
        let allowed = match &self.allowed_remote_actions {
            Some(allowed) => allowed.iter().any(|id| same(id)),
            None => self.declared_remote_actions.iter().any(|name| same(&self.remote_action_id(name))),
        };
        if allowed {
            return Ok(());
        }
        let message = "this remote action is not among those that this client may trigger";
        Err(NexthinkError::new(ErrorKind::Refused, message).hint("add its NQL ID to `allowedRemoteActions`"))
    }
}
