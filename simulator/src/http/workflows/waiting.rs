//! `POST /api/v1/workflows/workflows/{workflowUuid}/execution/{executionUuid}/trigger`: the event for which an
//! execution waits.

use nexthink_chatbot::api::http::Response;
use serde_json::json;

use super::{error, forbidden};
use crate::http::address::Address;
use crate::http::body::Fields;
use crate::http::identifiers::is_uuid;
use crate::http::{WireRequest, json};
use crate::permission::Permission;
use crate::tenant::SimulatedTenant;
use crate::workflows::{TriggerMistake, find_by_uuid};

/// What the path says.
struct Waiting<'a> {
    workflow: &'a str,
    execution: &'a str,
}

impl<'a> Waiting<'a> {
    /// What a path names; none where it is another one. The doubled `workflows` is the vendor's.
    fn of(path: &'a str) -> Option<Self> {
        let rest = path.strip_prefix("/api/v1/workflows/workflows/")?.strip_suffix("/trigger")?;
        let (workflow, execution) = rest.split_once("/execution/")?;
        let is_segment = |text: &str| !text.is_empty() && !text.contains('/');
        (is_segment(workflow) && is_segment(execution)).then_some(Self { workflow, execution })
    }
}

impl SimulatedTenant {
    pub(in crate::http) fn trigger_waiting(&mut self, request: &WireRequest) -> Response {
        match self.admit(request, Permission::Workflows, forbidden) {
            Ok(()) => self.let_event_come(request).unwrap_or_else(|refusal| refusal),
            Err(refusal) => refusal,
        }
    }

    fn let_event_come(&mut self, request: &WireRequest) -> Result<Response, Response> {
        let invalid = |mistake: String| error(400, "invalid_request", &mistake);
        let path = Address::read(&request.url).and_then(|address| Waiting::of(address.path));
        let Some(place) = path.filter(|path| is_uuid(path.workflow) && is_uuid(path.execution)) else {
            return Err(invalid("The path names a workflow and an execution by their UUIDs".into()));
        };
        let parameters = Fields::of_body(&request.body).and_then(|body| body.named_texts("parameters"));
        let parameters = parameters.map_err(invalid)?;
        if let Some((name, _)) = parameters.iter().find(|(_, value)| value.is_empty()) {
            return Err(invalid(format!("`parameters.{name}` is empty")));
        }
        let Some(workflow) = find_by_uuid(place.workflow) else {
            return Err(error(400, "unknown_workflow", &format!("No workflow with the UUID '{}'", place.workflow)));
        };
        match self.workflows.trigger(workflow, place.execution, parameters, self.now) {
            Ok(request_id) => Ok(json(200, &[json!({ "requestUuid": request_id })])),
            Err(TriggerMistake::NoSuchExecution) => {
                let details = format!("The workflow has no execution '{}'", place.execution);
                Err(error(400, "unknown_execution", &details))
            }
            Err(TriggerMistake::NotWaiting) => {
                Err(error(400, "execution_not_waiting", "The execution does not wait for an event"))
            }
            Err(TriggerMistake::Parameters(mistake)) => Err(error(400, "invalid_parameters", &mistake)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_path_with_both_segments_is_this_one() {
        let start = "/api/v1/workflows/workflows";
        assert!(Waiting::of(&format!("{start}/a/execution/b/trigger")).is_some());
        for rest in ["/a/execution//trigger", "/a/b/execution/c/trigger", "/a/execution/b", "//execution/b/trigger"] {
            assert!(Waiting::of(&format!("{start}{rest}")).is_none(), "{rest}");
        }
    }
}
