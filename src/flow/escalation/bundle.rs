//! What is handed over, as data: gathered from runs, and from diagnoses where the caller has them.

use crate::api::problem::NexthinkError;
use crate::flow::certainty::Certainty;
use crate::flow::device::Device;
use crate::flow::diagnose::PlaybookReference;
use crate::flow::employee::Employee;
use crate::flow::run::{Run, RunState};
use crate::json::{Read, record, words};
use crate::nql::Timestamp;
use crate::playbook::{ConditionPart, FactValue, Finding, MissingFact, Recommendation, RecommendationKind, Verdict};

words! {
    /// As what the hand-over is given.
    pub enum EscalationFormat {
        /// Data.
        Json = "json",
        /// A page of Markdown.
        Markdown = "markdown",
        /// A page of plain text.
        Text = "text",
    }
}

record! {
    strict
    /// How to hand over, and what the runs do not tell.
    #[derive(Debug, Clone)]
    pub struct EscalationOptions {
        /// As what.
        pub format: EscalationFormat,
        /// Whose trouble it is; without it, the first run's employee.
        pub employee: Option<Employee>,
        /// The employee's own words for it.
        pub symptoms: Option<String>,
        /// The diagnoses that were made: their findings, what they could not tell, and their advice.
        #[cfg_attr(test, ts(type = "Array<Diagnosis>", optional))]
        pub diagnoses: Vec<Diagnosed>,
    }
}

record! {
    lenient
    /// What is taken from a diagnosis.
    #[derive(Debug, Clone)]
    pub struct Diagnosed {
        playbook: PlaybookReference,
        device: Device,
        findings: Vec<Finding>,
        recommendations: Vec<Recommendation>,
    }
}

record! {
    lenient
    /// What the service desk must know. Holds personal data, and no proof or token.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Escalation {
        /// Whose trouble it is.
        pub employee: Option<Employee>,
        /// The employee's own words for it.
        pub symptoms: Option<String>,
        /// The devices that were looked at or repaired.
        pub devices: Vec<Device>,
        /// What was found, and what could not be told.
        pub findings: Vec<EscalatedFinding>,
        /// What was done, in the order in which it was.
        pub tried: Vec<EscalatedRun>,
        /// What the employee was or should be advised to do.
        pub advice: Vec<String>,
        /// Under which external references the tenant knows it.
        pub references: Vec<String>,
    }
}

record! {
    lenient
    /// Something that was found, or could not be told.
    #[derive(Debug, Clone, PartialEq)]
    pub struct EscalatedFinding {
        /// The playbook that looked for it; absent for what the employee asked for.
        pub playbook: Option<PlaybookReference>,
        /// The rule.
        pub rule: Option<String>,
        /// The device's name.
        pub device: String,
        /// Whether it was found.
        pub verdict: Verdict,
        /// Why, in words.
        pub reason: Option<String>,
        /// What was measured.
        pub values: Vec<FactValue>,
        /// What is not known.
        pub missing: Vec<MissingFact>,
    }
}

record! {
    lenient
    /// Something that was tried, and how it ended.
    #[derive(Debug, Clone, PartialEq)]
    pub struct EscalatedRun {
        /// The remote action's name.
        pub title: String,
        /// Its NQL ID.
        pub remote_action_id: String,
        /// The device's name.
        pub device: String,
        /// Where it stands.
        pub state: RunState,
        /// The tenant's own words on that.
        pub status_details: Option<String>,
        /// When it was triggered.
        pub started_at: Timestamp,
        /// When its end was seen.
        pub ended_at: Option<Timestamp>,
        /// The tenant took the request.
        pub accepted: Certainty,
        /// The script ran to its end.
        pub ran: Certainty,
        /// The finding that it was to mend is gone.
        pub changed: Certainty,
        /// The employee says that it helped.
        pub solved: Certainty,
        /// The external reference.
        pub reference: String,
        /// The tenant's ID for the request.
        pub request_id: Option<String>,
    }
}

