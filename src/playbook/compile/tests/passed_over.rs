//! What could be compiled and would not do what is meant: a script would be given it, or a rule never be told.

use super::{PLAYBOOK, told};
use crate::json::Json;

#[test]
fn what_a_script_would_be_given_by_mistake_is_said_with_its_place() {
    let of_parameter = |value: &str| told("{\"facts\": [\"Version\"]}", value);
    const BRACES: &str = "a parameter's text goes to the script as it stands: its braces are not replaced (take the value from the column: `{ \"facts\": [\"…\"] }`)";
    const AT: &str = "/remoteActions/clear_cache/parameters/Name";
    for (text, part) in [("{Version}", "{Version}"), ("a { boot.days }, b", "{ boot.days }"), (" { } ", "{ }")] {
        assert_eq!(of_parameter(&format!("\"{text}\"")), [format!("{AT} `{part}`: {BRACES}")]);
    }
    for its_own in ["{guid}", "a {} b", "{", "}{"] {
        assert_eq!(of_parameter(&format!("\"{its_own}\"")), [""; 0]);
    }
    assert_eq!(
        of_parameter("5"),
        [format!("{AT}: this is not a text or `{{ \"facts\": [\"…\"] }}` (write one of these)")]
    );
    assert_eq!(
        told("\"Name\": {", "\"\": {"),
        [
            "/remoteActions/clear_cache/parameters/: the parameter has no name (write the name of the script's input before the colon)"
        ]
    );
}

#[test]
fn what_a_column_cannot_hold_is_said_with_its_place() {
    assert_eq!(
        told("[\"Plugins\"]", "[\"Plugins\", \"crashes\", \"status\"]"),
        [
            "/lists/1: `crashes` holds one value, and no list (leave it out)",
            "/lists/2: `remote_action.get_x.execution.status` holds one value, and no list (leave it out)",
        ]
    );
    assert_eq!(
        told("\"title\": \"Get X\"", "\"title\": \" \""),
        ["/dataCollection/0/title: the title is empty (write the name that the remote action has in Nexthink)"]
    );
    let twice = PLAYBOOK.replace("crashes, remote_action", "crashes, boot.days, remote_action");
    let found = super::super::compile(Json::parse_file(&twice).unwrap(), None).mistakes;
    assert_eq!(found[0].help.as_deref(), Some("the query lists it twice: leave one of them out there"));
    let timed = PLAYBOOK.replace("get_x.execution.status", "get_x.execution.time");
    for (when, is_refused) in [("time > 5", true), ("time == 5", true), ("time < 7d", true), ("time == null", false)] {
        let file = timed.replace("boot.days > 3", when);
        let found = super::super::compile(Json::parse_file(&file).unwrap(), None).mistakes;
        let told = found.iter().any(|mistake| mistake.message.ends_with("is a time, which cannot be compared"));
        assert_eq!((told, found.is_empty()), (is_refused, !is_refused), "{when}: {found:?}");
    }
}
