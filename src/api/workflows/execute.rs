//! `POST /api/v1/workflows/execute`, `POST /api/v2/workflows/execute`
//!
//! Starts a workflow on devices and users: v1 where they are named by text, v2 where by objects. Not idempotent: sent
//! twice, it runs twice. <https://docs.nexthink.com/api/workflows>

use super::IF_UNKNOWN;
use super::address::{Address, WorkflowDevice, WorkflowUser, check_device, check_user};
use crate::api::answer::{effect, text, texts, unclear};
use crate::api::http::{Request, Response};
use crate::api::limits::Limits;
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::{Map, Write, record};

/// What errors call this operation.
pub const OPERATION: &str = "workflows.execute";

record! {
    strict
    /// Which workflow, on what. All devices and users are named in one way: by text or by objects.
    #[derive(Debug, Clone, Default)]
    #[cfg_attr(test, ts(rename = "WorkflowExecution"))]
    pub struct Input {
        /// The ID of the workflow.
        pub workflow_id: String,
        /// Up to 10,000 devices: Collector UIDs, or objects of whatever identifies them.
        #[cfg_attr(test, ts(optional, type = "string[] | WorkflowDevice[]"))]
        pub devices: Vec<Address<WorkflowDevice>>,
        /// Up to 10,000 users: security IDs, or objects of whatever identifies them.
        #[cfg_attr(test, ts(optional, type = "string[] | WorkflowUser[]"))]
        pub users: Vec<Address<WorkflowUser>>,
        /// The workflow's parameters; all values are text.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub params: Map<String>,
    }
}

record! {
    lenient
    /// The tenant has accepted the request.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[cfg_attr(test, ts(rename = "AcceptedWorkflow"))]
    pub struct Output {
        /// Finds the executions: `workflow.executions | where request_id == …`.
        pub request_uuid: String,
        /// One for each object: `workflow.executions.execution_id`.
        pub executions_uuids: Vec<String>,
    }
}

/// # Errors
/// `invalid` where a documented limit is broken: nothing is sent.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    let mut limits = Limits::default();
    limits.filled("workflowId", &input.workflow_id);
    limits.count("devices", input.devices.len(), "entries", 0, 10_000);
    limits.count("users", input.users.len(), "entries", 0, 10_000);
    let texts = input.devices.iter().map(Address::is_text).chain(input.users.iter().map(Address::is_text));
    let (mut any_text, mut any_object) = (false, false);
    for is_text in texts {
        any_text |= is_text;
        any_object |= !is_text;
    }
    limits.hold("devices` and `users", !(any_text && any_object), "are partly texts and partly objects");
    limits.each("devices", &input.devices, &mut check_device);
    limits.each("users", &input.users, &mut check_user);
    limits.finish()?;
    let path = if any_object { "/api/v2/workflows/execute" } else { "/api/v1/workflows/execute" };
    // Both lists are sent, also an empty one: the documents require them.
    Ok(Request::post_json(tenant.api(path), &input.write()))
}

