//! Which run a webhook is about: all that it names of it has to agree.

use super::{WebhookEvent, WebhookKind, field};
use crate::json::{Json, record};

record! {
    lenient
    /// By what a run is known to the tenant.
    #[derive(Debug, Clone)]
    pub struct KnownRun {
        request_id: Option<String>,
        reference: Option<String>,
    }
}

impl WebhookEvent {
    /// The ID of the run that it names: the end of every reference that is sent with one.
    pub fn run_id(&self) -> Option<&str> {
        let id = self.named(field::EXTERNAL_REFERENCE)?.rsplit('#').next()?;
        // What cannot be one is not asked for.
        let is_id = id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Some(id).filter(|_| is_id && !id.is_empty())
    }

    /// Whether it is about this run.
    pub fn is_about(&self, run: &KnownRun) -> bool {
        let agrees = |name: &str, known: &Option<String>| Some(self.named(name)?.eq_ignore_ascii_case(known.as_ref()?));
        let all = [agrees(field::REQUEST_ID, &run.request_id), agrees(field::EXTERNAL_REFERENCE, &run.reference)];
        all.contains(&Some(true)) && !all.contains(&Some(false))
    }

    fn named(&self, name: &str) -> Option<&str> {
        let text = self.data.get(name).and_then(Json::as_text).filter(|text| !text.is_empty());
        text.filter(|_| self.kind == WebhookKind::RemoteAction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Read;

    fn event(data: &str) -> WebhookEvent {
        let event = format!(r#"{{"kind":"remote-action","id":"e","data":{data}}}"#);
        WebhookEvent::read(Json::parse(event.as_bytes()).unwrap()).unwrap()
    }

    fn run(text: &str) -> KnownRun {
        KnownRun::read(Json::parse(text.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn the_id_of_a_run_is_the_end_of_its_reference() {
        for (reference, id) in [
            ("p-1f", Some("p-1f")),
            ("INC#7#p-1f", Some("p-1f")),
            ("INC-7#", None),
            ("", None),
            ("x:y", None),
            ("é", None),
        ] {
            assert_eq!(event(&format!(r#"{{"externalReference":"{reference}"}}"#)).run_id(), id, "{reference}");
        }
        let mut alert = event(r#"{"externalReference":"p-1f"}"#);
        alert.kind = WebhookKind::Alert;
        assert_eq!(alert.run_id(), None);
    }

    #[test]
    fn a_run_is_the_one_where_all_agrees_and_something_is_named() {
        let known = run(r#"{"requestId":"R-1","reference":"INC-7#p-1"}"#);
        for (data, is_it) in [
            (r#"{"requestId":"r-1","externalReference":"INC-7#p-1"}"#, true),
            (r#"{"requestId":"R-1"}"#, true),
            (r#"{"externalReference":"INC-7#p-1"}"#, true),
            (r#"{"requestId":"R-2","externalReference":"INC-7#p-1"}"#, false),
            (r#"{"requestId":"R-1","externalReference":"INC-8#p-1"}"#, false),
            (r#"{"requestId":7}"#, false),
            ("{}", false),
        ] {
            assert_eq!(event(data).is_about(&known), is_it, "{data}");
        }
        // The answer to its request was lost.
        let unknown = run(r#"{"reference":"p-1"}"#);
        assert!(event(r#"{"requestId":"R-1","externalReference":"p-1"}"#).is_about(&unknown));
        assert!(!event(r#"{"requestId":"R-1"}"#).is_about(&unknown));
    }
}
