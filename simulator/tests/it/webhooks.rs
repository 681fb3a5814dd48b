//! Webhooks: what is delivered, how late and how often, and what is refused.

use std::collections::BTreeMap;

use nexthink_chatbot::nql::Timestamp;
use nexthink_simulator::{
    CampaignAnswer, Delivery, Options, SimulatedTenant, Webhook, WebhookCredential, WebhookMethod, WireRequest,
};
use serde_json::{Value, json};

use crate::caller::{Caller, DAY, HOUR, MINUTE, SECOND, caller};

fn webhook(query: &str, payload: &str) -> Webhook {
    Webhook {
        name: "to the bot".into(),
        query: query.into(),
        method: WebhookMethod::Post,
        url: "https://bot.example/hooks".into(),
        resource: String::new(),
        payload: payload.into(),
        credential: WebhookCredential::None,
    }
}

/// About what happens anywhere, with what is needed to tell the events apart.
fn boots() -> Webhook {
    webhook(
        "device_performance.boots | list device.name, time, type",
        r#"{"device":"{{device.name}}","time":"{{time}}","type":"{{ type }}"}"#,
    )
}

fn tenant(devices: usize) -> SimulatedTenant {
    SimulatedTenant::new(Options { devices, ..Options::default() })
}

fn body(delivery: &Delivery) -> Value {
    serde_json::from_str(&delivery.body).unwrap_or_else(|mistake| panic!("{mistake}: {}", delivery.body))
}

fn time(json: &Value) -> i64 {
    Timestamp::parse(json.as_str().unwrap()).unwrap().0
}

#[test]
fn the_end_of_a_remote_action_is_delivered_to_the_address_with_the_credential() {
    let mut caller = caller();
    let wanted = Webhook {
        method: WebhookMethod::Put,
        resource: "/runs/{{request_id}}?device={{device.name}}".into(),
        credential: WebhookCredential::Bearer { token: "secret".into() },
        ..webhook(
            "remote_action.executions | where remote_action.nql_id == \"set_outlook_online\" \
             | list request_id, device.name, status, remote_action.name, outputs",
            r#"{"run":"{{request_id}}","status":"{{ remote_action.execution.status }}","outputs":{{outputs}}}"#,
        )
    };
    caller.tenant.add_webhook(wanted).unwrap();
    let request_id = caller.trigger("set_outlook_online", "AMARTIN-LT", &json!({}));
    caller.tenant.advance(5 * SECOND);
    assert_eq!(caller.tenant.deliveries(), [], "it has not ended");
    caller.advance(HOUR);
    let deliveries = caller.tenant.deliveries();
    let first = deliveries.first().unwrap();
    assert_eq!(first.url, format!("https://bot.example/hooks/runs/{request_id}?device=AMARTIN-LT"));
    assert_eq!(body(first), json!({ "run": request_id, "status": "success", "outputs": "{}" }));
    assert_eq!(first.headers.last().unwrap(), &("Authorization".to_owned(), "Bearer secret".to_owned()));
    let request = WireRequest::from(first.clone());
    assert_eq!((request.method.as_str(), request.body), ("PUT", first.body.clone().into_bytes()));
    assert!(deliveries.iter().all(|one| one.body == first.body), "nothing but repetitions");
}

#[test]
fn every_delivery_is_late_and_some_come_twice() {
    let mut tenant = tenant(400);
    tenant.add_webhook(boots()).unwrap();
    tenant.advance(4 * DAY);
    tenant.advance(HOUR);
    let deliveries = tenant.deliveries();
    assert_eq!(tenant.deliveries(), [], "each is handed out once");
    assert!(deliveries.is_sorted_by_key(|delivery| delivery.at));
    let mut of_event: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for delivery in &deliveries {
        let late = delivery.at.0 - time(&body(delivery)["time"]);
        of_event.entry(delivery.body.clone()).or_default().push(late);
    }
    let twice = of_event.values().filter(|late| late.len() == 2).count();
    assert!(of_event.len() > 400 && twice > of_event.len() / 50 && twice < of_event.len() / 10, "{twice}");
    for late in of_event.values() {
        assert!(late.len() <= 2 && (3 * SECOND..=3 * MINUTE).contains(&late[0]), "{late:?}");
        assert!(late.len() < 2 || (3 * SECOND..=3 * MINUTE).contains(&(late[1] - late[0])), "{late:?}");
    }
    assert!(of_event.values().any(|late| late[0] > MINUTE) && of_event.values().any(|late| late[0] < 30 * SECOND));
}

