//! What is wrong in a file is said with its place, all of it, and in words that tell what to do.

mod conditions;
mod passed_over;

use crate::json::Json;
use crate::playbook::mistake::Mistake;
use crate::playbook::{Library, Playbook};

const PLAYBOOK: &str = r##"{
  "$schema": "https://example.org/playbook.schema.json",
  "id": "teams", "version": "1", "title": {"en": "Teams"},
  "query": {"id": "#teams", "text": "devices | where name == $device_name | include execution.crashes past 7d | compute crashes = count() | list collector.uid, name, boot.days, hardware.name, crashes, remote_action.get_x.execution.outputs.Plugins, remote_action.get_x.execution.outputs.Version, remote_action.get_x.execution.status, remote_action.get_y.execution.outputs.Z"},
  "lists": ["Plugins"],
  "dataCollection": [{"remoteActionId": "get_x", "title": "Get X", "schedule": "weekly"}],
  "remoteActions": {"clear_cache": {"title": "Clear cache", "risk": "safe", "remoteActionId": "#clear_the_cache", "parameters": {"Depth": "all", "Name": {"facts": ["Version"]}}}},
  "rules": [
    {"id": "old", "when": "boot.days > 3", "unless": "crashes == 0", "freshness": [{"fact": "Version", "maxAge": "2h"}], "cooldown": "1d", "reason": {"en": "{boot.days} days"}, "remoteAction": "clear_cache"},
    {"id": "last", "always": true, "reason": {"en": "it helps"}, "advice": {"en": "Restart Teams"}}
  ]
}"##;

fn mistakes(changed: &str, to: &str) -> Vec<Mistake> {
    assert!(PLAYBOOK.contains(changed), "{changed}");
    super::compile(Json::parse_file(&PLAYBOOK.replace(changed, to)).unwrap(), None).mistakes
}

/// `pointer: message (help)`, with the meant part of the text after the pointer.
fn told(changed: &str, to: &str) -> Vec<String> {
    let file = Json::parse_file(&PLAYBOOK.replace(changed, to)).unwrap();
    let line = |mistake: &Mistake| {
        let text = crate::playbook::mistake::at_pointer(&file, &mistake.pointer).and_then(Json::as_text);
        let part = mistake
            .span
            .map(|span| format!(" `{}`", text.unwrap().get(span.start..span.end).unwrap()))
            .unwrap_or_default();
        let help = mistake.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{}{part}: {}{help}", mistake.pointer, mistake.message)
    };
    mistakes(changed, to).iter().map(line).collect()
}

#[test]
fn a_playbook_that_is_right_compiles() {
    assert_eq!(mistakes("boot.days > 3", "boot.days > 3"), []);
    let playbook = Playbook::compile(PLAYBOOK, None).unwrap();
    assert_eq!(playbook.rules.len(), 2);
    assert!(playbook.applies_to(Some("macOS")));
    let rule = &playbook.rules[0];
    assert_eq!((rule.cooldown_ms, rule.freshness[0].max_age_ms), (Some(86_400_000.0), 7_200_000.0));
    assert_eq!(playbook.remote_actions[0].remote_action_id, "#clear_the_cache");
}

#[test]
fn a_compiled_playbook_is_read_back_from_its_text() {
    for condition in [
        "boot.days > 3",
        "boot.days > 10 ^ 300 or boot.days < -0.5",
        "boot.days > 0.1 + 0.2 and crashes == 1 / 3",
        "Plugins != [\\\"-\\\"] and Version in [\\\"16;0\\\", \\\"é\\\", \\\"\\\"]",
        "boot.days == null or Version == true",
    ] {
        let json = PLAYBOOK.replace("boot.days > 3", condition);
        let library: Library = vec![Playbook::compile(&json, None).unwrap()].into();
        assert_eq!(Library::read(library.to_text().as_bytes()), Ok(library), "{condition}");
    }
}

