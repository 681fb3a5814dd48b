//! The literals of each data type, and the order of their values.

use crate::case::documented;

const TYPES: &str = "nql-syntax-overview/nql-data-types";
const COMPARISON: &str = "nql-operators/nql-comparison-operators";

#[test]
fn a_size_is_compared_in_bytes_whatever_its_unit() {
    documented(TYPES, "byte: a number of bytes (an int with a unit) 100B 200KB 3MB 12GB 2TB")
        .tables(
            "binaries:
                id | name      | size
                b1 | tiny      | 50
                b2 | small     | 150
                b3 | medium    | 250000
                b4 | large     | 5000000
                b5 | huge      | 20000000000
                b6 | gigantic  | 9000000000000",
        )
        .query(
            "binaries
             | summarize b = countif(size > 100B), kb = countif(size > 200KB), mb = countif(size > 3MB),
                         gb = countif(size > 12GB), tb = countif(size > 2TB)",
        )
        .gives(
            "b | kb | mb | gb | tb
             5 | 4  | 3  | 2  | 1",
        );
}

#[test]
fn a_duration_is_in_seconds_whatever_its_unit() {
    documented(TYPES, "duration: a duration in time (an int with a unit) 5ms 10s 4min 3h 2d")
        .tables(
            "web.events:
                start_time          | duration
                2024-03-15 09:00:00 | 0.004
                2024-03-15 09:00:00 | 0.005
                2024-03-15 09:00:00 | 10
                2024-03-15 09:00:00 | 240
                2024-03-15 09:00:00 | 10800
                2024-03-15 09:00:00 | 172800",
        )
        .query(
            "web.events
             | summarize ms = countif(duration >= 5ms), s = countif(duration >= 10s), m = countif(duration >= 4min),
                         h = countif(duration >= 3h), d = countif(duration >= 2d)",
        )
        .gives(
            "ms | s | m | h | d
             5  | 4 | 3 | 2 | 1",
        );
}

#[test]
fn less_and_more_leave_out_the_bound_itself() {
    documented(COMPARISON, "> Greater than, < Less than, >= Greater or equal, <= Less or equal")
        .tables(
            "web.errors:
                time                | code
                2024-03-15 09:00:00 | 403
                2024-03-15 09:00:00 | 404
                2024-03-15 09:00:00 | 405
                2024-03-15 09:00:00 | 500",
        )
        .query(
            "web.errors
             | summarize less = countif(code < 404), at_most = countif(code <= 404), more = countif(code > 404),
                         at_least = countif(code >= 404), equal = countif(code == 404), other = countif(code != 404)",
        )
        .gives(
            "less | at_most | more | at_least | equal | other
             1    | 2       | 2    | 3        | 1     | 3",
        );
}

#[test]
fn a_negative_number_compares_below_zero() {
    documented("nql-functions/nql-as", "wifi.signal_strength.avg <= -67 or … wifi.noise_level.avg >= -80")
        .tables(
            "connectivity.events:
                start_time          | wifi.signal_strength.avg | primary_physical_adapter.type | wifi.receive_rate
                2024-03-15 09:00:00 | -70                      | wifi                          | 10
                2024-03-15 09:00:00 | -67                      | wifi                          | 20
                2024-03-15 09:00:00 | -60                      | wifi                          | 400
                2024-03-15 09:00:00 | -70                      | ethernet                      | 1000",
        )
        .query(
            "connectivity.events during past 30d
             | where primary_physical_adapter.type == wifi
             | where wifi.signal_strength.avg <= -67
             | summarize average_receive_rate = wifi.receive_rate.avg()",
        )
        .gives(
            "average_receive_rate
             15",
        );
}

#[test]
fn an_enumeration_is_written_without_quotes() {
    documented(TYPES, "enumeration: sets of named things, status == red")
        .tables(
            "devices:
                id | name         | operating_system.platform | last_seen
                d1 | nxt-gcarlisa | Windows                   | 2024-03-15 09:00:00
                d2 | nxt-wmirjam  | Windows                   | 2024-03-14 09:00:00
                d3 | nxt-jdoe     | macOS                     | 2024-03-15 09:00:00",
        )
        .query("devices during past 7d | where operating_system.platform == Windows | list name, operating_system.platform")
        .query("devices during past 7d | where operating_system.platform = windows | list name, operating_system.platform")
        .gives(
            "device.name  | device.operating_system.platform
             nxt-gcarlisa | Windows
             nxt-wmirjam  | Windows",
        );
}

