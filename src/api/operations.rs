//! Every operation by its name, from JSON to JSON: for callers that have an HTTP step of their own and no client.
//! What an operation is stands in its file; here only the names lead to them.

use super::http::{Request, Response};
use super::http_date;
use super::problem::NexthinkError;
use super::tenant::Tenant;
use super::{campaigns, enrichment, nql, remote_actions, spark, token, workflows};
use crate::json::{Json, Place, Read, Write};

/// An operation of one of the APIs.
pub struct Operation {
    /// Its name, such as `nql.execute`.
    pub name: &'static str,
    /// Where to look when nobody knows whether it happened; none for an operation that only reads.
    pub if_unknown: Option<&'static str>,
    build: fn(Json, &Tenant) -> Result<Request, NexthinkError>,
    parse: fn(&Response) -> Result<Json, NexthinkError>,
}

impl Operation {
    /// The operation of a name.
    ///
    /// # Errors
    /// `invalid` where there is none.
    pub fn named(name: &str) -> Result<&'static Self, NexthinkError> {
        if let Some(operation) = OPERATIONS.iter().find(|operation| operation.name == name) {
            return Ok(operation);
        }
        let mut names = String::from("give one of");
        for operation in &OPERATIONS {
            names.push(' ');
            names.push_str(operation.name);
        }
        Err(NexthinkError::invalid("there is no operation of this name").hint(names))
    }

    /// Its request. All but `token.create` need an access token in addition: `Request::authorized`.
    ///
    /// # Errors
    /// `invalid` where the input breaks a rule.
    pub fn request(&self, input: Json, tenant: &Tenant) -> Result<Request, NexthinkError> {
        (self.build)(input, tenant)
    }

    /// What an answer to it says: its output, `null` where it has none.
    ///
    /// # Errors
    /// What the operation's own `parse` finds.
    pub fn output(&self, response: &Response) -> Result<Json, NexthinkError> {
        (self.parse)(response)
    }
}

/// An operation whose input and output are an object or a list in JSON.
macro_rules! operation {
    ($api:ident::$endpoint:ident, $request:ident, $if_unknown:expr) => {
        Operation {
            name: $api::$endpoint::OPERATION,
            if_unknown: $if_unknown,
            build: |input, tenant| $api::$endpoint::$request(tenant, &read($api::$endpoint::OPERATION, input)?),
            parse: |response| Ok($api::$endpoint::parse(response)?.write()),
        }
    };
}

/// All operations. Deleting devices is left out on purpose: no chatbot should do it.
pub static OPERATIONS: [Operation; 14] = [
    operation!(token::create, checked_request, None),
    operation!(nql::execute, request, None),
    operation!(nql::export, request, None),
    operation!(nql::status, request, None),
    operation!(remote_actions::list, request, None),
    operation!(remote_actions::get, request, None),
    operation!(remote_actions::execute, request, Some(remote_actions::execute::IF_UNKNOWN)),
    operation!(workflows::list, request, None),
    operation!(workflows::get, request, None),
    operation!(workflows::execute, request, Some(workflows::IF_UNKNOWN)),
    operation!(workflows::trigger, request, Some(workflows::IF_UNKNOWN)),
    operation!(campaigns::trigger, request, Some(campaigns::trigger::IF_UNKNOWN)),
    operation!(enrichment::write, request, Some(enrichment::write::IF_UNKNOWN)),
    Operation {
        name: spark::handoff::OPERATION,
        if_unknown: Some(spark::handoff::IF_UNKNOWN),
        build: |input, tenant| spark::handoff::request(tenant, &read(spark::handoff::OPERATION, input)?),
        parse: |response| spark::handoff::parse(response).map(|()| Json::Null),
    },
];

/// The request of an operation, by its name.
///
/// # Errors
/// `invalid` where there is no such operation, or the input breaks a rule.
pub fn build(operation: &str, input: Json, tenant: &Tenant) -> Result<Request, NexthinkError> {
    Operation::named(operation)?.request(input, tenant)
}

/// What an answer says: the operation's output, `null` where it has none. A date until which to wait is counted from
/// the answer's own `date`.
///
/// # Errors
/// `invalid` where there is no such operation; else what the operation's own `parse` finds.
pub fn parse(operation: &str, response: &Response) -> Result<Json, NexthinkError> {
    Operation::named(operation)?.output(response).map_err(|error| {
        match response.header("date").and_then(|date| http_date::parse(date, None)) {
            Some(now) => error.waits_from(now),
            None => error,
        }
    })
}

