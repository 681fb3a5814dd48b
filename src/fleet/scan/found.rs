//! What is made of rows: verdicts, counts, and the text of those that match, which goes out in one piece for many.

use super::Settings;
use super::csv::CsvRows;
use super::sink::Sink;
use super::summary::{Malformed, MalformedRow, ScanCounts};
use crate::api::problem::NexthinkError;
use crate::json::push_digits;
use crate::playbook::Row;
use crate::playbook::verdicts::{FlatRules, MATCH, NO_MATCH, RowJudge, UNKNOWN};

/// A file of rows without a column of the playbook is the wrong one; so much is known after these.
const ROWS_UNTIL_KNOWN: usize = 1_000;

pub(super) struct Found {
    pub judge: RowJudge,
    settings: Settings,
    /// On the row at hand; empty where no rule has anything to say of it.
    verdicts: Vec<u8>,
    /// Whether the playbook is for the row at hand.
    applies: bool,
    /// `[rules],row,…`: positions of the rules that match, `null` where the playbook is not for the row.
    text: String,
    /// How many rows the text has.
    pub batch: usize,
    rows: usize,
    matches: usize,
    not_applicable: usize,
    per_rule: Vec<usize>,
    /// Which rules have a condition: what always matches finds nothing.
    conditional: Vec<bool>,
    /// For each column of the playbook.
    facts: Vec<FactCount>,
    malformed: Malformed,
}

#[derive(Clone, Default)]
struct FactCount {
    unknown: usize,
    /// The last row in which it was unknown, from 1: rules share columns.
    last: usize,
    was_returned: bool,
}

impl FactCount {
    fn unknown_in(facts: &mut [Self], column: usize, row: usize) {
        if let Some(fact) = facts.get_mut(column)
            && fact.last != row
        {
            fact.last = row;
            fact.unknown += 1;
        }
    }
}

impl Found {
    pub fn new(judge: RowJudge, settings: Settings) -> Self {
        let rules = &judge.playbook().rules;
        let conditional = rules.iter().map(|rule| rule.when.is_some()).collect();
        let (per_rule, facts) = (vec![0; rules.len()], vec![FactCount::default(); judge.playbook().columns.len()]);
        Self {
            judge,
            settings,
            verdicts: Vec::new(),
            applies: true,
            text: String::new(),
            batch: 0,
            rows: 0,
            matches: 0,
            not_applicable: 0,
            per_rule,
            conditional,
            facts,
            malformed: Malformed::new(settings.strict),
        }
    }

    /// Judges a row; where it is to go out, the caller adds its text by `write`.
    #[inline]
    pub fn judge(&mut self, row: Row<'_, '_>, platform: Option<&str>) -> bool {
        self.rows += 1;
        self.applies = platform.is_none() || self.judge.playbook().applies_to(platform);
        if !self.applies {
            self.not_applicable += 1;
            self.verdicts.clear();
            return self.settings.all;
        }
        self.verdicts.clear();
        self.judge.judge(row, self.settings.now, &mut self.verdicts);
        let all = self.verdicts.iter().fold(NO_MATCH, |all, verdict| all | verdict);
        if all & UNKNOWN != 0 {
            let rows = self.rows;
            let facts = &mut self.facts;
            self.judge.tell_unknown(row, self.settings.now, &self.verdicts, &mut |column| {
                FactCount::unknown_in(facts, column, rows);
            });
        }
        self.count_matches(all)
    }

    /// The same for rules that only compare numbers, of a device of which nothing speaks against the playbook.
    pub fn judge_numbers(&mut self, rules: &FlatRules, numbers: &[f64]) -> bool {
        self.rows += 1;
        self.applies = true;
        self.verdicts.clear();
        let all = rules.judge(numbers, &mut self.verdicts);
        if all & UNKNOWN != 0 {
            let rows = self.rows;
            let facts = &mut self.facts;
            rules.tell_unknown(numbers, &self.verdicts, &mut |column| FactCount::unknown_in(facts, column, rows));
        }
        self.count_matches(all)
    }

    fn count_matches(&mut self, all: u8) -> bool {
        if all & MATCH == 0 {
            return self.settings.all;
        }
        let mut is_match = false;
        for ((verdict, count), conditional) in self.verdicts.iter().zip(&mut self.per_rule).zip(&self.conditional) {
            let matches = verdict & MATCH != 0;
            *count += usize::from(matches);
            is_match |= matches && *conditional;
        }
        self.matches += usize::from(is_match);
        is_match || self.settings.all
    }

    /// Whether only rows that match go out.
    pub const fn wants_matches(&self) -> bool {
        !self.settings.all
    }

    /// Counts rows that do not match.
    pub const fn pass_over(&mut self, rows: usize) {
        self.rows += rows;
    }

