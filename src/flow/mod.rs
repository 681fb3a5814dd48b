//! The six steps of a repair, each a function over a `Client` and plain values:
//! identify → diagnose → propose → remediate → follow up → verify.

mod canonical;
mod certainty;
mod device;
mod diagnose;
mod employee;
mod follow_up;
mod identify;
mod ledger;
mod proof;
mod proposal;
mod remediate;
mod run;
mod saved_query;
mod seal;
mod verify;

pub use certainty::Certainty;
pub use device::Device;
pub use diagnose::{Diagnosis, PlaybookReference, diagnose};
pub use employee::{Employee, IdentifiedBy, Identity};
pub use follow_up::{next_change, progress};
pub use identify::identify;
pub use ledger::Ledger;
pub use proposal::{Evidence, Proposal, ProposeOptions, Request, Subject, propose};
pub use remediate::remediate;
pub use run::{Run, RunState, Verification};
pub use saved_query::SavedQuery;
pub use verify::verify;
