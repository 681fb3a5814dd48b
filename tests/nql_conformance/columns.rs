//! Which columns an answer has: the default ones, the computed ones, the listed ones.

use crate::case::documented;

const DEVICES_AND_CRASHES: &str = "
    devices:
        id | name*  | entity* | hardware.type
        d1 | PC-1   | Spain   | laptop
        d2 | PC-2   | India   | desktop
    execution.crashes:
        time                | device | number_of_crashes
        2024-03-15 09:00:00 | d1     | 2
        2024-03-15 09:30:00 | d2     | 5";

#[test]
fn without_a_list_the_default_columns_are_shown() {
    documented(
        "nql-syntax-overview",
        "The system includes default fields that are most relevant to identify the records",
    )
    .tables(DEVICES_AND_CRASHES)
    .query("devices")
    .gives(
        "device.name | device.entity
             PC-1        | Spain
             PC-2        | India",
    );
}

#[test]
fn a_computed_metric_is_appended_as_a_new_column() {
    documented("nql-keywords/nql-compute", "appends it to the results table as a new column with metric per object")
        .tables(DEVICES_AND_CRASHES)
        .query("devices | include execution.crashes during past 7d | compute nb_crashes = number_of_crashes.sum()")
        .gives(
            "device.name | device.entity | nb_crashes
             PC-1        | Spain         | 2
             PC-2        | India         | 5",
        );
}

#[test]
fn computed_columns_follow_the_default_ones_in_the_order_of_computing() {
    documented("nql-functions/nql-sumif", "Name, Entity, Device model, Device type, OS name, Total cnt")
        .tables(
            "devices:
                id | name*             | entity*       | hardware.model* | hardware.type*
                d1 | NXDOCS-1704355664 | Switzerland   | MacBookPro18,3  | laptop
                d2 | NXDOCS-1704355669 | Spain         | ThinkPad P1     | laptop
             web.page_views:
                time                | device | experience_level | number_of_page_views
                2024-03-15 09:00:00 | d1     | frustrating      | 4
                2024-03-15 09:00:00 | d1     | good             | 50
                2024-03-15 09:15:00 | d1     | frustrating      | 3
                2024-03-15 09:00:00 | d2     | frustrating      | 6",
        )
        .query(
            "devices
             | include web.page_views during past 24h
             | compute total_cnt = page_view.number_of_page_views.sumif(page_view.experience_level == frustrating)
             | include web.page_views during past 24h
             | compute all_cnt = number_of_page_views.sum()
             | sort total_cnt desc
             | limit 10",
        )
        .gives(
            "device.name       | device.entity | device.hardware.model | device.hardware.type | total_cnt | all_cnt
             NXDOCS-1704355664 | Switzerland   | MacBookPro18,3        | laptop               | 7         | 57
             NXDOCS-1704355669 | Spain         | ThinkPad P1           | laptop               | 6         | 6",
        );
}

#[test]
fn a_list_selects_the_columns_and_their_order() {
    documented("nql-keywords/nql-list", "allows you to specify which fields you want to select")
        .tables(DEVICES_AND_CRASHES)
        .query(
            "devices
             | include execution.crashes during past 7d
             | compute nb_crashes = number_of_crashes.sum(), nb_events = count()
             | list nb_crashes, hardware.type, name",
        )
        .gives(
            "nb_crashes | device.hardware.type | device.name
             2          | laptop               | PC-1
             5          | desktop              | PC-2",
        );
}

#[test]
fn the_documented_list_of_users_has_their_names_and_types() {
    documented("nql-keywords/nql-list", "Hemi Charmian LOCAL_USER, Wangchuk Mirjam LOCAL_ADMIN")
        .tables(
            "users:
                id | username        | type        | last_seen
                u1 | Hemi Charmian   | LOCAL_USER  | 2024-03-15 08:00:00
                u2 | Wangchuk Mirjam | LOCAL_ADMIN | 2024-03-09 08:00:00
                u3 | Long Gone       | LOCAL_USER  | 2024-03-01 08:00:00",
        )
        .query("users during past 7d | list username, type")
        .gives(
            "user.username   | user.type
             Hemi Charmian   | LOCAL_USER
             Wangchuk Mirjam | LOCAL_ADMIN",
        );
}

#[test]
fn the_metrics_of_a_summary_can_be_listed_in_another_order() {
    documented(
        "https://docs.nexthink.com/user-guide/live-dashboards/live-dashboards-nql-examples",
        "by 1d | list end_time, backend_duration, client_duration, network_duration",
    )
    .tables(
        "web.page_views:
            time                | backend | client
            2024-03-14 09:00:00 | 2       | 10
            2024-03-14 10:00:00 | 4       | 20
            2024-03-15 09:00:00 | 5       | 30",
    )
    .query(
        "web.page_views during past 2d
         | summarize backend_duration = backend.avg() , client_duration = client.avg() by 1d
         | list end_time, client_duration, backend_duration",
    )
    .gives(
        "end_time            | client_duration | backend_duration
         2024-03-15 00:00:00 | 15              | 3
         2024-03-16 00:00:00 | 30              | 5",
    );
}
