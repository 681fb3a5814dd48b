//! The NQL endpoints: the saved queries of the seeds, both shapes of the answer, and every refusal.

use nexthink_simulator::{Options, SimulatedTenant};
use serde_json::{Value, json};

use crate::caller::{Caller, answer, caller, response};

fn v1(caller: &mut Caller, id: &str, parameter: &str, value: &str) -> Value {
    let (status, body) =
        caller.post("/api/v1/nql/execute", &json!({ "queryId": id, "parameters": { parameter: value } }));
    assert_eq!(status, 200, "{body}");
    body
}

/// The queries of the seeds, the columns that the API returns for them, and how many rows there are.
const SEEDS: [(&str, &str, &str, &[&str]); 5] = [
    (
        "#get_device_basic_infos",
        "username",
        "qroux",
        &[
            "device.collector.uid",
            "device.name",
            "device.operating_system.platform",
            "device.operating_system.name",
            "device.hardware.type",
            "device.hardware.manufacturer",
            "device.last_seen",
        ],
    ),
    (
        "#diagnose_outlook_issues",
        "device_name",
        "AMARTIN-LT",
        &[
            "device.collector.uid",
            "device.name",
            "remote_action.get_outlook_plugin_crash_details_windows.execution.outputs.CrashedPluginList",
            "remote_action.get_outlook_online_windows.execution.outputs.IsOnline",
            "remote_action.get_outlook_online_windows.execution.status",
            "device.boot.days_since_last_full_boot",
            "outdated_office_packages",
        ],
    ),
    (
        "#diagnose_onedrive_issues",
        "device_name",
        "FWEBER-LT",
        &["device.collector.uid", "device.name", "remote_action.get_onedrive_status.execution.outputs.OneDriveStatus"],
    ),
    (
        "#diagnose_slow_pc_issues",
        "device_name",
        "VKOWALSKA-LT",
        &[
            "device.collector.uid",
            "device.name",
            "free_space",
            "device.boot.days_since_last_full_boot",
            "outdated_office_packages",
            "remote_action.get_startup_impact_windows.execution.outputs.HighImpactCount",
            "remote_action.get_startup_impact_windows.execution.outputs.HighImpactApplications",
            "remote_action.get_startup_impact_windows.execution.outputs.HighImpactActionableApplications",
            "remote_action.get_gpo_startup_impact_windows.execution.outputs.UserGpoAppliedTimeInSeconds",
            "remote_action.get_gpo_startup_impact_windows.execution.outputs.UserGpoDCDiscoveryInSeconds",
        ],
    ),
    (
        "#get_remote_action_result",
        "request_id",
        "none",
        &[
            "remote_action.execution.request_id",
            "device.name",
            "remote_action.name",
            "remote_action.execution.status",
            "remote_action.execution.status_details",
            "remote_action.execution.outputs",
        ],
    ),
];

#[test]
fn the_queries_of_the_seeds_give_the_published_columns_in_both_shapes() {
    let mut caller = caller();
    for (id, parameter, value, columns) in SEEDS {
        let v1 = v1(&mut caller, id, parameter, value);
        assert_eq!(v1["headers"], json!(columns), "{id}");
        assert_eq!(v1["queryId"], id);
        let rows = v1["data"].as_array().unwrap().clone();
        assert_eq!(v1["rows"], rows.len());
        let objects = caller.rows(id, parameter, value);
        assert_eq!(objects.len(), rows.len());
        for (row, object) in rows.iter().zip(&objects) {
            for (position, column) in columns.iter().enumerate() {
                assert_eq!(row[position], object[*column], "{id} {column}");
            }
        }
    }
}

