//! What the check calls impossible is impossible: no row makes such a rule match.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

use nexthink_chatbot::json::Json;
use nexthink_chatbot::playbook::check::check_text;
use nexthink_chatbot::playbook::{Playbook, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};

const TESTS: [&str; 24] = [
    "x > 3",
    "x >= 3",
    "x < 5",
    "x <= 3",
    "4 > x",
    "x == 3",
    "x != 3",
    "x == \"3\"",
    "x == \"a*\"",
    "x != \"a*\"",
    "x == abc",
    "x != abc",
    "x in [abc, 3]",
    "x !in [abc, \"?\"]",
    "x contains \"b\"",
    "x !contains \"b\"",
    "x == null",
    "x != null",
    "x in [null, 3]",
    "x !in [null, 4]",
    "x > v3.1",
    "x <= v3.1",
    "x == v3",
    "x * 2 > 7",
];

fn values() -> Vec<Value> {
    vec![
        Value::Null,
        json!("-"),
        json!(3),
        json!("3"),
        json!(4),
        json!(5),
        json!(2),
        json!(-1),
        json!(4.5),
        json!("abc"),
        json!("aXb"),
        json!("b"),
        json!("x"),
        json!("3.1"),
        json!("3.0.5"),
        json!("v3"),
        json!("3.2"),
        json!(true),
        json!(["abc"]),
        json!(3.1),
        json!(""),
    ]
}

fn condition() -> impl Strategy<Value = String> {
    let leaf = (0..TESTS.len()).prop_map(|which| TESTS[which].to_owned());
    leaf.prop_recursive(2, 6, 3, |inner| {
        let parts = prop::collection::vec(inner, 1..4);
        (parts, prop::bool::weighted(0.7))
            .prop_map(|(parts, all)| format!("({})", parts.join(if all { " and " } else { " or " })))
    })
}

fn file(when: &str, unless: Option<&str>) -> String {
    json!({
        "id": "reach", "version": "1", "title": { "en": "Reach" },
        "query": { "id": "#reach", "text": "devices | where name == $device_name | list collector.uid, x" },
        "rules": [{ "id": "r", "when": when, "unless": unless, "reason": { "en": "r" }, "advice": { "en": "a" } }],
    })
    .to_string()
}

fn matches(playbook: &Playbook, row: &Value) -> bool {
    let input = json!({ "row": row }).to_string();
    let evaluation = playbook.evaluate_row(Json::parse(input.as_bytes()).unwrap()).unwrap();
    evaluation.findings[0].verdict == Verdict::Match
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_024, ..ProptestConfig::default() })]
    #[test]
    fn a_rule_that_is_said_never_to_match_does_not(when in condition(), unless in prop::option::of(condition())) {
        let file = file(&when, unless.as_deref());
        let problems = check_text(&file, None).problems;
        let playbook = Playbook::compile(&file, None).unwrap();
        // Of one branch of an `or` it is said too: then the whole can still hold.
        let said = problems.iter().map(|problem| &problem.mistake).any(|mistake| {
            let says = |what: &str| mistake.message.contains(what);
            let parts_exclude_each_other = !when.contains(" or ") && says("can never hold together");
            let is_of_when = mistake.pointer == "/rules/0/when";
            says("the rule can never match")
                || is_of_when && (says("the condition can never hold") || parts_exclude_each_other)
        });
        if said {
            for value in values() {
                prop_assert!(!matches(&playbook, &json!({ "x": value })), "{} unless {:?} on {}", when, unless, value);
            }
        }
    }
}
