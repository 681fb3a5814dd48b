//! What the check finds beyond what a playbook is refused for, each in the words that are told.

use super::{check_json, check_text};
use crate::json::Json;
use crate::nql::Severity;
use crate::playbook::BUILT_IN;
use crate::playbook::mistake::at_pointer;

const PLAYBOOK: &str = r##"{
  "id": "teams", "version": "1", "title": {"en": "Teams"},
  "query": {"id": "#teams", "text": "devices | where name == $device_name | include execution.crashes past 7d | compute crashes = count() | list collector.uid, boot.days, platform, crashes, remote_action.get_x.execution.outputs.Plugins, remote_action.get_x.execution.outputs.Version, remote_action.get_x.execution.status"},
  "lists": ["Plugins"],
  "dataCollection": [{"remoteActionId": "#get_x", "title": "Get X", "schedule": "weekly"}],
  "remoteActions": {"clear_cache": {"title": "Clear cache", "risk": "safe"}},
  "rules": [
    {"id": "old", "when": "boot.days > 3", "unless": "crashes > 9", "reason": {"en": "{boot.days} days"}, "remoteAction": "clear_cache"},
    {"id": "last", "always": true, "reason": {"en": "it helps"}, "advice": {"en": "Restart Teams"}}
  ]
}"##;

/// `E` or `W`, the pointer, the meant part of the text, the message and what to do.
fn told(changed: &str, to: &str) -> Vec<String> {
    assert!(PLAYBOOK.contains(changed), "{changed}");
    let file = PLAYBOOK.replace(changed, to);
    let json = Json::parse_file(&file).unwrap();
    let checked = check_text(&file, None);
    assert_eq!(checked.playbook.is_some(), checked.problems.iter().all(|found| found.severity == Severity::Warning));
    assert_eq!(check_json(json.clone(), None).problems, checked.problems);
    let line = |found: &super::PlaybookProblem| {
        let mistake = &found.mistake;
        let text = at_pointer(&json, &mistake.pointer).and_then(Json::as_text);
        let part = mistake
            .span
            .map(|span| format!(" `{}`", text.unwrap().get(span.start..span.end).unwrap()))
            .unwrap_or_default();
        let severity = if found.severity == Severity::Error { "E" } else { "W" };
        let help = mistake.help.as_deref().unwrap_or("-");
        format!("{severity} {}{part}: {} ({help})", mistake.pointer, mistake.message)
    };
    checked.problems.iter().map(line).collect()
}

/// The same for a condition in place of the first rule's.
fn told_of(when: &str, unless: &str) -> Vec<String> {
    let escaped = |text: &str| text.replace('"', "\\\"");
    let clause = match unless {
        "" => format!("\"when\": \"{}\"", escaped(when)),
        unless => format!("\"when\": \"{}\", \"unless\": \"{}\"", escaped(when), escaped(unless)),
    };
    told("\"when\": \"boot.days > 3\", \"unless\": \"crashes > 9\"", &clause)
}

#[test]
fn what_would_be_passed_over_in_silence_is_told() {
    let told_of_platform = |name: &str| told("\"lists\"", &format!("\"platforms\": [\"{name}\"], \"lists\""));
    assert_eq!(told_of_platform("MACOS"), [""; 0]);
    assert_eq!(
        told_of_platform("Mac"),
        [
            "W /platforms/0: `Mac` is no platform that is known (write it as `operating_system.platform` has it: `Windows` or `macOS`)"
        ]
    );
    assert_eq!(
        told_of("status == sucess and boot.days > 3", ""),
        ["E /rules/0/when `status == sucess`: `sucess` is no status (did you mean `success` or `failure`?)"]
    );
    assert_eq!(told_of("status == expired and boot.days > 3", ""), [""; 0]);
    // What is not read of `dataCollection` is not missing there.
    assert_eq!(
        told("[{\"remoteActionId\": \"#get_x\", \"title\": \"Get X\", \"schedule\": \"weekly\"}]", "[\"get_x\"]"),
        ["E /dataCollection/0: this is not an object (write names and values in braces, as in `{ \"en\": \"…\" }`)"]
    );
    let query = "devices | where name == $device_name | list collector.uid, boot.days, crashes, Version";
    let problems = check_text(PLAYBOOK, Some(query)).problems;
    assert!(problems.iter().any(|found| found.mistake.message.contains("only that file is read")), "{problems:?}");
}

#[test]
fn nothing_is_said_of_a_playbook_that_is_right() {
    assert_eq!(told("weekly", "weekly"), [""; 0]);
    for built_in in &BUILT_IN {
        assert_eq!(check_text(built_in.json, Some(built_in.query)).problems, []);
    }
}

#[test]
fn what_nexthink_refuses_in_the_query_is_told_with_its_place() {
    let told = told("compute crashes = count()", "compute crashes = time.nth()");
    assert_eq!(told, ["E /query/text `nth`: there is no function `nth` (-)"]);
}