#[test]
fn a_name_that_the_query_does_not_return_is_told_with_the_one_that_was_meant() {
    for (changed, to, expected) in [
        (
            "boot.days > 3",
            "crashes > 1 and boot.day > 3",
            "/rules/0/when `boot.day`: the query has no column `boot.day` (did you mean `boot.days`?)",
        ),
        (
            "boot.days > 3",
            "zoom == 1",
            "/rules/0/when `zoom`: the query has no column `zoom` (the query's columns are `device.collector.uid`, `device.name`, `device.boot.days`, `device.hardware.name`, `crashes`, `remote_action.get_x.execution.outputs.Plugins`, `remote_action.get_x.execution.outputs.Version`, `remote_action.get_x.execution.status`, `remote_action.get_y.execution.outputs.Z`)",
        ),
        (
            "boot.days > 3",
            "name == x",
            "/rules/0/when `name`: `name` means more than one column of the query (write which one: `device.name` or `device.hardware.name`)",
        ),
        (
            "crashes == 0",
            "crahses == 0",
            "/rules/0/unless `crahses`: the query has no column `crahses` (did you mean `crashes`?)",
        ),
        (
            "{boot.days} days",
            "{boot.dais} days",
            "/rules/0/reason/en `boot.dais`: the query has no column `boot.dais` (did you mean `boot.days`?)",
        ),
        (
            "Restart Teams",
            "Restart {verson}",
            "/rules/1/advice/en `verson`: the query has no column `verson` (did you mean `Version`?)",
        ),
        ("[\"Plugins\"]", "[\"Plugin\"]", "/lists/0: the query has no column `Plugin` (did you mean `Plugins`?)"),
        (
            "[\"Version\"]",
            "[\"Version\", \"Versoin\"]",
            "/remoteActions/clear_cache/parameters/Name/facts/1: the query has no column `Versoin` (did you mean `Version`?)",
        ),
        (
            "\"fact\": \"Version\"",
            "\"fact\": \"Versions\"",
            "/rules/0/freshness/0/fact: the query has no column `Versions` (did you mean `Version`?)",
        ),
        (
            "\"2h\"",
            "\"2h\", \"time\": \"last\"",
            "/rules/0/freshness/0/time: the query has no column `last` (the query's columns are `device.collector.uid`, `device.name`, `device.boot.days`, `device.hardware.name`, `crashes`, `remote_action.get_x.execution.outputs.Plugins`, `remote_action.get_x.execution.outputs.Version`, `remote_action.get_x.execution.status`, `remote_action.get_y.execution.outputs.Z`)",
        ),
        (
            "\"remoteAction\": \"clear_cache\"",
            "\"remoteAction\": \"clear_cach\"",
            "/rules/0/remoteAction: `clear_cach` is not among `remoteActions` (did you mean `clear_cache`?)",
        ),
        (
            "\"remoteAction\": \"clear_cache\"",
            "\"remoteAction\": \"reboot\"",
            "/rules/0/remoteAction: `reboot` is not among `remoteActions` (declare it there with its title and risk)",
        ),
    ] {
        assert_eq!(told(changed, to), [expected]);
    }
}

