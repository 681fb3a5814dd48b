//! Failures on demand: what a network, a proxy or a tenant in trouble does to a request.

use std::collections::VecDeque;

use nexthink_chatbot::api::http::Response;
use serde::{Deserialize, Serialize};

/// What goes wrong, with which requests, how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// How long the answer, or the failure, takes; the usual time where there is none.
    #[serde(default)]
    pub latency_ms: Option<u32>,
    /// The value of `retry-after`, with a `status`.
    #[serde(default)]
    pub retry_after: Option<String>,
    /// How many requests it befalls.
    #[serde(default = "once")]
    pub times: u32,
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
}

const fn once() -> u32 {
    1
}

impl Fault {
    /// A fault of this kind that befalls the next request.
    pub const fn new(kind: FaultKind) -> Self {
        Self { operation: None, kind, status: None, latency_ms: None, retry_after: None, times: 1 }
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

    /// The same fault so many times.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    /// Whether it can be answered at all: what is no status of a final answer cannot be.
    pub(crate) fn check(&self) -> Result<(), String> {
        match self.status {
            Some(status) if !(200..=599).contains(&status) => {
                Err(format!("`status` is {status}; allowed are 200 to 599"))
            }
            _ => Ok(()),
        }
    }

    /// What it answers in the tenant's place; none where the tenant answers itself.
    pub(crate) fn response(&self) -> Option<Response> {
        match self.kind {
            FaultKind::Status => {
                let headers = self.retry_after.iter().map(|value| ("retry-after".to_owned(), value.clone())).collect();
                Some(Response { status: self.status.unwrap_or(503), headers, body: vec![] })
            }
            FaultKind::Html => Some(Response {
                status: self.status.unwrap_or(200),
                headers: vec![("content-type".into(), "text/html; charset=utf-8".into())],
                body: b"<!doctype html><title>Sign in</title><p>Sign in to continue".to_vec(),
            }),
            FaultKind::Network | FaultKind::LostAnswer | FaultKind::Latency => None,
        }
    }
}

/// The faults to come, in the order in which they were asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(VecDeque<Fault>);

impl Faults {
    pub fn add(&mut self, fault: Fault) {
        self.0.push_back(fault);
    }

    /// The first fault that befalls a request to this path; it is used up once.
    pub fn take(&mut self, path: &str) -> Option<Fault> {
        let befalls = |fault: &Fault| fault.operation.as_ref().is_none_or(|part| path.contains(part.as_str()));
        self.0.retain(|fault| fault.times > 0);
        let fault = self.0.iter_mut().find(|fault| befalls(fault))?;
        fault.times -= 1;
        Some(fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_befalls_the_named_operation_so_many_times() {
        let mut faults = Faults::default();
        faults.add(Fault::new(FaultKind::Network).of("act/execute").times(2));
        assert_eq!(faults.take("/api/v2/nql/execute"), None);
        assert!(faults.take("/api/v1/act/execute").is_some());
        assert!(faults.take("/api/v1/act/execute").is_some());
        assert_eq!(faults.take("/api/v1/act/execute"), None);
    }

    #[test]
    fn a_fault_is_read_from_json_and_befalls_one_request_by_default() {
        let fault: Fault = serde_json::from_str(r#"{"kind":"lost-answer","latencyMs":5}"#).unwrap();
        assert_eq!(fault, Fault::new(FaultKind::LostAnswer).latency_ms(5));
        assert!(serde_json::from_str::<Fault>(r#"{"kind":"status","sttus":500}"#).is_err());
        assert!(Fault::new(FaultKind::Status).status(101).check().is_err());
    }
}
