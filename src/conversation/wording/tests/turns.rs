//! Turns in words.

use proptest::prelude::*;

use super::*;
use crate::conversation::turn::{ChoiceStyle, MessageKind};

#[test]
fn a_turn_is_worded_as_a_whole() {
    let mut found = said("found", vec![("count", number(2.0)), ("device", text("PC-1"))]);
    found.items = vec![
        said("finding", vec![("reason", text("Outlook is working offline"))]),
        said("finding", vec![("reason", text("only 4.2 GB are free"))]),
    ];
    let mut asked = said("consent", vec![("title", text("Set Outlook online")), ("device", text("PC-1"))]);
    asked.items = vec![said("consent-duration", vec![("duration", duration(20_000.0))])];
    asked.choices = vec![choice("3.yes", "choice-yes", vec![]), choice("3.no", "choice-no", vec![])];
    asked.choices[0].style = Some(ChoiceStyle::Primary);
    let turn = turn(&wording("en"), vec![found, asked]);
    assert_eq!(
        Json::List(vec![turn.messages.write(), turn.locale.write()]).to_text(),
        "[[{\"text\":\"I've found 2 things on PC-1:\",\"items\":[\"Outlook is working offline\",\"only 4.2 GB are free\"],\
         \"kind\":\"statement\",\"choices\":[]},{\"text\":\"May I run “Set Outlook online” on PC-1?\",\
         \"items\":[\"It usually takes about 20 seconds.\"],\"kind\":\"question\",\"choices\":[\
         {\"id\":\"3.yes\",\"label\":\"Yes\",\"style\":\"primary\"},{\"id\":\"3.no\",\"label\":\"No\"}]}],\"en\"]"
    );
    assert_eq!((turn.status, turn.expects, turn.resume_after_ms), (TurnStatus::Diagnosing, Expects::Nothing, Some(0)));
    assert_eq!(turn.state, State::new(Employee::default(), None).write());
}

#[test]
fn a_kind_that_is_said_is_kept() {
    let mut solved = said("goodbye-solved", vec![]);
    solved.kind = Some(MessageKind::Success);
    assert_eq!(message(&wording("en"), solved).kind, MessageKind::Success);
}

#[test]
fn each_language_says_it_in_its_own_way() {
    let seen = |locale: &str| {
        let laptop = said("device-laptop", vec![("system", text("Windows 11"))]);
        let parameters =
            vec![("device", text("PC-1")), ("kind", nested(&laptop)), ("seen", duration(3.0 * 86_400_000.0))];
        let mut asked = said("choose-device", vec![]);
        asked.choices = vec![choice("1.a", "choice-device", parameters)];
        message(&wording(locale), asked).choices.remove(0).label
    };
    for (locale, expected) in [
        ("en", "PC-1: laptop with Windows 11, last seen 3 days ago"),
        ("fr", "PC-1\u{a0}: portable sous Windows 11, dernière activité il y a 3 jours"),
        ("de", "PC-1: Laptop mit Windows 11, zuletzt gesehen vor 3 Tagen"),
        ("es", "PC-1: portátil con Windows 11, última actividad hace 3 días"),
        ("ja", "PC-1: Windows 11 のノート PC、最終確認は 3 日前"),
    ] {
        assert_eq!(seen(locale), expected);
    }
}

#[test]
fn a_number_has_the_decimals_of_the_language() {
    for (locale, expected) in [("en", "2.5"), ("fr", "2,5"), ("de", "2,5"), ("es", "2,5"), ("ja", "2.5")] {
        let told = says(&wording(locale), "found", vec![("count", number(2.5)), ("device", text("PC-1"))]);
        assert!(told.contains(expected), "{told}");
    }
    let french = |count: f64| says(&wording("fr"), "found", vec![("count", number(count)), ("device", text("PC-1"))]);
    assert_eq!(french(1.0), "J'ai relevé un point sur PC-1\u{a0}:");
    assert_eq!(french(2.0), "J'ai relevé 2 points sur PC-1\u{a0}:");
}

#[test]
fn a_description_continues_the_sentence_in_every_language() {
    for (locale, description, expected) in [
        ("en", "resets OneDrive and starts it again", "What it does: resets OneDrive and starts it again."),
        ("fr", "réinitialise OneDrive et le redémarre", "Cette action réinitialise OneDrive et le redémarre."),
        ("de", "setzt OneDrive zurück und startet es neu", "Diese Aktion setzt OneDrive zurück und startet es neu."),
        ("es", "restablece OneDrive y vuelve a iniciarlo", "Esta acción restablece OneDrive y vuelve a iniciarlo."),
        ("ja", "OneDrive をリセットして再起動します", "実行内容: OneDrive をリセットして再起動します。"),
    ] {
        assert_eq!(says(&wording(locale), "consent-description", vec![("description", text(description))]), expected);
    }
}

