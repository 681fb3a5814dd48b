//! Exports, natively and in virtual time: how they are waited for, what goes to the storage and what does not, and what
//! is left of the rows when something goes wrong.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking; clippy knows that only of functions marked as tests"
)]

mod file;
mod storage;
#[path = "../tenant/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod tenant;
mod waiting;
