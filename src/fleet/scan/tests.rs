//! What is read of files of every shape, sound or broken, and what is counted.

use super::*;
use crate::api::problem::ErrorKind;
use crate::json::Json;
use crate::playbook::Library;

pub(super) fn slow_pc() -> Playbook {
    Library::built_in().unwrap().get("slow-pc").unwrap().clone()
}

pub(super) fn settings() -> Settings {
    Settings { all: true, ..Settings::default() }
}

/// All that a scan gives: rows as text, counts, and the error that ends it.
#[derive(Debug, PartialEq)]
pub(super) struct Outcome {
    pub rows: Vec<Json>,
    pub columns: Vec<Box<str>>,
    pub counts: ScanCounts,
    pub error: Option<NexthinkError>,
}

impl Outcome {
    fn text(&self) -> String {
        Json::List(self.rows.clone()).to_text()
    }

    fn malformed(&self) -> Vec<String> {
        self.counts.malformed_rows.iter().map(|row| format!("{} {}", row.line, row.problem)).collect()
    }

    fn message(&self) -> &str {
        self.error.as_ref().map_or("", |error| &error.message)
    }
}

pub(super) fn scan_with(playbook: &Playbook, chunks: &[&[u8]], settings: Settings) -> Outcome {
    let mut scan = Scan::new(Arc::new(playbook.clone()), settings);
    let mut rows = Vec::new();
    let mut error = None;
    let mut take = |scan: &mut Scan, result: Result<(), NexthinkError>| {
        let waiting = scan.waiting();
        let Some(Json::List(list)) = Json::parse(scan.take().as_bytes()) else { panic!("no list") };
        assert_eq!((list.len(), scan.waiting()), (waiting * 2, 0));
        rows.extend(list);
        error = error.take().or(result.err());
    };
    for chunk in chunks {
        let result = scan.feed(chunk);
        take(&mut scan, result);
    }
    let result = scan.finish();
    take(&mut scan, result);
    Outcome { rows, columns: scan.columns().to_vec(), counts: scan.counts(), error }
}

fn scan(file: &str) -> Outcome {
    scan_with(&slow_pc(), &[file.as_bytes()], settings())
}

#[test]
fn white_space_after_a_row_is_none_of_its_length_however_the_file_is_cut() {
    let row = r#"{"free_space":4}"#;
    for (file, problems) in [
        (format!("[{row}   \t,{row} \n]"), vec![]),
        (format!("[{row}   x,{row}]"), vec!["1 begins a row that is too long"]),
        (format!("[{row}x,{row}  ]"), vec!["1 begins no JSON object that is a row"]),
    ] {
        let settings = Settings { limit: row.len() + 2, ..settings() };
        let bytes = file.as_bytes();
        for chunks in [vec![bytes], bytes.chunks(1).collect(), bytes.chunks(row.len() + 2).collect()] {
            let outcome = scan_with(&slow_pc(), &chunks, settings);
            assert_eq!(
                (outcome.counts.rows, outcome.malformed()),
                (2 - problems.len(), problems.iter().map(ToString::to_string).collect()),
                "{file}"
            );
        }
    }
}

