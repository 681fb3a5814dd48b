//! The validator is itself held to examples: each keyword, with a value that fits and values that do not.

use serde_json::{Value, json};

use crate::schema::check;

fn violations(document: &Value, value: &Value) -> Vec<String> {
    check(document, &document["schema"], value, "").violations
}

#[test]
fn each_keyword_accepts_what_it_allows_and_refuses_the_rest() {
    let uuid = "7fbd96a7-b717-43a7-8973-9c6adbca3a56";
    for (schema, good, bad) in [
        (json!({ "type": "string" }), vec![json!(""), json!("x")], vec![json!(1), json!(null), json!([]), json!({})]),
        (json!({ "type": "integer" }), vec![json!(-1), json!(0)], vec![json!(1.5), json!("1"), json!(true)]),
        (json!({ "type": "number" }), vec![json!(1), json!(1.5)], vec![json!("1")]),
        (json!({ "type": "boolean" }), vec![json!(false)], vec![json!("false"), json!(0)]),
        (json!({ "type": "array" }), vec![json!([])], vec![json!({}), json!(null)]),
        (json!({ "type": "object" }), vec![json!({}), json!({ "any": 1 })], vec![json!([]), json!(null)]),
        (json!({ "type": "string", "nullable": true, "enum": ["a"] }), vec![json!("a"), json!(null)], vec![json!("b")]),
        (json!({ "type": "string", "nullable": false }), vec![json!("a")], vec![json!(null)]),
        (json!({ "enum": ["a", 1] }), vec![json!("a"), json!(1)], vec![json!("A"), json!("1")]),
        (json!({ "minLength": 1, "maxLength": 2 }), vec![json!("é"), json!("éé")], vec![json!(""), json!("ééé")]),
        (json!({ "minItems": 1, "maxItems": 2 }), vec![json!([1]), json!([1, 2])], vec![json!([]), json!([1, 2, 3])]),
        (json!({ "minimum": 60, "maximum": 61 }), vec![json!(60), json!(61)], vec![json!(59), json!(61.5)]),
        (json!({ "minimum": 1, "maximum": 1 }), vec![json!([5])], vec![json!([]), json!([5, 5])]),
        (json!({ "type": "object", "maxItems": 1 }), vec![json!({ "a": 1 })], vec![json!({ "a": 1, "b": 2 })]),
        (
            json!({ "pattern": "^S(-\\d+){2,10}$|^0$" }),
            vec![json!("0"), json!("S-1-5")],
            vec![json!("S-1"), json!("00")],
        ),
        (json!({ "format": "uuid" }), vec![json!(uuid)], vec![json!("x"), json!(format!("{uuid}0"))]),
        (json!({ "format": "date" }), vec![json!("2026-11-18")], vec![json!("2026-13-18"), json!("18.11.2026")]),
        (
            json!({ "format": "date-time" }),
            vec![json!("2026-11-18T09:00:00Z"), json!("2026-11-18T09:00:00.5+01:00")],
            vec![json!("2026-11-18 09:00:00"), json!("2026-11-18T09:00:00"), json!("2026-11-18T24:00:00Z")],
        ),
        (json!({ "format": "int32" }), vec![json!(2_147_483_647)], vec![json!(2_147_483_648_i64)]),
        (json!({ "items": { "type": "string" } }), vec![json!([]), json!(["a"])], vec![json!(["a", 1])]),
        (
            json!({ "required": ["a"], "properties": { "a": { "type": "string" }, "b": {} } }),
            vec![json!({ "a": "x" }), json!({ "a": "x", "b": null })],
            vec![json!({}), json!({ "a": 1 }), json!({ "b": "x" }), json!({ "a": "x", "c": 1 })],
        ),
        (
            json!({ "additionalProperties": { "type": "string" } }),
            vec![json!({}), json!({ "a": "x" })],
            vec![json!({ "a": 1 }), json!({ "a": null })],
        ),
        (json!({ "additionalProperties": false }), vec![json!({})], vec![json!({ "a": 1 })]),
        (
            json!({ "allOf": [{ "properties": { "a": {} } }, { "properties": { "b": { "type": "string" } } }] }),
            vec![json!({ "a": 1, "b": "x" })],
            vec![json!({ "b": 1 }), json!({ "c": 1 })],
        ),
        (
            json!({ "anyOf": [{ "properties": { "a": {} } }, { "properties": { "b": { "type": "string" } } }] }),
            vec![json!({ "a": 1 }), json!({ "b": "x" }), json!({})],
            vec![json!({ "a": 1, "b": "x" }), json!({ "b": 1 })],
        ),
        (
            json!({ "oneOf": [{ "type": "string" }, { "type": "string", "minLength": 2 }, { "type": "integer" }] }),
            vec![json!("x"), json!(1)],
            vec![json!("xx"), json!(true)],
        ),
    ] {
        let document = json!({ "schema": schema });
        for value in good {
            assert_eq!(violations(&document, &value), [""; 0], "{schema} {value}");
        }
        for value in bad {
            assert_ne!(violations(&document, &value), [""; 0], "{schema} {value}");
        }
    }
}

#[test]
fn a_reference_and_a_discriminator_lead_to_the_schema_that_they_name() {
    let document = json!({
        "schema": {
            "required": ["type"],
            "properties": { "type": { "type": "string" } },
            "discriminator": { "propertyName": "type", "mapping": { "A": "#/a", "B": "#/b" } },
            "oneOf": [{ "$ref": "#/a" }, { "$ref": "#/b" }],
        },
        "a": { "required": ["x"], "properties": { "x": { "type": "string" } } },
        "b": { "required": ["y"], "properties": { "y": { "type": "string" } } },
    });
    assert_eq!(violations(&document, &json!({ "type": "A", "x": "1" })), [""; 0]);
    for value in [json!({ "type": "A", "y": "1" }), json!({ "type": "C", "x": "1" }), json!({ "x": "1" })] {
        assert_ne!(violations(&document, &value), [""; 0], "{value}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let document = json!({ "schema": { "properties": { "a": { "items": { "required": ["b"] } } } } });
    assert_eq!(violations(&document, &json!({ "a": [{ "b": 1 }, {}] })), ["/a/1/b: is missing"]);
}

#[test]
fn an_amendment_is_taken_only_where_the_document_says_no() {
    let document = json!({ "schema": { "x-either": {
        "document": { "type": "object" }, "also": { "type": "string" }, "amendment": "cells",
    } } });
    for (value, violations, amendments) in [(json!({}), 0, 0), (json!("x"), 0, 1), (json!(1), 2, 0)] {
        let findings = check(&document, &document["schema"], &value, "");
        assert_eq!((findings.violations.len(), findings.amendments.len()), (violations, amendments), "{value}");
    }
    let document = json!({ "schema": {
        "required": ["a", "b"],
        "properties": { "a": { "type": "string" }, "b": { "type": "string" } },
        "x-may-lack": { "a": "lacks" },
        "x-may-be-null": { "b": "null" },
    } });
    let findings = check(&document, &document["schema"], &json!({ "b": null }), "");
    assert_eq!(findings.violations, [""; 0]);
    assert_eq!(findings.amendments.into_iter().collect::<Vec<_>>(), ["lacks", "null"]);
    for value in [json!({ "a": null, "b": "x" }), json!({ "a": "x" })] {
        assert_ne!(violations(&document, &value), [""; 0], "{value}");
    }
}

#[test]
#[should_panic(expected = "uniqueItems is not supported")]
fn a_keyword_that_is_not_understood_is_not_passed_over() {
    check(&json!({}), &json!({ "uniqueItems": true }), &json!([]), "");
}
