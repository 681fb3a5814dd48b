//! What API credentials may do: in the vendor's administration each API is a box to tick.

use serde::{Deserialize, Serialize};

/// The right to call one API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// The NQL API.
    Nql,
    /// The Remote Actions API.
    RemoteActions,
    /// The Workflows API.
    Workflows,
    /// The Campaigns API.
    Campaigns,
    /// The Enrichment API.
    Enrichment,
    /// The Spark API.
    Spark,
}
