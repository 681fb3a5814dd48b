//! A client of a few lines: enough to ask a tenant and read its answers.

use nexthink_chatbot::api::http::Response;
use nexthink_simulator::{Employee, Options, Outcome, SimulatedTenant, WireRequest};
use serde_json::{Value, json};

pub const API: &str = "https://acme.api.eu.nexthink.cloud";
pub const TOKEN_URL: &str = "https://acme-login.eu.nexthink.cloud/oauth2/default/v1/token";
pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// A tenant and a token for it.
pub struct Caller {
    pub tenant: SimulatedTenant,
    pub token: String,
}

/// A status and a body; null where there is none.
pub type Answer = (u16, Value);

pub fn caller() -> Caller {
    Caller::of(SimulatedTenant::new(Options { devices: 60, ..Options::default() }))
}

impl Caller {
    pub fn of(mut tenant: SimulatedTenant) -> Self {
        let request = token_request(SimulatedTenant::CREDENTIALS.client_secret);
        let (status, body) = answer(&mut tenant, &request);
        assert_eq!(status, 200, "{body}");
        Self { token: body["access_token"].as_str().unwrap().to_owned(), tenant }
    }

    pub fn request(&self, path: &str, body: &Value) -> WireRequest {
        WireRequest {
            method: "POST".into(),
            url: format!("{API}{path}"),
            headers: vec![
                ("Authorization".into(), format!("Bearer {}", self.token)),
                ("x-utc-times".into(), "true".into()),
            ],
            body: body.to_string().into_bytes(),
        }
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Answer {
        let request = self.request(path, body);
        answer(&mut self.tenant, &request)
    }

    pub fn get(&mut self, path: &str) -> Answer {
        let mut request = self.request(path, &Value::Null);
        request.method = "GET".into();
        request.body.clear();
        answer(&mut self.tenant, &request)
    }

    /// The rows of a saved query, as v2 gives them.
    pub fn rows(&mut self, query_id: &str, parameter: &str, value: &str) -> Vec<Value> {
        let parameters = json!({ parameter: value });
        let (status, body) =
            self.post("/api/v2/nql/execute", &json!({ "queryId": query_id, "parameters": parameters }));
        assert_eq!(status, 200, "{body}");
        body["data"].as_array().unwrap().clone()
    }

    /// The rows of any query, which is saved for it.
    pub fn query(&mut self, text: &str) -> Vec<Value> {
        self.tenant.set_query("#test", text).unwrap();
        let (status, body) = self.post("/api/v2/nql/execute", &json!({ "queryId": "#test" }));
        assert_eq!(status, 200, "{text}: {body}");
        let rows = body["data"].as_array().unwrap().clone();
        assert!(rows.len() < 1_000, "{text}: the answer may be cut");
        rows
    }

    /// The one row that a diagnosis gives for a device.
    pub fn diagnose(&mut self, query_id: &str, device: &str) -> Value {
        let mut rows = self.rows(query_id, "device_name", device);
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.remove(0)
    }

    /// Triggers a remote action on a device by its name, and gives the request ID.
    pub fn trigger(&mut self, action: &str, device: &str, params: &Value) -> String {
        let body = json!({ "remoteActionId": action, "devices": [self.collector_uid(device)], "params": params });
        let (status, body) = self.post("/api/v1/act/execute", &body);
        assert_eq!(status, 200, "{body}");
        body["requestId"].as_str().unwrap().to_owned()
    }

    /// Asks an employee whether it is solved, for a day, and gives the request ID.
    pub fn send_campaign(&mut self, username: &str) -> String {
        let body = json!({
            "campaignNqlId": "#confirm_fix",
            "userSid": [self.employee(username).sid],
            "expiresInMinutes": 24 * 60,
            "parameters": { "issue": "Outlook is offline", "device_name": "a laptop" },
        });
        let (status, answer) = self.post("/api/v1/euf/campaign/trigger", &body);
        assert_eq!(status, 200, "{answer}");
        answer["requests"][0]["requestId"].as_str().unwrap().to_owned()
    }

    /// The one execution of a request.
    pub fn execution(&mut self, request_id: &str) -> Value {
        let mut rows = self.rows("#get_remote_action_result", "request_id", request_id);
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.remove(0)
    }

    pub fn status(&mut self, request_id: &str) -> String {
        self.execution(request_id)["remote_action.execution.status"].as_str().unwrap().to_owned()
    }

    pub fn device(&self, name: &str) -> Value {
        serde_json::from_str(&self.tenant.device(name).unwrap()).unwrap()
    }

    pub fn collector_uid(&self, device: &str) -> String {
        self.device(device)["collectorUid"].as_str().unwrap().to_owned()
    }

    pub fn employee(&self, username: &str) -> Employee {
        self.tenant.employees().iter().find(|one| one.username == username).unwrap().clone()
    }

    /// Lets time pass, with a new token at its end.
    pub fn advance(&mut self, milliseconds: i64) {
        self.tenant.advance(milliseconds);
        let (_, body) = answer(&mut self.tenant, &token_request(SimulatedTenant::CREDENTIALS.client_secret));
        self.token = body["access_token"].as_str().unwrap().to_owned();
    }
}

pub fn token_request(secret: &str) -> WireRequest {
    let pair = format!("{}:{secret}", SimulatedTenant::CREDENTIALS.client_id);
    WireRequest {
        method: "POST".into(),
        url: TOKEN_URL.into(),
        headers: vec![
            ("authorization".into(), format!("Basic {}", base64(pair.as_bytes()))),
            ("content-type".into(), "application/x-www-form-urlencoded".into()),
        ],
        body: b"grant_type=client_credentials&scope=service%3Aintegration".to_vec(),
    }
}

pub fn response(tenant: &mut SimulatedTenant, request: &WireRequest) -> Response {
    match tenant.handle(request) {
        Outcome::Answer { response, .. } => response,
        Outcome::Truncated { .. } | Outcome::Broken { .. } => panic!("the connection broke"),
    }
}

pub fn answer(tenant: &mut SimulatedTenant, request: &WireRequest) -> Answer {
    let response = response(tenant, request);
    let body = if response.body.is_empty() { Value::Null } else { serde_json::from_slice(&response.body).unwrap() };
    (response.status, body)
}

fn base64(bytes: &[u8]) -> String {
    use base64ct::Encoding;
    base64ct::Base64::encode_string(bytes)
}
