//! The doctor examines a simulated tenant: a healthy one, and then with one thing broken at a time, which it must name and
//! nothing else with it. What the simulator cannot be made to answer is tried on outcomes written by hand.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking; clippy knows that only of functions marked as tests"
)]

mod clinic;
mod connection;
mod content;
mod data_collections;
mod employees;
mod outcomes;
mod own_playbooks;
mod remote_actions;
mod saved_queries;
#[path = "../tenant/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod tenant;
