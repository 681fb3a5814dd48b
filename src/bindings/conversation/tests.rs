//! The calls of `conversation.wasm` as the facade makes them.

use super::*;
use crate::conversation::LOCALE_FILES;

const PLAYBOOKS: &str = r#"[{"id":"own","title":{"en":"Own"},"symptoms":{"en":["blue"]}},
    {"id":"disk","title":{"en":"Disk"}},{"id":"own","title":{"en":"Second"}}]"#;

fn conversation(more: &str) -> Result<Conversation, NexthinkError> {
    let file = Json::from(LOCALE_FILES[0].1).to_text();
    Conversation::new(format!(r#"{{"locale":"en","file":{file},"known":{PLAYBOOKS}{more}}}"#).as_bytes())
}

fn step(conversation: &Conversation, event: &str) -> Result<Json, NexthinkError> {
    conversation.advance(format!(r#"{{"event":{event},"now":"2026-11-18T09:00:00Z"}}"#).as_bytes())
}

fn started(more: &str) -> String {
    format!(r#"{{"started":{{"employee":{{"username":"amartin"}}{more}}}}}"#)
}

#[test]
fn a_step_is_a_turn_with_words_or_an_ask() {
    let conversation = conversation("").unwrap();
    let asked = step(&conversation, &started("")).unwrap();
    let turn = asked.get("turn").unwrap();
    assert_eq!(turn.get("locale"), Some(&Json::from("en")));
    assert!(turn.to_text().contains(r#""label":"Own""#), "{}", turn.to_text());
    assert!(!turn.to_text().contains("Second"), "of two with one name the first counts");
    let ask = step(&conversation, &started(r#","text":"it is blue""#)).unwrap();
    let operation = ask.get("ask").and_then(|ask| ask.get("operation"));
    assert_eq!(operation, Some(&Json::from("identify")));
}

#[test]
fn an_assistant_helps_with_the_playbooks_that_it_was_given_in_the_order_of_the_library() {
    let only = conversation(r#","playbooks":["disk","own"]"#).unwrap();
    assert_eq!(only.playbooks.iter().map(|playbook| playbook.id.as_str()).collect::<Vec<_>>(), ["own", "disk"]);
    let only = conversation(r#","playbooks":["disk"]"#).unwrap();
    assert_eq!(step(&only, &started(r#","playbook":"own""#)).unwrap_err().kind.word(), "not-found");
    let error = conversation(r#","playbooks":["disk","dsk"]"#).err().unwrap();
    assert_eq!((error.kind.word(), &*error.hint), ("not-found", "there are own, disk"));
}

#[test]
fn words_of_the_hosts_own_are_said_and_wrong_ones_are_refused() {
    let own = conversation(r#","wording":{"messages":{"greeting":"Ahoy!"}}"#).unwrap();
    assert!(step(&own, &started("")).unwrap().to_text().contains("Ahoy!"));
    let error = conversation(r#","wording":{"messages":{"greting":"Ahoy!"}}"#).err().unwrap();
    assert_eq!(error.kind.word(), "invalid", "{error}");
}

#[test]
fn all_that_is_wrong_with_words_is_told_at_once() {
    let file = Json::from(LOCALE_FILES[0].1).to_text();
    let check = |wording: &str| check_wording(format!(r#"{{"file":{file},"wording":{wording}}}"#).as_bytes());
    assert_eq!(check(r#"{"messages":{"greeting":"Ahoy!"}}"#), r#"{"result":[]}"#);
    let found = check(r#"{"messages":{"greeting":"Ahoy {captain}!","sent":"{titel}"},"commands":{"yess":[]}}"#);
    for expected in ["/messages/greeting", "`captain`", "/messages/sent", "did you mean `title`?", "/commands/yess"] {
        assert!(found.contains(expected), "{expected}: {found}");
    }
    assert!(check("7").contains(r#""severity":"error""#));
}

#[test]
fn every_command_of_the_wording_is_understood() {
    let conversation = conversation("").unwrap();
    for name in CommandWords::FIELDS {
        assert!(!conversation.wording.command(name).is_empty(), "{name}");
    }
    assert!(conversation.words.yes.contains(&"yes".to_owned()) && !conversation.words.what_is_this.is_empty());
}

#[test]
fn a_turn_is_rendered_and_a_reply_is_read() {
    let turn = step(&conversation("").unwrap(), &started("")).unwrap();
    let turn = turn.get("turn").unwrap().to_text();
    let text = render(format!(r#"{{"turn":{turn},"format":"text"}}"#).as_bytes());
    assert!(text.starts_with(r#"{"result":"Hello"#), "{text}");
    assert!(render(br#"{"turn":{},"format":"text"}"#).contains(r#""kind":"invalid""#));
    assert_eq!(reply(br#"{"format":"text","payload":" yes "}"#), r#"{"result":{"text":"yes"}}"#);
    assert_eq!(unmarked(br#"["*a*\nb","{x}"]"#), r#"{"result":["∗a∗ b","｛x｝"]}"#);
    assert!(unmarked(br#"[7]"#).contains(r#""kind":"invalid""#));
    assert!(reply(br#"{"format":"block-kit","payload":{}}"#).contains(r#""kind":"invalid""#));
}
