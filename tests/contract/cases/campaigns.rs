//! Campaigns sent to employees.

use serde_json::{Value, json};

use super::Case;
use crate::amendments::OperationName;
use crate::client::{Client, with, without};

const TRIGGER: OperationName = ("POST", "/api/v1/euf/campaign/trigger");

fn whole(client: &Client) -> Value {
    json!({
        "campaignNqlId": "#confirm_fix",
        "userSid": [client.employee("amartin").sid, client.employee("jcarter").sid],
        "expiresInMinutes": 525_600,
        "parameters": { "issue": "Outlook", "device_name": "AMARTIN-LT" },
    })
}

/// The same request with a change.
fn trigger(status: u16, what: &str, change: impl Fn(Value) -> Value + 'static) -> Case {
    Case::new(TRIGGER, status, what, move |client| client.post(TRIGGER.1, &change(whole(client))))
}

pub fn cases() -> Vec<Case> {
    vec![
        trigger(200, "with everything", |body| body),
        trigger(
            200,
            "without parameters",
            |body| json!({ "campaignNqlId": "satisfaction_with_support", "userSid": body["userSid"], "expiresInMinutes": 1 }),
        ),
        trigger(200, "to nobody that is known", |body| with(body, "userSid", json!(["S-1-5-21-1"]))),
        trigger(400, "no such campaign", |body| with(body, "campaignNqlId", json!("no_such_campaign"))),
        trigger(400, "a draft", |body| with(body, "campaignNqlId", json!("announce_restart"))),
        trigger(400, "other parameters", |body| with(body, "parameters", json!({ "issue": "Outlook" }))),
        trigger(400, "no user", |body| with(body, "userSid", json!([]))),
        trigger(400, "no time", |body| without(body, "expiresInMinutes")),
        trigger(400, "too long", |body| with(body, "expiresInMinutes", json!(525_601))),
    ]
}
