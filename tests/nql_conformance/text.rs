//! Text in conditions: case, wildcards, quotes, arrays of text.

use crate::case::documented;

const COMPARISON: &str = "nql-operators/nql-comparison-operators";

const APPLICATIONS: &str = "
    applications:
        id | name
        a1 | Microsoft 365: Teams
        a2 | Web for Microsoft Word
        a3 | MICROSOFT Edge
        a4 | Zoom";

#[test]
fn text_ignores_case() {
    documented(COMPARISON, "All expressions used in combination with these operators are case-insensitive")
        .tables(
            "devices:
                id | name        | last_seen
                d1 | CorpSys2022 | 2024-03-15 09:00:00
                d2 | CORPSYS2023 | 2024-03-15 09:00:00",
        )
        .query("devices during past 24h | where name == \"CORPSYS2022\" | list name")
        .query("devices during past 24h | where name == \"CoRpSyS2022\" | list name")
        .gives(
            "device.name
             CorpSys2022",
        );
}

#[test]
fn wildcards_ignore_case() {
    documented(COMPARISON, "All expressions … are case-insensitive; where name == \"CORPSYS2022-*\"")
        .tables(
            "devices:
                id | name
                d1 | corpsys2022-17
                d2 | corpsys2022
                d3 | x-corpsys2022-17",
        )
        .query("devices | where name == \"CORPSYS2022-*\" | list name")
        .gives(
            "device.name
             corpsys2022-17",
        );
}

#[test]
fn a_star_at_the_end_asks_how_a_text_starts() {
    documented(COMPARISON, "Returns application names starting with \"Microsoft\"")
        .tables(APPLICATIONS)
        .query("applications | where application.name = \"Microsoft*\" | list name")
        .gives(
            "application.name
             Microsoft 365: Teams
             MICROSOFT Edge",
        );
}

#[test]
fn a_star_on_both_sides_asks_what_a_text_contains() {
    documented(COMPARISON, "Returns application names containing \"Microsoft\"")
        .tables(APPLICATIONS)
        .query("applications | where application.name = \"*Microsoft*\" | list name")
        .gives(
            "application.name
             Microsoft 365: Teams
             Web for Microsoft Word
             MICROSOFT Edge",
        );
}

#[test]
fn a_star_in_the_middle_leaves_both_ends_fixed() {
    documented("nql-syntax-overview", "a name starting with dll and finishing with .exe")
        .tables(
            "binaries:
                id | name         | size | version
                b1 | dllhost.exe  | 20   | 10.0.1
                b2 | dll.exe      | 30   | 10.0.2
                b3 | mydll.exe    | 40   | 10.0.3
                b4 | dll.exe.bak  | 50   | 10.0.4",
        )
        .query("binaries | where binary.name == \"dll*.exe\" | list size,name,version | sort size desc | limit 100")
        .gives(
            "binary.size | binary.name | binary.version
             30          | dll.exe     | 10.0.2
             20          | dllhost.exe | 10.0.1",
        );
}

#[test]
fn a_question_mark_is_exactly_one_character() {
    documented(COMPARISON, "? Replaces any single character: \"Windows 1?\" … such as Windows 10 and Windows 11")
        .tables(
            "devices:
                id | operating_system.name
                d1 | Windows 10
                d2 | Windows 11
                d3 | Windows 1
                d4 | Windows 10 Pro
                d5 | Windows 7",
        )
        .query("devices | where device.operating_system.name == \"Windows 1?\" | list operating_system.name")
        .gives(
            "device.operating_system.name
             Windows 10
             Windows 11",
        );
}

#[test]
fn the_users_whose_name_contains_jo_are_the_documented_two() {
    documented("nql-keywords/nql-where", "Select the users whose name contains “jo”: John Fisher, John Doe")
        .tables(
            "users:
                id | username
                u1 | John Fisher
                u2 | John Doe
                u3 | Jane Roe",
        )
        .query("users | where username == \"*jo*\" | list username")
        .gives(
            "user.username
             John Fisher
             John Doe",
        );
}

#[test]
fn not_equal_takes_wildcards_too() {
    documented(
        "https://docs.nexthink.com/user-guide/live-dashboards/live-dashboards-nql-examples",
        "where device.operating_system.name != \"*server*\"",
    )
    .tables(
        "devices:
            id | operating_system.name
            d1 | Windows Server 2022
            d2 | Windows 11 Pro
            d3 | server",
    )
    .query("devices | where device.operating_system.name != \"*server*\" | list operating_system.name")
    .gives(
        "device.operating_system.name
         Windows 11 Pro",
    );
}

#[test]
fn text_stands_in_either_quotes() {
    documented("nql-syntax-overview/nql-data-types", "\"abc\" or 'abc'")
        .tables(APPLICATIONS)
        .query("applications | where name == \"Zoom\" | list name")
        .query("applications | where name == 'Zoom' | list name")
        .gives(
            "application.name
             Zoom",
        );
}

const ALERTS: &str = "
    alert.alerts:
        trigger_time        | number | monitor.tags
        2024-03-15 09:00:00 | 1      | [VDI, citrix]
        2024-03-15 09:05:00 | 2      | [VDI-test]
        2024-03-15 09:10:00 | 3      | [abc, def.xyz]
        2024-03-15 09:15:00 | 4      | []";

#[test]
fn contains_asks_for_a_whole_element_of_an_array() {
    documented("nql-operators/nql-logical-operators", "check if a string is contained in an array of strings")
        .tables(ALERTS)
        .query("alert.alerts | where monitor.tags contains 'VDI' | summarize n = count(), first = number.min()")
        .gives(
            "n | first
             1 | 1",
        );
}

#[test]
fn not_contains_takes_wildcards() {
    documented("nql-syntax-overview/nql-data-types", "tags !contains \"*xyz\"")
        .tables(ALERTS)
        .query("alert.alerts | where monitor.tags !contains \"*xyz\" | summarize n = count(), sum = number.sum()")
        .gives(
            "n | sum
             3 | 7",
        );
}
