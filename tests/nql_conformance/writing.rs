//! How a query may be written: lines, blanks, comments; and the parameters of a saved query.

use crate::case::documented;

const OVERVIEW: &str = "nql-syntax-overview";
const API: &str = "https://docs.nexthink.com/api/nql.md";

const DEVICES: &str = "
    devices:
        id | name | entity
        d1 | PC-1 | Bern
        d2 | PC-2 | Spain
        d3 | PC-3 | Bern";

#[test]
fn a_comment_is_ignored() {
    documented(OVERVIEW, "All text between these symbols will be ignored during execution")
        .tables(DEVICES)
        .query(
            "/* | limit 1 */ devices
             /* This comment spans
             multiple lines and is ignored | where name == \"PC-9\" */
             | where entity == \"Bern\" /* not Spain */
             | list device.name, device.entity /* the end */",
        )
        .gives(
            "device.name | device.entity
             PC-1        | Bern
             PC-3        | Bern",
        );
}

#[test]
fn statements_need_no_lines_and_no_blanks() {
    documented(
        "nql-operators/nql-syntax-operators",
        "Pipe operator, separator between statements: devices | where name == \"abc\"",
    )
    .tables(DEVICES)
    .query("devices | where entity == \"Bern\" | list name")
    .query("devices|where entity==\"Bern\"|list name")
    .query("devices\n\n  |   where\n  entity\n==\t\"Bern\"\n| list\n  name\n")
    .gives(
        "device.name
             PC-1
             PC-3",
    );
}

const CRASHES: &str = "
    devices:
        id | collector.uid | name
        d1 | e0aa796d-e3af | PC-1
        d2 | 11111111-e3af | PC-2
    execution.crashes:
        time                | device | number_of_crashes
        2024-03-15 09:00:00 | d1     | 2
        2024-03-05 11:00:00 | d1     | 10
        2024-03-05 10:59:59 | d1     | 100
        2024-03-15 09:00:00 | d2     | 9";

#[test]
fn a_parameter_stands_for_a_value() {
    documented(API, "execution.crashes during past 240h | where device.collector.uid == $collector_uid")
        .tables(CRASHES)
        .parameter("collector_uid", "e0aa796d-e3af")
        .query(
            "execution.crashes during past 240h
             | where device.collector.uid == $collector_uid
             | summarize c1 = number_of_crashes.sum()",
        )
        .gives(
            "c1
             12",
        );
}

#[test]
fn a_parameter_beside_a_number_is_a_number() {
    documented(API, "The parameter datatype is inferred upon query execution")
        .tables(CRASHES)
        .parameter("least", "9")
        .query("execution.crashes | where number_of_crashes >= $least | summarize n = count(), s = number_of_crashes.sum()")
        .gives(
            "n | s
             3 | 119",
        );
}

#[test]
fn a_query_has_several_parameters() {
    documented(API, "must begin with a single $ character and must be unique within the scope of the query")
        .tables(CRASHES)
        .parameter("name", "PC-1")
        .parameter("number", "10")
        .query("execution.crashes | where device.name == $name and number_of_crashes == $number | summarize n = count()")
        .query("execution.crashes | where device.name in [$name] | where number_of_crashes in [$number] | summarize n = count()")
        .gives(
            "n
             1",
        );
}
