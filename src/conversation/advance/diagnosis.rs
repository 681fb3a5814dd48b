//! The diagnosis: when data was collected, in one turn; what is wrong, in the next.

use super::messages::*;
use super::talk::{Progress, Talk, object};
use super::{advice, device, explain, question, trouble};
use crate::api::problem::ErrorKind;
use crate::conversation::state::Phase;
use crate::conversation::{CallError, Said};
use crate::flow::{Device, PlaybookReference};
use crate::json::{Json, Read, record};
use crate::nql::{MINUTE, Timestamp};
use crate::playbook::{Finding, RecommendationKind, Risk};

/// How long it counts what was collected when.
const COLLECTED_HOLDS_MS: i64 = 5 * MINUTE;

/// How often it is asked for before what was given is taken as it is. A host may come late each time, and a state may have
/// no room for it; older times make data seem older at worst.
const COLLECTIONS: u32 = 2;

/// The times of a tenant that collects more than this from a device are not kept, in bytes; ages are unknown then.
const LONGEST_COLLECTED: usize = 1_200;

record! {
    lenient
    /// What a conversation looks at in a diagnosis.
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Seen {
        pub playbook: PlaybookReference,
        pub device: Device,
        pub findings: Vec<Finding>,
        pub recommendations: Vec<Recommended>,
        pub applicable: bool,
    }
}

record! {
    lenient
    /// What it looks at in a recommendation.
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Recommended {
        pub rule: String,
        pub kind: RecommendationKind,
        pub title: String,
        pub description: Option<String>,
        pub risk: Risk,
        pub expected_seconds: Option<u32>,
    }
}

/// Diagnoses the device.
pub(super) fn begin(mut talk: Talk<'_>) -> Progress {
    talk.state.phase = Phase::Diagnose;
    let (Some(playbook), Some(device)) = (&talk.state.playbook, &talk.state.device) else {
        // Only an altered state comes here.
        return if talk.state.playbook.is_some() { device::again(talk) } else { Ok(talk.question(Phase::Symptom)) };
    };
    // The state had no room for all of it.
    if device.identified_by.is_none() {
        return device::again(talk);
    }
    if !is_collected_since(&talk, None) {
        let input = object(&[("playbook", playbook), ("device", device)]);
        return Ok(talk.query("collectionTimes", input));
    }
    let input = input(&talk, playbook, device);
    Ok(talk.query("diagnose", input))
}

/// What `diagnose` takes.
pub(super) fn input(talk: &Talk<'_>, playbook: &str, device: &Device) -> Json {
    let times = times(talk);
    object(&[
        ("playbook", &playbook),
        ("device", device),
        ("locale", &talk.setting.locale),
        ("collectionTimes", &times),
    ])
}

/// The collection times as `diagnose` and `verify` take them.
pub(super) fn times(talk: &Talk<'_>) -> Json {
    talk.state.collected.as_ref().and_then(|collected| collected.get("collectionTimes")).cloned().unwrap_or_default()
}

/// Whether the collection times are known as of a while ago, and of no earlier than a time, or have been asked for often
/// enough.
pub(super) fn is_collected_since(talk: &Talk<'_>, earliest: Option<Timestamp>) -> bool {
    if talk.state.collections >= Some(COLLECTIONS) {
        return true;
    }
    let is_recent = |at: Timestamp| (0..=COLLECTED_HOLDS_MS).contains(&talk.now().since(at)) && Some(at) >= earliest;
    talk.state.collected.is_some() && talk.state.collected_at.is_some_and(is_recent)
}

/// Keeps when data was collected, and goes on.
pub(super) fn collected(mut talk: Talk<'_>, output: Option<Json>) -> Progress {
    let output = output.filter(|output| output.to_text().len() <= LONGEST_COLLECTED);
    talk.state.collected = Some(output.unwrap_or_else(|| object(&[("collectionTimes", &Json::Null)])));
    talk.state.collected_at = Some(talk.now());
    talk.state.collections = Some(talk.state.collections.unwrap_or_default().saturating_add(1));
    talk.state.failures = 0;
    super::work(talk)
}

/// The diagnosis is there.
pub(super) fn diagnosed(mut talk: Talk<'_>, output: Json) -> Progress {
    let Ok(seen) = Seen::read(output.clone()) else { return Ok(trouble::settings(talk)) };
    talk.state.failures = 0;
    if !seen.applicable {
        let said = match &seen.device.platform {
            Some(platform) => Said::new(NOT_APPLICABLE).text("platform", platform),
            None => Said::new(NOT_APPLICABLE_UNKNOWN),
        };
        talk.say(said.text("title", &seen.playbook.title).text("device", &seen.device.name));
        talk.state.offer = None;
        return Ok(talk.question(Phase::HandOver));
    }
    if !talk.state.explained {
        for said in explain::findings(&seen) {
            talk.say(said);
        }
        talk.state.explained = true;
    }
    if let Some(before) = talk.state.offer.take() {
        let is_recommended = seen.recommendations.iter().any(|recommended| recommended.rule == before.rule);
        if !is_recommended {
            let device = question::device_name(&talk.state);
            let said = Said::new(NO_LONGER_NEEDED).text("title", &before.title).text("device", device);
            talk.say(said);
        }
    }
    talk.carried = Some(output);
    advice::recommend(talk, &seen)
}

/// It failed.
pub(super) fn not_diagnosed(mut talk: Talk<'_>, error: &CallError) -> Progress {
    if error.kind == ErrorKind::NotFound {
        let said = Said::new(TROUBLE_NO_DATA).text("device", question::device_name(&talk.state));
        talk.say(said);
        talk.state.again = Some(Phase::Diagnose);
        return Ok(talk.question(Phase::Trouble));
    }
    Ok(trouble::failed(talk, error))
}
