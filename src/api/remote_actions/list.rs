//! `GET /api/v1/act/remote-action`
//!
//! All remote actions that the credentials may see. <https://docs.nexthink.com/api/remote-actions>

use super::definition::RemoteAction;
use crate::api::answer::list;
use crate::api::http::{Request, Response};
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::record;

/// What errors call this operation.
pub const OPERATION: &str = "remoteActions.list";

record! {
    strict
    /// Nothing: all are listed.
    #[derive(Debug, Clone)]
    pub struct Input {}
}

/// # Errors
/// None.
pub fn request(tenant: &Tenant, _: &Input) -> Result<Request, NexthinkError> {
    Ok(Request::get_json(tenant.api("/api/v1/act/remote-action")))
}

/// # Errors
/// `malformed` where it is no list of objects.
pub fn parse(response: &Response) -> Result<Vec<RemoteAction>, NexthinkError> {
    list(OPERATION, response, RemoteAction::of_answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::ErrorKind;

    #[test]
    fn the_request_is_the_documented_one() {
        let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
        let request = request(&tenant, &Input {}).unwrap();
        assert_eq!(request.url, "https://acme.api.eu.nexthink.cloud/api/v1/act/remote-action");
        assert_eq!((request.method.word(), request.body), ("GET", None));
        assert_eq!(request.headers, [("accept", "application/json".to_owned())]);
    }

    #[test]
    fn a_list_is_read_and_anything_else_malformed() {
        let answer = |status, body: &str| parse(&Response { status, headers: vec![], body: body.into() });
        assert_eq!(answer(200, "[]"), Ok(vec![]));
        let ids = |body: &str| answer(200, body).unwrap().into_iter().map(|action| action.id).collect::<Vec<_>>();
        assert_eq!(ids(r#"[{"id":"a"},{"id":"b","name":null},{"name":"no ID"}]"#), ["a", "b", ""]);
        for (status, body, kind) in [
            (200, "{}", ErrorKind::Malformed),
            (200, "null", ErrorKind::Malformed),
            (200, r#"[{"id":"a"},"b"]"#, ErrorKind::Malformed),
            (200, r#"[{"id":"a"}"#, ErrorKind::Malformed),
            (200, "<html>", ErrorKind::Malformed),
            (400, "", ErrorKind::Invalid),
            (403, r#"{"code":"c","message":"m"}"#, ErrorKind::Permission),
        ] {
            assert_eq!(answer(status, body).unwrap_err().kind, kind, "{status} {body}");
        }
    }
}
