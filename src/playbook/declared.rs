//! What a playbook's file says of its remote actions before it is compiled: a client may have to propose one of them at
//! once, and the compiler is loaded only when it is first needed. Whether the file is right is left to `compile`.

use super::compiled::RemoteAction;
use super::model::Risk;
use crate::json::{Map, record};

record! {
    lenient
    /// A playbook of the user's that is not compiled yet.
    #[derive(Debug, Clone)]
    pub struct DeclaredPlaybook {
        /// Its name in code.
        pub id: String,
        remote_actions: Map<DeclaredAction>,
    }
}

record! {
    lenient
    /// What is known of a remote action without the playbook's query.
    #[derive(Debug, Clone)]
    struct DeclaredAction {
        title: String,
        risk: Risk,
        expected_seconds: Option<u32>,
        remote_action_id: Option<String>,
    }
}

impl DeclaredPlaybook {
    /// The remote actions that it can recommend; what fills their inputs is not known yet.
    pub(super) fn remote_actions(self) -> Vec<RemoteAction> {
        let mut remote_actions = Vec::new();
        for (name, action) in self.remote_actions {
            let remote_action_id = action.remote_action_id.unwrap_or_else(|| name.clone());
            let DeclaredAction { title, risk, expected_seconds, .. } = action;
            remote_actions.push(RemoteAction {
                name,
                remote_action_id,
                title,
                description: Map::default(),
                risk,
                expected_seconds,
                parameters: Map::default(),
            });
        }
        remote_actions
    }
}
