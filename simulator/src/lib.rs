//! A Nexthink tenant in memory that answers the same HTTP: a generated fleet, the saved queries executed over it, and
//! remote actions that take time and change devices. No I/O: a request is a value, and time moves when it is told to.
//!
//! # Layout
//! - `tenant`: the tenant and what a test controls; start reading here
//! - `fleet`: employees and devices, generated from a seed; the first of them are scenarios
//! - `remote_actions`: the catalogue, what the scripts do to a device, and the life cycle of executions
//! - `collection`: what scheduled remote actions have collected, and when
//! - `tables`: all of it as the tables that NQL queries
//! - `http`: the endpoints
//! - `webhooks`: what the tenant sends by itself when something happens
//! - `fault`, `request_log`: failures on demand, and what was asked
//! - `host`: the tenant as the `Host` of native tests, with virtual time
//! - `bindings`: the tenant for JavaScript (feature `javascript`)

#[cfg(feature = "javascript")]
mod bindings;
mod collection;
mod fault;
mod fleet;
mod host;
mod http;
mod json;
mod random;
mod remote_actions;
mod request_log;
mod saved_queries;
mod tables;
mod tenant;
mod webhooks;

pub use fault::{Fault, FaultKind};
pub use fleet::Employee;
pub use host::{SimulatedHost, run};
pub use http::{Outcome, WireRequest};
pub use request_log::RequestRecord;
pub use tenant::{ControlError, Credentials, Options, SimulatedTenant};
pub use webhooks::{Delivery, Webhook, WebhookCredential, WebhookMethod};
