//! Enrichment: what is written, and how an object that cannot be written is told of.

use nexthink_chatbot::nql::Value as Cell;
use serde_json::{Value, json};

use crate::caller::{Answer, Caller, caller};

fn object(name: &str, value: &str, fields: &[(&str, Value)]) -> Value {
    let fields: Vec<Value> = fields.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    json!({ "identification": [{ "name": name, "value": value }], "fields": fields })
}

fn enrich(caller: &mut Caller, enrichments: &[Value]) -> Answer {
    caller.post("/api/v1/enrichment/data/fields", &json!({ "domain": "service_desk", "enrichments": enrichments }))
}

#[test]
fn fields_are_written_on_devices_and_employees() {
    let mut caller = caller();
    let employee = caller.employee("amartin");
    let device = ("device/device/#Ticket", json!("INC-1"));
    let enrichments = [
        object("device/device/name", "AMARTIN-LT", &[device, ("device/device/virtualization/region", json!("eu"))]),
        object("user/user/upn", &employee.upn, &[("user/user/#visits", json!(3))]),
        object("user/user/sid", &employee.sid, &[("user/user/organization/#site", json!("Lausanne"))]),
    ];
    assert_eq!(enrich(&mut caller, &enrichments), (200, json!({ "status": "success" })));
    assert_eq!(caller.tenant.enriched_device_field("amartin-lt", "#ticket"), Some(&Cell::from("INC-1")));
    assert_eq!(caller.tenant.enriched_device_field("AMARTIN-LT", "virtualization.region"), Some(&Cell::from("eu")));
    assert_eq!(caller.tenant.enriched_employee_field("amartin", "#visits"), Some(&Cell::Number(3.0)));
    assert_eq!(caller.tenant.enriched_employee_field("amartin", "organization.#site"), Some(&Cell::from("Lausanne")));
    assert_eq!(caller.tenant.enriched_device_field("JCARTER-LT", "#ticket"), None);
    let again = object("device/device/name", "AMARTIN-LT", &[("device/device/#ticket", json!("INC-2"))]);
    assert_eq!(enrich(&mut caller, &[again]).0, 200);
    assert_eq!(caller.tenant.enriched_device_field("AMARTIN-LT", "#ticket"), Some(&Cell::from("INC-2")));
}

#[test]
fn an_object_with_an_error_spoils_itself_alone() {
    let mut caller = caller();
    let good = object("device/device/name", "AMARTIN-LT", &[("device/device/#a", json!("x"))]);
    let half = object(
        "device/device/name",
        "JCARTER-LT",
        &[("device/device/#a", json!("x")), ("device/device/#b", json!(true))],
    );
    let (status, answer) = enrich(&mut caller, &[good, half.clone()]);
    assert_eq!(status, 207);
    assert_eq!(answer["status"], "partial_success");
    assert_eq!(answer["errors"].as_array().map(Vec::len), Some(1));
    assert_eq!(answer["errors"][0]["identification"], half["identification"]);
    assert_eq!(answer["errors"][0]["errors"][0]["code"], "ENRICH_011");
    assert!(answer["errors"][0]["errors"][0]["message"].is_string());
    assert_eq!(caller.tenant.enriched_device_field("AMARTIN-LT", "#a"), Some(&Cell::from("x")));
    assert_eq!(caller.tenant.enriched_device_field("JCARTER-LT", "#a"), None);
}

#[test]
fn where_no_object_can_be_written_the_request_has_failed() {
    let mut caller = caller();
    let one = ("device/device/#a", json!("x"));
    for (name, value, field) in [
        ("device/device/name", "NO-SUCH-DEVICE", one.clone()),
        ("binary/binary/uid", "x", ("binary/binary/#a", json!("x"))),
        ("user/user/sid", "S-1-5-21-1", ("user/user/#a", json!("x"))),
        ("device/device/name", "AMARTIN-LT", ("user/user/#a", json!("x"))),
        ("device/device/name", "AMARTIN-LT", ("device/device/name", json!("x"))),
        ("device/device/name", "AMARTIN-LT", ("device/device/#", json!("x"))),
        ("device/device/name", "AMARTIN-LT", ("device/device/virtualization/colour", json!("x"))),
        ("device/device/name", "AMARTIN-LT", ("device/device/#a", json!(1.5))),
        ("device/device/name", "AMARTIN-LT", ("device/device/#a", Value::Null)),
        ("device/device/name", "AMARTIN-LT", ("device/device/#a", json!(["x"]))),
    ] {
        let (status, answer) = enrich(&mut caller, &[object(name, value, std::slice::from_ref(&field))]);
        assert_eq!((status, &answer["status"]), (400, &json!("error")), "{name} {field:?}");
        let error = &answer["errors"][0]["errors"][0];
        assert!(error["code"].as_str().unwrap().starts_with("ENRICH_") && error["message"].is_string(), "{answer}");
    }
    assert_eq!(caller.tenant.enriched_device_field("AMARTIN-LT", "#a"), None);
}

#[test]
fn a_body_that_breaks_a_rule_is_refused_with_one_code_and_message() {
    let mut caller = caller();
    let good = object("device/device/name", "AMARTIN-LT", &[("device/device/#a", json!("x"))]);
    let twice =
        json!({ "identification": [good["identification"][0], good["identification"][0]], "fields": good["fields"] });
    for body in [
        json!({ "enrichments": [good] }),
        json!({ "domain": "", "enrichments": [good] }),
        json!({ "domain": "d" }),
        json!({ "domain": "d", "enrichments": [] }),
        json!({ "domain": "d", "enrichments": vec![good.clone(); 10_001] }),
        json!({ "domain": "d", "enrichments": [twice] }),
        json!({ "domain": "d", "enrichments": [good, object("device/device/serial", "AMARTIN-LT", &[("device/device/#a", json!("x"))])] }),
        json!({ "domain": "d", "enrichments": [{ "identification": good["identification"] }] }),
        json!({ "domain": "d", "enrichments": [{ "identification": good["identification"], "fields": [] }] }),
        json!({ "domain": "d", "enrichments": [{ "identification": good["identification"], "fields": [{ "name": "device/device/#a" }] }] }),
        json!("text"),
    ] {
        let (status, error) = caller.post("/api/v1/enrichment/data/fields", &body);
        assert_eq!(status, 400);
        assert!(error["code"].is_string() && error["message"].is_string() && error.get("status").is_none(), "{error}");
    }
    assert_eq!(caller.tenant.enriched_device_field("AMARTIN-LT", "#a"), None);
}
