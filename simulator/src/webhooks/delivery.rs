//! What a webhook sends: a request as a value.

use nexthink_chatbot::nql::Timestamp;
use serde::Serialize;

use super::webhook::WebhookMethod;
use crate::http::WireRequest;

/// One request of a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// The webhook's name.
    pub webhook: String,
    /// When it is sent.
    #[serde(serialize_with = "crate::json::write_time")]
    pub at: Timestamp,
    /// How it is sent.
    pub method: WebhookMethod,
    /// Where to.
    pub url: String,
    /// The header fields, with the credential's.
    pub headers: Vec<(String, String)>,
    /// The payload.
    pub body: String,
}

impl From<Delivery> for WireRequest {
    fn from(delivery: Delivery) -> Self {
        Self {
            method: delivery.method.name().to_owned(),
            url: delivery.url,
            headers: delivery.headers,
            body: delivery.body.into_bytes(),
        }
    }
}
