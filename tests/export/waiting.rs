//! Until the file is there: when the tenant is asked, and what each of its answers leads to.

use nexthink_chatbot::api::problem::ErrorKind;
use nexthink_chatbot::client::Client;
use nexthink_chatbot::json::Json;
use nexthink_chatbot::nql::HOUR;
use nexthink_simulator::{Fault, FaultKind, Options, RetryAfterForm};

use crate::storage::{StorageHost, World};
use crate::tenant::shared;

const IN_PROGRESS: &str = r#"{"status":"IN_PROGRESS","resultsFileUrl":null,"errorDescription":null}"#;
const DAY_MS: u32 = 86_400_000;

#[test]
fn an_export_gives_what_execute_gives_as_text() {
    let world = World::new();
    let client = Client::new(shared(""), world.host());
    let input = Json::parse(br##"{"queryId":"#devices"}"##).unwrap();
    let answer = world.wait(client.operate("nql.execute", input)).unwrap();
    let answer: serde_json::Value = serde_json::from_str(&answer.to_text()).unwrap();
    let text = |cell: &serde_json::Value| match cell {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let row = |row: &serde_json::Value| -> Vec<String> { row.as_array().unwrap().iter().map(text).collect() };
    let mut expected = vec![row(&answer["columns"])];
    expected.extend(answer["rows"].as_array().unwrap().iter().map(row));
    let exported = world.export("#devices");
    assert_eq!(exported.error, None);
    assert_eq!(exported.rows, expected);
    assert_eq!(exported.rows.len(), 201);
    let last = &exported.steps.last().unwrap().progress;
    assert_eq!((last.rows, last.status.as_str(), last.truncated), (200, "COMPLETED", false));
    assert!(!last.export_id.is_empty());
    let bytes = expected.iter().map(|row| row.iter().map(|cell| cell.len() + 1).sum::<usize>()).sum::<usize>();
    assert_eq!(last.bytes, bytes);
}

#[test]
fn progress_never_goes_back_and_counts_the_rows_that_were_given() {
    let exported = World::new().export("#devices");
    let words: Vec<_> = exported.steps.iter().map(|step| step.progress.status.as_str()).collect();
    assert_eq!(words[0], "SUBMITTED");
    assert!(words.contains(&"IN_PROGRESS") && words.ends_with(&["COMPLETED"]), "{words:?}");
    let mut given = 0;
    for step in &exported.steps {
        given += serde_json::from_str::<Vec<serde_json::Value>>(&step.rows).unwrap().len();
        assert_eq!(step.progress.rows, given.saturating_sub(1));
    }
    assert!(exported.steps.windows(2).all(|pair| pair[0].progress.bytes <= pair[1].progress.bytes));
}

#[test]
fn parameters_go_to_the_tenant_and_not_to_the_storage() {
    let world = World::new();
    let name = world.export("#devices").rows[7][0].clone();
    world.opened.borrow_mut().clear();
    let input = format!(r##"{{"queryId":"#one","parameters":{{"name":"{name}"}}}}"##);
    let exported = world.export_by(world.host(), &input, "");
    assert_eq!(exported.rows, [["device.name"], [name.as_str()]]);
    assert!(world.opened.borrow().iter().all(|request| !request.url.contains(&name)));
}

#[test]
fn an_export_of_an_hour_is_asked_for_seldom_and_a_quick_one_at_once() {
    let world = World::new();
    *world.status.borrow_mut() = Some(IN_PROGRESS.into());
    let begun = world.now();
    let host = world.host();
    let host = StorageHost { host: host.host.within(u32::try_from(HOUR).unwrap()), world: host.world };
    let exported = world.export_by(host, r##"{"queryId":"#devices"}"##, "");
    assert_eq!(exported.kind(), Some(ErrorKind::Timeout));
    assert_eq!(world.now() - begun, HOUR, "a call ends when its time does");
    let looks = world.looks();
    assert!((235..=250).contains(&looks.len()), "{}", looks.len());
    assert!(looks[0] - begun < 1_000, "a small export is there at once");
    let gaps: Vec<i64> = looks.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps.windows(2).all(|pair| pair[1] + 200 >= pair[0]), "pauses grow: {gaps:?}");
    assert!(gaps.iter().all(|gap| *gap <= 15_200), "{gaps:?}");
    assert_eq!(world.sent.borrow().iter().filter(|(_, request)| request.url.ends_with("/nql/export")).count(), 1);
}

#[test]
fn an_export_that_the_tenant_cannot_make_ends_with_its_reason_out_of_sight() {
    let world = World::new();
    let exported = world.export("#broken");
    let error = exported.error.unwrap();
    assert_eq!(error.kind, ErrorKind::Server);
    assert!(error.detail.as_deref().unwrap().contains("colour_of_the_case"), "{:?}", error.detail);
    assert!(!error.to_string().contains("colour_of_the_case"), "{error}");
    assert!(error.request_id.is_some() && exported.rows.is_empty());
    assert_eq!(world.opened.borrow().len(), 0);
}

#[test]
fn an_address_that_is_late_is_waited_for() {
    let world = World::new();
    world.inject(Fault::new(FaultKind::ExportWithoutUrl).times(3));
    let exported = world.export("#devices");
    assert_eq!((exported.kind(), exported.rows.len()), (None, 201));
}

#[test]
fn an_address_that_never_comes_is_malformed() {
    let world = World::new();
    world.inject(Fault::new(FaultKind::ExportWithoutUrl).probability(1.0));
    let begun = world.now();
    let exported = world.export("#devices");
    assert_eq!(exported.kind(), Some(ErrorKind::Malformed));
    assert!(world.now() - begun < 5 * 60_000, "{}", world.now() - begun);
    assert!(world.looks().len() < 20);
}

#[test]
fn rows_that_the_licence_leaves_out_are_told_of() {
    let world = World::of(Options { export_maximum_rows: 3, ..Options::default() });
    let exported = world.export("#devices");
    assert_eq!((exported.kind(), exported.rows.len()), (None, 4));
    assert!(exported.steps.last().unwrap().progress.truncated);
}

#[test]
fn exports_that_are_used_up_for_the_day_are_not_waited_for() {
    for operation in ["nql/status", "nql/export"] {
        let world = World::new();
        let limit = Fault::new(FaultKind::Status).status(429).retry_after_ms(DAY_MS, RetryAfterForm::Date);
        world.inject(limit.of(operation).probability(1.0));
        let begun = world.now();
        let error = world.export("#devices").error.unwrap();
        assert_eq!(error.kind, ErrorKind::RateLimited, "{operation}");
        let wait_ms = error.retry_after_ms.unwrap();
        assert!((DAY_MS - 1_000..=DAY_MS + 1_000).contains(&wait_ms), "{operation} {wait_ms}");
        assert!(world.now() - begun < 2_000, "{operation}");
        let sent = world.sent.borrow();
        assert_eq!(sent.iter().filter(|(_, request)| request.url.contains(operation)).count(), 1, "{operation}");
    }
}

#[test]
fn looks_that_fail_for_a_while_are_made_again() {
    let world = World::new();
    world.inject(Fault::new(FaultKind::Status).status(503).of("nql/status").times(2));
    world.inject(Fault::new(FaultKind::Network).of("nql/export").times(2));
    world.inject(Fault::new(FaultKind::TokenRevoked).of("nql/status").times(1));
    assert_eq!(world.export("#devices").rows.len(), 201);
}

#[test]
fn an_unknown_query_and_a_wrong_name_end_before_anything_is_waited_for() {
    let world = World::new();
    assert_eq!(world.export("#no_such_query").kind(), Some(ErrorKind::NotFound));
    assert_eq!(world.looks().len(), 0);
    let world = World::new();
    assert_eq!(world.export("no hash").kind(), Some(ErrorKind::Invalid));
    assert_eq!(world.sent.borrow().len(), 0);
}
