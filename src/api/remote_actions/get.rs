//! `GET /api/v1/act/remote-action/details?nql-id=…`
//!
//! How one remote action is configured: its script's inputs and outputs, and how it may be triggered.
//! <https://docs.nexthink.com/api/remote-actions>

use super::definition::RemoteAction;
use crate::api::answer::one;
use crate::api::details;
use crate::api::http::{Request, Response};
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::record;

/// What errors call this operation.
pub const OPERATION: &str = "remoteActions.get";

record! {
    strict
    /// Which remote action.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "RemoteActionId"))]
    pub struct Input {
        /// The NQL ID of the remote action.
        pub nql_id: String,
    }
}

/// # Errors
/// `invalid` without an NQL ID.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    details::request(tenant, "/api/v1/act/remote-action/details?nql-id=", &input.nql_id)
}

/// # Errors
/// `not-found` where there is no such remote action; `malformed` where the answer names none.
pub fn parse(response: &Response) -> Result<RemoteAction, NexthinkError> {
    one(OPERATION, response, RemoteAction::of_answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::ErrorKind;

    #[test]
    fn the_hash_of_an_id_is_encoded() {
        let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
        let url = |id: &str| request(&tenant, &Input { nql_id: id.into() }).map(|request| request.url);
        let details = "https://acme.api.eu.nexthink.cloud/api/v1/act/remote-action/details?nql-id=";
        assert_eq!(url("#disk_cleanup").unwrap(), format!("{details}%23disk_cleanup"));
        assert_eq!(url("a&b=c").unwrap(), format!("{details}a%26b%3Dc"));
        assert!(url("").unwrap_err().message.contains("`nqlId`"));
    }

    #[test]
    fn one_remote_action_is_read_and_anything_else_malformed() {
        let answer = |status, body: &str| parse(&Response { status, headers: vec![], body: body.into() });
        assert_eq!(answer(200, r#"{"id":"a"}"#).unwrap().id, "a");
        assert_eq!(answer(200, r#"[{"id":"a"}]"#).unwrap().id, "a");
        for (status, body, kind) in [
            (200, "{}", ErrorKind::Malformed),
            (200, r#"{"id":null}"#, ErrorKind::Malformed),
            (200, r#"[{"id":"a"},{"id":"b"}]"#, ErrorKind::Malformed),
            (200, "[]", ErrorKind::NotFound),
            (200, "", ErrorKind::Malformed),
            (404, r#"{"code":"c","message":"m"}"#, ErrorKind::NotFound),
        ] {
            assert_eq!(answer(status, body).unwrap_err().kind, kind, "{status} {body}");
        }
    }
}
