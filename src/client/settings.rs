//! What a client is created with, checked once.

use std::ops::RangeInclusive;

use super::options::{LimitOptions, Options};
use super::trace;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::api::remote_actions::same_remote_action;
use crate::api::tenant::Tenant;
use crate::api::token;
use crate::json::Map;

/// A client's settings.
pub struct Settings {
    /// Where the tenant is.
    pub tenant: Tenant,
    /// From where access tokens come.
    pub access: Access,
    /// How long one attempt may take, in milliseconds.
    pub timeout_ms: u32,
    /// How long a whole call may take, where the call does not say, in milliseconds.
    pub total_timeout_ms: u32,
    /// How often what reads is sent again.
    pub max_retries: u32,
    /// The largest body of an answer.
    pub max_response_bytes: u32,
    /// How many requests at once, and a second.
    pub limits: Limits,
    /// Whether the access token is shared through the store.
    pub share_token: bool,
    /// Whether the host has a store; if not, there is this process's memory.
    pub has_store: bool,
    /// Whether that store looks and writes in one step.
    pub store_is_atomic: bool,
    /// Whether the host has a directory of devices.
    pub has_directory: bool,
    /// How old its data may be, in milliseconds.
    pub directory_max_age_ms: i64,
    /// Whether a second person is asked before anything is triggered.
    pub approve: bool,
    /// The trace that requests belong to, where a call has none of its own.
    pub traceparent: Option<String>,
    /// The tenant's IDs for queries, by our names for them.
    pub query_ids: Map<String>,
    /// The tenant's NQL IDs for remote actions, by the playbooks' names for them.
    pub remote_action_ids: Map<String>,
    /// The only remote actions that may be triggered; `None`: those that the playbooks declare.
    allowed_remote_actions: Option<Vec<String>>,
    /// The playbooks' names for the remote actions that they declare.
    declared_remote_actions: Map<String>,
    /// Whether every side effect is blocked.
    pub read_only: bool,
    /// The language of texts for the employee.
    pub locale: String,
    /// The keys given for signing proposals: the first signs, all verify. Empty: derived from the client secret.
    pub consent_keys: Vec<Vec<u8>>,
}

/// From where access tokens come.
pub enum Access {
    /// From the tenant, for API credentials.
    Credentials(token::create::Input),
    /// From the host.
    Provider,
}

/// The budget of a client.
pub struct Limits {
    /// How many requests begin in a second; none: any number.
    pub per_second: Option<f64>,
    /// How many requests are under way at once.
    pub concurrent: u32,
}

/// NQL answers within 5 seconds or not at all; a remote action's trigger may take longer.
const DEFAULT_TIMEOUT_MS: u32 = 30_000;
/// Room for three attempts of the longest kind, and their pauses.
const DEFAULT_TOTAL_TIMEOUT_MS: u32 = 120_000;
const DEFAULT_RETRIES: u32 = 2;
/// 16 MiB: a query's 1,000 rows have room for 16 KB each.
const DEFAULT_RESPONSE_BYTES: u32 = 1 << 24;
const DEFAULT_CONCURRENT: u32 = 16;
/// As often as Nexthink exports daily.
const DEFAULT_DIRECTORY_MS: u32 = 24 * 60 * 60_000;
/// A device is the employee's for as long after it was found so (`flow::proof`), and the tenant's queries look back as far.
const OLDEST_DIRECTORY_MS: u32 = 7 * DEFAULT_DIRECTORY_MS;
/// Timers hold 31 bits: a longer one fires at once.
pub(super) const LONGEST_TIMER_MS: u32 = 0x7fff_ffff;

