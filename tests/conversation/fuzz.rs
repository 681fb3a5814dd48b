//! Replies and states that nobody has foreseen. Half of the states are ones that a conversation has really had, with one
//! field changed, as if an attacker had it sealed so; the others are as they were, or put together at random. The calls are
//! answered with what real flows have answered, with errors, with nothing and with rubbish. There is always a turn or an
//! error, and no proposal is ever triggered without a yes to the present question of that proposal.
//!
//! A seal keeps a state together: two fields that an attacker changes so that they fit are not what is tried here.

use std::collections::{BTreeMap, BTreeSet};

use nexthink_chatbot::conversation::{
    Answered, Ask, CallError, Event, Outcome, Phase, Replied, Resumed, Setting, State, Step, Turn, Wording, advance,
    word,
};
use nexthink_chatbot::json::{Json, Read, Write};
use nexthink_chatbot::nql::Timestamp;

use crate::chance::Chance;
use crate::chat::{Chat, setting};
use crate::consents::Consents;
use crate::mutation::{changed, invented, noise, rubbish};
use crate::rules::nothing_helps;
use crate::stages::STAGES;

/// How many replies where nobody says: a few seconds' worth.
const REPLIES: u64 = 10_000;

/// More calls than this no turn needs.
const MOST_CALLS: usize = 12;

/// What conversations have really come to.
struct World {
    setting: Setting,
    now: Timestamp,
    wording: Wording,
    states: Vec<(Json, Consents)>,
    /// What real flows have answered, by operation.
    answers: BTreeMap<String, Vec<Json>>,
    tokens: BTreeSet<String>,
}

/// What came of so many replies.
#[derive(Debug, Default)]
struct Found {
    turns: u64,
    errors: u64,
    triggers: u64,
    /// What went before each trigger that nobody had agreed to.
    without_consent: Vec<String>,
}

#[test]
fn whatever_comes_in_there_is_a_turn_or_an_error_and_no_trigger_without_a_yes() {
    let replies = std::env::var("FUZZ_REPLIES").ok().and_then(|text| text.parse().ok()).unwrap_or(REPLIES);
    let found = World::new().fuzz(replies, 1, |state| state);
    println!("{replies} replies: {found:?}");
    assert_eq!(found.turns + found.errors, replies);
    assert!(found.without_consent.is_empty(), "{found:?}");
    assert!(found.turns > replies / 4 && found.errors > replies / 100 && found.triggers > 0, "{found:?}");
}

#[test]
fn a_machine_that_forgets_to_ask_is_caught() {
    // As if a look were enough to go on from the question.
    let broken = |mut state: State| {
        if let (Phase::Consent, Some(offer)) = (state.phase, &mut state.offer) {
            state.phase = Phase::Remediate;
            offer.agreed = Some(state.question);
        }
        state
    };
    assert!(!World::new().fuzz(2_000, 1, broken).without_consent.is_empty());
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            setting: setting("en"),
            now: Timestamp(0),
            wording: Wording::read(&std::fs::read_to_string(wording_file()).unwrap()).unwrap(),
            states: Vec::new(),
            answers: BTreeMap::new(),
            tokens: BTreeSet::new(),
        };
        for (_, reach, _) in STAGES {
            world.remember(&reach("en"));
        }
        for (employee, playbook) in [("wziegler", "outlook"), ("dnovak", "outlook"), ("fweber", "onedrive")] {
            let mut chat = Chat::of(employee, "en");
            chat.describe(playbook).wait();
            nothing_helps(&mut chat);
            chat.yes();
            world.remember(&chat);
        }
        let mut chat = Chat::of("amartin", "en");
        chat.describe("outlook").leave("remediate", 1).wait().yes();
        assert_eq!(chat.state().phase, Phase::Remediate);
        world.remember(&chat);
        world
    }

    fn remember(&mut self, chat: &Chat) {
        self.now = self.now.max(chat.setting.now);
        let mut before = None;
        for (state, consents) in &chat.history {
            // One look is like the other.
            if before.replace(state.phase) == Some(state.phase) && state.phase == Phase::Progress {
                continue;
            }
            let token = state.offer.as_ref().and_then(|offer| offer.token.clone());
            self.tokens.extend(token);
            self.states.push((state.write(), consents.clone()));
        }
        for (operation, output) in &chat.answers {
            self.answers.entry(operation.clone()).or_default().push(output.clone());
        }
    }

    /// So many replies; `machine` is what it makes of a state before it looks at it.
    fn fuzz(&mut self, replies: u64, seed: u64, machine: fn(State) -> State) -> Found {
        let chance = Chance::new(seed);
        let mut found = Found::default();
        for _ in 0..replies {
            let (state, consents) = pick(&self.states, &chance).clone();
            let (other, _) = pick(&self.states, &chance);
            let state = match chance.below(4) {
                0 | 1 => changed(&state, other, &chance),
                2 => state,
                _ => invented(&state, other, &chance),
            };
            match self.reply(state, consents, machine, &chance, &mut found) {
                true => found.turns += 1,
                false => found.errors += 1,
            }
        }
        found
    }

    /// One reply, or one look; whether it came to a turn.
    fn reply(
        &mut self,
        state: Json,
        mut consents: Consents,
        machine: fn(State) -> State,
        chance: &Chance,
        found: &mut Found,
    ) -> bool {
        let Ok(state) = State::read(state) else { return false };
        let setting = &mut self.setting;
        setting.now = self.now;
        if chance.one_in(20) {
            setting.now = setting.now.plus(11 * 60_000);
        } else if let Some(expires_at) = state.offer.as_ref().and_then(|offer| offer.expires_at) {
            // The conversations were at different times.
            setting.now = expires_at.plus(-5 * 60_000);
        }
        let told = format!(
            "{:?} {:?} {:?}",
            state.phase,
            state.question,
            state.offer.as_ref().map(|offer| (offer.agreed, offer.risk, &offer.title))
        );
        let event = if chance.one_in(4) {
            Event { resumed: Some(Resumed { state: machine(state) }), ..Event::default() }
        } else {
            // Whoever replies has been shown what the state asks.
            let look = Event { resumed: Some(Resumed { state: state.clone() }), ..Event::default() };
            if let Ok(Step::Turn(shown)) = advance(setting, look) {
                consents.shown(&shown);
            }
            let (text, choice) = said(state.question, chance);
            consents.answered(text.as_deref(), choice.as_deref(), &setting.words.yes);
            Event { replied: Some(Replied { state: machine(state), text, choice }), ..Event::default() }
        };
        let told = format!(
            "{told} {:?} {:?}",
            event.resumed.is_some(),
            event.replied.as_ref().map(|replied| (&replied.text, &replied.choice))
        );
        let mut step = advance(setting, event);
        for _ in 0..MOST_CALLS {
            match step {
                Err(_) => return false,
                Ok(Step::Turn(turn)) => {
                    let Turn { messages, state, .. } = word(&self.wording, &turn);
                    assert!(messages.iter().all(|message| !message.text.is_empty()));
                    assert!(State::read(state).is_ok());
                    return true;
                }
                Ok(Step::Ask(ask)) => {
                    if ask.operation == "remediate" {
                        let token = ask.input.get("token").and_then(Json::as_text).unwrap_or_default();
                        // The core refuses every token that it has not made.
                        let is_real = self.tokens.contains(token);
                        found.triggers += u64::from(is_real);
                        if is_real && !consents.holds(token) {
                            found.without_consent.push(told.clone());
                        }
                    }
                    let answered = Some(self.answer(ask, chance));
                    step = advance(&self.setting, Event { answered, ..Event::default() });
                }
            }
        }
        panic!("a turn that never ends");
    }

    fn answer(&self, ask: Ask, chance: &Chance) -> Answered {
        let real = self.answers.get(&ask.operation).filter(|_| !chance.one_in(8));
        let outcome = match (chance.below(8), real) {
            (0, _) => Outcome { is_made: chance.one_in(2).then_some(false), ..Outcome::default() },
            (1 | 2, _) => Outcome { error: Some(error(chance)), ..Outcome::default() },
            (3.., Some(real)) => Outcome { output: Some(pick(real, chance).clone()), ..Outcome::default() },
            _ => {
                let any = self.answers.values().nth(index(self.answers.len(), chance)).unwrap();
                Outcome { output: Some(changed(pick(any, chance), &rubbish(chance), chance)), ..Outcome::default() }
            }
        };
        Answered { unfinished: ask.unfinished, outcome }
    }
}

