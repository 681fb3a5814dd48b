//! A playbook's file → everything that is wrong with it, and what is probably not meant: what `compile` refuses, and what
//! only shows when the whole is read. For those who write playbooks; a chatbot never asks.
//!
//! | file | what it finds |
//! | --- | --- |
//! | `reach` | rules that can never match |
//! | `contradiction` | comparisons that cannot hold together |
//! | `usage` | what is declared and not used, used and not supplied |
//! | `languages` | texts that lack a language that others have |

mod contradiction;
mod languages;
mod reach;
#[cfg(test)]
mod tests;
mod usage;

use super::compile::{Compilation, compile, read};
use super::compiled::Playbook;
use super::mistake::Mistake;
use crate::json::Json;
use crate::nql::{Query, Severity};

/// What is wrong at one place of a playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaybookProblem {
    /// Whether the playbook can be used all the same.
    pub severity: Severity,
    /// Where, what, and what to do about it.
    pub mistake: Mistake,
}

/// What a check gives.
#[derive(Debug)]
pub struct CheckedPlaybook {
    /// What is wrong, in the order of the file's parts. Empty: nothing.
    pub problems: Vec<PlaybookProblem>,
    /// The compiled playbook, where there is no error.
    pub playbook: Option<Playbook>,
}

/// Checks a file's text. `query` is the text of its query where the file does not hold it.
pub fn check_text(file: &str, query: Option<&str>) -> CheckedPlaybook {
    match read(file) {
        Ok(json) => check_json(json, query),
        Err(mistake) => {
            CheckedPlaybook { problems: vec![PlaybookProblem { severity: Severity::Error, mistake }], playbook: None }
        }
    }
}

/// Checks a file that was read already.
pub fn check_json(json: Json, query: Option<&str>) -> CheckedPlaybook {
    let is_apart = query.is_some();
    let Compilation { model, query, playbook, mistakes } = compile(json, query);
    let mut found = Findings { problems: Vec::new() };
    if is_apart && model.query.text.is_some() {
        let message = "the text of the query stands here and in a file of its own: only that file is read";
        found.warning(Mistake::new("/query", message).help("leave one of them out"));
    }
    for mistake in mistakes {
        found.error(mistake);
    }
    if let Some(query) = &query {
        found.query(query);
    }
    reach::check(&playbook, &mut found);
    usage::check(&model, query.as_ref(), &playbook, &mut found);
    languages::check(&model, &mut found);
    let is_usable = found.problems.iter().all(|problem| problem.severity != Severity::Error);
    CheckedPlaybook { problems: found.problems, playbook: is_usable.then_some(playbook) }
}

/// What was found so far.
struct Findings {
    problems: Vec<PlaybookProblem>,
}

impl Findings {
    fn error(&mut self, mistake: Mistake) {
        self.problems.push(PlaybookProblem { severity: Severity::Error, mistake });
    }

    fn warning(&mut self, mistake: Mistake) {
        self.problems.push(PlaybookProblem { severity: Severity::Warning, mistake });
    }

    /// Whether something within this place is wrong: then more is not concluded from it.
    fn is_broken(&self, pointer: &str) -> bool {
        self.problems.iter().any(|problem| {
            let rest = problem.mistake.pointer.strip_prefix(pointer);
            problem.severity == Severity::Error && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// What Nexthink would refuse in the query, or would not do as it is meant.
    fn query(&mut self, query: &Query) {
        for diagnostic in query.check() {
            let mistake = Mistake {
                help: diagnostic.help,
                ..Mistake::new("/query/text", diagnostic.message).at(diagnostic.span)
            };
            self.problems.push(PlaybookProblem { severity: diagnostic.severity, mistake });
        }
    }
}
