//! `POST /api/v1/workflows/workflows/{workflowUuid}/execution/{executionUuid}/trigger` (the doubled word is the
//! vendor's)
//!
//! Wakes an execution that waits for an event, with what it waits for. <https://docs.nexthink.com/api/workflows>

use super::IF_UNKNOWN;
use crate::api::answer::{effect, text, unclear};
use crate::api::http::{Request, Response};
use crate::api::identifiers::{NO_UUID, is_uuid};
use crate::api::limits::Limits;
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::{Json, Map, record, write_fields};

/// What errors call this operation.
pub const OPERATION: &str = "workflows.trigger";

record! {
    strict
    /// Which execution of which workflow, and what it waits for.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "WorkflowTrigger"))]
    pub struct Input {
        /// The workflow's UUID, not its NQL ID.
        pub workflow_uuid: String,
        /// The execution's UUID: one of `executionsUuids`.
        pub execution_uuid: String,
        /// What the waiting step takes; all values are text, and none is empty.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub parameters: Map<String>,
    }
}

record! {
    lenient
    /// The tenant has accepted the request.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[cfg_attr(test, ts(rename = "AcceptedWorkflowTrigger"))]
    pub struct Output {
        /// The requests that the tenant made of it, at least one.
        pub request_uuids: Vec<String>,
    }
}

/// # Errors
/// `invalid` where an ID is no UUID or a parameter is empty: nothing is sent.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    let mut limits = Limits::default();
    limits.hold("workflowUuid", is_uuid(&input.workflow_uuid), NO_UUID);
    limits.hold("executionUuid", is_uuid(&input.execution_uuid), NO_UUID);
    limits.hold("parameters", input.parameters.iter().all(|(_, value)| !value.is_empty()), "holds an empty value");
    limits.finish()?;
    let mut url = tenant.api("/api/v1/workflows/workflows/");
    for part in [&input.workflow_uuid, "/execution/", &input.execution_uuid, "/trigger"] {
        url.push_str(part);
    }
    Ok(Request::post_json(url, &write_fields(&["parameters"], &[&input.parameters])))
}

/// # Errors
/// `malformed` without a request ID: then nobody knows whether it was accepted.
pub fn parse(response: &Response) -> Result<Output, NexthinkError> {
    let body = effect(OPERATION, response, IF_UNKNOWN)?;
    let requests = match &body {
        Json::List(requests) => requests.as_slice(),
        request => std::slice::from_ref(request),
    };
    let mut request_uuids = Vec::new();
    for request in requests {
        request_uuids.extend(text(request, "requestUuid"));
    }
    if request_uuids.is_empty() {
        return Err(unclear(OPERATION, response, "it holds no request ID", IF_UNKNOWN));
    }
    Ok(Output { request_uuids })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::{ErrorKind, SideEffect};

    const WORKFLOW: &str = "e0aa796d-e3af-47b5-88d8-228cf5551fb6";
    const EXECUTION: &str = "7fbd96a7-b717-43a7-8973-9c6adbca3a56";

    fn built(workflow: &str, execution: &str, parameters: &[(&str, &str)]) -> Result<Request, NexthinkError> {
        let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
        let parameters = parameters.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        request(&tenant, &Input { workflow_uuid: workflow.into(), execution_uuid: execution.into(), parameters })
    }

    #[test]
    fn the_request_is_the_documented_one() {
        let request = built(WORKFLOW, EXECUTION, &[("answer", "yes")]).unwrap();
        let expected = format!(
            "https://acme.api.eu.nexthink.cloud/api/v1/workflows/workflows/{WORKFLOW}/execution/{EXECUTION}/trigger"
        );
        assert_eq!((request.url, request.body.unwrap()), (expected, r#"{"parameters":{"answer":"yes"}}"#.into()));
        assert_eq!(built(WORKFLOW, EXECUTION, &[]).unwrap().body.unwrap(), r#"{"parameters":{}}"#);
    }

    #[test]
    fn documented_limits_are_held_before_anything_is_sent() {
        for (workflow, execution, value, field) in [
            ("onboarding", EXECUTION, "x", "`workflowUuid`"),
            ("../..", EXECUTION, "x", "`workflowUuid`"),
            (WORKFLOW, "", "x", "`executionUuid`"),
            (WORKFLOW, EXECUTION, "", "`parameters`"),
        ] {
            let error = built(workflow, execution, &[("name", value)]).unwrap_err();
            assert!(error.kind == ErrorKind::Invalid && error.message.starts_with(field), "{error}");
        }
    }

    #[test]
    fn accepted_refused_and_lost_are_three_different_things() {
        let answer = |status, body: &str| parse(&Response { status, headers: vec![], body: body.into() });
        assert_eq!(answer(200, r#"[{"requestUuid":"r"}]"#).unwrap().request_uuids, ["r"]);
        assert_eq!(answer(200, r#"{"requestUuid":"r"}"#).unwrap().request_uuids, ["r"]);
        for (status, body, kind, side_effect) in [
            (400, r#"{"code":"c","details":"d"}"#, ErrorKind::Invalid, SideEffect::None),
            (502, "", ErrorKind::Server, SideEffect::Unknown),
            (200, "[]", ErrorKind::Malformed, SideEffect::Unknown),
            (200, r#"[{"requestUuid":null}]"#, ErrorKind::Malformed, SideEffect::Unknown),
            (200, "", ErrorKind::Malformed, SideEffect::Unknown),
        ] {
            let error = answer(status, body).unwrap_err();
            assert_eq!((error.kind, error.side_effect), (kind, side_effect), "{status} {body}");
        }
    }
}
