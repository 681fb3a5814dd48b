//! `GET /api/v1/workflows`
//!
//! The workflows that the credentials may see. The documents require two of the filters, real tenants do not.
//! <https://docs.nexthink.com/api/workflows>

use super::definition::Workflow;
use crate::api::answer::list;
use crate::api::http::{Request, Response};
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::{record, words};

/// What errors call this operation.
pub const OPERATION: &str = "workflows.list";

record! {
    strict
    /// Which workflows; all where nothing is said.
    #[derive(Debug, Clone, Default)]
    #[cfg_attr(test, ts(rename = "WorkflowFilter"))]
    pub struct Input {
        /// What they run on.
        pub dependency: Option<Dependency>,
        /// By what they may be started.
        pub trigger_method: Option<TriggerMethod>,
        /// Whether only active ones are listed.
        pub fetch_only_active_workflows: Option<bool>,
    }
}

words! {
    /// What a workflow runs on.
    #[cfg_attr(test, ts(rename = "WorkflowDependency"))]
    pub enum Dependency {
        /// Employees.
        User = "USER",
        /// Devices.
        Device = "DEVICE",
        /// Pairs of both.
        UserAndDevice = "USER_AND_DEVICE",
        /// Neither.
        None = "NONE",
    }
}

words! {
    /// By what a workflow may be started.
    #[cfg_attr(test, ts(rename = "WorkflowTriggerMethod"))]
    pub enum TriggerMethod {
        /// The API.
        Api = "API",
        /// A person, on one object.
        Manual = "MANUAL",
        /// A person, on many objects.
        ManualMultiple = "MANUAL_MULTIPLE",
        /// A schedule.
        Scheduler = "SCHEDULER",
    }
}

/// # Errors
/// None.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    let mut url = tenant.api("/api/v1/workflows");
    let mut separator = "?";
    for (name, value) in [
        ("dependency=", input.dependency.map(Dependency::word)),
        ("triggerMethod=", input.trigger_method.map(TriggerMethod::word)),
        (
            "fetchOnlyActiveWorkflows=",
            input.fetch_only_active_workflows.map(|only| if only { "true" } else { "false" }),
        ),
    ] {
        if let Some(value) = value {
            url.push_str(std::mem::replace(&mut separator, "&"));
            url.push_str(name);
            url.push_str(value);
        }
    }
    Ok(Request::get_json(url))
}

/// # Errors
/// `malformed` where it is no list of objects.
pub fn parse(response: &Response) -> Result<Vec<Workflow>, NexthinkError> {
    list(OPERATION, response, Workflow::of_answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::ErrorKind;

    #[test]
    fn filters_are_sent_where_they_are_given() {
        let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
        let url = |input: &Input| request(&tenant, input).unwrap().url;
        let all = "https://acme.api.eu.nexthink.cloud/api/v1/workflows";
        assert_eq!(url(&Input::default()), all);
        let active = Input { fetch_only_active_workflows: Some(true), ..Input::default() };
        assert_eq!(url(&active), format!("{all}?fetchOnlyActiveWorkflows=true"));
        let some = Input {
            dependency: Some(Dependency::UserAndDevice),
            trigger_method: Some(TriggerMethod::Api),
            fetch_only_active_workflows: Some(false),
        };
        assert_eq!(
            url(&some),
            format!("{all}?dependency=USER_AND_DEVICE&triggerMethod=API&fetchOnlyActiveWorkflows=false")
        );
    }

    #[test]
    fn a_list_is_read_and_anything_else_malformed() {
        let answer = |status, body: &str| parse(&Response { status, headers: vec![], body: body.into() });
        let workflow = Workflow { id: "a".into(), status: Some("ACTIVE".into()), ..Workflow::default() };
        assert_eq!(answer(200, r#"[{"id":"a","status":"ACTIVE"}]"#), Ok(vec![workflow]));
        for (status, body, kind) in [
            (200, "{}", ErrorKind::Malformed),
            (200, "", ErrorKind::Malformed),
            (400, r#"{"code":"c","details":"d"}"#, ErrorKind::Invalid),
        ] {
            assert_eq!(answer(status, body).unwrap_err().kind, kind, "{status} {body}");
        }
    }
}
