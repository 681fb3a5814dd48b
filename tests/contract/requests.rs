//! The requests that `api/` builds, by themselves.

use nexthink_chatbot::api::http::Request;
use nexthink_chatbot::api::remote_actions::execute::TriggerInfo;
use nexthink_chatbot::api::tenant::Tenant;
use nexthink_chatbot::api::{nql, remote_actions, token};
use nexthink_chatbot::json::Map;
use nexthink_simulator::WireRequest;

use crate::client::API;
use crate::contract::Contract;
use crate::request_rules::check_request;

/// A request as it leaves.
pub fn wire(request: &Request) -> WireRequest {
    WireRequest {
        method: request.method.word().into(),
        url: request.url.clone(),
        headers: request.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        body: request.body.clone().unwrap_or_default().into_bytes(),
    }
}

fn tenant(region: &str, token_url: Option<&str>) -> Tenant {
    Tenant::new("acme".into(), region.into(), None, token_url.map(Into::into)).unwrap()
}

fn token_requests() -> Vec<Request> {
    let input = |secret: &str| token::create::Input { client_id: "id".into(), client_secret: secret.into() };
    let older = format!("{API}/api/v1/token");
    let mut requests: Vec<Request> = ["us", "eu", "pac", "meta"]
        .iter()
        .map(|region| token::create::request(&tenant(region, None), &input("s€cret&=+")))
        .collect();
    requests.push(token::create::request(&tenant("eu", Some(&older)), &input("secret")));
    requests
}

fn nql_requests() -> Vec<Request> {
    use nql::execute::{Input, Version, request};
    let id = |length: usize| format!("#{}", "a_9".repeat(length).split_at(length).0);
    let values = [("username", ""), ("device_name", "É\"\\\n\u{1f600}"), ("n", "5")];
    let parameters = values.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut requests = vec![];
    for version in [None, Some(Version::V1), Some(Version::V2)] {
        // The pattern allows an ID of 256 characters with its `#`, and the length one of 255.
        for query_id in [id(2), id(254)] {
            for parameters in [Map(vec![]), Map(parameters.to_vec())] {
                let input = Input { query_id: query_id.clone(), parameters, version };
                requests.push(request(&tenant("eu", None), &input).unwrap());
            }
        }
    }
    requests
}

fn remote_action_requests() -> Vec<Request> {
    use remote_actions::execute::{Input, request};
    let smallest = Input {
        remote_action_id: "#a".into(),
        devices: vec!["e0aa796d-e3af-47b5-88d8-228cf5551fb6".into()],
        params: Map(vec![]),
        expires_in_minutes: None,
        trigger_info: None,
    };
    let info = TriggerInfo {
        external_source: Some("chat".into()),
        reason: Some("é".repeat(500)),
        external_reference: Some("INC-1".into()),
    };
    let largest = Input {
        devices: vec!["x".into(); 10_000],
        params: Map(vec![("Name".into(), String::new())]),
        expires_in_minutes: Some(10_080),
        trigger_info: Some(info),
        ..smallest.clone()
    };
    let between =
        Input { expires_in_minutes: Some(60), trigger_info: Some(TriggerInfo::default()), ..smallest.clone() };
    [smallest, largest, between].iter().map(|input| request(&tenant("eu", None), input).unwrap()).collect()
}

#[test]
fn every_request_that_is_built_is_as_documented() {
    let contract = Contract::load();
    let authorized = nql_requests().into_iter().chain(remote_action_requests()).map(|one| one.authorized("a.b.c"));
    let requests: Vec<Request> = token_requests().into_iter().chain(authorized).collect();
    let mut operations = std::collections::BTreeSet::new();
    for request in &requests {
        let (operation, findings) = check_request(&contract, &wire(request));
        assert_eq!(findings.violations, [""; 0], "{request:?}");
        assert!(findings.amendments.is_empty(), "{request:?} needs {:?}", findings.amendments);
        operations.insert(operation.unwrap().name());
    }
    println!("{} requests for {} operations", requests.len(), operations.len());
    let expected = [
        "POST /api/v1/act/execute",
        "POST /api/v1/nql/execute",
        "POST /api/v1/token",
        "POST /api/v2/nql/execute",
        "POST /oauth2/default/v1/token",
    ];
    assert_eq!(operations.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn a_request_with_a_mistake_is_found_out() {
    let contract = Contract::load();
    let good = wire(&nql_requests()[1].clone().authorized("a.b.c"));
    let broken = |change: fn(&mut WireRequest)| {
        let mut request = good.clone();
        change(&mut request);
        check_request(&contract, &request).1.violations
    };
    assert_eq!(broken(|_| {}), [""; 0]);
    for (change, expected) in [
        ((|request| request.method = "GET".into()) as fn(&mut WireRequest), "no document has this operation"),
        (|request| request.url = request.url.replace("/v2/", "/v3/"), "no document has this operation"),
        (|request| request.url = request.url.replace(".eu.", ".de."), "is no server"),
        (|request| request.url.push_str("?x=1"), "query x"),
        (|request| request.headers.retain(|(name, _)| *name != "authorization"), "header authorization"),
        (|request| request.headers.retain(|(name, _)| *name != "content-type"), "header content-type"),
        (|request| request.headers.push(("x-other".into(), "1".into())), "header x-other"),
        (|request| request.headers.push(("Accept".into(), "text/csv".into())), "there twice"),
        (|request| request.headers[0].1 = "text/html".into(), "header accept"),
        (|request| request.body.clear(), "body"),
        (|request| request.body = br##"{"queryId":"#a"}"##.to_vec(), "body/queryId"),
        (|request| request.body = br##"{"queryId":"#ab","Parameters":{}}"##.to_vec(), "body/Parameters"),
    ] {
        let violations = broken(change);
        assert!(violations.iter().any(|violation| violation.contains(expected)), "{expected}: {violations:?}");
    }
}
