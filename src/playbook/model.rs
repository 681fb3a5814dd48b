//! A playbook as it is written: the JSON file, field by field. What its texts mean is found by `compile`.

use crate::json::{Json, Map, Place, Read, Reader, Write, record, words, write_fields};

/// A text in several languages, by locale: `{ "en": "…", "de": "…" }`.
pub type Localized = Map<String>;

record! {
    strict
    /// A playbook: a trouble that employees have with their PC, how to tell what causes it, and what to do about it.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
    #[cfg_attr(test, schemars(title = "A playbook of nexthink-chatbot"))]
    #[cfg_attr(test, ts(rename = "Playbook"))]
    pub struct Model {
        /// For editors, which complete by it; otherwise it says nothing.
        #[cfg_attr(test, ts(rename = "$schema"), schemars(rename = "$schema"))]
        pub dollar_schema: Option<String>,
        /// The playbook's name in code: `slow-pc`. Lower-case letters, digits and hyphens.
        #[cfg_attr(test, schemars(regex(pattern = "^[a-z0-9][a-z0-9-]{0,63}$")))]
        pub id: String,
        /// Its version; it goes into every proposal.
        #[cfg_attr(test, schemars(length(min = 1)))]
        pub version: String,
        /// Its name for people.
        #[cfg_attr(test, schemars(extend("minProperties" = 1)))]
        pub title: Localized,
        /// For administrators: what it is for, and where it differs from published content.
        pub description: Option<String>,
        /// Words by which employees call the trouble, per locale.
        #[cfg_attr(test, ts(as = "Option<Map<Vec<String>>>"), schemars(default))]
        pub symptoms: Map<Vec<String>>,
        /// The platforms that it applies to, as `operating_system.platform` has them. Empty: all.
        #[cfg_attr(test, ts(as = "Option<Vec<String>>"), schemars(default))]
        pub platforms: Vec<String>,
        /// The saved query that brings the facts.
        pub query: QueryModel,
        /// The columns that hold a list: in these, `[]`, `["-"]` and `"-"` are the known empty list.
        #[cfg_attr(test, ts(as = "Option<Vec<String>>"), schemars(default))]
        pub lists: Vec<String>,
        /// The remote actions that must run on a schedule, so that their outputs are there to be read.
        #[cfg_attr(test, ts(as = "Option<Vec<DataCollection>>"), schemars(default))]
        pub data_collection: Vec<DataCollection>,
        /// The remote actions that rules recommend, by the playbook's own names for them.
        #[cfg_attr(test, ts(as = "Option<Map<RemoteActionModel>>"), schemars(default))]
        pub remote_actions: Map<RemoteActionModel>,
        /// What to look for, in the order in which it is recommended.
        #[cfg_attr(test, schemars(length(min = 1)))]
        pub rules: Vec<RuleModel>,
    }
}

record! {
    strict
    /// A saved query: its ID in the tenant, and its text.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
    #[cfg_attr(test, ts(rename = "PlaybookQuery"), schemars(rename = "Query"))]
    pub struct QueryModel {
        /// The ID, with its `#`.
        #[cfg_attr(test, schemars(regex(pattern = "^#[a-z0-9_]{2,255}$")))]
        pub id: String,
        /// The NQL; for a built-in playbook it stands in the file beside it.
        pub text: Option<String>,
    }
}

record! {
    strict
    /// A remote action that collects data on a schedule.
    #[derive(Debug, Clone, PartialEq)]
    #[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
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
    #[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
    #[cfg_attr(test, ts(rename = "PlaybookRemoteAction"), schemars(rename = "RemoteAction"))]
    pub struct RemoteActionModel {
        /// Its name in the Nexthink Library.
        pub title: String,
        /// What it does, in words for the employee, as the end of a sentence that begins with its title: `switches Outlook
        /// back to online mode`; `{column}` is replaced by the column's value.
        pub description: Option<Localized>,
        /// Whether the employee's work is interrupted.
        pub risk: Risk,
        /// How long it usually takes, in seconds.
        pub expected_seconds: Option<u32>,
        /// The script's inputs.
        #[cfg_attr(test, ts(as = "Option<Map<ParameterModel>>"), schemars(default))]
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
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "PlaybookParameter", type = "string | { facts: Array<string> }"))]
pub enum ParameterModel {
    /// Always the same text.
    Text(String),
    /// The first of these columns that has a value; a list is joined by commas.
    Facts(Vec<String>),
}

