//! The format's rules in a table, and the laws that hold of any bytes and of any table.

use proptest::prelude::*;

use super::*;

/// A record's line and cells, and what is wrong with it.
type Row = (u64, Vec<Vec<u8>>, Option<Problem>);

/// What a reader gives for chunks, and the error that ends it.
fn read(chunks: &[&[u8]], limit: usize) -> (Vec<Row>, Option<Error>) {
    read_by(Reader::new(limit), chunks)
}

fn read_by(mut reader: Reader, chunks: &[&[u8]]) -> (Vec<Row>, Option<Error>) {
    let mut rows = Vec::new();
    let mut result = chunks.iter().try_for_each(|chunk| reader.feed_to(&mut Noting(&mut rows), chunk));
    if result.is_ok() {
        result = reader.finish(&mut |record| Noting(&mut rows).record(record));
    }
    (rows, result.err())
}

struct Noting<'r>(&'r mut Vec<Row>);

impl Visitor for Noting<'_> {
    fn record(&mut self, record: Record<'_>) -> Result<(), Error> {
        let cells: Vec<Vec<u8>> = record.cells().map(<[u8]>::to_vec).collect();
        assert_eq!(cells.len(), record.cell_count());
        assert_eq!(record.cell(cells.len()), None);
        assert_eq!(record.texts().is_ok(), record.check_text().is_ok());
        if let Ok(texts) = record.texts() {
            assert!(texts.map(str::as_bytes).eq(record.cells()));
        }
        self.0.push((record.line(), cells, record.check().err().map(|error| error.problem)));
        Ok(())
    }

    fn rows(&mut self, rows: PlainRows<'_>) -> Result<(), Error> {
        assert!((1..=PlainRows::MOST).contains(&rows.count()));
        assert_eq!(rows.records().count(), rows.count());
        assert_eq!(rows.are_text(), rows.records().all(|record| record.check_text().is_ok()));
        for column in 0..rows.records().next().unwrap().cell_count() {
            let eights: Vec<_> = rows.last_eights(column).collect();
            assert_eq!(eights.len(), rows.count());
            assert!(rows.cells(column).eq(rows.records().filter_map(|record| record.cell(column))));
            for (record, eight) in rows.records().zip(eights) {
                let cell = record.cell(column).unwrap();
                if let Some((length, eight)) = eight {
                    assert_eq!(length, cell.len());
                    assert!(eight.ends_with(&cell[length.saturating_sub(8)..]));
                }
            }
        }
        rows.records().try_for_each(|record| self.record(record))
    }
}

/// The cells as text, records apart, of a file without an error.
fn cells(file: &str) -> Vec<Vec<String>> {
    let (rows, error) = read(&[file.as_bytes()], USUAL_LIMIT);
    assert_eq!(error, None, "{file:?}");
    rows.into_iter()
        .map(|(_, cells, _)| cells.into_iter().map(|cell| String::from_utf8(cell).unwrap()).collect())
        .collect()
}

#[test]
fn the_rules_of_the_format() {
    for (file, expected) in [
        ("", &[][..]),
        ("a", &[&["a"][..]]),
        ("a,b\n1,2\n", &[&["a", "b"], &["1", "2"]]),
        ("a,b\r\n1,2\r\n", &[&["a", "b"], &["1", "2"]]),
        ("a,b\r\n1,2\r", &[&["a", "b"], &["1", "2"]]),
        ("a,b\n1,2", &[&["a", "b"], &["1", "2"]]),
        ("a,\n,\n", &[&["a", ""], &["", ""]]),
        ("a,", &[&["a", ""]]),
        (",", &[&["", ""]]),
        ("\n\r\n\na\n\n\r\nb\n\n\r", &[&["a"], &["b"]]),
        ("\"\"\n", &[&[""]]),
        ("\"a\",\"b\"\r\n\"1\",2", &[&["a", "b"], &["1", "2"]]),
        ("\"a,b\",c", &[&["a,b", "c"]]),
        ("\"a\nb\",\"c\r\nd\"\n", &[&["a\nb", "c\r\nd"]]),
        ("\"\"\"\"", &[&["\""]]),
        ("\"\"\"a\"\"\",\"\"\"\"\"\",\"\"", &[&["\"a\"", "\"\"", ""]]),
        ("\"{\"\"a\"\":[1,2]}\",x\n", &[&["{\"a\":[1,2]}", "x"]]),
        ("5\" screen,a\"\"b,c\"\n", &[&["5\" screen", "a\"\"b", "c\""]]),
        (" \"a\" , b \n", &[&[" \"a\" ", " b "]]),
        ("a\rb,c\n", &[&["a\rb", "c"]]),
        ("a\r\r\n", &[&["a\r"]]),
        ("a;b\tc\n", &[&["a;b\tc"]]),
        ("\u{feff}\"a,b\",c\n1,2", &[&["a,b", "c"], &["1", "2"]]),
        ("\u{feff}", &[]),
        ("\u{feff}\n\u{feff}a", &[&["\u{feff}a"]]),
        ("\u{fec0}a", &[&["\u{fec0}a"]]),
        ("__proto__,a,a,constructor\n1,2,3,4", &[&["__proto__", "a", "a", "constructor"], &["1", "2", "3", "4"]]),
        ("é😀,\"é\"\"😀\"\n\0,\u{7f}", &[&["é😀", "é\"😀"], &["\0", "\u{7f}"]]),
    ] {
        assert_eq!(cells(file), expected, "{file:?}");
    }
}

