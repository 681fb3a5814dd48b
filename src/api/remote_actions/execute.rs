//! `POST /api/v1/act/execute`
//!
//! Triggers a remote action on devices. Accepted is not executed: its executions are seen through NQL.
//! Not idempotent: sent twice, it runs twice. <https://docs.nexthink.com/api/remote-actions>

use crate::api::answer::whole_number;
use crate::api::http::{Request, Response};
use crate::api::limits::Limits;
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::{Json, Map, Write, record};

/// What errors call this operation.
pub const OPERATION: &str = "remoteActions.execute";

/// Its path on the API host.
pub const PATH: &str = "/api/v1/act/execute";

/// Where to look when nobody knows whether it was accepted.
pub const IF_UNKNOWN: &str = "it may have happened: look at the remote action's executions before acting again";

record! {
    strict
    /// Which remote action, on what, and why.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "RemoteActionExecution"))]
    pub struct Input {
        /// The NQL ID of the remote action.
        pub remote_action_id: String,
        /// The Collector UIDs of 1 to 10,000 devices (`device.collector.uid`, not `device.uid`).
        pub devices: Vec<String>,
        /// The script's inputs; all values are text.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub params: Map<String>,
        /// After how many minutes a device that stays offline is given up: 60 to 10,080.
        pub expires_in_minutes: Option<u32>,
        /// Who asked, why, and for which ticket.
        pub trigger_info: Option<TriggerInfo>,
    }
}

record! {
    strict
    /// Who asked for a remote action, why, and for which ticket.
    #[derive(Debug, Clone, Default)]
    pub struct TriggerInfo {
        /// The program that triggered it.
        pub external_source: Option<String>,
        /// Why; at most 500 characters.
        pub reason: Option<String>,
        /// The ticket or case.
        pub external_reference: Option<String>,
    }
}

record! {
    lenient
    /// The tenant has accepted the request.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[cfg_attr(test, ts(rename = "AcceptedRemoteAction"))]
    pub struct Output {
        /// Finds the executions: `remote_action.executions | where request_id == …`.
        pub request_id: String,
        /// After how many minutes a device that stays offline is given up.
        pub expires_in_minutes: Option<u32>,
    }
}

/// # Errors
/// `invalid` where a documented limit is broken: nothing is sent.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    let mut limits = Limits::default();
    limits.filled("remoteActionId", &input.remote_action_id);
    limits.count("devices", input.devices.len(), "entries", 1, 10_000);
    limits.each("devices", &input.devices, &mut |limits, uid| limits.filled("", uid));
    if let Some(minutes) = input.expires_in_minutes {
        limits.range("expiresInMinutes", minutes, 60, 10_080);
    }
    let reason = input.trigger_info.as_ref().and_then(|info| info.reason.as_deref()).unwrap_or_default();
    let length = reason.chars().fold(0_usize, |length, _| length + 1);
    limits.count("triggerInfo.reason", length, "characters", 0, 500);
    limits.finish()?;
    Ok(Request::post_json(tenant.api(PATH), &input.write()))
}

/// # Errors
/// `malformed` without a request ID: then nobody knows whether it was accepted.
pub fn parse(response: &Response) -> Result<Output, NexthinkError> {
    if !matches!(response.status, 200 | 201) {
        return Err(NexthinkError::from_response(OPERATION, response).of_side_effect(IF_UNKNOWN));
    }
    let body = Json::parse(&response.body).unwrap_or_default();
    // What is odd about the rest must not lose the request ID: the action is on its way.
    let request_id = body.get("requestId").and_then(Json::as_text).filter(|id| !id.is_empty());
    request_id
        .map(|id| Output { request_id: id.to_owned(), expires_in_minutes: whole_number(&body, "expiresInMinutes") })
        .ok_or_else(|| {
            NexthinkError::malformed(OPERATION, response, "it holds no request ID").of_side_effect(IF_UNKNOWN)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::{ErrorKind, SideEffect};

    fn tenant() -> Tenant {
        Tenant::new("acme".into(), "eu".into(), None, None).unwrap()
    }

    fn input() -> Input {
        Input {
            remote_action_id: "disk_cleanup".into(),
            devices: vec!["e0aa796d".into()],
            params: Map(vec![("MaximumDelayInSeconds".into(), "5".into())]),
            expires_in_minutes: Some(60),
            trigger_info: Some(TriggerInfo { reason: Some("slow".into()), ..TriggerInfo::default() }),
        }
    }

    fn answer(status: u16, body: &str) -> Result<Output, NexthinkError> {
        parse(&Response { status, headers: vec![], body: body.into() })
    }

    #[test]
    fn the_request_is_the_documented_one() {
        let request = request(&tenant(), &input()).unwrap();
        assert_eq!(request.url, "https://acme.api.eu.nexthink.cloud/api/v1/act/execute");
        assert_eq!(
            request.body.as_deref(),
            Some(
                r#"{"remoteActionId":"disk_cleanup","devices":["e0aa796d"],"params":{"MaximumDelayInSeconds":"5"},"expiresInMinutes":60,"triggerInfo":{"reason":"slow"}}"#
            )
        );
    }

    #[test]
    fn documented_limits_are_held_before_anything_is_sent() {
        let long = |length: usize| Some(TriggerInfo { reason: Some("é".repeat(length)), ..TriggerInfo::default() });
        for (field, broken) in [
            ("remoteActionId", Input { remote_action_id: String::new(), ..input() }),
            ("devices", Input { devices: vec![], ..input() }),
            ("devices", Input { devices: vec!["x".into(); 10_001], ..input() }),
            ("devices", Input { devices: vec![String::new()], ..input() }),
            ("expiresInMinutes", Input { expires_in_minutes: Some(59), ..input() }),
            ("expiresInMinutes", Input { expires_in_minutes: Some(10_081), ..input() }),
            ("triggerInfo.reason", Input { trigger_info: long(501), ..input() }),
        ] {
            let error = request(&tenant(), &broken).unwrap_err();
            assert!(error.kind == ErrorKind::Invalid && error.message.contains(field), "{error}");
        }
        assert!(request(&tenant(), &Input { trigger_info: long(500), ..input() }).is_ok());
    }

    #[test]
    fn accepted_refused_and_lost_are_three_different_things() {
        for (expires, minutes) in
            [("60", Some(60)), (r#""60""#, Some(60)), ("null", None), (r#""soon""#, None), ("-1", None)]
        {
            let body = format!(r#"{{"requestId":"7fbd","expiresInMinutes":{expires}}}"#);
            let accepted = Output { request_id: "7fbd".into(), expires_in_minutes: minutes };
            assert_eq!(answer(200, &body), Ok(accepted), "{expires}");
        }
        for (status, body, kind, side_effect) in [
            (400, r#"{"code":"c","message":"m"}"#, ErrorKind::Invalid, SideEffect::None),
            (403, r#"{"code":"c","message":"m"}"#, ErrorKind::Permission, SideEffect::None),
            (500, "", ErrorKind::Server, SideEffect::Unknown),
            (302, "", ErrorKind::Malformed, SideEffect::Unknown),
            (200, "{}", ErrorKind::Malformed, SideEffect::Unknown),
            (200, r#"{"requestId":""}"#, ErrorKind::Malformed, SideEffect::Unknown),
            (200, "<html>", ErrorKind::Malformed, SideEffect::Unknown),
        ] {
            let error = answer(status, body).unwrap_err();
            assert_eq!((error.kind, error.side_effect), (kind, side_effect), "{status} {body}");
        }
    }
}
