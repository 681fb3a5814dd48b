//! The six steps of a repair: identify, diagnose, propose, remediate, follow up, verify.

mod saved_query;

pub use saved_query::SavedQuery;
