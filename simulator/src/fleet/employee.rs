//! An employee: the names under which a chatbot may know them, and what is wrong with their devices.

use serde::Serialize;

/// One employee of the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Employee {
    /// The name of the account.
    pub username: String,
    /// The user principal name.
    pub upn: String,
    /// The e-mail address.
    pub email: String,
    /// The security identifier.
    pub sid: String,
    /// The name that people use.
    pub name: String,
    /// The devices by name, the most recently used first.
    pub devices: Vec<String>,
    /// What is wrong with which device, in one sentence.
    pub scenario: String,
    /// The rules that find it, as `<playbook>/<rule>`.
    pub rules: Vec<String>,
    /// Whether the employee is one of the scenarios, made by hand; the others are generated.
    pub is_scenario: bool,
    /// Nexthink's own ID of the user; no API of a chatbot needs it.
    #[serde(skip)]
    pub(crate) uid: String,
    /// The devices, by their position in the fleet.
    #[serde(skip)]
    pub(crate) device_positions: Vec<usize>,
}
