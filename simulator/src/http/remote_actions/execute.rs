//! `POST /api/v1/act/execute`: accepts a remote action for devices.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::nql::{MINUTE, SECOND};
use serde_json::json;

use super::{error, forbidden};
use crate::http::body::{Fields, Read, anything};
use crate::http::identifiers::OBJECTS;
use crate::http::{Handled, WireRequest, json};
use crate::permission::Permission;
use crate::remote_actions::Trigger;
use crate::tenant::SimulatedTenant;

/// What expires where the request does not say when.
const DEFAULT_EXPIRY_MINUTES: i64 = 60;

const MAXIMUM_REASON: usize = 500;

/// The body of the request, within the documented limits.
struct Wanted {
    remote_action_id: String,
    devices: Vec<String>,
    params: BTreeMap<String, String>,
    minutes: i64,
    external_source: Option<String>,
    external_reference: Option<String>,
    reason: Option<String>,
}

impl Wanted {
    fn read(body: &[u8]) -> Read<Self> {
        let body = Fields::of_body(body)?;
        let info = body.object("triggerInfo")?;
        let of_info = |name: &str| match &info {
            Some(info) => info.text(name).map(|text| text.map(str::to_owned)),
            None => Ok(None),
        };
        let reason = of_info("reason")?;
        if reason.as_ref().is_some_and(|reason| reason.chars().count() > MAXIMUM_REASON) {
            return Err(format!("`triggerInfo.reason` has more than {MAXIMUM_REASON} characters"));
        }
        let devices = body.texts("devices", &OBJECTS, anything)?;
        Ok(Self {
            remote_action_id: body.some_text("remoteActionId")?.to_owned(),
            devices: body.given("devices", devices)?.into_iter().map(str::to_owned).collect(),
            params: body.named_texts("params")?,
            minutes: body.whole_number("expiresInMinutes", 60..=10_080)?.unwrap_or(DEFAULT_EXPIRY_MINUTES),
            external_source: of_info("externalSource")?,
            external_reference: of_info("externalReference")?,
            reason,
        })
    }
}

impl SimulatedTenant {
    pub(in crate::http) fn execute_remote_action(&mut self, request: &WireRequest) -> Handled {
        if let Err(refusal) = self.admit(request, Permission::RemoteActions, forbidden) {
            return refusal.into();
        }
        let wanted = match Wanted::read(&request.body) {
            Ok(wanted) => wanted,
            Err(mistake) => return error(400, "invalid_request", &mistake).into(),
        };
        let remote_action_id = Some(wanted.remote_action_id.clone());
        let response = self.accept(wanted).unwrap_or_else(|refusal| refusal);
        Handled { remote_action_id, ..response.into() }
    }

    fn accept(&mut self, wanted: Wanted) -> Result<Response, Response> {
        let refuse = |code: &str, message: String| Err(error(400, code, &message));
        let id = &wanted.remote_action_id;
        let found = self.actions.find(id).and_then(|position| Some((position, self.actions.at(position)?)));
        let Some((action, definition)) = found else {
            return refuse("unknown_remote_action", format!("No remote action with the ID '{id}'"));
        };
        if !definition.has_api_trigger() {
            return Err(error(403, "api_trigger_disabled", "The remote action has no API trigger"));
        }
        for (name, value) in &wanted.params {
            match definition.input(name) {
                None => return refuse("invalid_params", format!("The remote action has no input '{name}'")),
                Some(input) if !input.accepts(value) => {
                    return refuse("invalid_params", format!("The input '{name}' does not allow this value"));
                }
                Some(_) => {}
            }
        }
        let mut devices = BTreeSet::new();
        for uid in &wanted.devices {
            match self.fleet.by_collector_uid(uid) {
                Some(device) => devices.insert(device),
                None => return refuse("unknown_device", format!("No device with the Collector UID '{uid}'")),
            };
        }
        let request_id = self.random.uuid();
        let trigger = Trigger {
            request_id: request_id.clone(),
            action,
            definition: Rc::clone(definition),
            params: wanted.params,
            requested_at: self.now,
            expires_at: self.now.plus(wanted.minutes * MINUTE),
            external_source: wanted.external_source,
            external_reference: wanted.external_reference,
            reason: wanted.reason,
        };
        let devices: Vec<usize> = devices.into_iter().collect();
        let random = &mut self.random;
        self.executions.accept(trigger, &devices, &self.fleet, || random.between(2, 8).cast_signed() * SECOND);
        Ok(json(200, &json!({ "requestId": request_id, "expiresInMinutes": wanted.minutes })))
    }
}
