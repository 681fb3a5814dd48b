//! The file: what its request carries, which addresses are taken, and what is left when it is refused, broken or empty.

use nexthink_chatbot::api::problem::ErrorKind;
use nexthink_chatbot::json::Write;
use nexthink_simulator::{Fault, FaultKind};

use crate::storage::{File, StorageHost, World};

const TRACE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const HEADER: [&str; 2] = ["a", "b"];

fn completed(address: &str) -> String {
    format!(r#"{{"status":"COMPLETED","resultsFileUrl":{address},"errorDescription":null}}"#)
}

#[test]
fn the_storage_is_sent_no_token_and_nothing_of_the_callers() {
    let world = World::new();
    let exported =
        world.export_by(world.host(), r##"{"queryId":"#devices"}"##, &format!(r#","traceparent":"{TRACE}""#));
    assert_eq!(exported.kind(), None);
    let opened = world.opened.borrow();
    assert_eq!(opened.len(), 1);
    assert_eq!((opened[0].method.word(), opened[0].body.as_deref()), ("GET", None));
    assert_eq!(opened[0].headers, []);
    // The tenant itself is sent both.
    let sent = world.sent.borrow();
    let (_, look) = sent.iter().find(|(_, request)| request.url.contains("/nql/status/")).unwrap();
    let names: Vec<_> = look.headers.iter().map(|(name, _)| *name).collect();
    assert!(names.contains(&"authorization") && names.contains(&"traceparent"), "{names:?}");
}

#[test]
fn an_address_in_the_open_is_refused_before_anything_is_sent_there() {
    for address in [
        "http://storage.example/file.csv",
        "http://localhost.storage.example/file.csv",
        "http://localhost:80@storage.example/file.csv",
        "ftp://storage.example/file.csv",
        "//storage.example/file.csv",
        "/nql-exports/file.csv",
        "file.csv",
        "https://",
        "data:text/csv,a",
    ] {
        let world = World::new();
        *world.status.borrow_mut() = Some(completed(&format!(r#""{address}""#)));
        let error = world.export("#devices").error.unwrap();
        assert_eq!(error.kind, ErrorKind::Malformed, "{address}");
        assert!(!error.to_string().contains("storage.example"), "{error}");
        assert_eq!(world.opened.borrow().len(), 0, "{address}");
    }
}

#[test]
fn a_file_on_this_machine_is_fetched() {
    for address in ["http://localhost:4000/file", "http://127.0.0.1/file", "http://[::1]:4000/file"] {
        let world = World::with_files([File::of(&["a,b\n1,2\n"])]);
        *world.status.borrow_mut() = Some(completed(&format!(r#""{address}""#)));
        assert_eq!(world.export("#devices").rows.len(), 2, "{address}");
        assert_eq!(world.opened.borrow()[0].url, address);
    }
}

#[test]
fn an_address_that_has_ended_is_asked_for_once_more() {
    for status in [400, 403, 404, 410] {
        let world = World::with_files([File::refused(status)]);
        let exported = world.export("#devices");
        assert_eq!((exported.kind(), exported.rows.len()), (None, 201), "{status}");
        assert_eq!(world.opened.borrow().len(), 2);

        let world = World::with_files((0..9).map(|_| File::refused(status)));
        let error = world.export("#devices").error.unwrap();
        assert_eq!(world.opened.borrow().len(), 2, "{status}");
        // Neither a lack of permissions nor an unknown query: those are the tenant's to tell.
        assert_eq!((error.kind, error.status), (ErrorKind::Server, Some(status)), "{error}");
        assert!(error.hint.contains("export again"), "{error}");
    }
}

#[test]
fn other_refusals_are_not_taken_for_an_address_that_has_ended() {
    for (status, kind) in [(302, ErrorKind::Malformed), (401, ErrorKind::Authentication), (416, ErrorKind::Invalid)] {
        let world = World::with_files([File::refused(status)]);
        assert_eq!(world.export("#devices").kind(), Some(kind), "{status}");
        assert_eq!(world.opened.borrow().len(), 1, "{status}");
    }
}

#[test]
fn a_storage_in_trouble_is_asked_again() {
    let world = World::new();
    world.inject(Fault::new(FaultKind::Status).status(503).of("nql-exports").times(1));
    world.inject(Fault::new(FaultKind::Network).of("nql-exports").times(1));
    let looks = world.export("#devices");
    assert_eq!((looks.kind(), looks.rows.len()), (None, 201));
    assert_eq!(world.opened.borrow().len(), 3);

    let world = World::new();
    world.inject(Fault::new(FaultKind::Status).status(503).of("nql-exports").probability(1.0));
    assert_eq!(world.export("#devices").kind(), Some(ErrorKind::Server));
    assert_eq!(world.opened.borrow().len(), 3, "two retries are the default");
}

#[test]
fn a_page_in_place_of_the_file_is_no_empty_export() {
    let world = World::new();
    world.inject(Fault::new(FaultKind::Html).of("nql-exports"));
    let exported = world.export("#devices");
    assert_eq!((exported.kind(), exported.rows.len()), (Some(ErrorKind::Malformed), 0));
    assert!(exported.error.unwrap().message.contains("HTML"));
}

#[test]
fn of_a_file_that_breaks_off_the_rows_before_are_given() {
    let world = World::with_files([File::of(&["a,b\n1,2\n3,", "4\n5,6"]).that_breaks_off()]);
    let exported = world.export("#devices");
    assert_eq!(exported.rows, [HEADER, ["1", "2"], ["3", "4"]]);
    let error = exported.error.unwrap();
    assert_eq!(error.kind, ErrorKind::Network);
    assert_eq!(world.opened.borrow().len(), 1, "rows that were given are not given again");
}

#[test]
fn of_a_file_that_is_wrong_the_rows_before_are_given_and_the_line_is_told() {
    for (wrong, reason) in [
        ("5", "line 4 has 1 cell, the header has 2 columns"),
        ("5,6,secret", "line 4 has 3 cells, the header has 2 columns"),
        ("\"secret,6", "line 4 opens a quote that never closes"),
        ("\"secret\"6,7", "line 4 has text after the closing quote of a cell"),
    ] {
        let world = World::with_files([File::of(&["a,b\n1,2\n", "3,4\n", wrong, "\n"])]);
        let exported = world.export("#devices");
        assert_eq!(exported.rows, [HEADER, ["1", "2"], ["3", "4"]], "{wrong}");
        let error = exported.error.unwrap();
        assert_eq!(error.kind, ErrorKind::Malformed, "{wrong}");
        assert!(error.message.contains(reason), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[test]
fn an_empty_file_and_a_header_alone_are_exports_without_rows() {
    for (pieces, rows) in [(&[][..], 0), (&[""], 0), (&["a,b\n"], 1), (&["a,", "b"], 1), (&["\u{feff}a,b\r\n"], 1)] {
        let world = World::with_files([File::of(pieces)]);
        let exported = world.export("#devices");
        assert_eq!((exported.kind(), exported.rows.len()), (None, rows), "{pieces:?}");
        assert!(exported.rows.iter().all(|row| row == &HEADER), "{pieces:?}");
        assert_eq!(exported.steps.last().unwrap().progress.rows, 0);
    }
}

#[test]
fn the_second_of_two_columns_of_one_name_has_a_name_of_its_own() {
    let world = World::with_files([File::of(&["a,a,b,a (2),a\n", "1,2,3,4,5\n"])]);
    let rows = world.export("#devices").rows;
    assert_eq!(rows[0], ["a", "a (2)", "b", "a (2) (2)", "a (3)"]);
    assert_eq!(rows[1], ["1", "2", "3", "4", "5"]);
}

#[test]
fn pieces_may_be_cut_anywhere() {
    let text = "näme,\"wert\"\r\n\"é,\"\"\n😀\",2\r\n";
    let bytes = text.bytes().map(|byte| Ok(vec![byte])).collect();
    let world = World::with_files([File { pieces: bytes, ..File::refused(200) }]);
    assert_eq!(world.export("#devices").rows, [["näme", "wert"], ["é,\"\n😀", "2"]]);
}

#[test]
fn an_export_ends_with_the_time_of_its_call() {
    let world = World::new();
    let begun = world.now();
    let host = world.host();
    let host = StorageHost { host: host.host.within(1_234), world: host.world };
    let exported = world.export_by(host, r##"{"queryId":"#devices"}"##, "");
    assert_eq!(exported.kind(), Some(ErrorKind::Timeout));
    assert_eq!(world.now() - begun, 1_234);
}

#[test]
fn events_tell_how_far_an_export_is_and_not_where_its_file_is() {
    let world = World::new();
    world.inject(Fault::new(FaultKind::Status).status(503).of("nql-exports").times(1));
    let exported = world.export("#devices");
    let address = world.opened.borrow()[0].url.clone();
    let (path, signature) = address.split_once('?').unwrap();
    let host = path.split('/').nth(2).unwrap();
    let events = world.events.borrow();
    let texts: Vec<String> = events.iter().map(|event| event.write().to_text()).collect();
    for text in &texts {
        for secret in [host, signature, "nql-exports", "http"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
    let of = |operation: &str, kind: &str| {
        let kind = format!(r#""type":"{kind}""#);
        events.iter().zip(&texts).filter(|(event, text)| event.operation == operation && text.contains(&kind)).count()
    };
    assert_eq!(of("nql.export", "export"), exported.steps.len());
    assert_eq!((of("nql.download", "request"), of("nql.download", "response")), (2, 2));
    assert_eq!(of("nql.download", "retry"), 1);
    assert!(texts.iter().any(|text| text.contains(r#""rows":200"#)));
}
