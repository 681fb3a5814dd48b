//! Which times a time selection takes. The platform's and the user's time zone are both UTC here.

use crate::case::documented;

/// The documentation's example is at 05:26:15 in the zone of the platform.
const DOCUMENTED_NOW: &str = "2021-11-11 05:26:15";
const PAGE: &str = "nql-syntax-overview/nql-time-selection";

/// Every line is a time just outside or just inside of one of the documented ranges.
const AROUND_NOW: &str = "
    web.errors:
        time                | label
        2021-11-09 23:59:59 | day before yesterday
        2021-11-10 00:00:00 | yesterday begins
        2021-11-10 05:59:59 | 24 h minus a second
        2021-11-10 06:00:00 | 24 h begin
        2021-11-10 23:59:59 | yesterday ends
        2021-11-11 00:00:00 | today begins
        2021-11-11 03:59:59 | 2 h minus a second
        2021-11-11 04:00:00 | 2 h begin
        2021-11-11 05:14:59 | 15 min minus a second
        2021-11-11 05:15:00 | 15 min begin
        2021-11-11 05:29:59 | quarter ends
        2021-11-11 05:30:00 | next quarter
        2021-11-11 05:59:59 | hour ends
        2021-11-11 06:00:00 | next hour
        2021-11-11 11:59:59 | noon minus a second
        2021-11-11 23:59:59 | today ends
        2021-11-12 00:00:00 | tomorrow";

#[test]
fn past_15min_is_the_running_quarter() {
    documented(PAGE, "past 15min: Nov 11, 05:15:00 AM – 05:30:00 AM ET")
        .now(DOCUMENTED_NOW)
        .tables(AROUND_NOW)
        .query("web.errors during past 15min | list label")
        .gives(
            "web.error.label
             15 min begin
             quarter ends",
        );
}

#[test]
fn past_2h_ends_with_the_running_hour() {
    documented(PAGE, "past 2h: Nov 11, 04:00:00 AM – 06:00:00 AM ET")
        .now(DOCUMENTED_NOW)
        .tables(AROUND_NOW)
        .query("web.errors during past 2h | list label")
        .gives(
            "web.error.label
             2 h begin
             15 min minus a second
             15 min begin
             quarter ends
             next quarter
             hour ends",
        );
}

#[test]
fn past_24h_begins_at_a_full_hour_of_the_day_before() {
    documented(PAGE, "past 24h: Nov 10, 06:00:00 AM – Nov 11 06:00:00 AM ET")
        .now(DOCUMENTED_NOW)
        .tables(AROUND_NOW)
        .query("web.errors during past 24h | summarize first = time.min(), last = time.max(), n = count()")
        .gives(
            "first               | last                | n
             2021-11-10 06:00:00 | 2021-11-11 05:59:59 | 10",
        );
}

#[test]
fn past_1d_is_the_whole_of_today() {
    documented(PAGE, "past 1d: Nov 11, 12:00:00 AM – Nov 12, 12:00:00 AM ET")
        .now(DOCUMENTED_NOW)
        .tables(AROUND_NOW)
        .query("web.errors during past 1d | summarize first = time.min(), last = time.max(), n = count()")
        .gives(
            "first               | last                | n
             2021-11-11 00:00:00 | 2021-11-11 23:59:59 | 11",
        );
}

#[test]
fn on_a_date_is_that_whole_day() {
    documented(PAGE, "on Nov 10, 2021: Nov 10, 12:00:00 AM – Nov 11, 12:00:00 AM ET")
        .now(DOCUMENTED_NOW)
        .tables(AROUND_NOW)
        .query("web.errors on Nov 10, 2021 | list label")
        .query("web.errors on 2021-11-10 | list label")
        .gives(
            "web.error.label
             yesterday begins
             24 h minus a second
             24 h begin
             yesterday ends",
        );
}

