//! `POST /api/v1/workflows/execute` names devices by Collector UID and users by SID;
//! `POST /api/v2/workflows/execute` takes whatever identifies them.

use std::collections::BTreeSet;

use nexthink_chatbot::api::http::Response;
use serde_json::json;

use super::{error, forbidden};
use crate::fleet::{Finder, Identity};
use crate::http::body::{Fields, Read};
use crate::http::identifiers::{OBJECTS, is_sid, is_upn, is_uuid};
use crate::http::{WireRequest, json};
use crate::permission::Permission;
use crate::tenant::SimulatedTenant;
use crate::workflows::{Target, Workflow, WorkflowTrigger, find};

/// What a request names, in its own words.
struct Named {
    devices: Vec<Identity>,
    users: Vec<Identity>,
}

impl Named {
    /// By the two identifiers of v1. One of the lists may be missing where the other names somebody.
    fn of_v1(body: &Fields) -> Read<Self> {
        let devices = body.texts("devices", &(0..=*OBJECTS.end()), is_uuid)?;
        let users = body.texts("users", &(0..=*OBJECTS.end()), is_sid)?;
        if devices.is_none() && users.is_none() {
            return Err("`devices` and `users` are missing".into());
        }
        let identities = |key: &'static str, given: Option<Vec<&str>>| {
            given.unwrap_or_default().into_iter().map(|value| Identity::of(key, value)).collect()
        };
        Ok(Self { devices: identities("collectorUid", devices), users: identities("sid", users) })
    }

    fn of_v2(body: &Fields) -> Read<Self> {
        let devices: [Key; 3] = [("collectorUid", is_uuid), ("uid", is_uuid), ("name", |_| true)];
        let users: [Key; 3] = [("sid", is_sid), ("uid", is_uuid), ("upn", is_upn)];
        Ok(Self { devices: identities(body, "devices", &devices)?, users: identities(body, "users", &users)? })
    }
}

/// An identifier and its shape.
type Key = (&'static str, fn(&str) -> bool);

fn identities(body: &Fields, list: &str, keys: &[Key]) -> Read<Vec<Identity>> {
    let elements = body.given(list, body.list(list, &(0..=*OBJECTS.end()))?)?;
    let mut identities = Vec::with_capacity(elements.len());
    for (position, element) in elements.iter().enumerate() {
        let element = Fields::of_element(element, list, position)?;
        let mut identity = Identity::default();
        for (key, is) in keys {
            if let Some(value) = element.text_that(key, *is)? {
                identity.add(key, value);
            }
        }
        if identity.is_empty() {
            let keys: Vec<&str> = keys.iter().map(|(key, _)| *key).collect();
            return Err(format!("`{list}[{position}]` has none of {}", keys.join(", ")));
        }
        identities.push(identity);
    }
    Ok(identities)
}

impl SimulatedTenant {
    pub(in crate::http) fn execute_workflow(&mut self, request: &WireRequest) -> Response {
        self.execute_named(request, Named::of_v1)
    }

    pub(in crate::http) fn execute_workflow_by_identifiers(&mut self, request: &WireRequest) -> Response {
        self.execute_named(request, Named::of_v2)
    }

    fn execute_named(&mut self, request: &WireRequest, read: fn(&Fields) -> Read<Named>) -> Response {
        if let Err(refusal) = self.admit(request, Permission::Workflows, forbidden) {
            return refusal;
        }
        self.start_workflow(&request.body, read).unwrap_or_else(|refusal| refusal)
    }

    fn start_workflow(&mut self, body: &[u8], read: fn(&Fields) -> Read<Named>) -> Result<Response, Response> {
        let invalid = |mistake: String| error(400, "invalid_request", &mistake);
        let body = Fields::of_body(body).map_err(invalid)?;
        let named = read(&body).map_err(invalid)?;
        let parameters = body.named_texts("params").map_err(invalid)?;
        let id = body.text("workflowId").and_then(|id| body.given("workflowId", id)).map_err(invalid)?;
        let found = find(id).and_then(|position| Some((position, Workflow::at(position)?)));
        let Some((workflow, definition)) = found else {
            return Err(error(400, "unknown_workflow", &format!("No workflow with the ID '{id}'")));
        };
        if !definition.active {
            return Err(error(400, "workflow_inactive", "The workflow is not active"));
        }
        if !definition.triggers.api {
            return Err(error(403, "api_trigger_disabled", "The workflow has no API trigger"));
        }
        for (name, value) in &parameters {
            let refuse = |details: String| Err(error(400, "invalid_params", &details));
            match definition.parameter(name) {
                None => return refuse(format!("The workflow has no parameter '{name}'")),
                Some(parameter) if !parameter.accepts(value) => {
                    return refuse(format!("The parameter '{name}' does not allow this value"));
                }
                Some(_) => {}
            }
        }
        let targets = self.targets(definition, &named)?;
        let request_id = self.random.uuid();
        let targets: Vec<(String, Target)> = targets.into_iter().map(|target| (self.random.uuid(), target)).collect();
        let ids: Vec<&str> = targets.iter().map(|(id, _)| id.as_str()).collect();
        let response = json(200, &json!({ "requestUuid": request_id, "executionsUuids": ids }));
        let trigger = WorkflowTrigger { workflow, request_id, parameters, requested_at: self.now };
        self.workflows.accept(&trigger, targets);
        Ok(response)
    }

    /// On what the workflow is executed: once for each object, or for each pair where it needs a device and a user.
    fn targets(&self, workflow: &Workflow, named: &Named) -> Result<Vec<Target>, Response> {
        let refuse = |details: &str| Err(error(400, "invalid_targets", details));
        let dependency = workflow.dependency;
        if dependency.has_device() == named.devices.is_empty() {
            return refuse(if dependency.has_device() { "The workflow needs a device" } else { "It is for no device" });
        }
        if dependency.has_user() == named.users.is_empty() {
            return refuse(if dependency.has_user() { "The workflow needs a user" } else { "It is for no user" });
        }
        let devices = Finder::of_devices(&self.fleet, self.now).find_all(&named.devices).map_err(|position| {
            error(400, "unknown_device", &format!("`devices[{position}]` is no device of this tenant"))
        })?;
        let users = Finder::of_employees(&self.fleet, self.now).find_all(&named.users).map_err(|position| {
            error(400, "unknown_user", &format!("`users[{position}]` is no user of this tenant"))
        })?;
        let of_device = |device: usize| Target { device: Some(device), user: None };
        let of_user = |user: usize| Target { device: None, user: Some(user) };
        match (dependency.has_device(), dependency.has_user()) {
            (true, true) if devices.len() != users.len() => {
                refuse("The workflow needs a device and a user for each execution: as many of the one as of the other")
            }
            (true, true) => {
                let pairs = devices.into_iter().zip(users);
                Ok(pairs.map(|(device, user)| Target { device: Some(device), user: Some(user) }).collect())
            }
            (true, false) => Ok(each_once(devices).map(of_device).collect()),
            (false, true) => Ok(each_once(users).map(of_user).collect()),
            (false, false) => Ok(vec![Target::default()]),
        }
    }
}

/// The positions in their order, each once.
fn each_once(positions: Vec<usize>) -> impl Iterator<Item = usize> {
    let mut seen = BTreeSet::new();
    positions.into_iter().filter(move |position| seen.insert(*position))
}
