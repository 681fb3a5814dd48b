//! `POST /api/v1/enrichment/data/fields`
//!
//! Writes fields of devices, users, binaries and packages. 207 says that some objects were written and others not.
//! <https://docs.nexthink.com/api/enrichment>

use crate::api::answer::{effect, elements, text, unclear};
use crate::api::http::{Request, Response};
use crate::api::limits::Limits;
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::{Json, Write, record};

/// What errors call this operation.
pub const OPERATION: &str = "enrichment.write";

/// Where to look when nobody knows whether something was written.
pub const IF_UNKNOWN: &str = "it may have happened: look at the fields of the objects before acting again";

/// The documented fields that identify an object.
const IDENTIFICATIONS: [&str; 7] = [
    "device/device/name",
    "device/device/uid",
    "user/user/sid",
    "user/user/uid",
    "user/user/upn",
    "binary/binary/uid",
    "package/package/uid",
];

/// The objects whose fields can be written. Their fields are more than a list could keep up with: custom ones, and
/// those that the vendor adds.
const OBJECTS: [&str; 4] = ["device/device/", "user/user/", "binary/binary/", "package/package/"];

record! {
    strict
    /// Which fields of which objects.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "EnrichmentRequest"))]
    pub struct Input {
        /// Where the values are from, for the tenant's own information.
        pub domain: String,
        /// 1 to 10,000 objects.
        pub enrichments: Vec<Enrichment>,
    }
}

record! {
    strict
    /// The fields of one object.
    #[derive(Debug, Clone)]
    pub struct Enrichment {
        /// What identifies the object: exactly one.
        pub identification: Vec<EnrichmentIdentification>,
        /// What is written: at least one.
        pub fields: Vec<EnrichmentField>,
    }
}

record! {
    strict
    /// What identifies an object.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct EnrichmentIdentification {
        /// `device/device/name`, `device/device/uid`, `user/user/sid`, `user/user/uid`, `user/user/upn`,
        /// `binary/binary/uid` or `package/package/uid`.
        pub name: String,
        /// Its value.
        pub value: String,
    }
}

record! {
    strict
    /// A field and its new value.
    #[derive(Debug, Clone)]
    pub struct EnrichmentField {
        /// Such as `device/device/configuration_tag`; a custom field as `device/device/#nql_id`.
        pub name: String,
        /// A text, a whole number, or a date as text.
        #[cfg_attr(test, ts(type = "string | number"))]
        pub value: Json,
    }
}

record! {
    lenient
    /// What became of the request.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[cfg_attr(test, ts(rename = "EnrichmentResult"))]
    pub struct Output {
        /// `success`, or `partial_success` where some objects were not written.
        pub status: String,
        /// The objects that were not written; empty after a success.
        pub errors: Vec<EnrichmentObjectError>,
    }
}

record! {
    lenient
    /// An object that was not written.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct EnrichmentObjectError {
        /// What identifies the object.
        pub identification: Vec<EnrichmentIdentification>,
        /// Why it was not written.
        pub errors: Vec<EnrichmentError>,
    }
}

record! {
    lenient
    /// Why an object was not written.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct EnrichmentError {
        /// The tenant's code, such as `ENRICH_011`.
        pub code: Option<String>,
        /// The tenant's words.
        pub message: Option<String>,
    }
}

/// # Errors
/// `invalid` where a documented limit is broken: nothing is sent.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    let mut limits = Limits::default();
    limits.filled("domain", &input.domain);
    limits.count("enrichments", input.enrichments.len(), "entries", 1, 10_000);
    limits.each("enrichments", &input.enrichments, &mut |limits, enrichment| {
        limits.count("identification", enrichment.identification.len(), "entries", 1, 1);
        limits.each("identification", &enrichment.identification, &mut |limits, identification| {
            let known = IDENTIFICATIONS.contains(&identification.name.as_str());
            limits.hold("name", known, "is none of the documented ones, such as device/device/uid or user/user/sid");
        });
        limits.hold("fields", !enrichment.fields.is_empty(), "has 0 entries; at least 1 is needed");
        limits.each("fields", &enrichment.fields, &mut check_field);
    });
    limits.finish()?;
    Ok(Request::post_json(tenant.api("/api/v1/enrichment/data/fields"), &input.write()))
}