#[test]
fn records_tell_the_line_in_which_they_begin() {
    let (rows, _) = read(&[b"\n\r\na,b\n\"x\n\r\ny\",\"\n\"\r\n1,2\n\n3,4"], USUAL_LIMIT);
    let lines: Vec<u64> = rows.iter().map(|(line, ..)| *line).collect();
    assert_eq!(lines, [3, 4, 8, 10]);
}

#[test]
fn a_record_that_does_not_fit_is_given_whole_with_what_is_wrong() {
    for (file, expected, problem) in [
        ("a,b\n1\n", &["1"][..], Some(Problem::CellCount { cells: 1, columns: 2 })),
        ("a,b\n1,2,3\n", &["1", "2", "3"], Some(Problem::CellCount { cells: 3, columns: 2 })),
        ("a,b\n\"1\"x,2\n", &["\"1\"x", "2"], Some(Problem::TextAfterQuote)),
        ("a,b\n\"1\" ,2\n", &["\"1\" ", "2"], Some(Problem::TextAfterQuote)),
        ("a,b\n\"1\"\"2\"x\"\",2\n", &["\"1\"\"2\"x\"\"", "2"], Some(Problem::TextAfterQuote)),
        ("a,b\n1,\"2\"\r\r\n", &["1", "\"2\"\r"], Some(Problem::TextAfterQuote)),
        ("a,b\n\"1\"x,\"\"\"2\"\n", &["\"1\"x", "\"2"], Some(Problem::TextAfterQuote)),
        ("a,b\n1,2\n", &["1", "2"], None),
    ] {
        let (rows, error) = read(&[file.as_bytes(), b"\n3,4"], USUAL_LIMIT);
        let expected: Vec<_> = expected.iter().map(|cell| cell.as_bytes().to_vec()).collect();
        let next = vec![b"3".to_vec(), b"4".to_vec()];
        assert_eq!(rows[1..], [(2, expected, problem), (4, next, None)], "{file:?}");
        assert_eq!(error, None);
    }
}

#[test]
fn text_after_a_quote_in_the_header_is_told() {
    let (rows, _) = read(&[b"\"a\"b,c\n1,2"], USUAL_LIMIT);
    assert_eq!(rows[0].2, Some(Problem::TextAfterQuote));
    assert_eq!(rows[1].2, None);
}

#[test]
fn a_quote_that_never_closes_is_an_error_at_the_line_where_it_opens() {
    for (file, line) in
        [("\"", 1), ("a\n\"b", 2), ("a,b\n\"x\ny\",\"z\n1,2\n", 3), ("a\n\"\"\"", 2), ("\u{feff}\"a", 1)]
    {
        let (_, error) = read(&[file.as_bytes()], USUAL_LIMIT);
        assert_eq!(error, Some(Error { problem: Problem::UnclosedQuote, line }), "{file:?}");
    }
}

#[test]
fn a_record_may_have_as_many_bytes_as_the_limit_and_no_more() {
    let too_long = |line| Some(Error { problem: Problem::TooLong { limit: 4 }, line });
    for (file, error) in [
        ("a,bc\n\"\n\"\n", None),
        ("\u{feff}a,bc\n1,23", None),
        ("a,bcd\n", too_long(1)),
        ("a,b\n1,234", too_long(2)),
        ("a,b\n\"\n\n\n\n", too_long(2)),
        ("a\r\nb\r\r\r\r\n", too_long(2)),
    ] {
        let bytes: Vec<&[u8]> = file.as_bytes().chunks(1).collect();
        assert_eq!(read(&[file.as_bytes()], 4).1, error, "{file:?}");
        assert_eq!(read(&bytes, 4).1, error, "{file:?} byte by byte");
    }
}

