//! `GET /api/v1/workflows/details?nqlId=…` (`nqlId` here, `nql-id` for remote actions)
//!
//! How one workflow is configured. The documents answer with a list, their text speaks of one: both are read.
//! <https://docs.nexthink.com/api/workflows>

use super::definition::Workflow;
use crate::api::answer::one;
use crate::api::details;
use crate::api::http::{Request, Response};
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::record;

/// What errors call this operation.
pub const OPERATION: &str = "workflows.get";

record! {
    strict
    /// Which workflow.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "WorkflowId"))]
    pub struct Input {
        /// The NQL ID of the workflow.
        pub nql_id: String,
    }
}

/// # Errors
/// `invalid` without an NQL ID.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    details::request(tenant, "/api/v1/workflows/details?nqlId=", &input.nql_id)
}

/// # Errors
/// `not-found` where there is no such workflow; `malformed` where the answer names none.
pub fn parse(response: &Response) -> Result<Workflow, NexthinkError> {
    one(OPERATION, response, Workflow::of_answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::ErrorKind;

    #[test]
    fn the_id_is_one_value_of_the_query() {
        let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
        let url = |id: &str| request(&tenant, &Input { nql_id: id.into() }).map(|request| request.url);
        let details = "https://acme.api.eu.nexthink.cloud/api/v1/workflows/details?nqlId=";
        assert_eq!(url("#onboarding&x").unwrap(), format!("{details}%23onboarding%26x"));
        assert!(url("").unwrap_err().message.contains("`nqlId`"));
    }

    #[test]
    fn one_workflow_is_read_whether_it_stands_in_a_list_or_not() {
        let answer = |status, body: &str| parse(&Response { status, headers: vec![], body: body.into() });
        assert_eq!(answer(200, r#"[{"id":"a"}]"#).unwrap().id, "a");
        assert_eq!(answer(200, r#"{"id":"a"}"#).unwrap().id, "a");
        for (status, body, kind) in [
            (200, "[]", ErrorKind::NotFound),
            (200, "[null]", ErrorKind::Malformed),
            (200, "<html>", ErrorKind::Malformed),
            (400, r#"{"code":"c","details":"d"}"#, ErrorKind::Invalid),
        ] {
            assert_eq!(answer(status, body).unwrap_err().kind, kind, "{status} {body}");
        }
    }
}
