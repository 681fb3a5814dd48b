//! A remote action as the tenant has configured it. Real answers leave out or null much that the documents require,
//! so everything but the ID may be missing, and words that are not documented are kept.

use crate::api::answer::{elements, flag, text, texts, whole_number};
use crate::json::{Json, record};

record! {
    lenient
    /// A remote action of the tenant.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct RemoteAction {
        /// The NQL ID: what `remoteActions.execute` takes. Empty where the tenant gives none.
        pub id: String,
        /// The tenant's internal ID.
        pub uuid: Option<String>,
        /// The name that administrators see.
        pub name: Option<String>,
        /// What it does.
        pub description: Option<String>,
        /// Where it is from, such as Nexthink's library.
        pub origin: Option<String>,
        /// Its version in Nexthink's library.
        pub built_in_content_version: Option<String>,
        /// `DATA_COLLECTION`, `REMEDIATION`, or both.
        pub purpose: Vec<String>,
        /// How it may be triggered.
        pub targeting: RemoteActionTargeting,
        /// What runs on the device.
        pub script_info: RemoteActionScript,
    }
}

record! {
    lenient
    /// How a remote action may be triggered; what the tenant does not say is missing.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct RemoteActionTargeting {
        /// By the API: without it `remoteActions.execute` is refused.
        pub api_enabled: Option<bool>,
        /// By hand.
        pub manual_enabled: Option<bool>,
        /// By workflows.
        pub workflow_enabled: Option<bool>,
        /// By hand on many devices at once.
        pub manual_allow_multiple_devices: Option<bool>,
    }
}

record! {
    lenient
    /// The script of a remote action.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct RemoteActionScript {
        /// The service that runs it, where it is delegated to one.
        pub execution_service_delegate: Option<String>,
        /// `LOCAL_SYSTEM`, `INTERACTIVE_USER` or `DELEGATE_TO_SERVICE`.
        pub run_as: Option<String>,
        /// After how many seconds it is stopped.
        pub timeout_seconds: Option<u32>,
        /// Whether it runs on Windows.
        pub has_script_windows: Option<bool>,
        /// Whether it runs on macOS.
        pub has_script_mac_os: Option<bool>,
        /// What it takes, by `params` of `remoteActions.execute`.
        pub inputs: Vec<RemoteActionInput>,
        /// What it reports.
        pub outputs: Vec<RemoteActionOutput>,
    }
}

record! {
    lenient
    /// An input of a script.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct RemoteActionInput {
        /// Its ID.
        pub id: Option<String>,
        /// Its name: the key in `params`.
        pub name: Option<String>,
        /// What it means.
        pub description: Option<String>,
        /// Whether the script for Windows takes it.
        pub used_by_windows: Option<bool>,
        /// Whether the script for macOS takes it.
        pub used_by_mac_os: Option<bool>,
        /// The values to choose from.
        pub options: Vec<String>,
        /// Whether other values are taken too.
        pub allow_custom_value: Option<bool>,
    }
}

record! {
    lenient
    /// An output of a script.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct RemoteActionOutput {
        /// Its ID.
        pub id: Option<String>,
        /// Its name: the key in an execution's `outputs`.
        pub name: Option<String>,
        /// Its type, such as `STRING`.
        pub r#type: Option<String>,
        /// What it means.
        pub description: Option<String>,
        /// Whether the script for Windows reports it.
        pub used_by_windows: Option<bool>,
        /// Whether the script for macOS reports it.
        pub used_by_mac_os: Option<bool>,
    }
}

impl RemoteAction {
    /// Reads what there is.
    pub(super) fn of_answer(json: &Json) -> Self {
        let nothing = Json::Null;
        let targeting = json.get("targeting").unwrap_or(&nothing);
        Self {
            id: text(json, "id").unwrap_or_default(),
            uuid: text(json, "uuid"),
            name: text(json, "name"),
            description: text(json, "description"),
            origin: text(json, "origin"),
            built_in_content_version: text(json, "builtInContentVersion"),
            purpose: texts(json, "purpose"),
            targeting: RemoteActionTargeting {
                api_enabled: flag(targeting, "apiEnabled"),
                manual_enabled: flag(targeting, "manualEnabled"),
                workflow_enabled: flag(targeting, "workflowEnabled"),
                manual_allow_multiple_devices: flag(targeting, "manualAllowMultipleDevices"),
            },
            script_info: RemoteActionScript::of_answer(json.get("scriptInfo").unwrap_or(&nothing)),
        }
    }
}