#[test]
fn the_same_rows_come_out_of_every_shape() {
    let row = |name: &str, free: &str| format!(r#"{{"device.name":"{name}","free_space":{free},"x":null}}"#);
    let (full, well, unknown) = (row("a", "5"), row("b", "50"), row("c", "null"));
    let rows = [&*full, &*well, &*unknown];
    let expected = format!("[[1],{full},[],{well},[],{unknown}]");
    for file in [
        rows.join("\n"),
        format!("\u{feff}{}\r\n\n", rows.join("\r\n")),
        format!("[{}]", rows.join(",")),
        format!(" \n[\n {} \n]\n", rows.join(" ,\n")),
        format!(r#"{{"property_a":"..","records":[{}]}}"#, rows.join(",")),
        format!(r##"{{"queryId":"#q","tags":["a","{{"],"data":[{}],"rows":3}}"##, rows.join(",\n")),
    ] {
        let outcome = scan(&file);
        assert_eq!((outcome.text().replace(' ', ""), outcome.error), (expected.clone(), None), "{file}");
        assert_eq!((outcome.counts.rows, outcome.counts.matches, outcome.counts.malformed), (3, 1, 0), "{file}");
    }
    for file in [
        "device.name,free_space,x\na,5,\nb,50,\nc,,\n",
        "\u{feff}\"device.name\",\"free_space\",\"x\"\r\n\"a\",\"5\",\"\"\r\nb,50,\r\nc,,",
        r#"{"headers":["device.name","free_space","x"],"data":[["a","5",null],["b","50",null],["c",null,null]]}"#,
    ] {
        let outcome = scan(file);
        let expected = r#"[[1],["a","5",null],[],["b","50",null],[],["c",null,null]]"#;
        assert_eq!((outcome.text(), outcome.error), (expected.into(), None), "{file}");
        assert_eq!(outcome.columns, ["device.name".into(), "free_space".into(), "x".into()] as [Box<str>; 3]);
    }
}

#[test]
fn a_row_of_json_lines_may_hold_a_list_of_objects() {
    let rows = [r#"{"free_space":5,"apps":[{"vendor":"x"},{}]}"#, r#"{"free_space":50,"apps":[{"vendor":"y"}]}"#];
    let outcome = scan(&rows.join("\n"));
    assert_eq!((outcome.text(), outcome.counts.malformed), (format!("[[1],{},[],{}]", rows[0], rows[1]), 0));
    // An object around rows may have a name as rows have them.
    let outcome = scan(r#"{"free_space":"all","apps":[{"vendor":"x","free_space":5},{"free_space":50}]}"#);
    assert_eq!((outcome.counts.rows, outcome.counts.matches, outcome.counts.malformed), (2, 1, 0));
}

#[test]
fn only_rows_that_match_go_out_unless_all_are_asked_for() {
    let file = "name,free_space\na,5\nb,50\nc,-\n";
    let outcome = scan_with(&slow_pc(), &[file.as_bytes()], Settings::default());
    assert_eq!(outcome.text(), r#"[[1],["a","5"]]"#);
    let counts = outcome.counts;
    assert_eq!((counts.rows, counts.matches), (3, 1));
    assert_eq!(counts.matches_per_rule.get("disk-full"), Some(&1));
    assert_eq!(counts.unknown_per_fact.get("free_space"), Some(&1));
    assert_eq!(counts.unknown_per_fact.get("device.boot.days_since_last_full_boot"), Some(&3));
    assert!(counts.not_returned.contains(&"device.boot.days_since_last_full_boot".to_owned()));
    assert!(!counts.not_returned.contains(&"free_space".to_owned()));
}

#[test]
fn what_always_matches_makes_no_row_a_match() {
    let outlook = Library::built_in().unwrap().get("outlook").unwrap().clone();
    let column = &outlook.columns.iter().find(|column| column.name.ends_with("IsOnline")).unwrap().name;
    let outcome = scan_with(&outlook, &[format!("{column}\nYes\n").as_bytes()], Settings::default());
    assert_eq!((outcome.text(), outcome.counts.rows, outcome.counts.matches), ("[]".into(), 1, 0));
}

#[test]
fn a_device_of_another_platform_is_not_judged() {
    for file in [
        "platform,free_space\nmacOS,1\nwindows,1\n-,1\n,1\n",
        "{\"operating_system.platform\":\"macOS\",\"free_space\":1}\n{\"operating_system.platform\":\"Windows\",\"free_space\":1}\n{\"operating_system.platform\":null,\"free_space\":1}\n{\"operating_system.platform\":\"-\",\"free_space\":1}",
    ] {
        let outcome = scan(file);
        let verdicts: Vec<String> = outcome.rows.iter().step_by(2).map(Json::to_text).collect();
        assert_eq!(verdicts, ["null", "[1]", "[1]", "[1]"], "{file}");
        assert_eq!((outcome.counts.not_applicable, outcome.counts.matches, outcome.counts.rows), (1, 3, 4));
        let matching = scan_with(&slow_pc(), &[file.as_bytes()], Settings::default());
        assert_eq!(matching.rows.len(), 6);
    }
}

#[test]
fn a_row_that_cannot_be_read_is_told_with_its_line_and_spoils_no_other() {
    for (file, rows, malformed) in [
        (
            "a,free_space\n1\n\"x\ny\",2\n1,2,3\n\"1\"2,3\n4,5\n",
            2,
            &[
                "2 has 1 cell, the header has 2 columns",
                "5 has 3 cells, the header has 2 columns",
                "6 has text after the closing quote of a cell",
            ][..],
        ),
        ("a,free_space\n1,2\n\"3,4\n5,6\n", 1, &["3 opens a quote that never closes"]),
        (
            "{\"free_space\":1}\n{\"free_space\":\n\n[1]\nx\n{\"free_space\":2}{}\n{\"free_space\":3}",
            2,
            &[
                "2 begins no JSON object that is a row",
                "4 begins no JSON object that is a row",
                "5 begins no JSON object that is a row",
                "6 begins no JSON object that is a row",
            ],
        ),
        (
            "[{\"free_space\":1},\n{\"free_space\":tru},5,\n{\"free_space\":1,\"free_space\":2},[],{\"free_space\":3}\n]\nx",
            2,
            &[
                "2 begins no JSON object that is a row",
                "2 begins no JSON object that is a row",
                "3 begins a row that has a name twice, or too many names, or names that mean more than one column",
                "3 begins no JSON object that is a row",
                "5 goes on after the list's end",
            ],
        ),
        ("[{\"free_space\":1},\n{\"free_space\":2", 1, &["2 begins a row that never ends"]),
        ("[{\"free_space\":1},\n", 1, &["2 is the last, and the list has not ended"]),
        (
            "{\"records\":[{\"free_space\":1}]}\n \n{\"records\":[{\"free_space\":2}]}\n{}",
            1,
            &["3 goes on after the object's end"],
        ),
        (
            "{\"laptops\":[{\"free_space\":1}],\n\"desktops\":[\n{\"free_space\":2},{\"free_space\":3}],\n\"vans\":[{}]}]",
            1,
            &[
                "3 begins the rows of a further list, which are not read",
                "4 begins the rows of a further list, which are not read",
                "4 goes on after the object's end",
            ],
        ),
        ("{\"records\":[{\"free_space\":1}]\n", 1, &["2 is the last, and the object around the list has not ended"]),
        (
            "{\"records\":[{\"free_space\":1}],\n\"total\":\"}",
            1,
            &["2 is the last, and the object around the list has not ended"],
        ),
        (
            "{\"headers\":[\"free_space\"],\"data\":[[1]],\"more\":[[2]]}",
            1,
            &["1 begins the rows of a further list, which are not read"],
        ),
        (
            "{\"headers\":[\"free_space\",\"a\"],\n\"data\":[[1,2],[1],\n[1,2,3],{}]}",
            1,
            &[
                "2 begins no list with a cell for every header",
                "3 begins no list with a cell for every header",
                "3 begins no list with a cell for every header",
            ],
        ),
    ] {
        let outcome = scan(file);
        assert_eq!(outcome.error, None, "{file}");
        assert_eq!(outcome.malformed(), malformed, "{file}");
        assert_eq!((outcome.counts.rows, outcome.counts.malformed), (rows, malformed.len()), "{file}");
        let strict = scan_with(&slow_pc(), &[file.as_bytes()], Settings { strict: true, ..settings() });
        assert_eq!(strict.message(), format!("line {}", malformed[0]), "{file}");
        assert_eq!(strict.error.unwrap().kind, ErrorKind::Malformed);
    }
}

#[test]
fn what_is_no_row_may_stand_after_the_rows() {
    let rows = r#"{"records":[{"free_space":1}]"#;
    for rest in [
        "}",
        " } \n",
        r#","tags":["a","[{",[{"b":[{}]}]],"none":[ ],"total":3}"#,
        r#","next":{"pages":[{"a":1}],"b":[[1]]},"text":"\"}{[\\"}"#,
    ] {
        let outcome = scan(&[rows, rest].concat());
        assert_eq!((outcome.malformed(), outcome.counts.rows, outcome.error), (vec![], 1, None), "{rest}");
    }
}

#[test]
fn bytes_that_are_no_text_make_a_row_malformed_and_no_other() {
    let files: [&[u8]; 3] = [
        b"a,free_space\n\xff,1\n\xc3\xa9,1\n",
        b"{\"a\":\"\xff\",\"free_space\":1}\n{\"a\":\"\xc3\xa9\",\"free_space\":1}",
        b"[{\"a\":\"\xff\",\"free_space\":1},{\"a\":\"\xc3\xa9\",\"free_space\":1}]",
    ];
    for file in files {
        let outcome = scan_with(&slow_pc(), &[file], settings());
        assert_eq!((outcome.counts.rows, outcome.counts.malformed, outcome.error), (1, 1, None), "{file:?}");
    }
}

#[test]
fn a_record_over_the_limit_is_malformed_and_the_next_is_read() {
    let limit = Settings { limit: 60, ..settings() };
    let long = "x".repeat(61);
    for file in [
        format!("a,free_space\n{long},1\n2,1\n"),
        format!("a,free_space\n\"{long}\n{long}\n2,1\n\"3\",1\n{long}"),
        format!("{{\"free_space\":1}}\n{{\"a\":\"{long}\"}}\n{{\"free_space\":1}}"),
        format!("[{{\"free_space\":1}},{{\"a\":\"{long}\"}},{{\"free_space\":1}},[\"{long}\"]]"),
    ] {
        let outcome = scan_with(&slow_pc(), &[file.as_bytes()], limit);
        assert_eq!(outcome.error, None, "{file}");
        assert!(outcome.counts.malformed > 0 && outcome.counts.rows > 0, "{file} {outcome:?}");
        let bytes: Vec<&[u8]> = file.as_bytes().chunks(1).collect();
        assert_eq!(scan_with(&slow_pc(), &bytes, limit), outcome, "{file}");
    }
}

#[test]
fn more_malformed_rows_than_a_hundred_are_counted_and_not_kept() {
    let file = format!("a,free_space\n1,2\n{}", "1\n".repeat(500));
    let counts = scan(&file).counts;
    assert_eq!((counts.malformed, counts.malformed_rows.len()), (500, 100));
}

#[test]
fn the_wrong_file_is_refused_in_words() {
    for (file, message) in [
        (&b"name,memory\na,1\n"[..], "the file has none of the columns that the playbook `slow-pc` needs"),
        (b"\n<html>\n<body>\n", "the file is a page of HTML, or XML"),
        (b"name;free_space\na;1\n", "the columns are separated by semicolons, not by commas"),
        (b"name\tfree_space\r\na\t1\r\n", "the columns are separated by tabs, not by commas"),
        (b"free_space;name", "the columns are separated by semicolons, not by commas"),
        (b"{\"name\":\"a\"}\n", "the file has none of the columns that the playbook `slow-pc` needs"),
        (
            b"[1,2]",
            "the file has none of the columns that the playbook `slow-pc` needs; line 1 begins no JSON object that is a row",
        ),
        (
            b"{\"error\":\"x\"",
            "the file has none of the columns that the playbook `slow-pc` needs; line 1 begins no JSON object that is a row",
        ),
        (
            b"\"free_space",
            "the file has none of the columns that the playbook `slow-pc` needs; line 1 opens a quote that never closes",
        ),
        (b"\xff\xfea\0,\0", "the file is in UTF-16"),
        (b"\x28\xb5\x2f\xfd\0", "the file is packed with zstd"),
        (b"PK\x03\x04", "the file is a zip archive or a workbook"),
        (b"\x1f\x8b\x08", "the file is packed with gzip twice, or this runtime cannot unpack it"),
        (b"free_space,FREE_SPACE\n1,2\n", "`free_space` and `FREE_SPACE` are the same column"),
        (
            b"outputs.HighImpactCount,HighImpactCount\n1,2\n",
            "`outputs.HighImpactCount` and `HighImpactCount` are the same column",
        ),
    ] {
        let outcome = scan_with(&slow_pc(), &[file], settings());
        assert_eq!(outcome.message(), message, "{}", file.escape_ascii());
        assert_eq!(outcome.error.unwrap().kind, ErrorKind::Invalid);
    }
}

#[test]
fn a_name_with_a_semicolon_is_a_name() {
    let outcome = scan("free_space,\"a;b\"\n1,x\n");
    assert_eq!((outcome.error, outcome.counts.rows), (None, 1));
}

#[test]
fn a_header_that_comes_in_pieces_is_told_when_it_is_whole() {
    for file in ["free_space,name\n1,a\n", "free_space;name\n1;a\n", "\n \nfree_space\n1\n", "<a>\n"] {
        // Also where it is longer than a record may be.
        for limit in [0, 1, 10, 11, 15, 16, USUAL_LIMIT] {
            let settings = Settings { limit, ..settings() };
            let whole = scan_with(&slow_pc(), &[file.as_bytes()], settings);
            for size in 1..file.len() {
                let pieces: Vec<&[u8]> = file.as_bytes().chunks(size).collect();
                assert_eq!(scan_with(&slow_pc(), &pieces, settings), whole, "{file:?} by {size}, {limit}");
            }
        }
    }
}

#[test]
fn a_file_without_rows_is_no_error() {
    for file in
        ["", "\n \n", "\u{feff}", "[]", "[ ]\n", "{\"records\":[],\"total\":0}", "free_space\n", "{\"data\":[ ]}"]
    {
        let outcome = scan(file);
        assert_eq!((outcome.error, outcome.counts.rows, outcome.counts.malformed), (None, 0, 0), "{file:?}");
    }
}

#[test]
fn rows_after_an_empty_list_are_told_and_not_lost() {
    let outcome = scan("{\"records\":[]}\n{\"records\":[{\"free_space\":2}]}\n");
    assert_eq!(outcome.counts.rows, 0);
    assert!(outcome.message().contains("line 2 goes on after the object's end"), "{}", outcome.message());
}

#[test]
fn white_space_before_the_rows_means_the_same_however_it_is_cut() {
    for (blank, rows) in [(40, 1), (41, 0)] {
        let file = [&b"\n".repeat(blank)[..], b"{\"free_space\":3}"].concat();
        for size in [1, 7, file.len()] {
            let chunks: Vec<&[u8]> = file.chunks(size).collect();
            let outcome = scan_with(&slow_pc(), &chunks, Settings { limit: 40, ..settings() });
            assert_eq!((outcome.error, outcome.counts.rows), (None, rows), "{blank} in pieces of {size}");
        }
    }
}

#[test]
fn a_wrong_file_of_json_is_refused_before_its_end() {
    let rows = "{\"memory\":1}\n".repeat(1_000);
    let mut scan = Scan::new(Arc::new(slow_pc()), settings());
    assert_eq!(scan.feed(rows.as_bytes()).unwrap_err().kind, ErrorKind::Invalid);
    assert_eq!(scan.waiting(), 1_000);
    assert!(scan.feed(b"{}").is_err());
}
