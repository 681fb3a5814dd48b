//! `GET /api/v1/workflows` and `GET /api/v1/workflows/details?nqlId=`: which workflows there are, and how they are
//! configured.

use nexthink_chatbot::api::http::Response;
use serde_json::{Value as Json, json};

use super::{error, forbidden};
use crate::http::{WireRequest, address, form, json};
use crate::permission::Permission;
use crate::tenant::SimulatedTenant;
use crate::workflows::{Dependency, Workflow, find};

impl SimulatedTenant {
    pub(in crate::http) fn list_workflows(&self, request: &WireRequest) -> Response {
        if let Err(refusal) = self.admit(request, Permission::Workflows, forbidden) {
            return refusal;
        }
        match Filter::of(address::query(&request.url)) {
            Ok(filter) => {
                let found = Workflow::all().filter(|workflow| filter.takes(workflow)).map(described);
                json(200, &found.collect::<Json>())
            }
            Err(mistake) => error(400, "invalid_request", &mistake),
        }
    }

    /// The document has a list here, too.
    pub(in crate::http) fn get_workflow(&self, request: &WireRequest) -> Response {
        if let Err(refusal) = self.admit(request, Permission::Workflows, forbidden) {
            return refusal;
        }
        let Some(id) = form::value(address::query(&request.url), "nqlId") else {
            return error(400, "invalid_request", "The query parameter `nqlId` is missing");
        };
        match find(&id).and_then(Workflow::at) {
            Some(workflow) => json(200, &[described(workflow)]),
            None => error(400, "unknown_workflow", &format!("No workflow with the ID '{id}'")),
        }
    }
}

/// What is listed. The document requires the first two; real tenants list without them.
struct Filter {
    dependency: Option<Dependency>,
    trigger: Option<fn(&Workflow) -> bool>,
    only_active: bool,
}

impl Filter {
    fn of(query: &str) -> Result<Self, String> {
        Ok(Self {
            dependency: one_of(query, "dependency", &Dependency::ALL)?,
            trigger: one_of(
                query,
                "triggerMethod",
                &[
                    ("API", (|one| one.triggers.api) as fn(&Workflow) -> bool),
                    ("MANUAL", |one| one.triggers.manual),
                    ("MANUAL_MULTIPLE", |one| one.triggers.manual_multiple),
                    ("SCHEDULER", |one| one.triggers.scheduler),
                ],
            )?,
            only_active: one_of(query, "fetchOnlyActiveWorkflows", &[("true", true), ("false", false)])?
                .unwrap_or_default(),
        })
    }

    fn takes(&self, workflow: &Workflow) -> bool {
        self.dependency.is_none_or(|dependency| workflow.dependency == dependency)
            && self.trigger.is_none_or(|can_start| can_start(workflow))
            && (workflow.active || !self.only_active)
    }
}

/// The value of a query parameter that is an enumeration.
fn one_of<T: Copy>(query: &str, name: &str, words: &[(&str, T)]) -> Result<Option<T>, String> {
    let Some(given) = form::value(query, name) else { return Ok(None) };
    match words.iter().find(|(word, _)| *word == given) {
        Some((_, value)) => Ok(Some(*value)),
        None => {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            Err(format!("`{name}` is '{given}'; allowed are {}", words.join(", ")))
        }
    }
}

/// The workflow as the API tells of it. What `triggerMethods` and `versions` hold is not in the document, whose schema
/// refers to itself there; live tenants have it like this.
fn described(workflow: &Workflow) -> Json {
    let status = if workflow.active { "ACTIVE" } else { "INACTIVE" };
    let parameters = workflow.parameters.iter().map(|parameter| {
        json!({
            "id": parameter.id,
            "allowCustomValue": parameter.allow_custom_value,
            "options": parameter.options,
        })
    });
    json!({
        "id": workflow.id,
        "uuid": workflow.uuid(),
        "name": workflow.name,
        "description": workflow.description,
        "status": status,
        "lastUpdateTime": workflow.last_update_time,
        "triggerMethods": {
            "apiEnabled": workflow.triggers.api,
            "manualEnabled": workflow.triggers.manual,
            "manualAllowMultipleInstances": workflow.triggers.manual_multiple,
            "schedulingEnabled": workflow.triggers.scheduler,
        },
        "versions": [{
            "version": 1,
            "status": status,
            "definition": "",
            "parameters": parameters.collect::<Json>(),
            "valid": true,
            "hasDevice": workflow.dependency.has_device(),
            "hasUser": workflow.dependency.has_user(),
        }],
    })
}
