//! Hosts that come late: a queue that stands still, a job that runs once an hour. It comes to a question all the same.

use nexthink_chatbot::conversation::{Event, Phase, Started, advance};
use nexthink_chatbot::flow::Employee;
use nexthink_chatbot::nql::{DAY, HOUR};

use crate::chat::{Chat, setting};

/// Looks again, each time so much too late, until the employee is asked.
fn until_asked(chat: &mut Chat, late: i64) {
    for _ in 0..8 {
        let Some(milliseconds) = chat.turn.as_ref().unwrap().resume_after_ms else { return };
        chat.resume_after(i64::from(milliseconds) + late);
    }
    panic!("it never comes to a question: {:?}", chat.state());
}

#[test]
fn a_host_that_is_late_each_time_comes_to_the_question_and_to_the_outcome() {
    for late in [6 * 60_000, HOUR, DAY] {
        let mut chat = Chat::of("amartin", "en");
        chat.describe("outlook");
        until_asked(&mut chat, late);
        assert_eq!(chat.state().phase, Phase::Consent, "{late}");
        chat.yes();
        until_asked(&mut chat, late);
        assert_eq!((chat.state().phase, chat.scene.triggers()), (Phase::Helped, 1), "{late}");
    }
}

#[test]
fn a_host_that_is_late_once_hears_what_is_true_by_then() {
    let mut chat = Chat::of("amartin", "en");
    chat.describe("outlook").resume_after(HOUR);
    // The times of an hour ago are asked for anew, and held against the data of now.
    assert!(chat.state().collected_at.is_some_and(|at| at >= chat.setting.now));
    chat.wait();
    assert_eq!((chat.state().phase, chat.state().collections), (Phase::Consent, None));
}

#[test]
fn what_leaves_no_room_in_the_state_is_refused_at_the_beginning() {
    let employee = Employee { username: Some("amartin".into()), ..Employee::default() };
    let long = Employee { upn: Some("a".repeat(1_000)), ..employee.clone() };
    for (employee, reference) in [(employee, Some("x".repeat(1_000))), (long, None)] {
        let started = Started { employee, reference, ..Started::default() };
        let error = advance(&setting("en"), Event { started: Some(started), ..Event::default() }).unwrap_err();
        assert_eq!(error.kind.word(), "invalid");
        assert!(!error.hint.is_empty());
    }
}
