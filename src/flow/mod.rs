//! The six steps of a repair, each a function over a `Client` and plain values:
//! identify → diagnose → propose → remediate → follow up → verify.

mod approval;
mod audit;
mod canonical;
mod certainty;
mod collection_times;
mod device;
mod device_lock;
mod diagnose;
mod employee;
mod escalation;
mod follow_up;
mod identify;
mod kept_turns;
mod ledger;
mod proof;
mod proposal;
mod recall;
mod remediate;
mod run;
mod saved_query;
mod seal;
mod sealed;
mod user;
mod verify;
mod waiting;

pub use approval::ApprovalRequest;
pub use audit::{AuditEvent, AuditHead, AuditOutcome, AuditRecord, AuditVerdict, AuditedAction, verify_audit};
pub use certainty::Certainty;
pub use collection_times::{CollectionTimes, collection_times};
pub use device::Device;
pub use diagnose::{Diagnosis, Given, PlaybookReference, diagnose, diagnose_given};
pub use employee::{Employee, IdentifiedBy, Identity};
pub use escalation::{EscalatedFinding, EscalatedRun, Escalation, EscalationFormat, EscalationOptions, escalate};
pub use follow_up::{next_change, progress, solved};
pub use identify::identify;
pub use kept_turns::{find_turn, keep_turn};
pub use proposal::{Evidence, Proposal, ProposeOptions, Request, Subject, check_reference, propose};
pub use recall::recall;
pub use remediate::remediate;
pub use run::{Run, RunState, Verification};
pub use saved_query::SavedQuery;
pub use sealed::{Sealable, open_value, seal_value};
pub use user::{User, find_user};
pub use verify::{verify, verify_given};
pub use waiting::{Waiting, WaitingFor};
