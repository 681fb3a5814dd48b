//! Failures on demand: what a network, a proxy or a tenant in trouble does to a request. Here is what can be asked for;
//! `check` refuses what makes no sense, `pending` chooses whom it befalls, `effect` is what it does.

mod check;
mod effect;
mod error_body;
mod pending;

use serde::{Deserialize, Serialize};

pub(crate) use effect::Body;
pub(crate) use pending::Faults;

/// What goes wrong, with which requests, how often.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// A part of the path, such as `act/execute`; every request where there is none.
    #[serde(default)]
    pub operation: Option<String>,
    /// What goes wrong.
    pub kind: FaultKind,
    /// The status to answer with; 503 for `status` and 200 for `html` where there is none.
    #[serde(default)]
    pub status: Option<u16>,
    /// What a `status` comes with; nothing where it is not said.
    #[serde(default)]
    pub body: Option<FaultBody>,
    /// How long the answer, or the failure, takes; the usual time where there is none.
    #[serde(default)]
    pub latency_ms: Option<u32>,
    /// The value of `retry-after`, with a `status`, as it stands.
    #[serde(default)]
    pub retry_after: Option<String>,
    /// How long the client is to wait, with a `status`: the tenant then writes `retry-after` itself.
    #[serde(default)]
    pub retry_after_ms: Option<u32>,
    /// In which form the tenant writes `retry-after`; seconds where it is not said.
    #[serde(default)]
    pub retry_after_form: Option<RetryAfterForm>,
    /// The `content-type` of a `wrong-type`; `text/plain` where there is none.
    #[serde(default)]
    pub content_type: Option<String>,
    /// How far a `clock-jump` goes.
    #[serde(default)]
    pub jump_ms: Option<i64>,
    /// How many requests it befalls; one where neither this nor a probability is given.
    #[serde(default)]
    pub times: Option<u32>,
    /// How likely it befalls each request, above 0 and up to 1, for as long as the tenant is there.
    #[serde(default)]
    pub probability: Option<f64>,
}

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// The request is refused with a status and does nothing.
    Status,
    /// The connection breaks before the request arrives.
    Network,
    /// The request does its work, and the connection breaks before the answer arrives.
    LostAnswer,
    /// A login page or a proxy answers instead of the tenant.
    Html,
    /// The request does its work, slowly.
    Latency,
    /// The request does its work, and the connection breaks in the middle of the answer's body.
    Truncated,
    /// The request does its work, and the first half of the answer's body arrives as if it were all.
    HalfBody,
    /// The request does its work, and the answer says that it is something other than it is.
    WrongType,
    /// The request does its work, and the answer's body holds a byte that UTF-8 never has.
    InvalidUtf8,
    /// Every token given out so far ends, then the request is answered.
    TokenRevoked,
    /// The tenant's clock jumps ahead, then the request is answered.
    ClockJump,
    /// The status of a completed export comes without the address of its file.
    ExportWithoutUrl,
}

/// What comes with a status that stands in for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultBody {
    /// Nothing, as from a gateway.
    None,
    /// An error in the shape of the API that was called.
    Error,
}

/// The two forms of `retry-after`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RetryAfterForm {
    /// Whole seconds.
    #[default]
    Seconds,
    /// A date as HTTP has it, by the tenant's clock.
    Date,
}

impl Fault {
    /// A fault of this kind that befalls the next request.
    pub const fn new(kind: FaultKind) -> Self {
        Self {
            operation: None,
            kind,
            status: None,
            body: None,
            latency_ms: None,
            retry_after: None,
            retry_after_ms: None,
            retry_after_form: None,
            content_type: None,
            jump_ms: None,
            times: None,
            probability: None,
        }
    }

    /// The same fault for requests whose path holds this text.
    #[must_use]
    pub fn of(self, operation: &str) -> Self {
        Self { operation: Some(operation.to_owned()), ..self }
    }

    /// The same fault with this status.
    #[must_use]
    pub fn status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }

    /// The same fault with an error in the shape of the API.
    #[must_use]
    pub fn with_error_body(self) -> Self {
        Self { body: Some(FaultBody::Error), ..self }
    }

    /// The same fault after so many milliseconds.
    #[must_use]
    pub fn latency_ms(self, milliseconds: u32) -> Self {
        Self { latency_ms: Some(milliseconds), ..self }
    }

    /// The same fault with a `retry-after`: seconds or a date.
    #[must_use]
    pub fn retry_after(self, value: &str) -> Self {
        Self { retry_after: Some(value.to_owned()), ..self }
    }

    /// The same fault with a `retry-after` so many milliseconds ahead, in this form.
    #[must_use]
    pub fn retry_after_ms(self, milliseconds: u32, form: RetryAfterForm) -> Self {
        Self { retry_after_ms: Some(milliseconds), retry_after_form: Some(form), ..self }
    }

    /// The same fault with this `content-type`.
    #[must_use]
    pub fn content_type(self, value: &str) -> Self {
        Self { content_type: Some(value.to_owned()), ..self }
    }

    /// The same fault with a jump of so many milliseconds.
    #[must_use]
    pub fn jump_ms(self, milliseconds: i64) -> Self {
        Self { jump_ms: Some(milliseconds), ..self }
    }

    /// The same fault so many times.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }

    /// The same fault for each request with this probability, above 0 and up to 1.
    #[must_use]
    pub fn probability(self, probability: f64) -> Self {
        Self { probability: Some(probability), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_read_from_json() {
        let fault: Fault = serde_json::from_str(r#"{"kind":"lost-answer","latencyMs":5}"#).unwrap();
        assert_eq!(fault, Fault::new(FaultKind::LostAnswer).latency_ms(5));
        assert!(serde_json::from_str::<Fault>(r#"{"kind":"status","sttus":500}"#).is_err());
    }
}