fn check_field(limits: &mut Limits, field: &EnrichmentField) {
    let of_object = OBJECTS.iter().any(|object| field.name.strip_prefix(object).is_some_and(|name| !name.is_empty()));
    limits.hold("name", of_object, "is no field of device/device, user/user, binary/binary or package/package");
    let writable = match field.value {
        Json::Text(_) => true,
        // Beyond this, JSON's numbers are no longer exact.
        Json::Number(number) => number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_991.0,
        _ => false,
    };
    limits.hold("value", writable, "is neither a text nor a whole number");
}

/// # Errors
/// `invalid` where no object could be written: the code and detail are those of the first; `malformed` where it is no
/// answer of this API.
pub fn parse(response: &Response) -> Result<Output, NexthinkError> {
    let body = match effect(OPERATION, response, IF_UNKNOWN) {
        Ok(body) => body,
        Err(error) => return Err(of_first_object(error, response)),
    };
    if !matches!(body, Json::Object(_)) {
        return Err(unclear(OPERATION, response, "it is not an object", IF_UNKNOWN));
    }
    Ok(Output {
        status: text(&body, "status").unwrap_or_else(|| word(response.status).to_owned()),
        errors: elements(body.get("errors"), object_error),
    })
}

/// What the status says, where the body does not.
const fn word(status: u16) -> &'static str {
    if status == 207 { "partial_success" } else { "success" }
}

fn object_error(json: &Json) -> EnrichmentObjectError {
    EnrichmentObjectError {
        identification: elements(json.get("identification"), |field| EnrichmentIdentification {
            name: text(field, "name").unwrap_or_default(),
            value: text(field, "value").unwrap_or_default(),
        }),
        errors: elements(json.get("errors"), |error| EnrichmentError {
            code: text(error, "code"),
            message: text(error, "message"),
        }),
    }
}

/// Where all objects were refused, their reasons stand in `{status, errors: [{identification, errors}]}`.
fn of_first_object(mut error: NexthinkError, response: &Response) -> NexthinkError {
    let body = Json::parse(&response.body).unwrap_or_default();
    let reason = first(&body, "errors").and_then(|object| first(object, "errors"));
    if let (None, None, Some(reason)) = (&error.code, &error.detail, reason) {
        error.code = text(reason, "code").map(Into::into);
        error.detail = text(reason, "message").map(Into::into);
    }
    error
}

