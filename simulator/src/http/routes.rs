//! Which endpoint answers what: the operations that the tenant serves, as data, so that a test can count them.

use super::nql_answer::Version;
use super::token::Path;
use super::{Handled, WireRequest};
use crate::tenant::SimulatedTenant;

/// What answers the requests to a path.
pub(super) type Endpoint = fn(&mut SimulatedTenant, &WireRequest) -> Handled;

/// A method, a path in which `{name}` stands for any segment, and what answers.
type Route = (&'static str, &'static str, Endpoint);

static ROUTES: [Route; 18] = [
    ("POST", "/oauth2/default/v1/token", |at, request| at.create_token(request, Path::Current).into()),
    ("POST", "/api/v1/token", |at, request| at.create_token(request, Path::Older).into()),
    ("POST", "/api/v1/nql/execute", |at, request| at.execute_nql(request, Version::V1)),
    ("POST", "/api/v2/nql/execute", |at, request| at.execute_nql(request, Version::V2)),
    ("POST", "/api/v1/nql/export", |at, request| at.export_by_body(request)),
    ("GET", "/api/v1/nql/export", |at, request| at.export_by_query(request)),
    ("GET", "/api/v1/nql/status/{exportId}", |at, request| at.export_status(request)),
    ("POST", "/api/v1/act/execute", |at, request| at.execute_remote_action(request)),
    ("GET", "/api/v1/act/remote-action", |at, request| at.list_remote_actions(request).into()),
    ("GET", "/api/v1/act/remote-action/details", |at, request| at.get_remote_action(request).into()),
    ("POST", "/api/v1/workflows/execute", |at, request| at.execute_workflow(request).into()),
    ("POST", "/api/v2/workflows/execute", |at, request| at.execute_workflow_by_identifiers(request).into()),
    ("GET", "/api/v1/workflows", |at, request| at.list_workflows(request).into()),
    ("GET", "/api/v1/workflows/details", |at, request| at.get_workflow(request).into()),
    // The doubled `workflows` is the vendor's.
    ("POST", "/api/v1/workflows/workflows/{workflowUuid}/execution/{executionUuid}/trigger", |at, request| {
        at.trigger_waiting(request).into()
    }),
    ("POST", "/api/v1/euf/campaign/trigger", |at, request| at.trigger_campaign(request).into()),
    ("POST", "/api/v1/enrichment/data/fields", |at, request| at.enrich(request).into()),
    ("POST", "/api/v1/spark/handoff", |at, request| at.hand_off(request).into()),
];

/// What answers a request.
pub(super) fn endpoint(method: &str, path: &str) -> Option<Endpoint> {
    let route = ROUTES.iter().find(|(its, template, _)| *its == method && is_of(template, path));
    route.map(|(_, _, endpoint)| *endpoint)
}

/// The methods that a path has; empty where there is no such path.
pub(super) fn methods(path: &str) -> Vec<&'static str> {
    let mut methods: Vec<_> =
        ROUTES.iter().filter(|(_, template, _)| is_of(template, path)).map(|(method, _, _)| *method).collect();
    methods.sort_unstable();
    methods
}

fn is_of(template: &str, path: &str) -> bool {
    let (mut expected, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (expected.next(), given.next()) {
            (None, None) => return true,
            (Some(expected), Some(given)) if expected == given => {}
            (Some(expected), Some(given)) if expected.starts_with('{') && !given.is_empty() => {}
            _ => return false,
        }
    }
}

impl SimulatedTenant {
    /// The operations of Nexthink's APIs that the tenant serves: a method, and a path in which `{name}` stands for
    /// any segment.
    pub fn operations() -> impl Iterator<Item = (&'static str, &'static str)> {
        ROUTES.iter().map(|(method, path, _)| (*method, *path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_braces_stands_for_one_segment_that_is_not_empty() {
        let trigger = "/api/v1/workflows/workflows/{workflowUuid}/execution/{executionUuid}/trigger";
        for (template, path, expected) in [
            ("/a/{b}", "/a/x", true),
            ("/a/{b}", "/a/", false),
            ("/a/{b}", "/a", false),
            ("/a/{b}", "/a/x/y", false),
            ("/a/b", "/a/b/", false),
            (trigger, "/api/v1/workflows/workflows/x/execution/y/trigger", true),
            (trigger, "/api/v1/workflows/workflows//execution/y/trigger", false),
        ] {
            assert_eq!(is_of(template, path), expected, "{template} {path}");
        }
    }

    #[test]
    fn no_path_leads_to_two_endpoints() {
        for (method, path) in SimulatedTenant::operations() {
            let found = ROUTES.iter().filter(|(its, template, _)| *its == method && is_of(template, path));
            assert_eq!(found.count(), 1, "{method} {path}");
        }
        assert_eq!(methods("/api/v1/nql/export"), ["GET", "POST"]);
        assert_eq!(methods("/api/v1/nothing"), [""; 0]);
    }
}