#[test]
fn what_is_wrong_with_a_rule_is_said_with_its_place() {
    for (changed, to, expected) in [
        (
            "boot.days > 3",
            "boot.days >",
            "/rules/0/when ``: expected a value or a name, found the end (compare a column with a value, as in `free_space <= 6 and status == success`)",
        ),
        (
            "\"2h\"",
            "\"2h\", \"time\": \"crashes\"",
            "/rules/0/freshness/0/time: `crashes` holds no time (name the column that says when the fact was collected)",
        ),
        (
            "boot.days > 3",
            "boot.days.avg() > 3",
            "/rules/0/when `avg`: a rule judges one row: it has no functions (`compute` it in the query, and compare the new column here)",
        ),
        (
            "boot.days > 3",
            "boot.days > $limit",
            "/rules/0/when `$limit`: a rule has no parameters (write the value itself)",
        ),
        (
            "\"when\": \"boot.days > 3\", ",
            "",
            "/rules/0: the rule does not say when it matches (add `when` with a condition, or `\"always\": true`)",
        ),
        (
            "\"always\": true",
            "\"always\": true, \"when\": \"boot.days > 3\"",
            "/rules/1: a rule that holds `always` has no `when` (leave one of them out)",
        ),
        (
            ", \"remoteAction\": \"clear_cache\"",
            "",
            "/rules/0: the rule does not say what to do (give it either a `remoteAction` or `advice`)",
        ),
        (
            "\"advice\"",
            "\"remoteAction\": \"clear_cache\", \"advice\"",
            "/rules/1: the rule has both a `remoteAction` and `advice` (give it either a `remoteAction` or `advice`)",
        ),
        (
            "\"id\": \"last\"",
            "\"id\": \"old\"",
            "/rules/1/id: an earlier rule has the same name (give each rule a name of its own)",
        ),
        (
            "\"id\": \"last\"",
            "\"id\": \"Last rule\"",
            "/rules/1/id: the name is not 1 to 64 lower-case letters, digits and hyphens (write one such as `slow-pc`)",
        ),
        (
            "{\"en\": \"it helps\"}",
            "{}",
            "/rules/1/reason: there is no text (write it in one language at least, as in `{ \"en\": \"…\" }`)",
        ),
        ("it helps", " ", "/rules/1/reason/en: the text is empty (write it, or leave the language out)"),
        (
            "it helps",
            "{} helps",
            "/rules/1/reason/en `{}`: a place without a name (write a column's name between the braces)",
        ),
        ("it helps", "it {helps", "/rules/1/reason/en `{helps`: `{` is not closed (write `}` after the column's name)"),
        (
            "it helps",
            "it} helps",
            "/rules/1/reason/en `}`: `}` without a `{` before it (write `{` before the column's name)",
        ),
        (
            "\"1d\"",
            "\"1w\"",
            "/rules/0/cooldown `1w`: expected the unit `min`, `h` or `d`, found `w` (write a number and a unit, as in `30min`, `2h` or `1d`)",
        ),
        (
            "\"2h\"",
            "\"2\"",
            "/rules/0/freshness/0/maxAge `2`: expected a unit (`min`, `h` or `d`), found a bare number (write a number and a unit, as in `30min`, `2h` or `1d`)",
        ),
        (
            "\"fact\": \"Version\"",
            "\"fact\": \"boot.days\"",
            "/rules/0/freshness/0: the age of `boot.days` cannot be known (name the column that holds its time in `time`)",
        ),
        (
            "\"fact\": \"Version\"",
            "\"fact\": \"Z\"",
            "/rules/0/freshness/0: the age of `Z` cannot be known (name its remote action in `dataCollection`, or list `remote_action.<id>.execution.time` in the query)",
        ),
        (
            "[{\"fact\"",
            "[{\"fact\": \"Version\", \"maxAge\": \"1d\"}, {\"fact\"",
            "/rules/0/freshness/1/fact: `Version` stands here twice (leave one of them out)",
        ),
    ] {
        assert_eq!(told(changed, to), [expected]);
    }
}

#[test]
fn what_is_wrong_around_the_rules_is_said_with_its_place() {
    for (changed, to, expected) in [
        (
            "\"id\": \"teams\"",
            "\"id\": \"-teams\"",
            "/id: the name is not 1 to 64 lower-case letters, digits and hyphens (write one such as `slow-pc`)",
        ),
        ("\"version\": \"1\"", "\"version\": \"\"", "/version: the version is empty (write one, as in `1.0.0`)"),
        (
            "{\"en\": \"Teams\"}",
            "{}",
            "/title: there is no text (write it in one language at least, as in `{ \"en\": \"…\" }`)",
        ),
        (
            "\"#teams\"",
            "\"teams\"",
            "/query/id: the query ID is not `#` followed by 2 to 255 lower-case letters, digits and underscores (copy it from Administration, NQL API queries)",
        ),
        (
            "\"all\"",
            "\"\"",
            "/remoteActions/clear_cache/parameters/Depth: the parameter is not filled (write its value, or take it from a column: `{ \"facts\": [\"…\"] }`)",
        ),
        (
            "[\"Version\"]",
            "[]",
            "/remoteActions/clear_cache/parameters/Name: the parameter is not filled (name the column that fills it in `facts`)",
        ),
        (
            "\"title\": \"Clear cache\"",
            "\"title\": \"\"",
            "/remoteActions/clear_cache/title: the title is empty (write the name that the remote action has in Nexthink)",
        ),
        (
            "\"title\": \"Clear cache\"",
            "\"title\": \"Clear cache\", \"description\": {}",
            "/remoteActions/clear_cache/description: there is no text (write it in one language at least, as in `{ \"en\": \"…\" }`)",
        ),
        (
            "\"title\": \"Clear cache\"",
            "\"title\": \"Clear cache\", \"description\": {\"en\": \"clears {Versoin}\"}",
            "/remoteActions/clear_cache/description/en `Versoin`: the query has no column `Versoin` (did you mean `Version`?)",
        ),
        (
            "\"#clear_the_cache\"",
            "\"#\"",
            "/remoteActions/clear_cache: the NQL ID is empty (copy it from the remote action's configuration)",
        ),
        (
            "\"get_x\", \"title\"",
            "\"\", \"title\"",
            "/dataCollection/0/remoteActionId: the NQL ID is empty (copy it from the remote action's configuration)",
        ),
        (
            "[{\"remoteActionId\"",
            "[{\"remoteActionId\": \"#get_x\", \"title\": \"X\", \"schedule\": \"daily\"}, {\"remoteActionId\"",
            "/dataCollection/1/remoteActionId: this remote action stands here twice (leave one of them out)",
        ),
        (
            "collector.uid, name",
            "name",
            "/query/text: the query does not list `collector.uid` (add `collector.uid` to `list`: device names repeat, and only the row of the employee's own device counts)",
        ),
        (
            "name == $device_name",
            "name == \\\"x\\\"",
            "/query/text: the query does not use `$device_name` (add `| where device.name == $device_name`: a diagnosis asks for one device)",
        ),
        (
            "name == $device_name",
            "name == $device_name and boot.days > $days",
            "/query/text `$days`: the query has the parameter `$days`, which nobody fills (its one parameter is `$device_name`)",
        ),
        (
            "| include",
            "| inclde",
            "/query/text `inclde`: expected `where`, `with`, `include`, `compute`, `summarize`, `list`, `sort` or `limit`, found `inclde` (did you mean `include`?)",
        ),
    ] {
        let told = told(changed, to);
        assert_eq!(told.first().map(String::as_str), Some(expected), "{told:#?}");
    }
    assert_eq!(
        super::compile(Json::parse_file(PLAYBOOK).unwrap(), Some("devices")).mistakes[0].message,
        "the query lists no columns"
    );
    let empty = PLAYBOOK.split("\"rules\"").next().unwrap().to_owned() + "\"rules\": []}";
    let empty = super::compile(Json::parse_file(&empty).unwrap(), None).mistakes;
    assert_eq!(empty[0].message, "there is no rule");
    assert_eq!(empty.len(), 1);
}