/// # Errors
/// `malformed` without a request ID: then nobody knows whether it was accepted.
pub fn parse(response: &Response) -> Result<Output, NexthinkError> {
    let body = effect(OPERATION, response, IF_UNKNOWN)?;
    match text(&body, "requestUuid") {
        Some(request_uuid) => Ok(Output { request_uuid, executions_uuids: texts(&body, "executionsUuids") }),
        None => Err(unclear(OPERATION, response, "it holds no request ID", IF_UNKNOWN)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::{ErrorKind, SideEffect};
    use crate::json::{Json, Read};

    const UUID: &str = "e0aa796d-e3af-47b5-88d8-228cf5551fb6";

    fn built(input: &str) -> Result<Request, NexthinkError> {
        let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
        let input = Json::parse(input.replace("UUID", UUID).as_bytes()).unwrap();
        request(&tenant, &Input::read(input).map_err(|mismatch| NexthinkError::invalid(mismatch.to_string()))?)
    }

    #[test]
    fn texts_go_to_v1_and_objects_to_v2_and_both_lists_are_always_sent() {
        for (input, version, body) in [
            (r#"{"workflowId":"w"}"#, "v1", r#"{"workflowId":"w","devices":[],"users":[],"params":{}}"#),
            (
                r#"{"workflowId":"w","devices":["UUID"],"params":{"a":"b"}}"#,
                "v1",
                r#"{"workflowId":"w","devices":["UUID"],"users":[],"params":{"a":"b"}}"#,
            ),
            (
                r#"{"workflowId":"w","users":["S-1-5-21-1","0"]}"#,
                "v1",
                r#"{"workflowId":"w","devices":[],"users":["S-1-5-21-1","0"],"params":{}}"#,
            ),
            (
                r#"{"workflowId":"w","devices":[{"name":"XN1"}],"users":[{"upn":"a@b.co","sid":"0"}]}"#,
                "v2",
                r#"{"workflowId":"w","devices":[{"name":"XN1"}],"users":[{"sid":"0","upn":"a@b.co"}],"params":{}}"#,
            ),
            (
                r#"{"workflowId":"w","devices":[{"collectorUid":"UUID","uid":"UUID"}],"users":[]}"#,
                "v2",
                r#"{"workflowId":"w","devices":[{"collectorUid":"UUID","uid":"UUID"}],"users":[],"params":{}}"#,
            ),
        ] {
            let request = built(input).unwrap();
            assert_eq!(request.url, format!("https://acme.api.eu.nexthink.cloud/api/{version}/workflows/execute"));
            assert_eq!(request.body.unwrap(), body.replace("UUID", UUID));
        }
    }

    #[test]
    fn documented_limits_are_held_before_anything_is_sent() {
        let many = |element: &str| vec![element; 10_001].join(",");
        for (input, rule) in [
            (r#"{"workflowId":""}"#.to_owned(), "`workflowId` is empty"),
            (
                format!(r#"{{"workflowId":"w","devices":[{}]}}"#, many(r#""UUID""#)),
                "`devices` has 10,001 entries; allowed are up to 10,000",
            ),
            (
                format!(r#"{{"workflowId":"w","users":[{}]}}"#, many("{}")),
                "`users` has 10,001 entries; allowed are up to 10,000",
            ),
            (
                r#"{"workflowId":"w","devices":["UUID"],"users":[{"upn":"a@b.co"}]}"#.into(),
                "`devices` and `users` are partly texts and partly objects",
            ),
            (r#"{"workflowId":"w","devices":["UUID","XN1"]}"#.into(), "`devices[1]` is not a UUID such as"),
            (r#"{"workflowId":"w","users":["jdoe"]}"#.into(), "`users[0]` is not a security ID such as"),
            (
                r#"{"workflowId":"w","devices":[{}]}"#.into(),
                "`devices[0]` has none of `collectorUid`, `uid` and `name`",
            ),
            (r#"{"workflowId":"w","devices":[{"name":""}]}"#.into(), "`devices[0].name` is empty"),
            (r#"{"workflowId":"w","devices":[{"name":"a","uid":"b"}]}"#.into(), "`devices[0].uid` is not a UUID"),
            (r#"{"workflowId":"w","users":[{}]}"#.into(), "`users[0]` has none of `sid`, `upn` and `uid`"),
            (r#"{"workflowId":"w","users":[{"upn":"jdoe"}]}"#.into(), "`users[0].upn` is not a user principal name"),
            (r#"{"workflowId":"w","users":[{"sid":"jdoe"}]}"#.into(), "`users[0].sid` is not a security ID"),
            (r#"{"workflowId":"w","users":[1]}"#.into(), "`users[0]` is not an object"),
            (r#"{"workflowId":"w","users":[{"email":"a@b.co"}]}"#.into(), "`users[0].email` is not known here"),
        ] {
            let error = built(&input).unwrap_err();
            assert!(error.kind == ErrorKind::Invalid && error.message.starts_with(rule), "{error}");
            assert!(!error.message.contains("jdoe"), "{error}");
        }
    }

    #[test]
    fn accepted_refused_and_lost_are_three_different_things() {
        let answer = |status, body: &str| parse(&Response { status, headers: vec![], body: body.into() });
        let accepted = answer(200, r#"{"requestUuid":"r","executionsUuids":["a","b"]}"#).unwrap();
        assert_eq!((accepted.request_uuid.as_str(), accepted.executions_uuids.len()), ("r", 2));
        assert_eq!(answer(200, r#"{"requestUuid":"r","executionsUuids":null}"#).unwrap().executions_uuids.len(), 0);
        for (status, body, kind, side_effect) in [
            (400, r#"{"code":"c","details":"d"}"#, ErrorKind::Invalid, SideEffect::None),
            (403, "", ErrorKind::Permission, SideEffect::None),
            (408, "", ErrorKind::Timeout, SideEffect::Unknown),
            (500, "", ErrorKind::Server, SideEffect::Unknown),
            (200, r#"{"executionsUuids":["a"]}"#, ErrorKind::Malformed, SideEffect::Unknown),
            (200, "<html>", ErrorKind::Malformed, SideEffect::Unknown),
        ] {
            let error = answer(status, body).unwrap_err();
            assert_eq!((error.kind, error.side_effect), (kind, side_effect), "{status} {body}");
            assert_eq!(error.hint == IF_UNKNOWN, side_effect == SideEffect::Unknown, "{status} {body}");
        }
    }
}
