//! Webhooks as they arrive: senders, payloads, times.

use super::*;
use crate::base64::encode_standard;
use crate::json::{Read, Write};
use hmac::{Hmac, KeyInit, Mac};

const SECRET: &str = "a-secret-of-more-than-sixteen-bytes";
const NOW: &str = "2026-11-18T09:00:00Z";

fn endpoint(options: &str) -> Result<Endpoint, NexthinkError> {
    let options = Json::parse(options.as_bytes()).unwrap();
    Endpoint::new(WebhookOptions::read(options).unwrap())
}

fn usual(more: &str) -> Endpoint {
    endpoint(&format!(r#"{{"secret":["{SECRET}"]{more}}}"#)).unwrap()
}

fn headers(pairs: &[(&str, &str)]) -> Map<String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn bearer(secret: &str) -> Map<String> {
    headers(&[("authorization", &format!("Bearer {secret}"))])
}

fn now() -> Timestamp {
    Timestamp::parse(NOW).unwrap()
}

fn received(endpoint: &Endpoint, body: &str) -> Result<WebhookEvent, NexthinkError> {
    endpoint.receive(&bearer(SECRET), body.as_bytes(), now())
}

fn data(endpoint: &Endpoint, body: &str) -> String {
    received(endpoint, body).unwrap().data.to_text()
}

#[test]
fn any_of_the_secrets_lets_in_however_it_is_sent_and_nothing_else_does() {
    let other = "another-secret-of-more-than-16-bytes";
    let endpoint = endpoint(&format!(r#"{{"secret":["{SECRET}","{other}"],"header":"X-Webhook-Secret"}}"#)).unwrap();
    for secret in [SECRET, other] {
        let basic = encode_standard(format!("nexthink:{secret}").as_bytes());
        for headers in [
            bearer(secret),
            headers(&[("authorization", &format!("bearer  {secret} "))]),
            headers(&[("authorization", &format!("Basic {basic}"))]),
            headers(&[("authorization", "Bearer wrong"), ("x-webhook-secret", secret)]),
        ] {
            assert!(
                endpoint.admit(&headers, now()).is_ok() && endpoint.receive(&headers, b"{}", now()).is_ok(),
                "{headers:?}"
            );
        }
    }
    let password_as_name = encode_standard(format!("{SECRET}:").as_bytes());
    for headers in [
        headers(&[]),
        bearer(""),
        bearer(SECRET.trim_start_matches("a-")),
        bearer(&format!("{SECRET}x")),
        headers(&[("authorization", SECRET)]),
        headers(&[("authorization", &format!("Basic {password_as_name}"))]),
        headers(&[("authorization", "Basic ====")]),
        headers(&[("x-other", SECRET), ("x-webhook-secret", "")]),
    ] {
        let error = endpoint.admit(&headers, now()).unwrap_err();
        assert_eq!(error, endpoint.receive(&headers, b"{", now()).unwrap_err());
        assert_eq!((error.kind, error.code.as_deref()), (ErrorKind::Authentication, Some("webhook-credential")));
        assert!(!error.write().to_text().contains("sixteen"));
    }
}

#[test]
fn without_a_good_secret_nobody_is_asked_to_prove_anything() {
    for options in [
        r#"{"secret":[]}"#,
        "{\"secret\":[\"\"]}",
        r#"{"secret":["a-good-secret-of-32-random-bytes","short-secret-15"]}"#,
        r#"{"secret":["whsec_c2hvcnQ="]}"#,
        r#"{"secret":["whsec_this is not base64 at all, is it"]}"#,
        r#"{"secret":["a-good-secret-of-32-random-bytes"],"header":"authorization"}"#,
        r#"{"secret":["a-good-secret-of-32-random-bytes"],"header":"a b"}"#,
        r#"{"secret":["a-good-secret-of-32-random-bytes"],"header":""}"#,
    ] {
        let error = endpoint(options).err().unwrap();
        assert_eq!(error.kind, ErrorKind::Invalid, "{options}");
        assert!(!error.to_string().contains("short-secret"), "{error}");
    }
}

#[test]
fn a_signature_holds_for_its_body_its_id_and_five_minutes() {
    let key = [7; 24];
    let old_key = [8; 24];
    let keys = [&old_key[..], &key[..]].map(|key| format!("\"whsec_{}\"", encode_standard(key)));
    let endpoint = endpoint(&format!(r#"{{"secret":[{}]}}"#, keys.join(","))).unwrap();
    let seconds = now().0 / 1000;
    let signed = |id: &str, seconds: i64, body: &str, key: &[u8]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        format!("v1,{}", encode_standard(&mac.finalize().into_bytes()))
    };
    let arrive = |id: &str, seconds: i64, signature: &str, body: &str| {
        let headers = headers(&[
            ("webhook-id", id),
            ("webhook-timestamp", &seconds.to_string()),
            ("webhook-signature", signature),
        ]);
        (endpoint.admit(&headers, now()).is_ok(), endpoint.receive(&headers, body.as_bytes(), now()))
    };
    let good = signed("msg_1", seconds, "{}", &key);
    let old = signed("msg_1", seconds - 300, "{}", &old_key);
    for (seconds, signatures) in [
        (seconds, good.clone()),
        (seconds, format!("v1a,AAAA v1,bm8= {good}")),
        (seconds, format!("{} {good}", signed("msg_1", seconds, "{}", &[9; 24]))),
        (seconds - 300, old),
    ] {
        let (is_admitted, event) = arrive("msg_1", seconds, &signatures, "{}");
        assert_eq!((is_admitted, event.unwrap().id.as_str()), (true, "msg_1"), "{signatures}");
    }
    // What can be told without the body is told before it is read.
    for (id, seconds, signature, body, is_read) in [
        ("msg_2", seconds, good.clone(), "{}", true),
        ("msg_1", seconds + 1, good.clone(), "{}", true),
        ("msg_1", seconds, good.clone(), "{ }", true),
        ("msg_1", seconds, signed("msg_1", seconds, "{}", &[9; 24]), "{}", true),
        ("msg_1", seconds, good.replace("v1,", "v2,"), "{}", false),
        ("msg_1", seconds, "v1,".to_owned(), "{}", false),
        ("msg_1", seconds, "v1,bm8= nothing".to_owned(), "{}", false),
        ("msg_1", seconds - 301, signed("msg_1", seconds - 301, "{}", &key), "{}", false),
        ("msg_1", seconds + 301, signed("msg_1", seconds + 301, "{}", &key), "{}", false),
        ("", seconds, signed("", seconds, "{}", &key), "{}", false),
    ] {
        let (is_admitted, event) = arrive(id, seconds, &signature, body);
        assert_eq!((is_admitted, event.unwrap_err().kind), (is_read, ErrorKind::Authentication), "{id} {signature}");
    }
    // What signs is no password, and a secret that is sent signs nothing.
    assert!(endpoint.admit(&bearer(keys[1].trim_matches('"')), now()).is_err());
    assert!(usual("").admit(&headers(&[("webhook-signature", "v1,x")]), now()).is_err());
}

#[test]
fn names_are_ours_those_of_columns_or_the_payloads_own() {
    let body = r#"{"kind":"remote-action","request_id":"r","remote_action.execution.external_reference":"p-1",
        "remote_action.nql_id":"x","device.name":"A","Status":"success","mine":{"a":[1]},"deviceName":"A"}"#;
    let event = received(&usual(""), body).unwrap();
    assert_eq!(event.kind, WebhookKind::RemoteAction);
    let expected = r#"{"requestId":"r","externalReference":"p-1","remoteActionId":"x","deviceName":"A","status":"success","mine":{"a":[1]}}"#;
    assert_eq!(event.data.to_text(), expected);
}

#[test]
fn a_payload_in_which_one_field_has_two_values_is_refused() {
    let places = usual(r#","template":{"fields":{"reference":"/run/reference","deviceName":"/name"}}"#);
    let shape = usual(r#","template":"{\"name\":\"{{device.name}}\",\"run\":{\"reference\":\"{{reference}}\"}}""#);
    for (body, is_refused) in [
        (r#"{"name":"A","run":{"reference":"mine"},"more":[{"a":1,"a":1}]}"#, false),
        (r#"{"name":"A","run":{"reference":"another's"},"x":"","run":{"reference":"mine"}}"#, true),
        (r#"{"run":{"reference":"another's","x":"","reference":"mine"},"name":"A"}"#, true),
        (r#"{"name":"A","run":{"reference":"mine"},"more":[{"a":1,"a":2}]}"#, true),
    ] {
        for endpoint in [&places, &shape, &usual("")] {
            let read = received(endpoint, body);
            assert_eq!(read.is_err(), is_refused, "{body}");
            if let Err(error) = read {
                assert_eq!((error.kind, error.code.as_deref()), (ErrorKind::Invalid, Some("webhook-payload")));
                assert!(error.message.contains("two values") && !error.to_string().contains("another"), "{error}");
            }
        }
    }
    for body in [
        r#"{"deviceName":"A","device.name":"B"}"#,
        r#"{"externalReference":"a","Execution.External_Reference":"b"}"#,
        r#"{"alert.status":"open","status":"closed"}"#,
    ] {
        assert!(received(&usual(""), body).unwrap_err().message.contains("two values"), "{body}");
    }
}

#[test]
fn a_payload_of_more_fields_than_anybody_writes_is_refused() {
    let fields = |count: usize| {
        let fields: Vec<String> = (0..count).map(|number| format!(r#""field{number}":0"#)).collect();
        format!("{{{}}}", fields.join(","))
    };
    assert!(received(&usual(""), &fields(256)).is_ok());
    let nested = format!(r#"{{"a":[{}]}}"#, fields(257));
    for (endpoint, body) in [
        (usual(""), fields(257)),
        (usual(""), fields(40_000)),
        (usual(""), nested.clone()),
        (usual(r#","template":"{\"field1\":\"{{a}}\"}""#), fields(257)),
        (usual(r#","template":{"fields":{"a":"/a/0/field1"}}"#), nested),
    ] {
        let error = received(&endpoint, &body).unwrap_err();
        assert_eq!((error.kind, error.code.as_deref()), (ErrorKind::Invalid, Some("webhook-payload")));
        assert!(error.message.contains("256"), "{error}");
    }
}

#[test]
fn what_it_is_about_is_said_by_the_host_by_the_payload_or_by_its_fields() {
    for (template, body, kind) in [
        ("", r#"{"kind":"alert","requestId":"r"}"#, WebhookKind::Alert),
        (r#","template":{"kind":"other"}"#, r#"{"kind":"alert"}"#, WebhookKind::Other),
        ("", r#"{"externalReference":"p-1"}"#, WebhookKind::RemoteAction),
        ("", r#"{"alert.monitor.name":"m"}"#, WebhookKind::Alert),
        ("", r#"{"kind":"mine"}"#, WebhookKind::Other),
    ] {
        assert_eq!(received(&usual(template), body).unwrap().kind, kind, "{template} {body}");
    }
    assert_eq!(data(&usual(""), r#"{"kind":"mine"}"#), r#"{"kind":"mine"}"#);
}

#[test]
fn an_event_is_known_by_its_id_or_by_what_it_says() {
    let id = |body: &str| received(&usual(""), body).unwrap().id;
    assert_eq!([id(r#"{"id":"e-1","x":1}"#), id(r#"{"id":17}"#)], ["e-1", "17"]);
    assert_eq!(id(r#"{"x":1}"#), id(r#"{"x":1}"#));
    assert!(id(r#"{"x":1}"#) != id(r#"{"x":2}"#) && id(r#"{"x":1}"#).len() == 43);
    assert_eq!(id(&format!(r#"{{"id":"{}"}}"#, "x".repeat(10_000))).len(), 43);
}

#[test]
fn an_event_is_stale_by_its_time_and_nobody_knows_without_one() {
    let stale = |more: &str, time: &str| received(&usual(more), &format!(r#"{{"time":"{time}"}}"#)).unwrap().stale;
    for (more, time, expected) in [
        ("", "2026-11-18T08:00:00Z", Some(false)),
        ("", "2026-11-18T07:59:59Z", Some(true)),
        ("", "2026-11-18T10:05:00+01:00", Some(false)),
        ("", "2026-11-18T09:05:01Z", Some(true)),
        ("", "2026-11-18 08:59:00", None),
        ("", "yesterday", None),
        (r#","maxAgeMs":1000"#, "2026-11-18T08:59:58Z", Some(true)),
    ] {
        assert_eq!(stale(more, time), expected, "{time}");
    }
}

#[test]
fn a_payload_may_be_read_by_places() {
    let endpoint =
        usual(r#","template":{"kind":"alert","fields":{"deviceName":"/device/name","mine":"a.b","none":"c"}}"#);
    assert_eq!(data(&endpoint, r#"{"device":{"name":"A"},"a.b":[2]}"#), r#"{"deviceName":"A","mine":[2]}"#);
    assert_eq!(received(&endpoint, "{}").unwrap_err().kind, ErrorKind::Invalid);
}

#[test]
fn a_payload_may_be_read_by_the_text_that_the_administrator_has_written() {
    let text = usual(r#","template":"Alert {{alert.monitor.name}} on {{device.name}}\n""#);
    let event = received(&text, "Alert Disk on Ü 1").unwrap();
    assert_eq!(
        (event.kind, event.data.to_text().as_str()),
        (WebhookKind::Alert, r#"{"monitor":"Disk","deviceName":"Ü 1"}"#)
    );
    for body in ["Alert Disk", "Alert a on b on c", "{}", ""] {
        let error = received(&text, body).unwrap_err();
        assert_eq!((error.kind, error.code.as_deref()), (ErrorKind::Invalid, Some("webhook-payload")), "{body}");
    }
    let json = usual(r#","template":"{\"device\":\"{{device.name}}\",\"n\":{{count}}}""#);
    assert_eq!(data(&json, r#"{ "n": 3, "device": "A\"\n" }"#), r#"{"deviceName":"A\"\n","count":3}"#);
    // Whether Nexthink escapes what it puts in is not documented.
    assert_eq!(data(&json, r#"{"device":"A"B","n":many}"#), r#"{"deviceName":"A\"B","count":"many"}"#);
}

#[test]
fn a_template_that_does_not_parse_is_told_with_the_place() {
    for (template, place) in [
        (r#""Device {{device.name""#, "line 1, column 10"),
        (r#""a\nb {{a}}{{b}}""#, "line 2, column 8"),
        (r#""{\n  \"a\": {{b}},\n}""#, "line 3, column 1"),
        (r#""\n {\"a\" {{b}}}""#, "line 2, column 7"),
        (r#""no placeholder""#, "line 1, column 1"),
        (r#"{"kind":"alarm"}"#, "`kind` is not"),
        (r#"{"field":{}}"#, "`field` is not known"),
        (r#"{"fields":{}}"#, "is empty"),
        (r#"{"fields":{"a":"/~"}}"#, "`template.fields.a`"),
        (r#"{"fields":{"__proto__":"a"}}"#, "`template.fields.__proto__`"),
        (r#"{"fields":{"a":"b"},"payload":"{{a}}"}"#, "both"),
        ("7", "not an object"),
    ] {
        let error = endpoint(&format!(r#"{{"secret":["{SECRET}"],"template":{template}}}"#)).err().unwrap();
        assert_eq!(error.kind, ErrorKind::Invalid, "{template}");
        assert!(error.message.contains(place), "{template}: {error}");
    }
}

#[test]
fn what_nobody_filled_in_is_not_taken_for_a_value() {
    assert_eq!(
        data(&usual(""), r#"{"kind":"alert","deviceName":"{{device.name}}","status":"x"}"#),
        r#"{"status":"x"}"#
    );
    let error = received(&usual(""), r#"{"kind":"alert","status":"{{ status }}"}"#).unwrap_err();
    assert!(error.message.contains("filled in"), "{error}");
}

#[test]
fn hostile_payloads_are_harmless_or_refused() {
    let endpoint = usual("");
    assert_eq!(data(&endpoint, r#"{"__proto__":{"a":1},"x":{"y":1}}"#), r#"{"x":{"y":1}}"#);
    assert_eq!(data(&endpoint, "\u{feff}{\"x\":1}"), r#"{"x":1}"#);
    let deep = |depth: usize| format!(r#"{{"a":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
    assert!(received(&endpoint, &deep(100)).is_ok());
    for body in ["", "null", "[]", "{", &deep(100_000)] {
        assert_eq!(received(&endpoint, body).unwrap_err().kind, ErrorKind::Invalid);
    }
    assert!(endpoint.receive(&bearer(SECRET), b"{\"a\":\"\xff\"}", now()).is_err());
}
