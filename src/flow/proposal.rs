//! Step 4, before the employee's yes: what exactly they are asked to agree to, signed, so that nothing of it can be
//! changed afterwards.

use std::ops::RangeInclusive;

use super::audit::{About, AuditHead, AuditedAction, begin};
use super::device::Device;
use super::diagnose::{Diagnosis, PlaybookReference};
use super::employee::Employee;
use super::proof::{check_device, check_diagnosis};
use super::seal::{Keys, Purpose, seal};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::api::remote_actions::same_remote_action;
use crate::client::{Client, Host, Settings};
use crate::json::{Json, Map, Read, Write, record};
use crate::nql::{MINUTE, Timestamp};
use crate::playbook::{Library, Recommendation, RecommendationKind, RemoteAction, Risk, Verdict};

/// What may be asked of the tenant, and then be followed up.
const EXPIRES_IN_MINUTES: RangeInclusive<u32> = 60..=24 * 60;

/// How long the employee may think about it.
const VALID_MS: i64 = 10 * MINUTE;

record! {
    strict
    /// What is to be proposed: what one rule of a diagnosis recommends, or what the employee asked for.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "ProposalSubject"))]
    pub struct Subject {
        diagnosis: Option<Json>,
        rule: Option<String>,
        request: Option<Request>,
    }
}

record! {
    lenient
    /// What a proposal takes from a diagnosis.
    #[derive(Debug, Clone)]
    struct Diagnosed {
        playbook: PlaybookReference,
        device: Device,
        findings: Vec<Finding>,
        recommendations: Vec<Recommendation>,
    }
}

record! {
    lenient
    /// What a proposal takes from a finding; the parts of the condition go through it unread.
    #[derive(Debug, Clone)]
    struct Finding {
        rule: String,
        verdict: Verdict,
        reason: Option<String>,
        because: Json,
    }
}

impl Subject {
    /// What a rule of a diagnosis recommends.
    pub fn recommended(diagnosis: &Diagnosis, rule: &str) -> Self {
        Self { diagnosis: Some(diagnosis.write()), rule: Some(rule.to_owned()), request: None }
    }

    /// What the employee asked for.
    pub const fn requested(request: Request) -> Self {
        Self { diagnosis: None, rule: None, request: Some(request) }
    }
}

record! {
    strict
    /// A remote action that the employee asked for.
    #[derive(Debug, Clone)]
    #[cfg_attr(test, ts(rename = "RemoteActionRequest"))]
    pub struct Request {
        /// On which device.
        pub device: Device,
        /// The NQL ID of the remote action.
        pub remote_action_id: String,
        /// The script's inputs.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub params: Map<String>,
        /// What the employee asked for; it is shown in the tenant as the reason.
        pub reason: String,
    }
}

record! {
    strict
    /// For whom, and for which ticket.
    #[derive(Debug, Clone, Default)]
    pub struct ProposeOptions {
        /// The employee, as the host has authenticated them.
        pub employee: Employee,
        /// The host's own ticket or case.
        pub reference: Option<String>,
        /// After how many minutes a device that stays offline is given up: 60, or up to 1,440.
        pub expires_in_minutes: Option<u32>,
        /// The host itself vouches that the device is the employee's: for a device that was found by its name, or comes
        /// from the host's own records. Never take this from a message.
        #[cfg_attr(test, ts(as = "Option<bool>"))]
        pub trust_caller: bool,
    }
}

record! {
    lenient
    /// What the employee is asked to agree to.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Proposal {
        /// Its ID; it is part of the run's reference.
        pub id: String,
        /// What `remediate` takes. Whoever holds it can trigger exactly this, once, until it expires.
        pub token: String,
        /// On which device.
        pub device: Device,
        /// The NQL ID of the remote action.
        pub remote_action_id: String,
        /// The script's inputs.
        pub params: Map<String>,
        /// The remote action's name.
        pub title: String,
        /// Why.
        pub reason: String,
        /// Whether the employee's work is interrupted; then `remediate` wants `confirmed: true`.
        pub risk: Risk,
        /// How long it usually takes.
        pub expected_seconds: Option<u32>,
        /// Until when the employee can agree.
        pub expires_at: Timestamp,
    }
}

record! {
    lenient
    /// What the token holds: everything that must not change between the question and the deed.
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Consent {
        pub id: String,
        pub employee: Employee,
        pub action: Action,
        pub reference: String,
        pub expires_in_minutes: Option<u32>,
        pub issued_at: Timestamp,
        pub expires_at: Timestamp,
        pub audit: Option<AuditHead>,
    }
}

