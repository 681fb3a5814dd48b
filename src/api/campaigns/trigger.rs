//! `POST /api/v1/euf/campaign/trigger`
//!
//! Sends a campaign to employees. Not idempotent: sent twice, they are asked twice.
//! <https://docs.nexthink.com/api/campaigns>

use crate::api::answer::{effect, elements, text, unclear};
use crate::api::http::{Request, Response};
use crate::api::limits::Limits;
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::{Map, Write, record};

/// What errors call this operation.
pub const OPERATION: &str = "campaigns.trigger";

/// Where to look when nobody knows whether a campaign was sent.
pub const IF_UNKNOWN: &str = "it may have happened: look at `campaign.responses` before acting again";

record! {
    strict
    /// Which campaign, to whom, and for how long.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "CampaignTrigger"))]
    pub struct Input {
        /// The NQL ID of the campaign.
        pub campaign_nql_id: String,
        /// The security IDs of 1 to 10,000 users.
        pub user_sid: Vec<String>,
        /// After how many minutes it is no longer shown: 1 to 525,600, a year. Counted from now, whether it was seen
        /// or not.
        pub expires_in_minutes: u32,
        /// The campaign's parameters, all of them and no other: at most 30; all values are text.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub parameters: Map<String>,
    }
}

record! {
    lenient
    /// What became of the request, user by user.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[cfg_attr(test, ts(rename = "TriggeredCampaign"))]
    pub struct Output {
        /// One for each user, users who were named twice only once.
        pub requests: Vec<CampaignRequest>,
    }
}

record! {
    lenient
    /// What became of the request for one user: an ID, or why there is none.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct CampaignRequest {
        /// The user's security ID.
        pub user_sid: String,
        /// Finds the user's answers; missing where nothing was sent to this user.
        pub request_id: Option<String>,
        /// Why nothing was sent to this user.
        pub message: Option<String>,
    }
}

/// # Errors
/// `invalid` where a documented limit is broken: nothing is sent.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    let mut limits = Limits::default();
    limits.filled("campaignNqlId", &input.campaign_nql_id);
    limits.count("userSid", input.user_sid.len(), "entries", 1, 10_000);
    limits.each("userSid", &input.user_sid, &mut |limits, sid| limits.filled("", sid));
    limits.range("expiresInMinutes", input.expires_in_minutes, 1, 525_600);
    limits.count("parameters", input.parameters.0.len(), "entries", 0, 30);
    limits.finish()?;
    Ok(Request::post_json(tenant.api("/api/v1/euf/campaign/trigger"), &input.write()))
}

/// # Errors
/// `malformed` where no user is named: then nobody knows what was sent. That something went wrong for one user is no
/// error of the call.
pub fn parse(response: &Response) -> Result<Output, NexthinkError> {
    let body = effect(OPERATION, response, IF_UNKNOWN)?;
    let requests = elements(body.get("requests"), |request| CampaignRequest {
        user_sid: text(request, "userSid").unwrap_or_default(),
        request_id: text(request, "requestId"),
        message: text(request, "message"),
    });
    if requests.is_empty() {
        return Err(unclear(OPERATION, response, "it does not say what was sent to whom", IF_UNKNOWN));
    }
    Ok(Output { requests })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::{ErrorKind, SideEffect};

    fn input() -> Input {
        Input {
            campaign_nql_id: "#slow_device".into(),
            user_sid: vec!["S-1-5-21-1".into()],
            expires_in_minutes: 60,
            parameters: Map(vec![("device".into(), "XN1".into())]),
        }
    }

    fn built(input: &Input) -> Result<Request, NexthinkError> {
        request(&Tenant::new("acme".into(), "eu".into(), None, None).unwrap(), input)
    }

    #[test]
    fn the_request_is_the_documented_one() {
        let request = built(&input()).unwrap();
        assert_eq!(request.url, "https://acme.api.eu.nexthink.cloud/api/v1/euf/campaign/trigger");
        let body = r##"{"campaignNqlId":"#slow_device","userSid":["S-1-5-21-1"],"expiresInMinutes":60,"parameters":{"device":"XN1"}}"##;
        assert_eq!(request.body.as_deref(), Some(body));
    }

    #[test]
    fn documented_limits_are_held_before_anything_is_sent() {
        let parameters = |count: usize| (0..count).map(|number| (number.to_string(), "x".into())).collect();
        for (rule, broken) in [
            ("`campaignNqlId` is empty", Input { campaign_nql_id: String::new(), ..input() }),
            ("`userSid` has 0 entries; allowed are 1 to 10,000", Input { user_sid: vec![], ..input() }),
            ("`userSid` has 10,001 entries", Input { user_sid: vec!["0".into(); 10_001], ..input() }),
            ("`userSid[1]` is empty", Input { user_sid: vec!["0".into(), String::new()], ..input() }),
            ("`expiresInMinutes` is too small", Input { expires_in_minutes: 0, ..input() }),
            ("`expiresInMinutes` is too large", Input { expires_in_minutes: 525_601, ..input() }),
            ("`parameters` has 31 entries; allowed are up to 30", Input { parameters: parameters(31), ..input() }),
        ] {
            let error = built(&broken).unwrap_err();
            assert!(error.kind == ErrorKind::Invalid && error.message.starts_with(rule), "{error}");
        }
        for most in [
            Input { user_sid: vec!["0".into(); 10_000], ..input() },
            Input { expires_in_minutes: 525_600, ..input() },
            Input { parameters: parameters(30), ..input() },
        ] {
            assert!(built(&most).is_ok());
        }
    }

    #[test]
    fn each_user_has_an_id_or_a_reason() {
        let answer = |status, body: &str| parse(&Response { status, headers: vec![], body: body.into() });
        let output = answer(
            200,
            r#"{"requests":[{"requestId":"r","userSid":"S-1"},{"requestId":null,"userSid":"S-2","message":"unknown"}]}"#,
        );
        let of = |sid: &str, id: Option<&str>, message: Option<&str>| CampaignRequest {
            user_sid: sid.into(),
            request_id: id.map(Into::into),
            message: message.map(Into::into),
        };
        assert_eq!(output.unwrap().requests, [of("S-1", Some("r"), None), of("S-2", None, Some("unknown"))]);
        for (status, body, kind, side_effect) in [
            (400, r#"{"code":"c","message":"m"}"#, ErrorKind::Invalid, SideEffect::None),
            (401, r#"{"code":"c","message":"m"}"#, ErrorKind::Authentication, SideEffect::None),
            (503, "", ErrorKind::Server, SideEffect::Unknown),
            (200, "{}", ErrorKind::Malformed, SideEffect::Unknown),
            (200, r#"{"requests":[]}"#, ErrorKind::Malformed, SideEffect::Unknown),
        ] {
            let error = answer(status, body).unwrap_err();
            assert_eq!((error.kind, error.side_effect), (kind, side_effect), "{status} {body}");
        }
    }
}
