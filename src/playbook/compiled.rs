//! A playbook ready to be evaluated. Made once, by `compile`, when the package is built: what runs in a chatbot holds
//! neither the language nor the files, and starts the sooner.

use super::condition::When;
use super::model::{DataCollection, Localized, Risk, Schedule};
use super::packed::{packed, packed_fields, packed_words};
use super::wording::Template;
use crate::json::{Map, words};

packed! {
    /// A compiled playbook. Positions count from 0.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Playbook {
        /// Its name in code.
        pub id: String,
        /// Its version.
        pub version: String,
        /// Its name for people.
        pub title: Localized,
        /// The platforms that it applies to; none: all.
        pub platforms: Vec<String>,
        /// The saved query that brings the facts.
        pub query_id: String,
        /// The columns of that query.
        pub columns: Vec<FactColumn>,
        /// The remote actions that must run on a schedule.
        pub data_collection: Vec<DataCollection>,
        /// The remote actions that it can recommend.
        pub remote_actions: Vec<RemoteAction>,
        /// What to look for, in order.
        pub rules: Vec<Rule>,
    }
}

packed! {
    /// A column of the diagnosis query.
    #[derive(Debug, Clone, PartialEq)]
    pub struct FactColumn {
        /// Its name, as the API returns it.
        pub name: String,
        /// What it holds.
        pub kind: FactKind,
        /// Whether it holds a list.
        pub list: bool,
        /// Of a computed value: over how many of the last milliseconds.
        pub past_ms: Option<f64>,
        /// Of an output: the column with the status of the same execution, if the query lists it.
        pub status: Option<usize>,
        /// Of an output or a status: the column with the time of the same execution, if the query lists it.
        pub time: Option<usize>,
        /// Of an output, a status or a time: which of `dataCollection` fills it.
        pub collected_by: Option<usize>,
    }
}

words! {
    /// What a column holds; it decides what its `null` means and how old its value is.
    pub enum FactKind {
        /// A property of the device.
        Field = "field",
        /// An output of a remote action's latest execution.
        Output = "output",
        /// The status of a remote action's latest execution.
        Status = "status",
        /// The time of a remote action's latest execution.
        Time = "time",
        /// A count of events: its null means that there was none.
        Count = "count",
        /// Any other computed value.
        Computed = "computed",
    }
}

packed! {
    /// A remote action that a rule recommends.
    #[derive(Debug, Clone, PartialEq)]
    pub struct RemoteAction {
        /// The playbook's own name for it.
        pub name: String,
        /// Its NQL ID, where the tenant does not use another.
        pub remote_action_id: String,
        /// Its name in the Nexthink Library.
        pub title: String,
        /// What it does, in words for the employee.
        pub description: Map<Template>,
        /// Whether the employee's work is interrupted.
        pub risk: Risk,
        /// How long it usually takes, in seconds.
        pub expected_seconds: Option<u32>,
        /// The script's inputs.
        pub parameters: Map<Parameter>,
    }
}

packed! {
    /// Where a script's input comes from.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Parameter {
        /// Always the same text, …
        pub text: Option<String>,
        /// … or the first of these columns that is known.
        pub columns: Vec<usize>,
    }
}

packed! {
    /// One thing to look for.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Rule {
        /// Its name in code.
        pub id: String,
        /// What must hold; without it the rule always matches, and comes last.
        pub when: Option<When>,
        /// What must not hold.
        pub unless: Option<When>,
        /// How old facts may be.
        pub freshness: Vec<Freshness>,
        /// For how long its recommendation is not repeated, in milliseconds.
        pub cooldown_ms: Option<f64>,
        /// Why it matches.
        pub reason: Map<Template>,
        /// What it recommends: one of `remoteActions`, …
        pub remote_action: Option<usize>,
        /// … or something that the employee does.
        pub advice: Map<Template>,
    }
}

packed! {
    /// How old a fact may be.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Freshness {
        /// The fact's column.
        pub column: usize,
        /// Its age at most, in milliseconds.
        pub max_age_ms: f64,
        /// The column that holds its time, where that is not the time of its collection.
        pub time: Option<usize>,
    }
}

packed_fields!(DataCollection: remote_action_id, title, schedule);
packed_words!(FactKind, Risk, Schedule);

impl Playbook {
    /// Whether it applies to a platform; a platform that is not known is given the benefit of the doubt.
    pub fn applies_to(&self, platform: Option<&str>) -> bool {
        let Some(platform) = platform else { return true };
        self.platforms.is_empty() || self.platforms.iter().any(|allowed| allowed.eq_ignore_ascii_case(platform))
    }

    /// The scheduled remote action that fills a column.
    pub fn collected_by(&self, column: &FactColumn) -> Option<&DataCollection> {
        self.data_collection.get(column.collected_by?)
    }
}
