//! Workflows: started in both ways, listed, told of, and set going again by an event.

use nexthink_simulator::WireRequest;
use serde_json::{Value, json};

use super::Case;
use crate::amendments::OperationName;
use crate::client::{Client, MINUTE, with_field};

const V1: OperationName = ("POST", "/api/v1/workflows/execute");
const V2: OperationName = ("POST", "/api/v2/workflows/execute");
const LIST: OperationName = ("GET", "/api/v1/workflows");
const DETAILS: OperationName = ("GET", "/api/v1/workflows/details");
const TRIGGER: OperationName = ("POST", "/api/v1/workflows/workflows/{workflowUuid}/execution/{executionUuid}/trigger");

const OUTLOOK: &str = "repair_outlook_connection";
const WAITING: &str = "free_disk_space_after_approval";
const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

fn body(workflow: &str, devices: Value, users: Value) -> Value {
    json!({ "workflowId": workflow, "devices": devices, "users": users, "params": {} })
}

fn start(operation: OperationName, status: u16, what: &str, body: impl Fn(&Client) -> Value + 'static) -> Case {
    Case::new(operation, status, what, move |client| client.post(operation.1, &body(client)))
}

pub fn cases() -> Vec<Case> {
    [of_v1(), of_v2(), of_lists(), of_events()].into_iter().flatten().collect()
}

fn of_v1() -> Vec<Case> {
    let uid = |client: &Client| json!([client.collector_uid("AMARTIN-LT")]);
    let sid = |client: &Client| json!([client.employee("amartin").sid]);
    vec![
        start(V1, 200, "a device and a user", move |client| {
            let params = json!({ "device_type": "laptop", "reason": "The screen is broken" });
            let (devices, users) = (uid(client), sid(client));
            json!({ "workflowId": "request_loan_device", "devices": devices, "users": users, "params": params })
        }),
        start(V1, 200, "devices, and an empty list of users", move |client| {
            let uids = ["AMARTIN-LT", "JCARTER-LT"].map(|device| client.collector_uid(device));
            body(OUTLOOK, json!(uids), json!([]))
        }),
        start(V1, 200, "devices alone", move |client| json!({ "workflowId": OUTLOOK, "devices": uid(client) })),
        start(
            V1,
            200,
            "users alone",
            move |client| json!({ "workflowId": "send_password_reset_link", "users": sid(client) }),
        ),
        Case::new(V1, 200, "with a source", move |client| {
            with_field(client.post(V1.1, &body(OUTLOOK, uid(client), json!([]))), "Source", "chat")
        }),
        start(V1, 400, "neither", |_| json!({ "workflowId": OUTLOOK })),
        start(V1, 400, "no workflow", move |client| json!({ "devices": uid(client), "users": [] })),
        start(V1, 400, "no such workflow", move |client| body("no_such_workflow", uid(client), json!([]))),
        start(V1, 400, "one that is not active", move |client| body("retire_device", uid(client), json!([]))),
        start(V1, 400, "no such device", |_| body(OUTLOOK, json!([NOBODY]), json!([]))),
        start(V1, 400, "the name of a device", |_| body(OUTLOOK, json!(["AMARTIN-LT"]), json!([]))),
        start(
            V1,
            400,
            "a parameter that it has not",
            move |client| json!({ "workflowId": OUTLOOK, "devices": uid(client), "users": [], "params": { "colour": "red" } }),
        ),
        start(V1, 403, "one without API trigger", move |client| body("collect_support_logs", uid(client), json!([]))),
    ]
}