    /// Counts rows in which a column is not known.
    pub fn unknown(&mut self, column: usize, rows: usize) {
        if let Some(fact) = self.facts.get_mut(column) {
            fact.unknown += rows;
        }
    }

    /// Adds the row that was judged last.
    pub fn write(&mut self, row: impl FnOnce(&mut String)) {
        let text = &mut self.text;
        text.push_str(if self.batch == 0 { "[" } else { "," });
        self.batch += 1;
        if !self.applies {
            text.push_str("null");
        } else {
            text.push('[');
            let mut first = true;
            for (position, _) in (0..).zip(&self.verdicts).filter(|(_, verdict)| **verdict & MATCH != 0) {
                if !std::mem::take(&mut first) {
                    text.push(',');
                }
                push_digits(position, 1, text);
            }
            text.push(']');
        }
        text.push(',');
        row(text);
    }

    /// The rows since the last time, as the JSON text of a list.
    pub fn take(&mut self) -> String {
        self.batch = 0;
        // The next rows will need about as much room.
        let room = String::with_capacity(self.text.len());
        let mut text = std::mem::replace(&mut self.text, room);
        text.push_str(if text.is_empty() { "[]" } else { "]" });
        text
    }

    /// What is said of a file without any column of the playbook.
    pub fn wrong_file(&self) -> NexthinkError {
        let playbook = self.judge.playbook();
        let mut message = String::from("the file has none of the columns that the playbook `");
        message.push_str(&playbook.id);
        message.push_str("` needs");
        if let Some(MalformedRow { line, problem }) = self.malformed.rows.first() {
            message.push_str("; line ");
            push_digits(*line as u64, 1, &mut message);
            message.push(' ');
            message.push_str(problem);
        }
        let mut hint = String::from("pass an export of ");
        hint.push_str(&playbook.query_id);
        hint.push_str(", in UTF-8, with a header or with names, and with columns such as");
        let read = (0..).zip(&playbook.columns).filter(|(column, _)| self.judge.reads(*column));
        for (position, (_, column)) in read.take(3).enumerate() {
            hint.push_str(if position > 0 { ", `" } else { " `" });
            hint.push_str(&column.name);
            hint.push('`');
        }
        NexthinkError::invalid(message).hint(hint)
    }

    pub const fn rows(&self) -> usize {
        self.rows
    }

    pub const fn matches(&self) -> usize {
        self.matches
    }

    pub fn counts(&self) -> ScanCounts {
        let playbook = self.judge.playbook();
        let mut counts = ScanCounts {
            rows: self.rows,
            matches: self.matches,
            not_applicable: self.not_applicable,
            malformed: self.malformed.count,
            malformed_rows: self.malformed.rows.clone(),
            ..ScanCounts::default()
        };
        for (rule, count) in playbook.rules.iter().zip(&self.per_rule) {
            counts.matches_per_rule.0.push((rule.id.clone(), *count));
        }
        for (column, (of, fact)) in playbook.columns.iter().zip(&self.facts).enumerate() {
            if !self.judge.reads(column) {
                continue;
            }
            counts.unknown_per_fact.0.push((of.name.clone(), fact.unknown));
            if !fact.was_returned {
                counts.not_returned.push(of.name.clone());
            }
        }
        counts
    }
}

impl Sink for Found {
    type Csv = CsvRows;

    fn bind(&self, names: &[&str]) -> Result<Vec<Option<usize>>, NexthinkError> {
        self.judge.bind(names)
    }

    fn reads(&self, column: usize) -> bool {
        self.judge.reads(column)
    }

    fn asks_platform(&self) -> bool {
        !self.judge.playbook().platforms.is_empty()
    }

    fn returned(&mut self, places: &[Option<usize>]) {
        for (column, (fact, place)) in self.facts.iter_mut().zip(places).enumerate() {
            fact.was_returned = fact.was_returned || (place.is_some() && self.judge.reads(column));
        }
    }

    #[inline]
    fn row(&mut self, row: Row<'_, '_>, platform: Option<&str>, text: &[u8]) -> Result<(), &'static str> {
        if self.judge(row, platform)
            && let Ok(text) = std::str::from_utf8(text)
        {
            self.write(|json| json.push_str(text));
        }
        Ok(())
    }

    fn malformed(&mut self, line: u64, problem: &str) -> Result<(), NexthinkError> {
        self.malformed.note(line, problem)
    }

    fn require_columns(&self, is_end: bool) -> Result<(), NexthinkError> {
        if self.facts.iter().any(|fact| fact.was_returned) || (!is_end && self.rows < ROWS_UNTIL_KNOWN) {
            return Ok(());
        }
        if self.rows == 0 && self.malformed.count == 0 {
            return Ok(());
        }
        Err(self.wrong_file())
    }
}
