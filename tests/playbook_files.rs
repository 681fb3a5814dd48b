//! The files under `playbooks/`: each playbook passes its check, and the tests beside it pass and reach every branch.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

use std::fs;
use std::path::Path;

use nexthink_chatbot::playbook::check::check_text;
use nexthink_chatbot::playbook::testing::run_tests;
use nexthink_chatbot::playbook::{BUILT_IN, Playbook};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/playbooks");

#[test]
fn every_built_in_playbook_passes_its_check_without_a_word() {
    for built_in in &BUILT_IN {
        let checked = check_text(built_in.json, Some(built_in.query));
        assert_eq!(checked.problems, []);
        assert!(checked.playbook.is_some());
    }
}

#[test]
fn the_tests_beside_a_playbook_pass_and_reach_every_branch() {
    for built_in in &BUILT_IN {
        let playbook = Playbook::compile(built_in.json, Some(built_in.query)).unwrap();
        let file = Path::new(FOLDER).join(format!("{}.test.json", playbook.id));
        let run = run_tests(&playbook, &fs::read_to_string(&file).unwrap());
        assert_eq!(run.mistakes, [], "{}", playbook.id);
        for test in &run.report.tests {
            assert_eq!(test.differences, [], "{}: {}", playbook.id, test.name);
        }
        assert!(run.report.ok && run.report.passed > 0, "{}", playbook.id);
        let coverage = run.report.coverage;
        assert_eq!(coverage.missed, [], "{}", playbook.id);
        assert!(coverage.total > 0 && coverage.reached == coverage.total, "{}", playbook.id);
    }
}

/// What an employee is told has to be there in every language that a conversation speaks.
#[test]
fn every_built_in_playbook_speaks_every_language_and_says_what_its_remote_actions_do() {
    const LOCALES: [&str; 5] = ["en", "fr", "de", "es", "ja"];
    for built_in in &BUILT_IN {
        let playbook = Playbook::compile(built_in.json, Some(built_in.query)).unwrap();
        let titles: Vec<_> = playbook.title.iter().map(|(locale, _)| locale).collect();
        assert_eq!(titles, LOCALES, "{}", playbook.id);
        let file: serde_json::Value = serde_json::from_str(built_in.json).unwrap();
        for (locale, symptoms) in file["symptoms"].as_object().unwrap() {
            let symptoms: Vec<&str> = symptoms.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
            assert!(symptoms.len() >= 5, "{} {locale}", playbook.id);
            for (position, symptom) in symptoms.iter().enumerate() {
                assert_eq!(**symptom, symptom.to_lowercase(), "{} {locale}", playbook.id);
                assert!(!symptoms[..position].contains(symptom), "{} {locale}: {symptom} twice", playbook.id);
            }
        }
        for action in &playbook.remote_actions {
            let described: Vec<_> = action.description.iter().map(|(locale, _)| locale).collect();
            assert_eq!(described, LOCALES, "{} {}", playbook.id, action.name);
        }
    }
}
