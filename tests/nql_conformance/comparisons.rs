//! `where` on events and objects, and the comparison of two fields.

use crate::case::documented;

#[test]
fn one_and_two_equal_signs_compare_alike() {
    documented("nql-operators/nql-comparison-operators", "In comparison operations, = and == are interchangeable")
        .tables(
            "users:
                id | name
                u1 | jdoe@kanopy
                u2 | asmith@kanopy",
        )
        .query("users | where user.name = \"jdoe@kanopy\" | list name")
        .query("users | where user.name == \"jdoe@kanopy\" | list name")
        .gives(
            "user.name
             jdoe@kanopy",
        );
}

#[test]
fn the_devices_that_do_not_run_windows_are_the_documented_two() {
    documented(
        "nql-keywords/nql-where",
        "Select the devices not running the Windows operating system: nxt-jdoe, nxt-vlatona",
    )
    .tables(
        "devices:
                id | name         | operating_system.platform | last_seen
                d1 | nxt-gcarlisa | Windows                   | 2024-03-15 09:00:00
                d2 | nxt-jdoe     | macOS                     | 2024-03-12 09:00:00
                d3 | nxt-vlatona  | macOS                     | 2024-03-09 09:00:00
                d4 | nxt-old      | macOS                     | 2024-03-08 09:00:00",
    )
    .query("devices during past 7d | where operating_system.platform != Windows | list name, operating_system.platform")
    .gives(
        "device.name | device.operating_system.platform
             nxt-jdoe    | macOS
             nxt-vlatona | macOS",
    );
}

#[test]
fn two_fields_of_an_event_are_compared_with_each_other() {
    documented(
        "nql-keywords/nql-where",
        "users which don't use the same peripheral for both the speaker and the microphone",
    )
    .tables(
        "users:
                id | name
                u1 | alice
                u2 | bob
                u3 | carol
             collaboration.sessions:
                start_time          | user | participant_device.microphone | participant_device.speaker
                2024-03-15 09:00:00 | u1   | Headset A                     | Headset A
                2024-03-15 09:00:00 | u2   | Headset A                     | Headset A
                2024-03-15 09:30:00 | u2   | Built-in                      | Headset A",
    )
    .query(
        "users
             | with collaboration.sessions
             | where participant_device.microphone != participant_device.speaker
             | list name",
    )
    .gives(
        "user.name
             bob",
    );
}

#[test]
fn a_field_is_compared_with_a_context_field() {
    documented("nql-keywords/nql-where", "where destination.country == context.location.country")
        .tables(
            "device_performance.events:
                start_time          | destination.country | context.location.country | number
                2024-03-15 09:00:00 | Switzerland         | Switzerland              | 1
                2024-03-15 09:00:00 | Spain               | Switzerland              | 2
                2024-03-15 09:00:00 | spain               | Spain                    | 4",
        )
        .query("device_performance.events | where destination.country == context.location.country | summarize n = number.sum()")
        .gives(
            "n
             5",
        );
}

#[test]
fn a_metric_is_compared_with_a_field() {
    documented("nql-keywords/nql-where", "devices which have not had any Collector activity after an execution crash")
        .tables(
            "devices:
                id | name | last_seen
                d1 | PC-1 | 2024-03-14 09:00:00
                d2 | PC-2 | 2024-03-15 09:00:00
                d3 | PC-3 | 2024-03-15 09:00:00
             execution.crashes:
                time                | device
                2024-03-14 09:00:01 | d1
                2024-03-13 09:00:00 | d1
                2024-03-14 09:00:00 | d2",
        )
        .query(
            "devices during past 7d
             | include execution.crashes during past 7d
             | compute last_crash_time = time.last()
             | where last_crash_time > last_seen
             | list name, last_crash_time",
        )
        .gives(
            "device.name | last_crash_time
             PC-1        | 2024-03-14 09:00:01",
        );
}

