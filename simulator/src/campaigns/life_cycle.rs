//! What becomes of a campaign that was sent to an employee: it is shown when one of their devices is online, answered
//! or declined or postponed, and expires. The clock belongs to the tenant; the answers are given by tests.

use std::collections::BTreeMap;

use nexthink_chatbot::nql::{SECOND, Timestamp};
use serde::{Deserialize, Serialize};

use super::catalogue::Campaign;
use crate::agenda::Agenda;
use crate::fleet::Fleet;

/// How long after a request the campaign is shown on a device that is online.
const SHOWN_AFTER: i64 = 5 * SECOND;

/// How far a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CampaignState {
    /// Not shown yet.
    Targeted,
    /// On the employee's screen.
    Displayed,
    Postponed,
    Answered,
    Declined,
    Expired,
}

impl CampaignState {
    /// The word of the enumeration in NQL: in the style of the others, for none is published.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Targeted => "targeted",
            Self::Displayed => "displayed",
            Self::Postponed => "postponed",
            Self::Answered => "answered",
            Self::Declined => "declined",
            Self::Expired => "expired",
        }
    }

    /// Whether nothing more will become of it.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Answered | Self::Declined | Self::Expired)
    }
}

/// What an employee does with a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CampaignAnswer {
    /// The answers by the IDs of their questions; all of them.
    Answered(BTreeMap<String, String>),
    /// No, and for good.
    Declined,
    /// Later.
    Postponed,
}

/// One campaign for one employee: a row of `campaign.responses`.
#[derive(Debug, Clone)]
pub(crate) struct CampaignRequest {
    /// The campaign, by its position in the catalogue.
    pub campaign: usize,
    pub request_id: String,
    /// The employee, by position in the fleet.
    pub user: usize,
    pub parameters: BTreeMap<String, String>,
    pub requested_at: Timestamp,
    pub expires_at: Timestamp,
    /// When the state last changed.
    pub changed_at: Timestamp,
    pub state: CampaignState,
    /// The answers by the IDs of their questions; empty but for what was answered.
    pub answers: BTreeMap<String, String>,
}

/// All that was sent, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct CampaignRequests {
    list: Vec<CampaignRequest>,
    agenda: Agenda,
    by_user: BTreeMap<usize, Vec<usize>>,
}

impl CampaignRequests {
    /// The requests, oldest first.
    pub fn list(&self) -> &[CampaignRequest] {
        &self.list
    }

    /// The positions of those sent to an employee, oldest first.
    pub fn of_user(&self, user: usize) -> &[usize] {
        self.by_user.get(&user).map(Vec::as_slice).unwrap_or_default()
    }

    /// Accepts a campaign for an employee.
    pub fn accept(
        &mut self,
        campaign: usize,
        request_id: String,
        user: usize,
        parameters: BTreeMap<String, String>,
        now: Timestamp,
        expires_at: Timestamp,
    ) {
        self.agenda.plan(self.list.len(), now.plus(SHOWN_AFTER));
        self.by_user.entry(user).or_default().push(self.list.len());
        self.list.push(CampaignRequest {
            campaign,
            request_id,
            user,
            parameters,
            requested_at: now,
            expires_at,
            changed_at: now,
            state: CampaignState::Targeted,
            answers: BTreeMap::new(),
        });
    }

    /// Lets the employee answer.
    ///
    /// # Errors
    /// There is no such request, it is not on the employee's screen, or the answers are none of its.
    pub fn answer(&mut self, request_id: &str, answer: CampaignAnswer, now: Timestamp) -> Result<(), String> {
        let position = self.list.iter().position(|request| request.request_id == request_id);
        let found = position.and_then(|position| Some((position, self.list.get_mut(position)?)));
        let Some((position, request)) = found else {
            return Err(format!("there is no campaign request `{request_id}`"));
        };
        if !matches!(request.state, CampaignState::Displayed | CampaignState::Postponed) {
            return Err(format!("the campaign cannot be answered: it is {}", request.state.word()));
        }
        let state = match answer {
            CampaignAnswer::Answered(answers) => {
                check(request.campaign, &answers)?;
                request.answers = answers;
                CampaignState::Answered
            }
            CampaignAnswer::Declined => CampaignState::Declined,
            CampaignAnswer::Postponed => CampaignState::Postponed,
        };
        request.state = state;
        request.changed_at = now;
        if state.is_final() {
            self.agenda.strike(position);
        }
        Ok(())
    }

    /// When the next step is due.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.agenda.next()
    }

    /// Takes the steps that are due up to `now`.
    pub fn advance(&mut self, fleet: &Fleet, now: Timestamp) {
        while let Some(position) = self.agenda.take(now) {
            let Some(request) = self.list.get_mut(position) else { continue };
            if now >= request.expires_at {
                request.state = CampaignState::Expired;
                request.changed_at = now;
                continue;
            }
            if request.state == CampaignState::Targeted && is_online(fleet, request.user, now) {
                request.state = CampaignState::Displayed;
                request.changed_at = now;
            }
            self.agenda.plan(position, request.expires_at);
        }
    }

    /// A device of the employee is back: what waits for it is shown.
    pub fn employee_returned(&mut self, user: usize, now: Timestamp) {
        for (position, request) in self.list.iter().enumerate() {
            if request.user == user && request.state == CampaignState::Targeted {
                self.agenda.plan(position, now.plus(SHOWN_AFTER).min(request.expires_at));
            }
        }
    }
}

fn is_online(fleet: &Fleet, user: usize, now: Timestamp) -> bool {
    let devices = fleet.employees.get(user).map(|employee| employee.device_positions.as_slice()).unwrap_or_default();
    devices.iter().filter_map(|device| fleet.devices.get(*device)).any(|device| device.presence.online_at(now))
}

/// All questions are answered, each with one of its options.
fn check(campaign: usize, answers: &BTreeMap<String, String>) -> Result<(), String> {
    let questions = Campaign::at(campaign).map(|campaign| campaign.questions).unwrap_or_default();
    if let Some(id) = answers.keys().find(|id| questions.iter().all(|question| question.id != id.as_str())) {
        return Err(format!("the campaign has no question `{id}`"));
    }
    for question in questions {
        match answers.get(question.id) {
            None => return Err(format!("the question `{}` has no answer", question.id)),
            Some(answer) if !question.options.contains(&answer.as_str()) => {
                return Err(format!("`{answer}` is no answer to `{}`", question.id));
            }
            Some(_) => {}
        }
    }
    Ok(())
}
