//! `POST /api/v1/spark/handoff`
//!
//! Hands an employee's message over to Spark, which answers the employee in Microsoft Teams. Not idempotent: sent
//! twice, Spark answers twice. <https://docs.nexthink.com/api/spark>

use crate::api::answer::effect;
use crate::api::http::{Request, Response};
use crate::api::limits::Limits;
use crate::api::problem::NexthinkError;
use crate::api::tenant::Tenant;
use crate::json::{Json, Map, Place, Read, Reader, Write, record, words, write_fields};

/// What errors call this operation.
pub const OPERATION: &str = "spark.handoff";

/// Where to look when nobody knows whether Spark took over.
pub const IF_UNKNOWN: &str = "it may have happened: ask the employee whether Spark has answered in Microsoft Teams";

record! {
    strict
    /// Whose message, and what it says.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "SparkHandoff"))]
    pub struct Input {
        /// The employee's user principal name.
        pub user_principal_name: String,
        /// The employee's time zone, such as `Europe/Zurich`.
        pub timezone: Option<String>,
        /// What the message consists of: at least one.
        pub parts: Vec<Part>,
        /// What goes along with it; all values are text.
        pub metadata: Option<Map<String>>,
    }
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SparkPart", tag = "type", rename_all_fields = "camelCase"))]
pub enum Part {
    /// What the employee wrote.
    #[cfg_attr(test, ts(rename = "TEXT"))]
    Text {
        /// Not empty.
        text: String,
    },
    /// A file.
    #[cfg_attr(test, ts(rename = "FILE"))]
    File {
        /// The media type; not empty.
        mime_type: String,
        /// The content, in Base64.
        file_content: String,
    },
}

words! {
    /// How parts are told apart.
    enum PartType {
        /// Text.
        Text = "TEXT",
        /// A file.
        File = "FILE",
    }
}

impl Read for Part {
    fn read_at(json: Json, place: &mut Place) -> Self {
        let mut reader = Reader::new(json, place);
        let part = match reader.take("type") {
            PartType::Text => Self::Text { text: reader.take("text") },
            PartType::File => {
                Self::File { mime_type: reader.take("mimeType"), file_content: reader.take("fileContent") }
            }
        };
        reader.finish();
        part
    }
}

impl Write for Part {
    fn write(&self) -> Json {
        match self {
            Self::Text { text } => write_fields(&["type", "text"], &[&PartType::Text, text]),
            Self::File { mime_type, file_content } => {
                write_fields(&["type", "mimeType", "fileContent"], &[&PartType::File, mime_type, file_content])
            }
        }
    }
}

/// # Errors
/// `invalid` where a documented limit is broken, or a header cannot hold a value: nothing is sent.
pub fn request(tenant: &Tenant, input: &Input) -> Result<Request, NexthinkError> {
    let mut limits = Limits::default();
    check_header(&mut limits, "userPrincipalName", &input.user_principal_name);
    if let Some(timezone) = &input.timezone {
        check_header(&mut limits, "timezone", timezone);
    }
    limits.hold("parts", !input.parts.is_empty(), "has 0 entries; at least 1 is needed");
    limits.each("parts", &input.parts, &mut check_part);
    limits.finish()?;
    let message = write_fields(&["parts"], &[&input.parts]);
    let body = write_fields(&["message", "metadata"], &[&message, &input.metadata]);
    let mut request = Request::post_json(tenant.api("/api/v1/spark/handoff"), &body);
    request.headers.push(("user-principal-name", input.user_principal_name.clone()));
    if let Some(timezone) = &input.timezone {
        request.headers.push(("timezone", timezone.clone()));
    }
    Ok(request)
}

/// A line break would begin another header, and what is not ASCII arrives differently from each runtime.
fn check_header(limits: &mut Limits, field: &str, value: &str) {
    limits.filled(field, value);
    let fits = value.trim_ascii() == value && value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    limits.hold(field, fits, "holds line breaks, outer white space or what is not ASCII: no HTTP header can hold that");
}

fn check_part(limits: &mut Limits, part: &Part) {
    match part {
        Part::Text { text } => limits.filled("text", text),
        Part::File { mime_type, .. } => limits.filled("mimeType", mime_type),
    }
}

/// # Errors
/// `not-found` where Spark does not know the employee; `malformed` where something else than the API answered.
pub fn parse(response: &Response) -> Result<(), NexthinkError> {
    // 204 in the documents. The same status with a page in its body comes from a proxy.
    let silent = (200..300).contains(&response.status) && response.body.trim_ascii().is_empty();
    if silent { Ok(()) } else { effect(OPERATION, response, IF_UNKNOWN).map(drop) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::{ErrorKind, SideEffect};

    const INPUT: &str = r#"{"userPrincipalName":"amartin@acme.example","timezone":"Europe/Zurich","parts":[{"type":"TEXT","text":"It is slow."},{"type":"FILE","mimeType":"image/png","fileContent":"aWQ="}],"metadata":{"ticket":"7"}}"#;

    fn built(input: &str) -> Result<Request, NexthinkError> {
        let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
        let input = Input::read(Json::parse(input.as_bytes()).unwrap());
        request(&tenant, &input.map_err(|mismatch| NexthinkError::invalid(mismatch.to_string()))?)
    }

    #[test]
    fn the_request_is_the_documented_one() {
        let request = built(INPUT).unwrap();
        assert_eq!(request.url, "https://acme.api.eu.nexthink.cloud/api/v1/spark/handoff");
        assert_eq!(request.header("user-principal-name"), Some("amartin@acme.example"));
        assert_eq!(request.header("timezone"), Some("Europe/Zurich"));
        let body = r#"{"message":{"parts":[{"type":"TEXT","text":"It is slow."},{"type":"FILE","mimeType":"image/png","fileContent":"aWQ="}]},"metadata":{"ticket":"7"}}"#;
        assert_eq!(request.body.as_deref(), Some(body));
        let least = built(r#"{"userPrincipalName":"a@b.co","parts":[{"type":"TEXT","text":"x"}],"metadata":null}"#);
        let least = least.unwrap();
        assert_eq!(least.body.as_deref(), Some(r#"{"message":{"parts":[{"type":"TEXT","text":"x"}]}}"#));
        assert_eq!(least.header("timezone"), None);
        assert!(built(&INPUT.replace("Europe/Zurich", "W. Europe Standard Time")).is_ok());
    }

    #[test]
    fn documented_limits_are_held_before_anything_is_sent() {
        for (from, to, rule) in [
            ("amartin@acme.example", "", "`userPrincipalName` is empty"),
            ("amartin@acme.example", r"a@b.co\r\nauthorization: x", "`userPrincipalName` holds line breaks"),
            ("amartin@acme.example", "é@b.co", "`userPrincipalName` holds line breaks, outer"),
            ("Europe/Zurich", "", "`timezone` is empty"),
            ("Europe/Zurich", r"Europe/Zurich\n", "`timezone` holds line breaks"),
            ("Europe/Zurich", " Europe/Zurich", "`timezone` holds line breaks, outer white space"),
            ("It is slow.", "", "`parts[0].text` is empty"),
            (r#","text":"It is slow.""#, "", "`parts[0].text` is missing"),
            (r#""text":"It is slow.""#, r#""text":"x","mimeType":"y""#, "`parts[0].mimeType` is not known here"),
            ("\"FILE\"", "\"TEXT\"", "`parts[1].text` is missing"),
            ("\"FILE\"", "\"IMAGE\"", "`parts[1].type` is not `TEXT` or `FILE`"),
            ("image/png", "", "`parts[1].mimeType` is empty"),
            (r#","fileContent":"aWQ=""#, "", "`parts[1].fileContent` is missing"),
            (r#""fileContent":"#, r#""text":"x","fileContent":"#, "`parts[1].text` is not known here"),
        ] {
            let error = built(&INPUT.replace(from, to)).unwrap_err();
            assert!(error.kind == ErrorKind::Invalid && error.message.starts_with(rule), "{error}");
        }
        let error = built(r#"{"userPrincipalName":"a@b.co","parts":[]}"#).unwrap_err();
        assert!(error.message.starts_with("`parts` has 0 entries"), "{error}");
    }

    #[test]
    fn handed_over_refused_and_lost_are_three_different_things() {
        let answer = |status, body: &str| parse(&Response { status, headers: vec![], body: body.into() });
        for (status, body) in [(204, ""), (200, ""), (202, "{}")] {
            assert_eq!(answer(status, body), Ok(()), "{status} {body}");
        }
        for (status, body, kind, side_effect) in [
            (400, "", ErrorKind::Invalid, SideEffect::None),
            (403, r#"{"message":"m"}"#, ErrorKind::Permission, SideEffect::None),
            (404, r#"{"message":"m"}"#, ErrorKind::NotFound, SideEffect::None),
            (502, "", ErrorKind::Server, SideEffect::Unknown),
            (200, "<html>", ErrorKind::Malformed, SideEffect::Unknown),
            (302, "", ErrorKind::Malformed, SideEffect::Unknown),
        ] {
            let error = answer(status, body).unwrap_err();
            assert_eq!((error.kind, error.side_effect), (kind, side_effect), "{status} {body}");
        }
    }
}
