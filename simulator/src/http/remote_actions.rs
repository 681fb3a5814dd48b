//! `POST /api/v1/act/execute`: accepts a remote action for devices.

use std::collections::{BTreeMap, BTreeSet};

use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::nql::{MINUTE, SECOND};
use serde::Deserialize;
use serde_json::json;

use super::{Handled, WireRequest, empty, json};
use crate::json::read_object;
use crate::remote_actions::{Kind, RemoteAction, Trigger, find};
use crate::tenant::SimulatedTenant;

/// What expires where the request does not say when.
const DEFAULT_EXPIRY_MINUTES: i64 = 60;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    remote_action_id: String,
    devices: Vec<String>,
    #[serde(default)]
    params: Option<BTreeMap<String, String>>,
    #[serde(default)]
    expires_in_minutes: Option<i64>,
    #[serde(default)]
    trigger_info: Option<TriggerInfo>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct TriggerInfo {
    external_source: Option<String>,
    reason: Option<String>,
    external_reference: Option<String>,
}

impl SimulatedTenant {
    pub(super) fn execute_remote_action(&mut self, request: &WireRequest) -> Handled {
        if !self.is_authorized(request) {
            return empty(401).into();
        }
        let body: Body = match read_object(&request.body) {
            Ok(body) => body,
            Err(mistake) => return error(400, "invalid_request", &mistake).into(),
        };
        let remote_action_id = Some(body.remote_action_id.clone());
        let response = self.accept(body).unwrap_or_else(|refusal| refusal);
        Handled { remote_action_id, ..response.into() }
    }

    fn accept(&mut self, body: Body) -> Result<Response, Response> {
        let refuse = |code: &str, message: String| Err(error(400, code, &message));
        let found = find(&body.remote_action_id).and_then(|position| Some((position, RemoteAction::at(position)?)));
        let Some((action, definition)) = found else {
            return refuse(
                "unknown_remote_action",
                format!("No remote action with the ID '{}'", body.remote_action_id),
            );
        };
        if !definition.has_api_trigger() {
            return Err(error(403, "api_trigger_disabled", "The remote action has no API trigger"));
        }
        if !(1..=10_000).contains(&body.devices.len()) {
            return refuse("invalid_devices", format!("{} devices; allowed are 1 to 10000", body.devices.len()));
        }
        let minutes = body.expires_in_minutes.unwrap_or(DEFAULT_EXPIRY_MINUTES);
        if !(60..=10_080).contains(&minutes) {
            return refuse("invalid_expiry", format!("expiresInMinutes is {minutes}; allowed are 60 to 10080"));
        }
        let info = body.trigger_info.unwrap_or_default();
        if info.reason.as_ref().is_some_and(|reason| reason.chars().count() > 500) {
            return refuse("invalid_reason", "The reason has more than 500 characters".into());
        }
        let params = body.params.unwrap_or_default();
        let declared = |name: &&String| match definition.kind {
            Kind::Remediation { inputs, .. } => inputs.contains(&name.as_str()),
            Kind::DataCollection { .. } => false,
        };
        if let Some(name) = params.keys().find(|name| !declared(name)) {
            return refuse("invalid_params", format!("The remote action has no input '{name}'"));
        }
        let mut devices = BTreeSet::new();
        for uid in &body.devices {
            match self.fleet.by_collector_uid(uid) {
                Some(device) => devices.insert(device),
                None => return refuse("unknown_device", format!("No device with the Collector UID '{uid}'")),
            };
        }
        let request_id = self.random.uuid();
        let trigger = Trigger {
            request_id: request_id.clone(),
            action,
            params,
            requested_at: self.now,
            expires_at: self.now.plus(minutes * MINUTE),
            external_source: info.external_source,
            external_reference: info.external_reference,
            reason: info.reason,
        };
        let devices: Vec<usize> = devices.into_iter().collect();
        let random = &mut self.random;
        self.executions.accept(trigger, &devices, &self.fleet, || random.between(2, 8).cast_signed() * SECOND);
        Ok(json(200, &json!({ "requestId": request_id, "expiresInMinutes": minutes })))
    }
}

/// The error shape of the Remote Actions API: its code is text.
fn error(status: u16, code: &str, message: &str) -> Response {
    json(status, &json!({ "code": code, "message": message }))
}
