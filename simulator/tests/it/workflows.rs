//! Workflows: what is accepted, what is refused, and what becomes of one.

use serde_json::{Value, json};

use crate::caller::{Answer, Caller, DAY, HOUR, MINUTE, SECOND, caller};

const V1: &str = "/api/v1/workflows/execute";
const V2: &str = "/api/v2/workflows/execute";

fn body(workflow: &str, devices: Value, users: Value) -> Value {
    json!({ "workflowId": workflow, "devices": devices, "users": users, "params": {} })
}

/// Starts a workflow on a device, and gives the execution ID.
fn start(caller: &mut Caller, workflow: &str, device: &str) -> String {
    let (status, answer) = caller.post(V2, &body(workflow, json!([{ "name": device }]), json!([])));
    assert_eq!(status, 200, "{answer}");
    answer["executionsUuids"][0].as_str().unwrap().to_owned()
}

fn execution(caller: &Caller, id: &str) -> Value {
    serde_json::from_str(&caller.tenant.workflow_execution(id).unwrap()).unwrap()
}

fn status(caller: &Caller, id: &str) -> String {
    execution(caller, id)["status"].as_str().unwrap().to_owned()
}

/// Sends the event for which an execution waits.
fn send_event(caller: &mut Caller, workflow: &str, execution: &str, parameters: Value) -> Answer {
    let details = caller.get(&format!("/api/v1/workflows/details?nqlId={workflow}")).1;
    let workflow = details[0]["uuid"].as_str().unwrap();
    let path = format!("/api/v1/workflows/workflows/{workflow}/execution/{execution}/trigger");
    caller.post(&path, &json!({ "parameters": parameters }))
}

#[test]
fn a_workflow_on_a_device_goes_through_its_stages_and_changes_the_device() {
    let mut caller = caller();
    let id = start(&mut caller, "#repair_outlook_connection", "AMARTIN-LT");
    assert_eq!(status(&caller, &id), "requested");
    caller.tenant.advance(3 * SECOND);
    assert_eq!(status(&caller, &id), "in_progress");
    assert_eq!(caller.device("AMARTIN-LT")["isOnline"], "No");
    caller.tenant.advance(MINUTE);
    let ended = execution(&caller, &id);
    assert_eq!((&ended["status"], &ended["outcome"]), (&json!("success"), &json!("action_taken")));
    assert_eq!(ended["outcomeDetails"], "Outlook is online again");
    assert_eq!((&ended["device"], &ended["employee"]), (&json!("AMARTIN-LT"), &Value::Null));
    assert_eq!(
        (&ended["requestTime"], &ended["time"]),
        (&json!("2026-11-18T09:00:00Z"), &json!("2026-11-18T09:01:02Z"))
    );
    assert_eq!(caller.device("AMARTIN-LT")["isOnline"], "Yes");
    let again = start(&mut caller, "repair_outlook_connection", "AMARTIN-LT");
    caller.advance(HOUR);
    assert_eq!(execution(&caller, &again)["outcome"], "no_action_needed");
}

