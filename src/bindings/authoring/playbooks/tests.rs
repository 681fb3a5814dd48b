//! What the functions answer, as JSON.

use super::{check, test};
use crate::json::{Json, Write, write_fields};

const QUERY: &str = "devices\n| where name == $device_name\n| list collector.uid, boot.days, remote_action.get_x.execution.outputs.Load";

const PLAYBOOK: &str = "{\n  \"id\": \"teams\", \"version\": \"1\", \"title\": { \"en\": \"Teams\" },\n  \"query\": { \"id\": \"#teams\" },\n  \"dataCollection\": [{ \"remoteActionId\": \"get_x\", \"title\": \"Get X\", \"schedule\": \"daily\" }],\n  \"rules\": [\n    { \"id\": \"r\", \"when\": \"Load == \\\"h\\u00f6ch\\\" and boot.days > 3\",\n      \"reason\": { \"en\": \"{boot.days} days\" }, \"advice\": { \"en\": \"Restart\" } }\n  ]\n}\n";

const TESTS: &str = "{ \"tests\": [\n  { \"name\": \"busy\", \"row\": { \"Load\": \"höch\", \"boot.days\": 4 }, \"verdicts\": { \"r\": \"match\" } },\n  { \"name\": \"idle\", \"row\": { \"Load\": \"low\", \"boot.days\": 4 }, \"verdicts\": { \"r\": \"unknown\" } }\n] }";

fn ask(function: fn(&[u8]) -> String, playbook: &Json, query: &str, tests: Option<&str>) -> Json {
    let input = write_fields(&["playbook", "query", "tests"], &[playbook, &query, &tests]);
    let answer = Json::parse(function(input.to_text().as_bytes()).as_bytes()).unwrap();
    answer.get("result").or_else(|| answer.get("error")).unwrap().clone()
}

/// `file pointer line:column start-end severity message`, shortened.
fn lines(found: &Json) -> Vec<String> {
    let Json::List(found) = found else { panic!("{found:?}") };
    let part = |one: &Json, name: &str| match one.get(name) {
        Some(Json::Text(text)) => text.to_string(),
        Some(other) => other.to_text(),
        None => "-".into(),
    };
    let line = |one: &Json| {
        let [file, pointer, line, column, start, end, severity] =
            ["file", "pointer", "line", "column", "start", "end", "severity"].map(|name| part(one, name));
        let message: String = part(one, "message").chars().take(34).collect();
        format!("{file} {pointer} {line}:{column} {start}-{end} {severity} {message}")
    };
    found.iter().map(line).collect()
}

#[test]
fn a_mistake_is_told_with_its_place_in_the_file() {
    assert_eq!(lines(&ask(check, &PLAYBOOK.into(), QUERY, None)), [""; 0]);
    let wrong = PLAYBOOK.replace("boot.days > 3", "boot.day > 3").replace("{boot.days}", "é {boot.dais}");
    let expected = |line: &dyn Fn(&str) -> String| {
        [
            format!("playbook /rules/0/when {} 19-27 error the query has no column `boot.day`", line("6:53")),
            format!("playbook /rules/0/reason/en {} 3-12 error the query has no column `boot.dais`", line("7:29")),
        ]
        .map(|line| line.chars().take(line.len() - 10).collect::<String>())
    };
    let short =
        |lines: Vec<String>| lines.iter().map(|line| line.chars().take(60).collect::<String>()).collect::<Vec<_>>();
    let told = lines(&ask(check, &wrong.as_str().into(), QUERY, None));
    assert_eq!(short(told), short(expected(&str::to_owned).to_vec()));
    // An object has no lines.
    let object = Json::parse(wrong.as_bytes()).unwrap();
    let told = lines(&ask(check, &object, QUERY, None));
    assert_eq!(short(told), short(expected(&|_| "-:-".to_owned()).to_vec()));
}

