//! What may be trusted and why: consents, devices and diagnoses that come back, the audit of what was decided, and the
//! page that the service desk is handed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking; clippy knows that only of functions marked as tests"
)]

mod alterations;
mod audit;
mod audit_chains;
mod audit_troubles;
mod audited;
mod consents;
mod escalation;
mod keys;
mod origins;
mod sealed;
#[path = "../tenant/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod tenant;
mod users;
mod waiting;
