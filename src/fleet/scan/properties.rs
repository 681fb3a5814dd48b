//! What holds of any file: however it is cut, it is read as in one piece; and a scan says of a row what `evaluate` says.

use proptest::prelude::*;

use super::tests::{scan_with, settings, slow_pc};
use super::*;
use crate::json::{Json, Map};
use crate::playbook::{Library, Verdict};

/// Bytes that are mostly what the formats care about.
fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let beginning = prop::sample::select(vec![
        "",
        "\u{feff}",
        "free_space,name\n",
        "name,free_space,platform\r\n",
        "[",
        "{\"a\":[",
        "{\"a\":[{\"free_space\":6}]",
        "{\"headers\":[\"free_space\",\"name\"],\"data\":[",
        "{\"free_space\":4}\n",
        "{\"free_space\":4,\"a\":[{",
    ]);
    let piece = prop_oneof![
        12 => prop::sample::select(vec![
            "\"", ",", "\n", "\r\n", "{\"free_space\":5}", "{\"free_space\":\"7\",\"name\":\"x\"}", "[4,\"a\"]", "]", "}", "{", "[", ":",
            "4,a\n", "5.5,\"b\nc\"\n", "-,\n", "1,2,3\n", "\\", "é", "{\"a\":[{}]}", " ", "true", "macOS", "{\"a\":\"\\\"}\"}", "],\"b\":[", "]}",
        ]).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
    ];
    (beginning, prop::collection::vec(piece, 0..40))
        .prop_map(|(beginning, pieces)| [beginning.as_bytes(), &pieces.concat()].concat())
}

fn cut<'a>(mut file: &'a [u8], lengths: &[usize]) -> Vec<&'a [u8]> {
    let mut chunks = Vec::new();
    for length in lengths {
        let (chunk, rest) = file.split_at((*length).min(file.len()));
        chunks.push(chunk);
        file = rest;
    }
    chunks.push(file);
    chunks
}

/// A cell: as JSON, and as CSV where that can say the same.
fn any_cell() -> impl Strategy<Value = (Json, String)> {
    let text = |text: &str| (Json::from(text), format!("\"{}\"", text.replace('"', "\"\"")));
    let texts = [
        "-",
        " ",
        "12",
        "007",
        "+3",
        " 4.5 ",
        "1e1",
        "n/a",
        "5.5",
        "[\"-\"]",
        "[\"a\",\"b\"]",
        "é\n\"x\"",
        "6",
        "10.000000000000001",
    ];
    prop_oneof![
        2 => Just((Json::Null, String::new())),
        4 => prop::sample::select(texts.to_vec()).prop_map(text),
        3 => (-20_i32..200).prop_map(move |number| text(&(f64::from(number) / 4.0).to_string())),
    ]
}

/// What `evaluate` says of a row: the rules that match and the facts that are unknown.
fn evaluated(playbook: &Playbook, row: Json) -> (Json, Vec<String>) {
    let evaluation = playbook.evaluate_row(Json::Object(vec![("row".into(), row)])).unwrap();
    let mut unknown = Vec::new();
    let mut matched = Vec::new();
    for (position, finding) in evaluation.findings.iter().enumerate() {
        match finding.verdict {
            Verdict::Match => matched.push(Json::Number(position as f64)),
            Verdict::Unknown => unknown.extend(finding.missing.iter().map(|missing| missing.column.clone())),
            Verdict::NoMatch => {}
        }
    }
    unknown.sort();
    unknown.dedup();
    (Json::List(matched), unknown)
}

