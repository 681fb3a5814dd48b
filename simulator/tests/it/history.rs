//! The past of the fleet: what happened agrees with what is true, nothing happens on a device that is offline, and
//! what happened stays as it was.

use std::collections::BTreeMap;

use nexthink_simulator::{Options, SimulatedTenant};
use serde_json::{Value, json};

use crate::caller::{Caller, DAY, HOUR, caller};

fn text(row: &Value, column: &str) -> String {
    row[column].as_str().unwrap_or_else(|| panic!("no {column} in {row}")).to_owned()
}

fn number(row: &Value, column: &str) -> f64 {
    row[column].as_f64().unwrap_or_else(|| panic!("no {column} in {row}"))
}

/// Each table with its fields, of which every one has a value in some row.
const FIELDS: [(&str, &str); 13] = [
    (
        "devices",
        "device.name, collector.uid, collector.version, collector.tag_id, uid, entity, organization.entity, \
         location.site, location.state, location.country, location.type, public_ip.country, operating_system.platform, \
         operating_system.name, operating_system.architecture, operating_system.build, operating_system.last_update, \
         operating_system.days_since_last_update, hardware.type, hardware.manufacturer, hardware.model, \
         hardware.product_line, hardware.memory, hardware.bios_serial_number, hardware.chassis_serial_number, \
         hardware.machine_serial_number, connectivity.last_connectivity_type, public_ip.isp, \
         first_seen, days_since_first_seen, last_seen, days_since_last_seen, boot.last_full_boot, \
         boot.last_full_boot_duration, boot.days_since_last_full_boot, login.last_login_user_name",
    ),
    (
        "users",
        "name, username, type, upn, sid, uid, ad.username, ad.email_address, ad.full_name, ad.department, first_seen, \
         last_seen, days_since_last_seen",
    ),
    ("packages", "uid, name, version, publisher"),
    ("binaries", "name, version, product_name, company, platform, architecture, size, has_user_interface"),
    ("applications", "name"),
    ("package.installed_packages", "package.name, package.version, device.name"),
    (
        "session.events past 1d",
        "start_time, end_time, bucket_duration, duration, user_interaction_time, user.name, user.upn, device.name",
    ),
    (
        "session.logins past 7d",
        "time, number_of_logins, time_until_desktop_is_visible, time_until_desktop_is_ready, user.name, device.name",
    ),
    (
        "device_performance.events past 1h",
        "start_time, end_time, bucket_duration, system_drive_free_space, system_drive_capacity, system_drive_usage, \
         installed_memory, used_memory, free_memory, duration_with_high_memory_pressure, cpu_usage, \
         normalized_cpu_usage, cpu_queue_length, cpu.duration_with_high_usage, number_of_logical_processors, \
         device.name, hardware.type, context.location.country",
    ),
    ("device_performance.boots past 7d", "time, type, duration, number_of_boots, device.name"),
    (
        "device_performance.system_crashes past 30d",
        "time, label, error_code_hexadecimal, number_of_system_crashes, device.name",
    ),
    ("device_performance.hard_resets past 30d", "time, number_of_hard_resets, device.name"),
    (
        "execution.crashes past 30d",
        "time, number_of_crashes, crash_on_start, process_visibility, binary.name, binary.version, application.name, \
         device.name, user.name, device.operating_system.platform",
    ),
];

#[test]
fn every_table_has_its_fields_under_the_vendors_names() {
    let mut caller = Caller::of(SimulatedTenant::new(Options { devices: 100, ..Options::default() }));
    let usage = "start_time, end_time, bucket_duration, execution_duration, cpu_time, memory, real_memory, \
                 number_of_freezes, binary.name, application.name, device.name, user.name, ad.department";
    let all = FIELDS.into_iter().chain([("execution.events past 1h", usage)]);
    for (table, fields) in all {
        let found = caller.query(&format!("{table} | list {fields}"));
        assert!(!found.is_empty(), "{table}");
        let columns: Vec<&String> = found[0].as_object().unwrap().keys().collect();
        assert_eq!(columns.len(), fields.split(',').count(), "{table}");
        for column in columns {
            assert!(found.iter().any(|row| !row[column].is_null()), "{table}: {column} never has a value");
        }
    }
}