#[test]
fn it_does_not_matter_in_how_many_steps_time_goes_on() {
    let with = |step: i64, seed: u64| {
        let mut caller = Caller::of(SimulatedTenant::new(Options { devices: 60, seed, ..Options::default() }));
        caller.tenant.add_webhook(boots()).unwrap();
        for (name, table) in [("e", "remote_action.executions"), ("l", "session.logins"), ("c", "execution.crashes")] {
            let other =
                webhook(&format!("{table} | list time, device.name, device.last_seen"), "{{time}} {{last_seen}}");
            caller.tenant.add_webhook(Webhook { name: name.into(), ..other }).unwrap();
        }
        let sessions = webhook("session.events | list start_time, device.name", "{{start_time}} {{device.name}}");
        caller.tenant.add_webhook(Webhook { name: "s".into(), ..sessions }).unwrap();
        caller.trigger("disk_cleanup", "JCARTER-LT", &json!({}));
        let mut deliveries = Vec::new();
        for _ in 0..(2 * DAY / step) {
            caller.tenant.advance(step);
            deliveries.extend(caller.tenant.deliveries());
        }
        deliveries
    };
    let steps = with(7 * MINUTE + 12 * SECOND, 1);
    assert!(steps.len() > 1_000);
    assert!(steps == with(2 * DAY, 1), "the same in one step");
    assert!(steps == with(2 * DAY, 1), "the same again");
    assert!(steps != with(2 * DAY, 2), "not with another seed");
}

