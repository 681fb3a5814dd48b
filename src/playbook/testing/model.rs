//! The file of tests: `outlook.test.json` beside `outlook.json`.

use crate::json::{Json, Map, record};
use crate::nql::Timestamp;
use crate::playbook::finding::Verdict;

record! {
    strict
    /// The file.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
    #[cfg_attr(test, schemars(title = "Tests of a playbook of nexthink-chatbot"))]
    pub struct PlaybookTests {
        /// For editors, which complete by it; otherwise it says nothing.
        #[cfg_attr(test, ts(rename = "$schema"), schemars(rename = "$schema"))]
        pub dollar_schema: Option<String>,
        /// The tests.
        #[cfg_attr(test, schemars(length(min = 1)))]
        pub tests: Vec<PlaybookTest>,
    }
}

record! {
    strict
    /// One row, and what the playbook must say of it.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
    pub struct PlaybookTest {
        /// What it shows, in a sentence.
        pub name: String,
        /// The row: its columns' values by name, short or qualified; or `headers` and `data` with one row. A column that
        /// is left out was not returned by the tenant.
        #[cfg_attr(test, ts(type = "{ [column: string]: JsonValue } | { headers: Array<string>, data: Array<Array<JsonValue>> }"), schemars(with = "Map<Json>"))]
        pub row: Json,
        /// The device's platform; without it the playbook is taken to apply.
        pub platform: Option<String>,
        /// The time of the diagnosis. Without it the age of nothing is known.
        pub now: Option<Timestamp>,
        /// When each data collection last succeeded, by its NQL ID.
        #[cfg_attr(test, ts(as = "Option<Map<Timestamp>>"), schemars(default))]
        pub collected: Map<Timestamp>,
        /// What rules must say. Those that are not named must not match, except one that always does.
        #[cfg_attr(test, ts(as = "Option<Map<Verdict>>"), schemars(default))]
        pub verdicts: Map<Verdict>,
        /// Whether the playbook must apply to the platform; true where it is not said.
        pub applicable: Option<bool>,
        /// The rules whose recommendations must come out, in this order.
        pub recommendations: Option<Vec<String>>,
        /// The parameters that recommendations must fill, by rule.
        #[cfg_attr(test, ts(as = "Option<Map<Map<String>>>"), schemars(default))]
        pub params: Map<Map<String>>,
    }
}
