//! The audit: one record per decision and action, for whoever must answer later who did what and why.
//!
//! The records of one proposal are a chain: each holds a keyed hash over itself and the hash of the one before, and an
//! end record closes it. What is removed, changed, swapped or appended breaks the chain; what is cut off at its end
//! leaves it open. Where the records go is the host's business.

mod record;
mod trail;
mod verify;

pub use record::{AuditEvent, AuditHead, AuditOutcome, AuditRecord, AuditedAction};
pub(super) use trail::{About, begin, note};
pub use verify::{AuditVerdict, verify_audit};
