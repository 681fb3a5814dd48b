//! Webhooks that come in: JSON in UTF-8 and the bytes of a body → JSON text.

use crate::bindings::answer_text::answer;
use crate::bindings::input::read;
use crate::fleet::webhook::{Endpoint, WebhookOptions};
use crate::json::{Json, Map, record};
use crate::nql::Timestamp;

record! {
    strict
    /// A request without its body.
    struct Arrival {
        options: WebhookOptions,
        /// By their names in small letters.
        headers: Map<String>,
        now: Timestamp,
    }
}

/// Checks the options, and whether the sender has a secret or has signed: else the body need not be read.
pub fn admit(input: &[u8]) -> String {
    answer(read("webhook", input).and_then(|Arrival { options, headers, .. }: Arrival| {
        Endpoint::new(options)?.admit(&headers)?;
        Ok(Json::Null)
    }))
}

/// What the webhook says.
pub fn receive(input: &[u8], body: &[u8]) -> String {
    answer(
        read("webhook", input).and_then(|Arrival { options, headers, now }: Arrival| {
            Endpoint::new(options)?.receive(&headers, body, now)
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrival_is_admitted_and_received() {
        let arrival = |secret: &str| {
            format!(
                r#"{{"options":{{"secret":["{secret}"]}},"headers":{{"authorization":"Bearer 0123456789abcdef"}},
                    "now":"2026-11-18T09:00:00Z"}}"#
            )
        };
        let (right, wrong) = (arrival("0123456789abcdef"), arrival("fedcba9876543210"));
        assert_eq!(admit(right.as_bytes()), r#"{"result":null}"#);
        assert_eq!(
            receive(right.as_bytes(), br#"{"id":"e","x":1}"#),
            r#"{"result":{"kind":"other","id":"e","data":{"id":"e","x":1}}}"#
        );
        for answer in [admit(wrong.as_bytes()), receive(wrong.as_bytes(), b"{}")] {
            assert!(answer.starts_with(r#"{"error":{"kind":"authentication","#), "{answer}");
        }
        assert!(admit(br#"{"options":{"secret":[7]}}"#).contains("`options.secret[0]` is not"));
    }
}

#[cfg(feature = "proactive")]
mod exports {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Of `webhook` of the facade, before the body is read: `{ options, headers, now }`.
    #[wasm_bindgen(js_name = admitWebhook)]
    pub fn admit_webhook(input: &[u8]) -> String {
        super::admit(input)
    }

    /// Of `webhook` of the facade: the same, and the body.
    #[wasm_bindgen(js_name = receiveWebhook)]
    pub fn receive_webhook(input: &[u8], body: &[u8]) -> String {
        super::receive(input, body)
    }
}
