//! Runs the tests of a playbook. What is wrong with the file itself is told with its place, as of a playbook.

use super::coverage::Branches;
use super::model::{PlaybookTest, PlaybookTests};
use super::report::{PlaybookTestReport, PlaybookTestResult, TestDifference, TestedProperty};
use crate::api::remote_actions::same_remote_action;
use crate::json::{Json, Map, Place, Read, Write};
use crate::nql::nearest;
use crate::playbook::compile::read;
use crate::playbook::compiled::{Playbook, Rule};
use crate::playbook::finding::{Evaluation, Finding, Verdict};
use crate::playbook::mistake::{Mistake, below, element};
use crate::playbook::row::RowInput;

/// What a run gives.
#[derive(Debug)]
pub struct TestRun {
    /// What is wrong with the file of tests.
    pub mistakes: Vec<Mistake>,
    /// What the tests have shown; those that something is wrong with have failed.
    pub report: PlaybookTestReport,
}

/// Runs the tests of a file.
pub fn run_tests(playbook: &Playbook, file: &str) -> TestRun {
    let mut mistakes = Vec::new();
    let tests = match read(file) {
        Ok(json) => {
            let mut place = Place::of_all();
            let tests = PlaybookTests::read_at(json, &mut place);
            for misfit in place.finish_all() {
                // Objects of our own stand at the top, and as elements of `tests`.
                let at_top = misfit.pointer().matches('/').count() == 1;
                let known = if at_top { PlaybookTests::FIELDS } else { PlaybookTest::FIELDS };
                mistakes.push(Mistake::misfit(&misfit, known));
            }
            tests.tests
        }
        Err(mistake) => {
            mistakes.push(mistake);
            Vec::new()
        }
    };
    if tests.is_empty() && mistakes.is_empty() {
        mistakes.push(
            Mistake::new("/tests", "there is no test").help("add one: a row, and the verdicts that it must give"),
        );
    }
    let mut branches = Branches::new(playbook);
    let mut results = Vec::with_capacity(tests.len());
    for (position, test) in tests.iter().enumerate() {
        let at = element("/tests", position);
        let misread = mistakes.iter().any(|mistake| is_within(&mistake.pointer, &at));
        let differences = match misread {
            true => vec![broken("the test is not written as a test is")],
            false => run(playbook, test, &at, &mut branches, &mut mistakes),
        };
        if tests.iter().take(position).any(|earlier| earlier.name == test.name) {
            let help = "give each test a name of its own";
            mistakes.push(Mistake::new(&below(&at, "name"), "an earlier test has the same name").help(help));
        }
        results.push(PlaybookTestResult { name: test.name.clone(), ok: differences.is_empty(), differences });
    }
    let passed = results.iter().filter(|result| result.ok).count();
    let failed = results.len() - passed;
    let report = PlaybookTestReport {
        ok: failed == 0 && mistakes.is_empty(),
        passed,
        failed,
        tests: results,
        coverage: branches.coverage(playbook),
    };
    TestRun { mistakes, report }
}

