//! What is made of the built-in playbooks: their compiled form, which the modules hold, and what lists show of them, for the
//! facade; and the schemas that editors hold a playbook's files to.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;
use ts_rs::{Config, TS};

use super::{FOLDER, holds_or_is_written};
use crate::json::{Json, Map, Read, Write, record};
use crate::playbook::testing::PlaybookTests;
use crate::playbook::{BUILT_IN, BuiltIn, Library, Localized, Model};

const COMPILED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/playbook");
const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/playbooks");

record! {
    strict
    /// What a list of playbooks shows.
    struct PlaybookSummary {
        /// Its name in code.
        id: String,
        /// Its version.
        version: String,
        /// Its name for people, by locale.
        title: Localized,
        /// For administrators: where it differs from published content.
        description: String,
        /// Words by which employees call the trouble, by locale.
        symptoms: Map<Vec<String>>,
        /// The platforms that it applies to.
        platforms: Vec<String>,
        /// The saved query that brings its facts.
        query_id: String,
        /// The names of its rules, in order.
        rules: Vec<String>,
    }
}

fn summary(built_in: &BuiltIn) -> Json {
    let model = Model::read(Json::parse(built_in.json.as_bytes()).unwrap()).unwrap();
    let Model { id, version, title, description, symptoms, platforms, query, rules, .. } = model;
    PlaybookSummary {
        id,
        version,
        title,
        description: description.unwrap_or_default(),
        symptoms,
        platforms,
        query_id: query.id,
        rules: rules.into_iter().map(|rule| rule.id).collect(),
    }
    .write()
}

fn summaries() -> String {
    let text = Json::List(BUILT_IN.iter().map(summary).collect()).to_text();
    let literal = text.replace('\\', "\\\\").replace('\'', "\\'");
    let types = declarations!(PlaybookSummary);
    format!("{types}\n/** `PlaybookSummary[]` as JSON. */\nexport const playbookSummaries =\n  '{literal}';\n")
}

/// A JSON Schema in the draft that editors know best. What may be left out is written without `null`, and without a
/// default that an editor would insert.
fn schema<T: JsonSchema>() -> String {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
    tidy(schema.as_object_mut().unwrap());
    let text = serde_json::to_string_pretty(&schema).unwrap();
    text + "\n"
}

fn tidy(schema: &mut serde_json::Map<String, Value>) {
    schema.remove("default");
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|one| one != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".into(), only);
        }
    }
    for inner in schema.values_mut() {
        tidy_value(inner);
    }
}

fn tidy_value(value: &mut Value) {
    match value {
        Value::Object(object) => tidy(object),
        Value::Array(values) => values.iter_mut().for_each(tidy_value),
        _ => {}
    }
}

#[test]
fn playbooks_are_compiled_from_their_files() {
    holds_or_is_written(COMPILED, "built_in.packed", &Library::built_in().unwrap().to_text());
    holds_or_is_written(FOLDER, "playbooks.ts", &summaries());
}

#[test]
fn schemas_are_those_of_the_code() {
    holds_or_is_written(FILES, "playbook.schema.json", &schema::<Model>());
    holds_or_is_written(FILES, "playbook-tests.schema.json", &schema::<PlaybookTests>());
}
