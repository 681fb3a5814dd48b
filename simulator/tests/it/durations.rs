//! Durations are seconds, as NQL's literals are: `2min` is 120.

use serde_json::Value;

use crate::caller::caller;

fn value(row: &Value, column: &str) -> f64 {
    row[column].as_f64().unwrap_or_else(|| panic!("no {column} in {row}"))
}

#[test]
fn every_duration_compares_with_literals_of_its_size() {
    let mut caller = caller();
    for (table, field, least, most) in [
        ("devices", "boot.last_full_boot_duration", "28s", "75s"),
        ("device_performance.boots past 7d", "duration", "4s", "75s"),
        ("session.logins past 7d", "time_until_desktop_is_visible", "4s", "2min"),
        ("session.logins past 7d", "time_until_desktop_is_ready", "7s", "3min"),
        ("session.events past 1d", "duration", "1ms", "24h"),
        ("session.events past 1d", "bucket_duration", "1ms", "1d"),
        ("device_performance.events past 1h", "bucket_duration", "1h", "60min"),
        ("device_performance.events past 1h", "duration_with_high_memory_pressure", "0s", "1h"),
        ("device_performance.events past 1h", "cpu.duration_with_high_usage", "0s", "1h"),
        ("execution.events past 1h", "bucket_duration", "1ms", "90min"),
        ("execution.events past 1h", "execution_duration", "1ms", "90min"),
        ("execution.events past 1h", "cpu_time", "0s", "90min"),
    ] {
        let all = caller.query(&format!("{table} | where {field} != null | summarize n = count()"))[0]["n"].clone();
        let within = format!("{table} | where {field} >= {least} and {field} <= {most} | summarize n = count()");
        assert_eq!(caller.query(&within)[0]["n"], all, "{table} {field}");
        assert!(all.as_f64().is_some_and(|all| all > 10.0), "{table} {field}");
    }
}

#[test]
fn a_start_that_policies_delay_is_longer_than_one_that_nothing_delays() {
    let mut caller = caller();
    let slow = |caller: &mut crate::caller::Caller, device: &str| {
        let condition = format!("device.name == \"{device}\" and time_until_desktop_is_visible > 20s");
        caller.query(&format!("session.logins past 20d | where {condition} | list time")).len()
    };
    assert!(slow(&mut caller, "LOKAFOR-LT") > 0);
    assert_eq!(slow(&mut caller, "NBERG-LT"), 0);
}

#[test]
fn a_sum_of_durations_divided_by_3600_is_hours() {
    let mut caller = caller();
    let query = "device_performance.events past 24h | where device.name == \"NBERG-LT\" \
                 | summarize hours = bucket_duration.sum() / 3600, measurements = count()";
    let row = &caller.query(query)[0];
    assert!(value(row, "measurements") >= 23.0);
    assert!((value(row, "hours") - value(row, "measurements")).abs() < 1e-9, "{row}");
}