fn first<'a>(json: &'a Json, name: &str) -> Option<&'a Json> {
    match json.get(name)? {
        Json::List(list) => list.first(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::{ErrorKind, SideEffect};
    use crate::json::Read;

    const INPUT: &str = r##"{"domain":"chatbot","enrichments":[{"identification":[{"name":"device/device/uid","value":"u"}],"fields":[{"name":"device/device/#owner","value":"jdoe"},{"name":"device/device/configuration_tag","value":7}]}]}"##;

    fn built(input: &str) -> Result<Request, NexthinkError> {
        let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
        request(&tenant, &Input::read(Json::parse(input.as_bytes()).unwrap()).unwrap())
    }

    fn answer(status: u16, body: &str) -> Result<Output, NexthinkError> {
        parse(&Response { status, headers: vec![], body: body.into() })
    }

    #[test]
    fn the_request_is_the_documented_one() {
        let request = built(INPUT).unwrap();
        assert_eq!(request.url, "https://acme.api.eu.nexthink.cloud/api/v1/enrichment/data/fields");
        assert_eq!(request.body.as_deref(), Some(INPUT));
    }

    #[test]
    fn documented_limits_are_held_before_anything_is_sent() {
        let one = INPUT.split_once('[').unwrap().1.strip_suffix("]}").unwrap();
        let many = |count: usize| format!(r#"{{"domain":"d","enrichments":[{}]}}"#, vec![one; count].join(","));
        assert!(built(&many(10_000)).is_ok());
        let identification = r#"{"name":"device/device/uid","value":"u"}"#;
        for (input, rule) in [
            (INPUT.replace("chatbot", ""), "`domain` is empty"),
            (many(0), "`enrichments` has 0 entries; allowed are 1 to 10,000"),
            (many(10_001), "`enrichments` has 10,001 entries; allowed are 1 to 10,000"),
            (INPUT.replace(identification, ""), "`enrichments[0].identification` has 0 entries; allowed are 1 to 1"),
            (
                INPUT.replace(identification, &format!("{identification},{identification}")),
                "`enrichments[0].identification` has 2 entries; allowed are 1 to 1",
            ),
            (
                INPUT.replace("device/device/uid", "device/device/collector_uid"),
                "`enrichments[0].identification[0].name` is none of the documented ones",
            ),
            (INPUT.replace("device/device/#owner", "owner"), "`enrichments[0].fields[0].name` is no field of"),
            (INPUT.replace("device/device/#owner", "user/user/"), "`enrichments[0].fields[0].name` is no field of"),
            (INPUT.replace("\"jdoe\"", "null"), "`enrichments[0].fields[0].value` is neither"),
            (INPUT.replace(":7", ":7.5"), "`enrichments[0].fields[1].value` is neither"),
            (INPUT.replace(":7", ":1e300"), "`enrichments[0].fields[1].value` is neither"),
            (
                r#"{"domain":"d","enrichments":[{"identification":[{"name":"user/user/sid","value":"0"}],"fields":[]}]}"#.into(),
                "`enrichments[0].fields` has 0 entries",
            ),
        ] {
            let error = built(&input).unwrap_err();
            assert!(error.kind == ErrorKind::Invalid && error.message.starts_with(rule), "{error}");
            assert!(!error.message.contains("jdoe"), "{error}");
        }
    }

    #[test]
    fn a_partial_success_names_the_objects_that_were_not_written() {
        for (status, body) in [(200, r#"{"status":"success"}"#), (200, "{}"), (200, r#"{"status":null,"errors":null}"#)]
        {
            assert_eq!(answer(status, body), Ok(Output { status: "success".into(), errors: vec![] }), "{body}");
        }
        let text = r#"{"status":"partial_success","errors":[{"identification":[{"name":"device/device/uid","value":"u"}],"errors":[{"code":"ENRICH_011","message":"m"}]}]}"#;
        assert_eq!(answer(207, text).unwrap().write().to_text(), text);
        assert_eq!(answer(207, "{}").unwrap().status, "partial_success");
    }

    #[test]
    fn every_documented_refusal_has_its_code_and_its_words() {
        for (status, body, kind, code, detail) in [
            (
                400,
                r#"{"status":"error","errors":[{"identification":[],"errors":[{"message":"m","code":"ENRICH_011"}]},{"errors":[{"code":"other"}]}]}"#,
                ErrorKind::Invalid,
                Some("ENRICH_011"),
                Some("m"),
            ),
            (400, r#"{"message":"m","code":"c"}"#, ErrorKind::Invalid, Some("c"), Some("m")),
            (400, r#"{"status":"error","errors":[]}"#, ErrorKind::Invalid, None, None),
            (403, r#"{"message":"m"}"#, ErrorKind::Permission, None, Some("m")),
            (401, "", ErrorKind::Authentication, None, None),
        ] {
            let error = answer(status, body).unwrap_err();
            assert_eq!((error.kind, error.side_effect), (kind, SideEffect::None), "{body}");
            assert_eq!((error.code.as_deref(), error.detail.as_deref()), (code, detail), "{body}");
        }
        for (status, body) in [(500, ""), (200, ""), (200, "[]"), (200, "<html>"), (302, "")] {
            let error = answer(status, body).unwrap_err();
            assert_eq!((error.side_effect, error.hint.as_ref()), (SideEffect::Unknown, IF_UNKNOWN), "{status} {body}");
        }
    }
}
