//! What an evaluation gives: findings and recommendations as data. How they come about is `evaluate`.

use super::facts::MissingReason;
use super::model::{DataCollection, Risk, Schedule};
use crate::json::{Json, Map, record, words};
use crate::nql::{Timestamp, Truth};

words! {
    /// What a rule or a part of it says of a device.
    pub enum Verdict {
        /// It holds.
        Match = "match",
        /// It does not hold.
        NoMatch = "no-match",
        /// It cannot be told.
        Unknown = "unknown",
    }
}

record! {
    lenient
    /// What one rule says of a device, and why.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Finding {
        /// The rule's name.
        pub rule: String,
        /// What it says.
        pub verdict: Verdict,
        /// Why, in words for the employee; only for a match.
        pub reason: Option<String>,
        /// The parts of the rule's conditions. Empty for a rule that always matches.
        pub because: Vec<ConditionPart>,
        /// The facts that are not known, and what would supply them.
        pub missing: Vec<MissingFact>,
    }
}

record! {
    lenient
    /// One comparison of a rule's conditions.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ConditionPart {
        /// Its NQL text.
        pub condition: String,
        /// Where it stands in the rule.
        pub clause: Clause,
        /// Whether it holds. What stands in `unless` keeps a rule from matching where it does.
        pub verdict: Verdict,
        /// The facts that it stands on.
        pub values: Vec<FactValue>,
    }
}

words! {
    /// The conditions of a rule.
    #[cfg_attr(test, ts(rename = "ConditionClause"))]
    pub enum Clause {
        /// What must hold.
        When = "when",
        /// What must not hold.
        Unless = "unless",
    }
}

record! {
    lenient
    /// A fact as it was when the rule was evaluated.
    #[derive(Debug, Clone, PartialEq)]
    pub struct FactValue {
        /// The column's name.
        pub column: String,
        /// Its value; null where it is not known.
        pub value: Json,
        /// When it was collected, where that is known.
        pub collected_at: Option<Timestamp>,
        /// How old it was at the diagnosis, in milliseconds, where that is known.
        pub age_ms: Option<f64>,
    }
}

record! {
    lenient
    /// A fact that is not known.
    #[derive(Debug, Clone, PartialEq)]
    pub struct MissingFact {
        /// The column's name.
        pub column: String,
        /// Why it is not known.
        pub reason: MissingReason,
        /// The scheduled remote action that would supply it.
        pub supplied_by: Option<Supplier>,
    }
}

record! {
    lenient
    /// A scheduled remote action that supplies a fact.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Supplier {
        /// Its NQL ID.
        pub remote_action_id: String,
        /// Its name in the Nexthink Library.
        pub title: String,
        /// How often it runs.
        pub schedule: Schedule,
    }
}

record! {
    lenient
    /// What to do about a finding.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Recommendation {
        /// The rule that recommends it.
        pub rule: String,
        /// Whether a script does it or the employee.
        pub kind: RecommendationKind,
        /// The NQL ID of the remote action, in this tenant.
        pub remote_action_id: Option<String>,
        /// The script's inputs.
        pub params: Option<Map<String>>,
        /// What it is called: the remote action's name, or the advice.
        pub title: String,
        /// What the remote action does, in words for the employee, where the playbook says so: the end of a sentence that
        /// begins with `title`.
        pub description: Option<String>,
        /// Whether the employee's work is interrupted.
        pub risk: Risk,
        /// How long it usually takes.
        pub expected_seconds: Option<u32>,
        /// For how long it should not be recommended again once it was carried out, in milliseconds.
        pub cooldown_ms: Option<f64>,
    }
}

words! {
    /// Who carries out a recommendation.
    pub enum RecommendationKind {
        /// A script on the device, after consent.
        RemoteAction = "remote-action",
        /// The employee.
        Advice = "advice",
    }
}

record! {
    lenient
    /// What a playbook says of a device.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Evaluation {
        /// Whether the playbook applies to the device's platform.
        pub applicable: bool,
        /// What each rule says, in the playbook's order.
        pub findings: Vec<Finding>,
        /// What to do, best first; what always helps comes last.
        pub recommendations: Vec<Recommendation>,
    }
}

impl Evaluation {
    /// What is said of a device that the playbook is not for.
    pub const fn not_applicable() -> Self {
        Self { applicable: false, findings: Vec::new(), recommendations: Vec::new() }
    }
}

impl From<&DataCollection> for Supplier {
    fn from(collection: &DataCollection) -> Self {
        Self {
            remote_action_id: collection.remote_action_id.clone(),
            title: collection.title.clone(),
            schedule: collection.schedule,
        }
    }
}

impl From<Truth> for Verdict {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::True => Self::Match,
            Truth::False => Self::NoMatch,
            Truth::Unknown => Self::Unknown,
        }
    }
}
