//! What a scan tells of a file as a whole.

use crate::json::{Map, record};

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
