//! Every rule of the checker: what breaks it, and that published queries do not.

use super::*;

/// The queries that break a rule, the severity, and what is said where.
const BROKEN: &[(&str, &str, &str, &str)] = &[
    (
        "devices | compute c = count()",
        "error",
        "`compute` needs a `with` or `include` before it",
        "compute c = count()",
    ),
    (
        "devices | with a.b | compute c = count() | compute d = count()",
        "error",
        "`compute` needs a `with` or `include` before it",
        "compute d = count()",
    ),
    ("devices | include a.b | list name", "error", "`include a.b` without a `compute`", "include a.b"),
    ("devices | include a.b | where c == 1", "error", "`include a.b` without a `compute`", "include a.b"),
    (
        "devices | summarize c = count() | with a.b",
        "error",
        "`with` after `summarize`: there are no objects left",
        "with a.b",
    ),
    ("devices | list $a", "error", "the parameter `$a` stands in `list`", "$a"),
    ("devices | summarize c = countif(name == $a)", "error", "the parameter `$a` stands in `summarize`", "$a"),
    ("devices | where name == $a or name == $a", "warning", "the parameter `$a` is used twice", "$a"),
    ("devices | summarize a = count(), A = count()", "error", "`A` is computed twice", "A"),
    ("devices | summarize c = count() by last_seen", "error", "`last_seen` is a date, by which nothing", "last_seen"),
    ("devices | summarize c = count() by hardware.memory", "error", "`hardware.memory` is a size", "hardware.memory"),
    (
        "devices | summarize c = count() by boot.days_since_last_full_boot",
        "error",
        "`boot.days_since_last_full_boot` is a number",
        "boot.days_since_last_full_boot",
    ),
    (
        "devices | with a.b | compute n = count() | summarize c = count() by n",
        "error",
        "`n` is a number, by which nothing can be grouped",
        "n",
    ),
    ("web.errors | summarize c = count() by 1d, 1h", "error", "more than one period", "summarize"),
    ("web.errors | summarize c = count() by 20min", "error", "nothing can be grouped by 20min", "summarize"),
    ("web.errors | summarize c = count() by 30s", "error", "nothing can be grouped by 30s", "summarize"),
    ("devices | summarize c = cuont()", "error", "there is no function `cuont`", "cuont"),
    ("devices | summarize c = avg()", "error", "`avg` needs a column", "avg"),
    ("devices | summarize c = x.p50()", "warning", "`p50` is not documented", "p50"),
    ("devices | where x.sum() > 3", "error", "`sum` stands in `where`", "sum"),
    ("devices | where x.as(format = percent) > 3", "error", "`as` stands in `where`", "as"),
    ("devices | list x.as(format = persent)", "error", "there is no format `persent`", "as"),
    ("devices | list x.as()", "error", "`as` needs a format", "as"),
    ("devices | list x.as(format = currency)", "error", "a currency needs its code", "as"),
    ("devices | list x.as(format = currency, code = XYZ)", "error", "there is no currency `XYZ`", "as"),
    ("devices | list x.as(format = percent, size = 3)", "error", "`as` has no argument `size`", "size"),
    ("devices | where t.hour(zone = 'GMT') > 3", "error", "`hour` has no argument `zone`", "zone"),
    ("devices | summarize c = x.sum(3)", "error", "`sum` takes no value here", "sum"),
    ("devices | summarize c = countif()", "error", "`countif` takes one condition", "countif"),
    ("devices | summarize c = name", "error", "`name` is a column of many values", "name"),
    ("devices | summarize c = x.sum() / memory", "error", "`memory` is a column of many values", "memory"),
    (
        "devices | with session.events | list session.event.start_time",
        "error",
        "`session.event.start_time` is a field of the joined `session.event`",
        "session.event.start_time",
    ),
    ("device | list name", "warning", "`device` is no table that is known", "device"),
    (
        "devices | with device_performance.event | where a == 1",
        "warning",
        "`device_performance.event` is no table that is known",
        "device_performance.event",
    ),
    ("web.errors from 1d ago to 2d ago", "error", "the time selection ends before it begins", "web.errors"),
    ("web.errors from 2024-02-02 to 2024-02-01", "error", "the time selection ends before it begins", "web.errors"),
    ("web.errors past 1d by 30s", "warning", "`by 30s` after a time selection", "web.errors"),
    ("dex.scores past 7d", "warning", "`dex.scores` holds one score a day", "dex.scores"),
    ("web.errors past 7d | where start_time.hour() > 3", "warning", "a time selection in days has no hours", "hour"),
    ("devices | /* why */ list name", "error", "a comment cannot stand here", "/* why */"),
    ("devices | where name /* why */ == 'x'", "error", "a comment cannot stand here", "/* why */"),
    ("devices | lsit name", "error", "expected `where`", "lsit"),
];

#[test]
fn every_rule_finds_what_breaks_it_and_says_where() {
    for (text, severity, message, place) in BROKEN {
        let found = check(text);
        let first = found.first().unwrap_or_else(|| panic!("nothing was found in: {text}"));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(first.severity.name(), *severity, "{text}");
        assert!(first.message.starts_with(message), "{text}: {}", first.message);
        let at = text.get(first.span.start..first.span.end).unwrap();
        assert!(at.starts_with(place), "{text}: {at}");
    }
}

#[test]
fn a_near_word_is_suggested() {
    for (text, help) in [
        ("devices | summarise c = count()", "did you mean `summarize`?"),
        ("devices | summarize c = cuont()", "did you mean `count`?"),
        ("devices | list x.as(format = persent)", "did you mean `percent`?"),
        ("device | list name", "did you mean `devices`?"),
        ("devices durign past 7d", "did you mean `during`?"),
        ("devices during pst 7d", "did you mean `past`?"),
        ("devices list name", "put `|` before `list`"),
        ("devices | sort name decs", "did you mean `desc`?"),
        ("devices | where name == “x”", "write straight quotes: \"…\""),
        ("devices | where a == 1 && b == 2", "write `and`"),
        ("devices | where not a == 1", "use `!=`, `!in` or `!contains`"),
        ("devices | summarize count()", "give it a name: `name = count()`"),
    ] {
        let found = check(text);
        assert_eq!(found.first().and_then(|first| first.help.as_deref()), Some(help), "{text}: {found:?}");
    }
}

#[test]
fn all_mistakes_are_found_in_the_order_of_the_text() {
    let text = "devices past 7x\n| wher name == \"x\"\n| list a, , b, 3x\n| sort c downwards\n| limit 1.5";
    let places: Vec<usize> = check(text).iter().map(|diagnostic| diagnostic.span.start).collect();
    let expected: Vec<usize> =
        ["7x", "wher", ", b", "3x", "downwards", "1.5"].iter().map(|place| text.find(place).unwrap()).collect();
    assert_eq!(places, expected);
}

#[test]
fn parameters_that_are_not_given_or_not_used_are_found() {
    let query = parse_query("devices | where name == $device_name").unwrap();
    assert_eq!(query.check_with(&["device_name"]), []);
    let found = query.check_with(&["devicename"]);
    let said: Vec<_> =
        found.iter().map(|one| (one.severity.name(), one.message.as_str(), one.help.as_deref())).collect();
    assert_eq!(
        said,
        [
            ("warning", "the query has no parameter `$devicename`", Some("did you mean `device_name`?")),
            ("error", "the parameter `$device_name` is not given", Some("did you mean `devicename`?")),
        ]
    );
}
