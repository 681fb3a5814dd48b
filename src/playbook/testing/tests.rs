//! A test fails for what it says, and a file of tests that says nothing, or the wrong thing, is told so.

use super::{TestedProperty, run_tests};
use crate::playbook::Playbook;

fn playbook() -> Playbook {
    let file = r##"{
      "id": "own", "version": "1", "title": {"en": "Own"}, "platforms": ["Windows"],
      "query": {"id": "#own", "text": "devices | where name == $device_name | list collector.uid, load, days, remote_action.get_x.execution.outputs.Names, remote_action.get_x.execution.status"},
      "lists": ["Names"], "dataCollection": [{"remoteActionId": "get_x", "title": "Get X", "schedule": "daily"}],
      "remoteActions": {"fix": {"title": "Fix", "risk": "safe", "parameters": {"Name": {"facts": ["Names"]}}}},
      "rules": [
        {"id": "busy", "when": "load > 5 and remote_action.get_x.execution.status == success", "unless": "days < 2", "reason": {"en": "busy"}, "remoteAction": "fix"},
        {"id": "old", "when": "days > 9", "freshness": [{"fact": "days", "maxAge": "1d", "time": "load"}], "reason": {"en": "old"}, "advice": {"en": "restart"}},
        {"id": "last", "always": true, "reason": {"en": "last"}, "advice": {"en": "wait"}}
      ]
    }"##;
    Playbook::compile(file, None).unwrap()
}

const BUSY: &str = r#""row": {"load": 9, "days": 5, "Names": ["Teams"], "status": "success"}"#;

/// What is wrong with the file, and what differs in each test.
fn told(tests: &str) -> (Vec<String>, Vec<String>) {
    let run = run_tests(&playbook(), &format!("{{\"tests\": [{tests}]}}"));
    assert_eq!(run.report.passed + run.report.failed, run.report.tests.len());
    assert_eq!(run.report.ok, run.report.failed == 0 && run.mistakes.is_empty());
    let mistakes = run.mistakes.iter().map(|mistake| {
        format!("{}: {} ({})", mistake.pointer, mistake.message, mistake.help.as_deref().unwrap_or_default())
    });
    let differences = run.report.tests.iter().flat_map(|test| &test.differences);
    (mistakes.collect(), differences.map(|difference| difference.message.clone()).collect())
}

