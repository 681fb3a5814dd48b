//! What can be told of the client's own settings, without the tenant.

use super::report::{Findings, Subject};
use super::settings::DoctorSettings;
use super::tenant_actions::quoted;
use crate::content::Requirements;
use crate::json::Map;
use crate::nql::nearest;

pub(super) fn check(settings: &DoctorSettings, required: &Requirements, found: &mut Findings) {
    let queries: Vec<&str> = required.queries.iter().map(|query| &*query.key).collect();
    names("queryIds", &settings.query_ids, &queries, found);
    let actions: Vec<&str> = required.remote_actions.iter().map(|action| &*action.name).collect();
    names("remoteActionIds", &settings.remote_action_ids, &actions, found);
    let store = Subject::new("store", "Store of the client");
    if settings.has_store {
        found.ok(store, "The client has a store.");
    } else {
        found.warning(
            store,
            "The client has no store: what it remembers serves one process, and is lost with it. A second process could trigger the same remote action again.",
            "Give `createClient` a `store` that all processes of the chatbot share and that outlives them.",
        );
    }
    let key = Subject::new("consent-key", "Key for signing proposals");
    if settings.has_consent_key {
        found.ok(key, "The client has a consent key.");
    } else if settings.has_client_secret {
        found.ok(key, "The key is derived from the client secret.");
    } else {
        found.warning(
            key,
            "The client has neither a `consentKey` nor a client secret, so it cannot sign proposals: it diagnoses, and remediates nothing.",
            "Give `createClient` a `consentKey` of at least 32 random bytes, the same for all processes of the chatbot.",
        );
    }
}

/// An ID under a name that nothing goes by is never used.
fn names(option: &str, given: &Map<String>, known: &[&str], found: &mut Findings) {
    for (name, _) in given.iter().filter(|(name, _)| !known.contains(name)) {
        let fix = match nearest(name, known.iter().copied()) {
            Some(near) => format!("In `{option}`, write `{near}` in its place, if that is meant."),
            None => format!("Leave it out of `{option}`, or write one of {}.", quoted(known.iter().copied())),
        };
        found.warning(
            Subject::new(format!("{option}:{name}"), format!("Option `{option}` of the client")),
            format!("It has an ID for `{name}`, and nothing goes by that name."),
            fix,
        );
    }
}
