//! A webhook as an administrator configures it: what it is about, where it sends to, and how it says who it is.

use std::fmt;

use base64ct::{Base64, Encoding};
use serde::{Deserialize, Serialize};

/// A webhook.
///
/// `{{column}}` in `resource` and `payload`, with or without spaces inside the braces, stands for a column that the
/// query lists, by the name that it was listed by or the full one. What the vendor does with the values is not
/// documented; here
/// - in a payload that is JSON, a value inside quotation marks is escaped and one outside is written as JSON, so that
///   the payload stays JSON whatever the value is: text gets its quotation marks, a list is an array, no value `null`;
/// - in any other payload values are put in as they are, and no value as nothing;
/// - in the resource they are percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Webhook {
    /// What it is called; no two have the same name.
    pub name: String,
    /// NQL: a table of events, `where` as often as needed, and a `list`.
    pub query: String,
    /// How it sends.
    #[serde(default)]
    pub method: WebhookMethod,
    /// Where to: the address that belongs to the credential, with `http://` or `https://`.
    pub url: String,
    /// What follows the address; may hold placeholders.
    #[serde(default)]
    pub resource: String,
    /// What it sends; may hold placeholders.
    pub payload: String,
    /// How it says who it is.
    #[serde(default)]
    pub credential: WebhookCredential,
}

/// The methods that a webhook can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum WebhookMethod {
    /// Creates.
    #[default]
    Post,
    /// Replaces.
    Put,
    /// Changes.
    Patch,
}

impl WebhookMethod {
    /// The word of HTTP.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
        }
    }
}

/// What a webhook puts into `Authorization`.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum WebhookCredential {
    /// Nothing.
    #[default]
    None,
    /// A name and a password.
    Basic {
        /// Without a colon.
        username: String,
        /// Any text.
        password: String,
    },
    /// A token.
    Bearer {
        /// As it is sent.
        token: String,
    },
}

impl WebhookCredential {
    /// The value of the header field.
    pub(super) fn header(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Basic { username, password } => {
                Some(format!("Basic {}", Base64::encode_string(format!("{username}:{password}").as_bytes())))
            }
            Self::Bearer { token } => Some(format!("Bearer {token}")),
        }
    }
}

/// Says which kind it is and never the secret.
impl fmt::Debug for WebhookCredential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::None => "None",
            Self::Basic { .. } => "Basic",
            Self::Bearer { .. } => "Bearer",
        })
    }
}

impl Webhook {
    /// What is wrong with where it sends to.
    pub(super) fn check_address(&self) -> Result<(), String> {
        let host = self.url.strip_prefix("https://").or_else(|| self.url.strip_prefix("http://"));
        if host.is_none_or(str::is_empty) {
            return Err(format!("`url` is `{}`; it must begin with https:// or http://", self.url));
        }
        if self.url.contains("{{") {
            return Err("`url` holds a placeholder; only `resource` and `payload` may".to_owned());
        }
        if let WebhookCredential::Basic { username, .. } = &self.credential
            && username.contains(':')
        {
            return Err("`credential`: a username cannot hold a colon".to_owned());
        }
        Ok(())
    }

    /// The whole address, with what the resource has become.
    pub(super) fn address(&self, resource: &str) -> String {
        if resource.is_empty() || resource.starts_with('?') {
            return format!("{}{resource}", self.url);
        }
        format!("{}/{}", self.url.trim_end_matches('/'), resource.trim_start_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook(url: &str) -> Webhook {
        Webhook {
            name: "w".into(),
            query: String::new(),
            method: WebhookMethod::Post,
            url: url.into(),
            resource: String::new(),
            payload: String::new(),
            credential: WebhookCredential::None,
        }
    }

    #[test]
    fn address_and_resource_meet_in_one_slash() {
        for (url, resource, expected) in [
            ("https://bot.example", "", "https://bot.example"),
            ("https://bot.example/", "events", "https://bot.example/events"),
            ("https://bot.example/a", "/events", "https://bot.example/a/events"),
            ("https://bot.example/a", "?key=1", "https://bot.example/a?key=1"),
        ] {
            assert_eq!(webhook(url).address(resource), expected);
        }
        for url in ["", "bot.example", "ftp://bot.example", "https://", "https://{{x}}.example"] {
            assert!(webhook(url).check_address().is_err(), "{url}");
        }
    }

    #[test]
    fn a_credential_is_sent_and_never_told() {
        let basic = WebhookCredential::Basic { username: "Aladdin".into(), password: "open sesame".into() };
        assert_eq!(basic.header().unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(format!("{basic:?}"), "Basic");
        assert_eq!(WebhookCredential::Bearer { token: "t".into() }.header().unwrap(), "Bearer t");
        assert_eq!(WebhookCredential::None.header(), None);
    }
}
