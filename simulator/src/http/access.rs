//! Who may call an API: a token that holds, and the permission of the credentials behind it.

use nexthink_chatbot::api::http::Response;

use super::{WireRequest, empty};
use crate::permission::Permission;
use crate::tenant::SimulatedTenant;

impl SimulatedTenant {
    /// Lets a request in, or gives the answer that keeps it out: 401 without a body, or what this API says to
    /// credentials that lack the permission.
    pub(super) fn admit(
        &self,
        request: &WireRequest,
        permission: Permission,
        forbidden: impl FnOnce() -> Response,
    ) -> Result<(), Response> {
        if !self.is_authorized(request) {
            return Err(empty(401));
        }
        if self.denied.contains(&permission) {
            return Err(forbidden());
        }
        Ok(())
    }
}
