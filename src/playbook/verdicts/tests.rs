//! The verdicts on a text are those of `evaluate` on the table of the same text, whatever the rows, their shape and the
//! rules.

use std::sync::LazyLock;

use proptest::prelude::*;

mod written;

use super::*;
use crate::playbook::{Circumstances, Library, Verdict};
use written::any_written;

/// Columns of every kind, as the API names them, and how else a tenant might return them.
const COLUMNS: [[&str; 2]; 12] = [
    ["device.collector.uid", "collector.uid"],
    ["device.boot.days_since_last_full_boot", "boot.days_since_last_full_boot"],
    ["device.operating_system.name", "OPERATING_SYSTEM.NAME"],
    ["device.last_seen", "last_seen"],
    ["free_space", "FREE_SPACE"],
    ["packages", "Packages"],
    ["remote_action.get_x.execution.outputs.Number", "outputs.Number"],
    ["remote_action.get_x.execution.outputs.Word", "execution.outputs.Word"],
    ["remote_action.get_x.execution.outputs.Names", "Names"],
    ["remote_action.get_x.execution.status", "remote_action.GET_X.execution.status"],
    ["remote_action.get_x.execution.time", "get_x.execution.time"],
    ["remote_action.get_y.execution.outputs.Names", "get_y.execution.outputs.Names"],
];

const QUERY: &str = "devices during past 7d
    | where name == $device_name
    | include device_performance.events during past 24h
    | compute free_space = system_drive_free_space.avg()
    | include package.installed_packages
    | compute packages = package.name.count()
    | list collector.uid, boot.days_since_last_full_boot, operating_system.name, last_seen, free_space, packages,
      remote_action.get_x.execution.outputs.Number, remote_action.get_x.execution.outputs.Word,
      remote_action.get_x.execution.outputs.Names, remote_action.get_x.execution.status,
      remote_action.get_x.execution.time, remote_action.get_y.execution.outputs.Names";

const CELLS: [&str; 44] = [
    "null",
    "true",
    "false",
    "0",
    "1",
    "-3.5",
    "12",
    "5.95",
    "1e3",
    "-0",
    "1234567",
    "12345678",
    "41.3333333",
    "1234567.5",
    "\"1234567\"",
    "\"0.125\"",
    "\"\"",
    "\" \"",
    "\"-\"",
    "\" - \"",
    "\"12\"",
    "\" 5.95 \"",
    "\"n/a\"",
    "\"No\"",
    "\"no\"",
    "\"Windows 11 Pro\"",
    "\"W\\u0069ndows \\\"11\\\"\"",
    "\"é\"",
    "\"success\"",
    "\"Success\"",
    "\"failure\"",
    "\"2026-11-20T10:00:00Z\"",
    "\"2026-11-18 10:00:00\"",
    "[]",
    "[ \"-\" ]",
    "[\"Zoom\",\"-\"]",
    "[\"Zoom\",\"Tea\\u006ds\"]",
    "[1,null,[\"x\"],{\"a\":\"-\"}]",
    "\"[]\"",
    "\"[\\\"-\\\"]\"",
    "\"[\\\"Zoom\\\", \\\"Teams\\\"]\"",
    "\"Zoom\"",
    "{\"a\":[1]}",
    "\"16.0.4266\"",
];

const CONDITIONS: [&str; 22] = [
    "boot.days_since_last_full_boot > 10",
    "free_space <= 6",
    "packages >= 1",
    "packages == 0",
    "packages != null",
    "operating_system.name == \"Windows*\"",
    "operating_system.name in [\"Windows 11*\", \"é\", null]",
    "operating_system.name !in [\"n/a\", \"zoom\"]",
    "operating_system.name contains \"o\"",
    "last_seen == null",
    "Number > 0",
    "Number + free_space > 10",
    "Number / packages < 3",
    "Word == \"No\"",
    "Word != \"No\"",
    "Word == null",
    "remote_action.get_x.execution.status == success",
    "remote_action.get_x.execution.outputs.Names != [\"-\"]",
    "remote_action.get_x.execution.outputs.Names == []",
    "remote_action.get_x.execution.outputs.Names contains \"zoom\"",
    "remote_action.get_y.execution.outputs.Names == [\"Zoom\", \"*e*\"]",
    "remote_action.get_y.execution.outputs.Names !contains \"x\"",
];

fn any_condition() -> impl Strategy<Value = String> {
    let part = prop::sample::select(&CONDITIONS[..]).prop_map(str::to_owned);
    part.prop_recursive(2, 6, 3, |inner| {
        (prop::collection::vec(inner, 1..4), any::<bool>())
            .prop_map(|(parts, all)| format!("({})", parts.join(if all { " and " } else { " or " })))
    })
}

