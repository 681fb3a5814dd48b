//! Playbooks: what to ask about a device, what the answer means, and what to do about it, as data.
//!
//! A file (`model`) is compiled when the package is built (`compile`, into `compiled`); a row of its query becomes
//! facts (`facts`), which every rule judges (`evaluate`) as match, no-match or unknown.

mod built_in;
pub mod check;
mod compile;
mod compiled;
mod condition;
mod evaluate;
mod facts;
mod finding;
mod freshness;
mod library;
mod mistake;
mod model;
mod row;
pub mod testing;
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
pub use mistake::Mistake;
#[cfg(any(test, feature = "authoring"))]
pub(crate) use mistake::{at_pointer, below, element};
pub use model::{DataCollection, Localized, Risk, Schedule};
#[cfg(test)]
pub(crate) use model::{FreshnessModel, Model, ParameterModel, QueryModel, RemoteActionModel, RuleModel};
pub use row::RowInput;
pub use wording::{Template, localized, readable};
