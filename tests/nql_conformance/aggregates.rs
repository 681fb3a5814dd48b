//! What each aggregate makes of values.

use crate::case::{documented, settled};

const SUMMARIZE: &str = "nql-keywords/nql-summarize";

const MEASURED: &str = "
    devices:
        id | name
        d1 | PC-1
        d2 | PC-2
    device_performance.events:
        start_time          | device | cpu
        2024-03-15 09:10:00 | d1     | 20
        2024-03-15 09:30:00 | d1     | 60
        2024-03-15 09:00:00 | d1     | 10
        2024-03-15 09:20:00 | d2     | 5
        2024-03-15 09:10:00 | d2     | null";

#[test]
fn sum_is_the_total() {
    documented("nql-functions/nql-sum", "The sum() function returns the total sum of a numeric column")
        .tables(MEASURED)
        .query("device_performance.events | summarize s = cpu.sum()")
        .gives(
            "s
             95",
        );
}

#[test]
fn avg_is_the_average_of_the_values_that_there_are() {
    documented("nql-functions/nql-avg", "The avg() command returns the average value of a metric")
        .tables(MEASURED)
        .query("devices | with device_performance.events | compute a = cpu.avg() | list name, a")
        .gives(
            "device.name | a
             PC-1        | 30
             PC-2        | 5",
        );
}

#[test]
fn min_and_max_are_the_smallest_and_the_largest() {
    documented(
        "nql-functions/nql-max",
        "returns the maximum value recorded; min(): returns the minimum value recorded",
    )
    .tables(MEASURED)
    .query("devices | with device_performance.events | compute a = cpu.min(), b = cpu.max() | list name, a, b")
    .gives(
        "device.name | a  | b
             PC-1        | 10 | 60
             PC-2        | 5  | 5",
    );
}

#[test]
fn last_is_by_time_and_not_by_place() {
    documented("nql-functions/nql-last", "The last() function returns the last value recorded")
        .tables(MEASURED)
        .query("devices | with device_performance.events | compute l = cpu.last(), t = start_time.last() | list name, l, t")
        .gives(
            "device.name | l  | t
             PC-1        | 60 | 2024-03-15 09:30:00
             PC-2        | 5  | 2024-03-15 09:20:00",
        );
}

#[test]
fn last_can_be_a_text_of_a_linked_object() {
    documented("nql-functions/nql-last", "The last() function returns the last value recorded")
        .tables(
            "devices:
                id | name
                d1 | PC-1
                d2 | PC-2
             users:
                id | name
                u1 | alice
                u2 | bob
             session.events:
                start_time          | device | user
                2024-03-15 09:00:00 | d1     | u2
                2024-03-14 09:00:00 | d1     | u1
                2024-03-13 09:00:00 | d2     | u1",
        )
        .query("devices | include session.events | compute session_user = user.name.last() | list name, session_user")
        .gives(
            "device.name | session_user
             PC-1        | bob
             PC-2        | alice",
        );
}

#[test]
fn last_takes_only_the_events_that_the_where_leaves() {
    documented("nql-functions/nql-last", "where binary.name == \"zoom*\" | compute last_execution = timestamp.last()")
        .tables(
            "devices:
                id | name
                d1 | PC-1
             binaries:
                id | name
                b1 | Zoom.exe
                b2 | outlook.exe
             execution.events:
                timestamp           | device | binary
                2024-03-14 09:00:00 | d1     | b1
                2024-03-14 10:00:00 | d1     | b1
                2024-03-14 11:00:00 | d1     | b2",
        )
        .query(
            "devices
             | with execution.events past 7d
             | where binary.name == \"zoom*\"
             | compute last_execution = timestamp.last()
             | list last_execution, device.name",
        )
        .gives(
            "last_execution      | device.name
             2024-03-14 10:00:00 | PC-1",
        );
}

#[test]
fn sumif_sums_the_rows_that_match() {
    documented("nql-functions/nql-sumif", "summarizes values from the rows that match specified criteria")
        .tables(
            "web.page_views:
                time                | experience_level | number_of_page_views
                2024-03-15 09:00:00 | good             | 5
                2024-03-15 09:10:00 | frustrating      | 2
                2024-03-15 09:20:00 | good             | 3
                2024-03-15 09:30:00 | average          | 10",
        )
        .query(
            "web.page_views
             | summarize
                 good_experience = number_of_page_views.sumif(experience_level == good),
                 ratio = number_of_page_views.sumif( experience_level = frustrating ) / number_of_page_views.sum()",
        )
        .gives(
            "good_experience | ratio
             8               | 0.1",
        );
}

