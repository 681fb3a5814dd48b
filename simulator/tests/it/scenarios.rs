//! The scenarios are what they say: on an employee's devices exactly the named rules match, read from the playbooks'
//! files and evaluated on what the tenant answers.

use std::convert::Infallible;

use nexthink_chatbot::nql::tree::Call;
use nexthink_chatbot::nql::{Formula, Name, Operand, Resolver, Scope, Truth, Value, parse_condition, same_column};
use nexthink_chatbot::playbook::BUILT_IN;
use nexthink_simulator::{Options, SimulatedTenant};
use serde_json::{Map, Value as Json};

use crate::caller::{Caller, caller};

struct Row<'a>(&'a Map<String, Json>);

/// A rule's names stay names: they are looked up in each row.
struct Names;

impl Resolver for Names {
    type Field = Name;
    type Error = Infallible;

    fn field(&mut self, name: &Name) -> Result<Name, Infallible> {
        Ok(name.clone())
    }

    fn call(&mut self, call: &Call) -> Result<Formula<Name>, Infallible> {
        panic!("a rule has no function such as {}", call.function.text)
    }

    fn parameter(&mut self, name: &Name) -> Result<Value, Infallible> {
        panic!("a rule has no parameter such as {}", name.text)
    }
}

impl Scope<Name> for Row<'_> {
    fn field(&self, name: &Name) -> Operand<'_> {
        let cell = self.0.iter().find(|(column, _)| same_column(&name.text, column));
        Operand::from(value(cell.unwrap_or_else(|| panic!("{} is not in the answer", name.text)).1))
    }
}

fn value(json: &Json) -> Value {
    match json {
        Json::Number(number) => Value::Number(number.as_f64().unwrap()),
        Json::String(text) => text.as_str().into(),
        Json::Array(elements) => Value::List(elements.iter().map(value).collect()),
        _ => Value::Null,
    }
}

/// The rules that match on a device, but for those that always do.
fn matching(caller: &mut Caller, device: &str) -> Vec<String> {
    let mut matching = Vec::new();
    for built_in in &BUILT_IN {
        let playbook: Json = serde_json::from_str(built_in.json).unwrap();
        for row in caller.rows(playbook["query"]["id"].as_str().unwrap(), "device_name", device) {
            for rule in playbook["rules"].as_array().unwrap() {
                let Some(when) = rule["when"].as_str() else { continue };
                let Ok(predicate) = parse_condition(when).unwrap().bind(&mut Names);
                if predicate.truth(&Row(row.as_object().unwrap())) == Truth::True {
                    matching.push(format!("{}/{}", playbook["id"].as_str().unwrap(), rule["id"].as_str().unwrap()));
                }
            }
        }
    }
    matching
}

fn check(mut caller: Caller) {
    for employee in caller.tenant.employees().to_vec() {
        let mut expected: Vec<String> = employee.rules.into_iter().filter(|rule| !rule.ends_with("-file")).collect();
        let mut found: Vec<String> = employee.devices.iter().flat_map(|device| matching(&mut caller, device)).collect();
        expected.sort();
        found.sort();
        found.dedup();
        // Of a generated device that has been away for a day or a week, the queries show less than is true.
        let online = |device: &String| caller.device(device)["online"] == true;
        if employee.is_scenario || employee.devices.iter().all(online) {
            assert_eq!(found, expected, "{}", employee.username);
        }
    }
}

#[test]
fn on_every_scenarios_devices_exactly_the_named_rules_match() {
    check(caller());
}

#[test]
fn the_generated_employees_tell_the_truth_as_well() {
    check(Caller::of(SimulatedTenant::new(Options { devices: 400, seed: 5, ..Options::default() })));
}

#[test]
fn a_scenario_says_who_what_and_which_rule() {
    let caller = caller();
    for employee in caller.tenant.employees().iter().filter(|employee| employee.is_scenario) {
        assert!(!employee.scenario.is_empty());
        assert!(employee.rules.iter().all(|rule| employee.scenario.contains(rule)), "{}", employee.scenario);
    }
}
