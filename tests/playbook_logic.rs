//! Three-valued logic, from a condition's text to a verdict, against truth tables written out here: brackets and
//! constants, and the way through a compiled playbook's text, change nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

use nexthink_chatbot::json::Json;
use nexthink_chatbot::playbook::{Library, Playbook, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};

/// No, unknown, yes.
type Outcome = usize;

const NO: Outcome = 0;
const UNKNOWN: Outcome = 1;
const YES: Outcome = 2;

const AND: [[Outcome; 3]; 3] = [[NO, NO, NO], [NO, UNKNOWN, UNKNOWN], [NO, UNKNOWN, YES]];
const OR: [[Outcome; 3]; 3] = [[NO, UNKNOWN, YES], [UNKNOWN, UNKNOWN, YES], [YES, YES, YES]];
const NOT: [Outcome; 3] = [YES, UNKNOWN, NO];

/// A condition, and what it comes to in a row whose columns are no (0), unknown or yes (1).
#[derive(Debug, Clone)]
enum Tree {
    /// Asks a column: directly, by its opposite, or through arithmetic with another.
    Ask {
        column: usize,
        other: usize,
        form: usize,
    },
    /// A comparison of constants.
    Constant(usize),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

const CONSTANTS: [(&str, Outcome); 5] = [
    ("1 == 1", YES),
    ("2 * 3 < 1 + 1", NO),
    ("1 == \"x\"", UNKNOWN),
    ("2 in [1, 2]", YES),
    ("\"ab\" contains \"c\"", NO),
];

impl Tree {
    fn text(&self) -> String {
        let joined = |parts: &[Self], word: &str| {
            let parts: Vec<String> = parts.iter().map(Self::text).collect();
            format!("({})", parts.join(word))
        };
        match self {
            Self::Ask { column: a, other: b, form } => match form {
                0 => format!("c{a} == 1"),
                1 => format!("c{a} != 1"),
                2 => format!("c{a} in [1, 7]"),
                3 => format!("c{a} !in [1, 7]"),
                4 => format!("c{a} + c{b} == 2"),
                5 => format!("c{a} * (2 - 1) >= 4 / 4"),
                _ => format!("1 > c{a}"),
            },
            Self::Constant(which) => CONSTANTS[*which].0.into(),
            Self::All(parts) => joined(parts, " and "),
            Self::Any(parts) => joined(parts, " or "),
        }
    }

    fn outcome(&self, row: &[Outcome]) -> Outcome {
        match self {
            Self::Ask { column, other, form } => {
                let (is, also) = (row[*column], row[*other]);
                match form {
                    0 | 2 | 5 => is,
                    // Arithmetic with what is unknown is unknown, also where the other operand settles it.
                    4 if is == UNKNOWN || also == UNKNOWN => UNKNOWN,
                    4 => AND[is][also],
                    _ => NOT[is],
                }
            }
            Self::Constant(which) => CONSTANTS[*which].1,
            Self::All(parts) => parts.iter().fold(YES, |all, part| AND[all][part.outcome(row)]),
            Self::Any(parts) => parts.iter().fold(NO, |any, part| OR[any][part.outcome(row)]),
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        4 => (0..4_usize, 0..4_usize, 0..7_usize).prop_map(|(column, other, form)| Tree::Ask { column, other, form }),
        1 => (0..CONSTANTS.len()).prop_map(Tree::Constant),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Tree::All),
            prop::collection::vec(inner, 1..4).prop_map(Tree::Any),
        ]
    })
}

fn playbook(when: &str, unless: Option<&str>) -> Playbook {
    let file = json!({
        "id": "logic", "version": "1", "title": { "en": "Logic" },
        "query": { "id": "#logic", "text": "devices | where name == $device_name | list collector.uid, c0, c1, c2, c3" },
        "rules": [{ "id": "r", "when": when, "unless": unless, "reason": { "en": "r" }, "advice": { "en": "a" } }],
    });
    Playbook::compile(&file.to_string(), None).unwrap()
}

/// A row in which each column is no, unknown in one of the ways in which a tenant says so, or yes.
fn row(columns: &[Outcome], ways: &[usize]) -> Value {
    let mut row = serde_json::Map::new();
    for (position, (outcome, way)) in columns.iter().zip(ways).enumerate() {
        let cell = match (*outcome, way) {
            (UNKNOWN, 0) => Value::Null,
            (UNKNOWN, 1) => json!("-"),
            (UNKNOWN, 2) => json!(""),
            (UNKNOWN, _) => continue,
            (NO, 0) => json!("0"),
            (NO, _) => json!(0),
            (_, 0) => json!("1"),
            _ => json!(1),
        };
        row.insert(format!("c{position}"), cell);
    }
    Value::Object(row)
}

fn verdict(playbook: &Playbook, row: &Value) -> Verdict {
    let input = json!({ "row": row }).to_string();
    playbook.evaluate_row(Json::parse(input.as_bytes()).unwrap()).unwrap().findings[0].verdict
}

fn named(outcome: Outcome) -> Verdict {
    [Verdict::NoMatch, Verdict::Unknown, Verdict::Match][outcome]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]
    #[test]
    fn a_verdict_is_that_of_the_truth_tables(
        when in tree(),
        unless in prop::option::of(tree()),
        rows in prop::collection::vec((prop::collection::vec(0..3_usize, 4), prop::collection::vec(0..4_usize, 4)), 8),
    ) {
        let compiled = playbook(&when.text(), unless.as_ref().map(Tree::text).as_deref());
        let text = Library::from(vec![compiled.clone()]).to_text();
        let read_back = Library::read_one(text.as_bytes(), &compiled.id).unwrap();
        prop_assert_eq!(&*read_back, &compiled);
        for (columns, ways) in rows {
            let holds_not = unless.as_ref().map_or(YES, |unless| NOT[unless.outcome(&columns)]);
            let expected = named(AND[when.outcome(&columns)][holds_not]);
            let row = row(&columns, &ways);
            prop_assert_eq!(verdict(&compiled, &row), expected, "{} unless {:?} on {}", when.text(), unless, row);
            prop_assert_eq!(verdict(&read_back, &row), expected);
        }
    }
}

#[test]
fn the_tables_of_the_standard_hold_for_two_columns() {
    for (word, table) in [("and", AND), ("or", OR)] {
        let compiled = playbook(&format!("c0 == 1 {word} c1 == 1"), None);
        for left in [NO, UNKNOWN, YES] {
            for right in [NO, UNKNOWN, YES] {
                let row = row(&[left, right], &[1, 1]);
                assert_eq!(verdict(&compiled, &row), named(table[left][right]), "{left} {word} {right}");
            }
        }
    }
}