#[test]
fn countif_takes_an_or() {
    documented("nql-functions/nql-countif", "Provide one or more conditions using bitwise operators: Ethernet 0, …")
        .tables(
            "collaboration.sessions:
                start_time          | connection_type | audio.quality | video.quality
                2024-03-15 09:00:00 | Ethernet        | good          | good
                2024-03-15 09:00:00 | Wi-Fi           | poor          | poor
                2024-03-15 09:00:00 | Wi-Fi           | good          | good
                2024-03-15 09:00:00 | Wi-Fi           | good          | average
                2024-03-15 09:00:00 | Wi-Fi           | average       | good
                2024-03-15 09:00:00 | Cellular        | good          | poor
                2024-03-15 09:00:00 | Cellular        | good          | good",
        )
        .query(
            "collaboration.sessions during past 24h
             | summarize ratio_of_poor_calls = countif(session.audio.quality = poor or session.video.quality = poor) / count()
               by connection_type",
        )
        .gives(
            "collaboration.session.connection_type | ratio_of_poor_calls
             Ethernet                              | 0
             Wi-Fi                                 | 0.25
             Cellular                              | 0.5",
        );
}

const TWENTY: &str = "
    device_performance.events:
        start_time          | cpu | memory
        2024-03-15 08:00:00 | 1   | 100
        2024-03-15 08:01:00 | 2   | 200
        2024-03-15 08:02:00 | 3   | 1000
        2024-03-15 08:03:00 | 4   | null
        2024-03-15 08:04:00 | 5   | null
        2024-03-15 08:05:00 | 6   | null
        2024-03-15 08:06:00 | 7   | null
        2024-03-15 08:07:00 | 8   | null
        2024-03-15 08:08:00 | 9   | null
        2024-03-15 08:09:00 | 10  | null
        2024-03-15 08:10:00 | 11  | null
        2024-03-15 08:11:00 | 12  | null
        2024-03-15 08:12:00 | 13  | null
        2024-03-15 08:13:00 | 14  | null
        2024-03-15 08:14:00 | 15  | null
        2024-03-15 08:15:00 | 16  | null
        2024-03-15 08:16:00 | 17  | null
        2024-03-15 08:17:00 | 18  | null
        2024-03-15 08:18:00 | 19  | null
        2024-03-15 08:19:00 | 20  | null";

#[test]
fn percentiles_are_by_nearest_rank() {
    settled("nql-functions", "95th and 5th percentile: of 20 values the 19th and the 1st, not a value between two")
        .tables(TWENTY)
        .query("device_performance.events | summarize high = cpu.p95(), low = cpu.p05()")
        .gives(
            "high | low
             19   | 1",
        );
}

#[test]
fn percentiles_of_few_values_are_the_ends_and_skip_nulls() {
    settled("nql-functions", "95th and 5th percentile: of 3 values the 3rd and the 1st")
        .tables(TWENTY)
        .query("device_performance.events | summarize high = memory.p95(), low = memory.p05()")
        .gives(
            "high | low
             1000 | 100",
        );
}

#[test]
fn a_summary_of_nothing_has_one_row() {
    settled(SUMMARIZE, "condenses the information into a single result: a count of nothing is 0, of the rest null")
        .tables(MEASURED)
        .query(
            "device_performance.events
             | where cpu > 1000
             | summarize n = count(), s = cpu.sum(), a = cpu.avg(), lo = cpu.min(), hi = cpu.max(), l = cpu.last()",
        )
        .gives(
            "n | s    | a    | lo   | hi   | l
             0 | null | null | null | null | null",
        );
}

#[test]
fn a_sumif_without_a_matching_row_is_0_as_a_countif_is() {
    settled("nql-functions/nql-sumif", "0 where there are rows and none matches; no value where there are no rows")
        .tables(MEASURED_ON_TWO)
        .query(
            "devices
             | include device_performance.events
             | compute none = cpu.sumif(cpu > 1000), some = cpu.sumif(cpu < 30), n = countif(cpu > 1000)
             | list name, none, some, n",
        )
        .gives(
            "device.name | none | some | n
             PC-1        | 0    | 30   | 0
             PC-3        | null | null | null",
        );
}

const MEASURED_ON_TWO: &str = "
    devices:
        id | name
        d1 | PC-1
        d3 | PC-3
    device_performance.events:
        start_time          | device | cpu
        2024-03-15 09:10:00 | d1     | 20
        2024-03-15 09:30:00 | d1     | 60
        2024-03-15 09:00:00 | d1     | 10";
