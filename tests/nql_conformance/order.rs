//! `sort` and `limit`.

use crate::case::{documented, settled};

const SORT: &str = "nql-keywords/nql-sort";
const LIMIT: &str = "nql-keywords/nql-limit";

const USERS: &str = "
    users:
        id | username*      | type
        u1 | Zachary Doe    | LOCAL_USER
        u2 | Alice Smith    | LOCAL_USER
        u3 | Zion Bush      | LOCAL_USER
        u4 | Amanda Carella | LOCAL_ADMIN";

#[test]
fn ascending_is_alphabetical() {
    documented(SORT, "Sort users by their username in alphabetical order: Alice Smith, Amanda Carella")
        .tables(USERS)
        .query("users | list username, type | sort username asc | limit 2")
        .gives(
            "user.username  | user.type
             Alice Smith    | LOCAL_USER
             Amanda Carella | LOCAL_ADMIN",
        );
}

#[test]
fn descending_is_reverse_alphabetical() {
    documented(SORT, "in reverse alphabetical order: Zion Bush, Zachary Doe")
        .tables(USERS)
        .query("users | list username, type | sort username desc | limit 2")
        .gives(
            "user.username | user.type
             Zion Bush     | LOCAL_USER
             Zachary Doe   | LOCAL_USER",
        );
}

const BINARIES: &str = "
    binaries:
        id | name  | size
        b1 | beta  | 9
        b2 | Alpha | 10
        b3 | gamma | 100
        b4 | Delta | null";

#[test]
fn numbers_are_sorted_by_their_size() {
    documented(SORT, "Sort data starting from the lowest value")
        .tables(BINARIES)
        .query("binaries | where size != null | list name, size | sort size asc")
        .gives(
            "binary.name | binary.size
             beta        | 9
             Alpha       | 10
             gamma       | 100",
        );
}

#[test]
fn text_is_sorted_without_regard_to_case() {
    settled(SORT, "text ignores case in sorting as it does in comparing")
        .tables(BINARIES)
        .query("binaries | list name | sort name asc")
        .gives(
            "binary.name
             Alpha
             beta
             Delta
             gamma",
        );
}

#[test]
fn null_is_last_when_ascending() {
    settled(SORT, "null sorts last in both directions")
        .tables(BINARIES)
        .query("binaries | list size | sort size asc")
        .gives(
            "binary.size
             9
             10
             100
             null",
        );
}

#[test]
fn null_is_last_when_descending() {
    settled(SORT, "null sorts last in both directions")
        .tables(BINARIES)
        .query("binaries | list size | sort size desc")
        .gives(
            "binary.size
             100
             10
             9
             null",
        );
}

#[test]
fn a_column_that_is_not_listed_can_sort() {
    documented(SORT, "orders the results by a field")
        .tables(BINARIES)
        .query("binaries | where size != null | list name | sort size desc")
        .query("binaries | where size != null | sort size desc | list name")
        .gives(
            "binary.name
             gamma
             Alpha
             beta",
        );
}

#[test]
fn times_are_sorted_from_the_latest() {
    documented("https://docs.nexthink.com/user-guide/workflows/workflows-nql-examples", "sort request_time desc")
        .tables(
            "workflow.executions:
                time                | request_time        | status
                2024-03-15 09:00:00 | 2024-03-14 23:00:00 | a
                2024-03-15 09:00:00 | 2024-03-15 08:00:00 | b
                2024-03-15 09:00:00 | 2024-03-09 08:00:00 | c",
        )
        .query("workflow.executions during past 7d |list status, request_time |sort request_time desc")
        .gives(
            "workflow.execution.status | workflow.execution.request_time
             b                         | 2024-03-15 08:00:00
             a                         | 2024-03-14 23:00:00
             c                         | 2024-03-09 08:00:00",
        );
}

#[test]
fn a_metric_sorts_by_its_alias() {
    documented("nql-keywords/nql-with", "list device.name, total_errors_device | sort total_errors_device desc")
        .tables(
            "devices:
                id | name
                d1 | device-c91fa737
                d2 | device-741da9be
             web.errors:
                time                | device | number_of_errors
                2024-03-15 09:00:00 | d1     | 9
                2024-03-15 09:00:00 | d2     | 60
                2024-03-15 09:10:00 | d2     | 65",
        )
        .query(
            "devices
             | with web.errors during past 7d
             | compute total_errors_device = number_of_errors.sum()
             | list device.name, total_errors_device
             | sort total_errors_device desc",
        )
        .gives(
            "device.name     | total_errors_device
             device-741da9be | 125
             device-c91fa737 | 9",
        );
}

#[test]
fn a_formatted_metric_sorts_by_its_value() {
    documented("nql-functions/nql-as", "The as() function is supported in the list and sort clauses")
        .tables(
            "remote_action.executions:
                time                | trigger_method | number_of_executions
                2024-03-15 09:00:00 | manual         | 3
                2024-03-15 09:00:00 | api            | 20
                2024-03-15 09:00:00 | schedule       | 7",
        )
        .query(
            "remote_action.executions during past 30d
             | summarize amt_saved = (number_of_executions.sum()) * (100) by trigger_method
             | sort amt_saved.as(format = currency,code = usd) desc",
        )
        .gives(
            "remote_action.execution.trigger_method | amt_saved
             api                                    | 2000
             schedule                               | 700
             manual                                 | 300",
        );
}

#[test]
fn a_limit_is_the_most_rows_that_there_are() {
    documented(LIMIT, "restricts the maximum number of rows returned")
        .tables(USERS)
        .query("users | list type | limit 15")
        .gives(
            "user.type
             LOCAL_USER
             LOCAL_USER
             LOCAL_USER
             LOCAL_ADMIN",
        );
}

#[test]
fn a_limit_takes_the_first_rows_of_the_order() {
    documented("nql-syntax-overview", "sort size desc | limit 10: Set a maximum number of results")
        .tables(BINARIES)
        .query("binaries | list name, size | sort size desc | limit 1")
        .gives(
            "binary.name | binary.size
             gamma       | 100",
        );
}

#[test]
fn a_limit_counts_groups_after_a_summary() {
    documented(LIMIT, "restricts the maximum number of rows returned")
        .tables(USERS)
        .query("users | summarize n = count() by type | sort n desc | limit 1")
        .gives(
            "user.type  | n
             LOCAL_USER | 3",
        );
}
