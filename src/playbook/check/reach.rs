//! Rules that can never match, and those that only repeat an earlier one.

use super::Findings;
use super::contradiction::{Contradiction, Test, contradiction};
use crate::nql::tree::Expression;
use crate::nql::{Comparison, Predicate, Span, ends_with_name, parse_condition};
use crate::playbook::compiled::{FactColumn, Playbook, Rule};
use crate::playbook::condition::{When, is_guard};
use crate::playbook::mistake::{Mistake, below, element};

/// More ways for a rule to match than these are not followed: nobody writes such a rule.
const MOST_WAYS: usize = 256;

pub(super) fn check(playbook: &Playbook, found: &mut Findings) {
    for (position, rule) in playbook.rules.iter().enumerate() {
        let at = element("/rules", position);
        if found.is_broken(&at) || playbook.columns.is_empty() {
            continue;
        }
        let checker = Checker { columns: &playbook.columns, at: &at };
        let broken =
            checker.clause(rule.when.as_ref(), "when", found) | checker.clause(rule.unless.as_ref(), "unless", found);
        if !broken && never(&checker.ways(rule), &playbook.columns) {
            let message = "the rule can never match: `unless` holds, or cannot be told, wherever `when` holds";
            found.error(Mistake::new(&below(&at, "unless"), message).help("leave out `unless`, or narrow it"));
        }
        let earlier = playbook.rules.iter().take(position).find(|earlier| repeats(rule, earlier));
        if let Some(earlier) = earlier {
            let message =
                format!("the rule says what `{}` says already: the same condition, the same remedy", earlier.id);
            found.error(
                Mistake::new(&at, message).help("leave one of them out, or change its condition or what it does"),
            );
        }
    }
}

struct Checker<'a> {
    columns: &'a [FactColumn],
    at: &'a str,
}

impl Checker<'_> {
    /// Checks one condition by itself; true where something is wrong with it.
    fn clause(&self, clause: Option<&When>, name: &str, found: &mut Findings) -> bool {
        let Some(when) = clause else { return false };
        let pointer = below(self.at, name);
        self.words(when, &pointer, found);
        let before = found.problems.len();
        self.together(when, &when.condition, &pointer, found);
        if found.problems.len() == before && never(&ways(&when.condition, true, self.columns), self.columns) {
            let message = "the condition can never hold";
            found.error(
                Mistake::new(&pointer, message)
                    .help("look for parts that exclude each other, or constants that differ"),
            );
        }
        let broken = found.problems.len() > before;
        if !broken && matches!(&when.condition, Predicate::And(parts) if parts.is_empty()) {
            let message = "the condition holds for every device: it compares nothing but constants";
            let help = if name == "when" { "write `\"always\": true` instead" } else { "leave `unless` out" };
            found.warning(Mistake::new(&pointer, message).help(help));
        }
        broken
    }

    /// The parts of each `and` that exclude each other.
    fn together(&self, when: &When, condition: &Predicate<usize>, pointer: &str, found: &mut Findings) {
        let parts = match condition {
            Predicate::Or(parts) => {
                parts.iter().for_each(|part| self.together(when, part, pointer, found));
                return;
            }
            Predicate::And(parts) => parts,
            part => std::slice::from_ref(part),
        };
        let tests: Vec<Test<'_>> = parts.iter().filter_map(|part| Test::of(part, false)).collect();
        let text = |span: Span| when.text.get(span.start..span.end).unwrap_or_default();
        match contradiction(&tests, self.columns) {
            Some(Contradiction::Alone(span)) => {
                let message = format!("`{}` can never hold", text(span));
                found.error(
                    Mistake::new(pointer, message).help("no value of the column fits: correct the value").at(span),
                );
            }
            Some(Contradiction::Pair(first, second)) => {
                let message = format!("`{}` and `{}` can never hold together", text(first), text(second));
                let help = "correct one of them, or join them with `or`";
                found.error(Mistake::new(pointer, message).help(help).at(second));
            }
            None => {}
        }
        for part in parts {
            if matches!(part, Predicate::And(_) | Predicate::Or(_)) {
                self.together(when, part, pointer, found);
            }
        }
    }

    /// To the right of `==` a bare word is a word, also where a column has that name.
    fn words(&self, when: &When, pointer: &str, found: &mut Findings) {
        let Ok(tree) = parse_condition(&when.text) else { return };
        tree.expressions(&mut |expression| {
            let Expression::Word(word) = expression else { return };
            if self.columns.iter().any(|column| ends_with_name(&column.name, &word.text)) {
                let message = format!("`{}` is compared as a word here, and not as the column of this name", word.text);
                let help =
                    "if the word is meant write it in quotes; to compare two columns write `first - second == 0`";
                found.warning(Mistake::new(pointer, message).help(help).at(word.span));
            }
        });
    }

    /// Every way in which a rule can match: what must hold together.
    fn ways<'a>(&self, rule: &'a Rule) -> Vec<Vec<Test<'a>>> {
        let all = |when: &'a Option<When>, holds: bool| match when {
            Some(when) => ways(&when.condition, holds, self.columns),
            None => vec![Vec::new()],
        };
        product(all(&rule.when, true), &all(&rule.unless, false))
    }
}