#[test]
fn comparisons_that_exclude_each_other_are_told() {
    for (when, expected) in [
        ("boot.days > 5 and boot.days < 3", "`boot.days > 5` and `boot.days < 3`"),
        ("boot.days >= 5 and crashes > 1 and boot.days < 5", "`boot.days >= 5` and `boot.days < 5`"),
        ("5 < boot.days and boot.days <= 2 + 3", "`5 < boot.days` and `boot.days <= 2 + 3`"),
        ("platform == \"a\" and platform == \"b\"", "`platform == \"a\"` and `platform == \"b\"`"),
        ("platform == Windows and platform != \"win*\"", "`platform == Windows` and `platform != \"win*\"`"),
        (
            "platform == Windows and platform !in [macOS, Windows]",
            "`platform == Windows` and `platform !in [macOS, Windows]`",
        ),
        (
            "platform in [macOS, Linux] and platform in [Windows, \"Android\"]",
            "`platform in [macOS, Linux]` and `platform in [Windows, \"Android\"]`",
        ),
        ("platform == macOS and platform contains \"win\"", "`platform == macOS` and `platform contains \"win\"`"),
        (
            "platform contains \"win\" and platform !contains \"win\"",
            "`platform contains \"win\"` and `platform !contains \"win\"`",
        ),
        ("boot.days == 4 and boot.days > 5", "`boot.days == 4` and `boot.days > 5`"),
        ("boot.days > 5 and boot.days in [1, 2]", "`boot.days > 5` and `boot.days in [1, 2]`"),
        ("boot.days == null and boot.days > 5", "`boot.days == null` and `boot.days > 5`"),
        ("boot.days == null and boot.days != null", "`boot.days == null` and `boot.days != null`"),
        ("boot.days * 2 > 5 and boot.days * 2 < 1", "`boot.days * 2 > 5` and `boot.days * 2 < 1`"),
        ("Plugins == [] and Plugins contains \"Zoom\"", "`Plugins == []` and `Plugins contains \"Zoom\"`"),
        ("Version > v16.2 and Version < v16.1", "`Version > v16.2` and `Version < v16.1`"),
        ("crashes > 1 or (boot.days > 5 and boot.days < 3)", "`boot.days > 5` and `boot.days < 3`"),
    ] {
        let found = told_of(when, "");
        assert_eq!(found.len(), 1, "{when}: {found:#?}");
        assert!(
            found[0].starts_with("E /rules/0/when ")
                && found[0].contains(&format!("{expected} can never hold together (correct one")),
            "{found:#?}"
        );
    }
    for when in [
        "boot.days > 3 and boot.days < 5 and boot.days != 4 and boot.days >= 4",
        "boot.days >= 5 and boot.days <= 5",
        "platform == \"a*\" and platform == \"*b\" and platform != \"x\"",
        "platform in [macOS, Windows] and platform in [Windows] and platform contains \"win\"",
        "boot.days in [1, null] and boot.days == null",
        "Version == v16.0 and Version == \"16.0\" and Version >= v15",
        "crashes >= 0 and crashes == \"3\" and crashes == 3",
        "(boot.days > 5 or crashes > 1) and (boot.days < 3 or crashes < 9)",
        "Plugins contains \"Zoom\" and Plugins contains \"Webex\" and Plugins !contains \"Teams\"",
        "boot.days > crashes and boot.days < crashes",
    ] {
        assert_eq!(told_of(when, ""), [""; 0], "{when}");
    }
}

#[test]
fn a_condition_that_can_never_hold_is_told() {
    for (when, expected) in [
        (
            "crashes < 0",
            "E /rules/0/when `crashes < 0`: `crashes < 0` can never hold (no value of the column fits: correct the value)",
        ),
        (
            "1 == 2",
            "E /rules/0/when: the condition can never hold (look for parts that exclude each other, or constants that differ)",
        ),
        (
            "boot.days > 1 and 1 == 2",
            "E /rules/0/when: the condition can never hold (look for parts that exclude each other, or constants that differ)",
        ),
        (
            "1 > \"x*\"",
            "E /rules/0/when `1 > \"x*\"`: a text that is neither a number nor a version has no order (compare it with `==` or `!=`, or write a number)",
        ),
        (
            "(boot.days > 5 or boot.days == 4) and boot.days < 3",
            "E /rules/0/when: the condition can never hold (look for parts that exclude each other, or constants that differ)",
        ),
        (
            "1 == 1",
            "W /rules/0/when: the condition holds for every device: it compares nothing but constants (write `\"always\": true` instead)",
        ),
    ] {
        assert_eq!(told_of(when, ""), [expected]);
    }
}

#[test]
fn a_rule_that_its_own_exception_keeps_from_matching_is_told() {
    let never = "E /rules/0/unless: the rule can never match: `unless` holds, or cannot be told, wherever `when` holds (leave out `unless`, or narrow it)";
    for (when, unless) in [
        ("boot.days > 3", "boot.days > 3"),
        ("boot.days > 3", "boot.days > 1"),
        ("boot.days > 3 and crashes > 2", "crashes >= 2 or boot.days == 99"),
        ("platform == Windows", "platform in [macOS, \"win*\"]"),
        ("platform in [Windows, macOS]", "platform == Windows or platform == macOS"),
        // Without a success nothing is known, so this is never known not to hold.
        ("boot.days > 3", "remote_action.get_x.execution.status == success"),
    ] {
        assert_eq!(told_of(when, unless), [never], "{when} unless {unless}");
    }
    for (when, unless) in [
        ("boot.days > 3", "boot.days > 5"),
        ("boot.days > 3", "crashes > 3"),
        ("platform == \"w*\"", "platform == \"wi*\""),
    ] {
        assert_eq!(told_of(when, unless), [""; 0], "{when} unless {unless}");
    }
}