#[test]
fn a_file_that_has_not_the_form_of_a_playbook_is_told_all_that_does_not_fit() {
    let file = PLAYBOOK
        .replace("\"version\": \"1\"", "\"versoin\": 1")
        .replace("\"weekly\"", "\"monthly\"")
        .replace("\"when\": \"boot.days > 3\"", "\"whne\": \"boot.days > 3\"")
        .replace("\"always\": true", "\"always\": 1")
        .replace("\"cooldown\": \"1d\"", "\"cooldown\": 5");
    let told: Vec<String> = super::compile(Json::parse_file(&file).unwrap(), None)
        .mistakes
        .iter()
        .map(|mistake| {
            format!("{}: {} {}", mistake.pointer, mistake.message, mistake.help.as_deref().unwrap_or_default())
        })
        .map(|line| line.trim_end().to_owned())
        .collect();
    assert_eq!(
        told,
        [
            ": `version` is missing add it; the README of this package shows a whole file",
            "/dataCollection/0/schedule: this is not `hourly` or `daily` or `weekly` write one of these",
            "/rules/0/cooldown: this is not a text write it in quotes",
            "/rules/0/whne: `whne` is not known here did you mean `when`?",
            "/rules/1/always: this is not true or false write it without quotes",
            "/versoin: `versoin` is not known here did you mean `version`?",
        ]
    );
}

#[test]
fn one_error_tells_the_first_mistake_and_how_to_see_the_others() {
    let error = |text: &str, query| Playbook::compile(text, query).unwrap_err();
    let two = PLAYBOOK.replace("boot.days > 3", "crashes > 1 and boot.day > 3").replace("it helps", "it {helps");
    let found = error(&two, None);
    assert_eq!(
        found.message,
        "the playbook `teams` has 2 mistakes, the first at /rules/0/when, column 17: the query has no column `boot.day`"
    );
    assert_eq!(found.hint, "did you mean `boot.days`? `playbooks.check` gives every mistake with its place");
    let found = error(PLAYBOOK, Some("devices | lst name"));
    assert!(found.message.starts_with("the playbook `teams` has a mistake at /query/text, column 11: "), "{found:?}");
    let found = error(PLAYBOOK, Some("devices\n| lst name"));
    assert!(found.message.contains(" at /query/text, line 2, column 3: "), "{found:?}");
    let found = error("{\n  \"id\": x", None);
    assert_eq!(found.message, "the playbook has a mistake at line 2, column 9: from here on it is not JSON");
}