#[test]
fn a_mistake_in_the_query_is_told_with_its_place_there() {
    // As an editor of Windows leaves it, which does not count its mark.
    let (marked, wrong) =
        (format!("\u{feff}{QUERY}"), format!("\u{feff}{}", QUERY.replace("devices\n|", "devices |\n|")));
    assert_eq!(lines(&ask(check, &PLAYBOOK.into(), &marked, None)), [""; 0]);
    assert!(lines(&ask(check, &PLAYBOOK.into(), &wrong, None))[0].starts_with("query /query/text 2:1 10-11 error"));
    assert_eq!(
        lines(&ask(check, &PLAYBOOK.into(), &QUERY.replace("| list", "| lsit"), None)),
        ["query /query/text 3:3 39-43 error expected `where`, `with`, `include"]
    );
    let apart = Json::parse(PLAYBOOK.as_bytes()).unwrap();
    let no_uid = QUERY.replace("collector.uid, ", "");
    assert_eq!(
        lines(&ask(check, &apart, &no_uid, None)),
        ["query /query/text 1:1 --- error the query does not list `collector"]
    );
}

#[test]
fn what_is_no_json_and_what_stands_twice_is_told() {
    let broken = PLAYBOOK.replace("\"version\": \"1\",", "\"version\": \"1\"");
    assert_eq!(
        lines(&ask(check, &format!("\u{feff}{broken}").as_str().into(), QUERY, None)),
        ["playbook  2:33 34-34 error from here on it is not JSON"]
    );
    let twice = PLAYBOOK
        .replace("\"id\": \"r\",", "\"id\": \"r\", \"id\": \"s\",")
        .replace("{ \"en\": \"Restart\" }", "{ \"en\": \"Restart\", \"en\": \"x\" }");
    assert_eq!(
        lines(&ask(check, &twice.as_str().into(), QUERY, None)),
        [
            "playbook /rules/0/id 6:24 --- error this name stands twice in the same",
            "playbook /rules/0/advice/en 7:82 --- error this name stands twice in the same",
        ]
    );
}

#[test]
fn tests_are_run_and_say_what_differs() {
    let answer = ask(test, &PLAYBOOK.into(), QUERY, Some(TESTS));
    assert_eq!(answer.get("diagnostics").unwrap().to_text(), "[]");
    let report = answer.get("report").unwrap().to_text();
    for expected in [
        r#"{"ok":false,"passed":1,"failed":1,"#,
        r#"{"name":"busy","ok":true,"differences":[]}"#,
        r#""property":"verdict","rule":"r","message":"`r` must be unknown, and is no-match","expected":"unknown","found":"no-match","#,
        r#""because":[{"condition":"Load == \"höch\"","clause":"when","verdict":"no-match","values":"#,
        r#""coverage":{"total":6,"reached":3,"missed":[{"rule":"r","clause":"when","condition":"Load == \"höch\"","verdict":"unknown"},"#,
    ] {
        assert!(report.contains(expected), "{report}");
    }
}

#[test]
fn what_is_wrong_with_tests_is_told_with_its_place() {
    let wrong = TESTS
        .replace("\"verdicts\": { \"r\": \"match\" }", "\"verdict\": { \"r\": \"match\" }")
        .replace("\"Load\": \"low\"", "\"Laod\": \"low\"");
    let answer = ask(test, &PLAYBOOK.into(), QUERY, Some(&wrong));
    assert_eq!(
        lines(answer.get("diagnostics").unwrap()),
        [
            "tests /tests/0/verdict 2:75 --- error `verdict` is not known here",
            "tests /tests/1/row/Laod 3:38 --- error the query has no column `Laod`",
        ]
    );
    assert_eq!(answer.get("report").unwrap().get("failed"), Some(&Json::Number(2.0)));
}

#[test]
fn what_stands_twice_in_tests_is_told() {
    let twice = TESTS.replace("\"unknown\" }", "\"no-match\", \"r\": \"match\" }");
    let answer = ask(test, &PLAYBOOK.into(), QUERY, Some(&twice));
    assert_eq!(
        lines(answer.get("diagnostics").unwrap()),
        ["tests /tests/1/verdicts/r 3:99 --- error this name stands twice in the same"]
    );
    let report = answer.get("report").unwrap();
    assert_eq!((report.get("ok"), report.get("failed")), (Some(&Json::Boolean(false)), Some(&Json::Number(0.0))));
}

#[test]
fn a_playbook_that_is_wrong_is_no_ground_for_tests() {
    let error = ask(test, &PLAYBOOK.replace("boot.days > 3", "boot.day > 3").as_str().into(), QUERY, Some(TESTS));
    assert!(error.get("message").write().to_text().contains("the query has no column `boot.day`"), "{error:?}");
    let answer = check(b"{}");
    assert!(answer.contains("playbook"), "{answer}");
}
