//! The request for one object by its NQL ID, which two of the APIs have.

use super::http::Request;
use super::limits::Limits;
use super::percent::push_component;
use super::problem::NexthinkError;
use super::tenant::Tenant;

/// A path up to the value of its query, and the NQL ID that is this value.
///
/// # Errors
/// `invalid` without an NQL ID.
pub(super) fn request(tenant: &Tenant, path: &str, nql_id: &str) -> Result<Request, NexthinkError> {
    let mut limits = Limits::default();
    limits.filled("nqlId", nql_id);
    limits.finish()?;
    let mut url = tenant.api(path);
    push_component(nql_id, &mut url);
    Ok(Request::get_json(url))
}
