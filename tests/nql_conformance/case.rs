//! One case: what the documentation says, tables, a query, and the answer that follows.

use std::fmt::Write;

use nexthink_chatbot::nql::{Answer, Timestamp, Value, execute, parse_query};

use crate::tables::{Literal, read_cell};

/// The time of a case that names none, in UTC: a Friday.
pub(crate) const NOW: &str = "2024-03-15 10:07:30";

/// A case under construction. Several queries must all give the same answer.
pub(crate) struct Case {
    page: &'static str,
    sentence: &'static str,
    tables: &'static str,
    queries: Vec<&'static str>,
    now: &'static str,
    parameters: Vec<(&'static str, &'static str)>,
}

/// What a sentence of the documentation says. A page without a host is one below
/// `https://docs.nexthink.com/understanding-key-data-platform-concepts/nexthink-query-language-nql/`.
pub(crate) fn documented(page: &'static str, sentence: &'static str) -> Case {
    Case { page, sentence, tables: "", queries: Vec::new(), now: NOW, parameters: Vec::new() }
}

/// What we settled where that page says nothing, or two things: the sentence is ours.
pub(crate) fn settled(page: &'static str, reading: &'static str) -> Case {
    documented(page, reading)
}

impl Case {
    /// The tables that there are; `tables.rs` says how they are written.
    pub fn tables(mut self, tables: &'static str) -> Self {
        self.tables = tables;
        self
    }

    /// A query.
    pub fn query(mut self, query: &'static str) -> Self {
        self.queries.push(query);
        self
    }

    /// The time at which the query runs, in UTC.
    pub fn now(mut self, now: &'static str) -> Self {
        self.now = now;
        self
    }

    /// The value of a parameter, as the API gets it.
    pub fn parameter(mut self, name: &'static str, value: &'static str) -> Self {
        self.parameters.push((name, value));
        self
    }

    /// Every query gives these columns and rows; in this order where it sorts, in any order where it does not.
    #[track_caller]
    pub fn gives(&self, expected: &str) {
        let expected = Sheet::read(expected);
        assert!(!self.queries.is_empty(), "a case without a query");
        for query in &self.queries {
            let answer = match self.run(query) {
                Ok(answer) => Sheet::of(&answer),
                Err(mistake) => panic!("{}\nexpected:\n{expected}\nrefused: {mistake}", self.title(query)),
            };
            let in_order = query.contains("sort");
            assert!(expected.is(&answer, in_order), "{}\nexpected:\n{expected}\nfound:\n{answer}", self.title(query));
        }
    }

    /// Every query is refused, with a message that names this.
    #[track_caller]
    pub fn is_refused(&self, named: &str) {
        assert!(!self.queries.is_empty(), "a case without a query");
        for query in &self.queries {
            match self.run(query) {
                Ok(answer) => panic!("{}\nexpected: refused\nfound:\n{}", self.title(query), Sheet::of(&answer)),
                Err(mistake) => assert!(
                    mistake.contains(named),
                    "{}\nexpected: refused, naming {named}\nfound: {mistake}",
                    self.title(query)
                ),
            }
        }
    }

    fn run(&self, query: &str) -> Result<Answer, String> {
        let tables = Literal::read(self.tables);
        let now = Timestamp::parse(&format!("{} UTC", self.now)).unwrap();
        let parameter = |name: &str| {
            let found = self.parameters.iter().find(|(known, _)| *known == name);
            found.map_or(Value::Null, |(_, value)| Value::from(*value))
        };
        let query = parse_query(query).map_err(|mistakes| mistakes.to_string())?;
        execute(&query, &tables, &parameter, now).map_err(|mistake| mistake.to_string())
    }

    fn title(&self, query: &str) -> String {
        let thread = std::thread::current();
        let name = thread.name().unwrap_or_default();
        format!("{name}\n{}: \"{}\"\nquery: {query}", self.page, self.sentence)
    }
}

/// Columns and rows, to be compared and shown.
struct Sheet {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Sheet {
    fn of(answer: &Answer) -> Self {
        let columns = answer.columns.iter().map(|column| column.name.clone()).collect();
        Self { columns, rows: answer.rows.clone() }
    }

    fn read(text: &str) -> Self {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let columns = cells(lines.next().unwrap());
        let rows: Vec<Vec<Value>> =
            lines.map(|line| cells(line).iter().map(|cell| read_cell(cell)).collect()).collect();
        assert!(rows.iter().all(|row| row.len() == columns.len()), "a row of another length:\n{text}");
        Self { columns, rows }
    }

    fn is(&self, other: &Self, in_order: bool) -> bool {
        if self.columns != other.columns || self.rows.len() != other.rows.len() {
            return false;
        }
        if in_order {
            return self.rows.iter().zip(&other.rows).all(|(left, right)| same_row(left, right));
        }
        let mut rest: Vec<&Vec<Value>> = other.rows.iter().collect();
        self.rows.iter().all(|row| match rest.iter().position(|found| same_row(row, found)) {
            Some(position) => {
                rest.swap_remove(position);
                true
            }
            None => false,
        })
    }
}

fn same_row(left: &[Value], right: &[Value]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same_value(left, right))
}

fn same_value(left: &Value, right: &Value) -> bool {
    match (left, right) {
        // A sum of fractions may differ in the last bits.
        (Value::Number(left), Value::Number(right)) => (left - right).abs() <= 1e-9 * right.abs().max(1.0),
        _ => left == right,
    }
}

impl std::fmt::Display for Sheet {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut lines = vec![self.columns.clone()];
        lines.extend(self.rows.iter().map(|row| row.iter().map(shown).collect()));
        for line in lines {
            let mut text = String::new();
            for cell in line {
                write!(text, "{cell:<28} | ")?;
            }
            writeln!(formatter, "  {}", text.trim_end_matches([' ', '|']))?;
        }
        Ok(())
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Boolean(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => format!("\"{text}\""),
        Value::Time(time) => time.to_string(),
        Value::List(values) => format!("[{}]", values.iter().map(shown).collect::<Vec<_>>().join(", ")),
    }
}
