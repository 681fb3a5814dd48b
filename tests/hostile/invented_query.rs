//! A query that follows the grammar nearly always, with decisions instead of meaning: most are read and executed.

use std::fmt::Write;

use super::choices::Choices;
use super::dictionary::{ALIASES, BLANKS, COMPARISONS, FIELDS, FUNCTIONS, LITERALS, OPERATORS, TABLES, TIMES};

/// Deeper than the parser allows, so that it has something to refuse.
const DEPTH: usize = 70;

/// A whole query.
pub fn query(choices: &mut Choices<'_>) -> String {
    let mut writer = Writer { choices, text: String::new(), depth: 0 };
    writer.source();
    while !writer.choices.is_over() && writer.text.len() < 16_100 {
        writer.blank();
        writer.text.push('|');
        writer.blank();
        writer.statement();
    }
    writer.text
}

/// A condition alone, as a rule has it.
pub fn condition(choices: &mut Choices<'_>) -> String {
    let mut writer = Writer { choices, text: String::new(), depth: 0 };
    writer.condition();
    writer.text
}

struct Writer<'a, 'b> {
    choices: &'a mut Choices<'b>,
    text: String,
    depth: usize,
}

impl Writer<'_, '_> {
    fn write(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn one_of(&mut self, options: &[&str]) {
        let chosen = self.choices.one_of(options);
        self.write(chosen);
    }

    /// A blank of some kind; rarely none, where two words then become one.
    fn blank(&mut self) {
        let blank = if self.choices.once_in(8) { self.choices.one_of(&BLANKS) } else { " " };
        self.write(blank);
    }

    fn source(&mut self) {
        self.one_of(&TABLES);
        self.blank();
        self.one_of(&TIMES);
    }

    fn statement(&mut self) {
        match self.choices.below(10) {
            0 | 1 => {
                self.write("where ");
                self.condition();
            }
            2 => {
                self.write("with ");
                self.source();
            }
            3 => {
                self.write("include ");
                self.source();
            }
            4 | 5 => {
                self.write("compute ");
                self.several(Self::computation);
            }
            6 => {
                self.write("summarize ");
                self.several(Self::computation);
                if self.choices.below(2) == 1 {
                    self.write(" by ");
                    self.several(Self::grouping);
                }
            }
            7 => {
                self.write("list ");
                self.several(Self::value);
            }
            8 => {
                self.write("sort ");
                self.several(|writer| {
                    writer.value();
                    writer.one_of(&[" asc", " desc", "", " DESC"]);
                });
            }
            _ => self.one_of(&["limit 10", "limit 0", "limit 1000000000", "limit 1.5", "limit -1", "LIMIT 3"]),
        }
    }

    fn several(&mut self, mut item: impl FnMut(&mut Self)) {
        item(self);
        while self.choices.once_in(3) {
            self.write(",");
            self.blank();
            item(self);
        }
    }

    fn computation(&mut self) {
        self.one_of(&ALIASES);
        self.write(" = ");
        if self.choices.below(3) == 0 { self.value() } else { self.call() }
    }

    fn grouping(&mut self) {
        if self.choices.below(2) == 0 {
            self.one_of(&["1d", "15min", "1h", "30s", "100000d", "0d", "1 d"]);
        } else {
            self.value();
        }
    }

    fn condition(&mut self) {
        self.test();
        while self.choices.once_in(3) {
            self.blank();
            self.one_of(&["and", "or", "AND"]);
            self.blank();
            self.test();
        }
    }

    fn test(&mut self) {
        if self.choices.once_in(5) && self.deeper() {
            self.write("(");
            self.condition();
            self.write(")");
            self.depth -= 1;
            return;
        }
        self.value();
        self.blank();
        self.one_of(&COMPARISONS);
        self.blank();
        self.value();
    }

    fn value(&mut self) {
        match self.choices.below(12) {
            0..=3 => self.one_of(&FIELDS),
            4..=5 => self.one_of(&LITERALS),
            6 => self.one_of(&ALIASES),
            7..=8 => self.call(),
            9..=10 => {
                if self.deeper() {
                    self.value();
                    self.blank();
                    self.one_of(&OPERATORS);
                    self.blank();
                    self.value();
                    self.depth -= 1;
                }
            }
            _ => {
                if self.deeper() {
                    self.one_of(&["(", "-(", "- ("]);
                    self.value();
                    self.write(")");
                    self.depth -= 1;
                }
            }
        }
    }

    /// Whether another level is still worth writing; what could not go deeper ends with a number.
    fn deeper(&mut self) -> bool {
        let goes = self.depth < DEPTH && !self.choices.is_over();
        if goes {
            self.depth += 1
        } else {
            self.write("1")
        }
        goes
    }

    fn call(&mut self) {
        if self.choices.below(4) != 0 {
            self.one_of(&FIELDS);
            self.write(".");
        }
        loop {
            let function = self.choices.one_of(&FUNCTIONS);
            let _ = write!(self.text, "{function}(");
            match function {
                "countif" | "sumif" if self.deeper() => {
                    self.condition();
                    self.depth -= 1;
                }
                "as" => self.one_of(&["format = percent", "format = currency, code = usd", "format == time"]),
                "hour" | "day" | "day_of_week" => self.one_of(&["", "timezone = 'GMT'", "timezone = 'Mars'"]),
                _ if self.choices.once_in(16) => self.value(),
                _ => {}
            }
            self.write(")");
            if !self.choices.once_in(5) {
                return;
            }
            self.write(".");
        }
    }
}
