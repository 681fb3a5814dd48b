//! Addresses: which belong to the tenant, and which path they name.

use crate::tenant::SimulatedTenant;

/// The path of an address that leads to this tenant; none where the name leads nowhere, or elsewhere.
pub(super) fn path(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if !is_ours(&host(authority).to_ascii_lowercase()) {
        return None;
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    Some(if path.is_empty() { "/" } else { path })
}

/// What follows the `?` of an address, without a fragment; empty where there is none.
pub(super) fn query(url: &str) -> &str {
    let address = url.split('#').next().unwrap_or_default();
    address.split_once('?').map_or("", |(_, query)| query)
}

/// The host without the port, and without what stands before an `@`.
fn host(authority: &str) -> &str {
    let authority = authority.rsplit('@').next().unwrap_or_default();
    match authority.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_ours(host: &str) -> bool {
    let (instance, region) = (SimulatedTenant::INSTANCE, SimulatedTenant::REGION);
    matches!(host, "localhost" | "127.0.0.1" | "::1")
        || host == format!("{instance}.api.{region}.nexthink.cloud")
        || host == format!("{instance}-login.{region}.nexthink.cloud")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vendors_addresses_and_those_of_this_machine_lead_here() {
        for (url, expected) in [
            ("https://acme.api.eu.nexthink.cloud/api/v2/nql/execute", Some("/api/v2/nql/execute")),
            ("https://acme-login.eu.nexthink.cloud/oauth2/default/v1/token?x=1", Some("/oauth2/default/v1/token")),
            ("http://127.0.0.1:4000/api/v1/token", Some("/api/v1/token")),
            ("http://[::1]:4000", Some("/")),
            ("http://LOCALHOST/x#y", Some("/x")),
            ("https://other.api.eu.nexthink.cloud/api/v1/token", None),
            ("https://acme.api.us.nexthink.cloud/api/v1/token", None),
            ("https://acme.api.eu.nexthink.cloud@evil.example/x", None),
            ("/api/v1/token", None),
            ("", None),
        ] {
            assert_eq!(path(url), expected, "{url}");
        }
    }

    #[test]
    fn a_query_ends_with_the_address_or_at_a_number_sign() {
        for (url, expected) in [
            ("https://h/a?x=%23y&z=1", "x=%23y&z=1"),
            ("https://h/a?x=#y", "x="),
            ("https://h/a", ""),
            ("https://h/a#b?c=d", ""),
            ("https://h/a?b?c", "b?c"),
        ] {
            assert_eq!(query(url), expected, "{url}");
        }
    }
}
