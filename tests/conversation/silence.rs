//! Nobody who writes is left without a word, and what is said of what goes on is true.

use nexthink_chatbot::conversation::{Answered, Event, Outcome, Phase, Replied, Resumed, Step, advance};
use nexthink_chatbot::flow::{Run, RunState};
use nexthink_chatbot::json::{Read, Write};
use nexthink_chatbot::nql::Timestamp;

use crate::chat::Chat;

fn said(chat: &Chat) -> Vec<&str> {
    chat.turn.as_ref().unwrap().said.iter().map(|said| said.key.as_str()).collect()
}

fn running() -> Chat {
    let mut chat = Chat::of("amartin", "en");
    chat.describe("outlook").wait().yes();
    chat
}

#[test]
fn who_asks_for_news_hears_that_there_is_none() {
    let mut chat = running();
    chat.say("any news?");
    assert_eq!((chat.state().phase, said(&chat)), (Phase::Progress, vec!["still-running"]));
    let mut chat = Chat::of("amartin", "en");
    chat.describe("outlook").say("any news?");
    assert_eq!((chat.state().phase, said(&chat)), (Phase::Diagnose, vec!["one-moment"]));
}

#[test]
fn a_yes_is_answered_even_if_the_tenant_does_not_in_time() {
    let mut chat = Chat::of("amartin", "en");
    chat.describe("outlook").wait().leave("remediate", 1).yes();
    assert_eq!((chat.state().phase, said(&chat)), (Phase::Remediate, vec!["still-running"]));
    // What nobody has asked for is not told again and again.
    chat.leave("remediate", 1).resume_after(1_000);
    assert!(said(&chat).is_empty());
}

#[test]
fn what_there_was_no_time_to_send_is_not_said_to_be_under_way() {
    let mut chat = Chat::of("amartin", "en");
    chat.describe("outlook").wait();
    let next = |event: Event| advance(&chat.setting, event).unwrap();
    let reply = |state, text: &str| {
        next(Event { replied: Some(Replied { state, text: Some(text.into()), choice: None }), ..Event::default() })
    };
    let left = |step, is_made| {
        let Step::Ask(ask) = step else { panic!("{step:?}") };
        assert_eq!(ask.operation, "remediate");
        let answered = Answered { unfinished: ask.unfinished, outcome: Outcome { is_made, ..Outcome::default() } };
        let Step::Turn(turn) = next(Event { answered: Some(answered), ..Event::default() }) else { panic!() };
        let said: Vec<String> = turn.said.iter().map(|said| said.key.clone()).collect();
        (turn.state, said.join(" "))
    };
    let told = |state, text| match reply(state, text) {
        Step::Turn(turn) => turn.said[0].key.clone(),
        step => panic!("{step:?}"),
    };
    let (unsent, said) = left(reply(chat.state(), "yes"), Some(false));
    assert_eq!((unsent.phase, said.as_str()), (Phase::Remediate, "about-to-run"));
    assert_eq!(told(unsent.clone(), "hm"), "about-to-run");
    assert_eq!(told(unsent.clone(), "stop"), "goodbye", "nothing was sent, and nothing will be");
    // The next turn sends it; from then on it may be under way.
    let resumed = Event { resumed: Some(Resumed { state: unsent }), ..Event::default() };
    let (sent, said) = left(next(resumed), None);
    assert_eq!((sent.phase, said.as_str()), (Phase::Remediate, ""));
    assert_eq!(told(sent.clone(), "hm"), "still-running");
    assert_eq!(told(sent, "stop"), "goodbye-under-way");
}

#[test]
fn what_runs_on_a_device_that_it_is_no_longer_about_is_not_promised_to_be_followed() {
    let mut chat = running();
    chat.another_device().say("the coffee is cold");
    assert_eq!((chat.state().phase, said(&chat)), (Phase::Diagnose, vec!["one-moment"]));
}

#[test]
fn who_begins_by_asking_what_this_is_is_told() {
    for text in ["what is this?", "help", "who are you"] {
        let mut chat = Chat::of("amartin", "en");
        chat.start(text);
        assert_eq!(said(&chat), ["greeting", "what", "ask-symptom"], "{text}");
    }
    // What is wrong is no question.
    let mut chat = Chat::of("amartin", "en");
    chat.start("why is Outlook so slow");
    assert_eq!(chat.state().playbook.as_deref(), Some("outlook"));
}

#[test]
fn a_trigger_whose_answer_another_process_still_waits_for_is_no_lost_one() {
    let first = running();
    let (_, run) = first.answers.iter().find(|(operation, _)| operation == "remediate").unwrap();
    let run = Run::read(run.clone()).unwrap();
    let mut chat = Chat::of("amartin", "en");
    chat.describe("outlook").wait();
    for (seconds, expected) in [(2, "still-running"), (31, "run-uncertain")] {
        let mut setting = chat.setting.clone();
        let replied = Replied { state: chat.state(), text: Some("yes".into()), choice: None };
        let step = advance(&setting, Event { replied: Some(replied), ..Event::default() }).unwrap();
        let Step::Ask(ask) = step else { panic!("{step:?}") };
        setting.now = Timestamp(run.started_at.0 + seconds * 1_000);
        let pending = Run { state: RunState::Pending, ..run.clone() };
        let outcome = Outcome { output: Some(pending.write()), ..Outcome::default() };
        let answered = Answered { unfinished: ask.unfinished, outcome };
        let step = advance(&setting, Event { answered: Some(answered), ..Event::default() }).unwrap();
        let Step::Turn(turn) = step else { panic!("{step:?}") };
        assert_eq!(turn.said.iter().map(|said| said.key.as_str()).collect::<Vec<_>>(), [expected]);
    }
}