record! {
    lenient
    /// A remote action on a device, with all that it needs and stands on, before it is anybody's.
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Action {
        pub device: Device,
        pub remote_action_id: String,
        pub params: Map<String>,
        pub title: String,
        pub risk: Risk,
        pub expected_seconds: Option<u32>,
        /// For how long the same is not done again on the same device, in milliseconds.
        pub cooldown_ms: Option<f64>,
        pub playbook: Option<PlaybookReference>,
        pub evidence: Evidence,
    }
}

record! {
    lenient
    /// What a remote action stands on: the rule and its facts, or the employee's own request.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Evidence {
        /// The rule that recommended it; absent for the employee's own request.
        pub rule: Option<String>,
        /// Why, in words.
        pub reason: String,
        /// The parts of the rule's condition with their values.
        #[cfg_attr(test, ts(type = "Array<ConditionPart>"))]
        pub because: Json,
    }
}

/// How long a host's own reference may be, in characters. Nexthink names no limit; a ticket's number has a tenth of this, and
/// the reference is a parameter of the query that looks for a lost run.
const LONGEST_REFERENCE: usize = 200;

/// Proposes a remote action. Sends nothing.
///
/// # Errors
/// `invalid` for advice, an unknown rule, a device without a Collector UID, a reference of more than 200 characters, or where
/// nothing can sign;
/// `refused` where a guard rail forbids it; `consent` for a device that `identify` did not return for this employee,
/// and for a diagnosis or a device that was altered.
pub fn propose<H: Host>(
    client: &Client<H>,
    library: &Library,
    subject: Subject,
    options: ProposeOptions,
) -> Result<Proposal, NexthinkError> {
    options.employee.check()?;
    check_reference(options.reference.as_deref())?;
    let settings = client.settings();
    let keys = Keys::of(settings)?;
    let mut random = [0; 12];
    client.host().random(&mut random)?;
    let id = format!("p-{}", hexadecimal(&random));
    // Unique per proposal, so that the run can be found again and never be taken for another of the same ticket.
    let reference = match options.reference.as_ref().filter(|reference| !reference.is_empty()) {
        Some(reference) => format!("{reference}#{id}"),
        None => id.clone(),
    };
    let issued_at = client.host().now();
    let found = action(client, library, subject, &keys);
    let allowed = found.as_ref().map_err(Clone::clone).and_then(|action| check(client, action, &options, &keys));
    let action = found.as_ref().ok();
    let about = About {
        id: &id,
        who: &options.employee,
        what: action.map(|action| AuditedAction::proposed(action, Some(&reference))),
        playbook: action.and_then(|action| action.playbook.as_ref()),
        evidence: action.map(|action| &action.evidence),
    };
    if let Err(error) = allowed {
        // What is merely not understood is no decision.
        if matches!(error.kind, ErrorKind::Consent | ErrorKind::Refused) {
            begin(client, about, Some(&error));
        }
        return Err(error);
    }
    let audit = begin(client, about, None);
    let expires_at = issued_at.plus(VALID_MS);
    let ProposeOptions { employee, expires_in_minutes, .. } = options;
    let consent = Consent { id, employee, action: found?, reference, expires_in_minutes, issued_at, expires_at, audit };
    let token = seal(settings, Purpose::Consent, &consent.write().to_text())?;
    let Consent { id, action, expires_at, .. } = consent;
    Ok(Proposal {
        id,
        token,
        device: action.device,
        remote_action_id: action.remote_action_id,
        params: action.params,
        title: action.title,
        reason: action.evidence.reason,
        risk: action.risk,
        expected_seconds: action.expected_seconds,
        expires_at,
    })
}

/// What is to be proposed, as far as it is known and was not altered.
fn action<H: Host>(
    client: &Client<H>,
    library: &Library,
    subject: Subject,
    keys: &Keys,
) -> Result<Action, NexthinkError> {
    match (subject.diagnosis, subject.rule, subject.request) {
        (Some(diagnosis), Some(rule), None) => {
            // First whether it is a diagnosis at all: what was put together wrongly was not altered.
            let read = Diagnosed::read(diagnosis.clone()).map_err(|mismatch| {
                NexthinkError::invalid(format!("`propose`: the diagnosis: {mismatch}"))
                    .hint("pass the diagnosis as `diagnose` returned it")
            })?;
            check_diagnosis(keys, diagnosis, client.host().now())?;
            recommended(read, &rule)
        }
        (None, None, Some(request)) => requested(request, library, client.settings()),
        _ => Err(NexthinkError::invalid("`propose` takes a diagnosis with one of its rules, or a request")),
    }
}

/// Whether it may be proposed, and to this employee.
fn check<H: Host>(
    client: &Client<H>,
    action: &Action,
    options: &ProposeOptions,
    keys: &Keys,
) -> Result<(), NexthinkError> {
    action.device.check()?;
    client.settings().check_remote_action(&action.remote_action_id)?;
    check_expiry(options.expires_in_minutes)?;
    // What the tenant declares of it is asked for before it is triggered; here it is checked where it is known.
    if let Some(declared) = client.known_remote_action(&action.remote_action_id) {
        declared.check(&action.params)?;
    }
    if options.trust_caller {
        return Ok(());
    }
    check_device(keys, &action.device, &options.employee, client.host().now())
}

