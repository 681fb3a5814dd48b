//! What is wrong with a playbook or its tests, with places as JavaScript and editors count them.

use super::file_map::FileMap;
use crate::bindings::authoring::places::Places;
use crate::json::{Json, record, words};
use crate::nql::{Severity, Span};
use crate::playbook::{Mistake, at_pointer};

words! {
    /// How bad it is.
    pub enum PlaybookSeverity {
        /// The playbook cannot be used.
        Error = "error",
        /// It can, and is probably not what is meant.
        Warning = "warning",
    }
}

words! {
    /// In which file something is wrong.
    pub enum DiagnosticFile {
        /// The playbook itself.
        Playbook = "playbook",
        /// The text of its query, where that was given apart.
        Query = "query",
        /// The tests beside it.
        Tests = "tests",
    }
}

record! {
    lenient
    /// What is wrong at one place of a playbook.
    pub struct PlaybookDiagnostic {
        /// Whether the playbook can be used all the same.
        pub severity: PlaybookSeverity,
        /// In which file it is.
        pub file: DiagnosticFile,
        /// The place in the file: a JSON pointer.
        pub pointer: String,
        /// What is wrong, in one sentence.
        pub message: String,
        /// What to do about it.
        pub help: Option<String>,
        /// Where in the text at the pointer it begins, as an index of that text.
        pub start: Option<usize>,
        /// The index after its end.
        pub end: Option<usize>,
        /// The line of the file in which it begins, from 1 on; only where the file was given as text.
        pub line: Option<usize>,
        /// Where in this line, from 1 on.
        pub column: Option<usize>,
    }
}

/// The texts in which something is wrong.
pub(super) struct Texts<'a> {
    /// Which file this is.
    pub own: DiagnosticFile,
    /// The file's text, where that was given.
    pub file: Option<(&'a str, &'a FileMap)>,
    /// What it holds.
    pub json: Option<&'a Json>,
    /// The text of the query, where that stands in a file of its own.
    pub query: Option<&'a str>,
}

impl Texts<'_> {
    /// Names that stand twice first. The second of them is no name that nobody knows, as reading the file says.
    pub fn diagnostics(
        &self,
        map: &FileMap,
        found: impl Iterator<Item = (Severity, Mistake)>,
    ) -> Vec<PlaybookDiagnostic> {
        let mut all = Vec::new();
        for (severity, mistake) in map.repeated_names() {
            all.push(self.diagnostic(severity, mistake));
        }
        for (severity, mistake) in found {
            if !map.repeated.contains(&mistake.pointer) {
                all.push(self.diagnostic(severity, mistake));
            }
        }
        all
    }

    pub fn diagnostic(&self, severity: Severity, mistake: Mistake) -> PlaybookDiagnostic {
        let Mistake { pointer, message, help, span } = mistake;
        let severity = match severity {
            Severity::Error => PlaybookSeverity::Error,
            Severity::Warning => PlaybookSeverity::Warning,
        };
        let file = if pointer == "/query/text" && self.query.is_some() { DiagnosticFile::Query } else { self.own };
        let within = span.and_then(|span| Some(Places::new(self.text(file, &pointer)?).of(span)));
        let (line, column) = self.line_and_column(file, &pointer, span).unzip();
        let (start, end) = within.unzip();
        PlaybookDiagnostic { severity, file, pointer, message, help, start, end, line, column }
    }

    /// The text that a span is a part of.
    fn text(&self, file: DiagnosticFile, pointer: &str) -> Option<&str> {
        match (file, self.json) {
            (DiagnosticFile::Query, _) => self.query,
            (_, Some(json)) => at_pointer(json, pointer).and_then(Json::as_text),
            // What is not JSON has no pointers: its span is one of the file.
            (_, None) => self.file.map(|(text, _)| text),
        }
    }

    fn line_and_column(&self, file: DiagnosticFile, pointer: &str, span: Option<Span>) -> Option<(usize, usize)> {
        if file == DiagnosticFile::Query {
            let start = span.map_or(0, |span| span.start);
            return Some(Places::new(self.query?).line_and_column(start));
        }
        let (text, map) = self.file?;
        let byte = match (self.json, span) {
            (None, span) => span.map_or(0, |span| span.start),
            (Some(_), span) => map.byte(text, pointer, span.map(|span| span.start)),
        };
        Some(Places::new(text).line_and_column(byte))
    }
}
