//! Functions of times, and `as()`.

use crate::case::documented;

const ELAPSED: &str = "nql-functions/nql-time_elapsed";
const DATETIME: &str = "nql-functions/nql-datetime-functions";
const AS: &str = "nql-functions/nql-as";

#[test]
fn the_time_elapsed_is_compared_with_a_duration() {
    documented(ELAPSED, "the last operating system update was more than 15 days ago")
        .tables(
            "devices:
                id | name    | operating_system.last_update
                d1 | longer  | 2024-02-29 10:07:29
                d2 | exactly | 2024-02-29 10:07:30
                d3 | shorter | 2024-03-14 10:07:30
                d4 | never   | null",
        )
        .query("devices | where operating_system.last_update.time_elapsed() > 15d | list name")
        .gives(
            "device.name
             longer",
        );
}

#[test]
fn the_time_elapsed_reaches_beyond_the_time_frame() {
    documented(
        ELAPSED,
        "The timeframe specified in your query does not restrict the values returned by the time_elapsed() function",
    )
    .tables(
        "devices:
                id | name     | last_seen           | operating_system.last_update
                d1 | active   | 2024-03-15 09:00:00 | 2023-03-15 10:07:30
                d2 | inactive | 2024-03-14 23:59:59 | 2023-03-15 10:07:30",
    )
    .query("devices during past 1d | where operating_system.last_update.time_elapsed() > 365d | list name")
    .gives(
        "device.name
             active",
    );
}

/// The documented times elapsed, counted back from the time of the case.
const BOOTS: &str = "
    devices:
        id | name
        d1 | device-10d267d2
        d2 | device-d1d5abc9
        d3 | device-5117c4c3
        d4 | device-16834449
        d5 | device-never
    device_performance.boots:
        time                | device | type
        2024-03-08 08:59:08 | d1     | fast_startup
        2024-03-07 08:00:00 | d1     | fast_startup
        2024-03-15 08:00:00 | d1     | full_boot
        2024-03-14 16:29:08 | d2     | fast_startup
        2024-02-21 23:34:22 | d3     | fast_startup
        2024-03-15 09:10:12 | d4     | fast_startup
        2024-03-15 09:10:12 | d5     | full_boot";

#[test]
fn the_time_elapsed_is_listed_in_seconds() {
    documented(
        ELAPSED,
        "returns the values in seconds: 1w 0d 1h 8min 22s, 17h 38min 22s, 3w 1d 10h 33min 8s, 57min 18s",
    )
    .tables(BOOTS)
    .query(
        "devices
             | include device_performance.boots
             | where type == fast_startup
             | compute last_fast_startup_time = time.last()
             | list name, last_fast_startup_time.time_elapsed()",
    )
    .gives(
        "device.name     | last_fast_startup_time.time_elapsed
             device-10d267d2 | 608902
             device-d1d5abc9 | 63502
             device-5117c4c3 | 1938788
             device-16834449 | 3438
             device-never    | null",
    );
}

#[test]
fn the_time_elapsed_can_be_chained_to_another_function() {
    documented(ELAPSED, "compute time_since_last_fast_startup = time.last().time_elapsed()")
        .tables(BOOTS)
        .query(
            "devices
             | with device_performance.boots
             | where type == fast_startup
             | compute time_since_last_fast_startup = time.last().time_elapsed()
             | where time_since_last_fast_startup > 1d
             | list name, time_since_last_fast_startup",
        )
        .gives(
            "device.name     | time_since_last_fast_startup
             device-10d267d2 | 608902
             device-5117c4c3 | 1938788",
        );
}

/// The third begins in hour 23 and ends in hour 0: after 9 and before 17, as the documented condition is written.
const AROUND_BUSINESS_HOURS: &str = "
    device_performance.events:
        start_time          | end_time            | number
        2024-03-14 17:50:00 | 2024-03-14 17:55:00 | 1
        2024-03-14 17:55:00 | 2024-03-14 18:00:00 | 2
        2024-03-14 23:55:00 | 2024-03-15 00:00:00 | 4
        2024-03-15 08:59:59 | 2024-03-15 09:04:59 | 8
        2024-03-15 09:00:00 | 2024-03-15 09:05:00 | 16";

