//! Figures to read, never checks: `cargo run --profile native -p nexthink-bench`. Each is the median of several runs.
#![expect(clippy::disallowed_types, reason = "a benchmark needs the clock that the core must not have")]

mod csv;

use std::hint::black_box;
use std::time::{Duration, Instant};

use nexthink_chatbot::nql::{check, format, parse_query};
use nexthink_simulator::{Options, Outcome, SimulatedTenant, WireRequest};

const SLOW_PC: &str = include_str!("../../playbooks/slow-pc.nql");
const API: &str = "https://acme.api.eu.nexthink.cloud";

fn main() {
    println!("NQL, natively, the slow-PC query of {} characters:", SLOW_PC.chars().count());
    show("parse", each(2_000, || parse_query(black_box(SLOW_PC))));
    show("parse and check", each(2_000, || check(black_box(SLOW_PC))));
    if let Ok(query) = parse_query(SLOW_PC) {
        show("format", each(2_000, || format(black_box(&query))));
    }

    csv::show(|call| each(11, call));

    for devices in [200, 100_000] {
        println!("\nA tenant of {devices} devices:");
        let begun = Instant::now();
        let mut tenant = SimulatedTenant::new(Options { devices, ..Options::default() });
        show("generate", begun.elapsed());
        let token = token(&mut tenant);
        let username = tenant.employees().last().map(|employee| employee.username.clone()).unwrap_or_default();
        let runs = if devices > 1_000 { 11 } else { 500 };
        for (name, query, parameter, value) in [
            ("devices of a username", "#get_device_basic_infos", "username", username.as_str()),
            ("slow-PC diagnosis of a device", "#diagnose_slow_pc_issues", "device_name", "JCARTER-LT"),
        ] {
            let body = serde_json::json!({ "queryId": query, "parameters": { parameter: value } });
            let request = request("/api/v2/nql/execute", &token, body.to_string());
            show(name, each(runs, || tenant.handle(black_box(&request))));
        }
    }
}

/// The median time of a call.
fn each<T>(runs: usize, mut call: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let begun = Instant::now();
            black_box(call());
            begun.elapsed()
        })
        .collect();
    times.sort();
    times.get(runs / 2).copied().unwrap_or_default()
}

fn show(name: &str, time: Duration) {
    println!("  {name:<32} {time:>12.1?}");
}

fn request(path: &str, authorization: &str, body: String) -> WireRequest {
    WireRequest {
        method: "POST".into(),
        url: format!("{API}{path}"),
        headers: vec![("authorization".into(), authorization.into())],
        body: body.into_bytes(),
    }
}

/// A bearer token, by the older path that takes no body.
fn token(tenant: &mut SimulatedTenant) -> String {
    // `clientId:clientSecret` of every simulated tenant, in base64.
    let credentials = nexthink_chatbot::base64::encode_standard(
        format!("{}:{}", SimulatedTenant::CREDENTIALS.client_id, SimulatedTenant::CREDENTIALS.client_secret).as_bytes(),
    );
    let Outcome::Answer { response, .. } =
        tenant.handle(&request("/api/v1/token", &format!("Basic {credentials}"), String::new()))
    else {
        return String::new();
    };
    let answer: serde_json::Value = serde_json::from_slice(&response.body).unwrap_or_default();
    format!("Bearer {}", answer.get("access_token").and_then(serde_json::Value::as_str).unwrap_or_default())
}
