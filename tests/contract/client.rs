//! A tenant with the employees and devices of the scenarios, and the requests that a careful client sends to it.

use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::base64::encode_standard;
use nexthink_simulator::{Employee, Options, Outcome, SimulatedTenant, WireRequest};
use serde_json::{Value, json};

pub const API: &str = "https://acme.api.eu.nexthink.cloud";
pub const TOKEN_URL: &str = "https://acme-login.eu.nexthink.cloud/oauth2/default/v1/token";
pub const MINUTE: i64 = 60_000;

pub struct Client {
    pub tenant: SimulatedTenant,
    token: String,
}

impl Client {
    pub fn of(options: Options) -> Self {
        let tenant = SimulatedTenant::new(options)
            .with_query("#all_devices", "devices | list name, last_seen, hardware.memory, collector.uid")
            .with_query("#some_device", "devices | where name == $name | list name, last_seen")
            .with_query("#no_field", "devices | list colour")
            .with_query("#not_nql", "devices | fetch name");
        let mut client = Self { tenant, token: String::new() };
        let body = client.json(&token_request(SimulatedTenant::CREDENTIALS.client_secret));
        client.token = body["access_token"].as_str().unwrap().to_owned();
        client
    }

    pub fn new() -> Self {
        Self::of(small())
    }

    pub fn post(&self, path: &str, body: &Value) -> WireRequest {
        let content_type = ("content-type".to_owned(), "application/json".to_owned());
        let headers = vec![self.authorization(), content_type];
        WireRequest { method: "POST".into(), url: format!("{API}{path}"), headers, body: body.to_string().into_bytes() }
    }

    pub fn get(&self, path: &str) -> WireRequest {
        let headers = vec![self.authorization()];
        WireRequest { method: "GET".into(), url: format!("{API}{path}"), headers, body: vec![] }
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    fn authorization(&self) -> (String, String) {
        ("authorization".to_owned(), format!("Bearer {}", self.token))
    }

    pub fn send(&mut self, request: &WireRequest) -> Response {
        match self.tenant.handle(request) {
            Outcome::Answer { response, .. } => response,
            Outcome::Truncated { .. } | Outcome::Broken { .. } => panic!("the connection broke"),
        }
    }

    /// The body of an answer that must be good.
    pub fn json(&mut self, request: &WireRequest) -> Value {
        let response = self.send(request);
        assert_eq!(response.status, 200, "{} {}", request.method, request.url);
        serde_json::from_slice(&response.body).unwrap()
    }

    pub fn collector_uid(&self, device: &str) -> String {
        let device: Value = serde_json::from_str(&self.tenant.device(device).unwrap()).unwrap();
        device["collectorUid"].as_str().unwrap().to_owned()
    }

    pub fn employee(&self, username: &str) -> Employee {
        self.tenant.employees().iter().find(|one| one.username == username).unwrap().clone()
    }
}

/// The devices of the scenarios and no others.
pub fn small() -> Options {
    Options { devices: 0, ..Options::default() }
}

pub fn token_request(secret: &str) -> WireRequest {
    WireRequest {
        method: "POST".into(),
        url: TOKEN_URL.into(),
        headers: vec![basic(secret), ("content-type".into(), "application/x-www-form-urlencoded".into())],
        body: b"grant_type=client_credentials&scope=service%3Aintegration".to_vec(),
    }
}

/// The older path: the same header and no body.
pub fn older_token_request(secret: &str) -> WireRequest {
    let url = format!("{API}/api/v1/token");
    WireRequest { method: "POST".into(), url, headers: vec![basic(secret)], body: vec![] }
}

fn basic(secret: &str) -> (String, String) {
    let pair = format!("{}:{secret}", SimulatedTenant::CREDENTIALS.client_id);
    ("authorization".to_owned(), format!("Basic {}", encode_standard(pair.as_bytes())))
}

/// The same request with another header field.
pub fn with_field(mut request: WireRequest, name: &str, value: &str) -> WireRequest {
    request.headers.retain(|(field, _)| !field.eq_ignore_ascii_case(name));
    request.headers.push((name.to_owned(), value.to_owned()));
    request
}

/// The same body with another field.
pub fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

/// The same body without a field.
pub fn without(mut body: Value, name: &str) -> Value {
    body.as_object_mut().unwrap().remove(name).unwrap();
    json!(body)
}
