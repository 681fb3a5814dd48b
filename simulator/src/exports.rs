//! Exports: their files and how far they are. A query runs when its export is asked for; what takes time afterwards is
//! the file. The endpoints are in `http`.

use std::collections::VecDeque;

use nexthink_chatbot::nql::{SECOND, Timestamp};

use crate::compression::Compression;

/// A tenant that is served for days must not grow without end: the oldest exports are forgotten.
const MAXIMUM_EXPORTS: usize = 100;

/// How long an export waits for its turn.
const WAIT: i64 = SECOND;

/// How many rows are written in a second.
const ROWS_PER_SECOND: usize = 50_000;

/// The rows of a query as a file.
#[derive(Debug, Clone)]
pub(crate) struct ExportFile {
    /// The CSV, compressed as it was asked for.
    pub bytes: Vec<u8>,
    pub compression: Compression,
    pub rows: usize,
    /// Whether there were more rows than the tenant exports.
    pub is_truncated: bool,
}

/// One export.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    pub id: String,
    submitted_at: Timestamp,
    completed_at: Timestamp,
    /// The file, or why there is none.
    result: Result<ExportFile, String>,
}

/// How far an export is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ExportState<'a> {
    Submitted,
    InProgress,
    Failed(&'a str),
    Completed(&'a ExportFile),
}

impl Export {
    /// An export that was asked for now. `delay` is what its file takes besides its rows.
    pub fn new(id: String, result: Result<ExportFile, String>, now: Timestamp, delay: i64) -> Self {
        let rows = result.as_ref().map_or(0, |file| file.rows);
        let writing = i64::try_from(rows / ROWS_PER_SECOND).unwrap_or_default() * SECOND;
        Self { id, submitted_at: now, completed_at: now.plus(WAIT + delay + writing), result }
    }

    pub fn state(&self, now: Timestamp) -> ExportState<'_> {
        if now < self.submitted_at.plus(WAIT) {
            return ExportState::Submitted;
        }
        if now < self.completed_at {
            return ExportState::InProgress;
        }
        match &self.result {
            Ok(file) => ExportState::Completed(file),
            Err(description) => ExportState::Failed(description),
        }
    }
}

/// The exports of a tenant.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exports(VecDeque<Export>);

impl Exports {
    pub fn add(&mut self, export: Export) {
        if self.0.len() == MAXIMUM_EXPORTS {
            self.0.pop_front();
        }
        self.0.push_back(export);
    }

    pub fn get(&self, id: &str) -> Option<&Export> {
        self.0.iter().find(|export| export.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(rows: usize) -> ExportFile {
        ExportFile { bytes: vec![], compression: Compression::None, rows, is_truncated: false }
    }

    fn word(export: &Export, after: i64) -> &'static str {
        match export.state(Timestamp(after)) {
            ExportState::Submitted => "submitted",
            ExportState::InProgress => "in progress",
            ExportState::Failed(_) => "failed",
            ExportState::Completed(_) => "completed",
        }
    }

    #[test]
    fn an_export_waits_is_written_and_ends() {
        let export = Export::new("x".into(), Ok(file(1)), Timestamp(0), 2 * SECOND);
        for (after, expected) in
            [(0, "submitted"), (999, "submitted"), (1_000, "in progress"), (2_999, "in progress"), (3_000, "completed")]
        {
            assert_eq!(word(&export, after), expected, "{after}");
        }
        let failed = Export::new("x".into(), Err("no such field".into()), Timestamp(0), 0);
        assert_eq!((word(&failed, 0), word(&failed, 1_000)), ("submitted", "failed"));
    }

    #[test]
    fn more_rows_take_longer() {
        let export = Export::new("x".into(), Ok(file(1_000_000)), Timestamp(0), 0);
        assert_eq!((word(&export, 20_000), word(&export, 21_000)), ("in progress", "completed"));
    }

    #[test]
    fn the_oldest_exports_are_forgotten() {
        let mut exports = Exports::default();
        for number in 0..=MAXIMUM_EXPORTS {
            exports.add(Export::new(number.to_string(), Err(String::new()), Timestamp(0), 0));
        }
        assert!(exports.get("0").is_none() && exports.get("1").is_some() && exports.get("100").is_some());
    }
}