#[test]
fn a_value_of_an_enumeration_may_stand_in_quotes() {
    documented(
        "https://docs.nexthink.com/user-guide/dex-score/dex-score-nql-examples",
        "context.location.type == \"Remote\"",
    )
    .tables(
        "device_performance.boots:
                time                | context.location.type | context.location.state | duration
                2024-01-31 01:00:00 | Remote                | Vaud                   | 40
                2024-01-31 01:10:00 | Remote                | Bern                   | 70
                2024-01-31 01:20:00 | Onsite                | Vaud                   | 90
                2024-01-31 01:30:00 | remote                | Vaud                   | 60",
    )
    .query(
        "device_performance.boots from 2024-01-31 01:00:00 to 2024-02-06 01:00:00
             | where context.location.type == \"Remote\" and context.location.state == \"Vaud\"
             | summarize average_boot_duration = duration.avg()",
    )
    .gives(
        "average_boot_duration
             50",
    );
}

#[test]
fn a_boolean_is_true_or_false() {
    documented(TYPES, "Boolean: a true or false value")
        .tables(
            "web.page_views:
                time                | is_soft_navigation | number_of_page_views
                2024-03-15 09:00:00 | false              | 3
                2024-03-15 09:00:00 | true               | 4
                2024-03-15 09:00:00 | false              | 8",
        )
        .query("web.page_views | where is_soft_navigation = false | summarize n = number_of_page_views.sum()")
        .query("web.page_views | where is_soft_navigation != true | summarize n = number_of_page_views.sum()")
        .gives(
            "n
             11",
        );
}

#[test]
fn a_date_with_a_time_can_be_compared() {
    documented(TYPES, "date time: a date with a time 2024-07-15 10:15:00; = != <= >=")
        .tables(
            "devices:
                id | name | last_seen
                d1 | PC-1 | 2024-07-15 10:14:59
                d2 | PC-2 | 2024-07-15 10:15:00
                d3 | PC-3 | 2024-07-15 10:15:01",
        )
        .now("2024-07-16 12:00:00")
        .query("devices | where last_seen >= 2024-07-15 10:15:00 | list name")
        .gives(
            "device.name
             PC-2
             PC-3",
        );
}

#[test]
fn an_address_lies_in_a_network() {
    documented(TYPES, "IPv4 or IPv6 addresses with optional mask: 123.123.0.0/24, f164:b28c:84a5:9dd3::/32")
        .tables(
            "devices:
                id | name | public_ip.ip_address
                d1 | PC-1 | 123.123.0.200
                d2 | PC-2 | 123.123.1.200
                d3 | PC-3 | f164:b28c:1:2:3:4:5:6
                d4 | PC-4 | f164:b28d:84a5:9dd3::1",
        )
        .query("devices | where public_ip.ip_address == 123.123.0.0/24 or public_ip.ip_address = f164:b28c:84a5:9dd3::/32 | list name")
        .gives(
            "device.name
             PC-1
             PC-3",
        );
}

#[test]
fn an_address_outside_of_a_network_is_not_equal_to_it() {
    documented(COMPARISON, "!= Not equals … IP address")
        .tables(
            "devices:
                id | name | public_ip.ip_address
                d1 | PC-1 | 123.123.0.200
                d2 | PC-2 | 123.123.1.200",
        )
        .query("devices | where public_ip.ip_address != 123.123.0.0/24 | list name")
        .gives(
            "device.name
             PC-2",
        );
}

#[test]
fn a_version_is_compared_part_by_part() {
    documented(TYPES, "version: a set of numbers separated by a . … v1.2.4125 v13.5.10; < > <= >= == !=")
        .tables(
            "packages:
                id | name | version
                p1 | a    | \"1.9\"
                p2 | b    | \"1.10\"
                p3 | c    | 1.2.4125
                p4 | d    | 13.5.10
                p5 | e    | \"2.0\"",
        )
        .query("packages | where version > v1.9 | list name")
        .gives(
            "package.name
             b
             d
             e",
        );
}

#[test]
fn a_version_of_one_part_is_the_first_part() {
    documented(TYPES, "version: a set of numbers separated by a .")
        .tables(
            "packages:
                id | name | version
                p1 | a    | 106.0.2
                p2 | b    | 107.0.1
                p3 | c    | 99.1.1
                p4 | d    | 107.0.0",
        )
        .query("packages | where version >= v107 | list name")
        .gives(
            "package.name
             b
             d",
        );
}
