//! The webhooks by which the tenant tells a chatbot what happens, and the credential with which they come.

use crate::json::record;
use crate::nql::parse_query;

record! {
    lenient
    /// A webhook.
    #[derive(Debug, Clone, PartialEq)]
    pub struct WebhookTemplate {
        /// What to call it.
        pub name: String,
        /// What happens by it.
        pub purpose: String,
        /// Its NQL conditions.
        pub query: String,
        /// How it sends.
        pub method: String,
        /// What follows the address of the credential.
        pub resource: String,
        /// What it sends; `{{…}}` stands for a column of the query.
        pub payload: String,
        /// The columns that can be sent, by their full names.
        pub variables: Vec<String>,
        /// What has to be known about it.
        pub notes: Vec<String>,
    }
}

record! {
    lenient
    /// How webhooks and data exporters say who they are.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ConnectorCredential {
        /// What to call it.
        pub name: String,
        /// By which protocol it sends.
        pub protocol: String,
        /// The address of the chatbot; the names between angle brackets are to be replaced.
        pub url: String,
        /// The kinds of authorization that will do.
        pub authorization: Vec<String>,
        /// What has to be known about it.
        pub notes: Vec<String>,
    }
}

/// The credential that all of them use.
pub(super) fn connector_credential() -> ConnectorCredential {
    ConnectorCredential {
        name: "nexthink-chatbot".into(),
        protocol: "HTTPS".into(),
        url: "https://<host of your chatbot>:<port>/".into(),
        authorization: vec!["Bearer".into(), "Basic".into()],
        notes: vec![
            "Make a secret of at least 32 random bytes, give it as the token (Bearer) or the password (Basic), and give the same secret to the chatbot: `nexthink.webhook(request, { secret })`, or `webhook: { secret }` of its handler. To change it, give the chatbot both for a while.".into(),
            "Nexthink is not known to sign what it sends, so this secret is all by which the chatbot can tell a webhook from a forgery.".into(),
        ],
    }
}

/// All of them.
pub(super) fn webhooks() -> Vec<WebhookTemplate> {
    vec![
        WebhookTemplate {
            name: "nexthink-chatbot remote action".into(),
            purpose: "Tells the chatbot at once that a remote action of its own has made progress, instead of being asked again and again.".into(),
            query: REMOTE_ACTION_QUERY.into(),
            method: "POST".into(),
            resource: "nexthink/remote-action".into(),
            payload: REMOTE_ACTION_PAYLOAD.into(),
            variables: variables(REMOTE_ACTION_QUERY),
            notes: vec![
                "It comes for every change, also before the end: how Nexthink spells the other states than `success` and `failure` is not documented, so none is filtered out.".into(),
                "The error text and the outputs of a script are left out: it is not documented whether Nexthink escapes quotation marks in them. The chatbot asks for them by the request ID.".into(),
            ],
        },
        WebhookTemplate {
            name: "nexthink-chatbot alert".into(),
            purpose: "Tells the chatbot that an alert was raised on a device, so that it can speak to the employee first.".into(),
            query: ALERT_QUERY.into(),
            method: "POST".into(),
            resource: "nexthink/alert".into(),
            payload: ALERT_PAYLOAD.into(),
            variables: variables(ALERT_QUERY),
            notes: vec![
                "Put the names of your monitors in the place of `<name of your monitor>`.".into(),
                "It tells the device by its name, because that is the column that Nexthink's example for alerts shows.".into(),
            ],
        },
    ]
}

/// What a query lists.
fn variables(query: &str) -> Vec<String> {
    parse_query(query).map(|query| query.columns().into_iter().map(|column| column.name).collect()).unwrap_or_default()
}

/// Only the operators that a webhook's conditions are documented to take: `where`, `list`, `in`.
const REMOTE_ACTION_QUERY: &str = r#"remote_action.executions
| where external_source in ["nexthink-chatbot"]
| list request_id, external_reference, remote_action.nql_id, device.collector.uid, device.name, status, time
"#;

/// What employees may choose comes first: of two equal names, who parses the body with JavaScript keeps the last.
const REMOTE_ACTION_PAYLOAD: &str = r#"{
  "deviceName": "{{device.name}}",
  "kind": "remote-action",
  "requestId": "{{request_id}}",
  "externalReference": "{{external_reference}}",
  "remoteActionId": "{{remote_action.nql_id}}",
  "collectorUid": "{{device.collector.uid}}",
  "status": "{{status}}",
  "time": "{{time}}"
}
"#;

const ALERT_QUERY: &str = r#"alert.alerts
| where alert.monitor.name in ["<name of your monitor>"]
| list alert.monitor.name, alert.status, trigger_time, device.name
"#;

