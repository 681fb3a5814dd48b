//! What an administrator has to create in Nexthink so that the playbooks can be used: saved queries, remote actions with
//! their triggers and schedules, data exporters, webhooks and credentials, as data and as Markdown to follow step by step.
//! Whether it is there is found out by `doctor`.

mod data_exporters;
mod markdown;
mod names;
mod remote_actions;
mod saved_queries;
mod source;
mod used_columns;
mod webhooks;
mod without_parameters;

pub use data_exporters::DataExporter;
pub(crate) use markdown::key;
pub use names::TenantNames;
pub use remote_actions::{RequiredDataCollection, RequiredInput, RequiredRemoteAction};
pub use saved_queries::{Need, RequiredColumn, RequiredQuery};
pub use source::PlaybookSource;
pub use webhooks::{ConnectorCredential, WebhookTemplate};

use crate::json::record;

record! {
    lenient
    /// Everything that an administrator has to create.
    #[derive(Debug, Clone, PartialEq)]
    pub struct TenantContent {
        /// The playbooks that it is for.
        pub playbooks: Vec<String>,
        /// The permissions that the API credentials need.
        pub permissions: Vec<String>,
        /// The saved queries.
        pub queries: Vec<RequiredQuery>,
        /// The remote actions that collect data on a schedule.
        pub data_collections: Vec<RequiredDataCollection>,
        /// The remote actions that are triggered.
        pub remote_actions: Vec<RequiredRemoteAction>,
        /// The data exporters: for looking up devices without calls, and for finding trouble before it is reported.
        pub data_exporters: Vec<DataExporter>,
        /// The webhooks: for hearing at once of what happens.
        pub webhooks: Vec<WebhookTemplate>,
        /// How webhooks and data exporters say who they are.
        pub connector_credential: ConnectorCredential,
        /// What could not be made, and why.
        pub notes: Vec<String>,
    }
}

/// What the playbooks need of a tenant: the part of the content that is checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirements {
    /// The saved queries.
    pub queries: Vec<RequiredQuery>,
    /// The remote actions that collect data on a schedule.
    pub data_collections: Vec<RequiredDataCollection>,
    /// The remote actions that are triggered.
    pub remote_actions: Vec<RequiredRemoteAction>,
}

/// The permissions of the API credentials, as Nexthink calls them.
pub const PERMISSIONS: [&str; 2] = ["NQL API", "Remote Actions API"];

impl Requirements {
    /// What these playbooks need, under the tenant's own names.
    pub fn new(sources: &[PlaybookSource], names: &TenantNames, locale: &str) -> Self {
        Self {
            queries: saved_queries::required_queries(sources, names, locale),
            data_collections: remote_actions::required_data_collections(sources),
            remote_actions: remote_actions::required_remote_actions(sources, names),
        }
    }
}

impl TenantContent {
    /// Everything that these playbooks need or can use, under the tenant's own names.
    pub fn new(sources: &[PlaybookSource], names: &TenantNames, locale: &str) -> Self {
        let Requirements { queries, data_collections, remote_actions } = Requirements::new(sources, names, locale);
        let (data_exporters, notes) = data_exporters::data_exporters(sources, locale);
        Self {
            playbooks: sources.iter().map(|source| source.playbook.id.clone()).collect(),
            permissions: PERMISSIONS.map(str::to_owned).to_vec(),
            queries,
            data_collections,
            remote_actions,
            data_exporters,
            webhooks: webhooks::webhooks(),
            connector_credential: webhooks::connector_credential(),
            notes,
        }
    }
}