#[test]
fn a_skipping_reader_goes_on_after_what_it_cannot_read() {
    let too_long = Some(Problem::TooLong { limit: 6 });
    let unclosed = Some(Problem::UnclosedQuote);
    for (file, expected) in [
        ("a,b\n1234567\n1,2\n", &[(1, None), (2, too_long), (3, None)][..]),
        ("a,b\n\"1\n2\n3\n4\n5,6\n1,2\n", &[(1, None), (2, too_long), (6, None), (7, None)]),
        ("a,b\n\"12345678\"\"\n1,2\n", &[(1, None), (2, too_long), (3, None)]),
        ("a,b\n1,2\n\"3", &[(1, None), (2, None), (3, unclosed)]),
        ("a,b\n1,2\n\"34567890", &[(1, None), (2, None), (3, too_long)]),
        ("a,b\n1,2\n34567890", &[(1, None), (2, None), (3, too_long)]),
        ("1234567\na,b", &[(1, too_long), (2, None)]),
    ] {
        for size in [1, 2, 3, 1_000] {
            let chunks: Vec<&[u8]> = file.as_bytes().chunks(size).collect();
            let (rows, error) = read_by(Reader::new(6).skipping(), &chunks);
            let found: Vec<(u64, Option<Problem>)> =
                rows.into_iter().map(|(line, _, problem)| (line, problem)).collect();
            assert_eq!((found.as_slice(), error), (expected, None), "{file:?} in chunks of {size}");
        }
    }
    let commas = [vec![b','; MAXIMUM_CELLS + 1], b"\na".to_vec()].concat();
    let (rows, error) = read_by(Reader::default().skipping(), &[&commas]);
    let problems: Vec<_> = rows.into_iter().map(|(.., problem)| problem).collect();
    assert_eq!((problems.as_slice(), error), (&[Some(Problem::TooManyCells), None][..], None));
}

#[test]
fn more_cells_than_anyone_needs_are_an_error_however_long_the_record_is() {
    let commas = vec![b','; MAXIMUM_CELLS + 1];
    assert_eq!(read(&[&commas[2..]], USUAL_LIMIT).0[0].1.len(), MAXIMUM_CELLS);
    for (limit, problem) in [
        (USUAL_LIMIT, Problem::TooManyCells),
        (MAXIMUM_CELLS, Problem::TooManyCells),
        (MAXIMUM_CELLS - 1, Problem::TooLong { limit: MAXIMUM_CELLS - 1 }),
        (9, Problem::TooLong { limit: 9 }),
    ] {
        for size in [1, 1_000, commas.len()] {
            let chunks: Vec<&[u8]> = commas.chunks(size).collect();
            assert_eq!(read(&chunks, limit).1, Some(Error { problem, line: 1 }), "{limit} in chunks of {size}");
        }
    }
}

#[test]
fn an_error_of_the_visitor_ends_the_reading() {
    let mut reader = Reader::default();
    let mut visited = 0;
    let stop = Error { problem: Problem::NotUtf8, line: 2 };
    let result = reader.feed(b"a\nb\nc\n", &mut |record| {
        visited += 1;
        if record.is_header() { Ok(()) } else { Err(stop) }
    });
    assert_eq!((result, visited), (Err(stop), 2));
    assert_eq!(reader.finish(&mut |_| Ok(())), Err(stop));
}

#[test]
fn a_row_that_is_no_text_is_found_wherever_it_is_among_more_than_are_read_together() {
    for count in PlainRows::MOST - 2..2 * PlainRows::MOST + 4 {
        for place in 0..count {
            let row = |at: usize| if at == place { b"\xff\n" } else { b"a\n" };
            // The first row is longer: then no block of bytes ends where rows do that are read together.
            let rows: Vec<u8> = (0..count).flat_map(|at| row(at).to_vec()).collect();
            let file = [b"h\nlonger\n", rows.as_slice()].concat();
            let whole = read(&[&file], USUAL_LIMIT);
            let broken: Vec<u64> = whole
                .0
                .iter()
                .filter(|(_, cells, _)| std::str::from_utf8(&cells[0]).is_err())
                .map(|row| row.0)
                .collect();
            assert_eq!((whole.0.len(), broken), (count + 2, vec![place as u64 + 3]), "{count} {place}");
            assert_eq!(read(&file.chunks(1).collect::<Vec<_>>(), USUAL_LIMIT), whole, "{count} {place}");
        }
    }
}

