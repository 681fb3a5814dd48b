//! The tenant's behaviour through its HTTP, as a client sees it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking; clippy knows that only of functions marked as tests"
)]

mod caller;
mod collection;
mod determinism;
mod faults;
mod history;
mod host;
mod nql;
mod remote_actions;
mod scale;
mod scenarios;
mod set;
mod token;
mod webhooks;
