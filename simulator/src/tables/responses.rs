//! `campaign.responses`: the campaigns that were sent, answered or not; and `campaign.<nql id>.responses`, which knows
//! the questions and parameters of its campaign.

use nexthink_chatbot::nql::{TimeRange, Value};

use super::fields::{Field, Fields, Of, named, number, text};
use super::{Row, Table, View};
use crate::campaigns::{Campaign, CampaignRequest};

const RESPONSE: Fields<Of<CampaignRequest>> = &[
    ("campaign.name", |row| of_campaign(row, |campaign| text(campaign.name))),
    // As that of a workflow, with its `#`.
    ("campaign.nql_id", |row| of_campaign(row, |campaign| text(&format!("#{}", campaign.id)))),
    ("campaign.response.request_id", |row| text(&row.request_id)),
    ("campaign.response.request_time", |row| Value::Time(row.requested_at)),
    ("campaign.response.time", |row| Value::Time(row.changed_at)),
    ("campaign.response.expiration_time", |row| Value::Time(row.expires_at)),
    ("campaign.response.state", |row| text(row.state.word())),
    ("campaign.response.number_of_responses", |_| number(1)),
];

pub(super) fn response_field(name: &str) -> Option<Field> {
    named(RESPONSE, name).map(Field::Response)
}

/// `campaign.response.answers.<question ID>` and `campaign.response.parameters.<name>` of one campaign.
pub(super) fn campaign_field(campaign: usize, name: &str) -> Option<Field> {
    let campaign = Campaign::at(campaign)?;
    let name = name.to_ascii_lowercase();
    let (group, name) = name.strip_prefix("campaign.response.")?.split_once('.')?;
    match group {
        "answers" => {
            let question = campaign.questions.iter().find(|question| question.id.eq_ignore_ascii_case(name))?;
            Some(Field::Answer(question.id))
        }
        "parameters" => {
            let parameter = campaign.parameters.iter().find(|parameter| parameter.eq_ignore_ascii_case(name))?;
            Some(Field::Parameter(parameter))
        }
        _ => None,
    }
}

fn of_campaign(row: &CampaignRequest, read: impl Fn(&Campaign) -> Value) -> Value {
    Campaign::at(row.campaign).map_or(Value::Null, read)
}

impl<'a> View<'a> {
    pub(super) fn response(&self, row: Row) -> Option<&'a CampaignRequest> {
        let Row::Response(position) = row else { return None };
        self.campaigns.list().get(position)
    }

    /// Of the requests at these positions those that belong to the table and the range.
    pub(super) fn responses(
        &self,
        table: Table,
        positions: impl Iterator<Item = usize>,
        range: TimeRange,
        rows: &mut Vec<Row>,
    ) {
        let belongs = |position: &usize| {
            self.campaigns.list().get(*position).is_some_and(|one| {
                let is_one = matches!(table, Table::ResponsesOf(campaign) if campaign == one.campaign);
                (table == Table::Responses || is_one) && range.contains(one.changed_at)
            })
        };
        rows.extend(positions.filter(belongs).map(Row::Response));
    }
}