#[test]
fn a_rule_that_repeats_an_earlier_one_is_told() {
    let again = |rule: &str| told("{\"id\": \"last\"", &format!("{rule}, {{\"id\": \"last\""));
    let expected = "E /rules/1: the rule says what `old` says already: the same condition, the same remedy (leave one of them out, or change its condition or what it does)";
    let rule = |when: &str, then: &str| {
        format!(
            "{{\"id\": \"again\", \"when\": \"{when}\", \"unless\": \"crashes > 9\", \"reason\": {{\"en\": \"x\"}}, {then}}}"
        )
    };
    assert_eq!(again(&rule("( boot.days>(1+2) )", "\"remoteAction\": \"clear_cache\"")), [expected]);
    assert_eq!(again(&rule("boot.days > 3", "\"advice\": {\"en\": \"Wait\"}")), [""; 0]);
    assert_eq!(again(&rule("boot.days > 4", "\"remoteAction\": \"clear_cache\"")), [""; 0]);
}

#[test]
fn what_is_not_used_or_not_supplied_is_told() {
    for (changed, to, expected) in [
        (
            "\"clear_cache\": {",
            "\"reboot\": {\"title\": \"Reboot\", \"risk\": \"disruptive\"}, \"clear_cache\": {",
            "W /remoteActions/reboot: no rule recommends `reboot` (name it in the `remoteAction` of a rule, or leave it out)",
        ),
        (
            "\"dataCollection\": [{\"remoteActionId\": \"#get_x\", \"title\": \"Get X\", \"schedule\": \"weekly\"}],",
            "",
            "W /query/text `remote_action.get_x.execution.outputs.Plugins`: the query lists what `get_x` collects, which is not in `dataCollection` (add it there with its title and schedule, so that a missing value names what supplies it)",
        ),
        (
            "\"weekly\"}",
            "\"weekly\"}, {\"remoteActionId\": \"get_y\", \"title\": \"Get Y\", \"schedule\": \"daily\"}",
            "W /dataCollection/1/remoteActionId: the query lists nothing that `get_y` collects (list its outputs in the query, or leave it out)",
        ),
        (
            "\"unless\"",
            "\"freshness\": [{\"fact\": \"Version\", \"maxAge\": \"1d\"}], \"unless\"",
            "W /rules/0/freshness/0/fact: the rule does not use this fact: its age changes nothing (name a column of `when`, `unless` or a parameter, or leave it out)",
        ),
    ] {
        assert_eq!(told(changed, to), [expected]);
    }
    assert_eq!(
        told_of("boot.days == crashes", ""),
        [
            "W /rules/0/when `crashes`: `crashes` is compared as a word here, and not as the column of this name (if the word is meant write it in quotes; to compare two columns write `first - second == 0`)"
        ]
    );
}

#[test]
fn a_text_that_lacks_a_language_is_told() {
    let lacks = |pointer: &str, what: &str| {
        format!(
            "W {pointer}: there is no text for {what}, in which others are written (translate it, or leave the language out everywhere)"
        )
    };
    assert_eq!(
        told("{\"en\": \"it helps\"}", "{\"en\": \"it helps\", \"de\": \"es hilft\", \"fr\": \"cela aide\"}"),
        [lacks("/title", "`de`, `fr`"), lacks("/rules/0/reason", "`de`, `fr`"), lacks("/rules/1/advice", "`de`, `fr`"),]
    );
    let described = "\"Clear cache\", \"description\": {\"de\": \"leert ihn\"}";
    assert_eq!(
        told("\"Clear cache\"", described),
        [
            lacks("/title", "`de`"),
            lacks("/remoteActions/clear_cache/description", "`en`"),
            lacks("/rules/0/reason", "`de`"),
            lacks("/rules/1/reason", "`de`"),
            lacks("/rules/1/advice", "`de`"),
        ]
    );
    assert_eq!(told("{\"en\": \"Restart Teams\"}", "{\"de\": \"Neu starten\"}").len(), 4);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let file = PLAYBOOK
        .replace("\"#teams\"", "\"teams\"")
        .replace("boot.days > 3", "boot.day > 3")
        .replace("it helps", "it {helps")
        .replace("compute crashes = count()", "compute crashes = time.nth()");
    let pointers: Vec<String> =
        check_text(&file, None).problems.into_iter().map(|problem| problem.mistake.pointer).collect();
    assert_eq!(pointers, ["/query/id", "/rules/0/when", "/rules/1/reason/en", "/query/text"]);
    let none = check_text("{\"id\": \"x\",}", None);
    assert_eq!(none.problems[0].mistake.span.map(|span| span.start), Some(11));
}
