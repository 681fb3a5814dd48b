//! Nexthink's HTTP APIs as values: a folder per API, a file per endpoint, each with `request` and `parse`.
//! Nothing here sends anything, knows the time, or holds a token.

mod answer;
pub mod campaigns;
mod details;
pub mod enrichment;
mod error_kind;
pub mod http;
mod http_date;
mod identifiers;
mod limits;
pub mod nql;
pub mod operations;
mod percent;
pub mod problem;
pub mod remote_actions;
pub mod spark;
pub mod tenant;
pub mod token;
pub mod uncovered;
pub mod workflows;
