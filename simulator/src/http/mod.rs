//! The tenant's HTTP: one request in, one answer out. Routes by path (`routes`), so that the addresses of the vendor, a
//! local server and a proxy are all served; each endpoint has its own file.

mod access;
mod address;
mod body;
mod campaigns;
mod enrichment;
mod export;
mod form;
mod identifiers;
mod nql;
mod nql_answer;
mod nql_request;
mod remote_actions;
mod routes;
mod signed_link;
mod spark;
mod storage;
mod token;
mod workflows;

use address::{Address, Place};
use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::nql::Timestamp;
use serde::Serialize;

use crate::fault::{Body, Fault, FaultKind};
use crate::http_date::http_date;
use crate::request_log::RequestRecord;
use crate::tenant::SimulatedTenant;

pub(crate) use signed_link::SignedLinks;

/// How long an answer takes.
const LATENCY_MS: u32 = 60;

/// A request as it arrives at the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WireRequest {
    /// `GET`, `POST`.
    pub method: String,
    /// The absolute address.
    pub url: String,
    /// The header fields; names in any case.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl WireRequest {
    /// A header field by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// What becomes of a request. It has done its work when this is known; the client learns of it after the latency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// An answer.
    Answer {
        /// The whole of it.
        response: Response,
        /// How long it takes.
        latency_ms: u32,
    },
    /// An answer whose body breaks off, and the connection with it.
    Truncated {
        /// What arrives. Its `content-length` is that of the whole.
        response: Response,
        /// How long it takes.
        latency_ms: u32,
    },
    /// The connection breaks: no such host, no route, or reset before the answer.
    Broken {
        /// How long that takes.
        latency_ms: u32,
    },
}

/// What an endpoint answers, and what the log may say about the request.
struct Handled {
    response: Response,
    query_id: Option<String>,
    remote_action_id: Option<String>,
}

impl From<Response> for Handled {
    fn from(response: Response) -> Self {
        Self { response, query_id: None, remote_action_id: None }
    }
}

impl SimulatedTenant {
    /// Answers a request.
    pub fn handle(&mut self, request: &WireRequest) -> Outcome {
        let Some(address) = Address::read(&request.url) else {
            return Outcome::Broken { latency_ms: LATENCY_MS };
        };
        let fault = self.take_fault(address.path);
        let kind = fault.as_ref().map(|fault| fault.kind);
        if let Some(fault) = &fault {
            self.befall(fault);
        }
        let at = self.now;
        let stand_in = fault.as_ref().and_then(|fault| fault.stand_in(address.path, at));
        let mut handled = match (kind, stand_in) {
            (Some(FaultKind::Network), _) => Handled::from(Response::default()),
            (_, Some(response)) => response.into(),
            _ => self.route(&address, request),
        };
        handled.response.headers.push(("x-request-id".into(), self.random.uuid()));
        handled.response.headers.push(("date".into(), http_date(at)));
        let body = fault.as_ref().map_or(Body::Whole, |fault| fault.damage(&mut handled.response));
        self.record(request, address.path, at, &handled, kind, body);
        let latency_ms = fault.and_then(|fault| fault.latency_ms).unwrap_or(LATENCY_MS);
        match body {
            Body::Whole => Outcome::Answer { response: handled.response, latency_ms },
            Body::Truncated => Outcome::Truncated { response: handled.response, latency_ms },
            Body::Lost => Outcome::Broken { latency_ms },
        }
    }

    fn route(&mut self, address: &Address, request: &WireRequest) -> Handled {
        let path = address.path;
        if address.place == Place::Storage || (address.place == Place::Local && storage::holds(path)) {
            return self.download(request, path).into();
        }
        if let Some(endpoint) = routes::endpoint(&request.method, path) {
            return endpoint(self, request);
        }
        let allowed = routes::methods(path);
        if allowed.is_empty() {
            return empty(404).into();
        }
        Response { headers: vec![("allow".into(), allowed.join(", "))], ..empty(405) }.into()
    }

    /// The fault that befalls a request to this path.
    fn take_fault(&mut self, path: &str) -> Option<Fault> {
        let completed = self.is_status_of_completed_export(path);
        self.faults.take(path, |fault| fault.kind != FaultKind::ExportWithoutUrl || completed)
    }

    /// What a fault does to the tenant itself, before the request is answered.
    fn befall(&mut self, fault: &Fault) {
        match fault.kind {
            FaultKind::TokenRevoked => self.tokens.clear(),
            FaultKind::ClockJump => self.advance(fault.jump_ms.unwrap_or_default()),
            _ => {}
        }
    }

    /// Whether the request carries a token that this tenant gave out and that has not ended.
    fn is_authorized(&self, request: &WireRequest) -> bool {
        let token = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        token.and_then(|token| self.tokens.get(token)).is_some_and(|ends| self.now < *ends)
    }

    fn record(
        &mut self,
        request: &WireRequest,
        path: &str,
        at: Timestamp,
        handled: &Handled,
        fault: Option<FaultKind>,
        body: Body,
    ) {
        self.log.add(RequestRecord {
            method: request.method.clone(),
            path: path.to_owned(),
            status: (body != Body::Lost).then_some(handled.response.status),
            at,
            query_id: handled.query_id.clone(),
            remote_action_id: handled.remote_action_id.clone(),
            fault,
        });
    }
}

/// An answer without a body, as the documents have it for 401.
fn empty(status: u16) -> Response {
    Response { status, headers: vec![], body: vec![] }
}

fn json(status: u16, body: &impl Serialize) -> Response {
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    Response { status, headers, body: serde_json::to_vec(body).unwrap_or_default() }
}
