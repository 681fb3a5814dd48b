//! What is counted: events, objects, records of the root table.

use crate::case::{documented, settled};

const COMPUTE: &str = "nql-keywords/nql-compute";
const COUNT: &str = "nql-functions/nql-count";
const DASHBOARDS: &str = "https://docs.nexthink.com/user-guide/live-dashboards/live-dashboards-nql-examples";

const DEVICES_AND_BOOTS: &str = "
    devices:
        id | name
        d1 | PC-1
        d2 | PC-2
        d3 | PC-3
        d4 | PC-4
    device_performance.boots:
        time                | device | number_of_boots
        2024-03-10 09:00:00 | d1     | 1
        2024-03-11 09:00:00 | d1     | 1
        2024-03-12 09:00:00 | d1     | 5
        2024-03-13 09:00:00 | d2     | 1
        2024-03-01 09:00:00 | d3     | 1";

#[test]
fn a_count_counts_the_events_of_each_object() {
    documented(
        COMPUTE,
        "When used without a field specified, the count() aggregation function applies to the event table",
    )
    .tables(DEVICES_AND_BOOTS)
    .query("devices | with device_performance.boots during past 7d | compute nb_boots = count() | list name, nb_boots")
    .gives(
        "device.name | nb_boots
             PC-1        | 3
             PC-2        | 1",
    );
}

#[test]
fn a_count_of_the_object_is_1_or_0() {
    documented(
        COMPUTE,
        "It appends a new column with either 1 or 0 as the value, based on whether the object has relevant events",
    )
    .tables(DEVICES_AND_BOOTS)
    .query("devices | include device_performance.boots during past 7d | compute n = device.count() | list name, n")
    .gives(
        "device.name | n
             PC-1        | 1
             PC-2        | 1
             PC-3        | 0
             PC-4        | 0",
    );
}

#[test]
fn the_ratio_of_devices_with_boots_is_over_all_devices() {
    documented(COMPUTE, "summarize clause is used for computing the ratio of devices with boots")
        .tables(DEVICES_AND_BOOTS)
        .query(
            "devices
             | include device_performance.boots during past 7d
             | compute nb_devices_with_boots = device.count()
             | summarize ratio_devices_with_boots = nb_devices_with_boots.sum()/count()",
        )
        .gives(
            "ratio_devices_with_boots
             0.5",
        );
}

#[test]
fn a_conditional_count_of_the_object_is_1_or_0() {
    documented(
        DASHBOARDS,
        "include execution.crashes | compute crash_cnt = device.countif(process_visibility == foreground)",
    )
    .tables(
        "devices:
                id | name
                d1 | two-foreground
                d2 | background
                d3 | none
             execution.crashes:
                time                | device | process_visibility
                2024-03-15 09:00:00 | d1     | foreground
                2024-03-15 09:10:00 | d1     | foreground
                2024-03-15 09:20:00 | d1     | background
                2024-03-15 09:00:00 | d2     | background",
    )
    .query(
        "devices
             | include execution.crashes
             | compute crash_cnt = device.countif(process_visibility == foreground)
             | list name, crash_cnt",
    )
    .gives(
        "device.name    | crash_cnt
             two-foreground | 1
             background     | 0
             none           | 0",
    );
}

#[test]
fn a_conditional_count_of_events_counts_rows() {
    documented(
        "nql-functions/nql-countif",
        "The countif() function counts the number of rows that match specified criteria",
    )
    .tables(
        "devices:
                id | name   | entity
                d1 | two    | Bern
                d2 | zero   | Bern
                d3 | none   | Spain
             execution.crashes:
                time                | device | process_visibility | number_of_crashes
                2024-03-15 09:00:00 | d1     | foreground         | 7
                2024-03-15 09:10:00 | d1     | foreground         | 7
                2024-03-15 09:20:00 | d1     | background         | 7
                2024-03-15 09:00:00 | d2     | background         | 7",
    )
    .query(
        "devices
             | with execution.crashes during past 24h
             | compute crashes = countif(process_visibility == foreground)
             | list name, crashes",
    )
    .gives(
        "device.name | crashes
             two         | 2
             zero        | 0",
    );
}

#[test]
fn a_conditional_count_of_events_has_no_value_without_events() {
    settled("nql-keywords/nql-include", "Objects without events have no computed value, be it a countif()")
        .tables(
            "devices:
                id | name
                d1 | zero
                d2 | none
             execution.crashes:
                time                | device | process_visibility
                2024-03-15 09:00:00 | d1     | background",
        )
        .query("devices | include execution.crashes | compute n = countif(process_visibility == foreground) | list name, n")
        .gives(
            "device.name | n
             zero        | 0
             none        | null",
        );
}

#[test]
fn a_count_in_a_summary_of_objects_counts_the_objects() {
    documented(COUNT, "For objects: It returns the number of objects")
        .tables(DEVICES_AND_BOOTS)
        .query("devices | summarize c1 = count()")
        .gives(
            "c1
             4",
        );
}

#[test]
fn a_count_of_the_object_in_a_summary_of_objects_counts_them_too() {
    documented(COUNT, "The count() function returns the number of unique objects")
        .tables(DEVICES_AND_BOOTS)
        .query("devices | with device_performance.boots during past 7d | summarize c1 = device.count()")
        .query("devices | with device_performance.boots during past 7d | summarize c1 = count()")
        .gives(
            "c1
             2",
        );
}

#[test]
fn a_count_in_a_summary_of_events_counts_the_events() {
    documented(COUNT, "For punctual events: It returns the number of events")
        .tables(DEVICES_AND_BOOTS)
        .query("device_performance.boots during past 7d | summarize c1 = count()")
        .query("device_performance.boots during past 7d | summarize c1 = number_of_boots.count()")
        .gives(
            "c1
             4",
        );
}