impl ParameterModel {
    /// What it can hold where it is an object.
    pub(crate) const FIELDS: &'static [&'static str] = &["facts"];
}

impl Read for ParameterModel {
    fn read_at(json: Json, place: &mut Place) -> Self {
        match json {
            Json::Text(text) => return Self::Text(text.into()),
            Json::Object(_) => {}
            _ => {
                place.expected("a text or `{ \"facts\": [\"…\"] }`");
                return Self::Text(String::new());
            }
        }
        let mut reader = Reader::new(json, place);
        let facts = reader.take("facts");
        reader.finish();
        Self::Facts(facts)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for ParameterModel {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Parameter".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let text = schemars::json_schema!({ "type": "string", "minLength": 1, "description": "Always the same text." });
        let facts = schemars::json_schema!({
            "type": "object",
            "properties": {
                "facts": {
                    "description": "The first of these columns that has a value; a list is joined by commas.",
                    "type": "array",
                    "items": { "type": "string" },
                    "minItems": 1,
                },
            },
            "required": ["facts"],
            "additionalProperties": false,
        });
        schemars::json_schema!({ "description": "Where a script's input comes from.", "anyOf": [text, facts] })
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
    #[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
    #[cfg_attr(test, schemars(extend("allOf" = [
        { "oneOf": [{ "required": ["when"] }, { "required": ["always"] }] },
        { "oneOf": [{ "required": ["remoteAction"] }, { "required": ["advice"] }] },
    ])))]
    #[cfg_attr(test, ts(rename = "PlaybookRule"), schemars(rename = "Rule"))]
    pub struct RuleModel {
        /// The rule's name in code, unique in the playbook. Lower-case letters, digits and hyphens.
        #[cfg_attr(test, schemars(regex(pattern = "^[a-z0-9][a-z0-9-]{0,63}$")))]
        pub id: String,
        /// An NQL condition over the query's columns.
        pub when: Option<String>,
        /// Instead of `when`: it always matches, and is recommended after all others.
        #[cfg_attr(test, ts(as = "Option<bool>"), schemars(default))]
        pub always: bool,
        /// An NQL condition under which it does not match after all.
        pub unless: Option<String>,
        /// How old a fact may be at most: an older one, or one of unknown age, is unknown to this rule.
        #[cfg_attr(test, ts(as = "Option<Vec<FreshnessModel>>"), schemars(default))]
        pub freshness: Vec<FreshnessModel>,
        /// For how long its recommendation is not repeated: `1d`, `12h`.
        #[cfg_attr(test, schemars(regex(pattern = "^[1-9][0-9]*(s|min|h|d)$")))]
        pub cooldown: Option<String>,
        /// Why it matches, for the employee; `{column}` is replaced by the column's value.
        #[cfg_attr(test, schemars(extend("minProperties" = 1)))]
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
    #[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
    #[cfg_attr(test, ts(rename = "PlaybookFreshness"), schemars(rename = "Freshness"))]
    pub struct FreshnessModel {
        /// The column.
        pub fact: String,
        /// Its age at most: `30min`, `2h`, `1d`.
        #[cfg_attr(test, schemars(regex(pattern = "^[1-9][0-9]*(s|min|h|d)$")))]
        pub max_age: String,
        /// The column that holds its time. An output or status of a remote action needs none: its time is the column
        /// `remote_action.<id>.execution.time` where the query lists that, else the last run of its data collection.
        pub time: Option<String>,
    }
}
