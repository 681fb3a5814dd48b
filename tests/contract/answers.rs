//! The simulated tenant's answers, all operations and all documented statuses of each.

use std::collections::BTreeSet;

use nexthink_simulator::SimulatedTenant;
use serde_json::{Value, json};

use crate::amendments::AMENDMENTS;
use crate::answer_rules::check_answer;
use crate::cases::{NOT_PRODUCED, all, sound};
use crate::client::Client;
use crate::contract::Contract;
use crate::request_rules::check_request;
use crate::schema::check;

#[test]
fn every_answer_is_as_documented_and_every_documented_answer_is_given() {
    let contract = Contract::load();
    let (mut wrong, mut given, mut amendments) = (vec![], BTreeSet::new(), BTreeSet::new());
    let cases = all(&contract);
    for case in &cases {
        let mut client = Client::new();
        let request = (case.request)(&mut client);
        let response = client.send(&request);
        let (operation, of_request) = check_request(&contract, &request);
        let mut told = vec![];
        let Some(operation) = operation.filter(|found| case.operation == (found.method, found.path)) else {
            panic!("{}: the request is not one for {:?}: {:?}", case.what, case.operation, of_request.violations);
        };
        if response.status != case.status {
            told.push(format!("the status is {}, not {}", response.status, case.status));
        }
        if is_accepted(response.status) {
            told.extend(of_request.violations.into_iter().map(|violation| format!("request: {violation}")));
            amendments.extend(of_request.amendments);
        }
        let of_answer = check_answer(&operation, &response);
        told.extend(of_answer.violations);
        amendments.extend(of_answer.amendments);
        given.insert((operation.name(), response.status));
        let name = format!("{} {} ({})", operation.name(), case.status, case.what);
        wrong.extend(told.into_iter().map(|violation| format!("{name}: {violation}")));
    }
    for operation in contract.operations() {
        for status in operation.documented() {
            let is_given = given.contains(&(operation.name(), status));
            let is_excused =
                NOT_PRODUCED.iter().any(|(one, its, _)| (operation.method, operation.path) == *one && *its == status);
            if is_given == is_excused {
                let excused = if is_excused { "given and listed as not produced" } else { "never given" };
                wrong.push(format!("{} {status}: is {excused}", operation.name()));
            }
        }
    }
    for label in contract.amended.difference(&amendments) {
        wrong.push(format!("nothing needs the amendment {label}"));
    }
    for amendment in &AMENDMENTS {
        println!("accepted as well: {}: {} ({})", amendment.document, amendment.why, amendment.source);
    }
    println!("{} exchanges, {} answers of operations, {} amended places", cases.len(), given.len(), amendments.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_tenant_serves_what_is_documented_and_nothing_else() {
    let contract = Contract::load();
    let documented: BTreeSet<_> = contract.operations().map(|operation| (operation.method, operation.path)).collect();
    let served: BTreeSet<_> = SimulatedTenant::operations().collect();
    let asked: BTreeSet<_> = sound().iter().map(|case| case.operation).collect();
    assert_eq!(
        served, documented,
        "an operation is served without a document in tests/openapi, or the other way round"
    );
    assert_eq!(served, asked, "an operation has no case");
}

/// 207 is no success: a part of the request was refused.
const fn is_accepted(status: u16) -> bool {
    matches!(status, 200..=206)
}

#[test]
fn what_a_document_forbids_in_a_body_is_refused() {
    let contract = Contract::load();
    let (mut wrong, mut count) = (vec![], 0);
    for case in sound() {
        let mut client = Client::new();
        let mut request = (case.request)(&mut client);
        let (operation, _) = check_request(&contract, &request);
        let operation = operation.unwrap();
        let schema = &operation.value["requestBody"]["content"]["application/json"]["schema"];
        let Ok(body) = serde_json::from_slice::<Value>(&request.body) else { continue };
        for (what, mutant) in mutants(&body) {
            if check(operation.document, schema, &mutant, "").none() {
                continue;
            }
            count += 1;
            request.body = mutant.to_string().into_bytes();
            let response = client.send(&request);
            let violations = check_answer(&operation, &response).violations;
            let name = format!("{} {what}", operation.name());
            if is_accepted(response.status) {
                wrong.push(format!("{name}: is answered with {}", response.status));
            }
            wrong.extend(violations.into_iter().map(|violation| format!("{name}: {violation}")));
        }
    }
    println!("{count} forbidden bodies");
    assert!(count > 200, "only {count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every field left out, and every value replaced by something else, one at a time.
fn mutants(value: &Value) -> Vec<(String, Value)> {
    let mut all = vec![];
    for other in
        [json!(null), json!(true), json!(-1), json!(5), json!(1.5), json!(1_000_000_000), json!(""), json!("?")]
    {
        all.push((format!(" = {other}"), other));
    }
    all.extend([(" = []".to_owned(), json!([])), (" = {}".to_owned(), json!({}))]);
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                let mut less = object.clone();
                less.remove(name);
                all.push((format!(" without {name}"), Value::Object(less)));
                for (what, mutant) in mutants(inner) {
                    let mut other = object.clone();
                    other.insert(name.clone(), mutant);
                    all.push((format!("/{name}{what}"), Value::Object(other)));
                }
            }
        }
        Value::Array(elements) => {
            for (position, inner) in elements.iter().enumerate() {
                for (what, mutant) in mutants(inner) {
                    let mut other = elements.clone();
                    other[position] = mutant;
                    all.push((format!("/{position}{what}"), Value::Array(other)));
                }
            }
        }
        Value::String(text) => all.push((" = a long text".to_owned(), json!(text.repeat(600)))),
        _ => {}
    }
    all
}
