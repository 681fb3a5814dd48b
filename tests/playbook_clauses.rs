//! What a rule of an administrator's own can say besides `when`: `unless`, how old facts may be, when it comes again; and
//! the rows that it can be asked about.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

use nexthink_chatbot::api::problem::NexthinkError;
use nexthink_chatbot::json::Json;
use nexthink_chatbot::playbook::{Clause, Evaluation, Finding, MissingReason, Playbook, Verdict};
use serde_json::{Value, json};

const ACTION: &str = "remote_action.get_x.execution";

fn playbook(rule: &Value) -> Playbook {
    let query = format!(
        "devices | where name == $device_name | list collector.uid, name, hardware.name, last_seen, load, days, \
         {ACTION}.outputs.State, {ACTION}.outputs.Names, {ACTION}.time, remote_action.get_y.execution.outputs.Other"
    );
    let collection = |id: &str| json!({ "remoteActionId": id, "title": id, "schedule": "hourly" });
    let file = json!({
        "id": "own", "version": "1", "title": { "en": "Own" },
        "query": { "id": "#own", "text": query }, "lists": ["Names"], "platforms": ["Windows"],
        "dataCollection": [collection("get_x"), collection("#get_y")],
        "remoteActions": { "fix": {
            "title": "Fix", "risk": "safe", "remoteActionId": "#the_fix", "parameters": { "Name": { "facts": ["Names"] } },
            "description": { "en": "closes {Names}", "de": "beendet {Names}" }
        } },
        "rules": [rule],
    });
    Playbook::compile(&file.to_string(), None).unwrap()
}

/// A rule with a reason and an advice, and what is added to it.
fn rule(added: &Value) -> Value {
    let mut rule = json!({ "id": "r", "reason": { "en": "because" }, "advice": { "en": "wait" } });
    rule.as_object_mut().unwrap().extend(added.as_object().unwrap().clone());
    rule
}

fn ask(playbook: &Playbook, input: &Value) -> Result<Evaluation, NexthinkError> {
    playbook.evaluate_row(Json::parse(input.to_string().as_bytes()).unwrap())
}

fn finding(playbook: &Playbook, input: &Value) -> Finding {
    ask(playbook, input).unwrap().findings.remove(0)
}

#[test]
fn unless_keeps_a_rule_from_matching_and_what_is_unknown_in_it_keeps_it_unknown() {
    let playbook = playbook(&rule(&json!({ "when": "load > 5", "unless": "days < 2" })));
    for (load, days, expected) in [
        (json!(9), json!(7), Verdict::Match),
        (json!(9), json!(1), Verdict::NoMatch),
        (json!(9), Value::Null, Verdict::Unknown),
        (json!(1), Value::Null, Verdict::NoMatch),
        (Value::Null, json!(7), Verdict::Unknown),
        (Value::Null, json!(1), Verdict::NoMatch),
    ] {
        let finding = finding(&playbook, &json!({ "row": { "load": load, "days": days } }));
        assert_eq!(finding.verdict, expected, "{load} {days}");
        let parts: Vec<_> = finding.because.iter().map(|part| (part.clause, part.condition.as_str())).collect();
        assert_eq!(parts, [(Clause::When, "load > 5"), (Clause::Unless, "days < 2")]);
    }
}

#[test]
fn a_rule_that_always_matches_has_exceptions_too_and_still_comes_last() {
    let playbook = playbook(&rule(&json!({ "always": true, "unless": "days < 2" })));
    for (days, expected) in [(json!(7), Verdict::Match), (json!(1), Verdict::NoMatch), (Value::Null, Verdict::Unknown)]
    {
        assert_eq!(finding(&playbook, &json!({ "row": { "days": days } })).verdict, expected, "{days}");
    }
}