proptest! {
    #[test]
    fn any_bytes_cut_anywhere_give_the_same_as_in_one_piece(
        file in any_file(),
        lengths in prop::collection::vec(prop_oneof![0_usize..4, 0_usize..200], 0..20),
        limit in prop_oneof![Just(USUAL_LIMIT), 20_usize..200],
        strict in any::<bool>(),
    ) {
        let settings = Settings { limit, strict, ..settings() };
        let playbook = slow_pc();
        let whole = scan_with(&playbook, &[&file], settings);
        prop_assert_eq!(&scan_with(&playbook, &cut(&file, &lengths), settings), &whole);
        prop_assert_eq!(&scan_with(&playbook, &file.chunks(1).collect::<Vec<_>>(), settings), &whole);
    }

    #[test]
    fn no_row_of_lists_in_objects_is_lost_without_a_word(
        objects in prop::collection::vec(prop::collection::vec(0_usize..3, 1..4), 1..3),
        cuts in prop::collection::vec(0_usize..40, 0..4),
        is_whole in any::<bool>(),
    ) {
        let list = |(number, rows): (usize, &usize)| format!(r#""l{number}":[{}]"#, vec![r#"{"free_space":1}"#; *rows].join(", "));
        let object = |lists: &Vec<usize>| format!("{{{}}}", lists.iter().enumerate().map(list).collect::<Vec<_>>().join(" , "));
        let mut file = objects.iter().map(object).collect::<Vec<_>>().join("\n");
        // The first list that has rows is read; of an object that has none, nothing is.
        let mut expected = objects[0].iter().copied().filter(|rows| *rows > 0);
        prop_assume!(expected.clone().next().is_some());
        let rows = expected.next().unwrap();
        let further = expected.count() + usize::from(objects.len() > 1);
        if !is_whole && objects.len() == 1 {
            file.pop();
        }
        let missing = usize::from(!is_whole && objects.len() == 1);
        let outcome = scan_with(&slow_pc(), &cut(file.as_bytes(), &cuts), settings());
        prop_assert_eq!((outcome.counts.rows, outcome.counts.malformed), (rows, further + missing), "{}", file);
    }

    #[test]
    fn a_scan_says_of_every_row_what_evaluate_says(
        (id, columns, rows) in prop::sample::select(vec!["slow-pc", "disk", "onedrive", "outlook"]).prop_flat_map(|id| {
            let columns = Library::built_in().unwrap().get(id).unwrap().columns.len();
            (Just(id), prop::collection::vec(0_u8..4, columns), prop::collection::vec(prop::collection::vec(any_cell(), columns), 1..6))
        }),
        spaced in any::<bool>(),
    ) {
        let playbook = Library::built_in().unwrap().get(id).unwrap().clone();
        // A column can be missing, and be called in more ways than one.
        let mut names: Vec<(usize, String)> = Vec::new();
        for ((position, column), way) in playbook.columns.iter().enumerate().zip(&columns) {
            let short = column.name.split_once('.').map_or(&*column.name, |(_, rest)| rest);
            let unambiguous = playbook.columns.iter().filter(|other| crate::nql::same_column(&other.name, short)).count() == 1;
            match way {
                0 if position > 1 => {}
                1 if unambiguous => names.push((position, short.to_owned())),
                2 => names.push((position, column.name.to_uppercase())),
                _ => names.push((position, column.name.clone())),
            }
        }
        let judge = RowJudge::new(Arc::new(playbook.clone()));
        let is_read = names.iter().any(|(position, _)| judge.reads(*position));
        prop_assume!(is_read);
        let object = |cells: &Vec<(Json, String)>| {
            Json::Object(names.iter().map(|(position, name)| (name.as_str().into(), cells[*position].0.clone())).collect())
        };
        let objects: Vec<Json> = rows.iter().map(object).collect();
        let mut expected = Vec::new();
        let mut unknown = Map::<usize>::default();
        for row in &objects {
            let (matched, facts) = evaluated(&playbook, row.clone());
            expected.push(matched);
            for fact in facts {
                match unknown.0.iter_mut().find(|(name, _)| *name == fact) {
                    Some((_, count)) => *count += 1,
                    None => unknown.0.push((fact, 1)),
                }
            }
        }
        let list = |cells: &Vec<(Json, String)>| Json::List(names.iter().map(|(position, _)| cells[*position].0.clone()).collect());
        let headers = Json::List(names.iter().map(|(_, name)| name.as_str().into()).collect()).to_text();
        let lines: Vec<String> = objects.iter().map(Json::to_text).collect();
        let spread = |text: String| if spaced { text.replace("\":", "\" : ").replace(",\"", " ,\n \"") } else { text };
        let header = names.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(",");
        let cells = |cells: &Vec<(Json, String)>| names.iter().map(|(position, _)| cells[*position].1.as_str()).collect::<Vec<_>>().join(",");
        // An empty line is no row.
        let csv: Vec<String> = rows.iter().map(cells).map(|row| if row.is_empty() { "\"\"".into() } else { row }).collect();
        for file in [
            lines.join("\n"),
            spread(format!("[{}]", lines.join(","))),
            spread(format!("{{\"data\":[{}]}}", lines.join(","))),
            format!("{{\"headers\":{headers},\"data\":[{}]}}", rows.iter().map(|row| list(row).to_text()).collect::<Vec<_>>().join(",")),
            format!("{header}\r\n{}", csv.join("\r\n")),
        ] {
            let outcome = scan_with(&playbook, &[file.as_bytes()], settings());
            prop_assert_eq!(&outcome.error, &None, "{}", file);
            let found: Vec<Json> = outcome.rows.into_iter().step_by(2).collect();
            prop_assert_eq!(&found, &expected, "{}", file);
            for (fact, count) in outcome.counts.unknown_per_fact.iter() {
                prop_assert_eq!(count, unknown.get(fact).unwrap_or(&0), "{} in {}", fact, file);
            }
        }
    }
}
