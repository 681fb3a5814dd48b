//! What a host gives: single messages, lists of commands, a language of its own.

use super::*;
use crate::conversation::wording::{WordingProblem, WordingSeverity, nearest_locale};

fn json(text: &str) -> Json {
    Json::parse_file(text).unwrap()
}

/// A language that the package does not have: with few and many, which no language of the package has. It is not
/// complete, so that what is missing can be told.
const POLISH: &str = r#"{
  "locale": "pl",
  "plural": {
    "one": "i = 1 and v = 0",
    "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
    "many": "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14"
  },
  "decimal": ",",
  "commands": { "yes": ["tak", "t", "dobrze"], "no": ["nie", "n"] },
  "messages": {
    "greeting": "Dzień dobry, pomagam w problemach z komputerem.",
    "looking-at": "Sprawdzam {device}.",
    "found": { "count": {
      "one": "Na {device} jest {count} problem:", "few": "Na {device} są {count} problemy:",
      "many": "Na {device} jest {count} problemów:", "other": "Na {device} jest {count} problemu:"
    } },
    "duration-seconds": { "count": { "one": "{count} sekunda", "few": "{count} sekundy", "many": "{count} sekund", "other": "{count} sekundy" } },
    "duration-minutes": { "count": { "one": "{count} minuta", "few": "{count} minuty", "many": "{count} minut", "other": "{count} minuty" } },
    "duration-hours": { "count": { "one": "{count} godzina", "few": "{count} godziny", "many": "{count} godzin", "other": "{count} godziny" } },
    "duration-days": { "count": { "one": "{count} dzień", "few": "{count} dni", "many": "{count} dni", "other": "{count} dnia" } },
    "duration-seconds:accusative": { "count": { "one": "{count} sekundę", "few": "{count} sekundy", "many": "{count} sekund", "other": "{count} sekundy" } },
    "duration-minutes:accusative": { "count": { "one": "{count} minutę", "few": "{count} minuty", "many": "{count} minut", "other": "{count} minuty" } },
    "duration-hours:accusative": { "count": { "one": "{count} godzinę", "few": "{count} godziny", "many": "{count} godzin", "other": "{count} godziny" } },
    "duration-days:accusative": { "count": { "one": "{count} dzień", "few": "{count} dni", "many": "{count} dni", "other": "{count} dnia" } },
    "consent-duration": "Czas trwania: {duration}.",
    "unknown-fact-stale": "Wartość „{fact}” jest znana sprzed {age:accusative}."
  }
}"#;

#[test]
fn a_language_of_the_hosts_own_has_its_own_plural_forms() {
    let polish = wording("en").overridden_by(json(POLISH)).unwrap();
    assert_eq!(polish.locale(), "pl");
    let found = |count: f64| says(&polish, "found", vec![("count", number(count)), ("device", text("PC-1"))]);
    assert_eq!(found(1.0), "Na PC-1 jest 1 problem:");
    assert_eq!(found(2.0), "Na PC-1 są 2 problemy:");
    assert_eq!(found(5.0), "Na PC-1 jest 5 problemów:");
    assert_eq!(found(12.0), "Na PC-1 jest 12 problemów:");
    assert_eq!(found(22.0), "Na PC-1 są 22 problemy:");
    assert_eq!(found(1.5), "Na PC-1 jest 1,5 problemu:");
    let lasts = |minutes: f64| says(&polish, "consent-duration", vec![("duration", duration(minutes * 60_000.0))]);
    assert_eq!(
        [1.0, 3.0, 10.0].map(lasts),
        ["1 minuta", "3 minuty", "10 minut"].map(|told| format!("Czas trwania: {told}."))
    );
    let stale = vec![("fact", text("IsOnline")), ("age", duration(3_600_000.0))];
    assert_eq!(says(&polish, "unknown-fact-stale", stale), "Wartość „IsOnline” jest znana sprzed 1 godzinę.");
}

#[test]
fn what_a_language_does_not_have_is_said_in_english_and_in_english_alone() {
    let polish = wording("en").overridden_by(json(POLISH)).unwrap();
    // The message is English, so its duration is.
    let stale = vec![
        ("supplier", text("Get X")),
        ("schedule", nested(&said("daily", vec![]))),
        ("age", duration(3.0 * 86_400_000.0)),
    ];
    assert_eq!(
        says(&polish, "unknown-stale", stale),
        "What “Get X” reports was last collected 3 days ago, which is too old to rely on. It runs every day and would supply it anew."
    );
    assert_eq!(polish.commands().yes, ["tak", "t", "dobrze"]);
    assert_eq!(polish.commands().what_is_this, wording("en").commands().what_is_this);
}

