//! What holds for every turn, however hostile its texts: limits, inertness, and that each button is read back.

use proptest::prelude::*;

use super::*;
use crate::conversation::turn::{Choice, ChoiceStyle, Expects, MessageKind, TurnStatus};

const FORMATS: [Format; 4] = [Format::Text, Format::Markdown, Format::AdaptiveCard, Format::BlockKit];

const HOSTILE: [&str; 44] = [
    "https://evil.com/a?b=c",
    "http://localhost",
    "//localhost/x",
    "www.evil.com",
    "evil.com",
    "ftp://evil.org",
    "mailto:a@evil.com",
    "vera@acme.com",
    "<at>Bot</at>",
    "<@U123>",
    "<!here>",
    "<!channel|x>",
    "<#C1|general>",
    "<https://evil.com|bank>",
    "@channel",
    "#general",
    "[x](https://evil.com)",
    "[x]: https://evil.com",
    "![x](y.png)",
    "[^1]",
    "<b onclick=x>",
    "<!-- x",
    "<script>",
    "&lt;b&gt;",
    "&#60;",
    "{{DATE(2017-02-14T06:08:39Z, SHORT)}}",
    "${if(true, 'x', 'y')}",
    "*b* _i_ ~s~ `c`",
    "**b** __i__ ~~s~~",
    "# h",
    "- l",
    "1. l",
    "> q",
    "```\nx\n```",
    "    code",
    "| a | b |\n| --- | --- |",
    "===",
    "---",
    ":smile:",
    "\u{202e}moc.live",
    "\u{200b}",
    "\\",
    "\u{e0041}\0\u{1b}[31m",
    "日本語のデバイス",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
        1 => ".{0,8}",
        1 => "[*_`<>\\[\\]()#@&:/.~|{}$!\\\\ \n-]{1,6}",
        1 => Just(" ".to_owned()),
        1 => Just("\n".to_owned()),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn any_choice() -> impl Strategy<Value = Choice> {
    let style = prop_oneof![Just(None), Just(Some(ChoiceStyle::Primary)), Just(Some(ChoiceStyle::Danger))];
    (".{1,20}", hostile(), style).prop_map(|(id, label, style)| Choice { id, label, style })
}

fn any_message() -> impl Strategy<Value = Message> {
    let kind = prop::sample::select(&[MessageKind::Statement, MessageKind::Question, MessageKind::Warning][..]);
    let items = prop::collection::vec(hostile(), 0..4);
    (hostile(), items, kind, prop::collection::vec(any_choice(), 0..4))
        .prop_map(|(text, items, kind, choices)| Message { text, items, kind, choices })
}

fn turn(messages: Vec<Message>) -> Turn {
    Turn {
        messages,
        state: Json::Null,
        status: TurnStatus::Diagnosing,
        expects: Expects::Text,
        resume_after_ms: None,
        escalation: None,
        locale: "en".to_owned(),
    }
}

fn any_turn() -> impl Strategy<Value = Turn> {
    prop::collection::vec(any_message(), 0..4).prop_map(turn)
}

/// Turns that no platform takes whole.
fn long_turn() -> impl Strategy<Value = Turn> {
    let character = prop::sample::select(&["a", "\"", "\\", "é", "語", "😀", "@a", "\n", " "][..]);
    let message = (0_usize..4_000, 0_usize..50, 0_usize..200, 0_usize..40, 0_usize..500);
    let messages = prop::collection::vec((character, message), 1..12);
    messages.prop_map(|messages| {
        turn(
            messages
                .into_iter()
                .map(|(one, (text, items, item, choices, label))| Message {
                    text: one.repeat(text),
                    items: vec![one.repeat(item); items],
                    kind: MessageKind::Warning,
                    choices: (0..choices)
                        .map(|number| Choice { id: format!("7.{number}"), label: one.repeat(label), style: None })
                        .collect(),
                })
                .collect(),
        )
    })
}

/// All texts that are shown to people.
fn texts(json: &Json) -> Vec<&str> {
    match json {
        Json::Text(text) => vec![text],
        Json::List(values) => values.iter().flat_map(texts).collect(),
        Json::Object(fields) => {
            let shown = fields.iter().filter(|(name, _)| !matches!(&**name, "data" | "value" | "$schema" | "verb"));
            shown.flat_map(|(_, value)| texts(value)).collect()
        }
        _ => Vec::new(),
    }
}

fn objects<'a>(json: &'a Json, kind: &str) -> Vec<&'a Json> {
    let mut found = match json {
        Json::List(values) => values.iter().flat_map(|value| objects(value, kind)).collect(),
        Json::Object(fields) => fields.iter().flat_map(|(_, value)| objects(value, kind)).collect(),
        _ => Vec::new(),
    };
    if json.get("type").and_then(Json::as_text) == Some(kind) {
        found.push(json);
    }
    found
}

