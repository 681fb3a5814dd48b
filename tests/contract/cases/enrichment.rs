//! Fields written on devices and employees.

use serde_json::{Value, json};

use super::Case;
use crate::amendments::OperationName;
use crate::client::Client;

const FIELDS: OperationName = ("POST", "/api/v1/enrichment/data/fields");

fn object(name: &str, value: &str, fields: &[(&str, Value)]) -> Value {
    let fields: Vec<Value> = fields.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    json!({ "identification": [{ "name": name, "value": value }], "fields": fields })
}

/// A request to write what is given of the tenant's objects.
fn enrich(status: u16, what: &str, objects: fn(&Client) -> Vec<Value>) -> Case {
    Case::new(FIELDS, status, what, move |client| {
        client.post(FIELDS.1, &json!({ "domain": "service_desk", "enrichments": objects(client) }))
    })
}

fn good() -> Value {
    object("device/device/name", "AMARTIN-LT", &[("device/device/configuration_tag", json!("loan"))])
}

pub fn cases() -> Vec<Case> {
    vec![
        enrich(200, "fields of a device and of a user", |client| {
            let sid = client.employee("amartin").sid;
            let fields = [("user/user/ad/office", json!("3.14"))];
            vec![good(), object("user/user/sid", &sid, &fields)]
        }),
        enrich(200, "custom fields", |client| {
            let upn = client.employee("amartin").upn;
            let fields = [("user/user/#visits", json!(3)), ("user/user/organization/#site", json!("Lausanne"))];
            vec![object("user/user/upn", &upn, &fields)]
        }),
        enrich(200, "a date", |_| {
            vec![object(
                "device/device/name",
                "AMARTIN-LT",
                &[("device/device/virtualization/last_update", json!("2026-11-18"))],
            )]
        }),
        enrich(207, "one object that is not there", |_| {
            vec![
                good(),
                object("device/device/name", "NO-SUCH-DEVICE", &[("device/device/configuration_tag", json!("x"))]),
            ]
        }),
        enrich(207, "one wrong type and one wrong field", |_| {
            let fields = [("device/device/#a", json!(1.5)), ("device/device/serial", json!("x"))];
            vec![good(), object("device/device/name", "JCARTER-LT", &fields)]
        }),
        enrich(400, "only objects that are not there", |_| {
            vec![object("binary/binary/uid", "x", &[("binary/binary/#a", json!("x"))])]
        }),
        enrich(400, "no such identification", |_| {
            vec![good(), object("device/device/serial", "x", &[("device/device/#a", json!("x"))])]
        }),
        enrich(400, "nothing", |_| vec![]),
        Case::new(FIELDS, 400, "no domain", |client| client.post(FIELDS.1, &json!({ "enrichments": [good()] }))),
    ]
}
