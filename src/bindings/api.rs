//! The operations without a client, for who has an HTTP step of their own: input → request, answer → output.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::answer::{throw, write, write_tenants};
use super::input::{parse as parse_json, read, read_fields};
use crate::api::http::Response;
use crate::api::operations;
use crate::api::tenant::Tenant;

/// The request of an operation, for a tenant's names and addresses.
///
/// # Errors
/// `invalid` where there is no such operation, or an input breaks a rule.
#[wasm_bindgen]
pub fn build(operation: &str, input: &[u8], tenant: &[u8]) -> Result<JsValue, JsValue> {
    read_fields("api.build", tenant, |reader| {
        let (instance, region) = (reader.take("instance"), reader.take("region"));
        (instance, region, reader.take("apiUrl"), reader.take("tokenUrl"))
    })
    .and_then(|(instance, region, api_url, token_url)| Tenant::new(instance, region, api_url, token_url))
    .and_then(|tenant| operations::build(operation, parse_json(operation, input)?, &tenant))
    .and_then(|request| write(&request))
    .map_err(throw)
}

/// What an answer to an operation says. Its body comes as bytes, where it was not parsed before.
///
/// # Errors
/// What the answer says of an error, and `malformed` for what is no answer of the operation.
#[wasm_bindgen]
pub fn parse(operation: &str, answer: &[u8], body: Option<Vec<u8>>) -> Result<JsValue, JsValue> {
    read::<Response>("api.parse", answer)
        .map(|answer| match body {
            Some(body) => Response { body, ..answer },
            None => answer,
        })
        .and_then(|answer| operations::parse(operation, &answer))
        .and_then(|output| write_tenants(&output))
        .map_err(throw)
}
