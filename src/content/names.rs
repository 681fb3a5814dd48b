//! The tenant's own names for what the playbooks call otherwise.

use crate::json::{Map, record};
use crate::playbook::RemoteAction;

record! {
    strict
    /// The tenant's own names, as `createClient` takes them.
    #[derive(Debug, Clone, Default)]
    pub struct TenantNames {
        /// The IDs of saved queries, by our names for them.
        pub query_ids: Map<String>,
        /// The NQL IDs of remote actions, by the playbooks' names for them.
        pub remote_action_ids: Map<String>,
    }
}

impl TenantNames {
    /// The ID of a saved query.
    pub(super) fn query_id(&self, key: &str, default: &str) -> String {
        self.query_ids.get(key).map_or(default, String::as_str).to_owned()
    }

    /// The NQL ID of a remote action.
    pub(super) fn remote_action_id(&self, action: &RemoteAction) -> String {
        self.remote_action_ids.get(&action.name).unwrap_or(&action.remote_action_id).to_owned()
    }
}