#[test]
fn what_a_language_does_not_have_is_told() {
    let found = wording("en").check(json(POLISH));
    assert!(found.iter().all(|problem| problem.severity == WordingSeverity::Warning));
    let all = crate::conversation::wording::catalogue::keys().count();
    assert_eq!(found.len(), all - 9);
    assert_eq!(
        found[0],
        WordingProblem {
            severity: WordingSeverity::Warning,
            pointer: "/messages/ask-symptom".into(),
            message: "there is no text for this message".into(),
            help: "write it: it would be said in English".into(),
        }
    );
}

#[test]
fn single_messages_and_commands_take_the_place_of_those_of_the_package() {
    let own = r#"{ "messages": {
        "greeting": "Hallo, hier ist Otto.", "duration-days": { "count": { "one": "{count} Arbeitstag", "other": "{count} Arbeitstage" } }
    }, "commands": { "yes": ["jawoll"] } }"#;
    let german = wording("de").overridden_by(json(own)).unwrap();
    assert_eq!(german.locale(), "de");
    assert_eq!(says(&german, "greeting", vec![]), "Hallo, hier ist Otto.");
    assert_eq!(says(&german, "ask-helped", vec![]), "Hat es geholfen?");
    // Its own units stand in the package's messages, too.
    let lasts = vec![("duration", duration(3.0 * 86_400_000.0))];
    assert_eq!(says(&german, "consent-duration", lasts), "Das dauert in der Regel etwa 3 Arbeitstage.");
    assert_eq!(german.commands().yes, ["jawoll"]);
    assert_eq!(german.commands().no, wording("de").commands().no);
    assert_eq!(wording("de").check(json(own)), []);
}

#[test]
fn a_region_has_the_rules_of_its_language() {
    let own = r#"{ "locale": "de-CH", "decimal": ".", "messages": {
        "ask-wait": "Soll ich es nochmals versuchen oder ohne das weitermachen?",
        "found": { "count": { "one": "Ein Befund auf {device}:", "other": "{count} Befunde auf {device}:" } }
    } }"#;
    let swiss = wording("de").overridden_by(json(own)).unwrap();
    assert_eq!(swiss.locale(), "de-CH");
    assert_eq!(says(&swiss, "found", vec![("count", number(2.5)), ("device", text("PC-1"))]), "2.5 Befunde auf PC-1:");
    assert_eq!(says(&swiss, "goodbye-solved", vec![]), "Schön, dass es geholfen hat. Auf Wiedersehen!");
}

#[test]
fn the_nearest_locale_serves() {
    let available = ["en", "fr", "de", "es", "ja", "de-AT"];
    for (wanted, expected) in
        [("de-CH", "de"), ("de-AT", "de-AT"), ("DE", "de"), ("ja_JP", "ja"), ("pl", "en"), ("", "en"), ("-", "en")]
    {
        assert_eq!(nearest_locale(wanted, &available), expected, "{wanted}");
    }
    assert_eq!(nearest_locale("de", &[]), "en");
}