#[test]
fn the_hour_is_from_0_to_23() {
    documented(DATETIME, "where start_time.hour() >= 9 and end_time.hour() <= 17; Numbers from 0 to 23")
        .tables(AROUND_BUSINESS_HOURS)
        .query(
            "device_performance.events during past 24h
             | where start_time.hour() >= 9 and end_time.hour() <= 17
             | summarize n = number.sum()",
        )
        .query(
            "device_performance.events during past 24h
             | where start_time.hour(timezone = 'GMT') >= 9 and end_time.hour(timezone = 'GMT') <= 17
             | summarize n = number.sum()",
        )
        .gives(
            "n
             21",
        );
}

#[test]
fn midnight_is_hour_0() {
    documented(DATETIME, "hour(): Numbers from 0 to 23")
        .tables(AROUND_BUSINESS_HOURS)
        .query("device_performance.events during past 24h | where end_time.hour() = 0 | summarize n = number.sum()")
        .gives(
            "n
             4",
        );
}

#[test]
fn the_day_is_of_the_month() {
    documented(DATETIME, "Retrieve device performance data from the first week of the month: Numbers from 1 to 31")
        .tables(
            "device_performance.events:
                start_time          | end_time            | number
                2024-02-29 23:50:00 | 2024-02-29 23:55:00 | 1
                2024-03-01 00:00:00 | 2024-03-01 00:05:00 | 2
                2024-03-07 23:50:00 | 2024-03-07 23:55:00 | 4
                2024-03-08 00:00:00 | 2024-03-08 00:05:00 | 8",
        )
        .query(
            "device_performance.events during past 30d
             | where start_time.day() >= 1 and end_time.day() <= 7
             | summarize n = number.sum()",
        )
        .gives(
            "n
             6",
        );
}

/// The 9th of March 2024 was a Saturday.
const A_WEEK: &str = "
    device_performance.events:
        start_time          | end_time            | number
        2024-03-08 12:00:00 | 2024-03-08 12:05:00 | 1
        2024-03-09 12:00:00 | 2024-03-09 12:05:00 | 2
        2024-03-10 23:50:00 | 2024-03-10 23:55:00 | 4
        2024-03-11 00:00:00 | 2024-03-11 00:05:00 | 8
        2024-03-15 09:00:00 | 2024-03-15 09:05:00 | 16";

#[test]
fn the_week_begins_on_monday_with_1() {
    documented(DATETIME, "Numbers from 1 to 7, where 1 represents Monday")
        .tables(A_WEEK)
        .query(
            "device_performance.events during past 30d
             | where start_time.day_of_week() >= 1 and end_time.day_of_week() < 6
             | summarize n = number.sum(), mondays = countif(start_time.day_of_week() = 1)",
        )
        .gives(
            "n  | mondays
             25 | 1",
        );
}

#[test]
fn the_week_ends_on_sunday_with_7() {
    documented(DATETIME, "7 represents Sunday")
        .tables(A_WEEK)
        .query("device_performance.events | where start_time.day_of_week() == 7 | summarize n = number.sum()")
        .gives(
            "n
             4",
        );
}

#[test]
fn a_format_is_for_the_interface_and_leaves_the_value() {
    documented(AS, "The Nexthink interface displays the data with the unit specified")
        .tables(
            "devices:
                id | name
                d1 | PC-1
                d2 | PC-2",
        )
        .query("devices | summarize total_cost = count() * 2000 | list total_cost.as(format = currency, code  = USD)")
        .query("devices | summarize total_cost = count() * 2000 | list total_cost.as( format = energy )")
        .gives(
            "total_cost
             4000",
        );
}

#[test]
fn a_listed_format_can_stand_beside_other_columns() {
    documented(
        "https://docs.nexthink.com/user-guide/live-dashboards/live-dashboards-nql-examples",
        "list trigger_method, amt_saved.as(format = currency,code = usd) | sort amt_saved desc",
    )
    .tables(
        "workflow.executions:
            time                | trigger_method | status  | number_of_executions
            2024-03-15 09:00:00 | manual         | success | 3
            2024-03-15 09:00:00 | api            | success | 2
            2024-03-15 09:00:00 | api            | success | 2
            2024-03-15 09:00:00 | api            | failure | 90",
    )
    .query(
        "workflow.executions during past 30d
         | where status == success
         | summarize amt_saved = (number_of_executions.sum()) * (100)
           by trigger_method
         | list trigger_method, amt_saved.as(format = currency,code = usd)
         | sort amt_saved desc",
    )
    .gives(
        "workflow.execution.trigger_method | amt_saved
         api                               | 400
         manual                            | 300",
    );
}