fn recommended(diagnosis: Diagnosed, rule: &str) -> Result<Action, NexthinkError> {
    let found = diagnosis.recommendations.into_iter().find(|recommendation| recommendation.rule == rule);
    let found = found.ok_or_else(|| {
        NexthinkError::invalid("the diagnosis has no recommendation of this rule")
            .hint("pass one of `diagnosis.recommendations`, or its `rule`")
    })?;
    let (RecommendationKind::RemoteAction, Some(remote_action_id)) = (found.kind, found.remote_action_id) else {
        return Err(NexthinkError::invalid("this recommendation is advice: there is nothing to trigger")
            .hint("tell the employee what to do; only recommendations of kind `remote-action` are proposed"));
    };
    let finding = diagnosis.findings.into_iter().find(|finding| finding.rule == rule);
    let finding = finding.filter(|finding| finding.verdict == Verdict::Match).ok_or_else(|| {
        NexthinkError::invalid("the diagnosis recommends what none of its findings supports")
            .hint("pass the diagnosis as `diagnose` returned it")
    })?;
    Ok(Action {
        device: diagnosis.device,
        remote_action_id,
        params: found.params.unwrap_or_default(),
        title: found.title,
        risk: found.risk,
        expected_seconds: found.expected_seconds,
        cooldown_ms: found.cooldown_ms,
        playbook: Some(diagnosis.playbook),
        evidence: Evidence {
            rule: Some(finding.rule),
            reason: finding.reason.unwrap_or_default(),
            because: finding.because,
        },
    })
}

/// What the playbooks know of the action is taken from them, where several do, the most careful of it: to ask for it is
/// no way around a confirmation or a cooldown. What nobody knows is taken to be disruptive.
fn requested(request: Request, library: &Library, settings: &Settings) -> Result<Action, NexthinkError> {
    let is_asked = |action: &RemoteAction| {
        let id = settings.remote_action_id(&action.name, &action.remote_action_id);
        same_remote_action(&id, &request.remote_action_id)
    };
    let mut known: Option<&RemoteAction> = None;
    for action in library.remote_actions().filter(|action| is_asked(action)) {
        if known.is_none_or(|known| known.risk < action.risk) {
            known = Some(action);
        }
    }
    let mut cooldown_ms: Option<f64> = None;
    for playbook in library.iter() {
        for rule in &playbook.rules {
            let action = rule.remote_action.and_then(|position| playbook.remote_actions.get(position));
            if let (Some(longer), true) = (rule.cooldown_ms, action.is_some_and(is_asked)) {
                cooldown_ms = Some(cooldown_ms.map_or(longer, |known| known.max(longer)));
            }
        }
    }
    if request.reason.is_empty() {
        return Err(NexthinkError::invalid("`reason` is empty").hint("pass what the employee asked for"));
    }
    Ok(Action {
        device: request.device,
        title: known.map_or_else(|| request.remote_action_id.clone(), |action| action.title.clone()),
        remote_action_id: request.remote_action_id,
        params: request.params,
        risk: known.map_or(Risk::Disruptive, |action| action.risk),
        expected_seconds: known.and_then(|action| action.expected_seconds),
        cooldown_ms,
        playbook: None,
        evidence: Evidence { rule: None, reason: request.reason, because: Json::List(Vec::new()) },
    })
}

/// Whether a host's own reference can be sent along.
///
/// # Errors
/// `invalid` for one of more than 200 characters.
pub fn check_reference(reference: Option<&str>) -> Result<(), NexthinkError> {
    if reference.is_some_and(|reference| reference.chars().nth(LONGEST_REFERENCE).is_some()) {
        return Err(
            NexthinkError::invalid("`reference` has more than 200 characters").hint("pass the number of your ticket")
        );
    }
    Ok(())
}

/// A run is followed up by what the tenant saw in the past 24 hours: one that waits for longer would be lost from sight.
fn check_expiry(minutes: Option<u32>) -> Result<(), NexthinkError> {
    match minutes {
        Some(minutes) if !EXPIRES_IN_MINUTES.contains(&minutes) => {
            Err(NexthinkError::invalid("`expiresInMinutes` is not a whole number from 60 to 1440")
                .hint("what becomes of a run is asked for over the past 24 hours, so no run may wait for longer"))
        }
        _ => Ok(()),
    }
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |digit: u8| char::from_digit(digit.into(), 16).unwrap_or('0');
    let mut text = String::new();
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}
