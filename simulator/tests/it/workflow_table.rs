//! `workflow.executions`: what queries see of the workflows that were triggered.

use serde_json::{Value, json};

use crate::caller::{Caller, DAY, HOUR, MINUTE, caller};

/// Executes a workflow, and gives the request ID and the execution IDs.
fn execute(caller: &mut Caller, workflow: &str, devices: &[&str], users: &[&str]) -> (String, Vec<String>) {
    let devices: Vec<String> = devices.iter().map(|name| caller.collector_uid(name)).collect();
    let users: Vec<String> = users.iter().map(|name| caller.employee(name).sid).collect();
    let body = json!({ "workflowId": workflow, "devices": devices, "users": users });
    let (status, answer) = caller.post("/api/v1/workflows/execute", &body);
    assert_eq!(status, 200, "{answer}");
    let ids = answer["executionsUuids"].as_array().unwrap().iter();
    (answer["requestUuid"].as_str().unwrap().into(), ids.map(|id| id.as_str().unwrap().into()).collect())
}

#[test]
fn an_execution_has_its_fields_and_those_of_its_device_and_employee() {
    let mut caller = caller();
    let (request, ids) = execute(&mut caller, "repair_outlook_connection", &["AMARTIN-LT"], &[]);
    caller.advance(HOUR);
    let found = caller.query(
        "workflow.executions past 1d | list request_id, execution_id, request_time, time, status, status_details, \
         outcome, outcome_details, trigger_method, number_of_executions, workflow.name, workflow.nql_id, device.name, \
         device.collector.uid, user.name",
    );
    assert_eq!(
        found,
        [json!({
            "workflow.execution.request_id": request,
            "workflow.execution.execution_id": ids[0],
            "workflow.execution.request_time": "2026-11-18T09:00:00Z",
            "workflow.execution.time": "2026-11-18T09:01:02Z",
            "workflow.execution.status": "success",
            "workflow.execution.status_details": null,
            "workflow.execution.outcome": "action_taken",
            "workflow.execution.outcome_details": "Outlook is online again",
            "workflow.execution.trigger_method": "api",
            "workflow.execution.number_of_executions": 1,
            "workflow.name": "Repair Outlook connection",
            "workflow.nql_id": "#repair_outlook_connection",
            "device.name": "AMARTIN-LT",
            "device.collector.uid": caller.collector_uid("AMARTIN-LT"),
            // The workflow is for the device, whoever uses it.
            "user.name": null,
        })]
    );
}

#[test]
fn the_published_queries_about_workflows_give_rows() {
    let mut caller = caller();
    execute(&mut caller, "repair_outlook_connection", &["AMARTIN-LT", "JCARTER-LT"], &[]);
    execute(&mut caller, "announce_outage", &[], &[]);
    let recent = caller.query(
        "workflow.executions during past 7d |list request_id, request_time, workflow.name,device.name, status, \
         status_details |sort request_time desc",
    );
    assert_eq!(recent.len(), 3, "also that of no object");
    let mut of = |id: &str| {
        let query = format!("workflow.executions |where workflow.nql_id  == \"#{id}\" |list request_id, status");
        caller.query(&query).len()
    };
    assert_eq!((of("repair_outlook_connection"), of("announce_outage"), of("retire_device")), (2, 1, 0));
}

#[test]
fn the_executions_of_one_workflow_are_a_table_with_or_without_the_number_sign() {
    let mut caller = caller();
    execute(&mut caller, "repair_outlook_connection", &["AMARTIN-LT"], &[]);
    execute(&mut caller, "send_password_reset_link", &[], &["nberg"]);
    for id in ["send_password_reset_link", "#send_password_reset_link"] {
        let rows = caller.query(&format!("workflow.{id}.executions past 1h | list status, user.name, device.name"));
        let expected = json!({ "workflow.execution.status": "requested", "user.name": "nberg", "device.name": null });
        assert_eq!(rows, [expected], "{id}");
    }
    let (status, error) = {
        caller.tenant.set_query("#no_such", "workflow.#no_such.executions past 1h | list status").unwrap();
        caller.post("/api/v2/nql/execute", &json!({ "queryId": "#no_such" }))
    };
    assert!(status == 400 && error["message"].as_str().unwrap().contains("there is no table"), "{error}");
}

#[test]
fn devices_and_employees_have_the_executions_that_are_for_them() {
    let mut caller = caller();
    execute(&mut caller, "request_loan_device", &["AMARTIN-LT"], &["nberg"]);
    execute(&mut caller, "repair_outlook_connection", &["NBERG-LT"], &[]);
    let with = |caller: &mut Caller, objects: &str, name: &str| -> Vec<(String, i64)> {
        let query = format!("{objects} | with workflow.executions past 1d | compute n = count() | list name, n");
        let row = |row: &Value| (row[name].as_str().unwrap().to_owned(), row["n"].as_i64().unwrap());
        caller.query(&query).iter().map(row).collect()
    };
    assert_eq!(with(&mut caller, "devices", "device.name"), [("AMARTIN-LT".to_owned(), 1), ("NBERG-LT".to_owned(), 1)]);
    assert_eq!(with(&mut caller, "users", "user.name"), [("nberg".to_owned(), 1)]);
    let counted = caller.query(
        "workflow.executions past 1d \
         | summarize workflows = workflow.count(), devices = device.count(), users = user.count()",
    );
    assert_eq!(counted, [json!({ "workflows": 2, "devices": 2, "users": 1 })]);
}

#[test]
fn an_execution_counts_by_its_last_change_and_is_kept_for_a_month() {
    let mut caller = caller();
    execute(&mut caller, "free_disk_space_after_approval", &["JCARTER-LT"], &[]);
    let statuses = |caller: &mut Caller, past: &str| -> Vec<Value> {
        let rows = caller.query(&format!("workflow.executions past {past} | list status"));
        rows.iter().map(|row| row["workflow.execution.status"].clone()).collect()
    };
    assert_eq!(statuses(&mut caller, "1h"), ["requested"]);
    caller.advance(MINUTE);
    assert_eq!(statuses(&mut caller, "1h"), ["waiting_for_event"]);
    caller.advance(9 * HOUR);
    assert_eq!((statuses(&mut caller, "15min").len(), statuses(&mut caller, "24h")), (0, vec![json!("expired")]));
    caller.advance(31 * DAY);
    assert_eq!(statuses(&mut caller, "90d"), [] as [Value; 0]);
}
