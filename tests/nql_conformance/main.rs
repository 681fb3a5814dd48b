//! The evaluator of NQL against the vendor's documentation: each case has tables and expected rows written by hand from
//! the documentation alone, and names the sentence that it rests on. `case` says how a case is written, `tables` holds
//! its data; the other files hold the cases, a file per topic.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that panics has failed, as it should"
)]

mod case;
mod tables;

mod aggregates;
mod columns;
mod comparisons;
mod counts;
mod functions;
mod joins;
mod logic;
mod names;
mod nulls;
mod order;
mod refusals;
mod remote_actions;
mod seeds;
mod smart_aggregates;
mod summarize;
mod summarize_by;
mod text;
mod time;
mod values;
mod writing;
