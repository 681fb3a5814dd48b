//! Rules that all compare numbers, as a short program over the numbers of a row. What it says is what `judge` says.

use super::number_column::{EQUAL, GREATER, LESS, NumberColumn, rows_where};
use super::number_test::NumberTest;
use super::{MATCH, NO_MATCH, UNKNOWN};
use crate::nql::{Operator, Truth};

/// What the rules of a playbook say of numbers. What is not known is not a number.
pub(crate) struct FlatRules {
    tests: Vec<FlatTest>,
    /// The playbook's columns that they read, each with its place.
    columns: Vec<(usize, usize)>,
}

struct FlatTest {
    /// Where the number is, or the two that are joined.
    left: usize,
    with: Option<(Operator, usize)>,
    right: f64,
    /// In which of these cases it matches.
    matches: u8,
    /// The playbook's columns of `left` and `with`.
    columns: [Option<usize>; 2],
}

impl FlatRules {
    /// The program for a playbook's rules, where `place` tells the place of a column's number. `None` where a rule is more
    /// than a comparison of numbers.
    pub(super) fn of(rules: &[Option<NumberTest>], place: &dyn Fn(usize) -> usize) -> Option<Self> {
        let mut tests = Vec::with_capacity(rules.len());
        for rule in rules {
            let NumberTest { left, with, comparison, right } = rule.as_ref()?;
            let cases = [(-1.0, LESS), (0.0, EQUAL), (1.0, GREATER)];
            let is_match = |left: f64| comparison.of_numbers(left, 0.0) == Truth::True;
            tests.push(FlatTest {
                left: place(*left),
                with: with.map(|(operator, column)| (operator, place(column))),
                right: *right,
                matches: cases.iter().fold(0, |all, (left, case)| if is_match(*left) { all | case } else { all }),
                columns: [Some(*left), with.map(|(_, column)| column)],
            });
        }
        let read = rules.iter().flatten().flat_map(NumberTest::columns);
        let mut columns = Vec::new();
        for column in read.map(|column| (column, place(column))) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        Some(Self { tests, columns })
    }

    /// The rows of which a rule may say more than that it does not match, or that it cannot tell for want of a number: a bit
    /// for each. `columns` are those at the places.
    pub fn matching(&self, columns: &[NumberColumn]) -> u64 {
        self.tests.iter().fold(0, |rows, test| rows | test.matching(columns).unwrap_or(u64::MAX))
    }

    /// Tells for each column of the playbook that a rule reads, once, in which rows it is unknown.
    pub fn unknown(&self, columns: &[NumberColumn], tell: &mut dyn FnMut(usize, u64)) {
        for (column, place) in &self.columns {
            tell(*column, columns.get(*place).map_or(u64::MAX, |column| column.unknown));
        }
    }

    /// Adds the verdicts on a row, and tells the bits that any of them has.
    #[inline]
    pub fn judge(&self, numbers: &[f64], verdicts: &mut Vec<u8>) -> u8 {
        let mut all = 0;
        verdicts.extend(self.tests.iter().map(|test| {
            let verdict = match test.case(numbers) {
                0 => UNKNOWN,
                case if case & test.matches != 0 => MATCH,
                _ => NO_MATCH,
            };
            all |= verdict;
            verdict
        }));
        all
    }

    /// Tells the columns that keep rules from telling: those without a number, else all. One may be told more than once.
    pub fn tell_unknown(&self, numbers: &[f64], verdicts: &[u8], tell: &mut dyn FnMut(usize)) {
        for (test, verdict) in self.tests.iter().zip(verdicts) {
            if *verdict != UNKNOWN {
                continue;
            }
            let places = [Some(test.left), test.with.map(|(_, place)| place)];
            let lacks = |place: &Option<usize>| place.is_some_and(|place| number(numbers, place).is_nan());
            let any = places.iter().any(lacks);
            for (column, place) in test.columns.iter().zip(&places) {
                if let Some(column) = column
                    && (!any || lacks(place))
                {
                    tell(*column);
                }
            }
        }
    }
}

impl FlatTest {
    /// The rows in which it matches; `None` where a result may be no number though its parts are.
    fn matching(&self, columns: &[NumberColumn]) -> Option<u64> {
        let mut numbers = &columns.get(self.left)?.numbers;
        let mut joined;
        if let Some((operator, place)) = self.with {
            // No sum of what a few digits tell is infinite.
            let sign = match operator {
                Operator::Add => 1.0,
                Operator::Subtract => -1.0,
                _ => return None,
            };
            joined = *numbers;
            for (left, right) in joined.iter_mut().zip(&columns.get(place)?.numbers) {
                *left += sign * right;
            }
            numbers = &joined;
        }
        Some(rows_where(numbers, self.matches, self.right))
    }