impl Settings {
    /// Checks the options. `declared_remote_actions` are what may be triggered where the options do not say: the
    /// playbooks' names, each with its NQL ID where the options name no other.
    ///
    /// # Errors
    /// `invalid`, with the option and its rule.
    pub fn new(
        options: Options,
        consent_keys: Vec<Vec<u8>>,
        declared_remote_actions: Map<String>,
    ) -> Result<Self, NexthinkError> {
        let tenant = Tenant::new(options.instance, options.region, options.api_url, options.token_url)?;
        let access = access(options.credentials, options.token_provider)?;
        if let Some(key) = consent_keys.iter().find(|key| key.len() < 32) {
            let rule = format!("`consentKey` has {} bytes; at least 32 are needed", key.len());
            return Err(NexthinkError::invalid(rule).hint("make one with 32 random bytes and keep it secret"));
        }
        if options.share_token && !options.store {
            return Err(NexthinkError::invalid("`shareToken` needs a `store` in which the token is shared"));
        }
        let whole = |field: &str, given: Option<u32>, default: u32, allowed: RangeInclusive<u32>| match given {
            Some(number) if !allowed.contains(&number) => {
                let (least, most) = (allowed.start(), allowed.end());
                Err(NexthinkError::invalid(format!("`{field}` is not a whole number from {least} to {most}")))
            }
            _ => Ok(given.unwrap_or(default)),
        };
        let limits = options.limits.unwrap_or(LimitOptions { per_second: None, concurrent: None });
        if limits.per_second.is_some_and(|rate| !(1.0 / 86_400.0..=1_000.0).contains(&rate)) {
            let rule = "`limits.perSecond` is neither a number from one a day (1/86400) to 1000 nor left out";
            return Err(NexthinkError::invalid(rule));
        }
        if let Some(traceparent) = &options.traceparent {
            trace::check(traceparent)?;
        }
        Ok(Self {
            tenant,
            access,
            timeout_ms: whole("timeoutMs", options.timeout_ms, DEFAULT_TIMEOUT_MS, 1..=LONGEST_TIMER_MS)?,
            total_timeout_ms: whole(
                "totalTimeoutMs",
                options.total_timeout_ms,
                DEFAULT_TOTAL_TIMEOUT_MS,
                1..=LONGEST_TIMER_MS,
            )?,
            max_retries: whole("maxRetries", options.max_retries, DEFAULT_RETRIES, 0..=10)?,
            max_response_bytes: whole(
                "maxResponseBytes",
                options.max_response_bytes,
                DEFAULT_RESPONSE_BYTES,
                1..=0x7fff_ffff,
            )?,
            limits: Limits {
                per_second: limits.per_second,
                concurrent: whole("limits.concurrent", limits.concurrent, DEFAULT_CONCURRENT, 1..=1_000)?,
            },
            share_token: options.share_token,
            has_store: options.store,
            store_is_atomic: options.store_atomic,
            has_directory: options.directory,
            directory_max_age_ms: whole(
                "directoryMaxAgeMs",
                options.directory_max_age_ms,
                DEFAULT_DIRECTORY_MS,
                1..=OLDEST_DIRECTORY_MS,
            )?
            .into(),
            approve: options.approve,
            traceparent: options.traceparent,
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
    pub fn remote_action_id(&self, name: &str, default: &str) -> String {
        self.remote_action_ids.get(name).map_or(default, String::as_str).to_owned()
    }

    /// Where something of this client's is in its store; `whose` has no colon.
    pub(super) fn store_key(&self, what: &str, whose: &str) -> String {
        format!("nexthink-chatbot:{}.{}:{what}:{whose}", self.tenant.instance(), self.tenant.region())
    }

    /// Refuses what changes something, where the client may not.
    ///
    /// # Errors
    /// `refused`.
    pub fn check_side_effect(&self) -> Result<(), NexthinkError> {
        if !self.read_only {
            return Ok(());
        }
        let message = "this client is read-only and triggers nothing";
        Err(NexthinkError::new(ErrorKind::Refused, message).hint("create a client without `readOnly`"))
    }

    /// Refuses what the guard rails forbid; before anything is proposed, and again before anything is sent.
    ///
    /// # Errors
    /// `refused`, with the guard rail.
    pub fn check_remote_action(&self, remote_action_id: &str) -> Result<(), NexthinkError> {
        self.check_side_effect()?;
        let same = |id: &str| same_remote_action(id, remote_action_id);
        let allowed = match &self.allowed_remote_actions {
            Some(allowed) => allowed.iter().any(|id| same(id)),
            None => self.declared_remote_actions.iter().any(|(name, id)| same(&self.remote_action_id(name, id))),
        };
        if allowed {
            return Ok(());
        }
        let message = "this remote action is not among those that this client may trigger";
        Err(NexthinkError::new(ErrorKind::Refused, message).hint("add its NQL ID to `allowedRemoteActions`"))
    }
}

fn access(credentials: Option<token::create::Input>, has_provider: bool) -> Result<Access, NexthinkError> {
    match credentials {
        Some(_) if has_provider => {
            Err(NexthinkError::invalid("`credentials` and `tokenProvider` exclude each other: give one of them"))
        }
        Some(credentials) => {
            credentials.check()?;
            Ok(Access::Credentials(credentials))
        }
        None if has_provider => Ok(Access::Provider),
        None => Err(NexthinkError::invalid("`credentials` with `clientId` and `clientSecret` are missing").hint(
            "create API credentials in the Nexthink administration and pass their client ID and secret, or a `tokenProvider`",
        )),
    }
}
