//! The columns of the table: every operation, what it is called with, and how one sees in the tenant that it happened.

use std::cell::RefCell;
use std::rc::Rc;

use nexthink_chatbot::api::http::Method;
use nexthink_chatbot::api::problem::NexthinkError;
use nexthink_chatbot::api::uncovered;
use nexthink_chatbot::client::{Client, Host};
use nexthink_chatbot::json::{Json, Read, Write};
use nexthink_simulator::{Options, SimulatedHost, SimulatedTenant, run};
use serde_json::{Value, json};

use crate::tenant::shared;

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// It changes nothing that matters: it may be sent again.
    Read,
    /// It changes something: it is sent once.
    Act,
}

/// A column.
pub struct Operation {
    pub label: &'static str,
    pub class: Class,
    /// The name that the client knows.
    pub name: &'static str,
    /// What befalls it, and what is counted: a part of the path.
    pub path: &'static str,
    pub input: Value,
    /// The status of its good answer.
    pub status: u16,
    /// How often it has happened in the tenant.
    pub happened: fn(&SimulatedTenant) -> usize,
}

/// A tenant in which every operation has something to work on, and the operations.
pub fn prepared() -> (SimulatedTenant, Vec<Operation>) {
    let tenant = SimulatedTenant::new(Options { devices: 0, ..Options::default() })
        .with_query("#one_name", "devices | where name == $name | list name")
        .with_query("#names", "devices | list name")
        .with_query(
            "#actions",
            "remote_action.executions during past 2d | where trigger_method == api | summarize n = count()",
        )
        .with_query("#workflows", "workflow.executions during past 2d | summarize n = count()")
        .with_query("#gone_on", GONE_ON)
        .with_query("#campaigns", "campaign.responses during past 2d | summarize n = count()");
    let device: Value = serde_json::from_str(&tenant.device(DEVICE).unwrap()).unwrap();
    let employee = tenant.employee("amartin").unwrap().clone();
    let collector_uid = &device["collectorUid"];
    let tenant = Rc::new(RefCell::new(tenant));
    let export = answer(&tenant, "nql.export", json!({ "queryId": "#names" }));
    let waiting = answer(
        &tenant,
        "workflows.execute",
        json!({ "workflowId": WAITING, "devices": [{ "collectorUid": collector_uid }] }),
    );
    let workflows = answer(&tenant, "workflows.list", json!({}));
    let workflow = workflows.as_array().unwrap().iter().find(|workflow| workflow["id"] == WAITING).unwrap();
    // The export is ready and the workflow waits; the time is a round one.
    tenant.borrow_mut().advance(60_000);
    let seconds = tenant.borrow().now().0 / 1_000;
    tenant.borrow_mut().advance((seconds + 60) / 60 * 60_000 - seconds * 1_000);
    let enrichment = json!({
        "domain": "assets",
        "enrichments": [{
            "identification": [{ "name": "device/device/name", "value": DEVICE }],
            "fields": [{ "name": "device/device/#cost_center", "value": "cost-4711" }],
        }],
    });
    let operations = vec![
        read(
            "nql.execute v1",
            "nql.execute",
            "v1/nql/execute",
            json!({ "queryId": "#one_name", "parameters": { "name": DEVICE }, "version": "v1" }),
        ),
        read(
            "nql.execute v2",
            "nql.execute",
            "v2/nql/execute",
            json!({ "queryId": "#one_name", "parameters": { "name": DEVICE }, "version": "v2" }),
        ),
        read("nql.export", "nql.export", "nql/export", json!({ "queryId": "#names" })),
        read("nql.status", "nql.status", "nql/status", json!({ "exportId": export["exportId"] })),
        read("remoteActions.list", "remoteActions.list", "act/remote-action", json!({})),
        read("remoteActions.get", "remoteActions.get", "act/remote-action", json!({ "nqlId": "#disk_cleanup" })),
        read("workflows.list", "workflows.list", "/workflows", json!({})),
        read("workflows.get", "workflows.get", "/workflows", json!({ "nqlId": WAITING_ID })),
        read(
            "request GET",
            uncovered::OPERATION,
            "act/remote-action",
            json!({
                "method": "GET", "path": "/api/v1/act/remote-action/details", "query": { "nql-id": "#disk_cleanup" },
            }),
        ),
        act(
            "remoteActions.execute",
            "remoteActions.execute",
            "act/execute",
            json!({
                "remoteActionId": "#disk_cleanup", "devices": [collector_uid], "params": {}, "expiresInMinutes": 61,
                "triggerInfo": {
                    "externalSource": "source-4712", "reason": "reason-4713", "externalReference": "INC-4714",
                },
            }),
            200,
            |tenant| rows(tenant, "#actions"),
        ),
        act(
            "workflows.execute",
            "workflows.execute",
            "/workflows",
            json!({
                "workflowId": "request_loan_device",
                "devices": [{ "name": DEVICE }], "users": [{ "upn": employee.upn }],
                "params": { "device_type": "laptop", "reason": "reason-4715" },
            }),
            200,
            |tenant| rows(tenant, "#workflows"),
        ),
        act(
            "workflows.trigger",
            "workflows.trigger",
            "/workflows",
            json!({
                "workflowUuid": workflow["uuid"], "executionUuid": waiting["executionsUuids"][0],
                "parameters": { "approved": "yes" },
            }),
            200,
            triggered,
        ),
        act(
            "campaigns.trigger",
            "campaigns.trigger",
            "campaign/trigger",
            json!({ "campaignNqlId": "#satisfaction_with_support", "userSid": [employee.sid], "expiresInMinutes": 60 }),
            200,
            |tenant| rows(tenant, "#campaigns"),
        ),
        act("enrichment.write", "enrichment.write", "enrichment/", enrichment.clone(), 200, enriched),
        act(
            "spark.handoff",
            "spark.handoff",
            "spark/",
            json!({
                "userPrincipalName": employee.upn, "parts": [{ "type": "TEXT", "text": "words of the employee" }],
            }),
            204,
            |tenant| tenant.handoffs().len(),
        ),
        act(
            "request POST",
            uncovered::OPERATION,
            "enrichment/",
            json!({ "method": "POST", "path": "/api/v1/enrichment/data/fields", "body": enrichment }),
            200,
            enriched,
        ),
        Operation {
            label: "token to read",
            path: "oauth2",
            ..read("", "nql.execute", "", json!({ "queryId": "#one_name", "parameters": { "name": DEVICE } }))
        },
        Operation {
            label: "token to act",
            path: "oauth2",
            ..act(
                "",
                "spark.handoff",
                "",
                json!({ "userPrincipalName": employee.upn, "parts": [{ "type": "TEXT", "text": "words" }] }),
                200,
                |tenant| tenant.handoffs().len(),
            )
        },
    ];
    (Rc::into_inner(tenant).unwrap().into_inner(), operations)
}

