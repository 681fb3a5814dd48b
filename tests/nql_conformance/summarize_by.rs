//! `summarize … by` fields and stretches of time.

use crate::case::documented;

const PAGE: &str = "nql-keywords/nql-summarize-by";

#[test]
fn a_metric_is_broken_down_by_a_property() {
    documented(PAGE, "Display the average Confluence backend page load time per device in the last 7 days")
        .tables(
            "devices:
                id | name
                d1 | device-10d267d2
                d2 | device-d1d5abc9
                d3 | device-jira-only
             applications:
                id | name
                a1 | Confluence
                a2 | Jira
             web.page_views:
                time                | device | application | page_load_time.backend
                2024-03-15 09:00:00 | d1     | a1          | 0.5
                2024-03-15 09:10:00 | d1     | a1          | 0.7
                2024-03-15 09:00:00 | d1     | a2          | 9
                2024-03-15 09:00:00 | d2     | a1          | 0.25
                2024-03-15 09:00:00 | d3     | a2          | 9",
        )
        .query(
            "web.page_views during past 7d
             | where application.name == \"Confluence\"
             | summarize backendTime = page_load_time.backend.avg() by device.name
             | list device.name, backendTime
             | sort backendTime desc",
        )
        .gives(
            "device.name     | backendTime
             device-10d267d2 | 0.6
             device-d1d5abc9 | 0.25",
        );
}

const RESETS: &str = "
    devices:
        id | name | operating_system.platform | hardware.manufacturer | entity
        d1 | PC   | Windows                   | Lenovo                | Bern
        d2 | PC   | Windows                   | Lenovo                | Bern
        d3 | Mac  | macOS                     | Apple                 | Bern
        d4 | HP   | Windows                   | HP                    | Spain
    device_performance.hard_resets:
        time                | device | number_of_hard_resets
        2024-03-15 09:00:00 | d1     | 1
        2024-03-15 09:10:00 | d1     | 2
        2024-03-15 09:00:00 | d2     | 4
        2024-03-15 09:00:00 | d3     | 8
        2024-03-15 09:00:00 | d4     | 16";

#[test]
fn several_properties_make_groups_of_their_pairs() {
    documented(PAGE, "additional field names separated by a comma to create more breakdown dimensions")
        .tables(RESETS)
        .query(
            "device_performance.hard_resets  during past 7d
             | summarize
                 num_hard_resets = number_of_hard_resets.sum() ,
                 num_devices = device.count()
                by
                 device.operating_system.platform ,
                 device.hardware.manufacturer
             | sort num_hard_resets desc",
        )
        .gives(
            "device.operating_system.platform | device.hardware.manufacturer | num_hard_resets | num_devices
             Windows                          | HP                           | 16              | 1
             macOS                            | Apple                        | 8               | 1
             Windows                          | Lenovo                       | 7               | 2",
        );
}

#[test]
fn devices_of_the_same_name_are_told_apart_by_their_uid() {
    documented(
        "https://docs.nexthink.com/user-guide/alerts-and-diagnostics/setting-up-and-managing-monitors/creating-custom-monitors/detecting-issues-impacting-a-single-device-or-user",
        "use the device.collector.uid for grouping … do not use the summarize... by device.name",
    )
    .tables(
        "devices:
            id | name | collector.uid
            d1 | PC   | uid-1
            d2 | PC   | uid-2
         device_performance.system_crashes:
            time                | device | number_of_system_crashes
            2024-03-15 09:00:00 | d1     | 1
            2024-03-14 09:00:00 | d2     | 2
            2024-03-13 09:00:00 | d2     | 3",
    )
    .query("device_performance.system_crashes during past 7d | summarize n = number_of_system_crashes.sum() by device.collector.uid")
    .gives(
        "device.collector.uid | n
         uid-1                | 1
         uid-2                | 5",
    );
}

#[test]
fn devices_of_the_same_name_are_one_group_by_their_name() {
    documented(PAGE, "aggregated results grouped by properties")
        .tables(RESETS)
        .query("device_performance.hard_resets | summarize n = number_of_hard_resets.sum() by device.name")
        .gives(
            "device.name | n
             PC          | 7
             Mac         | 8
             HP          | 16",
        );
}

#[test]
fn objects_are_grouped_after_a_compute() {
    documented(
        "https://docs.nexthink.com/user-guide/alerts-and-diagnostics/setting-up-and-managing-monitors/creating-custom-monitors/detecting-issues-impacting-multiple-devices",
        "summarize nr_of_devices = count() by entity",
    )
    .tables(RESETS)
    .query(
        "devices
         | with device_performance.hard_resets during past 24h
         | where number_of_hard_resets > 1
         | compute resets = number_of_hard_resets.sum()
         | summarize nr_of_devices = count(), resets_ = resets.sum() by entity",
    )
    .gives(
        "device.entity | nr_of_devices | resets_
         Bern          | 3             | 14
         Spain         | 1             | 16",
    );
}