impl RemoteActionScript {
    fn of_answer(json: &Json) -> Self {
        Self {
            execution_service_delegate: text(json, "executionServiceDelegate"),
            run_as: text(json, "runAs"),
            timeout_seconds: whole_number(json, "timeoutSeconds"),
            has_script_windows: flag(json, "hasScriptWindows"),
            has_script_mac_os: flag(json, "hasScriptMacOs"),
            inputs: elements(json.get("inputs"), |input| RemoteActionInput {
                id: text(input, "id"),
                name: text(input, "name"),
                description: text(input, "description"),
                used_by_windows: flag(input, "usedByWindows"),
                used_by_mac_os: flag(input, "usedByMacOs"),
                options: texts(input, "options"),
                allow_custom_value: flag(input, "allowCustomValue"),
            }),
            outputs: elements(json.get("outputs"), |output| RemoteActionOutput {
                id: text(output, "id"),
                name: text(output, "name"),
                r#type: text(output, "type"),
                description: text(output, "description"),
                used_by_windows: flag(output, "usedByWindows"),
                used_by_mac_os: flag(output, "usedByMacOs"),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Write;

    fn read(text: &str) -> RemoteAction {
        RemoteAction::of_answer(&Json::parse(text.as_bytes()).unwrap())
    }

    #[test]
    fn a_complete_definition_is_read_and_written_unchanged() {
        let text = r##"{"id":"#disk_cleanup","uuid":"u","name":"Disk cleanup","description":"d","origin":"o","builtInContentVersion":"1.0.0.0","purpose":["DATA_COLLECTION","REMEDIATION"],"targeting":{"apiEnabled":true,"manualEnabled":false,"workflowEnabled":true,"manualAllowMultipleDevices":false},"scriptInfo":{"executionServiceDelegate":"s","runAs":"LOCAL_SYSTEM","timeoutSeconds":120,"hasScriptWindows":true,"hasScriptMacOs":false,"inputs":[{"id":"i","name":"MaximumDelayInSeconds","description":"d","usedByWindows":true,"usedByMacOs":false,"options":["0","5"],"allowCustomValue":true}],"outputs":[{"id":"o","name":"CleanupSpace","type":"SIZE","description":"d","usedByWindows":true,"usedByMacOs":false}]}}"##;
        assert_eq!(read(text).write().to_text(), text);
    }

    #[test]
    fn what_is_missing_null_or_of_another_kind_is_not_there() {
        for text in [
            r#"{"id":"a"}"#,
            r#"{"id":"a","uuid":null,"name":null,"purpose":null,"targeting":null,"scriptInfo":null,"later":{}}"#,
            r#"{"id":"a","name":{},"purpose":"x","targeting":[],"scriptInfo":{"inputs":null,"timeoutSeconds":"soon"}}"#,
        ] {
            assert_eq!(read(text), RemoteAction { id: "a".into(), ..RemoteAction::default() }, "{text}");
        }
    }

    #[test]
    fn numbers_as_text_and_later_words_are_kept() {
        let action = read(r#"{"id":7,"purpose":["AUDIT"],"scriptInfo":{"runAs":"NOBODY","timeoutSeconds":"60"}}"#);
        assert_eq!((action.id.as_str(), action.purpose.as_slice()), ("7", &["AUDIT".to_owned()][..]));
        assert_eq!(action.script_info.run_as.as_deref(), Some("NOBODY"));
        assert_eq!(action.script_info.timeout_seconds, Some(60));
        assert_eq!(read(r#"{"targeting":{"apiEnabled":"true"}}"#).targeting.api_enabled, Some(true));
    }
}
