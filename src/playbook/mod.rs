//! Playbooks: what to ask about a device, what the answer means, and what to do about it, as data.
//!
//! A file (`model`) is compiled once (`compile`, into `compiled`), a built-in playbook when the package is built, and goes
//! to who uses it as a text (`packed`); a row of its query becomes facts (`facts`, by what its cells say, `reading`; `row` for rows that somebody hands in), which every
//! rule judges (`judge`; `evaluate` adds the reasons; with `freshness`) as match, no-match or unknown (`finding`). Who has
//! many rows, and no use for the reasons, has them judged as they stand in an answer's text (`verdicts`). For those who
//! write playbooks there are `check`, which finds what is probably not meant, and `testing`, which runs the tests beside a
//! playbook. What is wrong in a file is a `mistake`.

mod built_in;
pub mod check;
mod compile;
mod compiled;
mod condition;
mod declared;
mod evaluate;
mod facts;
mod finding;
mod freshness;
mod judge;
mod library;
mod mistake;
mod model;
mod packed;
mod reading;
mod row;
pub mod testing;
pub mod verdicts;
mod wording;

pub use built_in::{BUILT_IN, BuiltIn};
pub use compiled::{FactColumn, FactKind, Freshness, Parameter, Playbook, RemoteAction, Rule};
pub use condition::When;
pub use declared::DeclaredPlaybook;
pub use evaluate::Circumstances;
pub use facts::{CollectionTimes, Fact, MissingReason, last_success};
pub use finding::{
    Clause, ConditionPart, Evaluation, FactValue, Finding, MissingFact, Recommendation, RecommendationKind, Supplier,
    Verdict,
};
pub use library::{COMPILED, Library};
pub use mistake::Mistake;
#[cfg(any(test, feature = "authoring"))]
pub(crate) use mistake::{at_pointer, below, element};
pub use model::{DataCollection, Localized, Risk, Schedule};
#[cfg(test)]
pub(crate) use model::{FreshnessModel, Model, ParameterModel, QueryModel, RemoteActionModel, RuleModel};
pub(crate) use reading::Row;
pub use row::RowInput;
pub(crate) use wording::readable_number;
pub use wording::{Template, localized, readable};