fn is_within(pointer: &str, place: &str) -> bool {
    pointer.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Runs one test; what is wrong with it is added to the mistakes, and it has failed.
fn run(
    playbook: &Playbook,
    test: &PlaybookTest,
    at: &str,
    branches: &mut Branches,
    mistakes: &mut Vec<Mistake>,
) -> Vec<TestDifference> {
    let before = mistakes.len();
    names(playbook, test, at, mistakes);
    let row_at = below(at, "row");
    mistakes.extend(playbook.unknown_name(&test.row, &row_at));
    let facts = playbook.facts_of(&test.row, &test.collected, &row_at).map_err(|mistake| mistakes.push(mistake));
    let (Ok(facts), true) = (facts, mistakes.len() == before) else {
        let told = mistakes.get(before).map_or("the test cannot be run", |mistake| &mistake.message);
        return vec![broken(told)];
    };
    let input = RowInput {
        row: Json::Null,
        now: test.now,
        collected: Map::default(),
        platform: test.platform.clone(),
        locale: None,
        remote_action_ids: Map::default(),
    };
    let evaluation = playbook.evaluate_facts(&facts, &input);
    branches.note(&evaluation);
    compared(playbook, test, &evaluation)
}

/// Rules, and data collections, that the playbook does not have; and a test that asks for nothing.
fn names(playbook: &Playbook, test: &PlaybookTest, at: &str, mistakes: &mut Vec<Mistake>) {
    let ids = || playbook.rules.iter().map(|rule| &*rule.id);
    let mut rule = |name: &str, pointer: String| {
        if !ids().any(|id| id == name) {
            let rules: Vec<&str> = ids().collect();
            let mistake = Mistake::new(&pointer, format!("the playbook has no rule `{name}`"));
            mistakes.push(mistake.meant(nearest(name, ids()), format!("its rules are {}", rules.join(", "))));
        }
    };
    for (name, _) in test.verdicts.iter() {
        rule(name, below(&below(at, "verdicts"), name));
    }
    for (position, name) in test.recommendations.iter().flatten().enumerate() {
        rule(name, element(&below(at, "recommendations"), position));
    }
    for (name, _) in test.params.iter() {
        rule(name, below(&below(at, "params"), name));
    }
    for (id, _) in test.collected.iter() {
        let known = || playbook.data_collection.iter().map(|collection| &*collection.remote_action_id);
        if !known().any(|known| same_remote_action(known, id)) {
            let pointer = below(&below(at, "collected"), id);
            let mistake = Mistake::new(&pointer, format!("`{id}` is not in the playbook's `dataCollection`"));
            mistakes.push(mistake.meant(nearest(id, known()), "add it there, or leave it out"));
        }
    }
    if test.name.trim().is_empty() {
        mistakes.push(Mistake::new(&below(at, "name"), "the name is empty").help("write what the test shows"));
    }
    if test.applicable == Some(false) && !test.verdicts.0.is_empty() {
        let message = "a playbook that does not apply says nothing of its rules";
        mistakes.push(Mistake::new(&below(at, "verdicts"), message).help("leave `verdicts` out"));
    }
    if test.verdicts.0.is_empty()
        && test.applicable.is_none()
        && test.recommendations.is_none()
        && test.params.0.is_empty()
    {
        let help = "name in `verdicts` what the rules must say";
        mistakes.push(Mistake::new(at, "the test asks for nothing").help(help));
    }
}

fn compared(playbook: &Playbook, test: &PlaybookTest, evaluation: &Evaluation) -> Vec<TestDifference> {
    let mut differences = Vec::new();
    let applicable = test.applicable.unwrap_or(true);
    if evaluation.applicable != applicable {
        let message = match applicable {
            true => "the playbook does not apply to this platform",
            false => "the playbook applies to this platform",
        };
        let told = difference(TestedProperty::Applicable, None, message.into(), &applicable, &evaluation.applicable);
        differences.push(told);
    }
    for (rule, finding) in playbook.rules.iter().zip(&evaluation.findings) {
        differences.extend(verdict(rule, finding, test.verdicts.get(&rule.id)));
    }
    let found: Vec<String> = evaluation.recommendations.iter().map(|one| one.rule.clone()).collect();
    if let Some(expected) = test.recommendations.as_ref().filter(|expected| **expected != found) {
        let message = "other recommendations come out, or in another order".into();
        differences.push(difference(TestedProperty::Recommendations, None, message, expected, &found));
    }
    for (rule, expected) in test.params.iter() {
        let found = evaluation.recommendations.iter().find(|one| one.rule == rule).and_then(|one| one.params.as_ref());
        let fills = |found: &Map<String>| expected.iter().all(|(name, text)| found.get(name) == Some(text));
        if !found.is_some_and(fills) {
            let message = match found {
                Some(_) => format!("`{rule}` fills its parameters in another way"),
                None => format!("`{rule}` recommends no remote action"),
            };
            let found = found.map_or(Json::Null, Write::write);
            differences.push(difference(TestedProperty::Params, Some(rule), message, expected, &found));
        }
    }
    differences
}

fn verdict(rule: &Rule, finding: &Finding, expected: Option<&Verdict>) -> Option<TestDifference> {
    let always = rule.when.is_none();
    let (is_right, wanted) = match expected {
        Some(expected) => (finding.verdict == *expected, expected.word().into()),
        None => (always || finding.verdict != Verdict::Match, Json::Null),
    };
    if is_right {
        return None;
    }
    let message = match expected {
        Some(expected) => format!("`{}` must be {}, and is {}", rule.id, expected.word(), finding.verdict.word()),
        None => format!("`{}` matches, and the test does not name it", rule.id),
    };
    Some(TestDifference {
        because: finding.because.clone(),
        missing: finding.missing.clone(),
        ..difference(TestedProperty::Verdict, Some(&rule.id), message, &wanted, &finding.verdict)
    })
}

fn difference(
    property: TestedProperty,
    rule: Option<&str>,
    message: String,
    expected: &dyn Write,
    found: &dyn Write,
) -> TestDifference {
    TestDifference {
        property,
        rule: rule.map(str::to_owned),
        message,
        expected: expected.write(),
        found: found.write(),
        because: Vec::new(),
        missing: Vec::new(),
    }
}

fn broken(message: &str) -> TestDifference {
    difference(TestedProperty::Test, None, message.to_owned(), &Json::Null, &Json::Null)
}
