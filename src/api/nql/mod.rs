//! The NQL API: saved queries → rows. The language itself is `crate::nql`; here a query is an ID.

pub mod execute;
pub mod export;
mod query_id;
pub mod status;
pub mod table;
mod uniform;

pub(crate) use query_id::is_query_id;

/// Otherwise times come in the tenant's own zone, and every age is wrong by hours. The documents have this field for
/// executions only; where exports know it, it means the same.
fn utc_times() -> (&'static str, String) {
    ("x-utc-times", "true".into())
}