/// The JSON of a rule: what must hold, perhaps what must not, perhaps how fresh facts must be, and what it recommends.
fn any_rule() -> impl Strategy<Value = String> {
    let freshness = [
        "",
        r#""freshness": [{"fact": "Word", "maxAge": "1d"}],"#,
        r#""freshness": [{"fact": "Number", "maxAge": "1d", "time": "last_seen"}],"#,
        r#""freshness": [{"fact": "get_y.execution.outputs.Names", "maxAge": "1d"}],"#,
    ];
    let unless = prop::option::weighted(0.3, any_condition());
    (prop::option::weighted(0.9, any_condition()), unless, prop::sample::select(freshness.to_vec())).prop_map(
        |(when, unless, freshness)| {
            let text = |text: &str| serde_json::to_string(text).unwrap();
            let when = when.map_or(r#""always": true"#.to_owned(), |when| format!(r#""when": {}"#, text(&when)));
            let unless = unless.map(|unless| format!(r#""unless": {},"#, text(&unless))).unwrap_or_default();
            format!("{when}, {unless} {freshness}")
        },
    )
}

/// A rule that only compares numbers.
fn any_number_rule() -> impl Strategy<Value = String> {
    let columns = prop::sample::select(vec!["boot.days_since_last_full_boot", "free_space", "packages"]);
    let left = (columns.clone(), prop::option::of((prop::sample::select(vec!["+", "-", "*", "/"]), columns)));
    let comparison = prop::sample::select(vec!["<", "<=", "==", "!=", ">=", ">"]);
    (left, comparison, prop::sample::select(vec!["0", "1", "5.95", "12", "1234567"])).prop_map(
        |((column, with), comparison, right)| {
            let with = with.map(|(operator, column)| format!("{operator} {column}")).unwrap_or_default();
            format!(r#""when": "{column} {with} {comparison} {right}","#)
        },
    )
}

fn any_playbook(rule: impl Strategy<Value = String>) -> impl Strategy<Value = Playbook> {
    prop::collection::vec(rule, 1..5).prop_filter_map("a rule that is refused", |rules| {
        let rules: Vec<String> =
            rules.iter().enumerate().map(|(at, rule)| format!(r#"{{"id": "rule-{at}", {rule} "reason": {{"en": "x"}}, "advice": {{"en": "x"}}}}"#)).collect();
        let json = format!(
            r##"{{"id": "generated", "version": "1.0.0", "title": {{"en": "Generated"}}, "query": {{"id": "#generated"}},
            "lists": ["get_x.execution.outputs.Names", "get_y.execution.outputs.Names"],
            "dataCollection": [{{"remoteActionId": "get_y", "title": "Get Y", "schedule": "daily"}}],
            "rules": [{}]}}"##,
            rules.join(",")
        );
        Playbook::compile(&json, Some(QUERY)).ok()
    })
}

/// What `evaluate` says of the table of a text.
fn evaluated(playbook: &Playbook, text: &str, now: Option<Timestamp>) -> Option<Vec<u8>> {
    let table = rows_in(text.as_bytes())?;
    let circumstances =
        Circumstances { locale: "en", now, remote_action_id: &|action| action.remote_action_id.clone() };
    let mut bytes = Vec::new();
    for row in 0..table.rows.len() {
        let facts = playbook.facts(&table, row, &[]).unwrap();
        let evaluation = playbook.evaluate(&facts, &circumstances);
        for finding in &evaluation.findings {
            let verdict = match finding.verdict {
                Verdict::NoMatch => NO_MATCH,
                Verdict::Unknown => UNKNOWN,
                Verdict::Match => MATCH,
            };
            bytes.push(verdict);
        }
    }
    Some(bytes)
}

fn judged(judge: &mut Judge, text: &str, now: Option<Timestamp>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    judge.verdicts(text.as_bytes(), now, &mut bytes).ok().map(|()| bytes)
}

fn now() -> Option<Timestamp> {
    Timestamp::parse("2026-11-20T12:00:00Z")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn verdicts_on_texts_are_those_of_evaluate(
        playbook in prop_oneof![any_playbook(any_rule()), any_playbook(any_number_rule())],
        answers in prop::collection::vec(any_written(), 1..4),
        knows_time in any::<bool>(),
    ) {
        let mut judge = Judge::new(Arc::new(playbook.clone()));
        let now = now().filter(|_| knows_time);
        for answer in &answers {
            let text = answer.text(&COLUMNS);
            prop_assert_eq!(judged(&mut judge, &text, now), evaluated(&playbook, &text, now), "{}", text);
        }
    }

    #[test]
    fn verdicts_of_the_built_in_playbooks_are_those_of_evaluate(
        position in any::<prop::sample::Index>(),
        answers in prop::collection::vec(any_written(), 1..4),
    ) {
        let playbooks: Vec<&Playbook> = built_in().iter().collect();
        let playbook = position.get(&playbooks);
        let names: Vec<[&str; 2]> =
            playbook.columns.iter().map(|column| [column.name.as_str(), column.name.trim_start_matches("device.")]).collect();
        let mut judge = Judge::new(Arc::new((*playbook).clone()));
        for answer in &answers {
            let text = answer.text(&names);
            prop_assert_eq!(judged(&mut judge, &text, None), evaluated(playbook, &text, None), "{}", text);
        }
    }

    #[test]
    fn any_other_text_is_refused_or_read_as_the_table_is(text in "[\\[\\]{}:,\"\\\\ 0-9.eE\\-truefalsndh]{0,40}") {
        let playbook = built_in().get("slow-pc").unwrap();
        let mut judge = Judge::new(Arc::new(playbook.clone()));
        prop_assert_eq!(judged(&mut judge, &text, None), evaluated(playbook, &text, None));
    }
}

fn built_in() -> &'static Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::built_in().unwrap());
    &LIBRARY
}

#[test]
fn odd_answers_are_read_as_the_table_is() {
    let texts = [
        r#"{"data":[{"free_space":1}],"headers":["free_space"]}"#,
        r#"{"headers":["free_space"],"headers":["packages"],"data":[[1]]}"#,
        r#"{"headers":["free_space"],"data":[{"free_space":1}]}"#,
        r#"{"headers":["free_space"],"data":[[1],{"outdated_office_packages":1}]}"#,
        r#"{"headers":["free_space","free_space"],"data":[[1,2]]}"#,
        r#"{"headers":["free_space"],"data":[[1,2]]}"#,
        r#"{"headers":["free_space"],"data":[[]]}"#,
        r#"{"headers":[],"data":[[]]}"#,
        r#"{"headers":["free_space"]}"#,
        r#"{"headers":null,"data":[{"free_space":1}]}"#,
        r#"{"d\u0061ta":[{"free_space":1}]}"#,
        r#"{"h\u0065aders":["free_space"],"data":[[1]]}"#,
        r#"{"data":null,"data":[{"free_space":1}]}"#,
        r#"{"data":[{"free_space":1}],"data":[]}"#,
        r#"{"data":[{"free_space":1,"free_space":2}]}"#,
        r#"{"data":[{"free_space":1},{"free\u005fspace":2}]}"#,
        r#"{"data":[{},{"outdated_office_packages":null}]}"#,
        r#"{"data":[{"free_space":1},{"free_space":1,"outdated_office_packages":null}]}"#,
        r#"[{"free_space":"5.5"}]"#,
        r#"{"free_space":"5.5"}"#,
        "[]",
        "[[]]",
        "{}",
        "{\"free_space\":1",
        "{free_space:1}",
        "{\"data\":[{1:2}]}",
        "[{},}]",
        "[{ },\n}]",
        "{\"data\":[{},{},}]}",
        "{\"headers\":[],\"data\":[[],]]}",
        "{\"headers\":[],\"data\":[[],[]]}",
        "null",
        "",
    ];
    // The rules of one read nothing but numbers, those of the other texts.
    for id in ["slow-pc", "onedrive"] {
        let playbook = built_in().get(id).unwrap();
        let mut judge = Judge::new(Arc::new(playbook.clone()));
        for text in texts {
            // What the text before was like makes no difference.
            for _ in 0..2 {
                assert_eq!(judged(&mut judge, text, None), evaluated(playbook, text, None), "{id} {text}");
            }
        }
    }
}

#[test]
fn cells_are_nested_as_deep_as_in_a_table() {
    let playbook = built_in().get("slow-pc").unwrap();
    for depth in 120..130 {
        let nested = ["[".repeat(depth), "]".repeat(depth)].concat();
        for (name, shape) in [("free_space", "V1"), ("x", "V1"), ("free_space", "V2"), ("x", "V2"), ("x", "row")] {
            let text = match shape {
                "V1" => format!(r#"{{"headers":["{name}"],"data":[[1],[{nested}]]}}"#),
                "V2" => format!(r#"{{"data":[{{"{name}":1}},{{"{name}":{nested}}}]}}"#),
                _ => format!(r#"{{"{name}":{nested}}}"#),
            };
            let mut judge = Judge::new(Arc::new(playbook.clone()));
            assert_eq!(judged(&mut judge, &text, None), evaluated(playbook, &text, None), "{shape} {name} {depth}");
        }
    }
}

#[test]
fn the_names_of_an_answer_are_looked_up_once_and_kept() {
    let mut judge = Judge::new(built_in().shared("slow-pc").unwrap());
    let mut verdicts = Vec::new();
    judge
        .verdicts(br#"{"data":[{"name":"x","free_space":5},{"name":"y","free_space":7}]}"#, None, &mut verdicts)
        .unwrap();
    assert_eq!(judge.layout.cells.len(), 2);
    assert_eq!(verdicts.chunks(5).map(|row| row[1]).collect::<Vec<_>>(), [MATCH, NO_MATCH]);
}

#[test]
fn what_is_not_utf8_is_refused() {
    let mut judge = Judge::new(built_in().shared("slow-pc").unwrap());
    for text in [&b"{\"data\":[{\"a\":\"\xff\"}]}"[..], b"{\"a\xff\":1}", b"{\"free_space\":\"\\u0041\xc3\"}"] {
        let mut verdicts = vec![7];
        let error = judge.verdicts(text, None, &mut verdicts).unwrap_err();
        assert!(error.message.contains("no rows"), "{error:?}");
        assert_eq!(verdicts, [7]);
    }
}
