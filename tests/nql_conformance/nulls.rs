//! Where there is no value.

use crate::case::{documented, settled};

const WHERE: &str = "nql-keywords/nql-where";
const COMPARISON: &str = "nql-operators/nql-comparison-operators";

const DEVICES: &str = "
    devices:
        id | name | hardware.type | hardware.manufacturer | hardware.memory
        d1 | PC-1 | laptop        | Lenovo                | 8
        d2 | PC-2 | virtual       | VMware                | null
        d3 | PC-3 | null          | null                  | 16
        d4 | PC-4 | desktop       | null                  | 4";

#[test]
fn not_equal_to_null_asks_for_a_value() {
    documented(COMPARISON, "where hardware_manufacturer != null")
        .tables(DEVICES)
        .query("devices | where hardware.manufacturer != null | list name")
        .query("devices | where hardware.manufacturer != NULL | list name")
        .gives(
            "device.name
             PC-1
             PC-2",
        );
}

#[test]
fn equal_to_null_asks_for_no_value() {
    settled(COMPARISON, "== null and = null hold exactly where != null does not")
        .tables(DEVICES)
        .query("devices | where hardware.manufacturer == null | list name")
        .query("devices | where hardware.manufacturer = null | list name")
        .gives(
            "device.name
             PC-3
             PC-4",
        );
}

#[test]
fn not_equal_to_a_value_drops_what_has_none() {
    documented(
        "nql-functions/nql-sum",
        "include web.events … | where usage_duration != 0: only users with a usage in the result",
    )
    .tables(
        "users:
                id | name            | full_name
                u1 | jmansel@kanopy  | Jessy Mansel
                u2 | lahmir@kanopy   | Latrell Ahmir
                u3 | idle@kanopy     | No Usage
                u4 | absent@kanopy   | No Events
                u5 | abilete@kanopy  | Adhibhaar Bilete
             applications:
                id | name
                a1 | Salesforce
                a2 | Jira
             web.events:
                start_time          | user | application | duration
                2024-03-15 09:00:00 | u1   | a1          | 2000
                2024-03-15 09:05:00 | u1   | a1          | 60
                2024-03-15 09:00:00 | u2   | a1          | 1576
                2024-03-15 09:00:00 | u2   | a2          | 9999
                2024-03-15 09:00:00 | u3   | a1          | 0
                2024-03-15 09:00:00 | u5   | a1          | 1546",
    )
    .query(
        "users
             | include web.events during past 24h
             | where application.name == \"Salesforce\"
             | compute usage_duration = duration.sum()
             | where usage_duration != 0
             | list name, full_name, usage_duration
             | sort usage_duration desc",
    )
    .gives(
        "user.name      | user.full_name   | usage_duration
             jmansel@kanopy | Jessy Mansel     | 2060
             lahmir@kanopy  | Latrell Ahmir    | 1576
             abilete@kanopy | Adhibhaar Bilete | 1546",
    );
}

#[test]
fn an_order_comparison_drops_what_has_no_value() {
    settled(WHERE, "a comparison with null is unknown, and a row whose condition is unknown is dropped")
        .tables(DEVICES)
        .query("devices | where hardware.memory < 10 | list name")
        .query("devices | where hardware.memory != 16 | list name")
        .gives(
            "device.name
             PC-1
             PC-4",
        );
}

#[test]
fn an_unknown_condition_does_not_harm_a_true_one() {
    settled(WHERE, "unknown or true is true, unknown and false is false")
        .tables(DEVICES)
        .query("devices | where hardware.memory > 10 or hardware.type == virtual | list name")
        .gives(
            "device.name
             PC-2
             PC-3",
        );
}

#[test]
fn not_in_a_list_with_null_leaves_out_what_has_no_value() {
    documented("nql-operators/nql-logical-operators", "where hardware.type !in [virtual, null]")
        .tables(DEVICES)
        .query("devices | where hardware.type !in [virtual, null] | list name")
        .gives(
            "device.name
             PC-1
             PC-4",
        );
}