#[test]
fn from_to_with_times_is_taken_as_written() {
    documented(PAGE, "from 2021-11-11 00:00:00 to 2021-11-11 12:00:00")
        .now(DOCUMENTED_NOW)
        .tables(AROUND_NOW)
        .query("web.errors from 2021-11-11 00:00:00 to 2021-11-11 12:00:00 | summarize a = time.min(), b = time.max()")
        .query("web.errors from Nov 11, 2021, 00:00 to Nov 11, 2021, 12:00 | summarize a = time.min(), b = time.max()")
        .gives(
            "a                   | b
             2021-11-11 00:00:00 | 2021-11-11 11:59:59",
        );
}

#[test]
fn from_to_with_dates_includes_the_whole_last_day() {
    documented(PAGE, "End of the period: 23:59:59 on the end date")
        .now("2023-06-20 12:00:00")
        .tables(
            "web.errors:
                time                | label
                2023-05-31 23:59:59 | before
                2023-06-01 00:00:00 | first
                2023-06-15 23:59:59 | last
                2023-06-16 00:00:00 | after",
        )
        .query("web.errors from Jun 1, 2023 to Jun 15, 2023 | list label")
        .query("web.errors from 2023-06-01 to 2023-06-15 | list label")
        .gives(
            "web.error.label
             first
             last",
        );
}

#[test]
fn from_1d_ago_to_1d_ago_is_the_previous_day() {
    documented(PAGE, "The number of navigations from the previous day")
        .now(DOCUMENTED_NOW)
        .tables(AROUND_NOW)
        .query("web.errors from 1d ago to 1d ago | list label")
        .gives(
            "web.error.label
             yesterday begins
             24 h minus a second
             24 h begin
             yesterday ends",
        );
}

#[test]
fn relative_days_include_both_ends() {
    documented(PAGE, "for example, during past 2d, June 1, 2023 or 1d ago … the entire day(s) … are included")
        .tables(
            "devices:
                id | name
                d1 | PC-1
             web.page_views:
                time                | device | number_of_page_views
                2024-02-22 23:59:59 | d1     | 1
                2024-02-23 00:00:00 | d1     | 2
                2024-03-02 23:59:59 | d1     | 4
                2024-03-03 00:00:00 | d1     | 8
                2024-03-07 23:59:59 | d1     | 16
                2024-03-08 00:00:00 | d1     | 32
                2024-03-09 00:00:00 | d1     | 64
                2024-03-15 10:00:00 | d1     | 128",
        )
        .query(
            "devices
             | include web.page_views from 21d ago to 13d ago
             | compute week1 = number_of_page_views.sum()
             | include web.page_views from 14d ago to 8d ago
             | compute week2 = number_of_page_views.sum()
             | include web.page_views during past 7d
             | compute current_week = number_of_page_views.sum()
             | list week1, week2, current_week",
        )
        .gives(
            "week1 | week2 | current_week
             6     | 28    | 192",
        );
}

#[test]
fn two_days_are_whole_days_and_48_hours_are_not() {
    documented(
        "nql-faq",
        "With during past 2d … the cloud instance timezone … With during past 48h … 5-minute or 15-minute samples",
    )
    .tables(
        "devices:
                id | name
                d1 | PC-1
             web.page_views:
                time                | device | number_of_page_views
                2024-03-13 10:59:59 | d1     | 1
                2024-03-13 11:00:00 | d1     | 2
                2024-03-13 23:59:59 | d1     | 4
                2024-03-14 00:00:00 | d1     | 8
                2024-03-15 10:00:00 | d1     | 16",
    )
    .query(
        "devices
             | include web.page_views during past 2d
             | compute in_days = number_of_page_views.sum()
             | include web.page_views during past 48h
             | compute in_hours = number_of_page_views.sum()
             | list in_days, in_hours",
    )
    .gives(
        "in_days | in_hours
             24      | 30",
    );
}

#[test]
fn past_45min_are_three_quarters_with_the_running_one() {
    documented(PAGE, "Retrieving the number of navigations in the past 45 minutes")
        .tables(
            "web.page_views:
                time                | number_of_page_views
                2024-03-15 09:29:59 | 1
                2024-03-15 09:30:00 | 2
                2024-03-15 10:07:00 | 4",
        )
        .query("web.page_views during past 45min | summarize total_navigations = number_of_page_views.sum()")
        .gives(
            "total_navigations
             6",
        );
}

