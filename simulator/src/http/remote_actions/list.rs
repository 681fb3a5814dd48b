//! `GET /api/v1/act/remote-action` and `GET /api/v1/act/remote-action/details?nql-id=`: which remote actions there
//! are, and how they are configured.

use nexthink_chatbot::api::http::Response;
use serde_json::{Value as Json, json};

use super::{error, forbidden};
use crate::fleet::Platform;
use crate::http::{WireRequest, address, form, json};
use crate::permission::Permission;
use crate::random::Random;
use crate::remote_actions::{Kind, Origin, RemoteAction};
use crate::tenant::SimulatedTenant;

impl SimulatedTenant {
    pub(in crate::http) fn list_remote_actions(&self, request: &WireRequest) -> Response {
        if let Err(refusal) = self.admit(request, Permission::RemoteActions, forbidden) {
            return refusal;
        }
        json(200, &self.actions.all().map(|(_, action)| described(action)).collect::<Vec<_>>())
    }

    pub(in crate::http) fn get_remote_action(&self, request: &WireRequest) -> Response {
        if let Err(refusal) = self.admit(request, Permission::RemoteActions, forbidden) {
            return refusal;
        }
        // The document has no 400 here, also not for a request without an ID.
        let id = form::value(address::query(&request.url), "nql-id").unwrap_or_default();
        match self.actions.get(&id) {
            Some(action) => json(200, &described(action)),
            None => error(404, "unknown_remote_action", "No remote action associated with that NQL ID"),
        }
    }
}

/// The action as the API tells of it. Of one that an administrator wrote, what may be left out is left out.
fn described(action: &RemoteAction) -> Json {
    let script = [
        ("runAs", "LOCAL_SYSTEM".into()),
        ("timeoutSeconds", timeout_seconds(action).into()),
        ("hasScriptWindows", action.has_script_for(Platform::Windows).into()),
        ("hasScriptMacOs", action.has_script_for(Platform::MacOs).into()),
        ("outputs", outputs(action)),
    ];
    let targeting = json!({
        "apiEnabled": action.triggers.api,
        "manualEnabled": action.triggers.manual,
        "workflowEnabled": action.triggers.workflow,
        "manualAllowMultipleDevices": action.triggers.manual,
    });
    let told = [
        ("id", action.id.as_str().into()),
        // From the ID alone, so that it is the same in every tenant.
        ("uuid", Random::new(0, &action.id).uuid().into()),
        ("name", action.name.as_str().into()),
        ("purpose", json!([action.purpose().to_ascii_uppercase()])),
        ("targeting", targeting),
    ];
    let (of_script, of_action) = match action.origin {
        Origin::Library(version) => (
            vec![("executionServiceDelegate", "".into()), ("inputs", inputs(action))],
            vec![
                ("description", action.description.as_str().into()),
                ("origin", "LIBRARY".into()),
                ("builtInContentVersion", version.into()),
            ],
        ),
        Origin::Custom => {
            let inputs = (!action.inputs.is_empty()).then(|| ("inputs", inputs(action)));
            let description =
                (!action.description.is_empty()).then(|| ("description", action.description.as_str().into()));
            let of_action = [("origin", "CUSTOM".into()), ("builtInContentVersion", Json::Null)];
            (
                [("executionServiceDelegate", Json::Null)].into_iter().chain(inputs).collect(),
                of_action.into_iter().chain(description).collect(),
            )
        }
    };
    let script = object(script.into_iter().chain(of_script));
    object(told.into_iter().chain(of_action).chain([("scriptInfo", script)]))
}

fn inputs(action: &RemoteAction) -> Json {
    let inputs = action.inputs.iter().map(|input| {
        object([
            ("id", input.id.as_str().into()),
            ("name", input.id.as_str().into()),
            ("description", input.description.as_str().into()),
            ("usedByWindows", action.has_script_for(Platform::Windows).into()),
            ("usedByMacOs", action.has_script_for(Platform::MacOs).into()),
            ("options", input.options.clone().into()),
            ("allowCustomValue", input.allow_custom_value.into()),
        ])
    });
    inputs.collect()
}

fn outputs(action: &RemoteAction) -> Json {
    let described = (action.origin != Origin::Custom).then(|| ("description", "".into()));
    let outputs = action.outputs.iter().map(|output| {
        let output = [
            ("id", output.name.as_str().into()),
            ("name", output.name.as_str().into()),
            ("type", json!(output.kind)),
            ("usedByWindows", action.has_script_for(Platform::Windows).into()),
            ("usedByMacOs", action.has_script_for(Platform::MacOs).into()),
        ];
        object(output.into_iter().chain(described.clone()))
    });
    outputs.collect()
}

fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Json)>) -> Json {
    fields.into_iter().collect()
}

/// Twice what the script usually takes, and no less than two minutes.
fn timeout_seconds(action: &RemoteAction) -> i64 {
    match action.kind {
        Kind::Remediation { seconds, .. } => (2 * seconds).max(120),
        Kind::DataCollection { .. } => 120,
    }
}