#[test]
fn in_a_list_with_null_takes_what_has_no_value() {
    settled("nql-operators/nql-logical-operators", "in [.., null] matches null, as !in [.., null] leaves it out")
        .tables(DEVICES)
        .query("devices | where hardware.type in [virtual, null] | list name")
        .gives(
            "device.name
             PC-2
             PC-3",
        );
}

#[test]
fn not_in_a_list_without_null_drops_what_has_no_value() {
    settled("nql-operators/nql-logical-operators", "null is neither in a list without null nor outside of it")
        .tables(DEVICES)
        .query("devices | where hardware.type !in [virtual, desktop] | list name")
        .gives(
            "device.name
             PC-1",
        );
}

#[test]
fn two_fields_without_values_are_not_equal() {
    settled(WHERE, "a comparison of two fields is unknown where either has no value")
        .tables(
            "packages:
                id | name | version | #required_version
                p1 | a    | null    | null
                p2 | b    | null    | 1.2.3
                p3 | c    | 1.2.3   | 1.2.3
                p4 | d    | 1.2.4   | 1.2.3",
        )
        .query("packages | where version == package.#required_version | list name")
        .gives(
            "package.name
             c",
        );
}

#[test]
fn a_metric_without_a_value_can_be_asked_for() {
    settled("nql-keywords/nql-include", "Objects without events have no computed value: == null finds them")
        .tables(
            "devices:
                id | name
                d1 | booted
                d2 | only-resumed
                d3 | never
             device_performance.boots:
                time                | device | type         | number_of_boots
                2024-03-14 09:00:00 | d1     | full_boot    | 1
                2024-03-14 09:00:00 | d2     | fast_startup | 1",
        )
        .query(
            "devices
             | include device_performance.boots during past 10d
             | where device_performance.boot.type == full_boot
             | compute number_of_boots_ = number_of_boots.sum()
             | where number_of_boots_ = null
             | list name",
        )
        .gives(
            "device.name
             only-resumed
             never",
        );
}

#[test]
fn an_average_skips_what_has_no_value() {
    documented(
        "https://docs.nexthink.com/user-guide/dex-score/dex-score-nql-examples",
        "logon_speed_score_impact_per_user.avg()*countif(logon_speed_score_impact_per_user != NULL)/count()",
    )
    .tables(
        "users:
            id | name
            u1 | alice
            u2 | bob
            u3 | carol
            u4 | dave
            u5 | no-score
         dex.scores:
            time                | user | value | endpoint.logon_speed_score_impact
            2024-03-15 04:00:00 | u1   | 80    | 6
            2024-03-15 04:00:00 | u2   | 60    | 2
            2024-03-15 04:00:00 | u3   | 70    | null
            2024-03-15 04:00:00 | u4   | 50    | null",
    )
    .query(
        "users
         | include dex.scores during past 24h
         | compute impact = endpoint.logon_speed_score_impact.avg(), score = value.avg()
         | where score != NULL
         | summarize average = impact.avg(), known = countif(impact != NULL), users = count(),
                     total = impact.avg()*countif(impact != NULL)/count()",
    )
    .gives(
        "average | known | users | total
         4       | 2     | 4     | 2",
    );
}

#[test]
fn an_arithmetic_with_no_value_has_no_value() {
    settled("nql-operators/nql-arithmetic-operators", "what is computed from nothing is nothing, not 0")
        .tables(
            "devices:
                id | name
                d1 | PC-1
                d2 | PC-2
             device_performance.events:
                start_time          | device | used | installed
                2024-03-15 09:00:00 | d1     | 3    | 4
                2024-03-15 09:00:00 | d2     | 3    | null",
        )
        .query(
            "devices
             | include device_performance.events
             | compute percentage = used.avg() * 100 / installed.avg()
             | list name, percentage",
        )
        .gives(
            "device.name | percentage
             PC-1        | 75
             PC-2        | null",
        );
}