fn error(chance: &Chance) -> CallError {
    let kinds = ["authentication", "not-found", "invalid", "rate-limited", "timeout", "network", "refused", "consent"];
    let wait = chance.of(&["", r#","retryAfterMs":60000"#, r#","retryAfterMs":-1"#]);
    let side_effect = chance.of(&["none", "none", "none", "unknown", "done"]);
    let text = format!(r#"{{"kind":"{}","sideEffect":"{side_effect}"{wait}}}"#, chance.of(&kinds));
    CallError::read(Json::parse(text.as_bytes()).unwrap()).unwrap()
}

/// What an employee, or someone who pretends to be one, sends.
fn said(question: u32, chance: &Chance) -> (Option<String>, Option<String>) {
    let names = [
        "yes",
        "no",
        "did",
        "skip",
        "again",
        "another",
        "more",
        "what",
        "human",
        "stop",
        "device-1",
        "device-9",
        "playbook-outlook",
        "playbook-",
        "device-",
        "",
        "yes.yes",
        "YES",
    ];
    let texts = [
        "yes",
        "Yes!",
        "no",
        "stop",
        "what is this?",
        "another device",
        "human",
        "1",
        "2",
        "3",
        "99",
        "0",
        "-1",
        "outlook",
        "slow sync",
        "yes but not now",
        "",
        " ",
        "\u{202e}yes",
        "１",
        "done",
        "again",
        "1.yes",
        "laptop",
        "18446744073709551616",
        "{title}",
        "null",
        "はい",
        "oui",
        "y\u{0}es",
        "skip",
    ];
    let number = match chance.below(4) {
        0 => question.saturating_sub(1),
        1 => question.saturating_add(1),
        _ => question,
    };
    let choice = || Some(format!("{number}.{}", chance.of(&names)));
    match chance.below(10) {
        0 => (None, None),
        1 => (Some(chance.of(&texts).to_owned()), choice()),
        2 => (Some(chance.of(&texts).repeat(2_000)), None),
        3 => (Some(noise(chance)), None),
        4 => (None, Some(noise(chance))),
        5 => (None, choice()),
        6 | 7 => (None, Some(format!("{question}.yes"))),
        _ => (Some(chance.of(&texts).to_owned()), None),
    }
}

fn pick<'a, T>(all: &'a [T], chance: &Chance) -> &'a T {
    &all[index(all.len(), chance)]
}

pub fn index(length: usize, chance: &Chance) -> usize {
    usize::try_from(chance.below(length as u64)).unwrap()
}

fn wording_file() -> String {
    format!("{}/wording/en.json", env!("CARGO_MANIFEST_DIR"))
}
