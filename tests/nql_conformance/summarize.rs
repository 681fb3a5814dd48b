//! `summarize` into a single result, and the arithmetic of metrics.

use crate::case::{documented, settled};

const PAGE: &str = "nql-keywords/nql-summarize";
const ARITHMETIC: &str = "nql-operators/nql-arithmetic-operators";
const AS: &str = "nql-functions/nql-as";
const DASHBOARDS: &str = "https://docs.nexthink.com/user-guide/live-dashboards/live-dashboards-nql-examples";

const BINARIES: &str = "
    binaries:
        id | name | size
        b1 | a    | 100
        b2 | b    | 300
        b3 | c    | 200
        b4 | d    | 1000";

#[test]
fn the_sizes_of_all_binaries_are_one_number() {
    documented(PAGE, "condenses the information into a single result; Compute the total size of all the binaries")
        .tables(BINARIES)
        .query("binaries | summarize total_size = size.sum()")
        .gives(
            "total_size
             1600",
        );
}

#[test]
fn several_metrics_are_columns_of_one_row() {
    documented(DASHBOARDS, "summarize devices_with_crashes = …, total_devices = count()")
        .tables(BINARIES)
        .query("binaries | where size < 500 | summarize a = size.avg(), n = count(), biggest = size.max()")
        .gives(
            "a   | n | biggest
             200 | 3 | 300",
        );
}

#[test]
fn multiplication_and_division_go_before_addition_and_subtraction() {
    documented(ARITHMETIC, "+ - / * ( ): column_name.sum() + 10, count() - 10, count() / 10, count() * 0.1")
        .tables(BINARIES)
        .query(
            "binaries
             | summarize plus = size.sum() + 10, minus = count() - 10, over = count() / 10, times = count() * 0.1,
                         mixed = 10 + count() * 5 - 8 / count(), from_left = 100 - 10 - 5, divided = 64 / count() / 4",
        )
        .gives(
            "plus | minus | over | times | mixed | from_left | divided
             1610 | -6    | 0.4  | 0.4   | 28    | 85        | 4",
        );
}

#[test]
fn parentheses_group_operators() {
    documented(ARITHMETIC, "Grouping of operators: (sum() / count()) / 100")
        .tables(BINARIES)
        .query(
            "binaries
             | summarize a = (size.sum() / count()) / 100, b = size.sum() / (count() / 100), c = (10 + count()) * 5",
        )
        .gives(
            "a | b     | c
             4 | 40000 | 70",
        );
}

#[test]
fn a_power_can_be_a_factor() {
    documented(AS, "no_of_devices = (count()^1) * 422.5")
        .tables(BINARIES)
        .query("binaries | summarize no_of_devices = (count()^1) * 422.5")
        .gives(
            "no_of_devices
             1690",
        );
}

#[test]
fn a_power_goes_before_a_product() {
    settled(ARITHMETIC, "^ stands in the examples only, in parentheses; without them it binds as in mathematics")
        .tables(BINARIES)
        .query("binaries | summarize squared = 10 * count()^2")
        .gives(
            "squared
             160",
        );
}

#[test]
fn a_constant_is_a_metric() {
    documented(DASHBOARDS, "dex.scores | summarize score = value.avg() , total = 100")
        .tables(
            "dex.scores:
                time                | value
                2024-03-15 04:00:00 | 60
                2024-03-15 04:00:00 | 90",
        )
        .query("dex.scores | summarize score = value.avg() , total = 100")
        .gives(
            "score | total
             75    | 100",
        );
}

#[test]
fn a_duration_in_arithmetic_is_in_seconds() {
    documented(
        "https://docs.nexthink.com/platform/understanding-key-data-platform-concepts/nexthink-query-language-nql",
        "usage_hours = duration.sum() / 3600",
    )
    .tables(
        "web.events:
            start_time          | duration
            2024-03-15 09:00:00 | 5400
            2024-03-15 09:30:00 | 1800",
    )
    .query("web.events | summarize usage_hours = duration.sum() / 3600")
    .gives(
        "usage_hours
         2",
    );
}

#[test]
fn a_share_is_a_count_with_a_condition_by_a_count() {
    documented(AS, "devices | with execution.crashes | summarize impacted_devices = countif(…)/count()")
        .tables(
            "devices:
                id | operating_system.name
                d1 | Windows 10
                d2 | Windows 11
                d3 | Windows 11
                d4 | Windows 10
                d5 | Windows 11
             execution.crashes:
                time                | device
                2024-03-15 09:00:00 | d1
                2024-03-15 09:10:00 | d1
                2024-03-15 09:00:00 | d2
                2024-03-15 09:00:00 | d3
                2024-03-15 09:00:00 | d5",
        )
        .query(
            "devices
             | with execution.crashes
             | summarize impacted_devices = countif(operating_system.name == \"Windows 10\")/count()",
        )
        .gives(
            "impacted_devices
             0.25",
        );
}

#[test]
fn a_ratio_of_sums_is_no_sum_of_ratios() {
    documented(DASHBOARDS, "backend_dur_ratio = page_load_time.backend.sum() / page_load_time.overall.sum()")
        .tables(
            "web.page_views:
                time                | page_load_time.backend | page_load_time.overall
                2024-03-15 09:00:00 | 1                      | 2
                2024-03-15 09:10:00 | 1                      | 6",
        )
        .query(
            "web.page_views during past 7d
             | summarize
               backend_dur_ratio = page_load_time.backend.sum() /
               page_load_time.overall.sum()",
        )
        .gives(
            "backend_dur_ratio
             0.25",
        );
}

#[test]
fn an_average_per_device_is_no_average_per_event() {
    documented(PAGE, "Compute the average value of the number of page views per device")
        .tables(
            "devices:
                id | name
                d1 | PC-1
                d2 | PC-2
                d3 | PC-3
             web.page_views:
                time                | device | number_of_page_views
                2024-03-15 09:00:00 | d1     | 10
                2024-03-15 09:10:00 | d1     | 20
                2024-03-15 09:20:00 | d1     | 30
                2024-03-15 09:00:00 | d2     | 4",
        )
        .query(
            "devices
             | with web.page_views
             | compute num_navigations = number_of_page_views.sum()
             | summarize average_num_navigation_per_device = num_navigations.avg()",
        )
        .gives(
            "average_num_navigation_per_device
             32",
        );
}

#[test]
fn a_metric_that_was_renamed_by_a_summary_can_be_filtered() {
    documented("nql-keywords/nql-where", "You can compare … metrics (aliases) computed in the query")
        .tables(
            "binaries:
                id | name
                b1 | often.exe
                b2 | rare.exe
             execution.crashes:
                time                | binary
                2024-03-15 09:00:00 | b1
                2024-03-15 09:10:00 | b1
                2024-03-15 09:00:00 | b2",
        )
        .query("execution.crashes during past 7d | summarize total = count() by binary.name | where total >= 2")
        .gives(
            "binary.name | total
             often.exe   | 2",
        );
}