/// Every way in which a condition can hold, or can be known not to.
fn ways<'a>(condition: &'a Predicate<usize>, holds: bool, columns: &[FactColumn]) -> Vec<Vec<Test<'a>>> {
    let parts = match (condition, holds) {
        (Predicate::And(parts), true) | (Predicate::Or(parts), false) => {
            let mut joined = vec![Vec::new()];
            for part in parts {
                joined = product(joined, &ways(part, holds, columns));
            }
            return joined;
        }
        (Predicate::Or(parts), _) | (Predicate::And(parts), _) => parts,
        // Where a data collection did not succeed nothing is known, so this is never known not to hold.
        (part, false) if is_guard(part, columns) => return Vec::new(),
        (part, _) => return Test::of(part, !holds).map(|test| vec![test]).into_iter().collect(),
    };
    parts.iter().flat_map(|part| ways(part, holds, columns)).take(MOST_WAYS).collect()
}

/// Each of the ones with each of the others.
fn product<'a>(ones: Vec<Vec<Test<'a>>>, others: &[Vec<Test<'a>>]) -> Vec<Vec<Test<'a>>> {
    let mut all = Vec::new();
    for one in &ones {
        for other in others {
            if all.len() == MOST_WAYS {
                return all;
            }
            all.push(one.iter().chain(other).cloned().collect());
        }
    }
    all
}

fn never(ways: &[Vec<Test<'_>>], columns: &[FactColumn]) -> bool {
    ways.len() < MOST_WAYS && ways.iter().all(|way| contradiction(way, columns).is_some())
}

fn repeats(rule: &Rule, earlier: &Rule) -> bool {
    let same = |one: &Option<When>, other: &Option<When>| match (one, other) {
        (Some(one), Some(other)) => says_the_same(&one.condition, &other.condition),
        (one, other) => one.is_none() && other.is_none(),
    };
    same(&rule.when, &earlier.when)
        && same(&rule.unless, &earlier.unless)
        && rule.remote_action == earlier.remote_action
        && rule.advice == earlier.advice
        && rule.freshness == earlier.freshness
}

/// Whether two conditions are the same, wherever their parts stand in the text.
fn says_the_same(one: &Predicate<usize>, other: &Predicate<usize>) -> bool {
    let all = |ones: &[Predicate<usize>], others: &[Predicate<usize>]| {
        ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| says_the_same(one, other))
    };
    match (one, other) {
        (Predicate::And(ones), Predicate::And(others)) | (Predicate::Or(ones), Predicate::Or(others)) => {
            all(ones, others)
        }
        (Predicate::Compare(_, one_is), Predicate::Compare(_, other_is)) => {
            one_is == other_is && same_sides(one, other)
        }
        (Predicate::In(_, one_is), Predicate::In(_, other_is))
        | (Predicate::Contains(_, one_is), Predicate::Contains(_, other_is)) => {
            one_is == other_is && same_sides(one, other)
        }
        _ => false,
    }
}

fn same_sides(one: &Predicate<usize>, other: &Predicate<usize>) -> bool {
    one.sides().zip(other.sides()).is_some_and(|(one, other)| one.left == other.left && one.right == other.right)
}

/// What a comparison becomes where it is known not to hold.
pub(super) const fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}
