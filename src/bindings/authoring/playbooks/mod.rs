//! Playbooks for JavaScript, for those who write them: check a file, run the tests beside it.

pub mod diagnostic;
mod file_map;
#[cfg(test)]
mod tests;

use super::answer;
use crate::api::problem::NexthinkError;
use crate::bindings::input::read_fields;
use crate::json::{Json, record};
use crate::nql::Severity;
use crate::playbook::Playbook;
use crate::playbook::check::{check_json, check_text};
use crate::playbook::testing::{PlaybookTestReport, run_tests};
use diagnostic::{DiagnosticFile, PlaybookDiagnostic, Texts};
use file_map::FileMap;

record! {
    lenient
    /// What the tests beside a playbook gave.
    pub struct PlaybookTestRun {
        /// What is wrong with the file of tests.
        pub diagnostics: Vec<PlaybookDiagnostic>,
        /// What the tests have shown.
        pub report: PlaybookTestReport,
    }
}

/// `playbooks.check`: everything that is wrong with `{ playbook, query }`. The playbook may be its file's text, which
/// gives each diagnostic its line and column.
pub(super) fn check(input: &[u8]) -> String {
    let fields = read_fields("playbooks.check", input, |reader| (reader.take("playbook"), reader.take("query")));
    answer(fields.map(|(playbook, query): (Json, Option<String>)| diagnostics(playbook, query.as_deref())))
}

/// `playbooks.test`: runs the `tests` (a file's text or its object) of `{ playbook, query }`.
pub(super) fn test(input: &[u8]) -> String {
    let fields = read_fields("playbooks.test", input, |reader| {
        (reader.take("playbook"), reader.take("query"), reader.take("tests"))
    });
    answer(fields.and_then(|(playbook, query, tests)| run(playbook, query, tests)))
}

fn diagnostics(playbook: Json, query: Option<&str>) -> Vec<PlaybookDiagnostic> {
    let query = query.map(without_mark);
    let Json::Text(text) = playbook else {
        let checked = check_json(playbook.clone(), query);
        let texts = Texts { own: DiagnosticFile::Playbook, file: None, json: Some(&playbook), query };
        return checked.problems.into_iter().map(|found| texts.diagnostic(found.severity, found.mistake)).collect();
    };
    let text = without_mark(&text);
    let map = FileMap::new(text);
    let json = Json::parse(text.as_bytes());
    let texts = Texts { own: DiagnosticFile::Playbook, file: Some((text, &map)), json: json.as_ref(), query };
    let problems = check_text(text, query).problems;
    texts.diagnostics(&map, problems.into_iter().map(|problem| (problem.severity, problem.mistake)))
}

fn run(playbook: Json, query: Option<String>, tests: Json) -> Result<PlaybookTestRun, NexthinkError> {
    let playbook = match playbook {
        Json::Text(text) => Playbook::compile(&text, query.as_deref())?,
        json => Playbook::from_json(json, query.as_deref())?,
    };
    let (text, is_file) = match &tests {
        Json::Text(text) => (without_mark(text).to_owned(), true),
        json => (json.to_text(), false),
    };
    let mut run = run_tests(&playbook, &text);
    let map = FileMap::new(&text);
    let json = Json::parse(text.as_bytes());
    let file = is_file.then_some((text.as_str(), &map));
    let texts = Texts { own: DiagnosticFile::Tests, file, json: json.as_ref(), query: None };
    let diagnostics = texts.diagnostics(&map, run.mistakes.into_iter().map(|mistake| (Severity::Error, mistake)));
    run.report.ok &= diagnostics.is_empty();
    Ok(PlaybookTestRun { diagnostics, report: run.report })
}

/// Some editors of Windows begin a file with this mark, which they do not count.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