#[test]
fn a_date_without_a_year_is_of_this_year() {
    documented("nql-keywords/nql-summarize", "with web.page_views from Jun 1 to Jun 7")
        .now("2023-06-20 12:00:00")
        .tables(
            "devices:
                id | name
                d1 | PC-1
                d2 | PC-2
                d3 | PC-3
             web.page_views:
                time                | device | number_of_page_views
                2022-06-03 12:00:00 | d1     | 1000
                2023-06-01 00:00:00 | d1     | 10
                2023-06-07 23:59:59 | d1     | 20
                2023-06-08 00:00:00 | d1     | 100
                2023-05-31 23:59:59 | d2     | 500
                2023-06-03 12:00:00 | d2     | 60",
        )
        .query(
            "devices
             | with web.page_views from Jun 1 to Jun 7
             | compute num_navigations = number_of_page_views.sum()
             | summarize average_num_navigation_per_device = num_navigations.avg()",
        )
        .gives(
            "average_num_navigation_per_device
             45",
        );
}

#[test]
fn a_resolution_does_not_change_the_range() {
    documented(PAGE, "To increase VDI data resolution, add by 30s at the end of the time selection")
        .now("2024-11-09 12:00:00")
        .tables(
            "session.vdi_events:
                time                | label
                2024-11-08 15:14:59 | before
                2024-11-08 15:15:00 | first
                2024-11-08 17:29:59 | last
                2024-11-08 17:30:01 | after",
        )
        .query("session.vdi_events from Nov 08, 2024, 15:15 to Nov 08, 2024, 17:30 by 30s | list label")
        .gives(
            "session.vdi_event.label
             first
             last",
        );
}

#[test]
fn a_time_frame_of_an_object_asks_for_activity() {
    documented("nql-syntax-overview", "the system refers to the events behind the object's activity")
        .tables(
            "devices:
                id | name
                d1 | PC-1
                d2 | PC-2
                d3 | PC-3
             device_performance.events:
                start_time          | device
                2024-03-09 00:00:00 | d1
                2024-03-08 23:59:59 | d2",
        )
        .query("devices during past 7d | list name")
        .query("devices | with device_performance.events during past 7d | list name")
        .gives(
            "device.name
             PC-1",
        );
}

#[test]
fn a_time_frame_belongs_to_the_table_that_it_follows() {
    documented("nql-syntax-overview", "by putting a time frame selection right after the table name")
        .tables(
            "devices:
                id | name | last_seen
                d1 | PC-1 | 2024-03-15 09:00:00
                d2 | PC-2 | 2024-03-11 09:00:00
             execution.crashes:
                time                | device | number_of_crashes
                2024-03-10 09:00:00 | d1     | 3
                2024-03-11 09:00:00 | d2     | 4",
        )
        .query(
            "devices during past 1d
             | include execution.crashes during past 7d
             | compute n = number_of_crashes.sum()
             | list name, n",
        )
        .gives(
            "device.name | n
             PC-1        | 3",
        );
}

#[test]
fn during_may_be_left_out() {
    documented("nql-functions/nql-last", "with execution.events past 7d")
        .tables(
            "devices:
                id | name
                d1 | PC-1
                d2 | PC-2
             execution.events:
                timestamp           | device
                2024-03-10 09:00:00 | d1
                2024-03-08 09:00:00 | d2",
        )
        .query("devices | with execution.events past 7d | list name")
        .gives(
            "device.name
             PC-1",
        );
}

#[test]
fn without_a_time_frame_nothing_is_filtered_by_time() {
    documented("nql-syntax-overview", "You have the option to filter your results over a specific period of time")
        .tables(
            "web.errors:
                time                | label
                2024-02-20 09:00:00 | old
                2024-03-15 09:00:00 | new",
        )
        .query("web.errors | list label")
        .gives(
            "web.error.label
             old
             new",
        );
}
