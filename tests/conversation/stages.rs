//! How far a conversation can be, and what is understood at each stage: yes, no, stop, what is this, another device, a
//! human, and what makes no sense.

use nexthink_chatbot::conversation::Phase;
use nexthink_simulator::{Fault, FaultKind};

use crate::chat::Chat;

type Stage = (&'static str, fn(&str) -> Chat, Phase);

/// Where a conversation can stand when a word comes in.
pub const STAGES: [Stage; 15] = [
    ("what is wrong", |locale| begun("amartin", "…", locale), Phase::Symptom),
    ("no device", |locale| described("nobody", "outlook", locale), Phase::NoDevice),
    ("which device", |locale| described("qroux", "slow-pc", locale), Phase::Device),
    ("while it is looked at", diagnosing, Phase::Diagnose),
    ("advice", |locale| described("cdubois", "outlook", locale), Phase::Advice),
    ("the first question", |locale| described("dnovak", "outlook", locale), Phase::Consent),
    ("the second question", confirming, Phase::Confirm),
    ("a device that is not free", not_free, Phase::NotNow),
    ("while it runs", running, Phase::Progress),
    ("while it waits for the device", waiting, Phase::Progress),
    ("did it help?", helped, Phase::Helped),
    ("nothing is left", |locale| described("nberg", "onedrive", locale), Phase::HandOver),
    ("trouble", trouble, Phase::Trouble),
    ("the end", ended, Phase::Ended),
    ("after the hand-over", escalated, Phase::Escalated),
];

fn begun(employee: &str, text: &str, locale: &str) -> Chat {
    let mut chat = Chat::of(employee, locale);
    chat.start(text);
    chat
}

fn described(employee: &str, playbook: &str, locale: &str) -> Chat {
    let mut chat = Chat::of(employee, locale);
    chat.describe(playbook).wait();
    chat
}

fn diagnosing(locale: &str) -> Chat {
    let mut chat = Chat::of("amartin", locale);
    chat.describe("outlook");
    chat
}

fn confirming(locale: &str) -> Chat {
    let mut chat = described("dnovak", "outlook", locale);
    chat.yes();
    chat
}

fn running(locale: &str) -> Chat {
    let mut chat = described("jcarter", "slow-pc", locale);
    chat.yes();
    chat
}

fn waiting(locale: &str) -> Chat {
    let mut chat = described("stanaka", "slow-pc", locale);
    chat.yes();
    while !chat.state().told_to_wait {
        chat.resume_after(30_000);
    }
    chat
}

/// Somebody else's repair is under way on the device.
fn not_free(locale: &str) -> Chat {
    let mut chat = described("stanaka", "slow-pc", locale);
    let other = chat.scene.diagnosis("stanaka", "disk");
    let token = chat.scene.propose(&other, "disk-full").unwrap().token;
    chat.scene.remediate(&token).unwrap();
    chat.forget_requests().yes();
    chat
}

fn helped(locale: &str) -> Chat {
    let mut chat = running(locale);
    chat.wait();
    chat
}

fn trouble(locale: &str) -> Chat {
    let mut chat = Chat::of("amartin", locale);
    chat.status(403, "nql/execute").describe("outlook").wait();
    chat
}

fn ended(locale: &str) -> Chat {
    let mut chat = described("amartin", "outlook", locale);
    chat.stop();
    chat
}

fn escalated(locale: &str) -> Chat {
    let mut chat = described("amartin", "outlook", locale);
    chat.human();
    chat
}

type Word = (&'static str, fn(&mut Chat) -> &mut Chat);

const WORDS: [Word; 6] = [
    ("yes", Chat::yes),
    ("no", Chat::no),
    ("stop", Chat::stop),
    ("what-is-this", Chat::what_is_this),
    ("another-device", Chat::another_device),
    ("human", Chat::human),
];

/// Each word at each stage.
pub fn play(locale: &str) {
    for (word, speak) in WORDS {
        let mut file = String::new();
        for (stage, reach, phase) in STAGES {
            let mut chat = reach(locale);
            assert_eq!(chat.state().phase, phase, "{stage}");
            let triggers = chat.scene.triggers();
            chat.section(stage);
            speak(&mut chat);
            expected(word, stage, &chat, triggers);
            file.push_str(&chat.transcript.text);
        }
        chat_file(locale, word, file);
    }
    rubbish(locale);
}

fn expected(word: &str, stage: &str, chat: &Chat, triggers: usize) {
    let state = chat.state();
    match word {
        "stop" => assert!(state.phase.is_end(), "{stage}"),
        "human" => assert_eq!(state.phase, Phase::Escalated, "{stage}"),
        _ => {}
    }
    let may_trigger = word == "yes" && matches!(stage, "the second question");
    assert_eq!(chat.scene.triggers() - triggers, usize::from(may_trigger), "{word} at {stage}");
    assert!(!chat.turn.as_ref().unwrap().said.is_empty(), "{word} at {stage}: nothing is said");
}

/// What makes no sense gets a helpful answer, the present question again, and changes nothing else.
fn rubbish(locale: &str) {
    let mut file = String::new();
    for (stage, reach, _) in STAGES {
        let mut chat = reach(locale);
        chat.section(stage);
        let before = chat.state();
        let long = "x".repeat(10_000);
        let earlier = format!("{}.yes", before.question.saturating_sub(1));
        let unknown = format!("{}.nothing", before.question);
        for (text, choice) in [
            (Some("qwertz"), None),
            (Some("  "), None),
            (Some(long.as_str()), None),
            (None, Some(unknown.as_str())),
            (None, Some(earlier.as_str())),
            (Some("1"), Some(unknown.as_str())),
            (Some("99"), None),
            (None, None),
        ] {
            chat.told(text, choice).reply(text, choice);
            let after = chat.state();
            let symptoms = before.symptoms.clone().or(after.symptoms.clone());
            assert_eq!(
                after,
                nexthink_chatbot::conversation::State { symptoms, ..before.clone() },
                "{stage}: {text:?} {choice:?}"
            );
        }
        file.push_str(&chat.transcript.text);
    }
    chat_file(locale, "rubbish", file);
}

fn chat_file(locale: &str, word: &str, text: String) {
    let mut transcript = crate::transcript::Transcript::new("", locale);
    transcript.text = text;
    transcript.keep(&format!("every-stage/{word}"));
}

/// A fault that befalls every request to a path.
pub fn always(kind: FaultKind, path: &str) -> Fault {
    Fault::new(kind).of(path).times(50)
}
