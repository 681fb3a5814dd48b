//! The verdicts on a text are those of `evaluate` on the table of the same text, whatever the rows, their shape and the
//! rules.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::playbook::{Circumstances, Library, Verdict};

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

const CELLS: [&str; 37] = [
    "null",
    "true",
    "false",
    "0",
    "1",
    "-3.5",
    "12",
    "5.95",
    "1e3",
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
    let outcome = [
        r#""advice": {"en": "Restart"}"#,
        r#""advice": {}"#,
        r#""remoteAction": "plain""#,
        r#""remoteAction": "with_text""#,
        r#""remoteAction": "with_facts""#,
    ];
    let unless = prop::option::weighted(0.3, any_condition());
    let (freshness, outcome) = (prop::sample::select(freshness.to_vec()), prop::sample::select(outcome.to_vec()));
    (prop::option::weighted(0.9, any_condition()), unless, freshness, outcome).prop_map(
        |(when, unless, freshness, outcome)| {
            let text = |text: &str| serde_json::to_string(text).unwrap();
            let when = when.map_or(r#""always": true"#.to_owned(), |when| format!(r#""when": {}"#, text(&when)));
            let unless = unless.map(|unless| format!(r#""unless": {},"#, text(&unless))).unwrap_or_default();
            format!(r#"{when}, {unless} {freshness} "reason": {{"en": "because"}}, {outcome}"#)
        },
    )
}

fn any_playbook() -> impl Strategy<Value = Playbook> {
    prop::collection::vec(any_rule(), 1..5).prop_filter_map("a rule that is refused", |rules| {
        let rules: Vec<String> =
            rules.iter().enumerate().map(|(at, rule)| format!(r#"{{"id": "rule-{at}", {rule}}}"#)).collect();
        let json = format!(
            r##"{{"id": "generated", "version": "1.0.0", "title": {{"en": "Generated"}}, "query": {{"id": "#generated"}},
            "lists": ["get_x.execution.outputs.Names", "get_y.execution.outputs.Names"],
            "dataCollection": [{{"remoteActionId": "get_y", "title": "Get Y", "schedule": "daily"}}],
            "remoteActions": {{
                "plain": {{"title": "Plain", "risk": "safe"}},
                "with_text": {{"title": "Text", "risk": "safe", "parameters": {{"Name": "x"}}}},
                "with_facts": {{"title": "Facts", "risk": "safe", "parameters": {{
                    "Names": {{"facts": ["get_y.execution.outputs.Names", "get_x.execution.outputs.Names"]}},
                    "Number": {{"facts": ["Number"]}} }} }}
            }}, "rules": [{}]}}"##,
            rules.join(",")
        );
        Playbook::compile(&json, Some(QUERY)).ok()
    })
}

/// How a tenant may write an answer.
#[derive(Debug, Clone, Copy)]
enum Shape {
    V1,
    V2,
    Rows,
    OneRow,
}

/// Rows of cells for these columns; `names`: for each column, how it is called, or that it is left out.
#[derive(Debug, Clone)]
struct Written {
    shape: Shape,
    names: Vec<Option<bool>>,
    cells: Vec<Vec<&'static str>>,
    /// A row, of which a column is left out or comes first.
    odd: Option<(usize, usize, bool)>,
    pretty: bool,
    extra: Option<&'static str>,
}

fn any_written() -> impl Strategy<Value = Written> {
    let shape = prop::sample::select(vec![Shape::V1, Shape::V1, Shape::V2, Shape::V2, Shape::Rows, Shape::OneRow]);
    let name = prop_oneof![18 => Just(Some(false)), 1 => Just(Some(true)), 1 => Just(None)];
    let cells = prop::collection::vec(prop::collection::vec(prop::sample::select(&CELLS[..]), COLUMNS.len()), 0..4);
    (
        (shape, prop::collection::vec(name, COLUMNS.len()), cells),
        prop::option::weighted(0.2, (0..3_usize, 0..COLUMNS.len(), any::<bool>())),
        prop::bool::weighted(0.2),
        prop::option::weighted(0.1, prop::sample::select(vec!["device.name", "free_space", "a\\\"b", "packages"])),
    )
        .prop_map(|((shape, names, cells), odd, pretty, extra)| Written {
            shape,
            names,
            cells,
            odd,
            pretty,
            extra,
        })
}

impl Written {
    fn text(&self, columns: &[[&str; 2]]) -> String {
        let space = if self.pretty { " \n" } else { "" };
        let mut headers = Vec::new();
        for (column, name) in columns.iter().zip(&self.names) {
            headers.extend(name.map(|other| format!("\"{}\"", column[usize::from(other)])));
        }
        headers.extend(self.extra.map(|name| format!("\"{name}\"")));
        let mut rows = Vec::new();
        for (at, cells) in self.cells.iter().enumerate() {
            let cells = headers.iter().zip(cells.iter().chain(&["\"extra\""]));
            let mut cells: Vec<String> = cells
                .map(|(name, cell)| match self.shape {
                    Shape::V1 => (*cell).to_owned(),
                    _ => format!("{name}{space}:{space}{cell}"),
                })
                .collect();
            if let Some((row, column, left_out)) = self.odd
                && row == at
                && column < cells.len()
            {
                let cell = cells.remove(column);
                if !left_out {
                    cells.insert(0, cell);
                }
            }
            let cells = cells.join(&format!("{space},{space}"));
            rows.push(match self.shape {
                Shape::V1 => format!("[{space}{cells}{space}]"),
                _ => format!("{{{space}{cells}{space}}}"),
            });
        }
        let data = rows.join(",");
        let head = format!(r##"{{"queryId":"#q","executedQuery":"devices\n| list \"x\"","rows":{}"##, rows.len());
        match self.shape {
            Shape::V1 => format!(r#"{head},{space}"headers":[{}],{space}"data":[{data}]}}"#, headers.join(",")),
            Shape::V2 => format!(r#"{head},"executionDateTime":"2026-11-20T10:05:01","data":{space}[{data}]}}"#),
            Shape::Rows => format!("{space}[{data}]"),
            Shape::OneRow => rows.into_iter().next().unwrap_or_else(|| "{}".into()),
        }
    }
}

/// What `evaluate` says of the table of a text.
fn evaluated(playbook: &Playbook, text: &str, occasion: Occasion<'_>) -> Option<Vec<u8>> {
    let table = rows_in(text.as_bytes())?;
    let circumstances =
        Circumstances { locale: "en", now: occasion.now, remote_action_id: &|action| action.remote_action_id.clone() };
    let mut bytes = Vec::new();
    for row in 0..table.rows.len() {
        let facts = playbook.facts(&table, row, occasion.collected).unwrap();
        let evaluation = playbook.evaluate(&facts, &circumstances);
        for finding in &evaluation.findings {
            let verdict = match finding.verdict {
                Verdict::NoMatch => NO_MATCH,
                Verdict::Unknown => UNKNOWN,
                Verdict::Match => MATCH,
            };
            let is_recommended = evaluation.recommendations.iter().any(|one| one.rule == finding.rule);
            bytes.push(verdict + if is_recommended { RECOMMENDED } else { 0 });
        }
    }
    Some(bytes)
}

fn judged(judge: &mut Judge, text: &str, occasion: Occasion<'_>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    judge.verdicts(text.as_bytes(), occasion, &mut bytes).ok().map(|()| bytes)
}

fn asked() -> Occasion<'static> {
    Occasion { recommends: true, ..Occasion::default() }
}

fn now() -> Option<Timestamp> {
    Timestamp::parse("2026-11-20T12:00:00Z")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn verdicts_on_texts_are_those_of_evaluate(
        playbook in any_playbook(),
        answers in prop::collection::vec(any_written(), 1..4),
        (knows_time, hours) in (any::<bool>(), 0..48_i64),
    ) {
        let mut judge = Judge::new(Arc::new(playbook.clone()));
        let collected = [(Box::from("#get_y"), now().unwrap().plus(-hours * crate::nql::HOUR))];
        let occasion = Occasion { now: now().filter(|_| knows_time), collected: &collected, recommends: true };
        for answer in &answers {
            let text = answer.text(&COLUMNS);
            prop_assert_eq!(judged(&mut judge, &text, occasion), evaluated(&playbook, &text, occasion), "{}", text);
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
            let occasion = asked();
            prop_assert_eq!(judged(&mut judge, &text, occasion), evaluated(playbook, &text, occasion), "{}", text);
        }
    }

    #[test]
    fn any_other_text_is_refused_or_read_as_the_table_is(text in "[\\[\\]{}:,\"\\\\ 0-9.eE\\-truefalsndh]{0,40}") {
        let playbook = built_in().get("slow-pc").unwrap();
        let mut judge = Judge::new(Arc::new(playbook.clone()));
        let occasion = asked();
        prop_assert_eq!(judged(&mut judge, &text, occasion), evaluated(playbook, &text, occasion));
    }
}

fn built_in() -> &'static Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::built_in().unwrap());
    &LIBRARY
}

#[test]
fn odd_answers_are_read_as_the_table_is() {
    let playbook = built_in().get("slow-pc").unwrap();
    let mut judge = Judge::new(Arc::new(playbook.clone()));
    for text in [
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
        "null",
        "",
    ] {
        let occasion = asked();
        assert_eq!(judged(&mut judge, text, occasion), evaluated(playbook, text, occasion), "{text}");
    }
}

#[test]
fn the_names_of_an_answer_are_looked_up_once_and_kept() {
    let mut judge = Judge::new(built_in().shared("slow-pc").unwrap());
    let mut verdicts = Vec::new();
    judge
        .verdicts(br#"{"data":[{"name":"x","free_space":5},{"name":"y","free_space":7}]}"#, asked(), &mut verdicts)
        .unwrap();
    assert_eq!(judge.layout.cells.len(), 2);
    assert_eq!(verdicts.chunks(5).map(|row| row[1]).collect::<Vec<_>>(), [MATCH | RECOMMENDED, NO_MATCH]);
}

#[test]
fn what_is_not_utf8_is_refused() {
    let mut judge = Judge::new(built_in().shared("slow-pc").unwrap());
    for text in [&b"{\"data\":[{\"a\":\"\xff\"}]}"[..], b"{\"a\xff\":1}", b"{\"free_space\":\"\\u0041\xc3\"}"] {
        let mut verdicts = vec![7];
        let error = judge.verdicts(text, asked(), &mut verdicts).unwrap_err();
        assert!(error.message.contains("no rows"), "{error:?}");
        assert_eq!(verdicts, [7]);
    }
}
