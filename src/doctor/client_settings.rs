//! What can be told of the client's own settings, without the tenant.

use super::report::{Findings, Subject};
use super::settings::DoctorSettings;

pub(super) fn check(settings: &DoctorSettings, found: &mut Findings) {
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
