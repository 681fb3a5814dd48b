//! The NQL API: saved queries → rows. The language itself is `crate::nql`; here a query is an ID.

pub mod execute;
pub mod export;
mod query_id;
pub mod status;
pub mod table;
