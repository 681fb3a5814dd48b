//! What keeps a remote action from being triggered twice, unasked or in vain, natively and in virtual time: the ledger,
//! the device's lock, the guard rails, the second person; and what is announced once. `tests/model` holds the same to histories that nobody thought of.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking; clippy knows that only of functions marked as tests"
)]

mod announced;
mod approval;
mod cancelled;
mod clocks;
mod devices;
mod others_runs;
mod processes;
mod refusals;
mod requests;
mod stores;
#[path = "../tenant/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod tenant;
mod world;