/// Gathers what is known.
///
/// # Errors
/// `invalid` where that is nothing.
pub fn escalate(runs: Vec<Run>, options: EscalationOptions) -> Result<Escalation, NexthinkError> {
    let employee = options.employee.or_else(|| runs.first().map(|run| run.employee.clone()));
    let symptoms = options.symptoms.filter(|symptoms| !symptoms.trim().is_empty());
    if runs.is_empty() && options.diagnoses.is_empty() && symptoms.is_none() {
        return Err(NexthinkError::invalid("`escalation` has neither a run nor a diagnosis nor `symptoms`")
            .hint("pass what was tried, or what was found as `diagnoses`, or the employee's words as `symptoms`"));
    }
    let mut escalation = Escalation {
        employee,
        symptoms,
        devices: Vec::new(),
        findings: Vec::new(),
        tried: Vec::new(),
        advice: Vec::new(),
        references: Vec::new(),
    };
    for diagnosis in options.diagnoses {
        escalation.add_diagnosis(diagnosis);
    }
    for run in runs {
        escalation.add_run(run);
    }
    Ok(escalation)
}

impl Escalation {
    fn add_diagnosis(&mut self, diagnosis: Diagnosed) {
        for finding in diagnosis.findings {
            if finding.verdict != Verdict::NoMatch {
                self.add_finding(EscalatedFinding {
                    playbook: Some(diagnosis.playbook.clone()),
                    rule: Some(finding.rule),
                    device: diagnosis.device.name.clone(),
                    verdict: finding.verdict,
                    reason: finding.reason,
                    values: values_of(finding.because),
                    missing: finding.missing,
                });
            }
        }
        for recommendation in diagnosis.recommendations {
            if recommendation.kind == RecommendationKind::Advice && !self.advice.contains(&recommendation.title) {
                self.advice.push(recommendation.title);
            }
        }
        self.add_device(diagnosis.device);
    }

    fn add_run(&mut self, run: Run) {
        let because = Vec::<ConditionPart>::read(run.evidence.because).unwrap_or_default();
        self.add_finding(EscalatedFinding {
            playbook: run.playbook,
            rule: run.rule,
            device: run.device.name.clone(),
            verdict: Verdict::Match,
            reason: Some(run.evidence.reason),
            values: values_of(because),
            missing: Vec::new(),
        });
        self.references.push(run.reference.clone());
        self.tried.push(EscalatedRun {
            title: run.title,
            remote_action_id: run.remote_action_id,
            device: run.device.name.clone(),
            state: run.state,
            status_details: run.status_details,
            started_at: run.started_at,
            ended_at: run.ended_at,
            accepted: run.accepted,
            ran: run.ran,
            changed: run.changed,
            solved: run.solved,
            reference: run.reference,
            request_id: run.request_id,
        });
        self.add_device(run.device);
    }

    /// What a run stood on has mostly been told by the diagnosis already.
    fn add_finding(&mut self, finding: EscalatedFinding) {
        let id = |finding: &EscalatedFinding| finding.playbook.as_ref().map(|playbook| playbook.id.clone());
        let is_known = self.findings.iter().any(|known| {
            id(known) == id(&finding) && known.rule == finding.rule && known.device == finding.device
                // What the employee asked for differs by its words alone.
                && (finding.rule.is_some() || known.reason == finding.reason)
        });
        if !is_known {
            self.findings.push(finding);
        }
    }

    fn add_device(&mut self, device: Device) {
        if self.devices.iter().all(|known| known.collector_uid != device.collector_uid) {
            // A ticket is read by many; with a proof they could have the device repaired.
            self.devices.push(Device { proof: None, ..device });
        }
    }
}

/// The values of a finding, each once.
fn values_of(because: Vec<ConditionPart>) -> Vec<FactValue> {
    let mut values: Vec<FactValue> = Vec::new();
    for value in because.into_iter().flat_map(|part| part.values) {
        if values.iter().all(|known| known.column != value.column) {
            values.push(value);
        }
    }
    values
}
