//! Random bytes as the answer to every operation, and as its input: nothing panics, what comes out is JSON, and of a query the
//! text that JavaScript gets says what the table says.
//!
//! The first byte chooses the operation, the second the status; up to the first NUL come the header fields that are read, a
//! line each, and after it the body. An odd third byte makes the rest an input instead.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use nexthink_chatbot::api::http::{READ_HEADERS, Response};
use nexthink_chatbot::api::nql::execute;
use nexthink_chatbot::api::operations::{OPERATIONS, Operation, parse};
use nexthink_chatbot::api::problem::asked_pause;
use nexthink_chatbot::api::tenant::Tenant;
use nexthink_chatbot::json::{Json, Write};

static TENANT: LazyLock<Tenant> = LazyLock::new(|| {
    Tenant::new("acme".into(), "eu".into(), None, None).unwrap_or_else(|error| panic!("{error}"))
});

const STATUSES: [u16; 16] = [200, 200, 200, 200, 206, 202, 204, 0, 302, 400, 401, 403, 404, 429, 500, 503];

fuzz_target!(|bytes: &[u8]| {
    let [choice, status, kind, rest @ ..] = bytes else { return };
    let operation = &OPERATIONS[usize::from(*choice) % OPERATIONS.len()];
    if kind % 2 == 1 {
        return build(operation, rest);
    }
    let response = response(STATUSES[usize::from(*status) % STATUSES.len()], rest);
    if let Err(error) = &told(parse(operation.name, &response)) {
        is_json(&error.write());
    }
    asked_pause(&response, 1_700_000_000_000);

    let expected = execute::parse(&response).map(|output| reread(&output.write()));
    let text = execute::parse_to_text(&response);
    let text = text.map(|text| Json::parse(&text).unwrap_or_else(|| panic!("the text is no JSON")));
    assert_eq!(text.map(sorted), expected.map(sorted));
});

fn build(operation: &Operation, input: &[u8]) {
    let Some(input) = Json::parse(input) else { return };
    match operation.request(input, &TENANT) {
        Ok(request) => is_json(&request.write()),
        Err(error) => is_json(&error.write()),
    }
}

fn response(status: u16, bytes: &[u8]) -> Response {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
    let (lines, body) = second.map_or((&b""[..], first), |body| (first, body));
    let lines = String::from_utf8_lossy(lines);
    let names = READ_HEADERS.into_iter().chain(["date"]);
    let headers = names.zip(lines.lines()).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Response { status, headers, body: body.to_vec() }
}

fn told<T: Write, E>(answer: Result<T, E>) -> Result<(), E> {
    answer.map(|output| is_json(&output.write()))
}

fn is_json(value: &Json) {
    assert!(Json::parse(value.to_text().as_bytes()).is_some(), "what comes out is no JSON");
}

/// As who reads its text has it.
fn reread(value: &Json) -> Json {
    Json::parse(value.to_text().as_bytes()).unwrap_or_default()
}

/// The fields of an object in one order: the two ways do not write them in the same.
fn sorted(mut value: Json) -> Json {
    if let Json::Object(fields) = &mut value {
        fields.sort_by(|one, other| one.0.cmp(&other.0));
    }
    value
}
