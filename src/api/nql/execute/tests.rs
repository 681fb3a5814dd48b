//! Both versions of the answer, what of it may be missing, and what is refused before anything is sent.

use super::*;
use crate::api::problem::ErrorKind;

const V1: &str = r##"{"queryId":"#get_device_basic_infos","executedQuery":"devices","rows":2,
    "executionDateTime":{"year":2023,"month":7,"day":18,"hour":10,"minute":5,"second":1},
    "headers":["device.collector.uid","device.name","device.hardware.memory"],
    "data":[["e0aa796d","XN1",17179869184],["f1",null,1.5e9]]}"##;
const V2: &str = r##"{"queryId":"#get_device_basic_infos","executedQuery":"devices","rows":2,
    "executionDateTime":"2023-07-18T10:05:01",
    "data":[{"device.collector.uid":"e0aa796d","device.name":"XN1","device.hardware.memory":17179869184},
            {"device.collector.uid":"f1","device.hardware.memory":1.5e9,"device.name":null}]}"##;

fn tenant() -> Tenant {
    Tenant::new("acme".into(), "eu".into(), None, None).unwrap()
}

fn input(query_id: &str, version: Version) -> Input {
    let parameters = Map(vec![("username".into(), "jdoe".into())]);
    Input { query_id: query_id.into(), parameters, version: Some(version) }
}

fn answer(status: u16, body: &str) -> Result<Output, NexthinkError> {
    parse(&Response { status, headers: vec![], body: body.into() })
}

