//! The limits of the NQL API, which are off unless a test asks for them.

use std::num::NonZeroU32;

use nexthink_simulator::{NqlLimits, Options, RetryAfterForm, SimulatedTenant, WireRequest};
use serde_json::{Value, json};

use crate::caller::{API, Caller, HOUR, MINUTE, SECOND, response};

fn caller(nql_limits: NqlLimits) -> Caller {
    Caller::of(SimulatedTenant::new(Options { devices: 0, nql_limits, ..Options::default() }))
}

fn query() -> Value {
    json!({ "queryId": "#get_device_basic_infos", "parameters": { "username": "x" } })
}

/// The status of an execution, and its `retry-after`.
fn execute(caller: &mut Caller) -> (u16, Option<String>) {
    let request = caller.request("/api/v2/nql/execute", &query());
    let answered = response(&mut caller.tenant, &request);
    (answered.status, answered.header("retry-after").map(str::to_owned))
}

#[test]
fn without_limits_a_client_may_ask_as_often_as_it_likes() {
    let mut caller = caller(NqlLimits::default());
    assert!((0..200).all(|_| execute(&mut caller) == (200, None)));
}

#[test]
fn a_client_that_asks_too_often_is_told_how_long_to_wait() {
    let per_second = NonZeroU32::new(2);
    let mut caller = caller(NqlLimits { per_second, ..NqlLimits::default() });
    assert_eq!([execute(&mut caller).0, execute(&mut caller).0], [200, 200]);
    assert_eq!(execute(&mut caller), (429, Some("1".into())));
    // Other APIs are not the NQL API.
    assert_eq!(caller.post("/api/v1/act/execute", &json!({})).0, 400);
    caller.tenant.advance(SECOND);
    assert_eq!(execute(&mut caller), (200, None));
}

#[test]
fn the_time_to_wait_can_be_a_date() {
    let limits = NqlLimits { per_second: NonZeroU32::new(1), retry_after: RetryAfterForm::Date, per_day: None };
    let mut caller = caller(limits);
    assert_eq!(execute(&mut caller).0, 200);
    assert_eq!(execute(&mut caller), (429, Some("Wed, 18 Nov 2026 09:00:01 GMT".into())));
}

#[test]
fn the_requests_of_a_day_end_at_midnight_for_every_endpoint() {
    let mut caller = caller(NqlLimits { per_day: Some(2), ..NqlLimits::default() });
    let (_, body) = caller.post("/api/v1/nql/export", &query());
    assert_eq!(execute(&mut caller).0, 200);
    assert_eq!(execute(&mut caller), (429, Some("Thu, 19 Nov 2026 00:00:00 GMT".into())));
    let url = format!("{API}/api/v1/nql/status/{}", body["exportId"].as_str().unwrap());
    let status =
        |caller: &Caller| WireRequest { method: "GET".into(), url: url.clone(), ..caller.request("", &Value::Null) };
    let refused = response(&mut caller.tenant.clone(), &status(&caller));
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("Thu, 19 Nov 2026 00:00:00 GMT")));
    assert_eq!(refused.body, b"");
    caller.advance(15 * HOUR - MINUTE);
    assert_eq!(execute(&mut caller).0, 429);
    caller.advance(MINUTE);
    let request = status(&caller);
    assert_eq!(response(&mut caller.tenant, &request).status, 200);
}

#[test]
fn whoever_has_no_token_is_refused_before_anything_is_counted() {
    let mut caller = caller(NqlLimits { per_day: Some(1), ..NqlLimits::default() });
    let token = std::mem::replace(&mut caller.token, "x".into());
    assert!((0..5).all(|_| execute(&mut caller).0 == 401));
    caller.token = token;
    assert_eq!(execute(&mut caller).0, 200);
}
