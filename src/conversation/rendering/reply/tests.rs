//! Payloads as the platforms document them, and rubbish.

use super::*;
use crate::api::problem::ErrorKind;

fn read(format: Format, payload: &str) -> Result<Reply, NexthinkError> {
    read_reply(format, &Json::parse(payload.as_bytes()).unwrap())
}

fn text(text: &str) -> Reply {
    Reply { text: Some(text.to_owned()), choice: None }
}

fn choice(choice: &str) -> Reply {
    Reply { text: None, choice: Some(choice.to_owned()) }
}

#[test]
fn what_is_written_to_a_terminal_is_what_was_written() {
    for format in [Format::Text, Format::Markdown] {
        assert_eq!(read(format, r#""  2\u202e\n""#).unwrap(), text("2"));
        assert_eq!(read(format, r#""<at>x</at> &amp; *y*""#).unwrap(), text("<at>x</at> &amp; *y*"));
        for payload in ["5", "null", "{}", r#"{"text":"x"}"#, "[]"] {
            assert_eq!(read(format, payload).unwrap_err().kind, ErrorKind::Invalid, "{payload}");
        }
    }
}

#[test]
fn teams_sends_a_choice_in_many_wrappings() {
    for payload in [
        r#"{"type":"invoke","name":"adaptiveCard/action","value":{"action":{"type":"Action.Execute","verb":"x","data":{"choice":"3.yes","extra":1}},"trigger":"manual"}}"#,
        r#"{"action":{"type":"Action.Execute","id":"a","verb":"x","data":{"choice":"3.yes"}}}"#,
        r#"{"type":"Action.Execute","verb":"x","data":{"choice":"3.yes"}}"#,
        r#"{"type":"message","text":"","value":{"choice":"3.yes"},"replyToId":"1"}"#,
        r#"{"type":"message","value":"{\"choice\":\"3.yes\"}"}"#,
        r#"{"choice":"3.yes"}"#,
    ] {
        assert_eq!(read(Format::AdaptiveCard, payload).unwrap(), choice("3.yes"), "{payload}");
    }
}

#[test]
fn teams_sends_text_with_mentions_and_entities() {
    let mentions = r#""recipient":{"id":"28:bot"},"entities":[
        {"type":"mention","text":"<at>Bot</at>","mentioned":{"id":"28:bot"}},
        {"type":"mention","text":"<at>Vera</at>","mentioned":{"id":"29:vera"}},{"type":"clientInfo"}]"#;
    for (payload, expected) in [
        (r#"{"type":"message","text":"<at>Bot</at> Outlook is offline"}"#.to_owned(), "Outlook is offline"),
        (r#"{"type":"message","text":"<at id=\"0\">Bot</at>&nbsp;R&amp;D &lt;b&gt;\n"}"#.to_owned(), "R&D <b>"),
        (format!(r#"{{"type":"message","text":"<at>Bot</at> ask <at>Vera</at>",{mentions}}}"#), "ask Vera"),
        (r#"{"type":"message","text":"&lt;at&gt;Bot&lt;/at&gt;"}"#.to_owned(), "<at>Bot</at>"),
        (r#"{"type":"message","text":"a < b <at"}"#.to_owned(), "a < b <at"),
        (r#"{"type":"message","attachments":[{}]}"#.to_owned(), ""),
        (r#"{"text":"yes"}"#.to_owned(), "yes"),
        (r#""yes""#.to_owned(), "yes"),
    ] {
        assert_eq!(read(Format::AdaptiveCard, &payload).unwrap(), text(expected), "{payload}");
    }
}

#[test]
fn slack_sends_a_choice_as_an_action() {
    let action =
        r#"{"type":"block_actions","user":{"id":"U1"},"actions":[{"type":"button","action_id":"a","value":"3.yes"}]}"#;
    let posted = Json::Object(vec![("payload".into(), action.into())]).to_text();
    let nested = format!(r#"{{"payload":{action}}}"#);
    let option = r#"{"type":"block_actions","actions":[{"selected_option":{"text":{},"value":"3.yes"}}]}"#;
    let alone = Json::from(action).to_text();
    for payload in [action, &posted, &nested, option, &alone] {
        assert_eq!(read(Format::BlockKit, payload).unwrap(), choice("3.yes"), "{payload}");
    }
}

#[test]
fn slack_sends_text_with_mentions_links_and_entities() {
    for (sent, expected) in [
        ("<@U1> Outlook is offline", "Outlook is offline"),
        ("<@U1|bot>: <@U2|vera> too", ": @vera too"),
        ("<@U1> <@U2> too", "@U2 too"),
        ("see <https://acme.com/a|the page> or <https://b.com>", "see the page or https://b.com"),
        ("<mailto:a@b.com|a@b.com> <mailto:c@d.com> <tel:+1|1>", "a@b.com c@d.com 1"),
        ("in <#C1|general>, <#C2>", "in #general, #C2"),
        ("<!here> <!subteam^S1|@desk> <!date^1^{date}|today>", "@here @desk today"),
        ("a &lt; b &amp;&amp; &amp;lt; c &nbsp;", "a < b && &lt; c"),
        ("1 < 2", "1 < 2"),
    ] {
        let event = Json::Object(vec![("type".into(), "message".into()), ("text".into(), sent.into())]);
        assert_eq!(read_reply(Format::BlockKit, &event).unwrap(), text(expected), "{sent}");
    }
    let envelope = r#"{"type":"event_callback","authorizations":[{"user_id":"U9","is_bot":true}],
        "event":{"type":"app_mention","user":"U5","text":"<@U2> and <@U9> look","channel":"C1"}}"#;
    assert_eq!(read(Format::BlockKit, envelope).unwrap(), text("@U2 and look"));
}

#[test]
fn what_nobody_wrote_or_chose_is_refused_with_a_hint() {
    let long = format!(r#"{{"choice":"{}"}}"#, "x".repeat(256));
    for (format, payload) in [
        (Format::AdaptiveCard, "null"),
        (Format::AdaptiveCard, "[]"),
        (Format::AdaptiveCard, "{}"),
        (Format::AdaptiveCard, "5"),
        (Format::AdaptiveCard, r#"{"choice":""}"#),
        (Format::AdaptiveCard, long.as_str()),
        (Format::AdaptiveCard, r#"{"type":"typing"}"#),
        (Format::AdaptiveCard, r#"{"type":"conversationUpdate","text":"x"}"#),
        (Format::AdaptiveCard, r#"{"type":"invoke","name":"task/fetch","value":{"data":{}}}"#),
        (Format::AdaptiveCard, r#"{"action":{"type":"Action.Execute","data":{"choice":5}}}"#),
        (Format::BlockKit, "null"),
        (Format::BlockKit, "{}"),
        (Format::BlockKit, r#""payload=%7B%7D""#),
        (Format::BlockKit, r#""{\"type\":\"view_submission\"}""#),
        (Format::BlockKit, r#"{"payload":"rubbish"}"#),
        (Format::BlockKit, r#"{"payload":"[]"}"#),
        (Format::BlockKit, r#"{"payload":"{\"payload\":\"{}\"}"}"#),
        (Format::BlockKit, r#"{"type":"view_submission","view":{}}"#),
        (Format::BlockKit, r#"{"type":"block_actions","actions":[]}"#),
        (Format::BlockKit, r#"{"type":"block_actions","actions":[{"value":5}]}"#),
        (Format::BlockKit, r#"{"type":"event_callback"}"#),
        (Format::BlockKit, r#"{"type":"message","text":"x","bot_id":"B1"}"#),
        (Format::BlockKit, r#"{"type":"message","subtype":"message_changed","text":"x"}"#),
        (Format::BlockKit, r#"{"type":"message"}"#),
    ] {
        let error = read(format, payload).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Invalid, "{payload}");
        assert!(error.hint.starts_with("Pass"), "{payload}: {}", error.hint);
    }
}

/// Each of these would take minutes, were it read to its end for each of its letters.
#[test]
fn what_is_sent_to_keep_a_chatbot_busy_does_not() {
    let entity = r#"{"type":"mention","text":"<at>b</at>","mentioned":{"id":"x"}}"#;
    let mentions = format!(
        r#"{{"type":"message","text":"{}","recipient":{{"id":"1"}},"entities":[{}]}}"#,
        "<at>a</at>".repeat(20_000),
        vec![entity; 20_000].join(",")
    );
    assert_eq!(read(Format::AdaptiveCard, &mentions).unwrap().choice, None);
    for sent in ["&", "&amp", "&aaaaaaaaaa", "<", "<@", "<at", "<at>", "<at>a", "<a|"] {
        let payload = Json::from(sent.repeat(500_000).as_str());
        for format in [Format::AdaptiveCard, Format::BlockKit] {
            let read = read_reply(format, &payload).unwrap().text.unwrap();
            assert_eq!(read.chars().count(), LONGEST_TEXT, "{sent}");
        }
    }
}

#[test]
fn a_long_text_is_read_as_far_as_anyone_reads() {
    let payload = Json::from("語".repeat(100_000).as_str());
    for format in [Format::Text, Format::AdaptiveCard, Format::BlockKit] {
        assert_eq!(read_reply(format, &payload).unwrap().text.unwrap().chars().count(), LONGEST_TEXT);
    }
}