/// Bytes that are mostly what the format cares about, so that most files have many records.
fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec!["\"", "\"\"", "a", ",", "\n", "\r\n", "\r", "\",\"", "\u{feff}", "é", "text "])
            .prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..90),
    ];
    let mark = prop::sample::select(vec![&b""[..], b"\xef\xbb\xbf", b"\xef\xbb", b"\xef"]);
    (mark, prop::collection::vec(piece, 0..60)).prop_map(|(mark, pieces)| [mark, &pieces.concat()].concat())
}

/// The file in pieces whose lengths are these, and the rest as the last.
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

fn quoted(cell: &str, always: bool) -> String {
    if always || cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.into()
    }
}

fn any_table() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = prop_oneof![3 => "[a-z0-9 ]{0,12}", 2 => "[,\"\r\na{}:é😀]{0,80}", 1 => any::<String>()];
    (1_usize..14)
        .prop_flat_map(move |columns| prop::collection::vec(prop::collection::vec(cell.clone(), columns), 1..12))
}

proptest! {
    #[test]
    fn any_bytes_cut_anywhere_are_read_as_in_one_piece(
        file in any_file(),
        lengths in prop::collection::vec(prop_oneof![0_usize..4, 0_usize..200], 0..40),
        limit in prop_oneof![Just(USUAL_LIMIT), 0_usize..100],
    ) {
        let whole = read(&[&file], limit);
        prop_assert_eq!(&read(&cut(&file, &lengths), limit), &whole);
        let skipping = || Reader::new(limit).skipping();
        let (rows, error) = read_by(skipping(), &[&file]);
        prop_assert_eq!(&read_by(skipping(), &cut(&file, &lengths)), &(rows.clone(), None));
        prop_assert!(error.is_none() && rows.starts_with(&whole.0));
        prop_assert_eq!(&read(&file.chunks(1).collect::<Vec<_>>(), limit), &whole);
    }

    #[test]
    fn no_bytes_make_the_rows_anything_but_json(file in any_file(), length in 0_usize..300) {
        let mut rows = JsonRows::default();
        let (mut first, mut second, mut last) = (String::new(), String::new(), String::new());
        let chunks = cut(&file, &[length]);
        let results =
            [rows.feed(chunks[0], &mut first), rows.feed(chunks[1], &mut second), rows.finish(&mut last)];
        let mut written: Vec<Vec<String>> = Vec::new();
        for json in [first, second, last] {
            written.extend(serde_json::from_str::<Vec<Vec<String>>>(&json).unwrap());
        }
        let (rows, error) = read(&[&file], USUAL_LIMIT);
        let sound = rows.iter().take_while(|(_, cells, problem)| {
            problem.is_none() && cells.iter().all(|cell| std::str::from_utf8(cell).is_ok())
        });
        let sound: Vec<&Vec<Vec<u8>>> = sound.map(|(_, cells, _)| cells).collect();
        prop_assert_eq!(results[2].is_ok(), error.is_none() && sound.len() == rows.len());
        prop_assert_eq!(sound.len(), written.len());
        for (cells, texts) in sound.into_iter().zip(&written) {
            prop_assert!(cells.iter().map(Vec::as_slice).eq(texts.iter().map(String::as_bytes)));
        }
    }

    #[test]
    fn any_table_that_is_written_is_read_back(
        table in any_table(),
        always in any::<bool>(),
        mark in any::<bool>(),
        line_break in prop::sample::select(vec!["\n", "\r\n"]),
        ends in any::<bool>(),
        lengths in prop::collection::vec(0_usize..200, 0..8),
    ) {
        let mut file = String::from(if mark { "\u{feff}" } else { "" });
        for (position, row) in table.iter().enumerate() {
            // A line that holds nothing is no row; and the writer cannot leave to chance what looks like a mark.
            let always = always || row.len() == 1 || row[0].starts_with('\u{feff}');
            let cells: Vec<String> = row.iter().map(|cell| quoted(cell, always)).collect();
            file.push_str(&cells.join(","));
            file.push_str(if ends || position + 1 < table.len() { line_break } else { "" });
        }
        let (rows, error) = read(&cut(file.as_bytes(), &lengths), USUAL_LIMIT);
        prop_assert_eq!(error, None);
        prop_assert_eq!(rows.iter().find_map(|(_, _, problem)| *problem), None);
        let cells: Vec<Vec<String>> = rows.into_iter()
            .map(|(_, cells, _)| cells.into_iter().map(|cell| String::from_utf8(cell).unwrap()).collect())
            .collect();
        prop_assert_eq!(cells, table);
    }
}
