//! The tenant for JavaScript: one class that takes and gives JSON text and bytes. Its clock stands still until it is
//! advanced; real time, latency and everything that looks like `fetch` is the TypeScript facade's. What a test does
//! besides is in `controls`.

mod controls;

use nexthink_chatbot::nql::Timestamp;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use crate::fault::Fault;
use crate::http::{Outcome, WireRequest};
use crate::json::read_object;
use crate::rate_limit::NqlLimits;
use crate::tenant::{Options, SimulatedTenant};

/// A simulated tenant.
#[wasm_bindgen]
pub struct SimulatorCore {
    tenant: SimulatedTenant,
    /// The body of the last answer, until it is taken.
    body: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OptionsJson {
    devices: Option<usize>,
    seed: Option<u64>,
    /// Milliseconds since the epoch.
    now: Option<i64>,
    export_maximum_rows: Option<usize>,
    execute_partial_content: Option<bool>,
    nql_limits: Option<NqlLimits>,
    #[serde(default)]
    faults: Vec<Fault>,
}

/// What a request says besides its body.
#[derive(Deserialize)]
struct RequestJson {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
}

/// What an answer says besides its body; no status where the connection breaks.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OutcomeJson {
    status: Option<u16>,
    headers: Vec<(String, String)>,
    latency_ms: u32,
    /// Whether the connection breaks after what there is of the body.
    is_truncated: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TenantJson {
    instance: &'static str,
    region: &'static str,
    credentials: crate::tenant::Credentials,
}

#[wasm_bindgen]
impl SimulatorCore {
    /// A tenant, from options as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<SimulatorCore, JsError> {
        let given: OptionsJson = read(options)?;
        let default = Options::default();
        let mut tenant = SimulatedTenant::new(Options {
            devices: given.devices.unwrap_or(default.devices),
            seed: given.seed.unwrap_or(default.seed),
            now: given.now.map_or(default.now, Timestamp),
            export_maximum_rows: given.export_maximum_rows.unwrap_or(default.export_maximum_rows),
            execute_partial_content: given.execute_partial_content.unwrap_or(default.execute_partial_content),
            nql_limits: given.nql_limits.unwrap_or(default.nql_limits),
        });
        for fault in given.faults {
            tenant.inject(fault)?;
        }
        Ok(Self { tenant, body: vec![] })
    }

    /// The instance, the region and the credentials, as JSON.
    pub fn identity(&self) -> Result<String, JsError> {
        written(&TenantJson {
            instance: SimulatedTenant::INSTANCE,
            region: SimulatedTenant::REGION,
            credentials: SimulatedTenant::CREDENTIALS,
        })
    }

    /// The tenant's time, in milliseconds since the epoch.
    #[expect(clippy::cast_precision_loss, reason = "exact for all times within 2^53 ms")]
    pub fn now(&self) -> f64 {
        self.tenant.now().0 as f64
    }

    /// Lets so many milliseconds pass; a fraction is dropped, and time never goes back.
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and that is enough time")]
    pub fn advance(&mut self, milliseconds: f64) {
        self.tenant.advance((milliseconds as i64).max(0));
    }

    /// Answers a request: all but the body, as JSON. The body is then given by `body`.
    pub fn handle(&mut self, request: &str, body: &[u8]) -> Result<String, JsError> {
        let RequestJson { method, url, headers } = read(request)?;
        let outcome = self.tenant.handle(&WireRequest { method, url, headers, body: body.to_vec() });
        self.body.clear();
        let is_truncated = matches!(outcome, Outcome::Truncated { .. });
        written(&match outcome {
            Outcome::Answer { response, latency_ms } | Outcome::Truncated { response, latency_ms } => {
                self.body = response.body;
                let (status, headers) = (Some(response.status), response.headers);
                OutcomeJson { status, headers, latency_ms, is_truncated }
            }
            Outcome::Broken { latency_ms } => OutcomeJson { status: None, headers: vec![], latency_ms, is_truncated },
        })
    }

    /// Takes the body of the last answer.
    pub fn body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.body)
    }

    /// The employees, as JSON.
    pub fn employees(&self) -> Result<String, JsError> {
        written(&self.tenant.employees())
    }

    /// A device by its name, as JSON; nothing where there is none.
    pub fn device(&self, name: &str) -> Option<String> {
        self.tenant.device(name)
    }

    /// Sets facts, given as JSON, on a device.
    pub fn set(&mut self, device: &str, facts: &str) -> Result<(), JsError> {
        Ok(self.tenant.set(device, facts)?)
    }

    /// Lets something go wrong with the next requests; the fault as JSON.
    pub fn inject(&mut self, fault: &str) -> Result<(), JsError> {
        Ok(self.tenant.inject(read(fault)?)?)
    }

    /// Lets nothing go wrong any more.
    #[wasm_bindgen(js_name = clearFaults)]
    pub fn clear_faults(&mut self) {
        self.tenant.clear_faults();
    }

    /// The requests so far, as JSON.
    pub fn requests(&self) -> Result<String, JsError> {
        written(&self.tenant.requests())
    }
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, JsError> {
    read_object(text.as_bytes()).map_err(|mistake| JsError::new(&mistake))
}

fn written(value: &impl Serialize) -> Result<String, JsError> {
    Ok(serde_json::to_string(value)?)
}
