//! A playbook as it is written: the JSON file, field by field. What its texts mean is found by `compile`.

use crate::json::{Json, Map, Place, Read, Reader, Write, record, words, write_fields};

/// A text in several languages, by locale: `{ "en": "…", "de": "…" }`.
pub type Localized = Map<String>;

record! {
    strict
    /// The JSON file.
    #[derive(Debug, Clone)]
    pub struct Model {
        /// For editors, which complete by it; otherwise it says nothing.
        #[cfg_attr(test, ts(rename = "$schema"))]
        pub dollar_schema: Option<String>,
        /// The playbook's name in code: `slow-pc`. Lower-case letters, digits and hyphens.
        pub id: String,
        /// Its version; it goes into every proposal.
        pub version: String,
        /// Its name for people.
        pub title: Localized,
        /// For administrators: what it is for, and where it differs from published content.
        pub description: Option<String>,
        /// Words by which employees call the trouble, per locale.
        pub symptoms: Map<Vec<String>>,
        /// The platforms that it applies to, as `operating_system.platform` has them. Empty: all.
        pub platforms: Vec<String>,
        /// The saved query that brings the facts.
        pub query: QueryModel,
        /// The columns that hold a list: in these, `[]`, `["-"]` and `"-"` are the known empty list.
        pub lists: Vec<String>,
        /// The remote actions that must run on a schedule, so that their outputs are there to be read.
        pub data_collection: Vec<DataCollection>,
        /// The remote actions that rules recommend, by the playbook's own names for them.
        pub remote_actions: Map<RemoteActionModel>,
        /// What to look for, in the order in which it is recommended.
        pub rules: Vec<RuleModel>,
    }
}

record! {
    strict
    /// A saved query: its ID in the tenant, and its text.
    #[derive(Debug, Clone)]
    pub struct QueryModel {
        /// The ID, with its `#`.
        pub id: String,
        /// The NQL; for a built-in playbook it stands in the file beside it.
        pub text: Option<String>,
    }
}

record! {
    strict
    /// A remote action that collects data on a schedule.
    #[derive(Debug, Clone, PartialEq)]
    pub struct DataCollection {
        /// Its NQL ID, as it stands in the query's columns.
        pub remote_action_id: String,
        /// Its name in the Nexthink Library.
        pub title: String,
        /// How often it should run.
        pub schedule: Schedule,
    }
}

words! {
    /// How often data is collected.
    pub enum Schedule {
        /// Every hour.
        Hourly = "hourly",
        /// Every day.
        Daily = "daily",
        /// Every week.
        Weekly = "weekly",
    }
}

record! {
    strict
    /// A remote action that a rule recommends.
    #[derive(Debug, Clone)]
    pub struct RemoteActionModel {
        /// Its name in the Nexthink Library.
        pub title: String,
        /// Whether the employee's work is interrupted.
        pub risk: Risk,
        /// How long it usually takes, in seconds.
        pub expected_seconds: Option<u32>,
        /// The script's inputs.
        pub parameters: Map<ParameterModel>,
        /// Its NQL ID, where that is not the name under which it stands here. A tenant's own choice in
        /// `remoteActionIds` goes before.
        pub remote_action_id: Option<String>,
    }
}

words! {
    /// Whether a remote action interrupts the employee's work.
    pub enum Risk {
        /// The employee can go on working.
        Safe = "safe",
        /// Programs are closed or the PC restarts: it needs a second confirmation.
        Disruptive = "disruptive",
    }
}

/// Where a script's input comes from.
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "string | { facts: Array<string> }"))]
pub enum ParameterModel {
    /// Always the same text.
    Text(String),
    /// The first of these columns that has a value; a list is joined by commas.
    Facts(Vec<String>),
}

impl Read for ParameterModel {
    fn read_at(json: Json, place: &mut Place) -> Self {
        if let Json::Text(text) = json {
            return Self::Text(text.into());
        }
        let mut reader = Reader::new(json, place);
        let facts = reader.take("facts");
        reader.finish();
        Self::Facts(facts)
    }
}

impl Write for ParameterModel {
    fn write(&self) -> Json {
        match self {
            Self::Text(text) => text.write(),
            Self::Facts(facts) => write_fields(&["facts"], &[facts]),
        }
    }
}

record! {
    strict
    /// One thing to look for, and what to do about it.
    #[derive(Debug, Clone)]
    pub struct RuleModel {
        /// The rule's name in code, unique in the playbook. Lower-case letters, digits and hyphens.
        pub id: String,
        /// An NQL condition over the query's columns.
        pub when: Option<String>,
        /// Instead of `when`: it always matches, and is recommended after all others.
        pub always: bool,
        /// An NQL condition under which it does not match after all.
        pub unless: Option<String>,
        /// How old a fact may be at most: an older one, or one of unknown age, is unknown to this rule.
        pub freshness: Vec<FreshnessModel>,
        /// For how long its recommendation is not repeated: `1d`, `12h`.
        pub cooldown: Option<String>,
        /// Why it matches, for the employee; `{column}` is replaced by the column's value.
        pub reason: Localized,
        /// What to do: one of `remoteActions`, …
        pub remote_action: Option<String>,
        /// … or something that the employee does; `{column}` is replaced by the column's value.
        pub advice: Option<Localized>,
    }
}

record! {
    strict
    /// How old a fact may be.
    #[derive(Debug, Clone)]
    pub struct FreshnessModel {
        /// The column.
        pub fact: String,
        /// Its age at most: `30min`, `2h`, `1d`.
        pub max_age: String,
        /// The column that holds its time. An output or status of a remote action needs none: its time is the column
        /// `remote_action.<id>.execution.time` where the query lists that, else the last run of its data collection.
        pub time: Option<String>,
    }
}
