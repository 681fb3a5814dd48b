//! What the doctor has to know of the client: names, and whether there is a store and a key. No secret comes here.

use crate::content::TenantNames;
use crate::flow::SavedQuery;
use crate::json::{Map, record};

record! {
    strict
    /// How the client is set up, as far as the doctor looks at it.
    #[derive(Debug, Clone, Default)]
    pub struct DoctorSettings {
        /// The tenant's name.
        pub instance: Option<String>,
        /// The tenant's region.
        pub region: Option<String>,
        /// Whether `apiUrl` or `tokenUrl` leads elsewhere than to the usual addresses.
        #[cfg_attr(test, ts(as = "Option<bool>"))]
        pub own_addresses: bool,
        /// The tenant's IDs for saved queries, by our names for them.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub query_ids: Map<String>,
        /// The tenant's NQL IDs for remote actions, by the playbooks' names for them.
        #[cfg_attr(test, ts(as = "Option<Map<String>>"))]
        pub remote_action_ids: Map<String>,
        /// Whether the client has a store that outlives its process.
        #[cfg_attr(test, ts(as = "Option<bool>"))]
        pub has_store: bool,
        /// Whether the client has a key for signing proposals.
        #[cfg_attr(test, ts(as = "Option<bool>"))]
        pub has_consent_key: bool,
        /// Whether the client has a client secret, from which such a key is derived.
        #[cfg_attr(test, ts(as = "Option<bool>"))]
        pub has_client_secret: bool,
        /// The language of the playbooks' titles.
        pub locale: Option<String>,
    }
}

impl DoctorSettings {
    /// The tenant's own names.
    pub(super) fn names(&self) -> TenantNames {
        TenantNames { query_ids: self.query_ids.clone(), remote_action_ids: self.remote_action_ids.clone() }
    }

    /// The tenant's ID for one of our saved queries.
    pub(super) fn query_id(&self, query: SavedQuery) -> String {
        self.query_ids.get(query.key()).map_or(query.default_id(), String::as_str).to_owned()
    }

    /// The language of the playbooks' titles.
    pub(super) fn locale(&self) -> &str {
        self.locale.as_deref().unwrap_or("en")
    }

    /// Where the client looks for the tenant, for people.
    pub(super) fn addresses(&self) -> String {
        match (&self.instance, &self.region) {
            (Some(instance), Some(region)) if !self.own_addresses => format!(
                "https://{instance}-login.{region}.nexthink.cloud and https://{instance}.api.{region}.nexthink.cloud"
            ),
            _ => "the addresses that `apiUrl`, `tokenUrl`, `instance` and `region` give".to_owned(),
        }
    }
}