fn list<'a>(json: &'a Json, name: &str) -> &'a [Json] {
    let Some(Json::List(values)) = json.get(name) else { panic!("{name} is no list") };
    values
}

fn text_at<'a>(json: &'a Json, name: &str) -> &'a str {
    json.get(name).and_then(Json::as_text).unwrap()
}

fn holds_to_slacks_limits(message: &Json) {
    let blocks = list(message, "blocks");
    assert!(blocks.len() <= 50);
    assert!(plain::length(text_at(message, "text")) <= 3_000);
    let mut action_ids = std::collections::BTreeSet::new();
    for text in objects(message, "plain_text") {
        assert!((1..=3_000).contains(&plain::length(text_at(text, "text"))));
        assert_eq!(text.get("emoji"), Some(&Json::Boolean(false)));
    }
    for actions in objects(message, "actions") {
        assert!((1..=25).contains(&list(actions, "elements").len()));
    }
    for button in objects(message, "button") {
        assert!(plain::length(text_at(button.get("text").unwrap(), "text")) <= 75);
        assert!(text_at(button, "value").len() <= 2_000);
        assert!(text_at(button, "action_id").len() <= 255);
        assert!(action_ids.insert(text_at(button, "action_id")));
    }
    assert!(objects(message, "mrkdwn").is_empty());
}

