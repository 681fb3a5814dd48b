//! What employees of each language write, at the beginning, where something may run, and where it has run; and where it
//! leads. The sentences are in `sentences/`, a file for each language: add those that were misunderstood.

use super::state::{Offer, Phase, State};
use super::testing::setting;
use super::turn::TurnStatus;
use super::wording::LOCALE_FILES;
use super::{Event, Replied, Setting, Started, Step, Wording, advance};
use crate::flow::Employee;
use crate::json::Json;
use crate::nql::{MINUTE, Timestamp};
use crate::playbook::Risk;

const FILES: [(&str, &str); 5] = [
    ("en", include_str!("sentences/en.txt")),
    ("de", include_str!("sentences/de.txt")),
    ("fr", include_str!("sentences/fr.txt")),
    ("es", include_str!("sentences/es.txt")),
    ("ja", include_str!("sentences/ja.txt")),
];

fn in_language(locale: &str) -> Setting {
    let file = LOCALE_FILES.iter().find(|(known, _)| *known == locale).unwrap().1;
    Setting { locale: locale.into(), words: Wording::read(file).unwrap().commands(), ..setting() }
}

fn employee() -> Employee {
    Employee { username: Some("amartin".into()), ..Employee::default() }
}

/// A conversation that waits for an answer; in the second, something has been proposed.
fn waiting(phase: Phase, now: Timestamp) -> State {
    let offer = Offer {
        rule: "offline".into(),
        title: "Set Outlook online".into(),
        reason: None,
        description: None,
        risk: Risk::Safe,
        expected_seconds: None,
        token: Some("token".into()),
        expires_at: Some(Timestamp(now.0 + 10 * MINUTE)),
        agreed: None,
        is_unsent: None,
    };
    State {
        phase,
        question: 1,
        playbook: Some("outlook".into()),
        offer: (phase == Phase::Consent).then_some(offer),
        ..State::new(employee(), None)
    }
}

fn event(moment: &str, text: &str, now: Timestamp) -> Event {
    let replied = |phase| Replied { state: waiting(phase, now), text: Some(text.into()), choice: None };
    match moment {
        "at the beginning" => {
            let started = Started { employee: employee(), text: Some(text.into()), ..Started::default() };
            Event { started: Some(started), ..Event::default() }
        }
        "may it run?" => Event { replied: Some(replied(Phase::Consent)), ..Event::default() },
        "did it help?" => Event { replied: Some(replied(Phase::Helped)), ..Event::default() },
        other => panic!("no such moment: {other}"),
    }
}

fn outcome(moment: &str, step: Step) -> String {
    let said = match step {
        Step::Ask(ask) => match (moment, ask.operation.as_str()) {
            ("at the beginning", "identify") => return ask.unfinished.state.playbook.unwrap(),
            ("may it run?", "remediate") => "yes",
            ("may it run?", "identify") => "no",
            ("did it help?", "identify") => "next",
            (_, "escalation") => "a person",
            (_, other) => panic!("{moment}: {other}"),
        },
        Step::Turn(turn) => match turn.status {
            TurnStatus::Escalated => "a person",
            TurnStatus::Ended => "goodbye",
            TurnStatus::Solved => "solved",
            _ if turn.state.candidates.is_some() => return turn.state.candidates.unwrap().join(" or "),
            _ => "the question",
        },
    };
    said.to_owned()
}

#[test]
fn sentences_of_every_language_lead_where_they_are_meant_to() {
    let mut wrong = Vec::new();
    for (locale, file) in FILES {
        let setting = in_language(locale);
        let mut moment = "";
        let mut count = 0;
        for line in file.lines().filter(|line| !line.is_empty()) {
            let Some((text, expected)) = line.split_once(" → ") else {
                moment = line;
                continue;
            };
            count += 1;
            let found = outcome(moment, advance(&setting, event(moment, text, setting.now)).unwrap());
            if found != expected {
                wrong.push(format!("{locale}, {moment} {text}: {found} instead of {expected}"));
            }
        }
        assert!(count >= 50, "{locale}: {count}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is no yes by itself triggers nothing, whatever stands beside it.
#[test]
fn only_a_yes_and_nothing_else_triggers_something() {
    for (locale, _) in FILES {
        let setting = in_language(locale);
        let words = &setting.words;
        let lists = [&words.asides, &words.done, &words.solved, &words.unsolved, &words.again, &words.skip];
        let others = lists.iter().copied().flatten();
        for other in others {
            for text in [other.clone(), format!("{} {other}", words.yes[0]), format!("{other}, {}", words.yes[0])] {
                if words.yes.contains(&text) {
                    continue;
                }
                let step = advance(&setting, event("may it run?", &text, setting.now)).unwrap();
                let operation = if let Step::Ask(ask) = step { ask.operation } else { String::new() };
                assert_ne!(operation, "remediate", "{locale}: {text}");
            }
        }
        let said = event("may it run?", &words.yes[0], setting.now);
        assert!(matches!(advance(&setting, said), Ok(Step::Ask(ask)) if ask.operation == "remediate"
            && ask.input.get("token") == Some(&Json::from("token"))));
    }
}
