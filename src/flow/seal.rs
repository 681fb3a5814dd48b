//! Text that leaves and comes back unchanged or not at all: HMAC-SHA-256 over the text, what it is for, and the tenant.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::api::problem::{ErrorKind, NexthinkError};
use crate::base64::{decode_url, encode_url};
use crate::client::{Access, Settings};

/// What a sealed text is for; a seal for one purpose does not open as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// An employee's consent to one remote action.
    Consent,
}

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::Consent => "nexthink-chatbot consent 1",
        }
    }
}

/// Seals a text: `<text>.<code>`, both in URL-safe base64.
///
/// # Errors
/// `invalid` where there is no key to sign with.
pub(super) fn seal(settings: &Settings, purpose: Purpose, text: &str) -> Result<String, NexthinkError> {
    let code = authenticator(&signing_keys(settings)?, settings, purpose, text)
        .next()
        .ok_or_else(|| NexthinkError::new(ErrorKind::Internal, "there is no signing key"))?
        .finalize()
        .into_bytes();
    let text = encode_url(text.as_bytes());
    Ok(format!("{text}.{}", encode_url(&code)))
}

/// Opens a sealed text; every key may have sealed it. Codes are compared in constant time.
///
/// # Errors
/// `consent` for whatever is not exactly what `seal` gave.
pub(super) fn open(settings: &Settings, purpose: Purpose, sealed: &str) -> Result<String, NexthinkError> {
    let refused = || {
        NexthinkError::new(ErrorKind::Consent, "the proposal's token was altered, cut short or made by someone else")
    };
    let keys = signing_keys(settings)?;
    let (text, code) = sealed.split_once('.').ok_or_else(refused)?;
    let text = decode_url(text).ok_or_else(refused)?;
    let text = String::from_utf8(text).map_err(|_| refused())?;
    let code = decode_url(code).ok_or_else(refused)?;
    let opens = authenticator(&keys, settings, purpose, &text).any(|mac| mac.verify_slice(&code).is_ok());
    if opens { Ok(text) } else { Err(refused()) }
}

/// The configured keys, or one derived from the client secret. Never a random one: no other process could verify it.
fn signing_keys(settings: &Settings) -> Result<Vec<Vec<u8>>, NexthinkError> {
    if !settings.consent_keys.is_empty() {
        return Ok(settings.consent_keys.clone());
    }
    let Access::Credentials(credentials) = &settings.access else {
        return Err(NexthinkError::invalid(
            "there is neither a `consentKey` nor a client secret to sign proposals with",
        )
        .hint("give a `consentKey` of at least 32 random bytes, the same in every process"));
    };
    let secret = credentials.client_secret.as_bytes();
    let tenant = &settings.tenant;
    let mut key = vec![0; 32];
    Hkdf::<Sha256>::new(Some(b"nexthink-chatbot"), secret)
        .expand_multi_info(&[b"consent", &field(tenant.instance()), &field(tenant.region())], &mut key)
        .map_err(|_| NexthinkError::new(ErrorKind::Internal, "the signing key cannot be derived"))?;
    Ok(vec![key])
}

fn authenticator(
    keys: &[Vec<u8>],
    settings: &Settings,
    purpose: Purpose,
    text: &str,
) -> impl Iterator<Item = Hmac<Sha256>> {
    let parts = [purpose.label(), settings.tenant.instance(), settings.tenant.region(), text].map(field);
    keys.iter().filter_map(move |key| {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
        parts.iter().for_each(|part| mac.update(part));
        Some(mac)
    })
}

/// A text with its length before it, so that no two lists of texts give the same bytes.
fn field(text: &str) -> Vec<u8> {
    let mut bytes = (text.len() as u64).to_be_bytes().to_vec();
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Options;
    use crate::json::{Json, Map, Read};

    /// Without a secret, tokens come from elsewhere.
    fn settings(instance: &str, secret: &str, keys: &[&str]) -> Settings {
        let access = match secret {
            "" => r#""tokenProvider":true"#.to_owned(),
            _ => format!(r#""credentials":{{"clientId":"id","clientSecret":"{secret}"}}"#),
        };
        let options = format!(r#"{{"instance":"{instance}","region":"eu",{access}}}"#);
        let options = Options::read(Json::parse(options.as_bytes()).unwrap()).unwrap();
        Settings::new(options, keys.iter().map(|key| key.as_bytes().to_vec()).collect(), Map::default()).unwrap()
    }

    fn opens(settings: &Settings, sealed: &str) -> bool {
        open(settings, Purpose::Consent, sealed).is_ok()
    }

    #[test]
    fn what_was_sealed_opens_and_nothing_else_does() {
        let settings = settings("acme", "secret", &[]);
        let sealed = seal(&settings, Purpose::Consent, "{\"a\":1}").unwrap();
        assert_eq!(open(&settings, Purpose::Consent, &sealed).unwrap(), "{\"a\":1}");
        for position in 0..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[position] ^= 1;
            let changed = String::from_utf8(changed).unwrap();
            assert!(!opens(&settings, &changed), "character {position}");
            assert!(!opens(&settings, sealed.split_at(position).0), "cut at {position}");
        }
        for rubbish in ["", ".", "a.b", "e30.e30", "é.é"] {
            let error = open(&settings, Purpose::Consent, rubbish).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Consent, "{rubbish}");
        }
    }

    #[test]
    fn another_tenant_or_secret_does_not_open_it() {
        let sealed = seal(&settings("acme", "secret", &[]), Purpose::Consent, "x").unwrap();
        assert!(!opens(&settings("other", "secret", &[]), &sealed));
        assert!(!opens(&settings("acme", "terces", &[]), &sealed));
        let key = "k".repeat(32);
        let sealed = seal(&settings("acme", "secret", &[&key]), Purpose::Consent, "x").unwrap();
        assert!(!opens(&settings("other", "secret", &[&key]), &sealed));
    }

    #[test]
    fn keys_rotate() {
        let (old, new) = ("o".repeat(32), "n".repeat(32));
        let sealed = seal(&settings("acme", "", &[&old]), Purpose::Consent, "x").unwrap();
        assert!(opens(&settings("acme", "", &[&new, &old]), &sealed));
        assert!(!opens(&settings("acme", "", &[&new]), &sealed));
    }

    #[test]
    fn without_any_key_nothing_is_signed() {
        let error = seal(&settings("acme", "", &[]), Purpose::Consent, "x").unwrap_err();
        assert_eq!(error.kind, ErrorKind::Invalid);
    }
}
