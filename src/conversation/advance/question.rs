//! The present question of a state, with what can be chosen, and what the employee is to do. It follows from the state
//! alone, so that it can be asked again at any time.

use super::messages::*;
use crate::conversation::setting::{PlaybookWords, Setting};
use crate::conversation::state::{Offer, Phase, State};
use crate::conversation::{ChoiceStyle, Expects, MessageKind, Said, SaidChoice, TurnStatus};
use crate::flow::{Device, RunState};
use crate::json::push_digits;
use crate::nql::{SECOND, Timestamp};
use crate::playbook::Risk;

/// The question; none where there is something to do, or where the conversation is over.
pub(super) fn of(state: &State, setting: &Setting) -> Option<Said> {
    let choices = Choices { number: state.question, choices: Vec::new() };
    let offer = state.offer.as_ref();
    let (said, choices) = match state.phase {
        Phase::Symptom => symptom(state, setting, choices),
        Phase::NoDevice => (Said::new(ASK_AGAIN_OR_HUMAN), choices.again().human()),
        Phase::Device => device(state, setting.now, choices),
        Phase::Advice => advice(offer?, choices),
        Phase::Consent => consent(offer?, device_name(state), choices),
        Phase::Confirm => {
            let said = Said::new(CONFIRM).text("title", &offer?.title).text("device", device_name(state));
            (said.kind(MessageKind::Warning), choices.danger("yes", CHOICE_RUN_NOW).plain("no", CHOICE_NOT_NOW).human())
        }
        Phase::NotNow => (Said::new(ASK_WAIT), choices.plain("again", CHOICE_WAIT).plain("no", CHOICE_GO_ON).human()),
        Phase::Helped => (Said::new(ASK_HELPED), choices.plain("yes", CHOICE_YES).plain("no", CHOICE_NO).human()),
        Phase::HandOver => (
            Said::new(if has_tried(state) { NOTHING_LEFT } else { OFFER_HUMAN }),
            choices.primary("yes", CHOICE_YES).plain("no", CHOICE_NO).plain("another", CHOICE_ANOTHER_DEVICE),
        ),
        Phase::Trouble => (Said::new(ASK_AGAIN_OR_HUMAN), choices.again().human().plain("stop", CHOICE_STOP)),
        Phase::Identify
        | Phase::Diagnose
        | Phase::Remediate
        | Phase::Progress
        | Phase::Verify
        | Phase::HandingOver
        | Phase::Solved
        | Phase::Escalated
        | Phase::Ended => return None,
    };
    let kind = said.kind.unwrap_or(MessageKind::Question);
    Some(Said { choices: choices.choices, ..said.kind(kind) })
}

/// Where the conversation stands in a phase, and what the employee is to do.
pub(super) const fn standing(phase: Phase) -> (TurnStatus, Expects) {
    match phase {
        Phase::Symptom => (TurnStatus::ChoosingDevice, Expects::Text),
        Phase::NoDevice | Phase::Device => (TurnStatus::ChoosingDevice, Expects::Choice),
        Phase::Identify | Phase::Diagnose | Phase::Verify | Phase::HandingOver => {
            (TurnStatus::Diagnosing, Expects::Nothing)
        }
        Phase::Advice | Phase::Consent | Phase::Confirm | Phase::NotNow => {
            (TurnStatus::AwaitingConsent, Expects::Choice)
        }
        Phase::Remediate | Phase::Progress => (TurnStatus::Remediating, Expects::Nothing),
        Phase::Helped | Phase::HandOver => (TurnStatus::Confirming, Expects::Choice),
        Phase::Trouble => (TurnStatus::Diagnosing, Expects::Choice),
        Phase::Solved => (TurnStatus::Solved, Expects::Text),
        Phase::Escalated => (TurnStatus::Escalated, Expects::Text),
        Phase::Ended => (TurnStatus::Ended, Expects::Text),
    }
}

/// The name of the device that it is about.
pub(super) fn device_name(state: &State) -> &str {
    state.device.as_ref().map_or("?", |device| &device.name)
}

/// Whether it has been tried; what waited for a device in vain has not.
fn has_tried(state: &State) -> bool {
    let has_run = state.runs.last().is_some_and(|run| run.state != RunState::Expired);
    has_run || state.runs.is_empty() && !state.declined.is_empty()
}