/// An input; nothing at all is an empty one.
///
/// # Errors
/// `invalid`, with the field that does not fit.
pub fn read<T: Read>(operation: &str, input: Json) -> Result<T, NexthinkError> {
    let input = if input == Json::Null { Json::Object(Vec::new()) } else { input };
    let mut place = Place::default();
    let value = T::read_at(input, &mut place);
    fits(operation, place).map(|()| value)
}

/// Apart from `read`, which is made anew for each input.
fn fits(operation: &str, place: Place) -> Result<(), NexthinkError> {
    place.finish().map_err(|mismatch| {
        NexthinkError::invalid(format!("`{operation}`: {mismatch}"))
            .hint("compare the input with the types of this package")
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::api::problem::{ErrorKind, SideEffect};

    /// The operations that the package's documentation promises: name, a small input, method and path of its request,
    /// a small answer and what it gives, and whether it changes something in the tenant.
    const PROMISED: [(&str, &str, &str, u16, &str, &str, bool); 14] = [
        (
            "token.create",
            r#"{"clientId":"id","clientSecret":"s"}"#,
            "POST https://acme-login.eu.nexthink.cloud/oauth2/default/v1/token",
            200,
            r#"{"access_token":"t","expires_in":900}"#,
            r#"{"accessToken":"t","expiresInSeconds":900}"#,
            false,
        ),
        (
            "nql.execute",
            r##"{"queryId":"#ab"}"##,
            "POST https://acme.api.eu.nexthink.cloud/api/v2/nql/execute",
            200,
            r##"{"queryId":"#ab","executedQuery":"q","executionDateTime":"t","data":[{"__proto__":1,"a":"x"}]}"##,
            r##"{"queryId":"#ab","executedQuery":"q","executedAt":"t","columns":["__proto__","a"],"rows":[[1,"x"]],"truncated":false}"##,
            false,
        ),
        (
            "nql.export",
            r##"{"queryId":"#ab","compression":"ZSTD"}"##,
            "POST https://acme.api.eu.nexthink.cloud/api/v1/nql/export",
            200,
            r#"{"exportId":"e"}"#,
            r#"{"exportId":"e"}"#,
            false,
        ),
        (
            "nql.status",
            r#"{"exportId":"e"}"#,
            "GET https://acme.api.eu.nexthink.cloud/api/v1/nql/status/e",
            206,
            r#"{"status":"COMPLETED","resultsFileUrl":"u","errorDescription":null}"#,
            r#"{"status":"COMPLETED","resultsFileUrl":"u","truncated":true}"#,
            false,
        ),
        (
            "remoteActions.list",
            "null",
            "GET https://acme.api.eu.nexthink.cloud/api/v1/act/remote-action",
            200,
            r##"[{"id":"#a"}]"##,
            r##"[{"id":"#a","purpose":[],"targeting":{},"scriptInfo":{"inputs":[],"outputs":[]}}]"##,
            false,
        ),
        (
            "remoteActions.get",
            r##"{"nqlId":"#a"}"##,
            "GET https://acme.api.eu.nexthink.cloud/api/v1/act/remote-action/details?nql-id=%23a",
            200,
            r##"{"id":"#a","targeting":{"apiEnabled":false}}"##,
            r##"{"id":"#a","purpose":[],"targeting":{"apiEnabled":false},"scriptInfo":{"inputs":[],"outputs":[]}}"##,
            false,
        ),
        (
            "remoteActions.execute",
            r##"{"remoteActionId":"#a","devices":["u"]}"##,
            "POST https://acme.api.eu.nexthink.cloud/api/v1/act/execute",
            200,
            r#"{"requestId":"r"}"#,
            r#"{"requestId":"r"}"#,
            true,
        ),
        (
            "workflows.list",
            "{}",
            "GET https://acme.api.eu.nexthink.cloud/api/v1/workflows",
            200,
            r#"[{"id":"w"}]"#,
            r#"[{"id":"w","triggerMethods":{},"versions":[]}]"#,
            false,
        ),
        (
            "workflows.get",
            r##"{"nqlId":"#w"}"##,
            "GET https://acme.api.eu.nexthink.cloud/api/v1/workflows/details?nqlId=%23w",
            200,
            r#"[{"id":"w"}]"#,
            r#"{"id":"w","triggerMethods":{},"versions":[]}"#,
            false,
        ),
        (
            "workflows.execute",
            r#"{"workflowId":"w","devices":[{"name":"XN1"}]}"#,
            "POST https://acme.api.eu.nexthink.cloud/api/v2/workflows/execute",
            200,
            r#"{"requestUuid":"r","executionsUuids":["e"]}"#,
            r#"{"requestUuid":"r","executionsUuids":["e"]}"#,
            true,
        ),
        (
            "workflows.trigger",
            r#"{"workflowUuid":"e0aa796d-e3af-47b5-88d8-228cf5551fb6","executionUuid":"7fbd96a7-b717-43a7-8973-9c6adbca3a56"}"#,
            "POST https://acme.api.eu.nexthink.cloud/api/v1/workflows/workflows/e0aa796d-e3af-47b5-88d8-228cf5551fb6/execution/7fbd96a7-b717-43a7-8973-9c6adbca3a56/trigger",
            200,
            r#"[{"requestUuid":"r"}]"#,
            r#"{"requestUuids":["r"]}"#,
            true,
        ),
        (
            "campaigns.trigger",
            r##"{"campaignNqlId":"#c","userSid":["S-1-5-21"],"expiresInMinutes":60}"##,
            "POST https://acme.api.eu.nexthink.cloud/api/v1/euf/campaign/trigger",
            200,
            r#"{"requests":[{"requestId":"r","userSid":"S-1-5-21"}]}"#,
            r#"{"requests":[{"userSid":"S-1-5-21","requestId":"r"}]}"#,
            true,
        ),
        (
            "enrichment.write",
            r##"{"domain":"d","enrichments":[{"identification":[{"name":"user/user/upn","value":"a@b.co"}],"fields":[{"name":"user/user/#x","value":1}]}]}"##,
            "POST https://acme.api.eu.nexthink.cloud/api/v1/enrichment/data/fields",
            200,
            r#"{"status":"success"}"#,
            r#"{"status":"success","errors":[]}"#,
            true,
        ),
        (
            "spark.handoff",
            r#"{"userPrincipalName":"a@b.co","parts":[{"type":"TEXT","text":"x"}]}"#,
            "POST https://acme.api.eu.nexthink.cloud/api/v1/spark/handoff",
            204,
            "",
            "null",
            true,
        ),
    ];

    fn tenant() -> Tenant {
        Tenant::new("acme".into(), "eu".into(), None, None).unwrap()
    }

    fn json(text: &str) -> Json {
        Json::parse(text.as_bytes()).unwrap()
    }

    fn answer(operation: &str, status: u16, body: &[u8]) -> Result<Json, NexthinkError> {
        parse(operation, &Response { status, headers: vec![], body: body.to_vec() })
    }

    #[test]
    fn every_promised_operation_can_be_built_and_parsed_and_there_is_no_other() {
        for (name, input, line, status, body, output, _) in PROMISED {
            let request = build(name, json(input), &tenant()).unwrap();
            assert_eq!(format!("{} {}", request.method.word(), request.url), line);
            assert_eq!(answer(name, status, body.as_bytes()).unwrap().to_text(), output, "{name}");
        }
        assert_eq!(OPERATIONS.each_ref().map(|operation| operation.name), PROMISED.map(|(name, ..)| name));
    }

    #[test]
    fn a_field_that_is_not_known_or_of_another_kind_is_named_and_not_quoted() {
        for (name, input, ..) in PROMISED {
            let Json::Object(mut fields) = json(&input.replace("null", "{}")) else { panic!("{name}") };
            fields.push(("mistake".into(), "secret".into()));
            let error = build(name, Json::Object(fields), &tenant()).unwrap_err();
            assert_eq!(
                (error.kind, &*error.message),
                (ErrorKind::Invalid, &*format!("`{name}`: `mistake` is not known here"))
            );
            let error = build(name, "secret".into(), &tenant()).unwrap_err();
            assert_eq!(error.message, format!("`{name}`: `it` is not an object"));
        }
    }

    #[test]
    fn an_unknown_operation_is_answered_with_the_known_ones() {
        for error in [
            build("nql.excute", Json::Null, &tenant()).unwrap_err(),
            parse("nql.excute", &Response::default()).unwrap_err(),
        ] {
            assert_eq!(error.kind, ErrorKind::Invalid);
            assert!(PROMISED.iter().all(|(name, ..)| error.hint.contains(name)), "{error}");
        }
    }

    #[test]
    fn what_changes_something_in_the_tenant_is_unknown_without_a_readable_answer() {
        for (name, .., changes) in PROMISED {
            let lost = if changes { SideEffect::Unknown } else { SideEffect::None };
            for (status, body, kind, side_effect) in [
                (400, &b""[..], ErrorKind::Invalid, SideEffect::None),
                (401, b"", ErrorKind::Authentication, SideEffect::None),
                (403, b"{\"code\":\"c\",\"message\":\"m\"}", ErrorKind::Permission, SideEffect::None),
                (404, b"", ErrorKind::NotFound, SideEffect::None),
                (429, b"", ErrorKind::RateLimited, SideEffect::None),
                (408, b"", ErrorKind::Timeout, lost),
                (500, b"{\"message\":\"m\",\"code\":1}", ErrorKind::Server, lost),
                (503, b"<html>", ErrorKind::Server, lost),
                (0, b"", ErrorKind::Malformed, lost),
                (307, b"", ErrorKind::Malformed, lost),
                (200, b"<!doctype html><p>Sign in", ErrorKind::Malformed, lost),
                (200, b"{\"a\":", ErrorKind::Malformed, lost),
                (200, b"\"\xff\"", ErrorKind::Malformed, lost),
            ] {
                let error = answer(name, status, body).unwrap_err();
                assert_eq!((error.kind, error.side_effect), (kind, side_effect), "{name} {status}");
                assert!(!error.retryable || side_effect == SideEffect::None, "{name} {status}");
                assert_eq!(error.status, (status > 0).then_some(status), "{name} {status}");
            }
        }
    }

    #[test]
    fn a_date_until_which_to_wait_is_counted_from_the_answers_own_date() {
        let error = |headers: &[(&str, &str)]| {
            let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
            parse("nql.status", &Response { status: 429, headers, body: vec![] }).unwrap_err()
        };
        let wait = ("retry-after", "Mon, 07 Nov 1994 00:00:00 GMT");
        assert_eq!(error(&[wait]).retry_after_ms, None);
        assert_eq!(error(&[wait, ("date", "Sun, 06 Nov 1994 23:59:00 GMT")]).retry_after_ms, Some(60_000));
        assert_eq!(error(&[wait, ("date", "yesterday")]).retry_after_ms, None);
    }

    proptest! {
        #[test]
        fn any_answer_is_read_or_refused(
            operation in 0..PROMISED.len(),
            status in prop_oneof![Just(200_u16), Just(206), Just(207), Just(204), Just(400), 0..1000_u16],
            body in prop_oneof![prop::collection::vec(any::<u8>(), 0..40), near_answer().prop_map(String::into_bytes)],
        ) {
            let (name, .., changes) = PROMISED[operation];
            if let Err(error) = answer(name, status, &body) {
                prop_assert!(changes || error.side_effect == SideEffect::None);
            }
        }
    }

    /// Names that answers have, with values of every kind.
    fn near_answer() -> impl Strategy<Value = String> {
        let name = prop_oneof![
            Just("id"),
            Just("data"),
            Just("headers"),
            Just("requests"),
            Just("errors"),
            Just("requestId"),
            Just("requestUuid"),
            Just("executionsUuids"),
            Just("status"),
            Just("code"),
            Just("triggerMethods"),
            Just("versions"),
            Just("scriptInfo"),
            Just("inputs"),
        ];
        let leaf = prop_oneof![Just("null"), Just("1"), Just("\"x\""), Just("true"), Just("1e999")];
        leaf.prop_map(str::to_owned).prop_recursive(4, 24, 3, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(|values| format!("[{}]", values.join(","))),
                prop::collection::vec((name.clone(), inner), 0..3).prop_map(|fields| {
                    let fields: Vec<String> =
                        fields.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
                    format!("{{{}}}", fields.join(","))
                }),
            ]
        })
    }
}
