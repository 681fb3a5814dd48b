//! Webhooks that come in: JSON in UTF-8 and the bytes of a body → JSON text.

use crate::bindings::answer_text::answer;
use crate::bindings::input::{read, read_fields};
use crate::fleet::webhook::{Endpoint, KnownRun, WebhookEvent, WebhookOptions};
use crate::json::{Json, Map, Reader, record};
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

/// Checks the options, and whether the sender has a secret or may have signed: else the body need not be read.
pub fn admit(input: &[u8]) -> String {
    answer(read("webhook", input).and_then(|Arrival { options, headers, now }: Arrival| {
        Endpoint::new(options)?.admit(&headers, now)?;
        Ok(Json::Null)
    }))
}

record! {
    lenient
    /// A webhook that was read.
    struct Received {
        event: WebhookEvent,
        /// Under what it is noted.
        key: String,
        /// The run that it names.
        run_id: Option<String>,
    }
}

/// What the webhook says.
pub fn receive(input: &[u8], body: &[u8]) -> String {
    answer(read("webhook", input).and_then(|Arrival { options, headers, now }: Arrival| {
        let event = Endpoint::new(options)?.receive(&headers, body, now)?;
        Ok(Received { key: event.key(), run_id: event.run_id().map(str::to_owned), event })
    }))
}

/// Whether a webhook is about a run: `{ event, run }`.
pub fn is_about(input: &[u8]) -> String {
    let fields = |reader: &mut Reader<'_>| (reader.take("event"), reader.take("run"));
    answer(read_fields("webhook", input, fields).map(|(event, run): (WebhookEvent, KnownRun)| event.is_about(&run)))
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::base64::encode_url;

    #[test]
    fn an_arrival_is_admitted_and_received() {
        let arrival = |secret: &str| {
            format!(
                r#"{{"options":{{"secret":["{secret}"]}},"headers":{{"authorization":"Bearer 0123456789abcdef"}},
                    "now":"2026-11-18T09:00:00Z"}}"#
            )
        };
        let (right, wrong) = (arrival("0123456789abcdef"), arrival("fedcba9876543210"));
        let key = encode_url(&Sha256::digest(b"other:e"));
        assert_eq!(admit(right.as_bytes()), r#"{"result":null}"#);
        assert_eq!(
            receive(right.as_bytes(), br#"{"id":"e","x":1}"#).replace(&key, "KEY"),
            r#"{"result":{"event":{"kind":"other","id":"e","data":{"id":"e","x":1}},"key":"KEY"}}"#
        );
        for answer in [admit(wrong.as_bytes()), receive(wrong.as_bytes(), b"{}")] {
            assert!(answer.starts_with(r#"{"error":{"kind":"authentication","#), "{answer}");
        }
        let event = r#"{"kind":"remote-action","id":"e","data":{"externalReference":"a#p-1"}}"#;
        for (reference, result) in [("a#p-1", "true"), ("b#p-1", "false")] {
            let input = format!(r#"{{"event":{event},"run":{{"id":"p-1","reference":"{reference}"}}}}"#);
            assert_eq!(is_about(input.as_bytes()), format!(r#"{{"result":{result}}}"#));
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

    /// Of `webhook` of the facade: whether a webhook is about a run.
    #[wasm_bindgen(js_name = isWebhookOf)]
    pub fn is_webhook_of(input: &[u8]) -> String {
        super::is_about(input)
    }

    /// Of `webhook` of the facade: the same, and the body.
    #[wasm_bindgen(js_name = receiveWebhook)]
    pub fn receive_webhook(input: &[u8], body: &[u8]) -> String {
        super::receive(input, body)
    }
}
