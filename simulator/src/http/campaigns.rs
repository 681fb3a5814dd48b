//! `POST /api/v1/euf/campaign/trigger`: sends a campaign to employees.

use std::collections::{BTreeMap, BTreeSet};

use nexthink_chatbot::api::http::Response;
use nexthink_chatbot::nql::MINUTE;
use serde_json::{Value as Json, json};

use super::body::{Fields, Read, anything};
use super::identifiers::OBJECTS;
use super::{WireRequest, empty, json};
use crate::campaigns::{Campaign, find};
use crate::fleet::{Finder, Identity};
use crate::permission::Permission;
use crate::tenant::SimulatedTenant;

const MAXIMUM_PARAMETERS: usize = 30;

/// The body of the request, within the documented limits.
struct Wanted {
    campaign: String,
    users: Vec<String>,
    minutes: i64,
    parameters: BTreeMap<String, String>,
}

impl Wanted {
    fn read(body: &[u8]) -> Read<Self> {
        let body = Fields::of_body(body)?;
        let users = body.texts("userSid", &OBJECTS, anything)?;
        let parameters = body.named_texts("parameters")?;
        if parameters.len() > MAXIMUM_PARAMETERS {
            return Err(format!("`parameters` has {} entries; allowed are {MAXIMUM_PARAMETERS}", parameters.len()));
        }
        Ok(Self {
            campaign: body.some_text("campaignNqlId")?.to_owned(),
            users: body.given("userSid", users)?.into_iter().map(str::to_owned).collect(),
            minutes: body.given("expiresInMinutes", body.whole_number("expiresInMinutes", 1..=525_600)?)?,
            parameters,
        })
    }
}

impl SimulatedTenant {
    pub(super) fn trigger_campaign(&mut self, request: &WireRequest) -> Response {
        // The one API that documents a body with 401, and none with 403.
        if !self.is_authorized(request) {
            return error(401, "unauthorized", "The access token is missing or has expired");
        }
        if let Err(refusal) = self.admit(request, Permission::Campaigns, || empty(403)) {
            return refusal;
        }
        match Wanted::read(&request.body) {
            Ok(wanted) => self.send_campaign(wanted).unwrap_or_else(|refusal| refusal),
            Err(mistake) => error(400, "invalid_request", &mistake),
        }
    }

    fn send_campaign(&mut self, wanted: Wanted) -> Result<Response, Response> {
        let refuse = |code: &str, message: String| Err(error(400, code, &message));
        let found = find(&wanted.campaign).and_then(|position| Some((position, Campaign::at(position)?)));
        let Some((campaign, definition)) = found else {
            return refuse("unknown_campaign", format!("No campaign with the ID '{}'", wanted.campaign));
        };
        if !definition.published {
            return refuse("campaign_not_published", "The campaign is not published".into());
        }
        let given = wanted.parameters.keys().map(String::as_str);
        let expected: BTreeSet<&str> = definition.parameters.iter().copied().collect();
        if !given.eq(expected.iter().copied()) {
            let expected: Vec<&str> = expected.into_iter().collect();
            let message = format!("The parameters must be exactly those of the campaign: {}", expected.join(", "));
            return refuse("invalid_parameters", message);
        }
        let expires_at = self.now.plus(wanted.minutes * MINUTE);
        let users = Finder::of_employees(&self.fleet, self.now);
        let mut seen = BTreeSet::new();
        let mut requests: Vec<Json> = Vec::new();
        for sid in wanted.users.iter().filter(|sid| seen.insert(sid.as_str())) {
            requests.push(match users.find(&Identity::of("sid", sid)) {
                Some(user) => {
                    let id = self.random.uuid();
                    let parameters = wanted.parameters.clone();
                    self.campaigns.accept(campaign, id.clone(), user, parameters, self.now, expires_at);
                    json!({ "requestId": id, "userSid": sid })
                }
                None => json!({ "userSid": sid, "message": "No user with this SID" }),
            });
        }
        Ok(json(200, &json!({ "requests": requests })))
    }
}

/// The error shape of this API: as that of remote actions.
fn error(status: u16, code: &str, message: &str) -> Response {
    json(status, &json!({ "code": code, "message": message }))
}
