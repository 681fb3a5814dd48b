//! Aggregates of metrics that the data model stores aggregated: `free_memory` stands for `free_memory.avg`, `.sum`,
//! `.count`, `.min` and `.max`.

use crate::case::documented;

const PAGE: &str = "nql-functions";

/// Two values (4 and 6) in one bucket of PC-1, four (0, 0, 1, 1) in another: 2 on average, 2.75 by bucket.
const BUCKETS: &str = "
    devices:
        id | name
        d1 | PC-1
        d2 | PC-2
    device_performance.events:
        start_time          | device | free_memory.avg | free_memory.sum | free_memory.count | free_memory.min | free_memory.max
        2024-03-15 09:00:00 | d1     | 5               | 10              | 2                 | 4               | 6
        2024-03-15 09:15:00 | d1     | 0.5             | 2               | 4                 | 0               | 1
        2024-03-15 09:00:00 | d2     | 7               | 7               | 1                 | 7               | 7";

#[test]
fn an_aggregated_metric_is_a_field() {
    documented(PAGE, "They are defined as fields of the data model: where unload_event.avg > 1.0")
        .tables(BUCKETS)
        .query("device_performance.events | where free_memory.avg > 1.0 | summarize n = count(), s = free_memory.sum.sum()")
        .gives(
            "n | s
             2 | 17",
        );
}

#[test]
fn a_sum_is_the_sum_of_the_sums() {
    documented(PAGE, "<metric>.sum(): It is equivalent to <metric>.sum.sum()")
        .tables(BUCKETS)
        .query("devices | with device_performance.events | compute x = free_memory.sum() | list name, x")
        .query("devices | with device_performance.events | compute x = free_memory.sum.sum() | list name, x")
        .gives(
            "device.name | x
             PC-1        | 12
             PC-2        | 7",
        );
}

#[test]
fn an_average_weighs_each_bucket_by_its_count() {
    documented(PAGE, "<metric>.avg(): It is equivalent to <metric>.sum.sum() and <metric>.count.sum()")
        .tables(BUCKETS)
        .query("devices | with device_performance.events | compute x = free_memory.avg() | list name, x")
        .query(
            "devices
             | with device_performance.events
             | compute x = free_memory.sum.sum() / free_memory.count.sum()
             | list name, x",
        )
        .gives(
            "device.name | x
             PC-1        | 2
             PC-2        | 7",
        );
}

#[test]
fn a_minimum_is_the_smallest_minimum_and_a_maximum_the_largest() {
    documented(PAGE, "equivalent to <metric>.max.max(); equivalent to <metric>.min.min()")
        .tables(BUCKETS)
        .query("devices | with device_performance.events | compute a = free_memory.min(), b = free_memory.max() | list name, a, b")
        .gives(
            "device.name | a | b
             PC-1        | 0 | 6
             PC-2        | 7 | 7",
        );
}

#[test]
fn a_count_is_the_number_of_aggregated_values() {
    documented(PAGE, "Number of aggregated values. It is equivalent to <metric>.count.sum()")
        .tables(BUCKETS)
        .query("devices | with device_performance.events | compute n = free_memory.count() | list name, n")
        .gives(
            "device.name | n
             PC-1        | 6
             PC-2        | 1",
        );
}

#[test]
fn an_average_can_be_compared_with_a_size() {
    documented(PAGE, "Retrieve a list of devices with less than 3GB of average free memory")
        .tables(
            "devices:
                id | name
                d1 | short
                d2 | plenty
             device_performance.events:
                start_time          | device | free_memory
                2024-03-14 09:00:00 | d1     | 1000000000
                2024-03-15 09:00:00 | d1     | 4000000000
                2024-03-14 09:00:00 | d2     | 1000000000
                2024-03-15 09:00:00 | d2     | 9000000000",
        )
        .query(
            "devices
             | with device_performance.events during past 7d
             | compute avg_free_memory = free_memory.avg()
             | where avg_free_memory < 3GB
             | list name, avg_free_memory",
        )
        .gives(
            "device.name | avg_free_memory
             short       | 2500000000",
        );
}
