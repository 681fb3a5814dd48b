//! The contract with Nexthink's APIs, as the vendor's own OpenAPI documents have it: every answer of the simulated
//! tenant, every request that `api/` builds, and the traffic of whole repairs are held to it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking; clippy knows that only of functions marked as tests"
)]

mod amendments;
mod answer_rules;
mod answers;
mod cases;
mod client;
mod contract;
mod flows;
mod operations;
mod request_rules;
mod requests;
mod schema;
mod schema_tests;
mod template;
#[path = "../tenant/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod tenant;
