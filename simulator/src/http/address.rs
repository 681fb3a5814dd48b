//! Addresses: which belong to the tenant, what they lead to, and where the files of exports lie.

use super::WireRequest;
use crate::tenant::SimulatedTenant;

/// What a host serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The tenant's own hosts: API and login.
    Tenant,
    /// The object storage that holds the files of exports.
    Storage,
    /// A server on this machine, which serves both.
    Local,
}

/// An address that leads to this tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Address<'a> {
    pub place: Place,
    scheme: &'a str,
    authority: &'a str,
    pub path: &'a str,
}

impl<'a> Address<'a> {
    /// None where the name leads nowhere, or elsewhere.
    pub fn read(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let place = place(&host(authority).to_ascii_lowercase())?;
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        let path = if path.is_empty() { "/" } else { path };
        Some(Self { place, scheme, authority, path })
    }

    /// Where files lie for whoever asked by this address: with a server on this machine, on the same server, under the
    /// name by which the client knows it.
    pub fn storage_origin(&self, request: &WireRequest) -> String {
        if self.place != Place::Local {
            return format!("https://{}", storage_host());
        }
        let named = request.header("host").filter(|host| is_authority(host));
        format!("{}://{}", self.scheme, named.unwrap_or(self.authority))
    }
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

fn place(host: &str) -> Option<Place> {
    let (instance, region) = (SimulatedTenant::INSTANCE, SimulatedTenant::REGION);
    if matches!(host, "localhost" | "127.0.0.1" | "::1") {
        return Some(Place::Local);
    }
    if host == storage_host() {
        return Some(Place::Storage);
    }
    let hosts =
        [format!("{instance}.api.{region}.nexthink.cloud"), format!("{instance}-login.{region}.nexthink.cloud")];
    hosts.iter().any(|known| known == host).then_some(Place::Tenant)
}

/// A name that can exist nowhere else: `example` is reserved for such use.
fn storage_host() -> String {
    format!("exports.{}.{}.nexthink-simulator.example", SimulatedTenant::INSTANCE, SimulatedTenant::REGION)
}

/// A name or an address, with or without a port.
fn is_authority(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vendors_addresses_and_those_of_this_machine_lead_here() {
        for (url, expected) in [
            ("https://acme.api.eu.nexthink.cloud/api/v2/nql/execute", Some((Place::Tenant, "/api/v2/nql/execute"))),
            (
                "https://acme-login.eu.nexthink.cloud/oauth2/default/v1/token?x=1",
                Some((Place::Tenant, "/oauth2/default/v1/token")),
            ),
            ("https://exports.acme.eu.nexthink-simulator.example/a?b=c", Some((Place::Storage, "/a"))),
            ("http://127.0.0.1:4000/api/v1/token", Some((Place::Local, "/api/v1/token"))),
            ("http://[::1]:4000", Some((Place::Local, "/"))),
            ("http://LOCALHOST/x#y", Some((Place::Local, "/x"))),
            ("https://other.api.eu.nexthink.cloud/api/v1/token", None),
            ("https://acme.api.us.nexthink.cloud/api/v1/token", None),
            ("https://acme.api.eu.nexthink.cloud@evil.example/x", None),
            ("https://exports.other.eu.nexthink-simulator.example/x", None),
            ("/api/v1/token", None),
            ("", None),
        ] {
            assert_eq!(Address::read(url).map(|address| (address.place, address.path)), expected, "{url}");
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

    #[test]
    fn files_lie_where_the_client_can_reach_them() {
        let storage = "https://exports.acme.eu.nexthink-simulator.example";
        for (url, host, expected) in [
            ("https://acme.api.eu.nexthink.cloud/x", Some("elsewhere"), storage),
            ("http://127.0.0.1:4000/x", None, "http://127.0.0.1:4000"),
            ("http://127.0.0.1/x", Some("simulator:8080"), "http://simulator:8080"),
            ("http://127.0.0.1/x", Some("[::1]:4000"), "http://[::1]:4000"),
            ("http://127.0.0.1/x", Some("evil/path?\""), "http://127.0.0.1"),
        ] {
            let headers = host.map(|host| ("Host".to_owned(), host.to_owned())).into_iter().collect();
            let request = WireRequest { headers, ..WireRequest::default() };
            assert_eq!(Address::read(url).unwrap().storage_origin(&request), expected, "{url} {host:?}");
        }
    }
}