#[test]
fn a_script_that_fails_on_the_device_fails_the_workflow() {
    let mut caller = caller();
    let id = start(&mut caller, "repair_outlook_connection", "TMOREAU-LT");
    caller.tenant.set("TMOREAU-LT", r#"{"isOnline":"No"}"#).unwrap();
    caller.advance(HOUR);
    let ended = execution(&caller, &id);
    assert_eq!((&ended["status"], &ended["outcome"]), (&json!("failure"), &Value::Null));
    assert!(ended["statusDetails"].as_str().unwrap().starts_with("[Environment error]"));
    assert_eq!(caller.device("TMOREAU-LT")["isOnline"], "No");
}

#[test]
fn a_workflow_waits_for_an_offline_device_and_expires_when_it_stays_away() {
    let mut caller = caller();
    let waits = start(&mut caller, "repair_outlook_connection", "STANAKA-LT");
    caller.advance(2 * HOUR);
    assert_eq!(status(&caller, &waits), "in_progress");
    caller.tenant.set("STANAKA-LT", r#"{"online":true}"#).unwrap();
    caller.advance(MINUTE);
    assert_eq!(status(&caller, &waits), "success");
    caller.tenant.set("STANAKA-LT", r#"{"online":false}"#).unwrap();
    let expires = start(&mut caller, "repair_outlook_connection", "STANAKA-LT");
    caller.advance(DAY + 5 * MINUTE);
    assert_eq!(status(&caller, &expires), "expired");
}

#[test]
fn a_workflow_that_waits_goes_on_when_the_event_comes() {
    let mut caller = caller();
    let workflow = "free_disk_space_after_approval";
    let free = |caller: &Caller| caller.device("JCARTER-LT")["freeSpace"].as_f64().unwrap();
    let before = free(&caller);
    let id = start(&mut caller, workflow, "JCARTER-LT");
    let request_id = execution(&caller, &id)["requestId"].clone();
    assert_eq!(send_event(&mut caller, workflow, &id, json!({ "approved": "yes" })).0, 400, "it does not wait yet");
    caller.advance(HOUR);
    assert_eq!(status(&caller, &id), "waiting_for_event");
    for parameters in [json!({}), json!({ "approved": "" }), json!({ "approved": true }), json!({ "ok": "yes" })] {
        let (status, error) = send_event(&mut caller, workflow, &id, parameters);
        assert!(status == 400 && error["code"].is_string() && error["details"].is_string(), "{error}");
    }
    assert!(free(&caller) == before);
    let (answered, triggered) = send_event(&mut caller, workflow, &id, json!({ "approved": "yes" }));
    assert_eq!((answered, triggered), (200, json!([{ "requestUuid": request_id }])));
    assert_eq!(status(&caller, &id), "in_progress");
    caller.advance(MINUTE);
    assert_eq!(execution(&caller, &id)["outcome"], "action_taken");
    assert!(free(&caller) > before);
    assert_eq!(send_event(&mut caller, workflow, &id, json!({ "approved": "yes" })).0, 400, "once is enough");
}

#[test]
fn what_is_not_approved_is_not_done_and_what_nobody_answers_expires() {
    let mut caller = caller();
    let workflow = "free_disk_space_after_approval";
    let before = caller.device("JCARTER-LT")["freeSpace"].clone();
    let (declined, forgotten) =
        (start(&mut caller, workflow, "JCARTER-LT"), start(&mut caller, workflow, "JCARTER-LT"));
    caller.advance(MINUTE);
    assert_eq!(send_event(&mut caller, workflow, &declined, json!({ "approved": "no" })).0, 200);
    caller.advance(7 * HOUR);
    assert_eq!(execution(&caller, &declined)["outcome"], "declined");
    assert_eq!(status(&caller, &forgotten), "waiting_for_event");
    caller.advance(2 * HOUR);
    assert_eq!(status(&caller, &forgotten), "expired");
    assert_eq!(caller.device("JCARTER-LT")["freeSpace"], before);
}

#[test]
fn an_event_for_nothing_that_waits_is_refused() {
    let mut caller = caller();
    let id = start(&mut caller, "free_disk_space_after_approval", "JCARTER-LT");
    caller.advance(MINUTE);
    let nobody = "00000000-0000-4000-8000-000000000000";
    for (workflow, execution) in
        [("free_disk_space_after_approval", nobody), ("repair_outlook_connection", id.as_str())]
    {
        let (status, error) = send_event(&mut caller, workflow, execution, json!({ "approved": "yes" }));
        assert_eq!((status, &error["code"]), (400, &json!("unknown_execution")), "{error}");
    }
    for path in [format!("{nobody}/execution/{id}"), format!("x/execution/{id}")] {
        let path = format!("/api/v1/workflows/workflows/{path}/trigger");
        let (status, error) = caller.post(&path, &json!({}));
        assert!(status == 400 && error["details"].is_string(), "{error}");
    }
}

#[test]
fn each_object_has_an_execution_and_an_object_that_is_named_twice_has_one() {
    let mut caller = caller();
    let uids = ["AMARTIN-LT", "JCARTER-LT"].map(|device| caller.collector_uid(device));
    let (status, answer) =
        caller.post(V1, &body("repair_outlook_connection", json!([uids[0], uids[1], uids[0]]), json!([])));
    assert_eq!((status, answer["executionsUuids"].as_array().map(Vec::len)), (200, Some(2)), "{answer}");
    let sid = caller.employee("amartin").sid;
    let without_devices = json!({ "workflowId": "send_password_reset_link", "users": [sid] });
    let (status, answer) = caller.post(V1, &without_devices);
    assert_eq!((status, answer["executionsUuids"].as_array().map(Vec::len)), (200, Some(1)), "{answer}");
    let id = answer["executionsUuids"][0].as_str().unwrap();
    assert_eq!(execution(&caller, id)["employee"], "amartin");
    assert_eq!(execution(&caller, id)["requestId"], answer["requestUuid"]);
}

#[test]
fn a_workflow_for_both_runs_once_for_each_pair() {
    let mut caller = caller();
    let users: Vec<Value> = ["amartin", "jcarter"].map(|name| json!({ "upn": caller.employee(name).upn })).into();
    let devices = json!([{ "name": "amartin-lt" }, { "collectorUid": caller.collector_uid("JCARTER-LT") }]);
    let mut wanted = body("request_loan_device", devices, json!(users));
    wanted["params"] = json!({ "device_type": "laptop", "reason": "The screen is broken" });
    let (status, answer) = caller.post(V2, &wanted);
    assert_eq!(status, 200, "{answer}");
    caller.advance(MINUTE);
    let pairs: Vec<Value> = answer["executionsUuids"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| execution(&caller, id.as_str().unwrap()))
        .map(|one| json!([one["device"], one["employee"], one["outcomeDetails"]]))
        .collect();
    assert_eq!(
        json!(pairs),
        json!([["AMARTIN-LT", "amartin", "A laptop was ordered"], ["JCARTER-LT", "jcarter", "A laptop was ordered"]])
    );
}

#[test]
fn a_workflow_for_nothing_runs_once() {
    let mut caller = caller();
    let (status, answer) = caller.post(V2, &body("announce_outage", json!([]), json!([])));
    assert_eq!((status, answer["executionsUuids"].as_array().map(Vec::len)), (200, Some(1)), "{answer}");
}

#[test]
fn v2_finds_objects_by_any_of_their_identifiers() {
    let mut caller = caller();
    let employee = caller.employee("amartin");
    let uid = caller.collector_uid("AMARTIN-LT");
    for device in [
        json!({ "name": "AMARTIN-LT" }),
        json!({ "collectorUid": uid }),
        json!({ "name": "AMARTIN-LT", "collectorUid": uid }),
    ] {
        assert_eq!(caller.post(V2, &body("repair_outlook_connection", json!([device]), json!([]))).0, 200, "{device}");
    }
    for user in [
        json!({ "upn": employee.upn }),
        json!({ "sid": employee.sid }),
        json!({ "upn": employee.upn, "sid": employee.sid }),
    ] {
        assert_eq!(caller.post(V2, &body("send_password_reset_link", json!([]), json!([user]))).0, 200, "{user}");
    }
}

#[test]
fn what_breaks_a_rule_is_refused_in_the_shape_of_this_api() {
    let mut caller = caller();
    let uid = caller.collector_uid("AMARTIN-LT");
    let sid = caller.employee("amartin").sid;
    let nobody = "00000000-0000-4000-8000-000000000000";
    let outlook = "repair_outlook_connection";
    let with_params = |params: Value| {
        let mut wanted = body("request_loan_device", json!([uid]), json!([sid]));
        wanted["params"] = params;
        wanted
    };
    for (path, status, wanted) in [
        (V1, 400, json!([])),
        (V1, 400, json!({ "devices": [uid], "users": [] })),
        (V1, 400, json!({ "workflowId": outlook })),
        (V1, 400, json!({ "workflowId": "announce_outage" })),
        (V1, 400, json!({ "workflowId": 5, "devices": [uid] })),
        (V1, 400, body("no_such_workflow", json!([uid]), json!([]))),
        (V1, 400, body("retire_device", json!([uid]), json!([]))),
        (V1, 403, body("collect_support_logs", json!([uid]), json!([]))),
        (V1, 400, body(outlook, json!([]), json!([]))),
        (V1, 400, body(outlook, json!([]), json!([sid]))),
        (V1, 400, body(outlook, json!([uid]), json!([sid]))),
        (V1, 400, body(outlook, json!(["AMARTIN-LT"]), json!([]))),
        (V1, 400, body(outlook, json!([nobody]), json!([]))),
        (V1, 400, body(outlook, json!(vec![uid.as_str(); 10_001]), json!([]))),
        (V1, 400, body("send_password_reset_link", json!([]), json!(["amartin"]))),
        (V1, 400, body("send_password_reset_link", json!([]), json!(["S-1-5-21-1"]))),
        (V1, 400, body("request_loan_device", json!([uid]), json!([sid, sid]))),
        (V1, 400, with_params(json!({ "device_type": "phone" }))),
        (V1, 400, with_params(json!({ "colour": "red" }))),
        (V1, 400, with_params(json!({ "reason": null }))),
        (V1, 200, with_params(json!({ "device_type": "desktop" }))),
        (V2, 400, json!({ "workflowId": outlook, "devices": [{ "collectorUid": uid }] })),
        (V2, 400, body(outlook, json!([uid]), json!([]))),
        (V2, 400, body(outlook, json!([{}]), json!([]))),
        (V2, 400, body(outlook, json!([{ "serial": "x" }]), json!([]))),
        (V2, 400, body(outlook, json!([{ "collectorUid": "x" }]), json!([]))),
        (V2, 400, body(outlook, json!([{ "name": "NO-SUCH-DEVICE" }]), json!([]))),
        (V2, 400, body(outlook, json!([{ "name": "AMARTIN-LT", "collectorUid": nobody }]), json!([]))),
        (V2, 400, body("send_password_reset_link", json!([]), json!([{ "upn": "amartin" }]))),
    ] {
        let (answered, answer) = caller.post(path, &wanted);
        assert_eq!(answered, status, "{path} {} {answer}", wanted.to_string().chars().take(200).collect::<String>());
        assert_eq!(status == 200, answer["code"].is_null() && answer["details"].is_null(), "{answer}");
    }
}
