//! Handing a conversation off to Spark: what arrives, and what does not.

use nexthink_simulator::{HandoffPart, WireRequest};
use serde_json::{Value, json};

use crate::caller::{Caller, MINUTE, answer, caller, response};

fn request(caller: &Caller, upn: Option<&str>, body: &Value) -> WireRequest {
    let mut request = caller.request("/api/v1/spark/handoff", body);
    request.headers.extend(upn.map(|upn| ("User-Principal-Name".to_owned(), upn.to_owned())));
    request
}

fn text(words: &str) -> Value {
    json!({ "message": { "parts": [{ "type": "TEXT", "text": words }] } })
}

#[test]
fn a_handoff_arrives_with_its_parts_and_is_answered_without_a_body() {
    let mut caller = caller();
    caller.tenant.advance(MINUTE);
    let body = json!({
        "message": { "parts": [
            { "type": "TEXT", "text": "Outlook is still offline" },
            { "type": "FILE", "mimeType": "text/plain", "fileContent": "bG9n" },
        ] },
        "metadata": { "ticket": "INC-1" },
    });
    let upn = caller.employee("amartin").upn;
    let mut request = request(&caller, Some(&upn), &body);
    request.headers.push(("Timezone".into(), "Europe/Zurich".into()));
    let answered = response(&mut caller.tenant, &request);
    assert_eq!((answered.status, answered.body), (204, vec![]));
    let [handoff] = caller.tenant.handoffs() else { panic!("{:?}", caller.tenant.handoffs()) };
    assert_eq!((handoff.employee.as_str(), handoff.timezone.as_deref()), ("amartin", Some("Europe/Zurich")));
    assert_eq!(handoff.at.to_string(), "2026-11-18T09:01:00Z");
    assert_eq!(handoff.metadata["ticket"], "INC-1");
    assert_eq!(
        handoff.parts,
        [
            HandoffPart::Text { text: "Outlook is still offline".into() },
            HandoffPart::File { mime_type: "text/plain".into(), file_content: "bG9n".into() },
        ]
    );
}

#[test]
fn an_employee_whom_nobody_knows_is_not_found() {
    let mut caller = caller();
    let request = request(&caller, Some("nobody@acme.example"), &text("Hello"));
    let (status, error) = answer(&mut caller.tenant, &request);
    assert!(status == 404 && error["message"].is_string(), "{error}");
    assert_eq!(caller.tenant.handoffs(), []);
}

#[test]
fn what_breaks_a_rule_is_refused_without_a_body_and_does_not_arrive() {
    let mut caller = caller();
    let upn = caller.employee("amartin").upn;
    let part = |part: Value| json!({ "message": { "parts": [part] } });
    let mut with_metadata = text("Hello");
    with_metadata["metadata"] = json!({ "ticket": 5 });
    for (upn, body) in [
        (None, text("Hello")),
        (Some(" "), text("Hello")),
        (Some(upn.as_str()), json!({})),
        (Some(upn.as_str()), json!([])),
        (Some(upn.as_str()), json!({ "message": { "parts": [] } })),
        (Some(upn.as_str()), text("")),
        (Some(upn.as_str()), part(json!({ "text": "Hello" }))),
        (Some(upn.as_str()), part(json!({ "type": "text", "text": "Hello" }))),
        (Some(upn.as_str()), part(json!({ "type": "TEXT" }))),
        (Some(upn.as_str()), part(json!({ "type": "FILE", "mimeType": "text/plain" }))),
        (Some(upn.as_str()), part(json!({ "type": "FILE", "mimeType": "", "fileContent": "" }))),
        (Some(upn.as_str()), with_metadata),
    ] {
        let request = request(&caller, upn, &body);
        assert_eq!(answer(&mut caller.tenant, &request), (400, Value::Null), "{upn:?} {body}");
    }
    assert_eq!(caller.tenant.handoffs(), []);
    let mut without_metadata = text("Hello");
    without_metadata["metadata"] = Value::Null;
    let request = request(&caller, Some(&upn), &without_metadata);
    assert_eq!(answer(&mut caller.tenant, &request).0, 204);
}
