//! A Nexthink tenant in memory that answers the same HTTP: a generated fleet, the saved queries executed over it, and
//! remote actions that take time and change devices. No I/O: a request is a value, and time moves when it is told to.
//!
//! # Layout
//! - `tenant`: the tenant and what a test controls; start reading here
//! - `fleet`: employees and devices, generated from a seed; the first of them are scenarios
//! - `remote_actions`: the catalogue, what the scripts do to a device, and the life cycle of executions
//! - `workflows`, `campaigns`: the catalogue and the life cycle of each
//! - `enrichment`, `handoffs`: what was written on devices and employees, and handed off to Spark
//! - `collection`: what scheduled remote actions have collected, and when
//! - `tables`: all of it as the tables that NQL queries
//! - `http`: the endpoints
//! - `webhooks`: what the tenant sends by itself when something happens
//! - `exports`, `compression`: the files of exports, and how far they are
//! - `rate_limit`, `http_date`: how many requests are taken, and until when a client is to wait
//! - `controls`: what else a test does to a tenant and sees of it
//! - `fault`, `permission`, `request_log`: failures and refusals on demand, and what was asked
//! - `host`: the tenant as the `Host` of native tests, with virtual time
//! - `bindings`: the tenant for JavaScript (feature `javascript`)

mod agenda;
#[cfg(feature = "javascript")]
mod bindings;
mod campaigns;
mod collection;
mod compression;
mod controls;
mod enrichment;
mod exports;
mod fault;
mod fleet;
mod handoffs;
mod host;
mod http;
mod http_date;
mod json;
mod permission;
mod random;
mod rate_limit;
mod remote_actions;
mod request_log;
mod saved_queries;
mod tables;
mod tenant;
mod webhooks;
mod workflows;

pub use campaigns::CampaignAnswer;
pub use fault::{Fault, FaultBody, FaultKind, RetryAfterForm};
pub use fleet::Employee;
pub use handoffs::{Handoff, HandoffPart};
pub use host::{SimulatedDownload, SimulatedHost, run};
pub use http::{Outcome, WireRequest};
pub use permission::Permission;
pub use rate_limit::NqlLimits;
pub use request_log::RequestRecord;
pub use tenant::{ControlError, Credentials, Options, SimulatedTenant};
pub use webhooks::{Delivery, Webhook, WebhookCredential, WebhookMethod};
