//! States of this version stay readable: a conversation that began before an update goes on after it.

use nexthink_chatbot::conversation::{Event, Phase, Replied, State, Step, advance};
use nexthink_chatbot::json::{Json, Read, Write};

use crate::chat::{Chat, setting};

/// A state of the first version as it was given out, with a field that only a later one knows.
const FIRST: &str = include_str!("fixtures/state-1.json");

fn first() -> State {
    State::read(Json::parse(FIRST.as_bytes()).unwrap()).unwrap()
}

#[test]
fn a_state_of_the_first_version_is_read_and_gone_on_with() {
    let state = first();
    assert_eq!((state.phase, state.runs.len()), (Phase::Consent, 1));
    let replied = Replied { state, text: Some("no".into()), choice: None };
    let mut setting = setting("en");
    setting.now = nexthink_chatbot::nql::Timestamp::parse("2026-11-18T09:03:00Z").unwrap();
    let step = advance(&setting, Event { replied: Some(replied), ..Event::default() }).unwrap();
    let Step::Ask(ask) = step else { panic!("{step:?}") };
    assert_eq!(ask.unfinished.state.declined, ["repair-data-file"]);
}

#[test]
fn a_state_of_a_form_that_is_not_known_here_is_refused_with_what_to_do() {
    let state = State { version: 2, ..first() };
    let replied = Replied { state, text: Some("yes".into()), choice: None };
    let error = advance(&setting("en"), Event { replied: Some(replied), ..Event::default() }).unwrap_err();
    assert_eq!(error.kind.word(), "invalid");
    assert!(error.hint.contains("later"), "{error}");
}

/// Writes the fixture, when a version of the form is new.
#[test]
fn what_is_given_out_today_has_the_form_of_the_fixture() {
    let mut chat = Chat::of("amartin", "en");
    chat.describe("outlook").wait().yes().wait().no().wait();
    let names = |json: &Json| match json {
        Json::Object(fields) => fields.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() && FIRST.trim().is_empty() {
        let file = format!("{}/tests/conversation/fixtures/state-1.json", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(file, chat.state().write().to_text()).unwrap();
        return;
    }
    let mut known = names(&Json::parse(FIRST.as_bytes()).unwrap());
    known.retain(|name| name != "ofALaterVersion");
    assert_eq!(names(&chat.state().write()), known);
}
