//! How records come into being: each after the last of its chain, whoever wrote that, and told to the host once.

use super::record::{AuditEvent, AuditHead, AuditOutcome, AuditRecord, AuditedAction, hash_of};
use crate::api::problem::NexthinkError;
use crate::client::{Client, Host};
use crate::flow::canonical::without;
use crate::flow::diagnose::PlaybookReference;
use crate::flow::employee::Employee;
use crate::flow::proposal::Evidence;
use crate::flow::run::Run;
use crate::flow::seal::{Keys, secrets};
use crate::json::{Json, Read, Write};
use crate::nql::DAY;

/// Under what name the store keeps how far a chain has got.
const STORED_AS: &str = "audit";
/// Longer than anybody waits for data to be collected again, and no longer than a timer of JavaScript can wait, by which
/// a store may forget: one of 30 days fires at once.
const KEPT_MS: u32 = 24 * DAY as u32;
/// How often a record is made anew because someone else's came before it.
const ATTEMPTS: u32 = 16;

/// What all records of a chain say.
pub(in crate::flow) struct About<'a> {
    pub id: &'a str,
    pub who: &'a Employee,
    pub what: Option<AuditedAction>,
    pub playbook: Option<&'a PlaybookReference>,
    pub evidence: Option<&'a Evidence>,
}

impl<'a> About<'a> {
    fn run(run: &'a Run) -> Self {
        Self {
            id: &run.id,
            who: &run.employee,
            what: Some(AuditedAction::of(run)),
            playbook: run.playbook.as_ref(),
            evidence: Some(&run.evidence),
        }
    }
}

/// Begins a chain with what came of proposing: its first record, and its end where nothing was proposed. Gives how far
/// the chain has got; none where nobody audits.
pub(in crate::flow) fn begin<H: Host>(
    client: &Client<H>,
    about: About<'_>,
    refused: Option<&NexthinkError>,
) -> Option<AuditHead> {
    if !client.host().audits() {
        return None;
    }
    let event = if refused.is_some() { AuditEvent::Refused } else { AuditEvent::Proposed };
    let (record, head) = next(client, &about, None, event, refused.map(AuditOutcome::failed))?;
    client.host().audit(&record);
    if refused.is_none() {
        return Some(head);
    }
    let (record, head) = next(client, &about, Some(&head), AuditEvent::Ended, None)?;
    client.host().audit(&record);
    Some(head)
}

/// Adds a record on a run to its chain: what came of it is the error, or else where the run stands. After the end
/// record nothing is added. Several processes may do so at once: the store decides who is next. Where it fails, the
/// record follows the last that this run or this process knows of.
pub(in crate::flow) async fn note<H: Host>(
    client: &Client<H>,
    run: &mut Run,
    event: AuditEvent,
    error: Option<&NexthinkError>,
) {
    if !client.host().audits() {
        return;
    }
    let outcome = error.map_or_else(|| AuditOutcome::of(run), AuditOutcome::failed);
    catch_up(run, client.remembered(STORED_AS, &run.id));
    // The first record is in the token, and not in the store.
    let mut stored = run.audit.as_ref().filter(|head| head.sequence > 0).map(text_of);
    for attempt in 1..=ATTEMPTS {
        if run.audit.as_ref().is_some_and(|head| head.ended) {
            return;
        }
        let Some((record, head)) = next(client, &About::run(run), run.audit.as_ref(), event, Some(outcome.clone()))
        else {
            return;
        };
        let text = text_of(&head);
        let put = client.store(STORED_AS, &run.id, stored.as_deref(), &text, KEPT_MS).await;
        if put.is_err() {
            client.remember(STORED_AS, &run.id, &text, KEPT_MS);
        }
        if put.unwrap_or(true) || attempt == ATTEMPTS {
            client.host().audit(&record);
            run.audit = Some(head);
            return;
        }
        stored = client.stored(STORED_AS, &run.id).await.unwrap_or_default();
        catch_up(run, stored.clone());
    }
}

/// Takes over how far the chain has got by someone else's word, where that is further than the run knows.
fn catch_up(run: &mut Run, known: Option<String>) {
    let known = known.and_then(|text| AuditHead::read(Json::parse(text.as_bytes())?).ok());
    if known.as_ref().map(|head| head.sequence) > run.audit.as_ref().map(|head| head.sequence) {
        run.audit = known;
    }
}

fn text_of(head: &AuditHead) -> String {
    head.write().to_text()
}

/// The record after the last, and where the chain has then got to. None where there is no key.
fn next<H: Host>(
    client: &Client<H>,
    about: &About<'_>,
    last: Option<&AuditHead>,
    event: AuditEvent,
    outcome: Option<AuditOutcome>,
) -> Option<(Json, AuditHead)> {
    let settings = client.settings();
    let (instance, region) = (settings.tenant.instance(), settings.tenant.region());
    let record = AuditRecord {
        id: about.id.to_owned(),
        sequence: last.map_or(0, |last| last.sequence.saturating_add(1)),
        at: client.host().now(),
        tenant: format!("{instance}.{region}"),
        event,
        who: about.who.clone(),
        what: about.what.clone(),
        why: about.evidence.map(|evidence| evidence.reason.clone()),
        playbook: about.playbook.cloned(),
        evidence: about.evidence.cloned(),
        outcome,
        previous: last.map(|last| last.hash.clone()),
        hash: String::new(),
    };
    let (mut json, _) = without(record.write(), "hash");
    let hash = hash_of(&Keys::of_audit(&secrets(settings).ok()?, instance, region), &json);
    if let Json::Object(fields) = &mut json {
        fields.push(("hash".into(), hash.as_str().into()));
    }
    Some((json, AuditHead { sequence: record.sequence, hash, ended: event == AuditEvent::Ended }))
}
