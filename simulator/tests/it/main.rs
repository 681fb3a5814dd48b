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
mod export;
mod faults;
mod host;
mod nql;
mod rate_limit;
mod remote_actions;
mod scale;
mod scenarios;
mod set;
mod token;
