//! What other systems wrote by enrichment, as queries see it.

use serde_json::{Value, json};

use crate::caller::{Caller, caller};

fn write(caller: &mut Caller, identification: &str, value: &str, fields: &[(&str, Value)]) {
    let fields: Vec<Value> = fields.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let object = json!({ "identification": [{ "name": identification, "value": value }], "fields": fields });
    let body = json!({ "domain": "service_desk", "enrichments": [object] });
    let (status, answer) = caller.post("/api/v1/enrichment/data/fields", &body);
    assert_eq!(status, 200, "{answer}");
}

#[test]
fn custom_fields_are_seen_on_their_object_and_on_its_events() {
    let mut caller = caller();
    let device = [("device/device/#Cost_Center", json!("Z-7")), ("device/device/#desk", json!(12))];
    write(&mut caller, "device/device/name", "NBERG-LT", &device);
    let upn = caller.employee("nberg").upn;
    write(&mut caller, "user/user/upn", &upn, &[("user/user/organization/#site", json!("Lausanne"))]);
    let devices = caller.query("devices | where device.#cost_center == \"z-7\" and #desk > 10 | list name, #desk");
    assert_eq!(devices, [json!({ "device.name": "NBERG-LT", "device.#desk": 12 })]);
    let boots =
        caller.query("device_performance.boots past 30d | where device.#cost_center != null | list device.name");
    assert!(boots.len() > 3 && boots.iter().all(|row| row["device.name"] == "NBERG-LT"));
    let sessions =
        caller.query("session.events past 1h | where user.organization.#site == \"Lausanne\" | list user.name");
    assert_eq!(sessions, [json!({ "user.name": "nberg" })]);
}

#[test]
fn what_nobody_wrote_is_null_and_no_mistake() {
    let mut caller = caller();
    let row = caller.query(
        "devices | where name == \"NBERG-LT\" | list #anything, device.#else, virtualization.region, \
         configuration_tag, device.organization.#unit",
    );
    assert!(row[0].as_object().unwrap().values().all(Value::is_null), "{row:?}");
    assert_eq!(caller.query("users | where user.#badge != null | list name"), [] as [Value; 0]);
    assert_eq!(
        caller.query("packages | where package.version == package.#required_version | list name"),
        [] as [Value; 0]
    );
    for query in ["devices | list anything", "devices | list virtualization.colour", "users | list ad.colour"] {
        caller.tenant.set_query("#test", query).unwrap();
        assert_eq!(caller.post("/api/v2/nql/execute", &json!({ "queryId": "#test" })).0, 400, "{query}");
    }
}

#[test]
fn what_is_written_hides_what_the_fleet_says_itself_on_that_object_alone() {
    let mut caller = caller();
    let upn = caller.employee("nberg").upn;
    let query = "users | where name in [\"nberg\", \"amartin\"] | list name, ad.department, ad.city | sort name asc";
    let before = caller.query(query);
    write(
        &mut caller,
        "user/user/upn",
        &upn,
        &[("user/user/ad/department", json!("Research")), ("user/user/ad/city", json!("Bern"))],
    );
    let after = caller.query(query);
    assert_eq!(after[0], before[0]);
    assert_eq!(after[1], json!({ "user.name": "nberg", "user.ad.department": "Research", "user.ad.city": "Bern" }));
    assert!(before[1]["user.ad.department"].is_string() && before[1]["user.ad.city"].is_null());
}
