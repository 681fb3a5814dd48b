//! `with` and `include`: which objects stay, and which events count.

use crate::case::{documented, settled};

const WITH: &str = "nql-keywords/nql-with";
const INCLUDE: &str = "nql-keywords/nql-include";

const DEVICES_AND_CRASHES: &str = "
    devices:
        id | name
        d1 | PC-1
        d2 | PC-2
        d3 | PC-3
    binaries:
        id | name
        b1 | outlook.exe
        b2 | zoom.exe
    execution.crashes:
        time                | device | binary | process_visibility | number_of_crashes
        2024-03-15 09:00:00 | d1     | b1     | foreground         | 2
        2024-03-15 09:10:00 | d1     | b1     | background         | 3
        2024-03-15 09:20:00 | d1     | b2     | foreground         | 10
        2024-03-15 09:00:00 | d2     | b2     | foreground         | 4";

#[test]
fn with_keeps_the_objects_that_have_an_event() {
    documented(WITH, "returns data per object only when there is at least one event recorded for a specific object")
        .tables(DEVICES_AND_CRASHES)
        .query("devices | with execution.crashes during past 7d | list device.name")
        .gives(
            "device.name
             PC-1
             PC-2",
        );
}

#[test]
fn with_and_a_condition_keeps_the_objects_that_have_such_an_event() {
    documented(WITH, "Use it to query inventory objects with conditions on events")
        .tables(DEVICES_AND_CRASHES)
        .query("devices | with execution.crashes during past 7d | where binary.name == \"outlook.exe\" | list name")
        .gives(
            "device.name
             PC-1",
        );
}

#[test]
fn the_events_of_a_user_are_told_apart_by_their_devices() {
    documented(WITH, "Use it to query inventory objects with conditions on events")
        .tables(
            "users:
                id | name
                u1 | alice
                u2 | bob
             devices:
                id | name   | hardware.type
                d1 | laptop | laptop
                d2 | cloud  | virtual
             session.events:
                start_time          | user | device | duration
                2024-03-15 09:00:00 | u1   | d1     | 1
                2024-03-15 10:00:00 | u1   | d2     | 2
                2024-03-14 10:00:00 | u1   | d2     | 4
                2024-03-15 09:00:00 | u2   | d1     | 8",
        )
        .query(
            "users
             | with session.events
             | where device.hardware.type == virtual
             | compute virtual_time = duration.sum(), devices = device.count()
             | list name, virtual_time, devices",
        )
        .gives(
            "user.name | virtual_time | devices
             alice     | 6            | 1",
        );
}

#[test]
fn conditions_on_events_must_hold_for_one_and_the_same_event() {
    documented(WITH, "conditions on events")
        .tables(DEVICES_AND_CRASHES)
        .query(
            "devices
             | with execution.crashes
             | where binary.name == \"zoom.exe\"
             | where number_of_crashes < 5
             | list name",
        )
        .gives(
            "device.name
             PC-2",
        );
}

#[test]
fn two_with_keep_the_objects_that_have_both_events() {
    documented(WITH, "An NQL query can contain multiple with clauses")
        .tables(
            "binaries:
                id | name         | md5_hash
                b1 | odio.exe     | f32bd724
                b2 | volutpat.exe | 5ec62b81
                b3 | eget.exe     | dc182b79
                b4 | quiet.exe    | 2d0c5405
             execution.crashes:
                time                | binary
                2024-03-15 09:00:00 | b1
                2024-03-15 09:10:00 | b1
                2024-03-15 09:00:00 | b2
                2024-03-14 23:59:59 | b2
                2024-03-15 09:00:00 | b3
             execution.events:
                start_time          | binary | number_of_freezes
                2024-03-15 09:00:00 | b1     | 0
                2024-03-15 09:00:00 | b2     | 1
                2024-03-15 09:15:00 | b2     | 2
                2024-03-15 09:00:00 | b4     | 7",
        )
        .query(
            "binary.binaries
             | with execution.crashes during past 1d
             | compute total_number_of_crashes = count()
             | with execution.events during past 1d
             | compute sum_of_freezes = number_of_freezes.sum()
             | list total_number_of_crashes, sum_of_freezes, name",
        )
        .gives(
            "total_number_of_crashes | sum_of_freezes | binary.name
             2                       | 0              | odio.exe
             1                       | 3              | volutpat.exe",
        );
}

#[test]
fn include_without_compute_changes_nothing() {
    documented(INCLUDE, "Without a compute statement, no effect on scope")
        .tables(DEVICES_AND_CRASHES)
        .query("devices | include execution.crashes | where binary.name == \"outlook.exe\" | list name")
        .gives(
            "device.name
             PC-1
             PC-2
             PC-3",
        );
}

#[test]
fn include_keeps_objects_without_events_and_gives_them_no_value() {
    documented(INCLUDE, "Retain all objects … Objects without events have no computed value")
        .tables(DEVICES_AND_CRASHES)
        .query(
            "devices
             | include execution.crashes
             | compute sum = number_of_crashes.sum(), average = number_of_crashes.avg(), least = number_of_crashes.min(),
                       most = number_of_crashes.max(), last = number_of_crashes.last(), n = count()
             | list name, sum, average, least, most, last, n",
        )
        .gives(
            "device.name | sum  | average | least | most | last | n
             PC-1        | 15   | 5       | 2     | 10   | 10   | 3
             PC-2        | 4    | 4       | 4     | 4    | 4    | 1
             PC-3        | null | null    | null  | null | null | null",
        );
}

