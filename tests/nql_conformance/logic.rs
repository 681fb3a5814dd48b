//! `and`, `or`, parentheses, `in`, several `where`.

use crate::case::documented;

const WHERE: &str = "nql-keywords/nql-where";
const LOGICAL: &str = "nql-operators/nql-logical-operators";

const DEVICES: &str = "
    devices:
        id | name | entity   | hardware.type
        d1 | PC-1 | Lausanne | laptop
        d2 | PC-2 | Lausanne | desktop
        d3 | PC-3 | Bern     | laptop
        d4 | PC-4 | Bern     | desktop
        d5 | PC-5 | Spain    | laptop";

#[test]
fn two_where_are_one_with_and() {
    documented(WHERE, "the result is the same as if you created one where clause with multiple and conditions")
        .tables(DEVICES)
        .query("devices | where device.entity == \"Lausanne\" and device.hardware.type == laptop | list name")
        .query("devices | where device.entity == \"Lausanne\" | where device.hardware.type == laptop | list name")
        .gives(
            "device.name
             PC-1",
        );
}

#[test]
fn an_or_in_one_where_stays_together() {
    documented(WHERE, "The conditions in the filter are grouped together to preserve the order of precedence")
        .tables(DEVICES)
        .query(
            "devices | where hardware.type == laptop | where entity == \"Lausanne\" or entity == \"Bern\" | list name",
        )
        .query(
            "devices | where entity == \"Lausanne\" or entity == \"Bern\" | where hardware.type == laptop | list name",
        )
        .query("devices | where (entity == \"Lausanne\" or entity == \"Bern\") and hardware.type == laptop | list name")
        .gives(
            "device.name
             PC-1
             PC-3",
        );
}

#[test]
fn parentheses_group_an_and_inside_of_an_or() {
    documented("nql-functions/nql-as", "where a <= -67 or (b == \"…\" and c >= -80)")
        .tables(DEVICES)
        .query("devices | where entity == \"Spain\" or (entity == \"Bern\" and hardware.type == desktop) | list name")
        .gives(
            "device.name
             PC-4
             PC-5",
        );
}

#[test]
fn and_asks_for_all_conditions() {
    documented("nql-operators/nql-bitwise-operators", "retrieve only records that meet all conditions simultaneously")
        .tables(
            "binaries:
                id | name       | platform | size
                b1 | chrome.exe | Windows  | 1
                b2 | chrome.exe | macOS    | 2
                b3 | edge.exe   | Windows  | 4",
        )
        .query("binaries | where name == \"chrome.exe\" and platform == windows | list size")
        .gives(
            "binary.size
             1",
        );
}

#[test]
fn or_asks_for_at_least_one_condition() {
    documented("nql-operators/nql-bitwise-operators", "retrieve records that meet at least one of them")
        .tables(
            "binaries:
                id | name                | size
                b1 | chrome.exe          | 1
                b2 | Firefox             | 2
                b3 | chrome-firefox-sync | 4
                b4 | edge.exe            | 8",
        )
        .query(
            "binaries  | where name == \"*chrome*\" or name == \"*firefox*\" | summarize n = count(), sum = size.sum()",
        )
        .gives(
            "n | sum
             3 | 7",
        );
}

#[test]
fn in_asks_whether_a_text_is_in_the_list() {
    documented(LOGICAL, "package.name in [ \"MS Teams\", \"Zoom\" ]")
        .tables(
            "packages:
                id | name
                p1 | MS Teams
                p2 | zoom
                p3 | Zoom Rooms
                p4 | Slack",
        )
        .query("packages | where package.name in [ \"MS Teams\", \"Zoom\" ] | list name")
        .gives(
            "package.name
             MS Teams
             zoom",
        );
}

const ERRORS: &str = "
    applications:
        id | name
        a1 | Jenkins
        a2 | Jira
    devices:
        id | name
        d1 | PC-1
        d2 | PC-2
    web.errors:
        time                | application | device | code | label
        2024-03-15 10:00:00 | a1          | d1     | 404  | not found
        2024-03-15 10:00:00 | a1          | d1     | 500  | server
        2024-03-15 10:01:00 | a1          | d2     | 500  | server
        2024-03-15 10:02:00 | a1          | d2     | 500  | server
        2024-03-15 10:00:00 | a1          | d2     | 401  | login
        2024-03-15 10:00:00 | a2          | d2     | 500  | server
        2024-03-15 09:59:59 | a1          | d2     | 500  | server";

#[test]
fn in_asks_whether_a_number_is_in_the_list() {
    documented(LOGICAL, "check if a metric value is in the list: code in [94011, 94031]")
        .tables(ERRORS)
        .query("web.errors | where code in [401, 404] | summarize n = count(), sum = code.sum()")
        .gives(
            "n | sum
             2 | 805",
        );
}

#[test]
fn not_in_asks_whether_a_number_is_not_in_the_list() {
    documented(
        "https://docs.nexthink.com/user-guide/alerts-and-diagnostics/setting-up-and-managing-monitors/creating-custom-monitors/detecting-issues-impacting-multiple-devices",
        "where error.code !in [405, 404, 403] | summarize … device.count(), … count() by label",
    )
    .tables(ERRORS)
    .query(
        "web.errors during past 1h
         | where application.name  in [\"Jenkins\"]
         | where error.code !in [405, 404, 403]
         | summarize nr_of_devices_impacted = device.count(), nr_of_errors = count() by label",
    )
    .gives(
        "web.error.label | nr_of_devices_impacted | nr_of_errors
         server          | 2                      | 3
         login           | 1                      | 1",
    );
}

#[test]
fn in_takes_wildcards() {
    documented(
        "https://docs.nexthink.com/platform/solutions/chatbots/integrating-chatbots-with-nexthink",
        "where package.name in [\"*Microsoft Office*\", \"*Microsoft 365*\"]",
    )
    .tables(
        "packages:
            id | name
            p1 | Microsoft Office Professional 2016
            p2 | en-us microsoft 365 apps
            p3 | Microsoft Edge",
    )
    .query("packages | where package.name in [\"*Microsoft Office*\", \"*Microsoft 365*\"] | list name")
    .gives(
        "package.name
         Microsoft Office Professional 2016
         en-us microsoft 365 apps",
    );
}