fn symptom(state: &State, setting: &Setting, mut choices: Choices) -> (Said, Choices) {
    let candidates = state.candidates.as_ref();
    let is_offered = |playbook: &&PlaybookWords| candidates.is_none_or(|candidates| candidates.contains(&playbook.id));
    for playbook in setting.playbooks.iter().filter(is_offered) {
        let label = Said::new(CHOICE_PLAYBOOK).text("title", playbook.title(&setting.locale));
        choices = choices.labelled(&["playbook-", &playbook.id].concat(), label, None);
    }
    (Said::new(if candidates.is_none() { ASK_SYMPTOM } else { WHICH_SYMPTOM }), choices.human())
}

fn device(state: &State, now: Timestamp, mut choices: Choices) -> (Said, Choices) {
    for (position, device) in state.offered().iter().enumerate() {
        let mut name = String::from("device-");
        push_digits(position as u64 + 1, 1, &mut name);
        choices = choices.labelled(&name, described(device, now), None);
    }
    if state.choosing.as_ref().is_some_and(|choosing| choosing.total as usize > choosing.devices.len()) {
        choices = choices.plain("more", CHOICE_MORE_DEVICES);
    }
    (Said::new(CHOOSE_DEVICE), choices.human())
}

/// A device as it is told from others.
#[expect(clippy::cast_precision_loss, reason = "a duration is far below 2^53 milliseconds")]
fn described(device: &Device, now: Timestamp) -> Said {
    let system = device.operating_system.as_ref().or(device.platform.as_ref());
    let kind = match (device.r#type.as_deref(), system) {
        (Some("laptop"), Some(system)) => Said::new(DEVICE_LAPTOP).text("system", system),
        (Some("desktop"), Some(system)) => Said::new(DEVICE_DESKTOP).text("system", system),
        (Some(other), None) => Said::new(DEVICE_OTHER).text("system", other),
        (_, Some(system)) => Said::new(DEVICE_OTHER).text("system", system),
        (None, None) => Said::new(DEVICE_UNKNOWN),
    };
    match device.last_seen.as_deref().and_then(Timestamp::parse) {
        Some(seen) => Said::new(CHOICE_DEVICE)
            .text("device", &device.name)
            .message("kind", &kind)
            .duration("seen", now.since(seen) as f64),
        None => Said::new(CHOICE_DEVICE_UNSEEN).text("device", &device.name).message("kind", &kind),
    }
}

fn advice(offer: &Offer, choices: Choices) -> (Said, Choices) {
    let reason = offer.reason.as_deref().unwrap_or_default();
    let said = Said::new(ADVICE).text("advice", &offer.title).text("reason", reason);
    (said, choices.primary("did", CHOICE_DID).plain("skip", CHOICE_SKIP).human())
}

fn consent(offer: &Offer, device: &str, choices: Choices) -> (Said, Choices) {
    let mut items = Vec::new();
    if let Some(reason) = offer.reason.as_ref().filter(|reason| !reason.is_empty()) {
        items.push(Said::new(CONSENT_REASON).text("reason", reason));
    }
    if let Some(description) = &offer.description {
        items.push(Said::new(CONSENT_DESCRIPTION).text("description", description));
    }
    if let Some(seconds) = offer.expected_seconds {
        items.push(Said::new(CONSENT_DURATION).duration("duration", f64::from(seconds) * SECOND as f64));
    }
    items.push(Said::new(match offer.risk {
        Risk::Safe => CONSENT_SAFE,
        Risk::Disruptive => CONSENT_DISRUPTIVE,
    }));
    let said = Said::new(CONSENT).text("title", &offer.title).text("device", device).items(items);
    (said, choices.primary("yes", CHOICE_YES).plain("no", CHOICE_NO).plain("what", CHOICE_WHAT).human())
}

/// What can be chosen; the IDs belong to the question.
struct Choices {
    number: u32,
    choices: Vec<SaidChoice>,
}

impl Choices {
    fn plain(self, name: &str, label: MessageKey) -> Self {
        self.labelled(name, Said::new(label), None)
    }

    fn primary(self, name: &str, label: MessageKey) -> Self {
        self.labelled(name, Said::new(label), Some(ChoiceStyle::Primary))
    }

    fn danger(self, name: &str, label: MessageKey) -> Self {
        self.labelled(name, Said::new(label), Some(ChoiceStyle::Danger))
    }

    fn again(self) -> Self {
        self.plain("again", CHOICE_AGAIN)
    }

    fn human(self) -> Self {
        self.plain("human", CHOICE_HUMAN)
    }

    fn labelled(mut self, name: &str, label: Said, style: Option<ChoiceStyle>) -> Self {
        let mut id = String::new();
        push_digits(self.number.into(), 1, &mut id);
        id.push('.');
        id.push_str(name);
        self.choices.push(SaidChoice { id, key: label.key, parameters: label.parameters, style });
        self
    }
}
