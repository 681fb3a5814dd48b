//! Whatever is given as NQL is read or refused: random text, near-queries, and the texts that an enemy would choose.
//! The long form of this, millions of inputs, is the fuzz target in `fuzz/`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test that panics has failed, as it should"
)]

mod hostile;

use std::cell::Cell;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use hostile::choices::Choices;
use hostile::dictionary::FIELDS;
use hostile::near_query::{NearQueries, loose_tokens};
use hostile::properties::{Reached, hold_for};
use hostile::tables::NOW;
use nexthink_chatbot::nql::{MAXIMUM_CHARACTERS, parse_query};
use proptest::prelude::*;

fn near_queries() -> NearQueries {
    NearQueries::of_samples(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nql-samples"))
}

/// No file of past failures: a failure shows its input, which becomes a test of its own.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

#[test]
fn random_text_is_read_or_refused() {
    proptest!(cases(2_000), |(text in "\\PC{0,60}|[ -~\n]{0,120}|(?s:.){0,60}")| {
        hold_for(&text, NOW);
    });
}

#[test]
fn loose_tokens_are_read_or_refused() {
    proptest!(cases(2_000), |(bytes in prop::collection::vec(any::<u8>(), 0..120))| {
        hold_for(&loose_tokens(&mut Choices::of(&bytes)), NOW);
    });
}

#[test]
fn mutated_samples_are_read_or_refused() {
    let queries = near_queries();
    proptest!(cases(2_000), |(bytes in prop::collection::vec(any::<u8>(), 1..24))| {
        hold_for(&queries.mutated_sample(&mut Choices::of(&bytes)), NOW);
    });
}

#[test]
fn invented_queries_are_executed_or_refused() {
    let queries = near_queries();
    let executed = Cell::new(0);
    proptest!(cases(2_000), |(kind in 0_u8..2, bytes in prop::collection::vec(any::<u8>(), 0..80))| {
        let text = queries.build(&[&[kind], &bytes[..]].concat());
        executed.set(executed.get() + u32::from(hold_for(&text, NOW) == Reached::Executed));
    });
    let executed = executed.get();
    assert!(executed > 100, "{executed} of 2000 were executed: the evaluator is not reached");
}

#[test]
fn the_hostile_tables_execute_nearly_every_sample() {
    let reached: Vec<Reached> = near_queries().samples().map(|text| hold_for(&text, NOW)).collect();
    let executed = reached.iter().filter(|reached| **reached == Reached::Executed).count();
    assert!(executed >= 28 && !reached.contains(&Reached::Refused), "{reached:?}");
}

/// The standard library's sort panics where it notices that an order runs in a circle.
#[test]
fn values_without_a_common_order_are_sorted_all_the_same() {
    for field in FIELDS.into_iter().filter(|field| *field != "absent") {
        for query in [
            format!("devices | sort {field} desc, name"),
            format!("execution.crashes | sort {field}"),
            format!("devices | with execution.crashes | compute a = {field}.last(), b = {field}.p50() | sort a, b"),
            format!("execution.crashes | summarize a = {field}.max(), b = {field}.p95() by 1d, {field} | sort b"),
        ] {
            assert_eq!(hold_for(&query, NOW), Reached::Executed, "{query}");
        }
    }
}

/// Half of what a WebAssembly module has. An unoptimised build keeps every intermediate value in a place of its own on
/// the stack, and needs up to 2.5 MiB for the deepest tree that the parser lets through: 500 functions, one of another.
const STACK: usize = if cfg!(debug_assertions) { 4 << 20 } else { 512 << 10 };

/// The texts below take milliseconds, in an unoptimised build up to some tenths of a second.
const HANGS: Duration = Duration::from_secs(10);

/// Reads and executes a text on a small stack. An overflow ends the process, and with it the test.
fn on_a_small_stack(name: &str, text: String) -> Reached {
    let (sender, receiver) = mpsc::channel();
    let hostile = thread::Builder::new().name(name.to_owned()).stack_size(STACK);
    let hostile = hostile.spawn(move || sender.send(hold_for(&text, NOW)).unwrap()).unwrap();
    match receiver.recv_timeout(HANGS) {
        Ok(reached) => reached,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{name} takes longer than {HANGS:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{name} panicked: {:?}", hostile.join()),
    }
}

/// A piece again and again, up to the limit of a text.
fn filled(start: &str, piece: &str, end: &str) -> String {
    let room = MAXIMUM_CHARACTERS - start.chars().count() - end.chars().count();
    format!("{start}{}{end}", piece.repeat(room / piece.chars().count()))
}

#[test]
fn one_piece_again_and_again_up_to_the_limit_ends_quickly() {
    for (start, pieces) in [
        (
            "",
            &["(", "[", "!", "|", ",", ".", ":", "'", "\"", "/*", "/**/", ";", "🦀", "$", "1.1.", "a:", "v1.", "00-"][..],
        ),
        ("devices", &["|", "|;|;", "| lst", "|a", "/**/|"]),
        ("devices past ", &["Jun 1, ", "9"]),
        ("devices | list ", &[",", ",a(", "\u{a0}"]),
        ("devices | where ", &["(", "[", "-", "!", "a.b(", "countif(", "(-[!", "(a == -", "a in ["]),
    ] {
        for piece in pieces {
            on_a_small_stack(&format!("{start}{piece}…"), filled(start, piece, ""));
        }
    }
}

#[test]
fn one_piece_more_than_the_parser_bears_is_refused_on_a_small_stack() {
    for (start, piece, end) in [
        ("devices | where a == 1", " + 1", ""),
        ("devices | where 1", "+1", " == a"),
        ("devices | list a", " ^ b", ""),
        ("devices | with x | compute a = a.b()", ".c()", ""),
        ("devices | with x | compute a = a.last()", ".time_elapsed()", ""),
        ("devices | with x | compute a = count(", "count(", "))"),
        ("devices | where ", "(", "a == 1"),
        ("devices | where a == ", "-", "1"),
        ("devices | where a == ", "- (", "1"),
        ("devices | where ", "(a == 1 and ", "a == 1"),
        ("devices | where ", "(a == 1 or b + ", "a == 1"),
        ("devices | where a in ", "[-", "1"),
        ("devices | summarize a = ", "countif(countif(a == 1) == ", "1"),
        ("devices | summarize a = ", "x.sumif((-(1 + b.c(-", "1"),
        ("devices | where ", "a.b([-(1 + ", "1"),
    ] {
        assert_eq!(on_a_small_stack(piece, filled(start, piece, end)), Reached::Refused, "{start}{piece}…");
    }
}

/// The text with as many levels as the parser bears, which are fewer than `most`.
fn deepest(most: usize, text: impl Fn(usize) -> String) -> String {
    let counts: Vec<usize> = (1..=most).collect();
    let readable = counts.partition_point(|count| parse_query(&text(*count)).is_ok());
    assert!((1..most).contains(&readable), "{readable} can be read, {most} were tried");
    text(readable)
}

#[test]
fn the_deepest_trees_that_are_read_are_executed_on_a_small_stack() {
    type Text = fn(usize) -> String;
    let texts: [(&str, Text); 14] =
        [
            ("sums", |count| format!("devices | where 1{} == size", " + size".repeat(count))),
            ("powers", |count| format!("devices | list size{}", " ^ 2".repeat(count))),
            ("listed functions", |count| format!("devices | list last_seen{}", ".as()".repeat(count))),
            ("times since times", |count| format!("devices | list last_seen{}", ".time_elapsed()".repeat(count))),
            ("sorted functions", |count| format!("devices | sort last_seen{}", ".hour()".repeat(count))),
            ("totals of totals", |count| format!("devices | with a.b | compute x = size{}", ".sum()".repeat(count))),
            ("brackets", |count| format!("devices | where {}size > 1{}", "(".repeat(count), ")".repeat(count))),
            ("signs", |count| format!("devices | where size > {}size", "-".repeat(count))),
            ("conditions", |count| {
                format!("devices | where {}a == 1{}", "(a == 1 and (b == 2 or ".repeat(count), "))".repeat(count))
            }),
            ("counts of counts", |count| {
                format!("devices | summarize x = {}1 == 1{}", "countif(size > ".repeat(count), ")".repeat(count))
                    .replacen("1 == 1", "countif(a == 1)", 1)
            }),
            ("sums in brackets", |count| {
                format!("devices | where {}size{} > 1", "(".repeat(64), format!("{})", " + 1".repeat(count)).repeat(64))
            }),
            ("functions in brackets", |count| {
                let functions = format!("last_seen{}", ".as()".repeat(count * 7));
                format!("devices | list {}{functions}{}", "(".repeat(64), " + 1)".repeat(64))
            }),
            ("functions in functions", |count| {
                format!("devices | list {}1{}", "x.as(y = 1 + ".repeat(count), ")".repeat(count))
            }),
            ("a condition in a function in a condition", |count| {
                let inner = "x.sumif((a == 1 or b > ".repeat(count);
                format!("devices | where c > {inner}1{}", "))".repeat(count))
            }),
        ];
    for (name, text) in texts {
        let text = deepest(502, text);
        assert_ne!(on_a_small_stack(name, text.clone()), Reached::Refused, "{name}: {text}");
    }
}

#[test]
fn very_many_statements_are_read_or_refused_quickly() {
    for (statement, count, expected) in [
        ("|limit 1", 10_000, Reached::Refused),
        ("|", 10_000, Reached::Refused),
        ("|limit 1", 1_900, Reached::Executed),
        ("|list a", 2_200, Reached::Executed),
        ("|sort a", 2_200, Reached::Executed),
        ("|where a=1", 1_500, Reached::Executed),
        ("|with a.b", 1_500, Reached::Executed),
        ("|include a.b|compute c=a.sum()", 500, Reached::Executed),
        ("|summarize a=count()by time", 1, Reached::Executed),
        ("|summarize name=count()by name", 500, Reached::Read),
        ("/**/|limit 1/**/", 990, Reached::Executed),
    ] {
        let text = format!("devices{}", statement.repeat(count));
        assert_eq!(on_a_small_stack(statement, text), expected, "{count} times {statement}");
    }
}

#[test]
fn very_many_columns_are_read_and_executed_quickly() {
    for (start, piece) in [
        ("devices | list a", ",a"),
        ("devices | sort a", ",a"),
        ("devices | with a.b | compute a=count()", ",a=count()"),
        ("devices | with a.b | compute a=count()| list a", ",a.sum()"),
        ("devices | summarize a=count()", ",a=max.max()"),
        ("devices | summarize a=count() by a", ",a"),
        ("devices | where a=1", " or a=1"),
        ("devices | where a=1", " and $a=1"),
        ("devices | where a in [1", ",1"),
        ("devices | where name contains \"", "*a"),
    ] {
        let end = if start.ends_with('"') {
            "\""
        } else if start.contains('[') {
            "]"
        } else {
            ""
        };
        assert_ne!(on_a_small_stack(piece, filled(start, piece, end)), Reached::Refused, "{start}{piece}…");
    }
    let both = format!("devices|with a.b|compute a=a.sum(){}|list a{}", ",a=a.sum()".repeat(900), ",a".repeat(3_400));
    assert_eq!(on_a_small_stack("both", both), Reached::Executed);
}