const CRASHES: &str = "
    devices:
        id | name | entity
        d1 | PC-1 | Bern
        d2 | PC-2 | Bern
        d3 | PC-3 | Spain
    binaries:
        id | name        | version
        b1 | ms-teams    | 1.7.0.1864
        b2 | ms-teams    | 1.7.0.1865
    execution.crashes:
        time                | device | binary | number_of_crashes
        2024-03-15 09:00:00 | d1     | b1     | 2
        2024-03-15 09:10:00 | d1     | b1     | 1
        2024-03-15 09:00:00 | d2     | b1     | 2
        2024-03-15 09:10:00 | d2     | b2     | 50
        2024-03-15 09:00:00 | d3     | b1     | 9";

#[test]
fn before_a_compute_a_where_filters_events_and_after_it_objects() {
    documented(
        "nql-syntax-overview/nql-data-types",
        "where binary.version == v1.7.0.1864 | compute … | where number_of_crashes_ >= 3",
    )
    .tables(CRASHES)
    .query(
        "devices
             | include execution.crashes during past 1d
             | where binary.version == v1.7.0.1864
             | compute number_of_crashes_ = number_of_crashes.sum()
             | where number_of_crashes_ >= 3
             | list name, number_of_crashes_",
    )
    .gives(
        "device.name | number_of_crashes_
             PC-1        | 3
             PC-3        | 9",
    );
}

#[test]
fn a_where_before_the_include_filters_objects() {
    documented("nql-keywords/nql-where", "add conditions to your query to filter the results")
        .tables(CRASHES)
        .query(
            "devices
             | where entity == \"Bern\"
             | include execution.crashes during past 1d
             | compute n = number_of_crashes.sum()
             | list name, n",
        )
        .gives(
            "device.name | n
             PC-1        | 3
             PC-2        | 52",
        );
}

#[test]
fn the_same_condition_before_and_after_the_compute_asks_different_things() {
    documented(
        "nql-keywords/nql-with",
        "where total_errors_device > 10 after compute total_errors_device = number_of_errors.sum()",
    )
    .tables(
        "devices:
                id | name
                d1 | one-large
                d2 | many-small
                d3 | few-small
             web.errors:
                time                | device | number_of_errors
                2024-03-15 09:00:00 | d1     | 11
                2024-03-15 09:10:00 | d1     | 1
                2024-03-15 09:00:00 | d2     | 6
                2024-03-15 09:10:00 | d2     | 7
                2024-03-15 09:00:00 | d3     | 10",
    )
    .query(
        "devices
             | with web.errors during past 7d
             | where number_of_errors > 10
             | compute large = number_of_errors.sum()
             | with web.errors during past 7d
             | compute total = number_of_errors.sum()
             | where total > 10
             | list name, large, total",
    )
    .gives(
        "device.name | large | total
             one-large   | 11    | 12",
    );
}

#[test]
fn objects_are_kept_by_their_total_and_not_by_single_events() {
    documented(
        "nql-keywords/nql-with",
        "compute total_errors_device … | where total_errors_device > 10 | … | sort total_errors_device desc",
    )
    .tables(
        "devices:
                id | name
                d1 | device-741da9be
                d2 | device-c91fa737
                d3 | device-08469fee
                d4 | device-quiet
             web.errors:
                time                | device | number_of_errors
                2024-03-12 09:00:00 | d2     | 60
                2024-03-13 09:00:00 | d2     | 60
                2024-03-14 09:00:00 | d1     | 125
                2024-03-15 09:00:00 | d3     | 62
                2024-03-15 09:00:00 | d4     | 5
                2024-03-14 09:00:00 | d4     | 5",
    )
    .query(
        "devices
             | with web.errors during past 7d
             | compute total_errors_device = number_of_errors.sum()
             | where total_errors_device > 10
             | list device.name, total_errors_device
             | sort total_errors_device desc",
    )
    .gives(
        "device.name     | total_errors_device
             device-741da9be | 125
             device-c91fa737 | 120
             device-08469fee | 62",
    );
}