#[test]
fn a_test_passes_that_says_what_comes_out() {
    for test in [
        format!(r#"{{"name": "a", {BUSY}, "verdicts": {{"busy": "match"}}, "recommendations": ["busy", "last"], "params": {{"busy": {{"Name": "Teams"}}}}}}"#),
        format!(r#"{{"name": "a", {BUSY}, "verdicts": {{"busy": "match", "old": "unknown", "last": "match"}}, "platform": "windows", "applicable": true}}"#),
        format!(r#"{{"name": "a", {BUSY}, "platform": "macOS", "applicable": false}}"#),
        r#"{"name": "a", "row": {"headers": ["days", "load"], "data": [[12, "2026-11-21T08:00:00Z"]]}, "now": "2026-11-21T12:00:00Z", "verdicts": {"old": "match"}}"#.into(),
    ] {
        assert_eq!(told(&test), (vec![], vec![]), "{test}");
    }
}

#[test]
fn what_differs_is_told() {
    for (test, expected) in [
        (r#""verdicts": {"busy": "no-match"}"#, "`busy` must be no-match, and is match"),
        (r#""verdicts": {"old": "unknown"}"#, "`busy` matches, and the test does not name it"),
        (r#""verdicts": {"busy": "match", "last": "no-match"}"#, "`last` must be no-match, and is match"),
        (
            r#""verdicts": {"busy": "match"}, "recommendations": ["last", "busy"]"#,
            "other recommendations come out, or in another order",
        ),
        (
            r#""verdicts": {"busy": "match"}, "params": {"busy": {"Name": "Zoom"}}"#,
            "`busy` fills its parameters in another way",
        ),
        (r#""verdicts": {"busy": "match"}, "params": {"old": {"Name": "Zoom"}}"#, "`old` recommends no remote action"),
        (r#""verdicts": {"busy": "match"}, "platform": "macOS""#, "the playbook does not apply to this platform"),
        (
            r#""applicable": false, "recommendations": ["busy", "last"], "params": {}"#,
            "the playbook applies to this platform",
        ),
    ] {
        let (mistakes, differences) = told(&format!(r#"{{"name": "a", {BUSY}, {test}}}"#));
        assert_eq!(mistakes, [""; 0], "{test}");
        assert_eq!(differences.first().map(String::as_str), Some(expected), "{test}");
    }
}

#[test]
fn a_difference_shows_why() {
    let file =
        r#"{"tests": [{"name": "a", "row": {"load": 9, "status": null, "days": 5}, "verdicts": {"busy": "match"}}]}"#;
    let report = run_tests(&playbook(), file).report;
    let difference = &report.tests[0].differences[0];
    assert_eq!((difference.property, difference.rule.as_deref()), (TestedProperty::Verdict, Some("busy")));
    assert_eq!(difference.because.len(), 3);
    let missing = &difference.missing[0];
    assert!(missing.column.ends_with(".status"), "{}", missing.column);
    assert_eq!(missing.supplied_by.as_ref().unwrap().title, "Get X");
}

#[test]
fn branches_are_counted_once_and_those_that_cannot_be_reached_are_not() {
    let file = format!(
        r#"{{"tests": [{{"name": "a", {BUSY}, "verdicts": {{"busy": "match"}}}}, {{"name": "b", {BUSY}, "verdicts": {{"busy": "match"}}}}]}}"#
    );
    let coverage = run_tests(&playbook(), &file).report.coverage;
    // `status == success` is never answered by no.
    assert_eq!((coverage.total, coverage.reached), (11, 4));
    let missed: Vec<String> = coverage
        .missed
        .iter()
        .map(|branch| {
            format!("{} {} {} {}", branch.rule, branch.clause.word(), branch.condition, branch.verdict.word())
        })
        .collect();
    assert_eq!(
        missed,
        [
            "busy when load > 5 no-match",
            "busy when load > 5 unknown",
            "busy when remote_action.get_x.execution.status == success unknown",
            "busy unless days < 2 match",
            "busy unless days < 2 unknown",
            "old when days > 9 match",
            "old when days > 9 no-match",
        ]
    );
}

#[test]
fn what_is_wrong_with_a_test_is_told_with_its_place_and_the_test_has_failed() {
    let verdicts = r#""verdicts": {"busy": "match"}"#;
    for (test, expected) in [
        (
            format!(r#"{{"name": "a", {BUSY}, "verdicts": {{"bussy": "match"}}}}"#),
            "/tests/0/verdicts/bussy: the playbook has no rule `bussy` (did you mean `busy`?)",
        ),
        (
            format!(r#"{{"name": "a", {BUSY}, {verdicts}, "recommendations": ["x"]}}"#),
            "/tests/0/recommendations/0: the playbook has no rule `x` (its rules are busy, old, last)",
        ),
        (
            format!(r#"{{"name": "a", {BUSY}, {verdicts}, "params": {{"lost": {{}}}}}}"#),
            "/tests/0/params/lost: the playbook has no rule `lost` (did you mean `last`?)",
        ),
        (
            format!(r#"{{"name": "a", {BUSY}, {verdicts}, "collected": {{"get_y": "2026-11-21T08:00:00Z"}}}}"#),
            "/tests/0/collected/get_y: `get_y` is not in the playbook's `dataCollection` (did you mean `get_x`?)",
        ),
        (
            format!(r#"{{"name": "a", {BUSY}}}"#),
            "/tests/0: the test asks for nothing (name in `verdicts` what the rules must say)",
        ),
        (
            format!(r#"{{"name": "", {BUSY}, {verdicts}}}"#),
            "/tests/0/name: the name is empty (write what the test shows)",
        ),
        (
            format!(r#"{{"name": "a", {BUSY}, {verdicts}, "platform": "macOS", "applicable": false}}"#),
            "/tests/0/verdicts: a playbook that does not apply says nothing of its rules (leave `verdicts` out)",
        ),
        (
            format!(r#"{{"name": "a", "row": {{"laod": 9}}, {verdicts}}}"#),
            "/tests/0/row/laod: the query has no column `laod` (did you mean `load`?)",
        ),
        (format!(r#"{{"name": "a", "row": {{"load": 9, "device.LOAD": 9, "Load": 1}}, {verdicts}}}"#), ""),
        (
            format!(r#"{{"name": "a", "row": {{"load": 9, "Load": 1}}, {verdicts}}}"#),
            "/tests/0/row/Load: `load` and `Load` are the same column (leave one of them out)",
        ),
        (
            format!(r#"{{"name": "a", "row": 5, {verdicts}}}"#),
            "/tests/0/row: this is not one row (write an object by column names, or `headers` and `data` with one row)",
        ),
        (
            format!(r#"{{"name": "a", {BUSY}, "verdicts": {{"busy": "yes"}}}}"#),
            "/tests/0/verdicts/busy: this is not `match` or `no-match` or `unknown` (write one of these)",
        ),
        (
            format!(r#"{{"name": "a", {BUSY}, {verdicts}, "nwo": 1}}"#),
            "/tests/0/nwo: `nwo` is not known here (did you mean `now`?)",
        ),
        (
            format!(r#"{{"name": "a", {BUSY}, {verdicts}, "now": "today"}}"#),
            "/tests/0/now: this is not a time such as 2026-01-31T08:00:00Z (write it in this form)",
        ),
    ] {
        let (mistakes, differences) = told(&test);
        if expected.is_empty() {
            assert_eq!(mistakes, [""; 0], "{test}");
            continue;
        }
        assert_eq!(mistakes, [expected], "{test}");
        assert_eq!(differences.len(), 1, "{test}");
    }
    let twice = format!(r#"{{"name": "a", {BUSY}, {verdicts}}}, {{"name": "a", {BUSY}, {verdicts}}}"#);
    assert_eq!(told(&twice).0, ["/tests/1/name: an earlier test has the same name (give each test a name of its own)"]);
    assert_eq!(told("").0, ["/tests: there is no test (add one: a row, and the verdicts that it must give)"]);
    assert_eq!(run_tests(&playbook(), "{").mistakes[0].message, "from here on it is not JSON");
}