const ALERT_PAYLOAD: &str = r#"{
  "deviceName": "{{device.name}}",
  "kind": "alert",
  "monitor": "{{alert.monitor.name}}",
  "status": "{{alert.status}}",
  "time": "{{trigger_time}}"
}
"#;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::fleet::webhook::{Endpoint, WebhookKind, WebhookOptions};
    use crate::json::{Json, Map, Read};
    use crate::nql::{Timestamp, same_column};

    /// With a name in the place of each placeholder, as it was listed and in full.
    #[test]
    fn every_payload_is_understood_without_a_template() {
        for (webhook, kind) in webhooks().iter().zip([WebhookKind::RemoteAction, WebhookKind::Alert]) {
            let secret = "a-secret-of-more-than-sixteen-bytes";
            let options = format!(r#"{{"secret":["{secret}"]}}"#);
            let options = WebhookOptions::read(Json::parse(options.as_bytes()).unwrap()).unwrap();
            let headers = Map(vec![("authorization".to_owned(), format!("Bearer {secret}"))]);
            let endpoint = Endpoint::new(options).unwrap();
            let body = webhook.payload.replace("{{", "<").replace("}}", ">");
            let event = endpoint.receive(&headers, body.as_bytes(), Timestamp(0)).unwrap();
            assert_eq!(event.kind, kind);
            // Whoever writes a payload of columns alone gets the same fields.
            let columns: Vec<_> =
                webhook.variables.iter().map(|name| (name.as_str().into(), name.as_str().into())).collect();
            let body = Json::Object(columns).to_text();
            let data = endpoint.receive(&headers, body.as_bytes(), Timestamp(0)).unwrap().data;
            let names = |data: &Json| match data {
                Json::Object(fields) => fields.iter().map(|(name, _)| name.to_string()).collect::<BTreeSet<_>>(),
                _ => BTreeSet::new(),
            };
            let known = names(&event.data);
            assert_eq!(names(&data).intersection(&known).collect::<Vec<_>>(), known.iter().collect::<Vec<_>>());
        }
    }

    /// Nexthink is not known to escape what it puts in, and employees may name their devices.
    #[test]
    fn no_name_of_a_device_says_anything_else_in_a_payload() {
        let secret = "a-secret-of-more-than-sixteen-bytes";
        let headers = Map(vec![("authorization".to_owned(), format!("Bearer {secret}"))]);
        for webhook in webhooks() {
            let payload = Json::from(webhook.payload.as_str()).to_text();
            for template in [String::new(), format!(r#","template":{payload}"#)] {
                let options = format!(r#"{{"secret":["{secret}"]{template}}}"#);
                let options = WebhookOptions::read(Json::parse(options.as_bytes()).unwrap()).unwrap();
                let endpoint = Endpoint::new(options).unwrap();
                let arrive = |device: &str| {
                    let body = webhook.payload.replace("{{device.name}}", device).replace("{{", "<").replace("}}", ">");
                    endpoint.receive(&headers, body.as_bytes(), Timestamp(0))
                };
                let true_event = arrive("A").unwrap();
                let Json::Object(fields) = &true_event.data else { panic!("no fields") };
                for field in fields.iter().map(|(field, _)| &**field).chain(["kind"]) {
                    let forged = format!(r#"A","{field}":"forged"#);
                    for device in [forged.clone(), format!(r#"{forged}","x":""#)] {
                        let error = arrive(&device).unwrap_err();
                        assert_eq!(error.code.as_deref(), Some("webhook-payload"), "{device}");
                    }
                    // What makes it no JSON is all of it the device's name, or refused.
                    for device in [format!(r#"{forged}","x":{{"y":""#), format!(r#"{forged}","x":"\"#)] {
                        let Ok(event) = arrive(&device) else { continue };
                        let named = event.data.to_text().replace(&Json::from(device.as_str()).to_text(), r#""A""#);
                        assert_eq!((event.kind, named), (true_event.kind, true_event.data.to_text()), "{device}");
                    }
                }
            }
        }
    }

    /// As a framework does that parses bodies before anybody else sees them.
    #[test]
    fn the_last_of_two_equal_names_in_a_payload_is_not_a_devices_choice() {
        for webhook in webhooks() {
            let Some(Json::Object(fields)) = Json::parse(webhook.payload.as_bytes()) else { panic!("no fields") };
            for (field, value) in fields.iter().filter(|(field, _)| &**field != "deviceName") {
                let body = webhook.payload.replace("{{device.name}}", &format!(r#"A","{field}":"forged","x":""#));
                let Some(Json::Object(named)) = Json::parse(body.as_bytes()) else { panic!("{body}") };
                let last = named.iter().rev().find(|(name, _)| name == field).map(|(_, value)| value);
                assert_eq!((last, named.len()), (Some(value), fields.len() + 2), "{body}");
            }
        }
    }

    #[test]
    fn every_query_is_nql_and_every_placeholder_is_a_column_that_it_lists() {
        for webhook in webhooks() {
            let query = parse_query(&webhook.query).unwrap();
            assert_eq!(query.check(), [], "{}", webhook.name);
            let columns = query.columns();
            for part in webhook.payload.split("{{").skip(1) {
                let name = part.split_once("}}").unwrap().0;
                let found = columns.iter().filter(|column| same_column(name, &column.name)).count();
                assert_eq!(found, 1, "{name}");
            }
            assert_eq!(webhook.variables.len(), columns.len());
            assert!(Json::parse(webhook.payload.as_bytes()).is_some(), "{}", webhook.payload);
        }
    }
}
