//! What a diagnosis says, in messages: what was found and why, and what is not known, since when, and what would supply
//! it. What is not known is never called healthy.

use super::diagnosis::Seen;
use super::messages::*;
use crate::conversation::{MessageKind, Said};
use crate::playbook::{Finding, MissingFact, MissingReason, Schedule, Supplier, Verdict};

/// What was found, and what could not be told.
pub(super) fn findings(seen: &Seen) -> Vec<Said> {
    let device = &seen.device.name;
    let mut found = Vec::new();
    for finding in &seen.findings {
        // What always holds is no finding.
        if finding.verdict == Verdict::Match && !finding.because.is_empty() {
            found.push(Said::new(FINDING).text("reason", finding.reason.as_deref().unwrap_or(&finding.rule)));
        }
    }
    let unknown = unknown(&seen.findings);
    match (found.is_empty(), unknown.is_empty()) {
        (true, true) => {
            vec![Said::new(FOUND_NOTHING).text("title", &seen.playbook.title).text("device", device)]
        }
        (true, false) => {
            let said = Said::new(FOUND_NOTHING_KNOWN).text("title", &seen.playbook.title).text("device", device);
            vec![said.items(unknown).kind(MessageKind::Warning)]
        }
        (false, is_all_known) => {
            let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
            let mut said = vec![Said::new(FOUND).number("count", count).text("device", device).items(found)];
            if !is_all_known {
                said.push(Said::new(UNKNOWN).items(unknown).kind(MessageKind::Warning));
            }
            said
        }
    }
}

/// What is not known, each once: what a script supplies is told of the script, for its facts come and go together.
fn unknown(findings: &[Finding]) -> Vec<Said> {
    let mut told: Vec<&str> = Vec::new();
    let mut unknown = Vec::new();
    for finding in findings.iter().filter(|finding| finding.verdict == Verdict::Unknown) {
        for missing in &finding.missing {
            let source = missing.supplied_by.as_ref().map_or(&missing.column, |supplier| &supplier.remote_action_id);
            if told.contains(&source.as_str()) {
                continue;
            }
            told.push(source);
            unknown.push(match &missing.supplied_by {
                Some(supplier) => supplied(missing, supplier, age_of(finding, &missing.column)),
                None => unsupplied(missing, age_of(finding, &missing.column)),
            });
        }
    }
    unknown
}

/// How old what is there is, in milliseconds, where that is known.
fn age_of(finding: &Finding, column: &str) -> Option<f64> {
    finding.because.iter().flat_map(|part| &part.values).find(|value| value.column == column)?.age_ms
}

fn supplied(missing: &MissingFact, supplier: &Supplier, age: Option<f64>) -> Said {
    let key = match (missing.reason, age) {
        (MissingReason::Stale, Some(_)) => UNKNOWN_STALE,
        (MissingReason::Stale | MissingReason::AgeUnknown, _) => UNKNOWN_AGE,
        (MissingReason::NotReturned | MissingReason::NotCollected, _) => UNKNOWN_NOT_COLLECTED,
        (MissingReason::Failed, _) => UNKNOWN_FAILED,
        (MissingReason::NoValue | MissingReason::Unreadable, Some(_)) => UNKNOWN_NO_VALUE_AGE,
        (MissingReason::NoValue | MissingReason::Unreadable, None) => UNKNOWN_NO_VALUE,
    };
    let said = Said::new(key).text("supplier", &supplier.title).message("schedule", &schedule(supplier.schedule));
    match age {
        Some(age) if key == UNKNOWN_STALE || key == UNKNOWN_NO_VALUE_AGE => said.duration("age", age),
        _ => said,
    }
}

fn unsupplied(missing: &MissingFact, age: Option<f64>) -> Said {
    let fact = readable_column(&missing.column);
    match (missing.reason, age) {
        (MissingReason::Stale, Some(age)) => Said::new(UNKNOWN_FACT_STALE).text("fact", fact).duration("age", age),
        _ => Said::new(UNKNOWN_FACT).text("fact", fact),
    }
}

/// How often something runs, in words.
pub(super) fn schedule(schedule: Schedule) -> Said {
    Said::new(match schedule {
        Schedule::Hourly => HOURLY,
        Schedule::Daily => DAILY,
        Schedule::Weekly => WEEKLY,
    })
}

/// `device.boot.days_since_last_full_boot` → `days since last full boot`: columns have no names for people.
fn readable_column(column: &str) -> String {
    let name = column.rsplit('.').next().unwrap_or(column);
    name.replace('_', " ")
}