const GONE_ON: &str = "workflow.executions during past 2d | where status != waiting_for_event | summarize n = count()";
const DEVICE: &str = "AMARTIN-LT";
const WAITING: &str = "free_disk_space_after_approval";
const WAITING_ID: &str = "#free_disk_space_after_approval";

fn read(label: &'static str, name: &'static str, path: &'static str, input: Value) -> Operation {
    Operation { label, class: Class::Read, name, path, input, status: 200, happened: |_| 0 }
}

fn act(
    label: &'static str,
    name: &'static str,
    path: &'static str,
    input: Value,
    status: u16,
    happened: fn(&SimulatedTenant) -> usize,
) -> Operation {
    Operation { label, class: Class::Act, name, path, input, status, happened }
}

fn enriched(tenant: &SimulatedTenant) -> usize {
    usize::from(tenant.enriched_device_field(DEVICE, "#cost_center").is_some())
}

/// The workflow that waited goes on.
fn triggered(tenant: &SimulatedTenant) -> usize {
    rows(tenant, "#gone_on")
}

/// How many rows a table has, as a client in no trouble sees it.
fn rows(tenant: &SimulatedTenant, query_id: &str) -> usize {
    let mut tenant = tenant.clone();
    tenant.clear_faults();
    let answer = answer(&Rc::new(RefCell::new(tenant)), "nql.execute", json!({ "queryId": query_id }));
    answer["rows"][0][0].as_u64().unwrap() as usize
}

fn answer(tenant: &Rc<RefCell<SimulatedTenant>>, name: &'static str, input: Value) -> Value {
    let client = Client::new(shared(""), SimulatedHost::new(tenant));
    let operation = Operation { name, ..read("", name, "", input) };
    serde_json::from_str(&run(tenant, operation.call(&client)).unwrap().to_text()).unwrap()
}

impl Operation {
    /// Calls it.
    pub async fn call<H: Host>(&self, client: &Client<H>) -> Result<Json, NexthinkError> {
        let input = Json::parse(self.input.to_string().as_bytes()).unwrap();
        if self.name == uncovered::OPERATION {
            let input = uncovered::Input::read(input).unwrap();
            assert_eq!(input.method == Method::Get, self.class == Class::Read);
            return client.request(&input).await.map(|output| output.write());
        }
        client.operate(self.name, input).await
    }

    /// Whether this is about the token that the call needs first.
    pub fn is_token(&self) -> bool {
        self.path == "oauth2"
    }

    /// Every value that it sends which says something about somebody: none of them belongs into an error or an event.
    pub fn values(&self) -> Vec<String> {
        let mut values = Vec::new();
        collect(&self.input, &mut values);
        // Names of things in the tenant, and words of the API, are no secrets.
        values.retain(|value| value.len() > 4 && !value.starts_with(['#', '/']) && !PUBLIC.contains(&value.as_str()));
        values
    }
}

const PUBLIC: [&str; 4] = ["request_loan_device", "device/device/name", "device/device/#cost_center", "assets"];

fn collect(value: &Value, values: &mut Vec<String>) {
    match value {
        Value::String(text) => values.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|value| collect(value, values)),
        Value::Object(fields) => fields.values().for_each(|value| collect(value, values)),
        _ => {}
    }
}
