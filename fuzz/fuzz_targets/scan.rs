//! Random bytes as an export: nothing panics, and cut anywhere they give the same rows, counts and error as in one piece.
//!
//! The first byte chooses the settings and the limit of a record, the second how many bytes after it are lengths of chunks;
//! the rest is the file.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use nexthink_chatbot::api::problem::NexthinkError;
use nexthink_chatbot::fleet::scan::{Scan, ScanCounts, Settings, USUAL_LIMIT};
use nexthink_chatbot::json::Json;
use nexthink_chatbot::playbook::{Library, Playbook};

static PLAYBOOKS: LazyLock<Vec<Arc<Playbook>>> =
    LazyLock::new(|| Library::built_in().map(|library| library.iter().cloned().map(Arc::new).collect()).unwrap_or_default());

/// The rows, what was counted, and the error that ended it.
type Outcome = (Vec<Json>, ScanCounts, Result<(), NexthinkError>);

fuzz_target!(|bytes: &[u8]| {
    let [choice, cuts, rest @ ..] = bytes else { return };
    let limit = if *choice < 128 { USUAL_LIMIT } else { usize::from(choice % 32) * 4 };
    let settings = Settings { all: choice & 32 == 0, strict: choice & 64 != 0, limit, now: None };
    let playbook = &PLAYBOOKS[usize::from(choice % 4) % PLAYBOOKS.len()];
    let (lengths, file) = rest.split_at(usize::from(cuts % 16).min(rest.len()));

    let whole = scan(playbook, &[file], settings);
    assert_eq!(scan(playbook, &cut(file, lengths), settings), whole);
    assert_eq!(scan(playbook, &file.chunks(1).collect::<Vec<_>>(), settings), whole);
});

fn scan(playbook: &Arc<Playbook>, chunks: &[&[u8]], settings: Settings) -> Outcome {
    let mut scan = Scan::new(Arc::clone(playbook), settings);
    let mut rows = Vec::new();
    let mut take = |scan: &mut Scan| match Json::parse(scan.take().as_bytes()) {
        Some(Json::List(list)) => rows.extend(list),
        _ => panic!("what goes out is no list"),
    };
    let mut result = Ok(());
    for chunk in chunks {
        result = scan.feed(chunk);
        take(&mut scan);
        if result.is_err() {
            break;
        }
    }
    let result = result.and_then(|()| scan.finish());
    take(&mut scan);
    (rows, scan.counts(), result)
}

fn cut<'a>(mut file: &'a [u8], lengths: &[u8]) -> Vec<&'a [u8]> {
    let mut chunks = Vec::new();
    for length in lengths {
        let (chunk, rest) = file.split_at(usize::from(*length).min(file.len()));
        chunks.push(chunk);
        file = rest;
    }
    chunks.push(file);
    chunks
}