#[test]
fn a_day_is_from_midnight_to_midnight() {
    documented(
        PAGE,
        "start_time 2021-03-05 00:00:00, end_time 2021-03-06 00:00:00, bucket_duration 1 d, number_of_crashes 758",
    )
    .now("2021-03-07 12:00:00")
    .tables(
        "execution.crashes:
                time                | number_of_crashes
                2021-03-05 00:00:00 | 1
                2021-03-05 23:59:59 | 1
                2021-03-05 12:00:00 | 1
                2021-03-06 00:00:00 | 1
                2021-03-07 11:00:00 | 1
                2021-03-07 11:30:00 | 1",
    )
    .query("execution.crashes during past 3d | summarize total_number_of_crashes = count() by 1d | sort start_time asc")
    .gives(
        "start_time          | end_time            | bucket_duration | total_number_of_crashes
             2021-03-05 00:00:00 | 2021-03-06 00:00:00 | 86400           | 3
             2021-03-06 00:00:00 | 2021-03-07 00:00:00 | 86400           | 1
             2021-03-07 00:00:00 | 2021-03-08 00:00:00 | 86400           | 2",
    );
}

#[test]
fn properties_come_before_the_times_wherever_the_period_stands() {
    documented(PAGE, "the time period selector can be positioned anywhere within the list of fields")
        .now("2021-12-08 12:00:00")
        .tables(
            "devices:
                id | operating_system.platform
                d1 | Windows
                d2 | macOS
             execution.crashes:
                time                | device
                2021-12-07 09:00:00 | d1
                2021-12-07 10:00:00 | d1
                2021-12-07 11:00:00 | d1
                2021-12-07 12:00:00 | d1
                2021-12-07 09:00:00 | d2
                2021-12-08 09:00:00 | d1
                2021-12-08 09:10:00 | d1
                2021-12-08 09:00:00 | d2
                2021-12-08 09:10:00 | d2
                2021-12-08 09:20:00 | d2",
        )
        .query(
            "execution.crashes during past 30d
             | summarize total_number_of_crashes = count() by 1d, device.operating_system.platform
             | sort total_number_of_crashes desc",
        )
        .query(
            "execution.crashes during past 30d
             | summarize total_number_of_crashes = count() by device.operating_system.platform, 1d
             | sort total_number_of_crashes desc",
        )
        .gives(
            "device.operating_system.platform | start_time          | end_time            | bucket_duration | total_number_of_crashes
             Windows                          | 2021-12-07 00:00:00 | 2021-12-08 00:00:00 | 86400           | 4
             macOS                            | 2021-12-08 00:00:00 | 2021-12-09 00:00:00 | 86400           | 3
             Windows                          | 2021-12-08 00:00:00 | 2021-12-09 00:00:00 | 86400           | 2
             macOS                            | 2021-12-07 00:00:00 | 2021-12-08 00:00:00 | 86400           | 1",
        );
}

#[test]
fn an_hour_is_from_a_full_hour_to_the_next() {
    documented(
        "https://docs.nexthink.com/user-guide/dex-score/dex-score-nql-examples",
        "average_logon_time = …avg() by 1h",
    )
    .tables(
        "session.logins:
                time                | time_until_desktop_is_visible
                2024-01-10 01:00:00 | 10
                2024-01-10 01:59:59 | 30
                2024-01-10 02:00:00 | 50",
    )
    .query(
        "Session.logins from 2024-01-10 01:00:00 to 2024-01-10 03:00:00
             | summarize average_logon_time = time_until_desktop_is_visible.avg() by 1h
             | sort start_time desc",
    )
    .gives(
        "start_time          | end_time            | bucket_duration | average_logon_time
             2024-01-10 02:00:00 | 2024-01-10 03:00:00 | 3600            | 50
             2024-01-10 01:00:00 | 2024-01-10 02:00:00 | 3600            | 20",
    );
}

#[test]
fn minutes_are_grouped_by_quarters() {
    documented(PAGE, "15 min 30 min 45 min … The value must be a multiple of 15")
        .tables(
            "web.errors:
                time                | number_of_errors
                2024-03-15 09:30:00 | 1
                2024-03-15 09:44:59 | 2
                2024-03-15 09:45:00 | 4
                2024-03-15 10:07:00 | 8",
        )
        .query(
            "web.errors during past 45min
             | summarize n = number_of_errors.sum() by 15min
             | list start_time, n, bucket_duration
             | sort start_time asc",
        )
        .gives(
            "start_time          | n | bucket_duration
             2024-03-15 09:30:00 | 3 | 900
             2024-03-15 09:45:00 | 4 | 900
             2024-03-15 10:00:00 | 8 | 900",
        );
}
