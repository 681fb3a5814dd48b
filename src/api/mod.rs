//! Nexthink's HTTP APIs as values: a folder per API, a file per endpoint, each with `request` and `parse`.
//! Nothing here sends anything, knows the time, or holds a token.

pub mod http;
pub mod nql;
pub mod problem;
pub mod remote_actions;
pub mod tenant;
pub mod token;
