//! What a fault does: the answer that stands in for the tenant's, or the damage to the answer that the tenant gave.

use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::nql::Timestamp;
use serde_json::Value as Json;

use super::error_body::error_body;
use super::{Fault, FaultBody, FaultKind, RetryAfterForm};
use crate::http_date::http_date_not_before;

/// How much of an answer's body arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    Whole,
    /// The connection breaks after what is there of it.
    Truncated,
    /// Nothing of the answer arrives.
    Lost,
}

impl Fault {
    /// What it answers in the tenant's place; none where the tenant answers itself.
    pub(crate) fn stand_in(&self, path: &str, now: Timestamp) -> Option<Response> {
        match self.kind {
            FaultKind::Status => {
                let status = self.status.unwrap_or(503);
                let mut headers = vec![];
                if let Some(value) = self.retry_after_value(now) {
                    headers.push(("retry-after".to_owned(), value));
                }
                let mut body = vec![];
                if self.body == Some(FaultBody::Error) {
                    headers.push(("content-type".to_owned(), "application/json".to_owned()));
                    body = error_body(path, status);
                }
                Some(Response { status, headers, body })
            }
            FaultKind::Html => Some(Response {
                status: self.status.unwrap_or(200),
                headers: vec![("content-type".into(), "text/html; charset=utf-8".into())],
                body: b"<!doctype html><title>Sign in</title><p>Sign in to continue".to_vec(),
            }),
            _ => None,
        }
    }

    fn retry_after_value(&self, now: Timestamp) -> Option<String> {
        let wait = self.retry_after_ms.map(i64::from);
        wait.map(|wait| self.retry_after_form.unwrap_or_default().write(now, wait)).or_else(|| self.retry_after.clone())
    }

    /// What becomes of the tenant's answer on its way; how much of its body arrives.
    pub(crate) fn damage(&self, response: &mut Response) -> Body {
        match self.kind {
            FaultKind::Network | FaultKind::LostAnswer => return Body::Lost,
            // In the middle of nothing is before the answer.
            FaultKind::Truncated if response.body.is_empty() => return Body::Lost,
            FaultKind::Truncated => {
                let whole = response.body.len();
                response.body.truncate(whole / 2);
                response.headers.push(("content-length".to_owned(), whole.to_string()));
                return Body::Truncated;
            }
            FaultKind::HalfBody => response.body.truncate(response.body.len() / 2),
            FaultKind::WrongType => {
                response.headers.retain(|(name, _)| name != "content-type");
                let wrong = self.content_type.as_deref().unwrap_or("text/plain");
                response.headers.push(("content-type".to_owned(), wrong.to_owned()));
            }
            FaultKind::InvalidUtf8 => spoil(&mut response.body),
            FaultKind::ExportWithoutUrl => {
                if let Ok(Json::Object(mut body)) = serde_json::from_slice(&response.body) {
                    body.insert("resultsFileUrl".to_owned(), Json::Null);
                    response.body = Json::Object(body).to_string().into_bytes();
                }
            }
            _ => {}
        }
        Body::Whole
    }
}

impl RetryAfterForm {
    /// The value of `retry-after` for a wait in milliseconds: never shorter than that.
    pub(crate) fn write(self, now: Timestamp, wait_ms: i64) -> String {
        match self {
            Self::Seconds => (wait_ms.saturating_add(999) / 1_000).to_string(),
            Self::Date => http_date_not_before(now.plus(wait_ms)),
        }
    }
}

/// Puts a byte that no UTF-8 has where a text begins, so that everything else is still good JSON.
fn spoil(body: &mut Vec<u8>) {
    let text = body.windows(2).position(|pair| pair == b":\"").map(|position| position + 2);
    body.insert(text.unwrap_or(body.len() / 2), 0xff);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer() -> Response {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Response { status: 200, headers, body: br##"{"queryId":"#q","rows":0}"##.to_vec() }
    }

    #[test]
    fn a_retry_after_is_written_in_both_forms_and_never_too_short() {
        let now = Timestamp(1_000);
        for (wait, seconds, date) in [
            (0, "0", "Thu, 01 Jan 1970 00:00:01 GMT"),
            (1, "1", "Thu, 01 Jan 1970 00:00:02 GMT"),
            (30_000, "30", "Thu, 01 Jan 1970 00:00:31 GMT"),
        ] {
            assert_eq!(RetryAfterForm::Seconds.write(now, wait), seconds);
            assert_eq!(RetryAfterForm::Date.write(now, wait), date);
        }
    }

    #[test]
    fn a_truncated_answer_tells_the_length_of_the_whole() {
        let (mut damaged, whole) = (answer(), answer().body);
        assert_eq!(Fault::new(FaultKind::Truncated).damage(&mut damaged), Body::Truncated);
        assert_eq!(damaged.body, whole[..whole.len() / 2]);
        assert_eq!(damaged.header("content-length"), Some(whole.len().to_string().as_str()));
    }

    #[test]
    fn an_answer_without_a_body_is_lost_where_it_would_be_truncated() {
        let mut damaged = Response { body: vec![], ..answer() };
        assert_eq!(Fault::new(FaultKind::Truncated).damage(&mut damaged), Body::Lost);
    }

    #[test]
    fn a_half_body_looks_whole() {
        let (mut damaged, whole) = (answer(), answer().body);
        assert_eq!(Fault::new(FaultKind::HalfBody).damage(&mut damaged), Body::Whole);
        assert_eq!((damaged.body.as_slice(), damaged.header("content-length")), (&whole[..whole.len() / 2], None));
    }

    #[test]
    fn a_spoilt_body_is_no_utf8_and_otherwise_the_same() {
        let mut damaged = answer();
        Fault::new(FaultKind::InvalidUtf8).damage(&mut damaged);
        assert!(std::str::from_utf8(&damaged.body).is_err());
        damaged.body.retain(|byte| *byte != 0xff);
        assert_eq!(damaged, answer());
        for mut body in [vec![], b"a,b\n1,2\n".to_vec()] {
            spoil(&mut body);
            assert!(std::str::from_utf8(&body).is_err());
        }
    }

    #[test]
    fn a_wrong_type_takes_the_place_of_the_right_one() {
        for (fault, expected) in [
            (Fault::new(FaultKind::WrongType), "text/plain"),
            (
                Fault::new(FaultKind::WrongType).content_type("application/json; charset=utf-16"),
                "application/json; charset=utf-16",
            ),
        ] {
            let mut damaged = answer();
            fault.damage(&mut damaged);
            assert_eq!(damaged.headers, [("content-type".to_owned(), expected.to_owned())]);
            assert_eq!(damaged.body, answer().body);
        }
    }

    #[test]
    fn a_completed_export_loses_its_address_only() {
        let mut status = Response {
            body: br#"{"status":"COMPLETED","resultsFileUrl":"https://x","errorDescription":null}"#.to_vec(),
            ..answer()
        };
        Fault::new(FaultKind::ExportWithoutUrl).damage(&mut status);
        let body: Json = serde_json::from_slice(&status.body).unwrap();
        assert_eq!(
            body,
            serde_json::json!({ "status": "COMPLETED", "resultsFileUrl": null, "errorDescription": null })
        );
    }
}