#[test]
fn include_and_a_condition_keep_objects_without_such_events() {
    documented(INCLUDE, "It returns data per object even when there is no event recorded for a specific object")
        .tables(DEVICES_AND_CRASHES)
        .query(
            "devices
             | include execution.crashes
             | where binary.name == \"outlook.exe\"
             | compute n = number_of_crashes.sum()
             | list name, n",
        )
        .gives(
            "device.name | n
             PC-1        | 5
             PC-2        | null
             PC-3        | null",
        );
}

#[test]
fn the_binaries_with_their_crashes_are_sorted_as_documented() {
    documented(INCLUDE, "List the binaries that triggered an execution crash and the associated number of crashes")
        .tables(
            "binaries:
                id | name
                b1 | bibendum.exe
                b2 | lorem.exe
                b3 | quiet.exe
             execution.crashes:
                time                | binary
                2024-03-15 09:00:00 | b1
                2024-03-15 09:00:00 | b2
                2024-03-15 09:10:00 | b2
                2024-03-15 09:20:00 | b2
                2024-03-14 10:59:59 | b1
                2024-03-14 10:59:59 | b1
                2024-03-14 10:59:59 | b1",
        )
        .query(
            "binaries
             | include execution.crashes during past 24h
             | compute total_number_of_crashes = count()
             | list total_number_of_crashes, name
             | sort total_number_of_crashes desc
             | limit 2",
        )
        .gives(
            "total_number_of_crashes | binary.name
             3                       | lorem.exe
             1                       | bibendum.exe",
        );
}

#[test]
fn the_same_table_can_be_included_with_different_conditions() {
    documented(
        INCLUDE,
        "multiple include clauses, allowing you to join the same event table with different conditions",
    )
    .tables(DEVICES_AND_CRASHES)
    .query(
        "devices
             | include execution.crashes
             | where binary.name == \"outlook.exe\"
             | compute outlook = number_of_crashes.sum()
             | include execution.crashes
             | where process_visibility == foreground
             | compute foreground = number_of_crashes.sum()
             | include execution.crashes
             | compute everything = number_of_crashes.sum()
             | list name, outlook, foreground, everything",
    )
    .gives(
        "device.name | outlook | foreground | everything
             PC-1        | 5       | 12         | 15
             PC-2        | null    | 4          | 4
             PC-3        | null    | null       | null",
    );
}

#[test]
fn a_with_after_an_include_still_narrows() {
    documented(INCLUDE, "with: Modifies the scope")
        .tables(
            "devices:
                id | name
                d1 | crashed
                d2 | used
                d3 | both
             execution.crashes:
                time                | device
                2024-03-15 09:00:00 | d1
                2024-03-15 09:00:00 | d3
             session.events:
                start_time          | device
                2024-03-15 09:00:00 | d2
                2024-03-15 09:00:00 | d3",
        )
        .query("devices | include execution.crashes | compute n = count() | with session.events | list name, n")
        .query("devices | with session.events | include execution.crashes | compute n = count() | list name, n")
        .gives(
            "device.name | n
             used        | null
             both        | 1",
        );
}

#[test]
fn events_without_a_time_frame_do_not_take_that_of_the_objects() {
    settled("nql-syntax-overview", "a time frame belongs to the table that it stands after, and to no other")
        .tables(
            "devices:
                id | name | last_seen
                d1 | PC-1 | 2024-03-15 09:00:00
                d2 | PC-2 | 2024-03-01 09:00:00
             execution.crashes:
                time                | device | number_of_crashes
                2024-03-15 09:00:00 | d1     | 1
                2024-03-02 09:00:00 | d1     | 2
                2024-03-01 09:00:00 | d2     | 4",
        )
        .query(
            "devices during past 1d
             | include execution.crashes
             | compute n = number_of_crashes.sum()
             | list name, n",
        )
        .gives(
            "device.name | n
             PC-1        | 3",
        );
}

#[test]
fn objects_filtered_by_a_count_have_at_least_one_event() {
    documented("https://docs.nexthink.com/user-guide/dex-score/dex-score-nql-examples", "c1 = count() | where c1 > 0")
        .tables(
            "users:
                id | name
                u1 | alice
                u2 | bob
                u3 | no-score
             dex.scores:
                time                | user | value
                2024-03-15 04:00:00 | u1   | 60
                2024-03-15 04:00:00 | u1   | 80
                2024-03-15 04:00:00 | u2   | 90
                2024-03-14 04:00:00 | u3   | 10",
        )
        .query(
            "users
             | include dex.scores during past 24h
             | compute DEX_score_per_user = value.avg(), c1 = count()
             | where c1 > 0
             | summarize Overall_DEX_score = DEX_score_per_user.avg(), users = count()",
        )
        .gives(
            "Overall_DEX_score | users
             80                | 2",
        );
}

#[test]
fn a_ratio_of_averages_is_no_average_of_ratios() {
    documented(
        "https://docs.nexthink.com/user-guide/alerts-and-diagnostics/setting-up-and-managing-monitors/creating-custom-monitors/detecting-issues-impacting-a-single-device-or-user",
        "event.system_drive_usage.avg()/event.system_drive_capacity.avg()*100",
    )
    .tables(
        "devices:
            id | name
            d1 | PC-1
            d2 | PC-2
         device_performance.events:
            start_time          | device | system_drive_usage | system_drive_capacity
            2024-03-15 09:00:00 | d1     | 10                 | 100
            2024-03-15 09:05:00 | d1     | 90                 | 300
            2024-03-15 09:00:00 | d2     | 95                 | 100",
    )
    .query(
        "devices
         | include device_performance.events during past 7d
         | compute system_drive_usage_ratio_ = event.system_drive_usage.avg()/event.system_drive_capacity.avg()*100
         | list system_drive_usage_ratio_",
    )
    .gives(
        "system_drive_usage_ratio_
         25
         95",
    );
}