#[test]
fn a_v2_object_has_its_names_in_the_order_of_the_query() {
    let mut caller = caller();
    let (id, parameter, value, columns) = SEEDS[0];
    let request = caller.request("/api/v2/nql/execute", &json!({ "queryId": id, "parameters": { parameter: value } }));
    let text = String::from_utf8(response(&mut caller.tenant, &request).body).unwrap();
    let places: Vec<usize> = columns.iter().map(|column| text.find(&format!("\"{column}\":")).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn v1_has_the_time_of_execution_in_parts_and_v2_as_text() {
    let mut caller = caller();
    let query = json!({ "queryId": "#get_device_basic_infos", "parameters": { "username": "qroux" } });
    let (_, v1) = caller.post("/api/v1/nql/execute", &query);
    let (_, v2) = caller.post("/api/v2/nql/execute", &query);
    let expected = json!({ "year": 2026, "month": 11, "day": 18, "hour": 9, "minute": 0, "second": 0 });
    assert_eq!(v1["executionDateTime"], expected);
    assert_eq!(v2["executionDateTime"], "2026-11-18T09:00:00");
    assert!(v2.get("headers").is_none());
    assert!(v2["executedQuery"].as_str().unwrap().contains("user.name == \"qroux\""));
}

#[test]
fn a_diagnosis_has_the_values_that_the_scenario_promises() {
    let mut caller = caller();
    let row = caller.diagnose("#diagnose_slow_pc_issues", "VKOWALSKA-LT");
    assert_eq!(row["free_space"].as_f64().unwrap(), 2.147_483_648);
    assert_eq!(row["device.boot.days_since_last_full_boot"], 23);
    assert_eq!(row["outdated_office_packages"], 1);
    let startup = "remote_action.get_startup_impact_windows.execution.outputs.";
    assert_eq!(row[format!("{startup}HighImpactCount")], 3);
    assert_eq!(
        row[format!("{startup}HighImpactActionableApplications")],
        json!(["Spotify", "Skype", "Adobe Creative Cloud"])
    );
    let row = caller.diagnose("#diagnose_outlook_issues", "NBERG-LT");
    assert_eq!(row["remote_action.get_outlook_online_windows.execution.outputs.IsOnline"], "Yes");
    assert_eq!(
        row["remote_action.get_outlook_plugin_crash_details_windows.execution.outputs.CrashedPluginList"],
        json!(["-"])
    );
    assert_eq!(row["outdated_office_packages"], Value::Null);
}

#[test]
fn what_was_never_measured_is_null_and_what_failed_says_so() {
    let mut caller = caller();
    let row = caller.diagnose("#diagnose_slow_pc_issues", "PJENSEN-LT");
    assert_eq!(row["free_space"], Value::Null);
    let row = caller.diagnose("#diagnose_outlook_issues", "OHADDAD-LT");
    assert_eq!(row["remote_action.get_outlook_online_windows.execution.outputs.IsOnline"], Value::Null);
    assert_eq!(row["remote_action.get_outlook_online_windows.execution.status"], Value::Null);
    let row = caller.diagnose("#diagnose_outlook_issues", "UVOGEL-LT");
    assert_eq!(row["remote_action.get_outlook_online_windows.execution.outputs.IsOnline"], "-");
    assert_eq!(row["remote_action.get_outlook_online_windows.execution.status"], "failure");
}

#[test]
fn an_employee_is_found_by_every_name_with_the_last_used_device_first() {
    let mut caller = caller();
    let employee = caller.tenant.employees().iter().find(|one| one.username == "qroux").unwrap().clone();
    assert!(employee.sid.starts_with("S-1-5-21-"));
    for (id, parameter, value) in [
        ("#get_device_basic_infos", "username", &employee.username),
        ("#get_device_basic_infos_by_upn", "upn", &employee.upn),
        ("#get_device_basic_infos_by_email", "email", &employee.email),
        ("#get_device_basic_infos_by_sid", "sid", &employee.sid),
    ] {
        let names: Vec<Value> =
            caller.rows(id, parameter, value).iter().map(|row| row["device.name"].clone()).collect();
        assert_eq!(names, ["QROUX-LT", "QROUX-DT", "QROUX-MAC"], "{id}");
    }
    assert_eq!(caller.rows("#get_device_basic_infos_by_device_name", "device_name", "qroux-mac").len(), 1);
}

#[test]
fn a_device_that_was_not_seen_for_a_week_is_not_found() {
    let mut caller = caller();
    caller.advance(3 * crate::caller::DAY + crate::caller::HOUR);
    let names: Vec<Value> = caller
        .rows("#get_device_basic_infos", "username", "qroux")
        .iter()
        .map(|row| row["device.name"].clone())
        .collect();
    assert_eq!(names, ["QROUX-LT", "QROUX-DT"]);
}

#[test]
fn times_are_utc_with_the_header_and_regional_without() {
    let mut caller = caller();
    let mut request = caller.request(
        "/api/v2/nql/execute",
        &json!({ "queryId": "#get_device_basic_infos", "parameters": { "username": "amartin" } }),
    );
    let (_, utc) = answer(&mut caller.tenant, &request);
    request.headers.retain(|(name, _)| name != "x-utc-times");
    let (_, regional) = answer(&mut caller.tenant, &request);
    let seen = |body: &Value| body["data"][0]["device.last_seen"].as_str().unwrap().to_owned();
    assert!(seen(&utc).starts_with("2026-11-18T08:5") && seen(&utc).ends_with('Z'), "{utc}");
    assert_eq!(seen(&regional), seen(&utc).replace("T08", " 09").replace('Z', ""));
}

#[test]
fn a_parameter_is_a_value_and_never_a_part_of_the_query() {
    let mut caller = caller();
    for value in ["x\" or name != \"x", "x' or name != 'x", "$username", "\\\" | limit 1 /*", "x\n| list name"] {
        assert_eq!(caller.rows("#get_device_basic_infos", "username", value), [] as [Value; 0], "{value}");
    }
}

#[test]
fn every_mistake_is_answered_as_documented() {
    let mut caller = caller();
    let cases = [
        (json!({ "queryId": "#no_such_query" }), 404, 100),
        (json!({ "queryId": "#get_device_basic_infos" }), 400, 102),
        (json!({ "queryId": "#get_device_basic_infos", "parameters": { "user": "x" } }), 400, 102),
        (json!({ "queryId": "#get_device_basic_infos", "parameters": { "username": 5 } }), 400, 102),
        (json!({ "queryId": "#get_device_basic_infos", "parameters": [] }), 400, 101),
        (json!({ "queryId": "get_device_basic_infos" }), 400, 101),
        (json!({ "queryId": 5 }), 400, 101),
        (json!({}), 400, 101),
        (json!("text"), 400, 101),
    ];
    for (body, status, code) in cases {
        for path in ["/api/v1/nql/execute", "/api/v2/nql/execute"] {
            let (answered, error) = caller.post(path, &body);
            assert_eq!((answered, &error["code"]), (status, &json!(code)), "{body}");
            assert!(error["message"].is_string() && error["source"].is_string());
        }
    }
    let mut request = caller.request("/api/v2/nql/execute", &json!({ "queryId": "#get_device_basic_infos" }));
    request.headers.push(("accept".into(), "application/xml".into()));
    assert_eq!(answer(&mut caller.tenant, &request), (406, Value::Null));
    request.body = b"{".to_vec();
    request.headers.pop();
    assert_eq!(answer(&mut caller.tenant, &request).0, 400);
}

#[test]
fn a_saved_query_that_cannot_be_read_or_executed_says_why() {
    let tenant = SimulatedTenant::new(Options { devices: 0, ..Options::default() })
        .with_query("#not_nql", "devices | fetch name")
        .with_query("#no_field", "devices | list colour")
        .with_query("#no_table", "printers | list name")
        .with_query("#ours", "users | where user.name == $who | list upn")
        .without_query("#get_remote_action_result");
    let mut caller = Caller::of(tenant);
    for (id, status, code) in [
        ("#not_nql", 400, 103),
        ("#no_field", 400, 103),
        ("#no_table", 400, 103),
        ("#get_remote_action_result", 404, 100),
    ] {
        let (answered, error) = caller.post("/api/v2/nql/execute", &json!({ "queryId": id }));
        assert_eq!((answered, &error["code"]), (status, &json!(code)), "{id}");
    }
    assert_eq!(caller.rows("#ours", "who", "nberg"), [json!({ "user.upn": "nberg@acme.example" })]);
}

#[test]
fn a_thousand_rows_come_back_and_no_word_about_the_rest() {
    let tenant = SimulatedTenant::new(Options { devices: 1_200, ..Options::default() })
        .with_query("#all", "devices | where name != $none | list name");
    let (status, body) =
        Caller::of(tenant).post("/api/v1/nql/execute", &json!({ "queryId": "#all", "parameters": { "none": "x" } }));
    assert_eq!((status, &body["rows"]), (200, &json!(1_000)));
    assert_eq!(body["data"].as_array().unwrap().len(), 1_000);
}

#[test]
fn a_tenant_that_says_when_rows_are_left_out_answers_206() {
    let options = Options { devices: 1_200, execute_partial_content: true, ..Options::default() };
    let tenant = SimulatedTenant::new(options)
        .with_query("#all", "devices | list name")
        .with_query("#few", "devices | list name | limit 5");
    let mut caller = Caller::of(tenant);
    for path in ["/api/v1/nql/execute", "/api/v2/nql/execute"] {
        let (status, body) = caller.post(path, &json!({ "queryId": "#all" }));
        assert_eq!((status, &body["rows"]), (206, &json!(1_000)));
        assert_eq!(caller.post(path, &json!({ "queryId": "#few" })).0, 200);
    }
    let mut request = caller.request("/api/v1/nql/execute", &json!({ "queryId": "#all" }));
    request.headers.push(("accept".into(), "text/csv".into()));
    let csv = response(&mut caller.tenant, &request);
    assert_eq!((csv.status, String::from_utf8(csv.body).unwrap().lines().count()), (206, 1_001));
}

#[test]
fn csv_comes_where_it_is_asked_for() {
    let mut caller = caller();
    let mut request = caller.request(
        "/api/v1/nql/execute",
        &json!({ "queryId": "#diagnose_onedrive_issues", "parameters": { "device_name": "NBERG-LT" } }),
    );
    request.headers.push(("accept".into(), "text/csv".into()));
    let answered = response(&mut caller.tenant, &request);
    assert_eq!(answered.header("content-type"), Some("text/csv"));
    let text = String::from_utf8(answered.body).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("device.collector.uid,device.name,remote_action.get_onedrive_status."));
    assert!(lines[1].ends_with(",NBERG-LT,OneDrive is installed and running") && lines.len() == 2, "{text}");
}
