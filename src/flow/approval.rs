//! A second person, where the host has one asked: what they see of a proposal, and what their answer means.

use super::device::Device;
use super::diagnose::PlaybookReference;
use super::employee::Employee;
use super::proposal::{Consent, Evidence};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::{Client, Host};
use crate::json::{Map, Write, record};
use crate::nql::Timestamp;
use crate::playbook::Risk;

record! {
    lenient
    /// What a second person is asked to approve. It holds no token and no proof: whoever sees it can trigger nothing.
    #[derive(Debug, Clone)]
    pub struct ApprovalRequest {
        /// The proposal's ID.
        pub id: String,
        /// Who has agreed to it.
        pub employee: Employee,
        /// On which device.
        pub device: Device,
        /// The NQL ID of the remote action.
        pub remote_action_id: String,
        /// The script's inputs.
        pub params: Map<String>,
        /// The remote action's name.
        pub title: String,
        /// Whether the employee's work is interrupted.
        pub risk: Risk,
        /// The playbook that recommended it.
        pub playbook: Option<PlaybookReference>,
        /// What it stands on.
        pub evidence: Evidence,
        /// The external reference that will be sent with it: the host's own and the proposal's ID.
        pub reference: String,
        /// Until when it can be approved.
        pub expires_at: Timestamp,
    }
}

/// Asks the second person of a client that has one, who may have less time than the consent holds.
///
/// # Errors
/// `refused` where they do not approve, or asking fails; `timeout` where they do not answer in time.
pub(super) async fn approve<H: Host>(
    client: &Client<H>,
    consent: &Consent,
    patience_ms: Option<u32>,
) -> Result<(), NexthinkError> {
    let action = &consent.action;
    let asked = ApprovalRequest {
        id: consent.id.clone(),
        employee: consent.employee.clone(),
        // With a proof its reader could have the device repaired.
        device: Device { proof: None, ..action.device.clone() },
        remote_action_id: action.remote_action_id.clone(),
        params: action.params.clone(),
        title: action.title.clone(),
        risk: action.risk,
        playbook: action.playbook.clone(),
        evidence: action.evidence.clone(),
        reference: consent.reference.clone(),
        expires_at: consent.expires_at,
    };
    let host = client.host();
    let left_ms = u32::try_from(consent.expires_at.since(host.now())).unwrap_or_default();
    let left_ms = left_ms.min(patience_ms.unwrap_or(left_ms));
    if host.approve(&asked.write().to_text(), left_ms).await? {
        return Ok(());
    }
    Err(NexthinkError::new(ErrorKind::Refused, "the second person did not approve this remote action")
        .hint("tell the employee that it was not approved, and propose something else"))
}