#[test]
fn a_count_of_a_metric_in_a_summary_counts_the_root_table() {
    documented(
        COUNT,
        "returns the number of records of root table (in this case, devices), not the number of unique events",
    )
    .tables(DEVICES_AND_BOOTS)
    .query(
        "devices
             | with device_performance.boots during past 7d
             | compute number_of_boots_ = number_of_boots.count()
             | summarize c1 = number_of_boots_.count(), events = number_of_boots_.sum()",
    )
    .gives(
        "c1 | events
             2  | 4",
    );
}

#[test]
fn a_count_of_a_metric_in_a_summary_counts_objects_without_a_value_too() {
    documented(COUNT, "the count() function always returns the number of records in the root table")
        .tables(DEVICES_AND_BOOTS)
        .query(
            "devices
             | include device_performance.boots during past 7d
             | compute number_of_boots_ = number_of_boots.count()
             | summarize c1 = number_of_boots_.count()",
        )
        .gives(
            "c1
             4",
        );
}

#[test]
fn a_count_of_an_object_in_a_summary_of_events_counts_each_once() {
    documented(
        "https://docs.nexthink.com/user-guide/alerts-and-diagnostics/setting-up-and-managing-monitors/creating-custom-monitors/detecting-issues-impacting-multiple-devices",
        "summarize total_number_of_crashes = count(), devices_with_crashes = device.count() by binary.name",
    )
    .tables(
        "devices:
            id | name
            d1 | PC-1
            d2 | PC-1
            d3 | PC-3
         binaries:
            id | name
            b1 | outlook.exe
            b2 | zoom.exe
         execution.crashes:
            time                | device | binary
            2024-03-15 09:00:00 | d1     | b1
            2024-03-15 09:10:00 | d1     | b1
            2024-03-15 09:20:00 | d2     | b1
            2024-03-15 09:30:00 | d3     | b2
            2024-03-15 09:40:00 | d3     | b2",
    )
    .query(
        "execution.crashes during past 24h
         | summarize
           total_number_of_crashes = count(),
           devices_with_crashes = device.count()
         by binary.name
         | sort total_number_of_crashes desc",
    )
    .gives(
        "binary.name | total_number_of_crashes | devices_with_crashes
         outlook.exe | 3                       | 2
         zoom.exe    | 2                       | 1",
    );
}

#[test]
fn objects_are_counted_whatever_tells_them_apart() {
    documented(COUNT, "The count() function returns the number of unique objects")
        .tables(
            "devices:
                id | name
                1  | PC-1
                2  | PC-2
                3  | PC-3
             device_performance.boots:
                time                | device
                2024-03-15 09:00:00 | 1
                2024-03-15 09:10:00 | 1
                2024-03-15 09:20:00 | 2
                2024-03-15 09:30:00 | null",
        )
        .query("device_performance.boots | summarize devices = device.count(), boots = count()")
        .gives(
            "devices | boots
             2       | 4",
        );
}

#[test]
fn a_count_of_another_object_counts_each_of_them_once() {
    documented(COUNT, "For objects: It returns the number of unique objects")
        .tables(
            "applications:
                id | name
                a1 | Jira
                a2 | Wiki
             users:
                id | name
                u1 | alice
                u2 | bob
             web.page_views:
                time                | application | user | is_soft_navigation | number_of_page_views
                2024-03-15 09:30:00 | a1          | u1   | false              | 10
                2024-03-15 09:40:00 | a1          | u1   | false              | 20
                2024-03-15 09:50:00 | a1          | u2   | false              | 30
                2024-03-15 09:30:00 | a2          | u2   | false              | 5
                2024-03-15 09:40:00 | a2          | u1   | true               | 7",
        )
        .query(
            "application.applications
             | with web.page_views during past 60min
             | where is_soft_navigation = false
             | compute views = number_of_page_views.sum(), all_users = user.count()
             | list name, views, all_users",
        )
        .gives(
            "application.name | views | all_users
             Jira             | 60    | 2
             Wiki             | 5     | 1",
        );
}

#[test]
fn what_has_no_crash_is_the_rest() {
    documented(DASHBOARDS, "without_crashes = count() - crash_cnt.sum(), with_crashes = crash_cnt.sum()")
        .tables(DEVICES_AND_BOOTS)
        .query(
            "devices
             | include device_performance.boots
             | compute cnt = device.count()
             | summarize without = count() - cnt.sum(), with_boots = cnt.sum()",
        )
        .gives(
            "without | with_boots
             1       | 3",
        );
}

#[test]
fn the_users_who_answered_are_counted_by_state() {
    documented(
        "https://docs.nexthink.com/platform/user-guide/campaigns/managing-campaigns/scrutinizing-the-results-of-a-campaign-with-nql",
        "a dynamic table campaign.nql_id_of_the_campaign.responses",
    )
        .tables(
            "users:
                id | name
                u1 | alice
                u2 | bob
                u3 | carol
             campaign.#welcome.responses:
                time                | user | state
                2024-03-14 09:00:00 | u1   | answered
                2024-03-14 10:00:00 | u2   | declined
                2024-03-14 11:00:00 | u1   | postponed",
        )
        .query(
            "users
             | include campaign.#welcome.responses
             | compute answered = user.countif(state == answered), other = user.countif(state != answered)
             | list name, answered, other",
        )
        .gives(
            "user.name | answered | other
             alice     | 1        | 1
             bob       | 0        | 1
             carol     | 0        | 0",
        );
}
