//! The options of a client, as they come.

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
        /// Whether access tokens come from the host's `provided_token` instead.
        pub token_provider: bool,
        /// The address of the API host, where it is not the usual one.
        pub api_url: Option<String>,
        /// The address of the token endpoint, where it is not the usual one.
        pub token_url: Option<String>,
        /// How long one attempt may take, in milliseconds.
        pub timeout_ms: Option<u32>,
        /// How long a whole call may take, in milliseconds.
        pub total_timeout_ms: Option<u32>,
        /// How often what reads is sent again.
        pub max_retries: Option<u32>,
        /// The largest body of an answer.
        pub max_response_bytes: Option<u32>,
        /// How many requests at once, and a second.
        pub limits: Option<LimitOptions>,
        /// Whether the access token is shared through the store.
        pub share_token: bool,
        /// Whether the host has a store.
        pub store: bool,
        /// Whether that store looks and writes in one step.
        pub store_atomic: bool,
        /// Whether the host has a directory of devices.
        pub directory: bool,
        /// How old its data may be, in milliseconds.
        pub directory_max_age_ms: Option<u32>,
        /// Whether the host has a second person asked before anything is triggered.
        pub approve: bool,
        /// The trace that requests belong to.
        pub traceparent: Option<String>,
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

record! {
    strict
    /// The budget of a client.
    #[derive(Clone)]
    pub struct LimitOptions {
        /// How many requests begin in a second.
        pub per_second: Option<f64>,
        /// How many requests are under way at once.
        pub concurrent: Option<u32>,
    }
}
