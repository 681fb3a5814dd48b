//! Queries that cannot be executed: refused with a message that names what is wrong, never answered with something else.
//! What can be executed although the vendor's editor refuses it (a comment in the wrong place) is `check`'s affair.

use crate::case::documented;

const TABLES: &str = "
    devices:
        id | name*
        d1 | PC-1
    execution.crashes:
        time                | device | number_of_crashes
        2024-03-15 09:00:00 | d1     | 2";

const FIELD: &str = "Field 'device.not_a_real_field' does not exist or is not accessible in the context";
const VALIDATOR: &str = "a diagnostic of the vendor's query editor";

#[test]
fn an_unknown_table() {
    documented("nql-syntax-overview", "a short statement specifying the table to select data from")
        .tables(TABLES)
        .query("execution.crushes | summarize n = count()")
        .query("devices | with execution.crushes")
        .query("devices | include execution.crushes | compute n = count()")
        .is_refused("execution.crushes");
}

#[test]
fn an_unknown_field_of_the_table() {
    documented(VALIDATOR, FIELD)
        .tables(TABLES)
        .query("devices | where not_a_real_field == \"a\"")
        .query("devices | list name, device.not_a_real_field")
        .query("devices | sort not_a_real_field asc")
        .query("devices | summarize n = count() by not_a_real_field")
        .query("devices | summarize n = not_a_real_field.sum()")
        .is_refused("not_a_real_field");
}

#[test]
fn an_unknown_field_of_the_event() {
    documented(VALIDATOR, FIELD)
        .tables(TABLES)
        .query("devices | with execution.crashes | where not_a_real_field == 1")
        .query("devices | with execution.crashes | compute n = not_a_real_field.sum()")
        .query("devices | with execution.crashes | compute n = countif(not_a_real_field == 1)")
        .query("execution.crashes | list device.not_a_real_field")
        .is_refused("not_a_real_field");
}

#[test]
fn a_field_of_the_event_outside_of_the_with() {
    documented("nql-keywords/nql-with", "Only the computed values are available outside of the with clause")
        .tables(TABLES)
        .query("devices | with execution.crashes | compute n = count() | where number_of_crashes > 1")
        .query("devices | with execution.crashes | compute n = count() | list name, number_of_crashes")
        .query("devices | with execution.crashes | list name, number_of_crashes")
        .query("devices | with execution.crashes | compute n = count() | summarize s = number_of_crashes.sum()")
        .is_refused("number_of_crashes");
}

#[test]
fn a_field_that_a_summary_left_behind() {
    documented("nql-keywords/nql-summarize", "condenses the information into a single result")
        .tables(TABLES)
        .query("devices | summarize n = count() | list n, name")
        .query("devices | summarize n = count() | where name == \"PC-1\"")
        .is_refused("name");
}

#[test]
fn an_unknown_function() {
    documented("nql-functions", "In the following section you can find a list of all available functions")
        .tables(TABLES)
        .query("execution.crashes | summarize n = number_of_crashes.median()")
        .query("execution.crashes | where number_of_crashes.median() > 1")
        .query("devices | with execution.crashes | compute n = number_of_crashes.median()")
        .is_refused("median");
}

#[test]
fn a_compute_without_with_or_include() {
    documented("nql-keywords/nql-compute", "It can be used only after a with or include clause")
        .tables(TABLES)
        .query("devices | compute n = count()")
        .query("execution.crashes | compute n = number_of_crashes.sum()")
        .is_refused("compute");
}

#[test]
fn a_double_equal_sign_does_not_name_a_metric() {
    documented("nql-operators/nql-comparison-operators", "when used for aliasing …, only the single = is supported")
        .tables(TABLES)
        .query("devices | summarize n == count()")
        .query("devices | with execution.crashes | compute n == count()")
        .is_refused("==");
}

#[test]
fn a_period_of_minutes_that_is_no_multiple_of_15() {
    documented("nql-keywords/nql-summarize-by", "The value must be a multiple of 15")
        .tables(TABLES)
        .query("execution.crashes | summarize n = count() by 20min")
        .is_refused("15");
}

#[test]
fn two_periods_in_one_summary() {
    documented("nql-keywords/nql-summarize-by", "You can use multiple fields, but only one time period selector")
        .tables(TABLES)
        .query("execution.crashes | summarize n = count() by 1d, 1h")
        .is_refused("period");
}

#[test]
fn an_unknown_keyword() {
    documented("nql-keywords", "list, limit, where, sort, with, include, compute, summarize, summarize by")
        .tables(TABLES)
        .query("devices | select name")
        .is_refused("select");
}
