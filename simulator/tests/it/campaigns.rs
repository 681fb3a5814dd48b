//! Campaigns: who gets one, who does not, and what becomes of it.

use std::collections::BTreeMap;

use nexthink_simulator::CampaignAnswer;
use serde_json::{Value, json};

use crate::caller::{Caller, HOUR, MINUTE, caller};

const PATH: &str = "/api/v1/euf/campaign/trigger";

fn satisfaction(users: Value) -> Value {
    json!({ "campaignNqlId": "#satisfaction_with_support", "userSid": users, "expiresInMinutes": 60 })
}

/// Sends the campaign about the help to an employee, and gives the request ID.
fn send(caller: &mut Caller, username: &str) -> String {
    let (status, answer) = caller.post(PATH, &satisfaction(json!([caller.employee(username).sid])));
    assert_eq!(status, 200, "{answer}");
    answer["requests"][0]["requestId"].as_str().unwrap().to_owned()
}

fn request(caller: &Caller, id: &str) -> Value {
    serde_json::from_str(&caller.tenant.campaign_request(id).unwrap()).unwrap()
}

fn answers(pairs: &[(&str, &str)]) -> CampaignAnswer {
    let pairs = pairs.iter().map(|(question, answer)| ((*question).to_owned(), (*answer).to_owned()));
    CampaignAnswer::Answered(pairs.collect::<BTreeMap<_, _>>())
}

#[test]
fn each_user_has_a_request_or_a_message_and_one_who_is_named_twice_has_one() {
    let mut caller = caller();
    let (alice, jane) = (caller.employee("amartin").sid, caller.employee("jcarter").sid);
    let (status, answer) = caller.post(PATH, &satisfaction(json!([alice, "S-1-5-21-1", jane, alice, "S-1-5-21-1"])));
    assert_eq!(status, 200, "{answer}");
    let requests = answer["requests"].as_array().unwrap();
    let users: Vec<&Value> = requests.iter().map(|one| &one["userSid"]).collect();
    assert_eq!(users, [&json!(alice), &json!("S-1-5-21-1"), &json!(jane)]);
    assert!(requests[0]["requestId"].is_string() && requests[0].get("message").is_none());
    assert!(requests[1]["message"].is_string() && requests[1].get("requestId").is_none());
}

#[test]
fn a_campaign_is_shown_and_answered() {
    let mut caller = caller();
    let id = send(&mut caller, "amartin");
    assert_eq!(request(&caller, &id)["state"], "targeted");
    assert!(caller.tenant.answer_campaign(&id, CampaignAnswer::Declined).is_err(), "it is not on the screen yet");
    caller.tenant.advance(MINUTE);
    assert_eq!(request(&caller, &id)["state"], "displayed");
    for wrong in [
        answers(&[("rating", "5")]),
        answers(&[("rating", "6"), ("recommend", "Yes")]),
        answers(&[("rating", "5"), ("recommend", "Yes"), ("colour", "red")]),
    ] {
        assert!(caller.tenant.answer_campaign(&id, wrong.clone()).is_err(), "{wrong:?}");
    }
    caller.tenant.answer_campaign(&id, CampaignAnswer::Postponed).unwrap();
    assert_eq!(request(&caller, &id)["state"], "postponed");
    caller.tenant.answer_campaign(&id, answers(&[("rating", "5"), ("recommend", "Yes")])).unwrap();
    caller.tenant.advance(2 * HOUR);
    let ended = request(&caller, &id);
    assert_eq!(
        (&ended["state"], &ended["answers"]),
        (&json!("answered"), &json!({ "rating": "5", "recommend": "Yes" }))
    );
    assert_eq!((&ended["employee"], &ended["time"]), (&json!("amartin"), &json!("2026-11-18T09:01:00Z")));
    assert!(caller.tenant.answer_campaign(&id, CampaignAnswer::Declined).is_err(), "once is enough");
    assert!(caller.tenant.answer_campaign("x", CampaignAnswer::Declined).is_err());
}

#[test]
fn a_campaign_expires_from_the_time_of_the_call_shown_or_not() {
    let mut caller = caller();
    let (shown, unseen) = (send(&mut caller, "amartin"), send(&mut caller, "stanaka"));
    caller.tenant.advance(59 * MINUTE);
    assert_eq!(request(&caller, &unseen)["state"], "targeted");
    caller.tenant.advance(MINUTE);
    for id in [shown, unseen] {
        assert_eq!(request(&caller, &id)["state"], "expired");
        assert_eq!(request(&caller, &id)["time"], "2026-11-18T10:00:00Z");
    }
}

#[test]
fn a_campaign_for_somebody_who_is_away_is_shown_on_return() {
    let mut caller = caller();
    let id = send(&mut caller, "stanaka");
    caller.tenant.advance(10 * MINUTE);
    caller.tenant.set("STANAKA-LT", r#"{"online":true}"#).unwrap();
    caller.tenant.advance(MINUTE);
    assert_eq!(request(&caller, &id)["state"], "displayed");
}

#[test]
fn the_parameters_must_be_exactly_those_of_the_campaign() {
    let mut caller = caller();
    let sid = caller.employee("amartin").sid;
    let body = |parameters: Value| json!({ "campaignNqlId": "confirm_fix", "userSid": [sid], "expiresInMinutes": 60, "parameters": parameters });
    let right = json!({ "issue": "Outlook", "device_name": "AMARTIN-LT" });
    for (status, parameters) in [
        (200, right),
        (400, json!({})),
        (400, json!({ "issue": "Outlook" })),
        (400, json!({ "issue": "Outlook", "device_name": "AMARTIN-LT", "more": "x" })),
        (400, json!({ "issue": "Outlook", "Device_Name": "AMARTIN-LT" })),
        (400, json!({ "issue": "Outlook", "device_name": 5 })),
    ] {
        let (answered, answer) = caller.post(PATH, &body(parameters));
        assert_eq!(answered, status, "{answer}");
    }
}

#[test]
fn what_breaks_a_rule_is_refused_in_the_shape_of_this_api() {
    let mut caller = caller();
    let sid = caller.employee("amartin").sid;
    let with = |field: &str, value: Value| {
        let mut body = satisfaction(json!([sid]));
        body[field] = value;
        body
    };
    let without = |field: &str| {
        let mut body = satisfaction(json!([sid]));
        body.as_object_mut().unwrap().remove(field);
        body
    };
    let many: BTreeMap<String, &str> = (0..31).map(|number| (format!("p{number}"), "x")).collect();
    for body in [
        without("campaignNqlId"),
        without("userSid"),
        without("expiresInMinutes"),
        with("campaignNqlId", json!("")),
        with("campaignNqlId", json!("no_such_campaign")),
        with("campaignNqlId", json!("announce_restart")),
        with("userSid", json!([])),
        with("userSid", json!([5])),
        with("userSid", json!(vec![sid.as_str(); 10_001])),
        with("expiresInMinutes", json!(0)),
        with("expiresInMinutes", json!(525_601)),
        with("parameters", json!([])),
        json!(null),
    ] {
        let (status, error) = caller.post(PATH, &body);
        assert_eq!(status, 400, "{error}");
        assert!(error["code"].is_string() && error["message"].is_string(), "{error}");
    }
    let (status, error) = caller.post(PATH, &with("parameters", json!(many)));
    assert_eq!((status, &error["code"]), (400, &json!("invalid_request")), "{error}");
}
