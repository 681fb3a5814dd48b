//! `nql.check`: what is wrong with a query, with places as JavaScript counts them.

use super::shape::object;
use crate::bindings::authoring::places::Places;
use crate::json::{record, words};
use crate::nql::{Diagnostic, Severity, parse_query};

words! {
    /// How bad it is.
    pub enum NqlSeverity {
        /// Nexthink refuses the query.
        Error = "error",
        /// It runs, and probably does not give what is meant.
        Warning = "warning",
    }
}

object! {
    /// What is wrong at one place of a query.
    pub struct NqlDiagnostic {
        /// Whether Nexthink refuses it.
        severity: NqlSeverity,
        /// What is wrong, in one sentence.
        message: String,
        /// What to do about it.
        help: Option<String>,
        /// Where it begins, as an index of the text.
        start: usize,
        /// The index after its end.
        end: usize,
        /// The line in which it begins, from 1 on.
        line: usize,
        /// Where in this line, from 1 on.
        column: usize,
    }
}

record! {
    strict
    /// What else a query is checked for.
    pub struct NqlCheckOptions {
        /// The parameters that it will be given, without their `$`: each that is missing or not used is told.
        pub parameters: Option<Vec<String>>,
    }
}

/// Everything that is wrong with a text, in its order.
pub(super) fn check(text: &str, options: Option<NqlCheckOptions>) -> Vec<NqlDiagnostic> {
    let parameters = options.and_then(|options| options.parameters);
    let found = match (parse_query(text), parameters) {
        (Ok(query), None) => query.check(),
        (Ok(query), Some(parameters)) => query.check_with(&parameters.iter().map(String::as_str).collect::<Vec<_>>()),
        (Err(mistakes), _) => mistakes.iter().map(Diagnostic::from).collect(),
    };
    let places = Places::new(text);
    found.into_iter().map(|diagnostic| NqlDiagnostic::of(diagnostic, &places)).collect()
}

impl NqlDiagnostic {
    fn of(diagnostic: Diagnostic, places: &Places<'_>) -> Self {
        let Diagnostic { severity, message, help, span } = diagnostic;
        let severity = match severity {
            Severity::Error => NqlSeverity::Error,
            Severity::Warning => NqlSeverity::Warning,
        };
        let (start, end) = places.of(span);
        let (line, column) = places.line_and_column(span.start);
        Self { severity, message, help, start, end, line, column }
    }
}