proptest! {
    #[test]
    fn nothing_in_a_text_is_found_by_who_looks_for_links_mentions_tags_or_templates(turn in any_turn()) {
        for format in FORMATS {
            let rendered = render(&turn, format);
            for text in texts(&rendered) {
                let of_html = text.replace("&lt;", "<").replace("&amp;", "&").replace("&gt;", ">");
                for found in ["://", "www.", "@c", "@U", "@e", "@a", ".com", ".org", "<at", "<b", "<!", "</", "<s", "{{", "${", "](", "]:"] {
                    prop_assert!(!of_html.contains(found), "{found} in {text:?}");
                }
                let is_invisible = text.contains(['\u{202e}', '\0', '\u{1b}', '\u{e0041}']);
                prop_assert!(!is_invisible, "{text:?}");
            }
        }
    }

    #[test]
    fn each_choice_is_read_back_from_the_button_that_was_made_of_it(turn in any_turn()) {
        let ids: Vec<&str> = turn.messages.iter().flat_map(|one| &one.choices).map(|choice| choice.id.as_str()).collect();
        let card = render(&turn, Format::AdaptiveCard);
        let actions = objects(&card, "Action.Execute");
        prop_assert_eq!(actions.len(), ids.len());
        for (action, id) in actions.iter().zip(&ids) {
            let invoke = object([("action", (*action).clone()), ("trigger", "manual".into())]);
            let submitted = action.get("fallback").unwrap().get("data").unwrap();
            for payload in [&invoke, submitted] {
                prop_assert_eq!(read_reply(Format::AdaptiveCard, payload).unwrap().choice, Some((*id).to_owned()));
            }
        }
        let message = render(&turn, Format::BlockKit);
        for (button, id) in objects(&message, "button").iter().zip(&ids) {
            let payload = object([("type", "block_actions".into()), ("actions", Json::List(vec![(*button).clone()]))]);
            prop_assert_eq!(read_reply(Format::BlockKit, &payload).unwrap().choice, Some((*id).to_owned()));
        }
    }

    #[test]
    fn a_text_of_any_kind_is_a_reply_or_an_error_and_no_panic(text in hostile(), name in hostile(), kind in "[a-z_]{0,14}") {
        for format in FORMATS {
            let inner = object([("type", kind.as_str().into()), ("text", text.as_str().into()), ("choice", name.as_str().into())]);
            for payload in [Json::from(text.as_str()), inner.clone(), object([("payload", text.as_str().into())]),
                object([("value", inner.to_text().as_str().into())]), object([("event", inner.clone()), ("type", "event_callback".into())])] {
                match read_reply(format, &payload) {
                    Ok(reply) => prop_assert!(reply.text.is_some() != reply.choice.is_some()),
                    Err(error) => prop_assert!(error.kind == crate::api::problem::ErrorKind::Invalid && !error.hint.is_empty()),
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn limits_are_kept_by_the_longest_of_turns_and_an_ellipsis_tells_so(turn in long_turn()) {
        let card = render(&turn, Format::AdaptiveCard);
        prop_assert!(card.to_text().len() < 28_000, "{} bytes", card.to_text().len());
        let message = render(&turn, Format::BlockKit);
        holds_to_slacks_limits(&message);
        let lengths = turn.messages.iter().map(|one| plain::length(&plain::lines(&one.text).join("\n")));
        if lengths.max().is_some_and(|longest| longest > 3_000) {
            prop_assert!(card.to_text().contains('…') && message.to_text().contains('…'));
        }
    }
}

#[test]
fn even_what_grows_most_by_being_made_harmless_fits_into_a_card() {
    let id = |number: u8| format!("{}{}", "\u{1}".repeat(254), char::from(b'a' + number));
    let choices = (0..25).map(|number| Choice { id: id(number), label: "@".repeat(400), style: None }).collect();
    let message =
        Message { text: "@".repeat(3_000), items: vec!["@".repeat(700); 41], kind: MessageKind::Question, choices };
    let turn = turn(vec![message; 17]);
    let card = render(&turn, Format::AdaptiveCard);
    assert!(card.to_text().len() < 28_000, "{}", card.to_text().len());
    assert_eq!(objects(&card, "Action.Execute").len(), 4);
    holds_to_slacks_limits(&render(&turn, Format::BlockKit));
}

#[test]
fn a_turn_is_readable_in_every_format() {
    let choice = |id: &str, label: &str, style| Choice { id: id.to_owned(), label: label.to_owned(), style };
    let messages = vec![
        Message {
            text: "Outlook is offline.".to_owned(),
            items: vec!["Since 16:30".to_owned(), "*2* accounts".to_owned()],
            kind: MessageKind::Statement,
            choices: vec![],
        },
        Message {
            text: "May I bring it online?".to_owned(),
            items: vec![],
            kind: MessageKind::Question,
            choices: vec![choice("3.yes", "Yes", Some(ChoiceStyle::Primary)), choice("3.no", "No", None)],
        },
    ];
    let turn = turn(messages);
    assert_eq!(
        render(&turn, Format::Text),
        "Outlook is offline.\n- Since 16:30\n- *2* accounts\n\nMay I bring it online?\n1. Yes\n2. No".into()
    );
    assert_eq!(
        render(&turn, Format::Markdown),
        "Outlook is offline.\n\n- Since 16:30\n- \\*2\\* accounts\n\nMay I bring it online?\n\n1. Yes\n2. No".into()
    );
    let card = render(&turn, Format::AdaptiveCard);
    assert_eq!(
        text_at(&card, "speak"),
        "Outlook is offline.\nSince 16:30\n*2* accounts\nMay I bring it online?\n1. Yes\n2. No"
    );
    assert_eq!(text_at(&card, "lang"), "en");
    assert_eq!(objects(&card, "ActionSet").len(), 1);
    let message = render(&turn, Format::BlockKit);
    assert_eq!(
        text_at(&message, "text"),
        "Outlook is offline.\n• Since 16:30\n• ∗2∗ accounts\n\nMay I bring it online?\n1. Yes\n2. No"
    );
    assert_eq!(list(&message, "blocks").len(), 4);
    holds_to_slacks_limits(&message);
}

#[test]
fn a_turn_that_says_nothing_renders_as_nothing() {
    let nothing = turn(vec![]);
    assert_eq!(render(&nothing, Format::Text), "".into());
    assert_eq!(render(&nothing, Format::Markdown), "".into());
    assert_eq!(list(&render(&nothing, Format::BlockKit), "blocks"), []);
    assert_eq!(list(&render(&nothing, Format::AdaptiveCard), "body"), []);
}

#[test]
fn a_language_that_is_none_does_not_come_into_a_card() {
    for (locale, lang) in [("ja", "ja"), ("pt-BR", "pt"), ("", "en"), ("<en>", "en"), ("english", "en")] {
        let turn = Turn { locale: locale.to_owned(), ..turn(vec![]) };
        assert_eq!(text_at(&render(&turn, Format::AdaptiveCard), "lang"), lang, "{locale}");
    }
}