    /// How the number on the left is to the one on the right. Without a branch: which it is, is not to be foreseen.
    #[inline]
    fn case(&self, numbers: &[f64]) -> u8 {
        let mut left = number(numbers, self.left);
        if let Some((operator, place)) = self.with {
            let right = number(numbers, place);
            left = match operator {
                Operator::Add => left + right,
                _ => apply(operator, left, right),
            };
        }
        let case = u8::from(left < self.right) * LESS
            + u8::from(left == self.right) * EQUAL
            + u8::from(left > self.right) * GREATER;
        // What is infinite is no result.
        u8::from(left.abs() < f64::INFINITY) * case
    }
}

#[inline(never)]
fn apply(operator: Operator, left: f64, right: f64) -> f64 {
    // Nothing to the power of zero is one; what is not known is not.
    let is_known = !left.is_nan() && !right.is_nan();
    operator.apply(left, right).filter(|_| is_known).unwrap_or(f64::NAN)
}

#[inline]
fn number(numbers: &[f64], place: usize) -> f64 {
    numbers.get(place).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::json::Token;
    use crate::playbook::verdicts::{MATCH, NumberColumn, RowJudge};
    use crate::playbook::{Playbook, Row};

    #[test]
    fn the_program_says_what_the_rules_say() {
        let conditions = [
            "a > 2",
            "a <= 0",
            "b == 0",
            "b != 1.5",
            "a < 2",
            "a >= 2",
            "a + b > 2",
            "a - b == 0",
            "a * b < 9",
            "a / b > 1",
            "a ^ b >= 1",
        ];
        let rules: Vec<String> = (0..)
            .zip(conditions)
            .map(|(id, when)| {
                format!(r#"{{"id":"r{id}","when":"{when}","reason":{{"en":"x"}},"advice":{{"en":"x"}}}}"#)
            })
            .collect();
        let json = format!(
            r##"{{"id":"own","version":"1","title":{{"en":"x"}},"query":{{"id":"#own","text":"devices during past 7d | where name == $device_name | include device_performance.events during past 24h | compute a = system_drive_free_space.avg(), b = free_memory.avg() | list collector.uid, name, a, b"}},"rules":[{}]}}"##,
            rules.join(",")
        );
        let judge = RowJudge::new(Arc::new(Playbook::compile(&json, None).unwrap()));
        let place = |column: usize| column;
        let flat = judge.flat(&place).unwrap();
        let linear = RowJudge::new(Arc::new(
            Playbook::compile(&json.replace(" * ", " + ").replace(" / ", " - ").replace(" ^ ", " + "), None).unwrap(),
        ));
        let linear_flat = linear.flat(&place).unwrap();
        let (mut columns, mut matching, mut row) = (vec![NumberColumn::default(); 4], 0, 0);
        let values = [None, Some(0.0), Some(1.0), Some(1.5), Some(-2.0), Some(3.0), Some(1e300)];
        for a in values {
            for b in values {
                let token = |value: Option<f64>| value.map_or(Token::Null, Token::Number);
                let cells = [Token::Null, Token::Null, token(a), token(b)];
                let places = [Some(0), Some(1), Some(2), Some(3)];
                let numbers = [f64::NAN, f64::NAN, a.unwrap_or(f64::NAN), b.unwrap_or(f64::NAN)];
                let mut verdicts = Vec::new();
                linear.judge(Row { cells: &cells, places: &places }, None, &mut verdicts);
                matching |= u64::from(verdicts.contains(&MATCH)) << row;
                for (column, number) in columns.iter_mut().zip(numbers) {
                    column.numbers[row] = number;
                }
                row += 1;
                let (mut expected, mut found) = (Vec::new(), Vec::new());
                let row_of_cells = Row { cells: &cells, places: &places };
                judge.judge(row_of_cells, None, &mut expected);
                flat.judge(&numbers, &mut found);
                assert_eq!(found, expected, "{a:?} {b:?}");
                let (mut unknown, mut told) = (Vec::new(), Vec::new());
                judge.tell_unknown(row_of_cells, None, &expected, &mut |column| unknown.push(column));
                flat.tell_unknown(&numbers, &found, &mut |column| told.push(column));
                assert_eq!(told, unknown, "{a:?} {b:?}");
            }
        }
        let rows = (1 << row) - 1;
        assert_eq!(linear_flat.matching(&columns) & rows, matching);
        assert_eq!(flat.matching(&columns), u64::MAX, "a quotient may be no number");
    }
}
