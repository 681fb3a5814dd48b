//! Step 2: the devices of an employee.

use super::device::Device;
use super::employee::Identity;
use super::from_directory::devices_of_directory;
use super::proof::prove_devices;
use super::saved_query::SavedQuery;
use crate::api::nql::execute::{Input, Version};
use crate::api::nql::table::Table;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::{Client, Host};
use crate::json::Map;

/// The devices that the saved query for this kind of identity returns, most recently seen first; none is no error. A
/// directory of the host's that has some comes before the query.
///
/// # Errors
/// `invalid` for other than one identifier, `not-found` where the tenant has no such saved query.
pub async fn identify<H: Host>(client: &Client<H>, identity: &Identity) -> Result<Vec<Device>, NexthinkError> {
    let (identified_by, value) = identity.single()?;
    if let Some(devices) = devices_of_directory(client, identified_by, value).await? {
        return Ok(devices);
    }
    let table = execute_saved(client, identified_by.query(), value).await?;
    let mut devices = Device::read_all(&table, identified_by)?;
    prove_devices(client.settings(), &mut devices, value, client.host().now());
    Ok(devices)
}

/// Executes one of our saved queries, under the tenant's ID for it.
pub(super) async fn execute_saved<H: Host>(
    client: &Client<H>,
    query: SavedQuery,
    value: &str,
) -> Result<Table, NexthinkError> {
    let query_id = client.settings().query_id(query.key(), query.default_id());
    execute_query(client, query_id, query.parameter(), value, query.key()).await
}

/// Executes a query with one parameter; a missing one is explained by the key under which it can be configured.
pub(super) async fn execute_query<H: Host>(
    client: &Client<H>,
    query_id: String,
    parameter: &str,
    value: &str,
    key: &str,
) -> Result<Table, NexthinkError> {
    let parameters = Map(vec![(parameter.to_owned(), value.to_owned())]);
    let input = Input { query_id, parameters, version: Some(Version::V2) };
    match client.nql_execute(&input).await {
        Ok(output) => Ok(output.table),
        Err(mut error) => {
            if error.kind == ErrorKind::NotFound {
                error.message =
                    format!("the tenant has no saved query `{}` that these credentials may execute", input.query_id)
                        .into();
                error.hint = format!(
                    "create it in Administration, NQL API queries, or give the tenant's own ID as `queryIds.{key}`"
                )
                .into();
            }
            Err(error)
        }
    }
}