#[test]
fn what_is_wrong_in_a_hosts_wording_is_told_with_its_place() {
    for (own, expected) in [
        ("[]", ": this is not an object (compare it with the files in the package's folder `wording`)"),
        (r#"{ "mesages": {} }"#, "/mesages: `mesages` is not known here (did you mean `messages`?)"),
        (
            r#"{ "locale": "polski język" }"#,
            "/locale: this is no locale (write a language, and a region if need be, as in `pl` or `de-CH`)",
        ),
        (
            r#"{ "decimal": "" }"#,
            "/decimal: this is not one character (write what stands before the decimals: `.` or `,`)",
        ),
        (
            r#"{ "direction": "up" }"#,
            "/direction: this is not `ltr` or `rtl` (compare it with the files in the package's folder `wording`)",
        ),
        (r#"{ "plural": { "on": "n = 1" } }"#, "/plural/on: CLDR knows no such plural form (did you mean `one`?)"),
        (
            r#"{ "plural": { "other": "n = 1" } }"#,
            "/plural/other: `other` has no rule (leave it out: it is what the other rules leave)",
        ),
        (
            r#"{ "plural": { "one": "n is 1" } }"#,
            "/plural/one: the rule cannot be read at letter 3: expected `=` or `!=` (copy the rule from CLDR's plural rules)",
        ),
        (r#"{ "commands": { "yess": ["y"] } }"#, "/commands/yess: there is no such command (did you mean `yes`?)"),
        (
            r#"{ "commands": { "no": "n" } }"#,
            "/commands/no: this is not a list (compare it with the files in the package's folder `wording`)",
        ),
        (
            r#"{ "messages": { "greting": "Hi" } }"#,
            "/messages/greting: no message has this key (did you mean `greeting`?)",
        ),
        (
            r#"{ "messages": { "greeting": " " } }"#,
            "/messages/greeting: the text is empty (write it, or leave the key out: the next language's is taken)",
        ),
        (
            r#"{ "messages": { "greeting": "a\nb" } }"#,
            "/messages/greeting: the text has a control character (write it on one line, without tabs)",
        ),
        (
            r#"{ "messages": { "greeting": "a", "greeting": "b" } }"#,
            "/messages/greeting: this key stands here twice (leave one of them out)",
        ),
        (
            r#"{ "messages": { "greeting": 5 } }"#,
            "/messages/greeting: this is not a text or `{ \"count\": { \"one\": \"…\", \"other\": \"…\" } }` (compare it with the files in the package's folder `wording`)",
        ),
        (
            r#"{ "messages": { "looking-at": "at {device" } }"#,
            "/messages/looking-at: `{` is not closed (write `}` after the parameter's name)",
        ),
        (
            r#"{ "messages": { "looking-at": "at {device {" } }"#,
            "/messages/looking-at: `{` is not closed (write `}` after the parameter's name)",
        ),
        (
            r#"{ "messages": { "looking-at": "at device}" } }"#,
            "/messages/looking-at: `}` without a `{` before it (write `{` before the parameter's name)",
        ),
        (
            r#"{ "messages": { "looking-at": "at {devices}" } }"#,
            "/messages/looking-at: the message has no parameter `devices` (did you mean `device`?)",
        ),
        (
            r#"{ "messages": { "looking-at": "at {xyz}" } }"#,
            "/messages/looking-at: the message has no parameter `xyz` (its parameters are device)",
        ),
        (
            r#"{ "messages": { "greeting": "Hi {name}" } }"#,
            "/messages/greeting: the message has no parameter `name` (it has none)",
        ),
        (
            r#"{ "messages": { "looking-at": "at {device:dative}" } }"#,
            "/messages/looking-at: `device` has no forms (only durations and messages of the wording have forms: leave it out)",
        ),
        (
            r#"{ "messages": { "consent-duration": "{duration:short}" } }"#,
            "/messages/consent-duration: `{duration:short}` needs the message `duration-days:short` (write it, or leave the form out)",
        ),
        (
            r#"{ "messages": { "found": { "count": { "one": "one" } } } }"#,
            "/messages/found/count: the plural form `other` is missing (write it: some numbers take it)",
        ),
        (
            r#"{ "messages": { "found": { "count": { "one": "one", "few": "some", "other": "many" } } } }"#,
            "/messages/found/count/few: the language has no such plural form (by the rules in `plural` they are one, other)",
        ),
        (
            r#"{ "messages": { "found": { "device": { "one": "one", "other": "many" } } } }"#,
            "/messages/found/device: this is no number of the message (its numbers are count)",
        ),
        (
            r#"{ "messages": { "found": {} } }"#,
            "/messages/found: plural forms go by one parameter (write the forms under the name of one number)",
        ),
    ] {
        let found = wording("en").check(json(own));
        let told: Vec<String> = found
            .iter()
            .filter(|problem| problem.severity == WordingSeverity::Error)
            .map(|problem| format!("{}: {} ({})", problem.pointer, problem.message, problem.help))
            .collect();
        assert_eq!(told.first().map(String::as_str), Some(expected), "{own}");
        let error = wording("en").overridden_by(json(own)).unwrap_err();
        assert!(
            error.message.starts_with("the wording `") || error.message.starts_with("the wording has"),
            "{error:?}"
        );
    }
}

#[test]
fn one_error_tells_the_first_mistake() {
    let two = r#"{ "locale": "pl", "messages": { "greting": "Hi" } }"#;
    let error = wording("en").overridden_by(json(two)).unwrap_err();
    assert_eq!(error.message, "the wording `pl` has 2 mistakes, the first: `plural` is missing");
    assert!(error.hint.contains("CLDR"));
    let error = wording("en").overridden_by(json(r#"{ "messages": { "greting": "Hi" } }"#)).unwrap_err();
    assert_eq!(error.message, "the wording `en` has a mistake at /messages/greting: no message has this key");
    assert_eq!(Wording::read("{").unwrap_err().message, "the wording is not JSON");
    let error = Wording::read(r#"{ "locale": "en", "plural": {} }"#).unwrap_err();
    assert!(error.message.ends_with("the first at /messages/greeting: the message is missing"), "{error:?}");
}
