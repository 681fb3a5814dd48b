//! `campaign.responses`: what queries see of the campaigns that were sent.

use nexthink_simulator::CampaignAnswer;
use serde_json::{Value, json};

use crate::caller::{Caller, MINUTE, caller};

fn answered(caller: &mut Caller, username: &str, answer: &str) -> String {
    let request_id = caller.send_campaign(username);
    caller.advance(MINUTE);
    let answers = [("solved".to_owned(), answer.to_owned())].into();
    caller.tenant.answer_campaign(&request_id, CampaignAnswer::Answered(answers)).unwrap();
    request_id
}

#[test]
fn every_response_is_there_whether_given_or_expected() {
    let mut caller = caller();
    let given = answered(&mut caller, "nberg", "Yes");
    let expected = caller.send_campaign("amartin");
    let found = caller.query(
        "campaign.responses past 1d | list request_id, state, request_time, time, expiration_time, \
         number_of_responses, campaign.name, campaign.nql_id, user.name, user.upn",
    );
    let row = |id: &str, state: &str, request_time: &str, time: &str, expires: &str, user: &str| {
        json!({
            "campaign.response.request_id": id,
            "campaign.response.state": state,
            "campaign.response.request_time": request_time,
            "campaign.response.time": time,
            "campaign.response.expiration_time": expires,
            "campaign.response.number_of_responses": 1,
            "campaign.name": "Is it solved?",
            "campaign.nql_id": "#confirm_fix",
            "user.name": user,
            "user.upn": format!("{user}@acme.example"),
        })
    };
    let (start, end) = ("2026-11-18T09:00:00Z", "2026-11-18T09:01:00Z");
    assert_eq!(
        found,
        [
            row(&given, "answered", start, end, "2026-11-19T09:00:00Z", "nberg"),
            row(&expected, "targeted", end, end, "2026-11-19T09:01:00Z", "amartin"),
        ]
    );
}

#[test]
fn the_table_of_one_campaign_knows_its_answers_and_parameters_and_that_of_all_does_not() {
    let mut caller = caller();
    answered(&mut caller, "nberg", "Not sure");
    caller.send_campaign("amartin");
    for id in ["confirm_fix", "#confirm_fix"] {
        let rows = caller.query(&format!(
            "campaign.{id}.responses past 1d | list user.name, state, answers.solved, parameters.issue"
        ));
        let row = |user: &str, state: &str, answer: Value| {
            json!({
                "user.name": user,
                "campaign.response.state": state,
                "campaign.response.answers.solved": answer,
                "campaign.response.parameters.issue": "Outlook is offline",
            })
        };
        let expected = [row("nberg", "answered", json!("Not sure")), row("amartin", "targeted", Value::Null)];
        assert_eq!(rows, expected, "{id}");
    }
    for query in [
        "campaign.responses past 1d | list answers.solved",
        "campaign.confirm_fix.responses past 1d | list answers.rating",
        // A draft has no responses.
        "campaign.announce_restart.responses past 1d | list state",
    ] {
        caller.tenant.set_query("#test", query).unwrap();
        assert_eq!(caller.post("/api/v2/nql/execute", &json!({ "queryId": "#test" })).0, 400, "{query}");
    }
}

#[test]
fn employees_have_their_responses() {
    let mut caller = caller();
    answered(&mut caller, "nberg", "Yes");
    answered(&mut caller, "nberg", "No");
    caller.send_campaign("amartin");
    let found = caller.query(
        "users | include campaign.#confirm_fix.responses past 1d | where state == answered \
         | compute answers = count(), last_answer = answers.solved.last() | where answers > 0 \
         | list name, answers, last_answer",
    );
    assert_eq!(found, [json!({ "user.name": "nberg", "answers": 2, "last_answer": "No" })]);
}
