//! What a scan tells of a file as a whole.

use crate::api::problem::{ErrorKind, NexthinkError};
use crate::json::{Map, push_digits, record};

/// More malformed rows than these are only counted.
const MOST_MALFORMED: usize = 100;

record! {
    lenient
    /// What a scan has read so far.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct ScanCounts {
        /// The rows that were read, without the malformed ones.
        pub rows: usize,
        /// Rows of which a rule matches that does not always match.
        pub matches: usize,
        /// Rows of devices of a platform that the playbook is not for. No rule was asked about them.
        pub not_applicable: usize,
        /// How many rows each rule matches.
        pub matches_per_rule: Map<usize>,
        /// For each column that a rule reads, in how many rows it kept a rule from telling.
        pub unknown_per_fact: Map<usize>,
        /// The columns that a rule reads and no row had.
        pub not_returned: Vec<String>,
        /// How many rows could not be read.
        pub malformed: usize,
        /// The first of them, a hundred at most.
        pub malformed_rows: Vec<MalformedRow>,
    }
}

record! {
    lenient
    /// A row that could not be read.
    #[derive(Debug, Clone, PartialEq)]
    pub struct MalformedRow {
        /// The line of the file, from 1, in which it begins.
        pub line: usize,
        /// What is wrong with it; never what it says.
        pub problem: String,
    }
}

/// The rows that could not be read.
pub(in crate::fleet) struct Malformed {
    is_strict: bool,
    pub count: usize,
    /// The first of them.
    pub rows: Vec<MalformedRow>,
}

impl Malformed {
    /// None so far; where it `is_strict`, the first is an error.
    pub const fn new(is_strict: bool) -> Self {
        Self { is_strict, count: 0, rows: Vec::new() }
    }

    /// Notes a row that cannot be read.
    ///
    /// # Errors
    /// `malformed`, where none is passed over.
    pub fn note(&mut self, line: u64, problem: &str) -> Result<(), NexthinkError> {
        self.count += 1;
        if self.rows.len() < MOST_MALFORMED {
            let line = usize::try_from(line).unwrap_or(usize::MAX);
            self.rows.push(MalformedRow { line, problem: problem.to_owned() });
        }
        if !self.is_strict {
            return Ok(());
        }
        let mut message = String::from("line ");
        push_digits(line, 1, &mut message);
        message.push(' ');
        message.push_str(problem);
        Err(NexthinkError::new(ErrorKind::Malformed, message)
            .hint("mend the file, or leave out `strict`: rows that cannot be read are then counted and passed over"))
    }
}