#[test]
fn the_newest_full_boot_is_the_one_that_the_device_tells() {
    let mut caller = caller();
    caller.tenant.set("NBERG-LT", r#"{"daysSinceLastFullBoot":3}"#).unwrap();
    let boots = caller.query(
        "device_performance.boots past 30d | where type == full_boot \
         | list device.name, time, duration, device.boot.last_full_boot, device.boot.last_full_boot_duration",
    );
    let mut newest: BTreeMap<String, &Value> = BTreeMap::new();
    for boot in &boots {
        let name = text(boot, "device.name");
        let time = |boot: &Value| text(boot, "device_performance.boot.time");
        if newest.get(&name).is_none_or(|known| time(known) < time(boot)) {
            newest.insert(name, boot);
        }
    }
    assert!(newest.len() > 55 && boots.len() > 3 * newest.len(), "{} {}", newest.len(), boots.len());
    for (name, boot) in &newest {
        assert_eq!(boot["device_performance.boot.time"], boot["device.boot.last_full_boot"], "{name}");
        assert_eq!(boot["device_performance.boot.duration"], boot["device.boot.last_full_boot_duration"], "{name}");
    }
    let three_days = text(newest["NBERG-LT"], "device_performance.boot.time");
    assert_eq!(three_days, "2026-11-15T09:00:00Z");
    let long_ago = text(newest["CDUBOIS-LT"], "device_performance.boot.time");
    assert_eq!(long_ago, "2026-10-26T09:00:00Z");
    assert!(!newest.contains_key("OHADDAD-LT"), "a boot that no fact knows of");
}

#[test]
fn windows_starts_fast_without_a_full_boot_and_a_mac_never_does() {
    let mut caller = caller();
    let query = "device_performance.boots past 20d | where type == fast_startup \
                 | list device.name, device.operating_system.platform, time";
    let fast = caller.query(query);
    assert!(fast.iter().any(|row| row["device.name"] == "CDUBOIS-LT"), "23 days without a full boot");
    assert!(fast.iter().all(|row| row["device.operating_system.platform"] == "Windows"));
}

#[test]
fn every_system_crash_and_hard_reset_is_followed_by_a_full_boot() {
    let mut caller = Caller::of(SimulatedTenant::new(Options { devices: 150, ..Options::default() }));
    let boots = caller.query(
        "device_performance.boots past 30d | where type == full_boot | list device.name, device_performance.boot.time",
    );
    for (table, row) in [("system_crashes", "system_crash"), ("hard_resets", "hard_reset")] {
        let failures = caller.query(&format!("device_performance.{table} past 29d | list device.name, time"));
        assert!(!failures.is_empty());
        for failure in failures {
            let at = time(&text(&failure, &format!("device_performance.{row}.time")));
            let followed = boots.iter().filter(|boot| boot["device.name"] == failure["device.name"]).any(|boot| {
                let after = time(&text(boot, "device_performance.boot.time")) - at;
                (1..=4 * 60_000).contains(&after)
            });
            assert!(followed, "{failure}");
        }
    }
}

fn time(text: &str) -> i64 {
    nexthink_chatbot::nql::Timestamp::parse(text).unwrap().0
}

#[test]
fn a_device_that_is_offline_has_no_events() {
    let mut caller = caller();
    for table in [
        "session.events",
        "session.logins",
        "device_performance.events",
        "device_performance.boots",
        "execution.events",
        "execution.crashes",
        "remote_action.executions",
    ] {
        let of = |caller: &mut Caller, name: &str, past: &str| {
            caller.query(&format!("{table} past {past} | where device.name == \"{name}\" | list device.name")).len()
        };
        assert_eq!(of(&mut caller, "QROUX-DT", "26h"), 0, "{table}");
        let before = of(&mut caller, "QROUX-DT", "14d");
        assert!(before > 0 || table == "execution.crashes" || table == "remote_action.executions", "{table}");
    }
    let sessions = "devices past 30min | with session.events past 30min | list device.name, hardware.type";
    let online = caller.query(sessions);
    assert!(online.iter().any(|row| row["device.name"] == "QROUX-LT"));
    assert!(!online.iter().any(|row| row["device.name"] == "QROUX-DT"));
}

#[test]
fn a_device_that_comes_back_resumes_and_reports_again() {
    let mut caller = caller();
    caller.tenant.set("QROUX-DT", r#"{"online":true}"#).unwrap();
    caller.advance(2 * HOUR);
    let query = "device_performance.boots past 3h | where device.name == \"QROUX-DT\" | list time, type";
    let boots = caller.query(query);
    assert_eq!(boots[0]["device_performance.boot.type"], "hibernate_resume");
    assert_eq!(boots[0]["device_performance.boot.time"], "2026-11-18T09:00:00Z");
    let measured = "device_performance.events past 26h | where device.name == \"QROUX-DT\" | list start_time";
    assert_eq!(caller.query(measured).len(), 2);
}

#[test]
fn plugins_that_crash_bring_outlook_down_until_they_are_repaired() {
    let mut caller = caller();
    let crashes = |caller: &mut Caller, device: &str, past: &str| {
        caller.query(&format!(
            "execution.crashes past {past} | where device.name == \"{device}\" and crash_on_start == true \
                 | list time, binary.name, application.name, number_of_crashes"
        ))
    };
    let before = crashes(&mut caller, "BKELLER-LT", "7d");
    assert!(before.len() >= 7 && before.iter().all(|row| row["binary.name"] == "outlook.exe"), "{before:?}");
    assert_eq!(crashes(&mut caller, "NBERG-LT", "30d"), [] as [Value; 0]);
    caller.trigger("set_outlook_plugins", "BKELLER-LT", &json!({}));
    caller.advance(HOUR);
    caller.advance(2 * DAY);
    assert_eq!(crashes(&mut caller, "BKELLER-LT", "2d"), [] as [Value; 0]);
    assert!(crashes(&mut caller, "BKELLER-LT", "9d").len() >= before.len(), "what happened stays");
}

#[test]
fn a_mac_runs_no_windows_binary_and_what_is_broken_does_not_run() {
    let mut caller = caller();
    let runs = |caller: &mut Caller, device: &str| {
        let query =
            format!("execution.events past 7d | where device.name == \"{device}\" | list binary.name, binary.platform");
        caller.query(&query)
    };
    let mac = runs(&mut caller, "RLINDQVIST-MAC");
    assert!(!mac.is_empty() && mac.iter().all(|row| row["binary.platform"] == "macOS"), "{mac:?}");
    let has = |runs: &[Value], binary: &str| runs.iter().any(|row| row["binary.name"] == binary);
    assert!(has(&runs(&mut caller, "NBERG-LT"), "onedrive.exe"));
    assert!(!has(&runs(&mut caller, "FWEBER-LT"), "onedrive.exe"), "OneDrive is not running there");
    caller.tenant.set("NBERG-LT", r#"{"packages":[]}"#).unwrap();
    assert_eq!(runs(&mut caller, "NBERG-LT"), [] as [Value; 0]);
}

#[test]
fn slow_group_policies_and_a_heavy_start_are_felt_at_every_login() {
    let mut caller = caller();
    let logins = caller.query(
        "session.logins past 20d | list device.name, user.name, time_until_desktop_is_visible, \
         time_until_desktop_is_ready",
    );
    let of = |device: &str, column: &str| -> Vec<f64> {
        let column = format!("session.login.{column}");
        logins.iter().filter(|row| row["device.name"] == device).map(|row| number(row, &column)).collect()
    };
    for (device, column, least, most) in [
        ("NBERG-LT", "time_until_desktop_is_visible", 5.0, 15.0),
        ("LOKAFOR-LT", "time_until_desktop_is_visible", 26.0, 40.0),
        ("NBERG-LT", "time_until_desktop_is_ready", 8.0, 25.0),
        ("KHUBER-LT", "time_until_desktop_is_ready", 50.0, 80.0),
    ] {
        let found = of(device, column);
        assert!(!found.is_empty() && found.iter().all(|delay| (least..most).contains(delay)), "{device}: {found:?}");
    }
}

#[test]
fn a_new_device_has_no_past() {
    let mut caller = caller();
    let measured = "device_performance.events past 30d | where device.name == \"OHADDAD-LT\" | list start_time";
    assert!(caller.query(measured).len() <= 2);
    let seen = caller.query("devices | where name == \"OHADDAD-LT\" | list first_seen, days_since_first_seen");
    assert_eq!(seen[0]["device.days_since_first_seen"], 0);
}

#[test]
fn what_happened_stays_as_it_was_when_time_goes_on() {
    let mut caller = caller();
    for (table, column, row) in [
        ("device_performance.boots", "time", "device_performance.boot.time"),
        ("execution.crashes", "time", "execution.crash.time"),
        ("session.logins", "time", "session.login.time"),
        ("device_performance.system_crashes", "time", "device_performance.system_crash.time"),
    ] {
        let now = caller.tenant.now().to_string();
        let query = |past: &str| format!("{table} past {past} | list {column}, device.name");
        let before = caller.query(&query("7d"));
        caller.advance(2 * DAY);
        let after: Vec<Value> = caller.query(&query("9d")).into_iter().filter(|one| text(one, row) <= now).collect();
        assert_eq!(before, after, "{table}");
    }
}

#[test]
fn binaries_and_applications_have_the_crashes_of_all_devices() {
    let mut caller = caller();
    let crashes = caller.query("execution.crashes past 30d | list number_of_crashes");
    let all: f64 = crashes.iter().map(|row| number(row, "execution.crash.number_of_crashes")).sum();
    for table in ["binaries", "applications"] {
        let query =
            format!("{table} | with execution.crashes past 30d | compute n = number_of_crashes.sum() | list name, n");
        let of_each: f64 = caller.query(&query).iter().map(|row| number(row, "n")).sum();
        assert!(of_each == all && all > 50.0, "{table}: {of_each} of {all}");
    }
}

#[test]
fn packages_are_listed_once_and_know_where_they_are_installed() {
    let mut caller = caller();
    let installed = caller.query("package.installed_packages | list package.name, package.version");
    let packages = caller.query("packages | list name, version, publisher");
    let distinct: std::collections::BTreeSet<String> = installed.iter().map(ToString::to_string).collect();
    assert_eq!(packages.len(), distinct.len());
    let counted =
        caller.query("packages | with package.installed_packages | compute devices = count() | list name, devices");
    let sum: f64 = counted.iter().map(|row| number(row, "devices")).sum();
    #[expect(clippy::cast_precision_loss, reason = "hundreds")]
    let all = installed.len() as f64;
    assert!((sum - all).abs() < 0.5);
}

#[test]
fn the_executions_of_one_action_are_a_table_with_its_outputs_as_fields() {
    let mut caller = caller();
    let query = "remote_action.#get_onedrive_status.executions past 2h | where device.name == \"FWEBER-LT\" \
                 | list time, status, outputs.OneDriveStatus, remote_action.nql_id";
    let runs = caller.query(query);
    assert!((1..=2).contains(&runs.len()));
    for run in &runs {
        assert_eq!(run["remote_action.nql_id"], "get_onedrive_status");
        let output = run.as_object().unwrap().iter().find(|(column, _)| column.ends_with("OneDriveStatus")).unwrap().1;
        assert_eq!(output, "OneDrive is installed but not running");
    }
    caller.trigger("repair_onedrive", "FWEBER-LT", &json!({}));
    caller.advance(HOUR);
    let repaired = "devices | with remote_action.repair_onedrive.executions past 1d | where status == success \
                    | compute runs = count() | list name, runs";
    assert_eq!(caller.query(repaired), [json!({ "device.name": "FWEBER-LT", "runs": 1 })]);
}

#[test]
fn a_session_is_that_of_the_devices_employee_and_its_parts_add_up() {
    let mut caller = caller();
    let interaction = |caller: &mut Caller, past: &str| -> f64 {
        let query = format!(
            "session.events past {past} | where user.name == \"nberg\" | list device.name, user_interaction_time"
        );
        let parts = caller.query(&query);
        assert!(parts.iter().all(|row| row["device.name"] == "NBERG-LT"));
        parts.iter().map(|row| number(row, "session.event.user_interaction_time")).sum()
    };
    let (week, day) = (interaction(&mut caller, "7d"), interaction(&mut caller, "1d"));
    let hours = |seconds: f64| seconds / 3_600.0;
    assert!((10.0..40.0).contains(&hours(week)) && day < week, "{} {}", hours(week), hours(day));
}

#[test]
fn an_employee_is_found_by_every_name_in_any_case() {
    let tenant = SimulatedTenant::new(Options::default());
    for employee in tenant.employees() {
        for name in [&employee.username, &employee.upn, &employee.email.to_uppercase()] {
            assert_eq!(tenant.employee(name).map(|found| &found.sid), Some(&employee.sid), "{name}");
        }
    }
    assert!(tenant.employee("nobody").is_none());
}

#[test]
fn an_employee_is_found_by_the_events_of_any_of_their_devices() {
    let mut caller = caller();
    for device in ["QROUX-LT", "QROUX-DT", "QROUX-MAC"] {
        let query = format!("users | with session.events past 30d | where device.name == \"{device}\" | list name");
        assert_eq!(caller.query(&query), [json!({ "user.name": "qroux" })], "{device}");
    }
}