#[test]
fn a_fact_that_is_too_old_or_of_unknown_age_is_unknown_to_the_rule() {
    let now = "2026-11-21T12:00:00Z";
    let of = |fact: &str, time: Option<&str>| {
        let mut freshness = json!({ "fact": fact, "maxAge": "2h" });
        time.map(|time| freshness.as_object_mut().unwrap().insert("time".into(), time.into()));
        playbook(&rule(&json!({ "when": format!("{fact} == \"bad\""), "freshness": [freshness] })))
    };
    let time = format!("{ACTION}.time");
    for (fact, time_column, input, expected) in [
        // The time that the query lists.
        ("State", None, json!({ "row": { "State": "bad", &time: "2026-11-21T10:00:00Z" }, "now": now }), Ok(())),
        (
            "State",
            None,
            json!({ "row": { "State": "bad", &time: "2026-11-21T09:59:59Z" }, "now": now }),
            Err(MissingReason::Stale),
        ),
        // A clock that is ahead.
        ("State", None, json!({ "row": { "State": "bad", &time: "2026-11-21T12:05:00Z" }, "now": now }), Ok(())),
        // Without one, that of the data collection.
        (
            "State",
            None,
            json!({ "row": { "State": "bad" }, "now": now, "collected": { "#get_x": "2026-11-21T11:00:00Z" } }),
            Ok(()),
        ),
        (
            "Other",
            None,
            json!({ "row": { "Other": "bad" }, "now": now, "collected": { "get_y": "2026-11-20T11:00:00Z" } }),
            Err(MissingReason::Stale),
        ),
        ("Other", None, json!({ "row": { "Other": "bad" }, "now": now }), Err(MissingReason::AgeUnknown)),
        (
            "State",
            None,
            json!({ "row": { "State": "bad", &time: "2026-11-21T10:00:00Z" } }),
            Err(MissingReason::AgeUnknown),
        ),
        (
            "State",
            None,
            json!({ "row": { "State": "bad", &time: "2026-11-21 10:00:00" }, "now": now }),
            Err(MissingReason::AgeUnknown),
        ),
        // A column of the query's own.
        (
            "load",
            Some("last_seen"),
            json!({ "row": { "load": "bad", "last_seen": "2026-11-21T11:59:00Z" }, "now": now }),
            Ok(()),
        ),
        (
            "load",
            Some("last_seen"),
            json!({ "row": { "load": "bad", "last_seen": "2026-11-01T11:59:00Z" }, "now": now }),
            Err(MissingReason::Stale),
        ),
        (
            "load",
            Some("last_seen"),
            json!({ "row": { "load": "bad", "last_seen": null }, "now": now }),
            Err(MissingReason::AgeUnknown),
        ),
        // What has no value is missing for that reason, however old it is not.
        (
            "State",
            None,
            json!({ "row": { "State": null, &time: "2026-11-01T10:00:00Z" }, "now": now }),
            Err(MissingReason::NotCollected),
        ),
    ] {
        let finding = finding(&of(fact, time_column), &input);
        let told = finding.missing.first().map_or(Ok(()), |missing| Err(missing.reason));
        assert_eq!(told, expected, "{fact} {input}");
        assert_eq!(finding.verdict, if expected.is_ok() { Verdict::Match } else { Verdict::Unknown }, "{fact} {input}");
    }
}

#[test]
fn a_stale_fact_shows_its_age_and_what_would_supply_it_and_is_not_taken_for_missing() {
    let freshness = json!([{ "fact": "State", "maxAge": "2h" }]);
    for when in ["State == \"bad\"", "State == null", "State != null", "State in [\"bad\", null]"] {
        let playbook = playbook(&rule(&json!({ "when": when, "freshness": freshness })));
        let row = json!({ "State": "bad", format!("{ACTION}.time"): "2026-11-21T09:00:00Z" });
        let finding = finding(&playbook, &json!({ "row": row, "now": "2026-11-21T12:00:00Z" }));
        assert_eq!(finding.verdict, Verdict::Unknown, "{when}");
        let (part, missing) = (&finding.because[0], &finding.missing[0]);
        assert_eq!((part.values[0].age_ms, &part.values[0].value), (Some(10_800_000.0), &Json::Null), "{when}");
        assert_eq!(missing.supplied_by.as_ref().unwrap().title, "get_x", "{when}");
    }
}

#[test]
fn whether_there_is_a_value_is_not_told_where_the_tenant_returns_no_such_column() {
    let playbook = playbook(&rule(&json!({ "when": "load == null" })));
    for (row, expected) in [
        (json!({ "load": null }), Verdict::Match),
        (json!({ "load": "-" }), Verdict::Match),
        (json!({ "load": 1 }), Verdict::NoMatch),
        (json!({}), Verdict::Unknown),
    ] {
        assert_eq!(finding(&playbook, &json!({ "row": row })).verdict, expected, "{row}");
    }
}

