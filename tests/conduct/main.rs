//! The conduct of a client whose tenant, network and callers are in trouble, natively and in virtual time: what it
//! gives, what it sends and how often, when, and what it never tells anyone.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking; clippy knows that only of functions marked as tests"
)]

mod clocks;
mod crowd;
mod events;
mod faults;
mod limits;
mod operations;
mod outside;
mod pauses;
mod providers;
mod retries;
mod rules;
mod stores;
mod table;
#[path = "../tenant/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod tenant;
mod tokens;
