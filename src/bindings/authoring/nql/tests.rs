//! What the functions answer, as JSON. The shapes of whole trees are tested through JavaScript.

use super::{check, format, parse};
use crate::json::{Json, Write, write_fields};

fn input(text: &str) -> Vec<u8> {
    write_fields(&["text"], &[&text]).to_text().into_bytes()
}

fn part(answer: &str, path: &[&str]) -> Json {
    let mut part = Json::parse(answer.as_bytes()).unwrap();
    for name in path {
        part = part.get(name).unwrap_or_else(|| panic!("{name} in {answer}")).write();
    }
    part
}

fn error_text(answer: &str, field: &str) -> String {
    part(answer, &["error", field]).as_text().unwrap().to_owned()
}

#[test]
fn a_query_becomes_a_tree_and_its_canonical_text() {
    let input = input("devices|limit 5");
    assert_eq!(
        part(&parse(&input), &["result", "statements"]).to_text(),
        r#"[{"type":"limit","rows":5,"start":8,"end":15}]"#
    );
    assert_eq!(part(&format(&input), &["result"]), "devices\n| limit 5\n".into());
    assert_eq!(check(&input), r#"{"result":[]}"#);
}

#[test]
fn one_mistake_is_told_with_its_place() {
    for answer in [parse(&input("devices\n| limit x")), format(&input("devices\n| limit x"))] {
        assert_eq!(
            error_text(&answer, "message"),
            "the query has a mistake at line 2, column 9: expected a whole number of rows, found `x`"
        );
        assert_eq!(error_text(&answer, "hint"), "correct it; `nql.check` gives every mistake with its place");
        assert_eq!(error_text(&answer, "kind"), "invalid");
        assert_eq!(error_text(&answer, "sideEffect"), "none");
    }
}

#[test]
fn of_several_mistakes_the_first_is_told() {
    let answer = parse(&input("devices\n| summarise c = count()\n| limit many"));
    assert!(error_text(&answer, "message").starts_with("the query has 2 mistakes, the first at line 2, column 3: "));
    assert_eq!(error_text(&answer, "hint"), "did you mean `summarize`? `nql.check` gives every mistake with its place");
}

#[test]
fn input_that_is_none_is_named() {
    for (answer, message) in [
        (parse(b"{}"), "`nql.parse`: `text` is missing"),
        (format(b"{\"text\":5}"), "`nql.format`: `text` is not a text"),
        (check(b"{\"text\":\"devices\",\"options\":{\"names\":[]}}"), "`nql.check`: `options.names` is not known here"),
        (
            check(b"{\"text\":\"devices\",\"options\":{\"parameters\":[1]}}"),
            "`nql.check`: `options.parameters[0]` is not a text",
        ),
        (check(b"devices"), "the input of `nql.check` is not JSON"),
    ] {
        assert_eq!(error_text(&answer, "message"), message);
    }
}

#[test]
fn parameters_are_checked_when_they_are_given() {
    let check = |parameters: &str| {
        let text = "devices | where name == $device";
        check(format!("{{\"text\":\"{text}\",\"options\":{{{parameters}}}}}").as_bytes())
    };
    assert_eq!(check(""), r#"{"result":[]}"#);
    assert_eq!(check("\"parameters\":[\"device\"]"), r#"{"result":[]}"#);
    assert!(check("\"parameters\":[]").contains("the parameter `$device` is not given"));
}

#[test]
fn the_deepest_query_that_is_accepted_is_written() {
    let sum = format!("devices | summarize a = {}1", "1+".repeat(500));
    let brackets = format!("devices | where {}a == 1{}", "(".repeat(64), ")".repeat(64));
    for text in [sum, brackets] {
        let answer = parse(&input(&text));
        assert!(answer.starts_with("{\"result\":"), "{answer}");
        assert!(format(&input(&text)).starts_with("{\"result\":"));
    }
}