#[test]
fn an_advice_shows_values_and_a_recommendation_tells_when_it_comes_again() {
    let advised = playbook(&rule(&json!({
        "when": "load > 5", "cooldown": "12h",
        "reason": { "en": "load {load}", "de": "Last {load}" }, "advice": { "en": "close {Names}", "de": "{Names} beenden" },
    })));
    let row = json!({ "load": "7.25", "Names": "[\"Teams\",\"Zoom\"]" });
    let evaluation = ask(&advised, &json!({ "row": row, "locale": "de-AT" })).unwrap();
    let recommended = &evaluation.recommendations[0];
    assert_eq!((recommended.title.as_str(), recommended.cooldown_ms), ("Teams, Zoom beenden", Some(43_200_000.0)));
    assert_eq!(evaluation.findings[0].reason.as_deref(), Some("Last 7,3"));
    assert_eq!(ask(&advised, &json!({ "row": row })).unwrap().recommendations[0].title, "close Teams, Zoom");

    let mut fixing = rule(&json!({ "when": "load > 5", "remoteAction": "fix" }));
    fixing.as_object_mut().unwrap().remove("advice");
    let fixed = playbook(&fixing);
    let describes = |input: &Value| ask(&fixed, input).unwrap().recommendations[0].description.clone().unwrap();
    assert_eq!(describes(&json!({ "row": row })), "closes Teams, Zoom");
    assert_eq!(describes(&json!({ "row": row, "locale": "de" })), "beendet Teams, Zoom");
    assert_eq!(recommended.description, None);
    let id = |input: &Value| ask(&fixed, input).unwrap().recommendations[0].remote_action_id.clone().unwrap();
    assert_eq!(id(&json!({ "row": row })), "#the_fix");
    assert_eq!(id(&json!({ "row": row, "remoteActionIds": { "fix": "#ours" } })), "#ours");
}

#[test]
fn a_script_is_given_what_was_measured_to_the_letter() {
    let playbook = playbook(&json!({
        "id": "r", "always": true, "reason": { "en": "{Names}" }, "remoteAction": "fix"
    }));
    for (names, expected) in [
        (json!(["16.25", 0.356, "007", " a ", true]), "16.25,0.356,007, a ,true"),
        (json!(["Zoom", null]), "Zoom"),
        (json!("16.25"), "16.25"),
        (json!([5_368_709_120_u64, 41.333_333_333_333_336, -2]), "5368709120,41.333333,-2"),
    ] {
        let evaluation = ask(&playbook, &json!({ "row": { "Names": names } })).unwrap();
        assert_eq!(evaluation.recommendations[0].params.as_ref().unwrap().get("Name").unwrap(), expected, "{names}");
    }
}

#[test]
fn a_row_comes_in_every_shape_of_an_answer() {
    let playbook = playbook(&rule(&json!({ "when": "load > 5 and State == \"bad\"" })));
    let state = format!("{ACTION}.outputs.State");
    for row in [
        json!({ "load": 7, "State": "bad" }),
        json!({ "device.load": "7", &state: "bad", "device.gone": 1 }),
        json!({ "DEVICE.LOAD": 7, "state": "BAD" }),
        json!({ "headers": ["device.load", state], "data": [[7, "bad"]] }),
        json!({ "data": [{ "device.load": 7, &state: "bad" }] }),
        json!({ "queryId": "#own", "rows": 1, "headers": null, "data": [{ "load": 7, "State": "bad" }] }),
        // A name that is exactly a column's goes before one that only means it.
        json!({ "device.load": 7, "load": 1, "State": "bad" }),
    ] {
        assert_eq!(finding(&playbook, &json!({ "row": row })).verdict, Verdict::Match, "{row}");
    }
    let not_applicable = ask(&playbook, &json!({ "row": {}, "platform": "macOS" })).unwrap();
    assert_eq!(not_applicable, Evaluation::not_applicable());
}

#[test]
fn what_is_not_one_row_is_refused_with_what_to_do() {
    let playbook = playbook(&rule(&json!({ "when": "load > 5" })));
    for (input, message) in [
        (json!({ "row": [1] }), "this is not one row"),
        (json!({ "row": { "data": [] } }), "this is not one row"),
        (json!({ "row": { "data": [{ "load": 1 }, { "load": 2 }] } }), "this is not one row"),
        (json!({ "row": { "headers": ["load"], "data": [[1, 2]] } }), "this is not one row"),
        (json!({ "row": { "headers": [1], "data": [[1]] } }), "this is not one row"),
        (json!({ "row": { "load": 1, "LOAD": 2 } }), "`LOAD` and `load` are the same column"),
        (json!({ "row": { "name": "x" } }), "`name` means more than one column of the query"),
        (json!({}), "the input of `evaluate`: `row` is missing"),
        (json!({ "row": {}, "when": "now" }), "the input of `evaluate`: `when` is not known here"),
        (
            json!({ "row": {}, "now": "today" }),
            "the input of `evaluate`: `now` is not a time such as 2026-01-31T08:00:00Z",
        ),
    ] {
        let error = ask(&playbook, &input).unwrap_err();
        assert_eq!(error.message, message, "{input}");
        assert!(!error.hint.is_empty(), "{input}");
    }
}