#[test]
fn the_request_is_the_documented_one() {
    let request = request(&tenant(), &input("#my_query", Version::V2)).unwrap();
    assert_eq!(request.url, "https://acme.api.eu.nexthink.cloud/api/v2/nql/execute");
    assert_eq!(request.header("x-utc-times"), Some("true"));
    assert_eq!(request.body.as_deref(), Some(r##"{"queryId":"#my_query","parameters":{"username":"jdoe"}}"##));
}

#[test]
fn a_query_id_that_the_vendor_would_refuse_is_refused_before_it_is_sent() {
    assert_eq!(request(&tenant(), &input("my_query", Version::V1)).unwrap_err().kind, ErrorKind::Invalid);
}

#[test]
fn v1_and_v2_give_the_same() {
    let (v1, v2) = (answer(200, V1).unwrap(), answer(200, V2).unwrap());
    assert_eq!(v1, v2);
    assert_eq!(v1.executed_at, "2023-07-18T10:05:01");
    assert_eq!(v1.table.rows[1], [Json::Text("f1".into()), Json::Null, Json::Number(1.5e9)]);
}

#[test]
fn a_v2_object_may_leave_out_or_add_a_name() {
    let output = answer(200, r#"{"data":[{"a":1},{"b":[true,"x"]},{"b":null,"a":{"c":2}}]}"#).unwrap();
    assert_eq!(output.table.columns, ["a".into(), "b".into()] as [Box<str>; 2]);
    assert_eq!(output.table.rows[0], [Json::Number(1.0), Json::Null]);
    assert_eq!(output.table.rows[1], [Json::Null, Json::List(vec![Json::Boolean(true), Json::Text("x".into())])]);
    assert_eq!(output.table.rows[2], [Json::Object(vec![("c".into(), Json::Number(2.0))]), Json::Null]);
}

#[test]
fn a_name_that_comes_twice_loses_no_value() {
    for (body, columns, row) in [
        (r#"{"headers":["a","a","b","a"],"data":[[1,2,3,4]]}"#, "a|a (2)|b|a (3)", [1.0, 2.0, 3.0, 4.0]),
        (r#"{"data":[{"a":1,"a":2,"b":3,"a":4}]}"#, "a|a (2)|b|a (3)", [1.0, 2.0, 3.0, 4.0]),
        (r#"{"headers":["a","a (2)","a","a"],"data":[[1,2,3,4]]}"#, "a|a (2)|a (3)|a (4)", [1.0, 2.0, 3.0, 4.0]),
        (r#"{"data":[{"a":1,"a":2,"a (2)":3,"b":4}]}"#, "a|a (2)|a (2) (2)|b", [1.0, 2.0, 3.0, 4.0]),
    ] {
        let table = answer(200, body).unwrap().table;
        assert_eq!(table.columns.join("|"), columns, "{body}");
        assert_eq!(table.rows, [row.map(Json::Number)], "{body}");
    }
    let table = answer(200, r#"{"data":[{"a":1},{"b":2,"a":3,"a":4},{"a":5,"a":6}]}"#).unwrap().table;
    assert_eq!(table.columns.join("|"), "a|b|a (2)");
    let number = |number: f64| Json::Number(number);
    assert_eq!(table.rows[0], [number(1.0), Json::Null, Json::Null]);
    assert_eq!(table.rows[1], [number(3.0), number(2.0), number(4.0)]);
    assert_eq!(table.rows[2], [number(5.0), Json::Null, number(6.0)]);
}

#[test]
fn columns_without_end_are_malformed_and_not_looked_for() {
    let names = |count: usize, distinct: bool| -> Vec<String> {
        (0..count).map(|at| if distinct { format!("\"{at}\"") } else { "\"a\"".to_owned() }).collect()
    };
    for (count, distinct) in [(1_001, true), (1_001, false), (200_000, true), (200_000, false)] {
        let names = names(count, distinct);
        let row = names.iter().map(|name| format!("{name}:1")).collect::<Vec<_>>().join(",");
        for body in [format!(r#"{{"headers":[{}],"data":[]}}"#, names.join(",")), format!(r#"{{"data":[{{{row}}}]}}"#)]
        {
            let response = Response { status: 200, headers: vec![], body: body.into() };
            assert_eq!(parse(&response).unwrap_err().kind, ErrorKind::Malformed, "{count} {distinct}");
            assert_eq!(parse_to_text(&response).unwrap_err().kind, ErrorKind::Malformed, "{count} {distinct}");
        }
    }
    let most = format!(r#"{{"headers":[{}],"data":[]}}"#, names(1_000, false).join(","));
    assert_eq!(answer(200, &most).unwrap().table.columns.last().map(|name| &**name), Some("a (1000)"));
}

#[test]
fn rows_may_come_without_the_rest_of_an_answer() {
    let answer = answer(200, V2).unwrap();
    let rows = V2.split_once("\"data\":").unwrap().1.strip_suffix('}').unwrap();
    for text in [V1, V2, rows] {
        assert_eq!(rows_in(text.as_bytes()), Some(answer.table.clone()), "{text}");
    }
    let table = rows_in(br#"{"a":1,"data":"x"}"#).unwrap();
    assert_eq!((table.columns.join("|"), table.rows.len()), ("a|data".into(), 1));
    for text in ["", "1", "[[1]]", "[1]", "{\"a\":", r#"{"headers":["a"],"data":[[1,2]]}"#] {
        assert_eq!(rows_in(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn what_is_no_answer_is_malformed() {
    for body in [
        "",
        "<!doctype html><p>Sign in",
        "{}",
        "[]",
        r#"{"headers":["a"],"data":[[1,2]]}"#,
        "{\"data\":[{\"a\":",
        "\u{0}",
    ] {
        let error = answer(200, body).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Malformed, "{body}");
    }
    let invalid = Response { status: 200, headers: vec![], body: b"{\"data\":[{\"a\":\"\xff\"}]}".to_vec() };
    assert_eq!(parse(&invalid).unwrap_err().kind, ErrorKind::Malformed);
    assert_eq!(answer(404, r#"{"message":"m","code":100,"source":"s"}"#).unwrap_err().kind, ErrorKind::NotFound);
}

#[test]
fn as_many_rows_as_fit_means_that_some_may_be_missing() {
    let body = |rows: usize| format!(r#"{{"headers":["a"],"data":[{}]}}"#, vec!["[1]"; rows].join(","));
    assert!(answer(200, &body(1_000)).unwrap().truncated);
    assert!(!answer(200, &body(999)).unwrap().truncated);
    assert!(answer(206, &body(1)).unwrap().truncated);
}
