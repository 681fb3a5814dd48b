//! A workflow as the tenant has configured it. The published schema refers to itself where it matters, so everything
//! but the ID may be missing, and what has no documented shape is handed on as it is.

use crate::api::answer::{elements, flag, text};
use crate::json::{Json, Map, record};

record! {
    lenient
    /// A workflow of the tenant.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Workflow {
        /// The NQL ID: what `workflows.execute` takes. Empty where the tenant gives none.
        pub id: String,
        /// What `workflows.trigger` takes.
        pub uuid: Option<String>,
        /// The name that administrators see.
        pub name: Option<String>,
        /// What it does.
        pub description: Option<String>,
        /// `ACTIVE` or `INACTIVE`.
        pub status: Option<String>,
        /// When it was last changed, ISO 8601.
        pub last_update_time: Option<String>,
        /// By what it may be started, such as the API, as the tenant names it.
        pub trigger_methods: Map<bool>,
        /// Its versions.
        pub versions: Vec<WorkflowVersion>,
    }
}

record! {
    lenient
    /// A version of a workflow.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct WorkflowVersion {
        /// Its number or name.
        pub version: Option<String>,
        /// Its state.
        pub status: Option<String>,
        /// Whether it is complete.
        pub valid: Option<bool>,
        /// Whether it runs on devices.
        pub has_device: Option<bool>,
        /// Whether it runs on employees.
        pub has_user: Option<bool>,
        /// What `params` of `workflows.execute` may hold; its shape is not documented.
        pub parameters: Option<Json>,
        /// Its steps; their shape is not documented.
        pub definition: Option<Json>,
    }
}

impl Workflow {
    /// Reads what there is.
    pub(super) fn of_answer(json: &Json) -> Self {
        Self {
            id: text(json, "id").unwrap_or_default(),
            uuid: text(json, "uuid"),
            name: text(json, "name"),
            description: text(json, "description"),
            status: text(json, "status"),
            last_update_time: text(json, "lastUpdateTime"),
            trigger_methods: trigger_methods(json.get("triggerMethods").unwrap_or(&Json::Null)),
            versions: elements(json.get("versions"), |version| WorkflowVersion {
                version: text(version, "version"),
                status: text(version, "status"),
                valid: flag(version, "valid"),
                has_device: flag(version, "hasDevice"),
                has_user: flag(version, "hasUser"),
                parameters: present(version, "parameters"),
                definition: present(version, "definition"),
            }),
        }
    }
}

/// An object of truth values in a real tenant; a list of names would say the same.
fn trigger_methods(json: &Json) -> Map<bool> {
    let mut methods = Map::default();
    match json {
        Json::Object(fields) => {
            for (name, _) in fields {
                if let Some(enabled) = flag(json, name) {
                    methods.0.push((name.to_string(), enabled));
                }
            }
        }
        Json::List(names) => {
            for name in names {
                if let Some(name) = name.as_text() {
                    methods.0.push((name.to_owned(), true));
                }
            }
        }
        _ => {}
    }
    methods
}

fn present(json: &Json, name: &str) -> Option<Json> {
    json.get(name).filter(|value| **value != Json::Null).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Write;

    fn read(text: &str) -> Workflow {
        Workflow::of_answer(&Json::parse(text.as_bytes()).unwrap())
    }

    #[test]
    fn a_complete_definition_is_read_and_written_unchanged() {
        let text = r#"{"id":"license_reclamation","uuid":"u","name":"License reclamation","description":"d","status":"ACTIVE","lastUpdateTime":"2023-12-07T16:26:36Z","triggerMethods":{"apiEnabled":true,"manualEnabled":false},"versions":[{"version":"2","status":"PUBLISHED","valid":true,"hasDevice":true,"hasUser":false,"parameters":[{"name":"p"}],"definition":{"a":1}}]}"#;
        assert_eq!(read(text).write().to_text(), text);
    }

    #[test]
    fn what_is_missing_null_or_of_another_kind_is_not_there() {
        for text in [
            r#"{"id":"a"}"#,
            r#"{"id":"a","uuid":null,"status":null,"triggerMethods":null,"versions":null,"owner":null}"#,
            r#"{"id":"a","name":[],"triggerMethods":"API","versions":{}}"#,
        ] {
            assert_eq!(read(text), Workflow { id: "a".into(), ..Workflow::default() }, "{text}");
        }
    }

    #[test]
    fn trigger_methods_may_be_truth_values_or_names() {
        let api = Map(vec![("API".to_owned(), true)]);
        assert_eq!(read(r#"{"triggerMethods":["API"]}"#).trigger_methods, api);
        assert_eq!(read(r#"{"triggerMethods":{"API":true,"later":{}}}"#).trigger_methods, api);
        assert_eq!(read(r#"{"versions":[{"version":3,"parameters":null}]}"#).versions[0].version.as_deref(), Some("3"));
    }
}
