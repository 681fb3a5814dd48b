//! The published queries of tests/nql-samples: the vendor's and the community's own text is read, printed and checked.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its samples fails")]

use std::fs;
use std::path::Path;

use nexthink_chatbot::nql::{self, ColumnKind, parse_query};

fn samples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nql-samples");
    let mut samples: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect();
    samples.sort();
    samples
}

fn sample(name: &str) -> nql::Query {
    let (_, text) = samples().into_iter().find(|(sample, _)| sample.starts_with(name)).unwrap();
    parse_query(&text).unwrap()
}

#[test]
fn every_sample_is_read_and_nothing_is_wrong_with_it() {
    let samples = samples();
    assert_eq!(samples.len(), 30);
    for (name, text) in samples {
        let query = parse_query(&text).unwrap_or_else(|mistakes| panic!("{name}: {mistakes}"));
        assert_eq!(query.check(), [], "{name}");
    }
}

#[test]
fn the_canonical_text_of_every_sample_says_the_same_and_is_its_own_canonical_text() {
    for (name, text) in samples() {
        let query = parse_query(&text).unwrap();
        let canonical = nql::format(&query);
        let again = parse_query(&canonical).unwrap_or_else(|mistakes| panic!("{name}: {mistakes}\n{canonical}"));
        assert_eq!(again, query, "{name}\n{canonical}");
        assert_eq!(nql::format(&again), canonical, "{name}");
    }
}

#[test]
fn the_samples_have_the_columns_that_their_authors_expect() {
    for (name, columns) in [
        ("c01", "Num_time_ra_ran"),
        (
            "d05",
            "remote_action.name device.name remote_action.execution.trigger_method remote_action.execution.time remote_action.execution.status remote_action.execution.status_details remote_action.execution.outputs",
        ),
        ("d11", "binary.size binary.name binary.version"),
        ("d17", "week1 week2 current_week"),
        ("d27", "total_number_of_crashes sum_of_freezes binary.name"),
        ("d29", "device.name backendTime"),
        ("d33", "total_cost"),
        ("d41", "web.error.label nr_of_devices_impacted nr_of_errors"),
        (
            "s01",
            "device.collector.uid device.name device.operating_system.platform device.operating_system.name device.hardware.type device.hardware.manufacturer device.last_seen",
        ),
    ] {
        let found: Vec<String> = sample(name).columns().into_iter().map(|column| column.name).collect();
        assert_eq!(found.join(" "), columns, "{name}");
    }
}

#[test]
fn a_column_tells_a_field_from_an_output_a_status_and_a_count() {
    let kinds: Vec<ColumnKind> = sample("s03").columns().into_iter().map(|column| column.kind).collect();
    assert_eq!(
        kinds,
        [
            ColumnKind::Field,
            ColumnKind::Field,
            ColumnKind::RemoteActionOutput("get_outlook_plugin_crash_details_windows".into()),
            ColumnKind::RemoteActionOutput("get_outlook_online_windows".into()),
            ColumnKind::RemoteActionStatus("get_outlook_online_windows".into()),
            ColumnKind::Field,
            ColumnKind::Count,
        ]
    );
    let slow_pc = sample("s05");
    let free_space = slow_pc.columns().into_iter().find(|column| column.name == "free_space").unwrap();
    assert_eq!(free_space.kind, ColumnKind::Computed { past: Some(nql::DAY) });
}

#[test]
fn a_query_tells_its_parameters() {
    for (name, parameters) in [("d01", "collector_uid"), ("s01", "username"), ("s05", "device_name"), ("d11", "")] {
        let query = sample(name);
        let found: Vec<&str> = query.parameters().into_iter().map(|parameter| &*parameter.text).collect();
        assert_eq!(found.join(" "), parameters, "{name}");
    }
}