fn of_v2() -> Vec<Case> {
    let start = |status, what: &str, body: fn(&Client) -> Value| start(V2, status, what, body);
    vec![
        start(200, "a device by its name", |_| body(OUTLOOK, json!([{ "name": "AMARTIN-LT" }]), json!([]))),
        start(200, "a device by all identifiers", |client| {
            let uid = client.collector_uid("AMARTIN-LT");
            body(OUTLOOK, json!([{ "name": "AMARTIN-LT", "collectorUid": uid }]), json!([]))
        }),
        start(200, "a user", |client| {
            let employee = client.employee("amartin");
            body("send_password_reset_link", json!([]), json!([{ "upn": employee.upn, "sid": employee.sid }]))
        }),
        start(200, "nothing", |_| body("announce_outage", json!([]), json!([]))),
        start(400, "no identifier", |_| body(OUTLOOK, json!([{}]), json!([]))),
        start(400, "no such device", |_| body(OUTLOOK, json!([{ "name": "NO-SUCH-DEVICE" }]), json!([]))),
        start(400, "no list of users", |_| json!({ "workflowId": OUTLOOK, "devices": [{ "name": "AMARTIN-LT" }] })),
        start(403, "one without API trigger", |_| {
            body("collect_support_logs", json!([{ "name": "AMARTIN-LT" }]), json!([]))
        }),
    ]
}

fn of_lists() -> Vec<Case> {
    let get = |operation: OperationName, status, what: &str, query: &'static str| {
        Case::new(operation, status, what, move |client| client.get(&format!("{}{query}", operation.1)))
    };
    vec![
        get(LIST, 200, "with its filters", "?dependency=DEVICE&triggerMethod=API&fetchOnlyActiveWorkflows=true"),
        get(LIST, 200, "nothing found", "?dependency=USER&triggerMethod=SCHEDULER"),
        get(LIST, 200, "all of them", ""),
        get(LIST, 400, "a filter that is no word", "?dependency=device&triggerMethod=API"),
        get(LIST, 400, "a switch that is no word", "?dependency=USER&triggerMethod=API&fetchOnlyActiveWorkflows=yes"),
        get(DETAILS, 200, "one with parameters", "?nqlId=request_loan_device"),
        get(DETAILS, 200, "with a number sign", "?nqlId=%23announce_outage"),
        get(DETAILS, 400, "no such workflow", "?nqlId=no_such_workflow"),
        get(DETAILS, 400, "no workflow", ""),
    ]
}

fn of_events() -> Vec<Case> {
    let event = |status, what: &str, wait: i64, parameters: Value| {
        Case::new(TRIGGER, status, what, move |client| {
            let (execution, workflow) = (waiting(client, wait), uuid(client, WAITING));
            event_to(client, &workflow, &execution, &parameters)
        })
    };
    vec![
        event(200, "the event for which it waits", MINUTE, json!({ "approved": "yes" })),
        event(400, "too early", 0, json!({ "approved": "yes" })),
        event(400, "not what it waits for", MINUTE, json!({ "ok": "yes" })),
        event(400, "an empty value", MINUTE, json!({ "approved": "" })),
        Case::new(TRIGGER, 400, "no such execution", |client| event_of(client, NOBODY)),
        Case::new(TRIGGER, 400, "no UUID", |client| event_of(client, "x")),
        Case::new(TRIGGER, 400, "no such workflow", |client| {
            let execution = waiting(client, MINUTE);
            event_to(client, NOBODY, &execution, &json!({ "approved": "yes" }))
        }),
    ]
}

/// An execution that waits, or will.
fn waiting(client: &mut Client, wait: i64) -> String {
    let request = client.post(V2.1, &body(WAITING, json!([{ "name": "JCARTER-LT" }]), json!([])));
    let execution = client.json(&request)["executionsUuids"][0].as_str().unwrap().to_owned();
    client.tenant.advance(wait);
    execution
}

fn uuid(client: &mut Client, workflow: &str) -> String {
    let details = client.get(&format!("{}?nqlId={workflow}", DETAILS.1));
    client.json(&details)[0]["uuid"].as_str().unwrap().to_owned()
}

fn event_of(client: &mut Client, execution: &str) -> WireRequest {
    let workflow = uuid(client, WAITING);
    event_to(client, &workflow, execution, &json!({ "approved": "yes" }))
}

fn event_to(client: &Client, workflow: &str, execution: &str, parameters: &Value) -> WireRequest {
    let path = format!("/api/v1/workflows/workflows/{workflow}/execution/{execution}/trigger");
    client.post(&path, &json!({ "parameters": parameters }))
}