#[test]
fn the_condition_chooses_and_what_was_before_is_not_delivered() {
    let mut caller = caller();
    let query = "execution.crashes | where binary.name contains \"outlook\" and (device.name in [\"BKELLER-LT\", \"X\"] \
                 or device.name == \"WZIEGLER-LT\") | list device.name, time, binary.name";
    caller.tenant.add_webhook(webhook(query, r#"["{{device.name}}","{{time}}"]"#)).unwrap();
    let began = caller.tenant.now().0;
    caller.advance(2 * DAY);
    let deliveries = caller.tenant.deliveries();
    assert!(deliveries.len() >= 4);
    for delivery in &deliveries {
        let body = body(delivery);
        assert!(["BKELLER-LT", "WZIEGLER-LT"].contains(&body[0].as_str().unwrap()) && time(&body[1]) >= began);
    }
}

#[test]
fn scheduled_collections_are_executions_too_and_all_of_them_are_told() {
    let mut caller = caller();
    let query = "remote_action.executions | where device.name == \"NBERG-LT\" and status in [success, failure] \
                 | list remote_action.nql_id, time";
    caller.tenant.add_webhook(webhook(query, r#"["{{nql_id}}","{{time}}"]"#)).unwrap();
    caller.advance(DAY);
    caller.advance(HOUR);
    let runs: std::collections::BTreeSet<String> = caller.tenant.deliveries().into_iter().map(|one| one.body).collect();
    let of = |id: &str| runs.iter().filter(|body| body.contains(id)).count();
    assert!((24..=25).contains(&of("get_onedrive_status")), "{}", of("get_onedrive_status"));
    assert!((1..=2).contains(&of("get_startup_impact_windows")));
}

#[test]
fn the_end_of_a_workflow_is_delivered_once_whatever_came_before_it() {
    let mut caller = caller();
    let query = "workflow.executions | where workflow.nql_id in [\"#free_disk_space_after_approval\", \"#announce_outage\"] \
                 | list execution_id, status, outcome, device.name, user.name";
    let payload = r#"["{{execution_id}}",{{status}},{{outcome}},{{device.name}},{{user.name}}]"#;
    caller.tenant.add_webhook(webhook(query, payload)).unwrap();
    let uid = caller.collector_uid("JCARTER-LT");
    let started: Vec<String> = [
        json!({ "workflowId": "free_disk_space_after_approval", "devices": [uid] }),
        json!({ "workflowId": "announce_outage", "params": { "service": "E-mail" }, "devices": [], "users": [] }),
        json!({ "workflowId": "repair_outlook_connection", "devices": [uid] }),
    ]
    .iter()
    .map(|body| {
        let (status, answer) = caller.post("/api/v1/workflows/execute", body);
        assert_eq!(status, 200, "{answer}");
        answer["executionsUuids"][0].as_str().unwrap().to_owned()
    })
    .collect();
    // Requested, at work, waiting for an event: nothing of it is an end.
    for _ in 0..7 * 60 {
        caller.tenant.advance(MINUTE);
    }
    let distinct = |caller: &mut Caller| {
        let bodies = caller.tenant.deliveries().into_iter().map(|one| body(&one));
        bodies.fold(Vec::new(), |mut known: Vec<Value>, one| {
            if !known.contains(&one) {
                known.push(one);
            }
            known
        })
    };
    assert_eq!(distinct(&mut caller), [json!([started[1], "success", "action_taken", null, null])]);
    caller.tenant.advance(2 * HOUR);
    assert_eq!(distinct(&mut caller), [json!([started[0], "expired", null, "JCARTER-LT", null])]);
    caller.tenant.advance(2 * DAY);
    assert_eq!(distinct(&mut caller), [] as [Value; 0]);
}

#[test]
fn a_campaign_is_delivered_when_the_employee_has_answered_and_not_when_it_is_shown_or_put_off() {
    let mut caller = caller();
    let query = "campaign.responses | where campaign.nql_id == \"#confirm_fix\" | list request_id, state, user.name";
    caller.tenant.add_webhook(webhook(query, r#"["{{request_id}}","{{state}}","{{user.name}}"]"#)).unwrap();
    let request_id = caller.send_campaign("nberg");
    caller.advance(MINUTE);
    caller.tenant.answer_campaign(&request_id, CampaignAnswer::Postponed).unwrap();
    caller.advance(HOUR);
    assert_eq!(caller.tenant.deliveries(), []);
    let answers = [("solved".to_owned(), "Yes".to_owned())].into();
    caller.tenant.answer_campaign(&request_id, CampaignAnswer::Answered(answers)).unwrap();
    caller.advance(HOUR);
    let deliveries = caller.tenant.deliveries();
    assert_eq!(body(&deliveries[0]), json!([request_id, "answered", "nberg"]));
    assert!(deliveries.iter().all(|one| one.body == deliveries[0].body), "nothing but repetitions");
}

#[test]
fn a_failure_is_told_when_the_device_is_back() {
    let mut tenant = tenant(300);
    for table in ["system_crashes", "hard_resets"] {
        let query = format!("device_performance.{table} | list device.name, time");
        let named = Webhook { name: table.into(), ..webhook(&query, r#"["{{device.name}}","{{time}}"]"#) };
        tenant.add_webhook(named).unwrap();
    }
    let names: Vec<String> = tenant.employees().iter().flat_map(|one| one.devices.clone()).collect();
    for name in &names {
        tenant.set(name, r#"{"daysSinceLastFullBoot":0}"#).unwrap();
    }
    let booted = tenant.now().0;
    tenant.advance(HOUR);
    let deliveries = tenant.deliveries();
    for table in ["system_crashes", "hard_resets"] {
        assert!(deliveries.iter().any(|one| one.webhook == table), "{table}");
    }
    for delivery in &deliveries {
        let before = booted - time(&body(delivery)[1]);
        assert!((MINUTE..=4 * MINUTE).contains(&before) && delivery.at.0 > booted, "{delivery:?}");
    }
}

#[test]
fn a_value_cannot_break_the_payload() {
    let mut caller = caller();
    let nasty = "INC-\"1\"\\\n{{status}}";
    let query =
        "remote_action.executions | where external_reference != null | list external_reference, status_details, status";
    let wanted = Webhook {
        resource: "?ref={{external_reference}}".into(),
        ..webhook(
            query,
            r#"{"reference":"<{{external_reference}}>","details":{{status_details}},"bare":{{external_reference}}}"#,
        )
    };
    caller.tenant.add_webhook(wanted).unwrap();
    let request = json!({
        "remoteActionId": "disk_cleanup",
        "devices": [caller.collector_uid("TMOREAU-LT")],
        "triggerInfo": { "externalReference": nasty }
    });
    assert_eq!(caller.post("/api/v1/act/execute", &request).0, 200);
    caller.advance(HOUR);
    let delivery = caller.tenant.deliveries().remove(0);
    let json = body(&delivery);
    assert_eq!(json["reference"], format!("<{nasty}>"));
    assert_eq!(json["bare"], nasty);
    assert!(json["details"].as_str().unwrap().starts_with("[Environment error]"));
    assert!(delivery.url.ends_with("?ref=INC-%221%22%5C%0A%7B%7Bstatus%7D%7D"), "{}", delivery.url);
    assert_eq!(delivery.headers, [("Content-Type".to_owned(), "application/json".to_owned())]);
}

#[test]
fn what_a_webhook_cannot_be_is_refused_with_the_reason() {
    let mut tenant = tenant(0);
    let list = "execution.crashes | list device.name, time";
    for (query, reason) in [
        ("execution.crashes | fetch name", "fetch"),
        ("devices | list name", "cannot watch `devices`"),
        ("device_performance.events | list start_time", "cannot watch"),
        ("campaign.confirm_fix.responses | list state", "cannot watch"),
        ("execution.crashes past 7d | list time", "leave the time selection out"),
        ("execution.crashes | where number_of_crashes > 1", "needs a `list`"),
        ("execution.crashes | list time | sort time desc", "only `where` and `list`"),
        ("execution.crashes | list time | limit 5", "only `where` and `list`"),
        ("execution.crashes | with session.events past 1d | list time", "only `where` and `list`"),
        ("execution.crashes | list colour", "colour"),
        ("execution.crashes | where colour == \"red\" | list time", "colour"),
        ("execution.crashes | where device.name == $device | list time", "`$device`"),
        ("execution.crashes | where number_of_crashes + 1 > 2 | list time", "arithmetic"),
    ] {
        let mistake = tenant.add_webhook(webhook(query, "{}")).unwrap_err().to_string();
        assert!(mistake.contains(reason) && mistake.contains("`to the bot`"), "{query}: {mistake}");
    }
    for (wanted, reason) in [
        (webhook(list, "{{user.name}}"), "`payload`: `{{user.name}}` is none of the listed columns"),
        (webhook(list, "{\"device\":{{device.name}}"), "`payload`: with values"),
        (Webhook { resource: "{{nothing}}".into(), ..webhook(list, "") }, "`resource`: `{{nothing}}`"),
        (Webhook { url: "bot.example".into(), ..webhook(list, "") }, "`url`"),
        (Webhook { url: "https://{{device.name}}".into(), ..webhook(list, "") }, "`url` holds a placeholder"),
    ] {
        let mistake = tenant.add_webhook(wanted).unwrap_err().to_string();
        assert!(mistake.contains(reason), "{mistake}");
    }
    tenant.add_webhook(webhook(list, "")).unwrap();
    assert!(tenant.add_webhook(webhook(list, "")).unwrap_err().to_string().contains("has this name"));
    for number in 1..50 {
        tenant.add_webhook(Webhook { name: number.to_string(), ..webhook(list, "") }).unwrap();
    }
    let one_more = Webhook { name: "one more".into(), ..webhook(list, "") };
    assert!(tenant.add_webhook(one_more).unwrap_err().to_string().contains("50 webhooks"));
}

#[test]
fn a_webhook_is_written_as_json_and_unknown_names_are_refused() {
    let json = json!({
        "name": "w", "query": "q", "url": "https://bot.example", "payload": "p", "method": "PATCH",
        "credential": { "type": "basic", "username": "u", "password": "s" }
    });
    let read: Webhook = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(read.method, WebhookMethod::Patch);
    assert_eq!(read.credential, WebhookCredential::Basic { username: "u".into(), password: "s".into() });
    let least: Webhook =
        serde_json::from_value(json!({ "name": "w", "query": "q", "url": "u", "payload": "p" })).unwrap();
    assert_eq!((least.method, least.credential), (WebhookMethod::Post, WebhookCredential::None));
    for (name, value) in [
        ("header", json!("x")),
        ("method", json!("GET")),
        ("credential", json!({ "type": "oauth" })),
        ("credential", json!({ "type": "bearer", "token": "t", "user": "u" })),
    ] {
        let mut wrong = json.clone();
        wrong[name] = value;
        assert!(serde_json::from_value::<Webhook>(wrong.clone()).is_err(), "{wrong}");
    }
}
