//! The tenant's behaviour through its HTTP, as a client sees it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking; clippy knows that only of functions marked as tests"
)]

mod action_tables;
mod caller;
mod campaign_table;
mod campaigns;
mod changed_remote_actions;
mod collection;
mod custom_fields;
mod determinism;
mod durations;
mod enrichment;
mod export;
mod faults;
mod history;
mod host;
mod limits;
mod nql;
mod own_remote_actions;
mod permissions;
mod rate_limit;
mod remote_action_list;
mod remote_actions;
mod saved_queries;
mod scale;
mod scenarios;
mod set;
mod spark;
mod teams;
mod token;
mod webhooks;
mod workflow_list;
mod workflow_table;
mod workflows;