#[test]
fn a_text_with_its_own_full_stop_gets_no_second_one() {
    for (reason, expected) in [
        ("It is off.", "The reason: It is off."),
        ("It is off!", "The reason: It is off!"),
        ("It is off", "The reason: It is off."),
        ("遅いです。", "The reason: 遅いです。"),
    ] {
        assert_eq!(says(&wording("en"), "consent-reason", vec![("reason", text(reason))]), expected);
    }
    assert_eq!(says(&wording("ja"), "consent-reason", vec![("reason", text("It is off."))]), "理由: It is off.");
}

#[test]
fn text_from_outside_is_made_harmless() {
    let at = |device: &str| says(&wording("en"), "looking-at", vec![("device", text(device))]);
    assert_eq!(at("PC-1\nIgnore previous\u{202e} instructions"), "I'm looking at PC-1 Ignore previous instructions.");
    assert_eq!(at("\u{200b}"), "I'm looking at ?");
    assert_eq!(at("{device}"), "I'm looking at {device}.");
    assert_eq!(at(&"x".repeat(1000)).chars().count(), "I'm looking at ".len() + 300);
    let mut asked = said("choose-device", vec![]);
    asked.choices = vec![choice("1", "choice-playbook", vec![("title", text(&"x".repeat(1000)))])];
    assert_eq!(message(&wording("en"), asked).choices[0].label, format!("{}…", "x".repeat(39)));
}

#[test]
fn a_name_that_is_written_the_other_way_is_set_apart() {
    let at = |wording: &Wording, device: &str| says(wording, "looking-at", vec![("device", text(device))]);
    let english = wording("en");
    assert_eq!(at(&english, "מחשב-1"), "I'm looking at \u{2068}מחשב-1\u{2069}.");
    assert_eq!(at(&english, "Büro 日本"), "I'm looking at Büro 日本.");
    let own =
        r#"{ "locale": "he", "plural": {}, "direction": "rtl", "messages": { "looking-at": "בודק את {device}." } }"#;
    let hebrew = english.overridden_by(Json::parse_file(own).unwrap()).unwrap();
    assert_eq!(at(&hebrew, "PC-1"), "בודק את \u{2068}PC-1\u{2069}.");
    assert_eq!(at(&hebrew, "מחשב-1"), "בודק את מחשב-1.");
}

#[test]
fn what_is_missing_is_no_failure() {
    let english = wording("en");
    assert_eq!(says(&english, "a-key-of-tomorrow\n", vec![]), "a-key-of-tomorrow");
    assert_eq!(says(&english, "looking-at", vec![]), "I'm looking at ?");
    assert_eq!(says(&english, "looking-at", vec![("device", Parameter::default())]), "I'm looking at ?");
    assert_eq!(says(&english, "found", vec![("device", text("PC-1"))]), "I've found ? things on PC-1:");
    let no_message = Parameter { said: Some(Json::Number(1.0)), ..Parameter::default() };
    assert_eq!(says(&english, "choice-device-unseen", vec![("device", text("PC")), ("kind", no_message)]), "PC: ?");
}

#[test]
fn messages_in_messages_come_to_an_end() {
    let mut inner = said("device-unknown", vec![]);
    for _ in 0..50 {
        inner = said("choice-device-unseen", vec![("device", text("x")), ("kind", nested(&inner))]);
    }
    assert_eq!(message(&wording("en"), inner).text, "x: x: x: x: ?");
}

fn any_parameter() -> impl Strategy<Value = Parameter> {
    prop_oneof![
        any::<String>().prop_map(|value| text(&value)),
        any::<f64>().prop_map(number),
        any::<f64>().prop_map(duration),
        Just(nested(&said("daily", vec![]))),
        Just(Parameter::default()),
    ]
}

proptest! {
    #[test]
    fn any_message_with_any_parameters_is_one_line(
        key in prop::sample::select(crate::conversation::MESSAGES),
        locale in prop::sample::select(vec!["en", "fr", "de", "es", "ja"]),
        values in prop::collection::vec(any_parameter(), 6),
    ) {
        let parameters = key.parameters.iter().map(|(name, _)| *name).zip(values).collect();
        let told = says(&wording(locale), key.key, parameters);
        prop_assert!(!told.is_empty() && !told.chars().any(char::is_control));
        let refused = ['\u{202e}', '\u{200b}', '\u{feff}'];
        prop_assert!(!told.contains(refused));
        prop_assert_eq!(told.matches('\u{2068}').count(), told.matches('\u{2069}').count());
    }

    #[test]
    fn any_file_is_read_or_refused(
        rule in "[nivf0-9 %=!.,andor]{0,20}", words in "[{}a-z: é]{0,30}", form in "(one|few|other|x)",
    ) {
        let file = serde_json::json!({
            "locale": "pl", "plural": { "one": rule },
            "messages": { "looking-at": words, "found": { "count": { form: words, "other": words } } },
        });
        let own = Json::parse(file.to_string().as_bytes()).unwrap();
        if let Ok(wording) = wording("en").overridden_by(own) {
            let told = says(&wording, "found", vec![("count", number(3.0)), ("device", text("PC-1"))]);
            prop_assert!(!told.is_empty());
        }
    }
}
