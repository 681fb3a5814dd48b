//! What is to be created is what the simulated tenant accepts.

use std::cell::RefCell;
use std::rc::Rc;

use nexthink_chatbot::content::{PlaybookSource, TenantContent, TenantNames};
use nexthink_chatbot::json::{Json, Map};
use nexthink_chatbot::nql::HOUR;
use nexthink_simulator::{SimulatedHost, SimulatedTenant, Webhook, run};

use crate::tenant::{Scene, shared};

fn content() -> TenantContent {
    TenantContent::new(&PlaybookSource::built_in().unwrap(), &TenantNames::default(), "en")
}

/// The rows of a query that is saved under an ID of its own.
fn rows(text: &str) -> (Vec<String>, Vec<Json>) {
    let mut tenant = SimulatedTenant::new(nexthink_simulator::Options::default());
    tenant.set_query("#exported", text).unwrap();
    let tenant = Rc::new(RefCell::new(tenant));
    let client = nexthink_chatbot::client::Client::new(shared(""), SimulatedHost::new(&tenant));
    let input = nexthink_chatbot::api::nql::execute::Input {
        query_id: "#exported".into(),
        parameters: Map::default(),
        version: None,
    };
    let table = run(&tenant, client.nql_execute(&input)).unwrap().table;
    let columns = table.columns.iter().map(ToString::to_string).collect();
    (columns, table.rows.into_iter().map(Json::List).collect())
}

#[test]
fn the_exporters_queries_bring_rows_of_many_devices() {
    for exporter in content().data_exporters {
        let (columns, rows) = rows(&exporter.query);
        assert!(rows.len() > 50, "{}: {} rows", exporter.name, rows.len());
        assert!(columns.iter().any(|column| column == "device.collector.uid"), "{columns:?}");
    }
}

#[test]
fn the_identification_exporter_tells_the_devices_of_every_employee() {
    let (columns, rows) = rows(&content().data_exporters[0].query);
    let at = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let is = |row: &Json, name: &str, value: &str| match row {
        Json::List(cells) => cells[at(name)] == Json::from(value),
        _ => false,
    };
    let mine: Vec<&Json> = rows.iter().filter(|row| is(row, "user.name", "amartin")).collect();
    assert_eq!(mine.len(), 1);
    assert!(is(mine[0], "device.name", "AMARTIN-LT"), "{mine:?}");
    let Json::List(cells) = mine[0] else { panic!("no row") };
    assert!(cells[at("last_seen")].as_text().unwrap().starts_with("2026-11-"), "{cells:?}");
}

#[test]
fn the_webhook_of_remote_actions_tells_what_the_chatbot_triggered_and_nothing_else() {
    let scene = Scene::new();
    let template = &content().webhooks[0];
    let webhook: Webhook = serde_json::from_value(serde_json::json!({
        "name": template.name, "query": template.query, "method": template.method,
        "url": "https://chatbot.example/", "resource": template.resource, "payload": template.payload,
        "credential": { "type": "bearer", "token": "t" },
    }))
    .unwrap();
    scene.tenant.borrow_mut().add_webhook(webhook).unwrap();
    let proposal = scene.propose(&scene.diagnosis("amartin", "outlook"), "offline").unwrap();
    let run = scene.remediate(&proposal.token).unwrap();
    // Long enough for data collections, which are executions too.
    scene.tenant.borrow_mut().advance(2 * HOUR);
    let deliveries = scene.tenant.borrow_mut().deliveries();
    assert!(!deliveries.is_empty());
    for delivery in &deliveries {
        assert_eq!(delivery.url, "https://chatbot.example/nexthink/remote-action");
        let body = Json::parse(delivery.body.as_bytes()).unwrap();
        assert_eq!(body.get("kind"), Some(&"remote-action".into()));
        assert_eq!(body.get("requestId").and_then(Json::as_text), run.request_id.as_deref());
        assert_eq!(body.get("externalReference").and_then(Json::as_text), Some(run.reference.as_str()));
        assert_eq!(body.get("deviceName"), Some(&"AMARTIN-LT".into()));
    }
    assert!(deliveries.iter().any(|delivery| delivery.body.contains("\"success\"")), "{deliveries:?}");
}
