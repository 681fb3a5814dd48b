//! Playbooks: what to ask about a device, what the answer means, and what to do about it, as data.
//!
//! A file (`model`) is compiled when the package is built (`compile`, into `compiled`); a row of its query becomes
//! facts (`facts`), which every rule judges (`evaluate`) as match, no-match or unknown.

mod built_in;
mod compile;
mod compiled;
mod condition;
mod evaluate;
mod facts;
mod finding;
mod freshness;
mod library;
mod model;
mod wording;

pub use built_in::{BUILT_IN, BuiltIn};
pub use compiled::{FactColumn, FactKind, Freshness, Parameter, Playbook, RemoteAction, Rule};
pub use condition::When;
pub use evaluate::Circumstances;
pub use facts::{CollectionTimes, Fact, MissingReason};
pub use finding::{
    Clause, ConditionPart, Evaluation, FactValue, Finding, MissingFact, Recommendation, RecommendationKind, Supplier,
    Verdict,
};
pub use library::Library;
pub use model::{DataCollection, Localized, Risk, Schedule};
pub(crate) use wording::readable_number;
pub use wording::{Template, localized, readable};
