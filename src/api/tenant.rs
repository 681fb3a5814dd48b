//! Where a tenant's APIs are: `https://<instance>.api.<region>.nexthink.cloud` and its login host.

use super::problem::NexthinkError;

/// A tenant's names and addresses, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    instance: String,
    region: String,
    api_url: String,
    token_url: String,
}

impl Tenant {
    /// A tenant at its usual addresses, or at others: a proxy, the simulator, the older token path.
    ///
    /// # Errors
    /// `invalid` where a name has other characters than `a-z`, `0-9` and `-`, or an address is neither HTTPS nor
    /// on this machine: the client secret would travel in the open.
    pub fn new(
        instance: String,
        region: String,
        api_url: Option<String>,
        token_url: Option<String>,
    ) -> Result<Self, NexthinkError> {
        for (field, name) in [("instance", &instance), ("region", &region)] {
            let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            if name.is_empty() || !name.bytes().all(allowed) {
                let rule = format!("`{field}` is not made of the letters a-z, digits and hyphens");
                let hint = "for https://acme.eu.nexthink.cloud the instance is acme and the region is eu";
                return Err(NexthinkError::invalid(rule).hint(hint));
            }
        }
        let api_url = api_url.unwrap_or_else(|| format!("https://{instance}.api.{region}.nexthink.cloud"));
        let token_url = token_url
            .unwrap_or_else(|| format!("https://{instance}-login.{region}.nexthink.cloud/oauth2/default/v1/token"));
        for (field, url) in [("apiUrl", &api_url), ("tokenUrl", &token_url)] {
            if !is_confidential(url) {
                let rule = format!("`{field}` is neither an https:// address nor one of this machine");
                return Err(NexthinkError::invalid(rule));
            }
        }
        // A path is appended to it, and a name before an `@` would look like the host.
        if !api_url.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#@\\".contains(&byte)) {
            return Err(NexthinkError::invalid(
                "`apiUrl` is more than an address with a path: no query, no user, no space",
            ));
        }
        let api_url = api_url.trim_end_matches('/').to_owned();
        Ok(Self { instance, region, api_url, token_url })
    }

    /// The tenant's name, `acme` in `https://acme.eu.nexthink.cloud`.
    pub fn instance(&self) -> &str {
        &self.instance
    }

    /// `us`, `eu`, `pac` or `meta`.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The address of an API's path, which begins with `/`.
    pub(crate) fn api(&self, path: &str) -> String {
        [&*self.api_url, path].concat()
    }

    pub(super) fn token_url(&self) -> &str {
        &self.token_url
    }
}

/// HTTPS, or plain HTTP that does not leave this machine.
pub(crate) fn is_confidential(url: &str) -> bool {
    if let Some(rest) = url.strip_prefix("https://") {
        return !rest.is_empty() && !rest.starts_with('/');
    }
    for host in ["http://localhost", "http://127.0.0.1", "http://[::1]"] {
        if let Some(rest) = url.strip_prefix(host) {
            // A port of digits and then a path: `http://localhost:x@evil.example` is elsewhere.
            let rest = rest
                .strip_prefix(':')
                .map_or(rest, |port| port.trim_start_matches(|digit: char| digit.is_ascii_digit()));
            return rest.is_empty() || rest.starts_with('/');
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_are_those_of_the_vendor() {
        let tenant = Tenant::new("acme".into(), "eu".into(), None, None).unwrap();
        assert_eq!(tenant.api("/api/v2/nql/execute"), "https://acme.api.eu.nexthink.cloud/api/v2/nql/execute");
        assert_eq!(tenant.token_url(), "https://acme-login.eu.nexthink.cloud/oauth2/default/v1/token");
    }

    #[test]
    fn names_that_could_change_the_host_are_refused() {
        for instance in ["", "Acme", "acme.evil.example/", "a b", "acme@evil", "é"] {
            let error = Tenant::new(instance.into(), "eu".into(), None, None).unwrap_err();
            assert!(error.message.contains("`instance`"), "{instance}");
        }
    }

    #[test]
    fn a_secret_is_not_sent_in_the_open() {
        for (url, allowed) in [
            ("https://proxy.example/nexthink/", true),
            ("http://127.0.0.1:4000", true),
            ("http://localhost/x", true),
            ("http://[::1]:80", true),
            ("http://proxy.example", false),
            ("http://127.0.0.1.evil.example", false),
            ("http://localhost@evil.example", false),
            ("http://[::1]evil.example", false),
            ("http://localhost:80@evil.example", false),
            ("http://localhost:x@evil.example/", false),
            ("ftp://x", false),
            ("https:///x", false),
            ("https://proxy.example/?to=", false),
            ("https://proxy.example/#", false),
            ("https://acme.api.eu.nexthink.cloud@evil.example", false),
            ("https://evil.example\\.nexthink.cloud", false),
            ("https://proxy.example/a b", false),
            ("https://proxy.example/\r\n", false),
        ] {
            let tenant = Tenant::new("acme".into(), "eu".into(), Some(url.into()), None);
            assert_eq!(tenant.is_ok(), allowed, "{url}");
        }
    }
}
