//! Access tokens, on both paths.

use nexthink_simulator::SimulatedTenant;

use super::Case;
use crate::amendments::OperationName;
use crate::client::{older_token_request, token_request, with_field};

const CURRENT: OperationName = ("POST", "/oauth2/default/v1/token");
const OLDER: OperationName = ("POST", "/api/v1/token");
const SECRET: &str = SimulatedTenant::CREDENTIALS.client_secret;

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        Case::new(CURRENT, 200, "the right credentials", |_| token_request(SECRET)),
        Case::new(CURRENT, 401, "a wrong secret", |_| token_request("wrong")),
        Case::new(CURRENT, 400, "JSON instead of a form", |_| {
            with_field(token_request(SECRET), "content-type", "application/json")
        }),
        Case::new(OLDER, 200, "the right credentials", |_| older_token_request(SECRET)),
        Case::new(OLDER, 401, "a wrong secret", |_| older_token_request("wrong")),
    ];
    for form in ["", "grant_type=password&scope=service%3Aintegration", "grant_type=client_credentials&scope=all"] {
        cases.push(Case::new(CURRENT, 400, form, move |_| {
            let mut request = token_request(SECRET);
            request.body = form.as_bytes().to_vec();
            request
        }));
    }
    cases
}
